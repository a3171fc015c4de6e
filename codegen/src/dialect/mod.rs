//! Converts every dialect to OpenAPI 3.0 on the raw tree, and audits every keyword.
//!
//! [`normalise`] takes one parsed document and returns an [`OpenApi30`]: every value has the kind
//! that its keyword's table expects, every `$ref` names a component and has no siblings, method
//! names are in lower case, and status codes are strings. Keywords that cannot be converted are in
//! the report; keywords that do not matter to a client are in the [`KeywordLedger`].
//!
//! Extensions carry what OpenAPI 3.0 cannot express:
//!
//! | extension | on | value |
//! |---|---|---|
//! | `x-docwright-page` | an operation | metadata of its page: `title`, `description`, `link`, `file`, `notes` |
//! | `x-docwright-webhooks` | the root | path items by name: requests that the vendor sends |
//! | `x-docwright-const` | a schema | the only value; also an `enum` of one if it is a string, an integer or a boolean |
//! | `x-docwright-examples` | a schema | all examples, if there are several; `example` is the first |
//! | `x-docwright-prefix-items` | a schema | the schemas of the first items; `items` allows any of them |
//! | `x-docwright-pattern-properties` | a schema | schemas by pattern; `additionalProperties` allows any of them |
//! | `x-docwright-content-encoding` | a schema | the encoding of bytes in the string; `format` is `byte` for base64 |
//! | `x-docwright-content-media-type` | a schema | the media type of the string's content |
//! | `x-docwright-endpoint` | the root | `true`: converted from the endpoint dialect; `merge` removes it |
//! | `x-docwright-from-entry` | a component | `true`: named after a single use, so another page may define it better; `merge` removes it |

mod bundle;
mod depth;
mod detect;
mod endpoint;
mod free_name;
mod grammar;
mod keyword_ledger;
mod openapi30;
mod openapi31;
mod page_metadata;
mod page_server;
mod refs;
pub(crate) mod schemas;
mod swagger20;
mod typed;
mod undefined_schemes;
mod webhook_events;

use crate::page::Page;
use crate::report::{Report, Severity};
use crate::source::Node;

pub use bundle::{Files, bundle_documents, may_reference_files, referenced_files, resolve_file};
pub(crate) use free_name::free_name;
pub use keyword_ledger::{EXTENSION_REASON, Ignored, KeywordLedger, WEBHOOKS_REASON};
pub(crate) use openapi30::Edit;
pub use openapi30::OpenApi30;
pub(crate) use undefined_schemes::is_undefined_scheme;
pub(crate) use webhook_events::add_webhook_events;

use detect::{Dialect, detect};
use grammar::Audit;

/// Converts one document of any dialect to an OpenAPI 3.0 tree. Returns `None` if it reported
/// errors.
pub fn normalise(
    page: &Page,
    mut node: Node,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Option<OpenApi30> {
    let before = report.problems.len();
    let dialect = detect(&node, report)?;
    // Before the audit, which removes `$anchor` and `$id`.
    refs::resolve_anchors(&mut node);
    Audit::run(dialect, &mut node, report, ledger);
    let mut root = match dialect {
        Dialect::OpenApi30 | Dialect::OpenApi31 => node,
        Dialect::Swagger20 => swagger20::convert_to_openapi(node, report, ledger)?,
        Dialect::Endpoint => endpoint::convert_to_openapi(page, node, report, ledger)?,
    };
    convert_tree(&mut root, report, ledger);
    page_server::add_server_of_page(page, &mut root);
    page_metadata::attach_page_metadata(page, &mut root, report);
    if dialect == Dialect::Endpoint {
        let origin = root.origin;
        let marker = ("x-docwright-endpoint".to_owned(), Node::bool(true, origin));
        root.as_object_mut()?.extend([marker]);
    }
    let new = report.problems.get(before..).unwrap_or_default();
    let is_valid = new.iter().all(|problem| problem.severity != Severity::Error);
    is_valid.then(|| OpenApi30::new(root))
}

/// Resolves the references of an audited tree and converts it to OpenAPI 3.0. What was converted
/// before does not change.
fn convert_tree(root: &mut Node, report: &mut Report, ledger: &mut KeywordLedger) {
    refs::resolve_references(root, report, ledger);
    openapi31::convert_to_openapi30(root);
    depth::check_depth(root, report);
    refs::check_cycles(root, report);
    refs::drop_redundant_enums(root, ledger);
    undefined_schemes::add_undefined_schemes(root, report);
}

/// Redirects every reference to `from` in the normalised tree `root` to `to`.
pub(crate) fn redirect_references(root: &mut Node, from: &str, to: &str) {
    let redirect = |node: &mut Node| {
        if node.as_str() == Some(from) {
            *node = Node::string(to, node.origin);
        }
    };
    grammar::for_each_object_mut(root, grammar::ObjectKind::Root, &mut |node, object| {
        let Some(map) = node.as_object_mut() else { return };
        map.get_mut("$ref").map(redirect);
        if object == grammar::ObjectKind::Discriminator
            && let Some(mapping) = map.get_mut("mapping").and_then(Node::as_object_mut)
        {
            mapping.values_mut().for_each(redirect);
        }
    });
}

/// Returns whether the conversion to OpenAPI 3.0 reads the extension of this name.
pub fn reads_extension(extension: &str) -> bool {
    extension == grammar::NULLABLE
}

/// Replaces every reference to `reference` in the normalised tree `root` with `schema`.
pub(crate) fn replace_references(root: &mut Node, reference: &str, schema: &Node) {
    grammar::for_each_object_mut(root, grammar::ObjectKind::Root, &mut |node, object| {
        let matches = object == grammar::ObjectKind::Schema
            && node.get("$ref").and_then(Node::as_str) == Some(reference);
        if matches {
            *node = schema.clone();
        }
    });
}
