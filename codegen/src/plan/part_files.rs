//! The files that there are several of: one of operations for each resource, one of their mocks, and files of
//! types.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::{export, import, module, runtime};
use super::layout::{
    FULL, STUB, is_split, json_type, operation_types, response_types, type_references,
};
use super::model::{FileContent, FileId, ModuleFeature, Modules, SourceFile, Use};
use super::{DocText, MockBody, Name, Operation, Plan, ResponseEnum, RustType};

const OPERATIONS_DOC: &str = "Requests, one type for each operation.";

/// The documentation of the module of types.
pub(super) const TYPES_DOC: &str = "The types of requests and responses.";

const ERRORS_DOC: &str = "Error responses of several operations, by status.\n\n`?` converts the \
    errors of all operations into [`AnyError`](docwright_runtime::AnyError).";

const MOCK_DOC: &str = "A mock server for tests.";

/// Plans the file of all operations, or a folder with a file for each resource or tag.
pub(super) fn operation_files(plan: &Plan) -> Vec<SourceFile> {
    let is_split = is_split(plan.operations.iter().map(|operation| &operation.file));
    let groups = operation_groups(plan);
    let index = is_split.then(|| SourceFile {
        path: "operations/mod.rs".to_owned(),
        doc: DocText(vec![OPERATIONS_DOC.to_owned()]),
        imports: Vec::new(),
        content: FileContent::Modules(part_modules(
            plan,
            groups.keys().copied(),
            FileId::Operations,
        )),
    });
    let file = |(name, indexes): (&Name, Vec<usize>)| {
        let operations = operations_at(plan, &indexes);
        let (path, doc) = match is_split {
            true => (
                format!("operations/{}.rs", name.as_str()),
                format!("Requests: {}.", name.as_str().replace('_', " ")),
            ),
            false => ("operations.rs".to_owned(), OPERATIONS_DOC.to_owned()),
        };
        SourceFile {
            path,
            doc: DocText(vec![doc]),
            imports: vec![operation_imports(plan, name, operations, is_split)],
            content: FileContent::Operations { file: name.clone(), operations: indexes },
        }
    };
    groups.into_iter().map(file).chain(index).collect()
}

/// Returns the operations of each file, in the order in which the modules are printed.
fn operation_groups(plan: &Plan) -> BTreeMap<&Name, Vec<usize>> {
    let mut groups: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for resource in &plan.resources {
        groups.entry(&resource.file).or_default();
    }
    for (index, operation) in plan.operations.iter().enumerate() {
        groups.entry(&operation.file).or_default().push(index);
    }
    groups
}

fn operations_at<'p>(plan: &'p Plan, indexes: &[usize]) -> Vec<&'p Operation> {
    indexes.iter().filter_map(|index| plan.operations.get(*index)).collect()
}

/// Declares a module for each file, and exports what is in it.
fn part_modules<'n>(
    plan: &Plan,
    files: impl Iterator<Item = &'n Name>,
    id: fn(Name) -> FileId,
) -> Modules {
    let mut modules = Modules::default();
    for file in files {
        let id = id(file.clone());
        let feature = plan.features.iter().find(|feature| feature.files.contains(&id));
        let feature = feature.map(|feature| ModuleFeature::Part(feature.name.clone()));
        let name = file.to_string();
        modules.exports.push(Use { feature: feature.clone(), ..export(format!("{name}::*")) });
        modules.modules.push(super::model::Module { feature, ..module(&name, false) });
    }
    modules
}

fn operation_imports(
    plan: &Plan,
    file: &Name,
    operations: Vec<&Operation>,
    is_split: bool,
) -> Vec<Use> {
    let any = |has: &dyn Fn(&Operation) -> bool| operations.iter().any(|operation| has(operation));
    let has_server = any(&|operation| operation.server.is_some());
    let is_accessor = |resource: &super::Resource| resource.file == *file && resource.is_on_client;
    let has_client = any(&|it| it.call.is_on_client()) || plan.resources.iter().any(is_accessor);
    let client = match (has_server, has_client) {
        (true, true) => "client::{self, Client}",
        (true, false) => "client",
        (false, _) => "client::Client",
    };
    let imports = [
        ("auth", any(&|operation| !operation.security.is_empty())),
        (client, has_server || has_client),
        ("error_codes::ErrorCode", plan.error_codes.is_some() && !operations.is_empty()),
        ("errors", any(&|operation| operation.shared_errors.is_some())),
        ("settings", any(&|operation| !operation.settings.is_empty())),
        ("signature", any(&|operation| operation.signed)),
        ("types", any(&|it| operation_types(it).into_iter().any(RustType::uses_types_module))),
    ];
    let parent = if is_split { "super::super" } else { "super" };
    let used = imports.into_iter().filter(|(_, is_used)| *is_used);
    let used = used.map(|(path, _)| import(&format!("{parent}::{path}")));
    let owners = operations.iter().map(|operation| &operation.call.owner);
    std::iter::once(runtime()).chain(owner_imports(plan, file, owners)).chain(used).collect()
}

/// Imports the resources that operations are methods of, from the files that they are in.
fn owner_imports<'o>(plan: &Plan, file: &Name, owners: impl Iterator<Item = &'o Name>) -> Vec<Use> {
    let owners: BTreeSet<&Name> = owners.collect();
    let resources = plan.resources.iter();
    let resources = resources.filter(|it| owners.contains(&it.ty) && it.file != *file);
    resources.map(|it| import(&format!("super::{}::{}", it.file, it.ty))).collect()
}

/// Plans the files of types, if there are several.
pub(super) fn type_files(plan: &Plan) -> Vec<SourceFile> {
    let mut groups: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for (index, file) in plan.type_files.iter().enumerate() {
        groups.entry(file).or_default().push(index);
    }
    if groups.is_empty() {
        return Vec::new();
    }
    let index = SourceFile {
        path: "types/mod.rs".to_owned(),
        doc: DocText(vec![TYPES_DOC.to_owned()]),
        imports: Vec::new(),
        content: FileContent::Modules(part_modules(plan, groups.keys().copied(), FileId::Types)),
    };
    let file = |(name, indexes): (&Name, Vec<usize>)| {
        let items = || indexes.iter().filter_map(|index| plan.types.get(*index));
        let own: BTreeSet<&Name> = items().map(|item| item.name()).collect();
        let mut used = items().flat_map(type_references).filter_map(RustType::named);
        let others = used.any(|name| !own.contains(name)).then(|| import("super::*"));
        SourceFile {
            path: format!("types/{}.rs", name.as_str()),
            doc: DocText(vec![format!("Types: {}.", name.as_str().replace('_', " "))]),
            imports: vec![std::iter::once(runtime()).chain(others).collect()],
            content: FileContent::Types(indexes),
        }
    };
    groups.into_iter().map(file).chain([index]).collect()
}

/// Plans the file of shared errors, or a folder with a file for each combination of features that they need.
pub(super) fn error_files(plan: &Plan) -> Vec<SourceFile> {
    if plan.errors.is_empty() {
        return Vec::new();
    }
    let doc = DocText(ERRORS_DOC.lines().map(str::to_owned).collect());
    if plan.error_files.is_empty() {
        let indexes: Vec<usize> = (0..plan.errors.len()).collect();
        let imports = vec![error_imports(plan, &indexes, "super")];
        let content = FileContent::Errors(indexes);
        return vec![SourceFile { path: "errors.rs".to_owned(), doc, imports, content }];
    }
    let mut groups: BTreeMap<&Name, Vec<usize>> = BTreeMap::new();
    for (index, file) in plan.error_files.iter().enumerate() {
        groups.entry(file).or_default().push(index);
    }
    let index = SourceFile {
        path: "errors/mod.rs".to_owned(),
        doc,
        imports: Vec::new(),
        content: FileContent::Modules(part_modules(plan, groups.keys().copied(), FileId::Errors)),
    };
    let file = |(name, indexes): (&Name, Vec<usize>)| SourceFile {
        path: format!("errors/{}.rs", name.as_str()),
        doc: DocText(vec![format!("Errors: {}.", name.as_str().replace('_', " "))]),
        imports: vec![error_imports(plan, &indexes, "super::super")],
        content: FileContent::Errors(indexes),
    };
    groups.into_iter().map(file).chain([index]).collect()
}

fn error_imports(plan: &Plan, errors: &[usize], parent: &str) -> Vec<Use> {
    let errors: Vec<&ResponseEnum> =
        errors.iter().filter_map(|index| plan.errors.get(*index)).collect();
    let has_codes = errors.iter().any(|item| item.has_known_codes);
    let codes = has_codes.then(|| import(&format!("{parent}::error_codes::ErrorCode")));
    let mut types = errors.into_iter().flat_map(response_types);
    let uses_types = types.any(RustType::uses_types_module);
    let types = uses_types.then(|| import(&format!("{parent}::types")));
    std::iter::once(runtime()).chain(codes).chain(types).collect()
}

/// Plans the file of the mock server, or a folder with a file for each file of operations.
pub(super) fn mock_files(plan: &Plan) -> Vec<SourceFile> {
    let all: Vec<usize> = (0..plan.mocks.len()).collect();
    let is_small = all.len().saturating_mul(STUB) <= FULL;
    let doc = DocText(vec![MOCK_DOC.to_owned()]);
    if is_small && plan.features.is_empty() {
        let imports = vec![mock_imports(plan, &all, "super")];
        let content = FileContent::Mock { modules: None, file: None, operations: all };
        return vec![SourceFile { path: "mock.rs".to_owned(), doc, imports, content }];
    }
    let groups = operation_groups(plan);
    let modules = part_modules(plan, groups.keys().copied(), FileId::Operations);
    // A file without resources exports nothing.
    let has_resource = |file: &&&Name| plan.resources.iter().any(|it| it.file == ***file);
    let exporting: Vec<String> =
        groups.keys().filter(has_resource).map(|file| format!("{file}::*")).collect();
    let exports = modules.exports.iter().filter(|it| exporting.contains(&it.path)).cloned();
    let modules = Modules { exports: exports.collect(), ..modules };
    let index = SourceFile {
        path: "mock/mod.rs".to_owned(),
        doc,
        imports: vec![vec![runtime()]],
        content: FileContent::Mock { modules: Some(modules), file: None, operations: Vec::new() },
    };
    let file = |(name, indexes): (&Name, Vec<usize>)| {
        let mut imports = mock_imports(plan, &indexes, "super::super");
        let operations = operations_at(plan, &indexes);
        let is_accessor = |it: &super::Resource| it.file == *name && it.is_on_client;
        let has_server = operations.iter().any(|it| it.call.is_on_client())
            || plan.resources.iter().any(is_accessor);
        imports.extend(has_server.then(|| import("super::Server")));
        let owners = operations.iter().map(|operation| &operation.call.owner);
        imports.extend(owner_imports(plan, name, owners));
        SourceFile {
            path: format!("mock/{}.rs", name.as_str()),
            doc: DocText(vec![format!("Mocks: {}.", name.as_str().replace('_', " "))]),
            imports: vec![imports],
            content: FileContent::Mock {
                modules: None,
                file: Some(name.clone()),
                operations: indexes,
            },
        }
    };
    groups.into_iter().map(file).chain([index]).collect()
}

fn mock_imports(plan: &Plan, operations: &[usize], parent: &str) -> Vec<Use> {
    let mocks = operations.iter().filter_map(|index| plan.mocks.get(*index));
    let uses_types = mocks.clone().any(|mock| {
        let body = match &mock.body {
            MockBody::Value(ty) => Some(ty),
            MockBody::None | MockBody::Bytes => None,
        };
        let responses = mock.responses.iter().filter_map(|(body, _)| json_type(body));
        body.into_iter().chain(responses).any(RustType::uses_types_module)
    });
    let types = uses_types.then(|| import(&format!("{parent}::types")));
    let requests = mocks.clone().next().map(|_| import(&format!("{parent}::operations")));
    std::iter::once(runtime()).chain(requests).chain(types).collect()
}
