//! The Cargo features of a large API: one for each resource, and one for each file of types that several
//! resources use.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{References, response_types};
use crate::plan::naming::{Case, name};
use crate::plan::{Feature, FileId, Name, Operation, Plan, ResponseEnum, Visibility};

/// What precedes the name of a file of types in that of its group.
const TYPES: &str = "types_";

/// The file of shared errors without named types.
const UNTYPED_ERRORS: &str = "untyped";

/// Other features of a generated crate.
const RESERVED: &[&str] = &[
    "bigdecimal",
    "blocking",
    "default",
    "gzip",
    "mock",
    "rust_decimal",
    "tracing",
    "validate",
    "webhooks",
];

/// Returns the features of a plan, whose files are assigned. The files that the client itself
/// needs have none.
pub(in crate::plan) fn plan_features(plan: &Plan) -> Vec<Feature> {
    let graph = Graph::new(plan);
    let always = graph.always_needed(plan);
    let used_by_resources = graph.reachable(graph.resources.iter().cloned().collect());
    let feature = |file: &String| {
        let enables = graph.enabled_by(file);
        let enables = enables.into_iter().filter(|it| it != file && !always.contains(it));
        Feature {
            name: feature_name(file),
            enables: enables.map(|it| feature_name(&it)).collect(),
            is_resource: graph.resources.contains(file),
            is_default: graph.resources.contains(file) || !used_by_resources.contains(file),
            files: graph.files_of(file),
        }
    };
    let groups: BTreeSet<&String> = graph.files.values().collect();
    groups.into_iter().filter(|group| !always.contains(*group)).map(feature).collect()
}

/// Returns the features that the type of webhooks needs.
pub(in crate::plan) fn webhook_features(plan: &Plan) -> Vec<String> {
    let name = plan.webhooks.as_ref().and_then(|webhooks| webhooks.event.named());
    let index = plan.types.iter().position(|item| Some(item.name()) == name);
    let file = index.and_then(|index| plan.type_files.get(index));
    let file = file.map(|file| FileId::Types(file.clone()));
    let needed = plan.features.iter().filter(|it| file.iter().any(|file| it.files.contains(file)));
    needed.map(|feature| feature.name.clone()).collect()
}

/// Returns the file of each shared enum of errors: each file has those that need types of the same features.
pub(in crate::plan) fn error_files(plan: &Plan) -> Vec<Name> {
    let graph = Graph::new(plan);
    let file = |groups: &BTreeSet<String>| match groups.is_empty() {
        true => name(UNTYPED_ERRORS, Case::Snake),
        false => {
            let files = groups.iter().map(|group| group.strip_prefix(TYPES).unwrap_or(group));
            name(&files.collect::<Vec<_>>().join("_and_"), Case::Snake)
        }
    };
    plan.errors.iter().map(|item| file(&graph.error_groups(item))).collect()
}

fn feature_name(group: &str) -> String {
    let name = group.replace('_', "-");
    match RESERVED.contains(&name.as_str()) {
        true => format!("{name}-requests"),
        false => name,
    }
}

/// The files, and what they refer to. A group is the files of one feature: those of a resource, or one
/// file of other types.
#[derive(Default)]
struct Graph {
    /// The group of each file.
    files: BTreeMap<FileId, String>,
    /// The groups that are resources.
    resources: BTreeSet<String>,
    /// The groups that each group refers to.
    edges: BTreeMap<String, BTreeSet<String>>,
    /// The group of each type.
    types: BTreeMap<Name, String>,
}

impl Graph {
    fn new(plan: &Plan) -> Self {
        let resources: BTreeSet<String> = plan.operations.iter().map(group_of_operation).collect();
        let mut graph = Self { resources, ..Self::default() };
        let references = References::new(&plan.types, &plan.operations);
        let groups: Vec<String> = plan.type_files.iter().map(|it| graph.type_group(it)).collect();
        let mut add = |group: &String, types: &BTreeSet<usize>| {
            let used = types.iter().filter_map(|index| groups.get(*index)).cloned();
            graph.edges.entry(group.clone()).or_default().extend(used);
        };
        for (operation, types) in plan.operations.iter().zip(&references.of_operations) {
            add(&group_of_operation(operation), types);
        }
        for (group, types) in groups.iter().zip(&references.of_types) {
            add(group, types);
        }
        for operation in &plan.operations {
            let file = FileId::Operations(operation.file.clone());
            graph.files.insert(file, group_of_operation(operation));
        }
        for resource in &plan.resources {
            let file = FileId::Operations(resource.file.clone());
            graph.files.entry(file).or_insert_with(|| resource.file.as_str().to_owned());
        }
        for (file, group) in plan.type_files.iter().zip(&groups) {
            graph.files.insert(FileId::Types(file.clone()), group.clone());
        }
        graph.types = plan.types.iter().map(|item| item.name().clone()).zip(groups).collect();
        graph.add_errors(plan);
        graph
    }

    /// Adds the files of shared errors. One that needs a single feature belongs to it, and one that needs
    /// none is always compiled.
    fn add_errors(&mut self, plan: &Plan) {
        for (item, file) in plan.errors.iter().zip(&plan.error_files) {
            let needed = self.error_groups(item);
            let group = match (needed.first(), needed.len()) {
                (None, _) => continue,
                (Some(group), 1) => group.clone(),
                (Some(_), _) => format!("errors_{}", file.as_str()),
            };
            let users = plan.operations.iter();
            let users = users.filter(|it| it.shared_errors.as_ref() == Some(&item.name));
            for user in users {
                let edges = self.edges.entry(group_of_operation(user)).or_default();
                edges.insert(group.clone());
            }
            self.files.insert(FileId::Errors(file.clone()), group.clone());
            self.edges.entry(group).or_default().extend(needed);
        }
    }

    /// Returns the groups of the types of errors.
    fn error_groups(&self, item: &ResponseEnum) -> BTreeSet<String> {
        response_types(item).filter_map(|ty| self.types.get(ty.named()?)).cloned().collect()
    }

    /// Returns the resource whose types are in a file, or else the name of the file as a group.
    fn type_group(&self, file: &Name) -> String {
        let file = file.as_str();
        let is_owner = |resource: &&String| {
            file.strip_prefix(resource.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        };
        let owner = self.resources.iter().filter(is_owner).max_by_key(|it| it.len());
        owner.cloned().unwrap_or_else(|| format!("{TYPES}{file}"))
    }

    /// Returns the groups that the client needs without any feature: those of the operations that fetch
    /// tokens, and of the types of settings.
    fn always_needed(&self, plan: &Plan) -> BTreeSet<String> {
        let tokens = plan.operations.iter().filter(|it| it.visibility != Visibility::Private);
        let settings = plan.settings.iter().filter_map(|it| self.types.get(it.ty.named()?));
        self.reachable(tokens.map(group_of_operation).chain(settings.cloned()).collect())
    }

    /// Returns these groups, and all that they refer to, directly or through others.
    fn reachable(&self, mut open: Vec<String>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        while let Some(group) = open.pop() {
            if found.insert(group.clone()) {
                open.extend(self.edges.get(&group).into_iter().flatten().cloned());
            }
        }
        found
    }

    fn files_of(&self, group: &str) -> Vec<FileId> {
        let files = self.files.iter().filter(|(_, other)| *other == group);
        files.map(|(file, _)| file.clone()).collect()
    }

    fn enabled_by(&self, group: &str) -> BTreeSet<String> {
        self.edges.get(group).cloned().unwrap_or_default()
    }
}

fn group_of_operation(operation: &Operation) -> String {
    operation.group.as_str().to_owned()
}
