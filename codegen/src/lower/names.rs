//! Names of inline schemas, from their location. They depend only on the tree and the pointer, so a
//! schema has the same name from whichever use the walk reaches it first.

use std::collections::BTreeSet;

use super::alternative_label::AlternativeLabels;
use super::schema::enum_values::lists_only_null;
use crate::source::{Node, unescape};

/// Returns the words that name the inline schema at `pointer`: those of its owner, then its own.
pub fn inline_name(
    root: &Node,
    repeated: &RepeatedTitles,
    labels: &AlternativeLabels,
    pointer: &str,
) -> Vec<String> {
    let tokens: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let mut walk = Walk { node: root, labels, words: Vec::new() };
    let owner_tokens = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "schemas" | "parameters" | "headers", key, ..] => {
            walk.words.push((*key).to_owned());
            3
        }
        ["components", "responses", key, ..] => {
            walk.words.extend([(*key).to_owned(), "response".to_owned()]);
            3
        }
        ["components", "requestBodies", key, ..] => {
            walk.words.extend([(*key).to_owned(), "request".to_owned()]);
            3
        }
        ["paths", path, "parameters", ..] => {
            walk.words.extend(path_words(path));
            2
        }
        ["paths", path, method, ..] => {
            walk.words.extend(operation_name(root, repeated, path, method));
            3
        }
        _ => 0,
    };
    for token in tokens.iter().take(owner_tokens) {
        walk.enter(token);
    }
    let mut tokens = tokens.iter().skip(owner_tokens).map(String::as_str);
    while let Some(token) = tokens.next() {
        walk.step(token, &mut tokens);
    }
    walk.words
}

/// Titles that several operations share. They are not used as names.
#[derive(Debug, Default)]
pub struct RepeatedTitles(BTreeSet<String>);

impl RepeatedTitles {
    /// Finds the repeated titles of a document.
    pub fn new(root: &Node) -> Self {
        let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
        let paths = root.get("paths").and_then(Node::as_object).into_iter().flatten();
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if operation_id(operation).is_none()
                    && let Some(title) = operation_title(operation, path, method)
                    && !seen.insert(title)
                {
                    repeated.insert(title.to_owned());
                }
            }
        }
        Self(repeated)
    }
}

/// How many words a title may have to serve as a name.
const MAX_TITLE_WORDS: usize = 10;

/// Returns the page title of an operation, or else its `summary`, if it can serve as a name.
/// `GET /pets`, a path, full sentences and texts without ASCII letters cannot.
pub fn operation_title<'n>(operation: &'n Node, path: &str, method: &str) -> Option<&'n str> {
    let page_title = operation.get("x-docwright-page").and_then(|page| page.get("title"));
    let titles = [page_title, operation.get("summary")].into_iter().flatten();
    titles.filter_map(nonempty_str).find(|title| {
        let before_path = title.strip_suffix(path).map(str::trim);
        let is_path =
            before_path.is_some_and(|word| word.is_empty() || word.eq_ignore_ascii_case(method));
        let is_short = title.split_whitespace().count() <= MAX_TITLE_WORDS;
        has_letters(title) && !is_path && is_short
    })
}

/// Returns the `operationId` of an operation, unless it has no ASCII letters.
pub fn operation_id(operation: &Node) -> Option<&str> {
    nonempty_str(operation.get("operationId")?).filter(|id| has_letters(id))
}

/// Returns whether a method of this name can be typed on any keyboard.
fn has_letters(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_alphabetic())
}

fn nonempty_str(node: &Node) -> Option<&str> {
    node.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// Returns the words of an operation: its `operationId`, else its title, else its method and path.
fn operation_name(root: &Node, repeated: &RepeatedTitles, path: &str, method: &str) -> Vec<String> {
    let node =
        root.get("paths").and_then(|paths| paths.get(path)).and_then(|item| item.get(method));
    let unique_title =
        |node| operation_title(node, path, method).filter(|title| !repeated.0.contains(*title));
    match node.and_then(|node| operation_id(node).or_else(|| unique_title(node))) {
        Some(name) => vec![name.to_owned()],
        None => std::iter::once(method.to_owned()).chain(method_name_words(path)).collect(),
    }
}

/// Splits a path as generated method names do: `/persons/{id}/accounts` → `persons`, `by id`,
/// `accounts`.
fn method_name_words(path: &str) -> impl Iterator<Item = String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.map(|part| part.replace('{', " by ").replace('}', " "))
}

fn path_words(path: &str) -> Vec<String> {
    let parts =
        path.split('/').map(|part| part.trim_matches(['{', '}'])).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// A walk from the root to a schema, which collects words on its way.
struct Walk<'n> {
    node: &'n Node,
    labels: &'n AlternativeLabels,
    words: Vec<String>,
}

impl<'n> Walk<'n> {
    /// Moves to the child at `token`, if there is one.
    fn enter(&mut self, token: &str) {
        let item = |items: &'n [Node]| items.get(token.parse::<usize>().ok()?);
        let child = self.node.get(token).or_else(|| self.node.as_array().and_then(item));
        self.node = child.unwrap_or(self.node);
    }

    /// Moves along `token` and the tokens after it that belong to the same keyword.
    fn step<'t>(&mut self, token: &str, tokens: &mut impl Iterator<Item = &'t str>) {
        let owner = self.node;
        self.enter(token);
        match token {
            "properties" | "headers" => {
                if let Some(name) = tokens.next() {
                    self.enter(name);
                    self.words.push(name.to_owned());
                }
            }
            "parameters" => {
                if let Some(index) = tokens.next() {
                    self.enter(index);
                    self.words
                        .extend(self.node.get("name").and_then(Node::as_str).map(str::to_owned));
                }
            }
            "responses" => {
                if let Some(status) = tokens.next() {
                    self.words.push("response".to_owned());
                    if have_different_schemas(self.node) {
                        self.words.push(status.to_owned());
                    }
                    self.enter(status);
                }
            }
            "oneOf" | "anyOf" => {
                if let Some(index) = tokens.next() {
                    if has_several_alternatives(self.node) {
                        self.words.extend(self.labels.label(self.node, index));
                    }
                    self.enter(index);
                }
            }
            "allOf" | "content" => tokens.next().into_iter().for_each(|t| self.enter(t)),
            "requestBody" => self.words.push("request".to_owned()),
            "items" if owner.get("items").is_some() => self.words.push("item".to_owned()),
            "additionalProperties" => self.words.push("value".to_owned()),
            _ => (),
        }
    }
}

/// Whether more than one alternative allows other values than `null`.
fn has_several_alternatives(alternatives: &Node) -> bool {
    let alternatives = alternatives.as_array().unwrap_or_default();
    alternatives.iter().filter(|node| !lists_only_null(node)).nth(1).is_some()
}

/// Whether the responses of an operation have several different inline schemas.
fn have_different_schemas(responses: &Node) -> bool {
    let mut first = None;
    for response in responses.as_object().into_iter().flat_map(|map| map.values()) {
        let content = response.get("content").and_then(Node::as_object);
        for schema in
            content.into_iter().flat_map(|map| map.values()).filter_map(|media| media.get("schema"))
        {
            let is_reference = |node: &Node| node.get("$ref").is_some();
            if is_reference(schema) || schema.get("items").is_some_and(is_reference) {
                continue;
            }
            match first {
                None => first = Some(schema),
                Some(other) if other == schema => (),
                Some(_) => return true,
            }
        }
    }
    false
}
