//! What a reference names.

use crate::dialect::grammar::{Object, closest, kind_at};
use crate::report::{Location, Origin, Problem};
use crate::source::{Node, escape, unescape};

/// How many references in a row are followed.
const LIMIT: usize = 64;

/// Why a reference names nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// Another file or address.
    Elsewhere,
    /// An anchor or an identifier instead of a pointer.
    Anchor,
    /// Nothing stands there.
    Nowhere,
    /// Something else stands there.
    OtherKind(Option<Object>),
    /// References that lead to each other.
    Circle,
}

/// The JSON pointer of what `reference` names, where it stands for an object of the kind `object`.
pub(super) fn find(root: &Node, reference: &str, object: Object) -> Result<String, Broken> {
    let mut tokens = tokens_of(root, reference, object)?;
    for _ in 0..LIMIT {
        match follow(root, &tokens)? {
            Step::Here => {
                return match kind_at(Object::Root, &tokens) {
                    Some(kind) if kind == object => Ok(pointer(&tokens)),
                    other => Err(Broken::OtherKind(other)),
                };
            }
            Step::Through(next) => tokens = next,
        }
    }
    Err(Broken::Circle)
}

/// The tokens of the pointer in `reference`.
fn tokens_of(root: &Node, reference: &str, object: Object) -> Result<Vec<String>, Broken> {
    let Some(pointer) = reference.strip_prefix('#') else {
        // A bare name, as Swagger 1 wrote references.
        let path = format!("/components/{}/{}", super::section(object), escape(reference));
        return match root.pointer(&path) {
            Some(_) => Ok(split(&path)),
            None => Err(Broken::Elsewhere),
        };
    };
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(Broken::Anchor);
    }
    let tokens = split(pointer);
    if root.pointer(pointer).is_some() {
        return Ok(tokens);
    }
    Ok(tokens.iter().map(|token| percent_decoded(token)).collect())
}

enum Step {
    /// The tokens name a node that is not merely a reference.
    Here,
    /// A reference stands on the way; these tokens name the same thing.
    Through(Vec<String>),
}

fn follow(root: &Node, tokens: &[String]) -> Result<Step, Broken> {
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
                let (reference, _) = super::text(node).ok_or(Broken::Nowhere)?;
                let pointer = reference.strip_prefix('#').ok_or(Broken::Nowhere)?;
                return Ok(Step::Through([split(pointer), rest.to_vec()].concat()));
            }
        }
    }
    // Beyond a component's own name, a mere reference is as good as what it names.
    let alone = node.as_object().is_some_and(|map| map.len() == 1);
    match super::text(node) {
        Some((reference, _)) if alone && tokens.len() > 3 => {
            let pointer = reference.strip_prefix('#').ok_or(Broken::Nowhere)?;
            Ok(Step::Through(split(pointer)))
        }
        Some(_) | None => Ok(Step::Here),
    }
}

pub(super) fn split(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape).collect()
}

fn pointer(tokens: &[String]) -> String {
    tokens.iter().flat_map(|token| ["/".to_owned(), escape(token)]).collect()
}

fn percent_decoded(token: &str) -> String {
    let mut bytes = Vec::with_capacity(token.len());
    let mut rest = token.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [a, b, ..]) => std::str::from_utf8(&[*a, *b])
                .ok()
                .and_then(|code| u8::from_str_radix(code, 16).ok()),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| token.to_owned())
}

impl Broken {
    /// The problem at the reference.
    pub(super) fn problem(
        &self,
        root: &Node,
        reference: &str,
        object: Object,
        origin: Origin,
    ) -> Problem {
        let kind = object.grammar().name;
        let (what, help) = match self {
            Self::Elsewhere => (
                format!("`{reference}` is not in this document"),
                Some(
                    "references into the document itself are followed, and to .yaml and .json \
                     files in its folder or below; nothing is fetched over the network"
                        .to_owned(),
                ),
            ),
            Self::Anchor => (
                format!("`{reference}` is not a JSON pointer"),
                Some(format!("write it as `#/components/{}/NAME`", super::section(object))),
            ),
            Self::Nowhere => {
                (format!("`{reference}` names nothing"), near(root, reference, object))
            }
            Self::OtherKind(Some(other)) => {
                (format!("expected {kind}, but `{reference}` names {}", other.grammar().name), None)
            }
            Self::OtherKind(None) => (
                format!("expected {kind}, but `{reference}` names something else"),
                Some(format!("put it under `components.{}`", super::section(object))),
            ),
            Self::Circle => {
                (format!("`{reference}` leads back to itself through other references"), None)
            }
        };
        let problem = Problem::error(Location::Member(origin), what);
        match help {
            Some(help) => problem.help(help),
            None => problem,
        }
    }
}

/// A name like the one that was looked for, or what can be done without one.
fn near(root: &Node, reference: &str, object: Object) -> Option<String> {
    let section = super::section(object);
    let name = split(reference.strip_prefix('#')?).pop()?;
    let names = root.pointer(&format!("/components/{section}"));
    let names = names.and_then(Node::as_object).into_iter().flat_map(|map| map.keys());
    Some(match closest(&name, names.map(String::as_str)) {
        Some(close) => format!("did you mean `#/components/{section}/{close}`?"),
        None => format!("add `{name}` under `components.{section}`, or correct the reference"),
    })
}
