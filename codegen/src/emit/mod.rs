//! [`Plan`] → [`Files`]: prints what was decided, and decides nothing.

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
use crate::plan::{Item, Name, Operation, Plan};
pub use krate::{CrateOptions, RuntimeDependency, crate_files, workspace_files};
use print::Piece;

/// The files of one vendor's module, by path inside it; `root` is the name of its first file,
/// `mod.rs` or `lib.rs`, and `path` what callers write for the module.
///
/// # Errors
///
/// A mistake of an emitter: its text is no Rust.
pub fn module(plan: &Plan, root: &str, path: &str, header: &str) -> Result<Files, String> {
    let mut files = Files::default();
    let mut add = |path: &str, doc: &[&str], pieces: Vec<Piece>| {
        let doc: Vec<String> = doc.iter().map(|d| (*d).to_owned()).collect();
        print::file(header, &doc, pieces).map(|text| files.0.insert(path.to_owned(), text))
    };
    let beside: &[&str] = if plan.schemes.is_empty() { &[] } else { &["use super::auth;\n"] };
    let client = with_runtime(beside, client::emit(plan));
    add("client.rs", &["The client and its servers."], client)?;
    if !plan.schemes.is_empty() {
        add("auth.rs", &["How requests authenticate."], with_runtime(&[], auth::emit(plan)))?;
    }
    if let Some(signing) = &plan.signing {
        let signing = with_runtime(&[], signing::emit(signing));
        add("signature.rs", &["How requests are signed."], signing)?;
    }
    if let Some(webhooks) = &plan.webhooks {
        let webhooks = webhooks::emit(webhooks);
        let types = uses_types(&webhooks).then_some("use super::types;");
        let webhooks = with_runtime(types.as_slice(), webhooks);
        add("webhooks.rs", &["Webhooks: the calls that the vendor makes to you."], webhooks)?;
    }
    if !plan.types.is_empty() {
        add(
            "types.rs",
            &["What requests and responds are made of."],
            with_runtime(&[], types(&plan.types)),
        )?;
    }
    if let Some(codes) = &plan.error_codes {
        add(
            "error_codes.rs",
            &["The vendor's error codes."],
            with_runtime(&[], error_codes::emit(codes)),
        )?;
    }
    let mut mock = vec!["use super::operations;\n"];
    let pieces = mock::emit(plan);
    mock.extend(uses_types(&pieces).then_some("use super::types;\n"));
    let pieces = with_runtime(&mock, pieces);
    add("mock.rs", &["A server that stands in for the API in tests."], pieces)?;
    for (file, operations) in by_file(plan) {
        let file_path = operation_path(plan, &file);
        let doc =
            format!("Requests: {}.", file.as_str().trim_start_matches("r#").replace('_', " "));
        let doc =
            if is_split(plan) { doc } else { "Requests, one type for each operation.".to_owned() };
        add(&file_path, &[&doc], operation_pieces(plan, &operations, path)?)?;
    }
    if is_split(plan) {
        add(
            "operations/mod.rs",
            &["Requests, one type for each operation."],
            operation_index(plan),
        )?;
    }
    let text = print::file(header, &plan.doc.0, root_pieces(plan))?;
    files.0.insert(root.to_owned(), text);
    Ok(files)
}

fn with_runtime(beside: &[&str], pieces: Vec<Piece>) -> Vec<Piece> {
    let mut all = vec![Piece::Items(quote!(
        use docwright_runtime as runtime;
    ))];
    all.extend(beside.iter().map(|line| Piece::Line((*line).to_owned())));
    all.extend(pieces);
    all
}

fn types(items: &[Item]) -> Vec<Piece> {
    items
        .iter()
        .flat_map(|item| match item {
            Item::Struct(item) => struct_::emit(item),
            Item::Enum(item) => enum_::emit(item),
            Item::Union(item) => union::emit(item),
        })
        .collect()
}

/// The operations by file, both in a fixed order.
fn by_file(plan: &Plan) -> Vec<(Name, Vec<&Operation>)> {
    let mut files: std::collections::BTreeMap<&Name, Vec<&Operation>> =
        std::collections::BTreeMap::new();
    for operation in &plan.operations {
        files.entry(&operation.file).or_default().push(operation);
    }
    files.into_iter().map(|(name, operations)| (name.clone(), operations)).collect()
}

/// Whether operations stand in a folder, a file for each tag.
fn is_split(plan: &Plan) -> bool {
    plan.operations.iter().any(|o| o.file.as_str() != "operations")
}

fn operation_path(plan: &Plan, file: &Name) -> String {
    let file = file.as_str().trim_start_matches("r#");
    if is_split(plan) { format!("operations/{file}.rs") } else { "operations.rs".to_owned() }
}

fn operation_pieces(
    plan: &Plan,
    operations: &[&Operation],
    path: &str,
) -> Result<Vec<Piece>, String> {
    let up = if is_split(plan) { "super::super" } else { "super" };
    let mut bodies = Vec::new();
    for operation in operations {
        let example = doc_example::emit(operation, path)?;
        bodies.extend(operation::emit(operation, is_split(plan), &example));
    }
    let authenticate = operations.iter().any(|o| !o.security.is_empty());
    let signed = operations.iter().any(|o| o.signed);
    let elsewhere = operations.iter().any(|o| o.server.is_some());
    let client = if elsewhere { "client::{self, Client}" } else { "client::Client" };
    let used = [
        Some("auth").filter(|_| authenticate),
        Some(client),
        plan.error_codes.as_ref().map(|_| "error_codes::ErrorCode"),
        Some("signature").filter(|_| signed),
        Some("types").filter(|_| uses_types(&bodies)),
    ];
    let mut pieces = vec![Piece::Items(quote! {
        use docwright_runtime as runtime;
    })];
    for used in used.into_iter().flatten() {
        pieces.push(Piece::Line(format!("use {up}::{used};\n")));
    }
    pieces.extend(bodies);
    Ok(pieces)
}

fn uses_types(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Items(tokens) => tokens.to_string().contains("types ::"),
        Piece::Table(text) | Piece::Line(text) => text.contains("types::"),
    })
}

fn operation_index(plan: &Plan) -> Vec<Piece> {
    let mut lines = String::new();
    for (file, _) in by_file(plan) {
        lines.push_str(&format!("mod {file};\n"));
    }
    lines.push('\n');
    for (file, _) in by_file(plan) {
        lines.push_str(&format!("pub use {file}::*;\n"));
    }
    vec![Piece::Table(lines)]
}

/// `mod client; … pub use …`
fn root_pieces(plan: &Plan) -> Vec<Piece> {
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
        modules.iter().filter(|(_, there)| *there).map(|(line, _)| *line).collect();
    let mut client = vec!["Client".to_owned()];
    client.extend(client::has_builder(plan).then(|| "ClientBuilder".to_owned()));
    client.extend((!plan.servers.is_empty()).then(|| "Server".to_owned()));
    client.extend(plan.server_values.iter().map(|values| values.name.to_string()));
    let mut uses = match client.as_slice() {
        [one] => format!("pub use client::{one};\n"),
        all => format!("pub use client::{{{}}};\n", all.join(", ")),
    };
    if plan.error_codes.is_some() {
        uses.push_str("pub use error_codes::ErrorCode;\n");
    }
    if !plan.types.is_empty() {
        uses.push_str("pub use types::*;\n");
    }
    vec![Piece::Table(modules), Piece::Table(uses)]
}
