//! [`Plan`] → [`Files`]: prints the plan. All decisions are made in `plan`.

mod auth;
mod body;
mod call_everything;
mod client;
mod doc_example;
mod enum_;
mod error_codes;
mod headers;
mod krate;
mod limits;
mod mock;
mod operation;
mod pagination;
mod print;
mod responses;
mod sample;
mod signing;
mod struct_;
mod style;
mod tokens;
mod union;
mod webhooks;

use quote::quote;

use crate::files::Files;
use crate::plan::{Name, Operation, Plan, TypeItem};
pub use krate::{CrateOptions, RuntimeDependency, crate_files, workspace_files};
use print::Fragment;

/// Returns the files of a vendor's module, by their path in it. `root` is the name of its root file,
/// `mod.rs` or `lib.rs`, and `path` is the path of the module in the users' code.
///
/// # Errors
///
/// Generated tokens do not parse: a bug in an emitter.
pub fn module_files(plan: &Plan, root: &str, path: &str, header: &str) -> Result<Files, String> {
    let mut files = Files::default();
    let mut add = |path: &str, doc: &[&str], fragments: Vec<Fragment>| {
        let doc: Vec<String> = doc.iter().map(|line| (*line).to_owned()).collect();
        print::source_file(header, &doc, fragments)
            .map(|text| files.0.insert(path.to_owned(), text))
    };
    let imports: &[&str] = if plan.schemes.is_empty() { &[] } else { &["use super::auth;\n"] };
    let client = with_imports(imports, client::emit(plan));
    add("client.rs", &["The client and its servers."], client)?;
    if !plan.schemes.is_empty() {
        add("auth.rs", &["The security schemes."], with_imports(&[], auth::emit(plan)))?;
    }
    if let Some(signing) = &plan.signing {
        let signing = with_imports(&[], signing::emit(signing));
        add("signature.rs", &["How requests are signed."], signing)?;
    }
    if let Some(webhooks) = &plan.webhooks {
        let webhooks = webhooks::emit(webhooks);
        let types = uses_types(&webhooks).then_some("use super::types;");
        let webhooks = with_imports(types.as_slice(), webhooks);
        add("webhooks.rs", &["Webhooks: requests that the API sends to you."], webhooks)?;
    }
    if !plan.types.is_empty() {
        add(
            "types.rs",
            &["The types of requests and responses."],
            with_imports(&[], type_fragments(&plan.types)),
        )?;
    }
    if let Some(codes) = &plan.error_codes {
        add(
            "error_codes.rs",
            &["The API's error codes."],
            with_imports(&[], error_codes::emit(codes)),
        )?;
    }
    let mut imports = vec!["use super::operations;\n"];
    let mock = mock::emit(plan);
    imports.extend(uses_types(&mock).then_some("use super::types;\n"));
    add("mock.rs", &["A mock server for tests."], with_imports(&imports, mock))?;
    for (file, operations) in operations_by_file(plan) {
        let file_path = operation_path(plan, &file);
        let doc =
            format!("Requests: {}.", file.as_str().trim_start_matches("r#").replace('_', " "));
        let doc =
            if is_split(plan) { doc } else { "Requests, one type for each operation.".to_owned() };
        add(&file_path, &[&doc], operation_fragments(plan, &operations, path)?)?;
    }
    if is_split(plan) {
        add(
            "operations/mod.rs",
            &["Requests, one type for each operation."],
            operation_index(plan),
        )?;
    }
    let text = print::source_file(header, &plan.doc.0, root_fragments(plan))?;
    files.0.insert(root.to_owned(), text);
    Ok(files)
}

/// Puts the import of the runtime and the other `imports` before the fragments.
fn with_imports(imports: &[&str], fragments: Vec<Fragment>) -> Vec<Fragment> {
    let mut file = vec![Fragment::Items(quote!(
        use docwright_runtime as runtime;
    ))];
    file.extend(imports.iter().map(|line| Fragment::Line((*line).to_owned())));
    file.extend(fragments);
    file
}

fn type_fragments(items: &[TypeItem]) -> Vec<Fragment> {
    items
        .iter()
        .flat_map(|item| match item {
            TypeItem::Struct(item) => struct_::emit(item),
            TypeItem::Enum(item) => enum_::emit(item),
            TypeItem::Union(item) => union::emit(item),
        })
        .collect()
}

/// Groups the operations by file, sorted by the file's name.
fn operations_by_file(plan: &Plan) -> Vec<(Name, Vec<&Operation>)> {
    let mut files: std::collections::BTreeMap<&Name, Vec<&Operation>> =
        std::collections::BTreeMap::new();
    for operation in &plan.operations {
        files.entry(&operation.file).or_default().push(operation);
    }
    files.into_iter().map(|(name, operations)| (name.clone(), operations)).collect()
}

/// Returns whether the operations are in a folder with a file for each tag.
fn is_split(plan: &Plan) -> bool {
    plan.operations.iter().any(|o| o.file.as_str() != "operations")
}

fn operation_path(plan: &Plan, file: &Name) -> String {
    let file = file.as_str().trim_start_matches("r#");
    if is_split(plan) { format!("operations/{file}.rs") } else { "operations.rs".to_owned() }
}

fn operation_fragments(
    plan: &Plan,
    operations: &[&Operation],
    path: &str,
) -> Result<Vec<Fragment>, String> {
    let parent = if is_split(plan) { "super::super" } else { "super" };
    let mut bodies = Vec::new();
    for operation in operations {
        let example = doc_example::emit(operation, path)?;
        bodies.extend(operation::emit(operation, is_split(plan), &example));
    }
    let authenticates = operations.iter().any(|it| !it.security.is_empty());
    let is_signed = operations.iter().any(|it| it.signed);
    let has_server = operations.iter().any(|it| it.server.is_some());
    let client = if has_server { "client::{self, Client}" } else { "client::Client" };
    let imports = [
        Some("auth").filter(|_| authenticates),
        Some(client),
        plan.error_codes.as_ref().map(|_| "error_codes::ErrorCode"),
        Some("signature").filter(|_| is_signed),
        Some("types").filter(|_| uses_types(&bodies)),
    ];
    let mut fragments = vec![Fragment::Items(quote! {
        use docwright_runtime as runtime;
    })];
    for import in imports.into_iter().flatten() {
        fragments.push(Fragment::Line(format!("use {parent}::{import};\n")));
    }
    fragments.extend(bodies);
    Ok(fragments)
}

/// Returns whether the fragments refer to the `types` module.
fn uses_types(fragments: &[Fragment]) -> bool {
    fragments.iter().any(|fragment| match fragment {
        Fragment::Items(tokens) => tokens.to_string().contains("types ::"),
        Fragment::Table(text) | Fragment::Line(text) => text.contains("types::"),
    })
}

fn operation_index(plan: &Plan) -> Vec<Fragment> {
    let mut lines = String::new();
    for (file, _) in operations_by_file(plan) {
        lines.push_str(&format!("mod {file};\n"));
    }
    lines.push('\n');
    for (file, _) in operations_by_file(plan) {
        lines.push_str(&format!("pub use {file}::*;\n"));
    }
    vec![Fragment::Table(lines)]
}

/// `mod client; … pub use …`
fn root_fragments(plan: &Plan) -> Vec<Fragment> {
    let modules = [
        ("pub mod auth;\n", !plan.schemes.is_empty()),
        ("mod client;\n", true),
        ("mod error_codes;\n", plan.error_codes.is_some()),
        ("#[cfg(feature = \"mock\")]\npub mod mock;\n", true),
        ("pub mod operations;\n", !plan.operations.is_empty()),
        ("pub mod signature;\n", plan.signing.is_some()),
        ("pub mod types;\n", !plan.types.is_empty()),
        ("pub mod webhooks;\n", plan.webhooks.is_some()),
    ];
    let modules: String =
        modules.iter().filter(|(_, is_present)| *is_present).map(|(line, _)| *line).collect();
    let mut client = vec!["Client".to_owned()];
    client.extend(client::has_builder(plan).then(|| "ClientBuilder".to_owned()));
    client.extend((!plan.servers.is_empty()).then(|| "Server".to_owned()));
    client.extend(plan.server_values.iter().map(|values| values.name.to_string()));
    let mut uses = match client.as_slice() {
        [name] => format!("pub use client::{name};\n"),
        names => format!("pub use client::{{{}}};\n", names.join(", ")),
    };
    if plan.error_codes.is_some() {
        uses.push_str("pub use error_codes::ErrorCode;\n");
    }
    if !plan.types.is_empty() {
        uses.push_str("pub use types::*;\n");
    }
    vec![Fragment::Table(modules), Fragment::Table(uses)]
}
