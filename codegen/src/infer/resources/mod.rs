//! Where the client has each operation: `client.customers().subscriptions().list()`.
//!
//! Small APIs stay flat: every operation is a method of the client. The names are those of
//! `vendor.toml`, then those of earlier runs, then new ones; so a new operation never moves another one.

mod method;
mod path;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::pagination::returns_list;
use crate::ir::{
    Api, Conclusion, Evidence, Inference, Method, Operation, ResourceMethod, State, Subject,
};
use crate::manifest::{Layout, Names};
use crate::report::{Location, Problem, Report};
use method::{Facts, method_names};
use path::{PathParts, ResourceOf, resources, split_paths};
use words::join_words;
pub use words::{is_verb, singular, split_words};

/// How many operations an API has at least if they are in resources.
const MIN_OPERATIONS: usize = 12;

/// How many resources there are at least.
const MIN_RESOURCES: usize = 2;

/// Methods of the client itself, and of its mock server.
const CLIENT_METHODS: &[&str] = &["builder", "from_env", "server", "start", "with"];

/// Names that no method of a resource has, since traits have them.
const TRAIT_METHODS: &[&str] = &["as_ref", "borrow", "clone", "deref", "new"];

/// What the paths, tags and ids of the operations conclude.
struct Derived {
    resources: Vec<ResourceOf>,
    /// The names for each operation, the preferred one first.
    methods: Vec<Vec<String>>,
}

/// Assigns every operation to a resource, unless the API is flat.
pub fn infer(
    api: &mut Api,
    context: &Context<'_>,
    recorded: &Names,
    report: &mut Report,
) -> Vec<Inference> {
    let derived = derive(api, context);
    let eligible = is_eligible(&derived);
    if choose_layout(context, recorded, eligible) == Layout::Flat {
        if eligible && context.manifest.names.layout.is_none() {
            report.push(outgrown(api.operations.len(), &derived));
        }
        return Vec::new();
    }
    let pinned = &context.manifest.names.resources;
    let mut scopes = Scopes::default();
    let mut assigned: BTreeMap<usize, (ResourceMethod, bool)> = BTreeMap::new();
    for (names, is_pinned) in [(pinned, true), (&recorded.resources, false)] {
        for (index, operation) in api.operations.iter().enumerate() {
            let key = operation.key();
            let Some(text) = names.get(&key) else { continue };
            if assigned.contains_key(&index) {
                continue;
            }
            match scopes.claim_known(text) {
                Some(method) => drop(assigned.insert(index, (method, is_pinned))),
                None if is_pinned => {
                    let location = context.manifest.location(&["names", "resources", &key]);
                    let message = format!("`{text}` is not a free name of a method");
                    let help = "write the resources and the method, separated by dots, such as \
                                `customers.list`; a method cannot have the name of a resource";
                    report.push(Problem::error(location, message).help(help));
                }
                None => {}
            }
        }
    }
    // The resources first: they are shorter, and more operations depend on them.
    let is_new = |index: &usize| !assigned.contains_key(index);
    let mut new: Vec<usize> = (0..api.operations.len()).filter(is_new).collect();
    let mut paths: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for index in &new {
        let Some(resource) = derived.resources.get(*index) else { continue };
        paths.insert(*index, scopes.claim_resource(&resource.path));
    }
    new.sort_by_key(|index| api.operations.get(*index).map(|it| it.path.len()));
    for index in new {
        let (Some(names), Some(path)) = (derived.methods.get(index), paths.remove(&index)) else {
            continue;
        };
        let method = scopes.claim_method(&path, names);
        assigned.insert(index, (ResourceMethod { resource: path, method }, false));
    }
    apply(api, context, &derived, assigned)
}

fn derive(api: &Api, context: &Context<'_>) -> Derived {
    let paths = split_paths(&api.operations);
    let resources = resources(&api.operations, &paths);
    let patched: BTreeSet<&str> = api
        .operations
        .iter()
        .filter(|operation| operation.method == Method::Patch)
        .map(|operation| operation.template.as_str())
        .collect();
    let lists = returns_list(api, context);
    let operations = api.operations.iter().zip(&lists);
    let method = |(((operation, has_list), path), resource): (
        ((&Operation, &bool), &PathParts),
        &ResourceOf,
    )| {
        let has_patch = patched.contains(operation.template.as_str());
        method_names(operation, path, resource, Facts { has_list: *has_list, has_patch })
    };
    let methods = operations.zip(&paths).zip(&resources).map(method).collect();
    Derived { resources, methods }
}

fn is_eligible(derived: &Derived) -> bool {
    let distinct: BTreeSet<_> = derived.resources.iter().map(|it| it.path.first()).collect();
    derived.resources.len() >= MIN_OPERATIONS && distinct.len() >= MIN_RESOURCES
}

fn choose_layout(context: &Context<'_>, recorded: &Names, eligible: bool) -> Layout {
    let names = &context.manifest.names;
    let default = match recorded.operations.is_empty() {
        true if eligible => Layout::Resources,
        // An earlier run has generated a flat API.
        true | false => Layout::Flat,
    };
    let pinned = (!names.resources.is_empty()).then_some(Layout::Resources);
    names.layout.or(pinned).or(recorded.layout).unwrap_or(default)
}

fn outgrown(operations: usize, derived: &Derived) -> Problem {
    let resources: BTreeSet<_> = derived.resources.iter().map(|it| it.path.first()).collect();
    let message = format!(
        "all {operations} operations of {} resources are methods of `Client`",
        resources.len()
    );
    let help = "to group them by resource, set `layout = \"resources\"` in `[names]` of \
                vendor.toml: callers must then use the new names; to keep them, set \
                `layout = \"flat\"`";
    Problem::warning(Location::Run, message).help(help)
}

/// Adds the names to the operations.
fn apply(
    api: &mut Api,
    context: &Context<'_>,
    derived: &Derived,
    assigned: BTreeMap<usize, (ResourceMethod, bool)>,
) -> Vec<Inference> {
    let mut inferences = Vec::new();
    for (index, (method, is_pinned)) in assigned {
        let subject = Subject::Operation(index);
        let conclusion = Conclusion::Resource(method.to_string());
        inferences.push(match is_pinned {
            true => {
                let key = context.key(api, &subject);
                let keys = ["names", "resources", key.as_str()];
                context.pin(api, subject, conclusion, &keys, "`[names.resources]` sets it")
            }
            false => {
                let tag = derived.resources.get(index).and_then(|it| it.tag.as_ref());
                let rule = match tag {
                    Some(tag) => format!("the tag `{tag}`"),
                    None => "the segments of the path".to_owned(),
                };
                let evidence = Evidence { location: context.location(api, &subject), rule };
                let key = context.key(api, &subject);
                Inference { subject, key, conclusion, evidence, state: State::Inferred }
            }
        });
        if let Some(operation) = api.operations.get_mut(index) {
            operation.resource = Some(method);
        }
    }
    inferences
}

/// The names in the client and in each resource: of resources in it and of methods.
#[derive(Default)]
struct Scopes {
    resources: BTreeSet<Vec<String>>,
    methods: BTreeSet<(Vec<String>, String)>,
}

impl Scopes {
    /// Claims a known name such as `customers.list`, if it is valid and free.
    fn claim_known(&mut self, text: &str) -> Option<ResourceMethod> {
        let names: Vec<String> = text.split('.').map(str::to_owned).collect();
        let is_valid = |name: &String| *name == join_words(&split_words(name)) && !name.is_empty();
        let (method, resource) = names.split_last()?;
        let is_free = names.iter().all(is_valid)
            && self.can_be_resource(resource)
            && self.is_free(resource, method);
        if !is_free {
            return None;
        }
        self.add_resource(resource);
        self.methods.insert((resource.to_vec(), method.clone()));
        Some(ResourceMethod { resource: resource.to_vec(), method: method.clone() })
    }

    /// Claims a resource. If a method has its name, the name is preceded by that of its parent.
    fn claim_resource(&mut self, path: &[String]) -> Vec<String> {
        let mut claimed: Vec<String> = Vec::new();
        for name in path {
            let parent = claimed.last().map_or("resource", String::as_str);
            let longer = format!("{parent}_{name}");
            claimed.push(name.clone());
            if !self.can_be_resource(&claimed) {
                claimed.pop();
                claimed.push(longer);
            }
        }
        self.add_resource(&claimed);
        claimed
    }

    /// Claims the first free name.
    fn claim_method(&mut self, resource: &[String], names: &[String]) -> String {
        let free = names.iter().find(|name| self.is_free(resource, name)).cloned();
        // Only if two paths consist of the same words.
        let base = names.last().map_or("call", String::as_str);
        let mut numbered = (2_u64..).map(|number| format!("{base}_{number}"));
        let name = free.or_else(|| numbered.find(|name| self.is_free(resource, name)));
        let name = name.unwrap_or_default();
        self.methods.insert((resource.to_vec(), name.clone()));
        name
    }

    fn add_resource(&mut self, path: &[String]) {
        let parents = (1..=path.len()).filter_map(|length| path.get(..length));
        self.resources.extend(parents.map(<[String]>::to_vec));
    }

    /// Returns whether no resource on the path has the name of a method.
    fn can_be_resource(&self, path: &[String]) -> bool {
        (0..path.len()).all(|index| match (path.get(..index), path.get(index)) {
            (Some(parent), Some(name)) => {
                !is_reserved(parent, name)
                    && !self.methods.contains(&(parent.to_vec(), name.clone()))
            }
            _ => true,
        })
    }

    fn is_free(&self, resource: &[String], name: &str) -> bool {
        let mut nested = resource.to_vec();
        nested.push(name.to_owned());
        !is_reserved(resource, name)
            && !self.resources.contains(&nested)
            && !self.methods.contains(&(resource.to_vec(), name.to_owned()))
    }
}

fn is_reserved(resource: &[String], name: &str) -> bool {
    TRAIT_METHODS.contains(&name) || (resource.is_empty() && CLIENT_METHODS.contains(&name))
}
