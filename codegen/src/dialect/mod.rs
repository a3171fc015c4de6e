//! Dialects → OpenAPI 3.0 on the raw tree, and the audit of every keyword.
//!
//! [`normalise`] takes one parsed document and gives a tree that the `openapiv3` crate reads whole:
//! every keyword in it has the shape its table expects, every `$ref` names a component and stands
//! alone, method names are in lower case, statuses are text. What could not be carried over is in the
//! report, what does not matter to a client in the [`KeywordLedger`].
//!
//! What OpenAPI 3.0 cannot say stands in extensions of our own:
//!
//! | extension | on | holds |
//! |---|---|---|
//! | `x-docwright-page` | an operation | what the page says of it: `title`, `description`, `link`, `file`, `notes` |
//! | `x-docwright-webhooks` | the root | path items by name: requests that the vendor sends |
//! | `x-docwright-const` | a schema | the only value; also `enum` of one where it is text, integer or boolean |
//! | `x-docwright-examples` | a schema | all examples, where there are several; `example` is the first |
//! | `x-docwright-prefix-items` | a schema | the schemas of the first items; `items` allows any of them |
//! | `x-docwright-pattern-properties` | a schema | schemas by pattern; `additionalProperties` allows any of them |
//! | `x-docwright-content-encoding` | a schema | how the string holds bytes; `format` is `byte` for base64 |
//! | `x-docwright-content-media-type` | a schema | the media type of the string's content |
//! | `x-docwright-endpoint` | the root | `true`: read from the endpoint dialect; `merge` takes it out |
//! | `x-docwright-from-entry` | a component | `true`: its name comes from one use alone, so another page may know better; `merge` takes it out |

mod account;
mod bundle;
mod depth;
mod detect;
mod endpoint;
mod grammar;
mod openapi31;
mod page_metadata;
mod refs;
mod schemes;

use crate::page::Page;
use crate::report::{Report, Severity};
use crate::source::Node;

pub use account::{EXTENSION, Ignored, KeywordLedger};
pub use bundle::{Files, files_beside, join, may_name_files};
pub(crate) use endpoint::extended;
pub(crate) use schemes::is_undefined_scheme;

use detect::{Dialect, detect};
use grammar::Audit;

/// One document, whatever its dialect, as an OpenAPI 3.0 tree; nothing where errors were reported.
pub fn normalise(
    page: &Page,
    mut node: Node,
    report: &mut Report,
    account: &mut KeywordLedger,
) -> Option<Node> {
    let before = report.problems.len();
    let dialect = detect(&node, report)?;
    // The audit takes the names away.
    refs::resolve_anchors(&mut node);
    Audit::run(dialect, &mut node, report, account);
    let mut root = match dialect {
        Dialect::OpenApi30 | Dialect::OpenApi31 => node,
        Dialect::Endpoint => endpoint::invert(page, node, report, account)?,
    };
    refs::settle(&mut root, report, account);
    openapi31::rewrite(&mut root);
    depth::check(&root, report);
    refs::check_cycles(&mut root, report);
    refs::drop_repeated_enums(&mut root, account);
    schemes::add_undefined(&mut root, report);
    page_metadata::attach(page, &mut root, report);
    if dialect == Dialect::Endpoint {
        let origin = root.origin;
        let mark = ("x-docwright-endpoint".to_owned(), Node::bool(true, origin));
        root.as_object_mut()?.extend([mark]);
    }
    let new = report.problems.get(before..).unwrap_or_default();
    new.iter().all(|problem| problem.severity != Severity::Error).then_some(root)
}

/// Makes every reference to `from` below `root`, a normalised tree, one to `to`.
pub(crate) fn redirect_references(root: &mut Node, from: &str, to: &str) {
    let redirect = |node: &mut Node| {
        if node.as_str() == Some(from) {
            *node = Node::string(to, node.origin);
        }
    };
    grammar::each(root, grammar::Object::Root, &mut |node, object| {
        let Some(map) = node.as_object_mut() else { return };
        map.get_mut("$ref").map(redirect);
        if object == grammar::Object::Discriminator
            && let Some(mapping) = map.get_mut("mapping").and_then(Node::as_object_mut)
        {
            mapping.values_mut().for_each(redirect);
        }
    });
}

/// Whether an extension of this name is read on the way to OpenAPI 3.0.
pub fn reads(extension: &str) -> bool {
    extension == grammar::NULLABLE
}

/// Puts `schema` instead of every reference to it below `root`, a normalised tree.
pub(crate) fn replace_references(root: &mut Node, reference: &str, schema: &Node) {
    grammar::each(root, grammar::Object::Root, &mut |node, object| {
        let is_it = object == grammar::Object::Schema
            && node.get("$ref").and_then(Node::as_str) == Some(reference);
        if is_it {
            *node = schema.clone();
        }
    });
}
