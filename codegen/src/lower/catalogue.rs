//! The catalogue of error codes: what the annotations say, and which request raises what.

use std::collections::{BTreeMap, BTreeSet};

use super::errors::{Annotation, Annotations, Holder};
use crate::ir::{
    Api, Cause, ErrorCatalogue, ErrorCode, Literal, Operation, Shape, Status, Subject, Type, TypeId,
};
use crate::manifest::{ErrorCodes, Manifest};
use crate::report::{Place, Problem, Report};
use crate::source::{Kind, Node, escape};

/// How many members of one operation's body are looked at.
const MOST_MEMBERS: usize = 20_000;

/// The catalogue, where `vendor.toml` has a rule for it.
pub fn catalogue(
    api: &Api,
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
    codes.listed(api);
    let mut reached = BTreeSet::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let mut walk = Walk { api, annotations, found: Vec::new(), left: MOST_MEMBERS };
        walk.operation(operation);
        for (annotation, subject) in walk.found {
            reached.insert(annotation.pointer.clone());
            codes.cause(annotation, subject, index);
        }
        if walk.left == 0 {
            let place = Place::Member(root.pointer(&operation.pointer).unwrap_or(root).origin);
            report.push(Problem::warning(
                place,
                "the body is too large to list every error it can cause",
            ));
        }
    }
    for (pointer, node) in written.iter().filter(|(pointer, _)| !reached.contains(pointer)) {
        if codes.at.contains_key(pointer) {
            let what = "no request has what this error is about; the code is kept without a cause";
            report.push(Problem::note(Place::Member(node.origin), what));
        }
    }
    Some(ErrorCatalogue { field: rule.field.clone(), codes: codes.codes.into_values().collect() })
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
    /// The code of each annotation, by its pointer.
    at: BTreeMap<String, String>,
}

impl Codes<'_> {
    fn code(&mut self, wire: &str) -> &mut ErrorCode {
        self.codes.entry(wire.to_owned()).or_insert_with(|| ErrorCode {
            wire: wire.to_owned(),
            defined: false,
            messages: Vec::new(),
            statuses: Vec::new(),
            causes: Vec::new(),
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
            if let Some(message) = message.filter(|m| !code.messages.contains(m)) {
                code.messages.push(message);
            }
            match status.as_deref().map(str::parse::<u16>) {
                Some(Ok(status)) if !code.statuses.contains(&status) => code.statuses.push(status),
                Some(Err(_)) => {
                    let what = "the status of this error is not a number; it is left out";
                    report.push(Problem::warning(Place::Member(node.origin), what));
                }
                Some(Ok(_)) | None => (),
            }
            self.at.insert(pointer.to_owned(), wire);
        } else if let Some(name) = member(rule.reference.as_deref()) {
            let wire = rule.references.get(&name).cloned().unwrap_or(name);
            self.code(&wire);
            self.at.insert(pointer.to_owned(), wire);
        } else {
            let keys: Vec<_> = std::iter::once(&rule.code)
                .chain(&rule.reference)
                .map(|key| format!("`{key}`"))
                .collect();
            let what =
                format!("this error annotation has no {}; it is left out", keys.join(" and no "));
            report.push(
                Problem::warning(Place::Member(node.origin), what)
                    .help("see `error_codes` in vendor.toml"),
            );
        }
    }

    /// Codes that error answers list as values of the member that carries the code.
    fn listed(&mut self, api: &Api) {
        let is_error = |status: Status| match status {
            Status::Code(code) => code >= 400,
            Status::Range(digit) => digit >= 4,
            Status::Default => true,
        };
        let answers = api.operations.iter().flat_map(|o| &o.answers).filter(|a| is_error(a.status));
        let bodies: BTreeSet<TypeId> =
            answers.flat_map(|a| &a.media).flat_map(|m| super::tidy::named(&m.ty)).collect();
        for id in bodies {
            let Some(Shape::Struct(shape)) = resolved(api, id).map(|(_, shape)| shape) else {
                continue;
            };
            let Some(field) = shape.fields.iter().find(|f| f.wire == self.rule.field) else {
                continue;
            };
            let Type::Named(id) = field.ty else { continue };
            let Some(Shape::Enum(listed)) = resolved(api, id).map(|(_, shape)| shape) else {
                continue;
            };
            for value in &listed.values {
                if let Literal::Text(wire) = &value.wire {
                    self.code(wire).defined = true;
                }
            }
        }
    }

    fn cause(&mut self, annotation: &Annotation, subject: Subject, operation: usize) {
        let Some(wire) = self.at.get(&annotation.pointer).cloned() else { return };
        let cause = Cause {
            why: annotation.why.clone(),
            subject,
            operation,
            pointer: annotation.pointer.clone(),
        };
        let code = self.code(&wire);
        if !code.causes.contains(&cause) {
            code.causes.push(cause);
        }
    }
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

/// The way through one operation's request.
struct Walk<'w> {
    api: &'w Api,
    annotations: &'w Annotations,
    found: Vec<(&'w Annotation, Subject)>,
    left: usize,
}

impl<'w> Walk<'w> {
    fn operation(&mut self, operation: &'w Operation) {
        for parameter in &operation.parameters {
            let holder = Holder::Parameter(
                operation.pointer.clone(),
                parameter.place,
                parameter.wire.clone(),
            );
            for annotation in self.annotations.get(&holder).into_iter().flatten() {
                self.found.push((
                    annotation,
                    Subject::Parameter(parameter.place, parameter.wire.clone()),
                ));
            }
        }
        let Some(body) = &operation.body else { return };
        for media in &body.media {
            if let Type::Named(id) = media.ty {
                let holder = Holder::Body(operation.pointer.clone());
                for annotation in self.annotations.get(&holder).into_iter().flatten() {
                    self.found.push((annotation, Subject::Body(id, path(&[], annotation))));
                }
            }
            self.members(&media.ty, &mut Vec::new(), &mut Vec::new());
        }
    }

    /// `open` are the types that the way leads through; a type inside itself is not entered again.
    fn members(&mut self, ty: &'w Type, at: &mut Vec<String>, open: &mut Vec<TypeId>) {
        match ty {
            Type::Any | Type::Scalar(_) => (),
            Type::Nullable(inner) => self.members(inner, at, open),
            Type::List(inner) => self.below("[]", inner, at, open),
            Type::Map(inner) => self.below("{}", inner, at, open),
            Type::Named(id) => {
                let Some((id, shape)) = resolved(self.api, *id) else { return };
                if open.contains(&id) {
                    return;
                }
                open.push(id);
                match shape {
                    Shape::Alias(inner) => self.members(inner, at, open),
                    Shape::Enum(_) => (),
                    Shape::Union(union) => {
                        union.variants.iter().for_each(|v| self.members(&v.ty, at, open))
                    }
                    Shape::Struct(shape) => {
                        let pointer = self
                            .api
                            .types
                            .get(id.0)
                            .map(|def| def.pointer.as_str())
                            .unwrap_or_default();
                        for field in &shape.fields {
                            self.member(id, pointer, &field.wire, at);
                            self.below(&field.wire, &field.ty, at, open);
                        }
                    }
                }
                open.pop();
            }
        }
    }

    fn member(&mut self, id: TypeId, owner: &str, wire: &str, at: &[String]) {
        let holder = Holder::Member(owner.to_owned(), wire.to_owned());
        for annotation in self.annotations.get(&holder).into_iter().flatten() {
            let mut at = at.to_vec();
            at.push(wire.to_owned());
            self.found.push((annotation, Subject::Body(id, path(&at, annotation))));
        }
    }

    fn below(&mut self, name: &str, ty: &'w Type, at: &mut Vec<String>, open: &mut Vec<TypeId>) {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 {
            at.push(name.to_owned());
            self.members(ty, at, open);
            at.pop();
        }
    }
}

fn path(at: &[String], annotation: &Annotation) -> Vec<String> {
    at.iter().cloned().chain(std::iter::repeat_n("[]".to_owned(), annotation.lists)).collect()
}
