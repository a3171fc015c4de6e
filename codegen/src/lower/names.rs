//! Words for inline schemas, from where they stand. A pure function of the tree and the pointer, so
//! a schema has the same words whoever comes to it first.

use std::collections::BTreeSet;

use crate::source::{Node, unescape};

/// The words of the inline schema at `pointer`: the owner's and its own.
pub fn words(root: &Node, repeated: &Repeated, pointer: &str) -> Vec<String> {
    let tokens: Vec<String> = pointer.split('/').skip(1).map(unescape).collect();
    let mut walk = Walk { node: root, words: Vec::new() };
    let rest = match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
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
            walk.words.extend(operation(root, repeated, path, method));
            3
        }
        _ => 0,
    };
    for token in tokens.iter().take(rest) {
        walk.enter(token);
    }
    let mut tokens = tokens.iter().skip(rest).map(String::as_str);
    while let Some(token) = tokens.next() {
        walk.step(token, &mut tokens);
    }
    walk.words
}

/// Titles that several operations bear; none of them is called by it.
#[derive(Debug, Default)]
pub struct Repeated(BTreeSet<String>);

impl Repeated {
    /// Those of a description.
    pub fn of(root: &Node) -> Self {
        let (mut seen, mut repeated) = (BTreeSet::new(), BTreeSet::new());
        let paths = root.get("paths").and_then(Node::as_object).into_iter().flatten();
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                if id(operation).is_none()
                    && let Some(title) = title(operation, path, method)
                    && !seen.insert(title)
                {
                    repeated.insert(title.to_owned());
                }
            }
        }
        Self(repeated)
    }
}

/// How many words a title may have to be a name.
const MOST_WORDS: usize = 10;

/// What an operation is called by its page's title or its summary. `GET /pets` is what is called where
/// nobody gave it a title, a sentence tells what it does, and symbols say nothing: none is a name.
pub fn title<'n>(operation: &'n Node, path: &str, method: &str) -> Option<&'n str> {
    let of_page = || text(operation.get("x-docwright-page")?.get("title")?);
    let title = of_page().or_else(|| text(operation.get("summary")?))?;
    let word = title.strip_suffix(path).map(str::trim);
    let is_call = word.is_some_and(|word| word.eq_ignore_ascii_case(method));
    let is_word = title.contains(char::is_alphanumeric);
    (is_word && !is_call && title.split_whitespace().count() <= MOST_WORDS).then_some(title)
}

/// An operation's `operationId`.
pub fn id(operation: &Node) -> Option<&str> {
    text(operation.get("operationId")?)
}

fn text(node: &Node) -> Option<&str> {
    node.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The words of an operation: its id, else its page's title or its summary, else method and path.
fn operation(root: &Node, repeated: &Repeated, path: &str, method: &str) -> Vec<String> {
    let node =
        root.get("paths").and_then(|paths| paths.get(path)).and_then(|item| item.get(method));
    let title = |node| title(node, path, method).filter(|title| !repeated.0.contains(*title));
    match node.and_then(|node| id(node).or_else(|| title(node))) {
        Some(words) => vec![words.to_owned()],
        None => std::iter::once(method.to_owned()).chain(call_words(path)).collect(),
    }
}

/// `/persons/{id}/accounts` → `persons`, `by id`, `accounts`: as the method is called.
fn call_words(path: &str) -> impl Iterator<Item = String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    parts.map(|part| part.replace('{', " by ").replace('}', " "))
}

fn path_words(path: &str) -> Vec<String> {
    let parts =
        path.split('/').map(|part| part.trim_matches(['{', '}'])).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// What an alternative of a union is called: the component it names, its title, or the one value
/// that one of its members has.
pub fn variant(node: &Node) -> Option<String> {
    if let Some(reference) = node.get("$ref").and_then(Node::as_str) {
        return reference.rsplit('/').next().map(unescape);
    }
    if let Some(title) =
        node.get("title").and_then(Node::as_str).map(str::trim).filter(|t| !t.is_empty())
    {
        return Some(title.to_owned());
    }
    if let Some([only]) = node.get("allOf").and_then(Node::as_array) {
        return variant(only);
    }
    node.get("properties")?.as_object()?.values().find_map(|member| {
        match member.get("enum")?.as_array()? {
            [only] => only.as_str().filter(|text| !text.is_empty()).map(str::to_owned),
            _ => None,
        }
    })
}

/// The way from the root to a schema.
struct Walk<'n> {
    node: &'n Node,
    words: Vec<String>,
}

impl<'n> Walk<'n> {
    fn enter(&mut self, token: &str) {
        let item = |items: &'n [Node]| items.get(token.parse::<usize>().ok()?);
        let child = self.node.get(token).or_else(|| self.node.as_array().and_then(item));
        self.node = child.unwrap_or(self.node);
    }

    fn step<'t>(&mut self, token: &str, rest: &mut impl Iterator<Item = &'t str>) {
        let owner = self.node;
        self.enter(token);
        match token {
            "properties" | "headers" => {
                if let Some(name) = rest.next() {
                    self.enter(name);
                    self.words.push(name.to_owned());
                }
            }
            "parameters" => {
                if let Some(index) = rest.next() {
                    self.enter(index);
                    self.words
                        .extend(self.node.get("name").and_then(Node::as_str).map(str::to_owned));
                }
            }
            "responses" => {
                if let Some(status) = rest.next() {
                    self.words.push("response".to_owned());
                    if differ(self.node) {
                        self.words.push(status.to_owned());
                    }
                    self.enter(status);
                }
            }
            "oneOf" | "anyOf" => {
                if let Some(index) = rest.next() {
                    let several = has_alternatives(self.node);
                    self.enter(index);
                    if several {
                        self.words.push(variant(self.node).unwrap_or_else(|| ordinal(index)));
                    }
                }
            }
            "allOf" | "content" => rest.next().into_iter().for_each(|t| self.enter(t)),
            "requestBody" => self.words.push("request".to_owned()),
            "items" if owner.get("items").is_some() => self.words.push("item".to_owned()),
            "additionalProperties" => self.words.push("value".to_owned()),
            _ => (),
        }
    }
}

/// `variant 2` for the alternative with index 1.
fn ordinal(index: &str) -> String {
    let number = index.parse::<usize>().unwrap_or_default().saturating_add(1);
    format!("variant {number}")
}

/// Whether several alternatives are more than `null`.
fn has_alternatives(list: &Node) -> bool {
    let null = |node: &&Node| {
        let only_nulls = |values: &[Node]| values.iter().all(|v| v.kind_name() == "null");
        node.get("type").and_then(Node::as_str) == Some("null")
            || node.get("enum").and_then(Node::as_array).is_some_and(only_nulls)
    };
    list.as_array().unwrap_or_default().iter().filter(|node| !null(node)).nth(1).is_some()
}

/// Whether the responses of an operation have several inline schemas.
fn differ(responses: &Node) -> bool {
    let mut first = None;
    for response in responses.as_object().into_iter().flat_map(|map| map.values()) {
        let content = response.get("content").and_then(Node::as_object);
        for schema in
            content.into_iter().flat_map(|map| map.values()).filter_map(|media| media.get("schema"))
        {
            let named = |node: &Node| node.get("$ref").is_some();
            if named(schema) || schema.get("items").is_some_and(named) {
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
