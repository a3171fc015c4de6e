//! The catalogue of error codes: what the annotations say, and which request raises what.

mod at_values;
mod responses;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::errors::{Annotation, Annotations};
use crate::ir::{Api, Cause, ErrorCatalogue, ErrorCode, Shape, Subject, Type, TypeId};
use crate::manifest::{ErrorCodes, Manifest};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// The catalogue, where `vendor.toml` has a rule for it; each value learns what it raises.
pub fn catalogue(
    api: &mut Api,
    manifest: &Manifest,
    root: &Node,
    annotations: &Annotations,
    report: &mut Report,
) -> Option<ErrorCatalogue> {
    let rule = manifest.error_codes.as_ref()?;
    let mut written = Vec::new();
    scan(rule, root, String::new(), &mut written);
    let mut codes = Codes { rule, codes: BTreeMap::new(), at: BTreeMap::new() };
    for (pointer, node) in &written {
        codes.define(pointer, node, report);
    }
    responses::listed(&mut codes, api, manifest, report);
    codes.manifest(api, manifest, report);
    let mut reached = BTreeSet::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let (found, complete) = walk::raised(api, annotations, operation);
        for (annotation, subject) in found {
            reached.insert(annotation.pointer.clone());
            codes.cause(annotation, subject, index);
        }
        if !complete {
            let location =
                Location::Member(root.pointer(&operation.pointer).unwrap_or(root).origin);
            report.push(Problem::warning(
                location,
                "the body is too large to list every error it can cause",
            ));
        }
    }
    for (pointer, node) in written.iter().filter(|(pointer, _)| !reached.contains(pointer)) {
        if codes.at.contains_key(pointer) {
            let what = "no request has what this error is about; the code is kept without a cause";
            report.push(Problem::note(Location::Member(node.origin), what));
        }
    }
    at_values::fill(api, annotations, &codes);
    Some(ErrorCatalogue {
        field: rule.field.clone(),
        fields: rule.types.clone(),
        codes: codes.codes.into_values().collect(),
    })
}

/// Every annotation of the tree, in its order. The parse caps the depth of the tree.
fn scan<'n>(
    rule: &ErrorCodes,
    node: &'n Node,
    pointer: String,
    found: &mut Vec<(String, &'n Node)>,
) {
    match &node.kind {
        Kind::Object(map) => {
            for (key, value) in map {
                let pointer = format!("{pointer}/{}", escape(key));
                if rule.extensions.values().any(|extension| extension == key) {
                    found.push((pointer, value));
                } else {
                    scan(rule, value, pointer, found);
                }
            }
        }
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                scan(rule, item, format!("{pointer}/{index}"), found);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

struct Codes<'r> {
    rule: &'r ErrorCodes,
    codes: BTreeMap<String, ErrorCode>,
    /// The code and the message of each annotation, by its pointer.
    at: BTreeMap<String, (String, Option<String>)>,
}

impl Codes<'_> {
    fn code(&mut self, wire: &str) -> &mut ErrorCode {
        self.codes.entry(wire.to_owned()).or_insert_with(|| ErrorCode {
            wire: wire.to_owned(),
            defined: false,
            messages: Vec::new(),
            statuses: Vec::new(),
            causes: Vec::new(),
            operations: Vec::new(),
        })
    }

    /// Takes in an annotation: a code of its own, or the name of one.
    fn define(&mut self, pointer: &str, node: &Node, report: &mut Report) {
        let rule = self.rule;
        let member = |key: Option<&str>| text(key.and_then(|key| node.get(key)));
        if let Some(wire) = member(Some(&rule.code)) {
            let message = member(rule.message.as_deref());
            let status = member(rule.status.as_deref());
            let code = self.code(&wire);
            code.defined = true;
            add_new(&mut code.messages, message.clone());
            match status.as_deref().map(str::parse::<u16>) {
                Some(Ok(status)) => add_new(&mut code.statuses, Some(status)),
                Some(Err(_)) => {
                    let what = "the status of this error is not a number; it is left out";
                    report.push(Problem::warning(Location::Member(node.origin), what));
                }
                None => (),
            }
            self.at.insert(pointer.to_owned(), (wire, message));
        } else if let Some(name) = member(rule.reference.as_deref()) {
            let wire = rule.references.get(&name).cloned().unwrap_or(name);
            self.code(&wire);
            self.at.insert(pointer.to_owned(), (wire, None));
        } else {
            let keys: Vec<_> = std::iter::once(&rule.code)
                .chain(&rule.reference)
                .map(|key| format!("`{key}`"))
                .collect();
            let what =
                format!("this error annotation has no {}; it is left out", keys.join(" and no "));
            report.push(
                Problem::warning(Location::Member(node.origin), what)
                    .help("see `error_codes` in vendor.toml"),
            );
        }
    }

    /// Codes that `vendor.toml` lists.
    fn manifest(&mut self, api: &Api, manifest: &Manifest, report: &mut Report) {
        for (index, listed) in self.rule.listed.iter().enumerate() {
            let code = self.code(&listed.code);
            code.defined = true;
            add_new(&mut code.messages, listed.message.clone());
            for status in &listed.statuses {
                add_new(&mut code.statuses, Some(*status));
            }
            for named in &listed.operations {
                let is_it = |operation: &crate::ir::Operation| {
                    let method = format!("{:?}", operation.method).to_uppercase();
                    *named == format!("{method} {}", operation.template)
                };
                match api.operations.iter().position(is_it) {
                    Some(operation) => add_new(&mut code.operations, Some(operation)),
                    None => {
                        let number = index.to_string();
                        let location = manifest.location(&["error_codes", "listed", &number]);
                        let what = format!("there is no operation `{named}`");
                        let help = "name it by its method and path, as in `POST /oauth/token`";
                        report.push(Problem::error(location, what).help(help));
                    }
                }
            }
        }
    }

    fn cause(&mut self, annotation: &Annotation, subject: Subject, operation: usize) {
        let Some((wire, _)) = self.at.get(&annotation.pointer).cloned() else { return };
        let cause = Cause {
            why: annotation.why.clone(),
            subject,
            operation,
            pointer: annotation.pointer.clone(),
        };
        add_new(&mut self.code(&wire).causes, Some(cause));
    }
}

fn add_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    list.extend(item.filter(|item| !list.contains(item)));
}

fn text(node: Option<&Node>) -> Option<String> {
    match &node?.kind {
        Kind::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Kind::Number(_) => node.map(|node| node.to_json().to_string()),
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) => None,
    }
}

/// A type behind its aliases.
fn resolved(api: &Api, id: TypeId) -> Option<(TypeId, &Shape)> {
    let mut id = id;
    for _ in 0..=api.types.len() {
        match &api.types.get(id.0)?.shape {
            Shape::Alias(Type::Named(target)) => id = *target,
            shape => return Some((id, shape)),
        }
    }
    None
}
