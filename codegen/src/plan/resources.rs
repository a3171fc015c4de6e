//! Resources: the types whose methods are operations.

use super::naming::{AssignedNames, Case, Name, OperationNames, client_type, name};
use super::{CallPath, Context, DocText, Resource, doc};
use crate::ir::{Api, Operation};

/// The path of the operations' module in files beside it.
pub(super) const OPERATIONS_MODULE: &str = "super::operations";

/// Returns how callers reach each operation.
pub(super) fn call_paths(api: &Api, names: &AssignedNames) -> Vec<CallPath> {
    let operations = api.operations.iter().zip(&names.operations);
    let call_path = |(operation, own): (&Operation, &OperationNames)| {
        let resource = operation.resource.as_ref();
        let path = resource.map(|it| it.resource.as_slice()).unwrap_or_default();
        CallPath {
            accessors: path.iter().map(|it| name(it, Case::Snake)).collect(),
            owner: names.resource_types.get(path).cloned().unwrap_or_else(client_type),
            method: match resource {
                Some(method) => name(&method.method, Case::Snake),
                None => own.method.clone(),
            },
        }
    };
    operations.map(call_path).collect()
}

/// Plans every resource; a resource comes after the one that it is in.
pub(super) fn plan(context: &Context<'_>) -> Vec<Resource> {
    let types = &context.names.resource_types;
    let resource = |(path, ty): (&Vec<String>, &Name)| {
        let (last, parents) = path.split_last()?;
        let api = api_words(path);
        let accessor = name(last, Case::Snake);
        let calls: Vec<String> =
            path.iter().map(|it| format!("{}()", name(it, Case::Snake))).collect();
        let call = |receiver| doc::inline_code(&format!("{receiver}.{}", calls.join(".")));
        Some(Resource {
            ty: ty.clone(),
            accessor,
            owner: types.get(parents).cloned().unwrap_or_else(client_type),
            is_on_client: parents.is_empty(),
            file: resource_file(path),
            doc: DocText(vec![format!("The {api}: {}.", call("client"))]),
            accessor_doc: DocText(vec![format!("Accesses the {api}.")]),
            mock_doc: DocText(vec![format!("The stubs of the {api}: {}.", call("mock"))]),
            mock_accessor_doc: DocText(vec![format!("Accesses the stubs of the {api}.")]),
        })
    };
    types.iter().filter_map(resource).collect()
}

/// Returns words for the methods of a resource: `discount API of customers`.
fn api_words(path: &[String]) -> String {
    let words = |names: &[String]| names.join(" ").replace('_', " ");
    match path.split_last() {
        Some((last, parents)) if !parents.is_empty() => {
            format!("{} API of {}", words(std::slice::from_ref(last)), words(parents))
        }
        _ => format!("{} API", words(path)),
    }
}

/// Returns the file of a resource: that of the outermost one. The name of a module with its own file
/// must be ASCII, and cannot be `mod`.
pub(super) fn resource_file(path: &[String]) -> Name {
    let words = path.first().map_or("client", String::as_str);
    match name(words, Case::Snake) {
        file if !file.as_str().is_ascii() => name("others", Case::Snake),
        file if file.as_str() == "mod" => name("module", Case::Snake),
        file => file,
    }
}
