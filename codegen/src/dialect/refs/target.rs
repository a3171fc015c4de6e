//! Finds the target of a reference.

use crate::depth::MAX_REFERENCE_CHAIN;
use std::borrow::Cow;

use crate::dialect::grammar::{ObjectKind, kind_at};
use crate::report::{Location, Origin, Problem, closest};
use crate::source::{Node, escape, unescape};

/// Marks a reference to a file whose path is relative to the root folder, not to the referring
/// file.
pub(in crate::dialect) const FILE_PREFIX: &str = "beside:";

/// Why a reference cannot be resolved.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ResolveError {
    /// It refers to another file or a URL.
    External,
    /// It is an anchor or an identifier instead of a pointer.
    Anchor,
    /// The target does not exist.
    Missing,
    /// The target is another kind of object.
    WrongKind(Option<ObjectKind>),
    /// It refers to itself through other references.
    Circular,
}

/// Returns the JSON pointer of the target of `reference`, which must be an object of kind `object`.
pub(super) fn find_target(
    root: &Node,
    reference: &str,
    object: ObjectKind,
) -> Result<String, ResolveError> {
    let mut tokens = parse_pointer(root, reference, object)?;
    for _ in 0..MAX_REFERENCE_CHAIN {
        match walk(root, &tokens)? {
            Step::Arrived => {
                return match kind_at(ObjectKind::Root, &tokens) {
                    Some(kind) if kind == object => Ok(join_tokens(&tokens)),
                    other => Err(ResolveError::WrongKind(other)),
                };
            }
            Step::Redirected(next) => tokens = next,
        }
    }
    Err(ResolveError::Circular)
}

/// Returns the tokens of the pointer in `reference`.
fn parse_pointer(
    root: &Node,
    reference: &str,
    object: ObjectKind,
) -> Result<Vec<String>, ResolveError> {
    let Some(pointer) = reference.strip_prefix('#') else {
        // A name without a pointer, as in Swagger 1.
        let path = format!("/components/{}/{}", super::section_name(object), escape(reference));
        return match root.pointer(&path) {
            Some(_) => Ok(split_tokens(&path)),
            None => Err(ResolveError::External),
        };
    };
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(ResolveError::Anchor);
    }
    let tokens = split_tokens(pointer);
    if root.pointer(pointer).is_some() {
        return Ok(tokens);
    }
    Ok(tokens.iter().map(|token| percent_decode(token)).collect())
}

enum Step {
    /// The tokens lead to a node that is not just a reference.
    Arrived,
    /// The tokens lead to or through a reference; these tokens lead to the same node.
    Redirected(Vec<String>),
}

/// Follows `tokens` up to the first reference on the path.
fn walk(root: &Node, tokens: &[String]) -> Result<Step, ResolveError> {
    let mut node = root;
    for (index, token) in tokens.iter().enumerate() {
        let rest = tokens.get(index..).unwrap_or_default();
        let next = match node.as_array() {
            Some(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            None => node.get(token),
        };
        match next {
            Some(next) => node = next,
            None => {
                let (reference, _) = super::reference_text(node).ok_or(ResolveError::Missing)?;
                let pointer = reference.strip_prefix('#').ok_or(ResolveError::Missing)?;
                return Ok(Step::Redirected([split_tokens(pointer), rest.to_vec()].concat()));
            }
        }
    }
    // A component that is just a reference keeps its own name; any other such node is replaced by
    // its target.
    let is_reference = node.as_object().is_some_and(|map| map.len() == 1);
    match super::reference_text(node) {
        Some((reference, _)) if is_reference && tokens.len() > 3 => {
            let pointer = reference.strip_prefix('#').ok_or(ResolveError::Missing)?;
            Ok(Step::Redirected(split_tokens(pointer)))
        }
        Some(_) | None => Ok(Step::Arrived),
    }
}

pub(super) fn split_tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

fn join_tokens(tokens: &[String]) -> String {
    tokens.iter().flat_map(|token| ["/".to_owned(), escape(token)]).collect()
}

/// Decodes percent-encoding. A text that would not be UTF-8 stays as it is.
fn percent_decode(token: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(token).decode_utf8();
    decoded.map_or_else(|_| token.to_owned(), Cow::into_owned)
}

impl ResolveError {
    /// Creates the problem for the reference.
    pub(super) fn problem(
        &self,
        root: &Node,
        reference: &str,
        object: ObjectKind,
        origin: Origin,
    ) -> Problem {
        let kind = object.grammar().name;
        let reference = reference.strip_prefix(FILE_PREFIX).unwrap_or(reference);
        let (message, help) = match self {
            Self::External => (
                format!("the reference `{reference}` cannot be resolved"),
                Some(
                    "references may lead into the document itself, and to .yaml, .yml and .json \
                     files in its folder or below; nothing is downloaded"
                        .to_owned(),
                ),
            ),
            Self::Anchor => (
                format!("`{reference}` is neither a JSON pointer nor a known `$anchor`"),
                Some(format!("write it as `#/components/{}/NAME`", super::section_name(object))),
            ),
            Self::Missing => {
                (format!("`{reference}` does not exist"), suggest_name(root, reference, object))
            }
            Self::WrongKind(Some(other)) => {
                (format!("expected {kind}, but `{reference}` is {}", other.grammar().name), None)
            }
            Self::WrongKind(None) => (
                format!("expected {kind}, but `{reference}` is not one"),
                Some(format!("move it to `components.{}`", super::section_name(object))),
            ),
            Self::Circular => (
                format!("the reference `{reference}` leads back to itself"),
                Some(format!("replace one of the references on the way with {kind}")),
            ),
        };
        let problem = Problem::error(Location::Entry(origin), message);
        match help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}

/// Suggests the component with the most similar name, or else a fix.
fn suggest_name(root: &Node, reference: &str, object: ObjectKind) -> Option<String> {
    let section = super::section_name(object);
    let name = split_tokens(reference.strip_prefix('#')?).pop()?;
    let names = root.pointer(&format!("/components/{section}"));
    let names = names.and_then(Node::as_object).into_iter().flat_map(|map| map.keys());
    Some(match closest(&name, names.map(String::as_str)) {
        Some(close) => format!("did you mean `#/components/{section}/{close}`?"),
        None => format!("add `{name}` under `components.{section}`, or correct the reference"),
    })
}
