//! The catalogue of error codes: from annotations, error responses and `vendor.toml`, with the parts
//! of requests that raise each code.

mod attach_to_fields;
mod causes;
mod response_codes;
mod unused_rules;

use std::collections::{BTreeMap, BTreeSet};

use super::error_annotations::{Annotation, Annotations};
use crate::ir::{Api, Cause, CauseTarget, ErrorCatalogue, ErrorCode, Operation, Type, TypeName};
use crate::manifest::{ErrorCodes, Manifest};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// Builds the catalogue if `vendor.toml` has `[error_codes]`, and attaches error triggers to the
/// values that cause them.
pub fn build_catalogue(
    api: &mut Api,
    manifest: &Manifest,
    root: &Node,
    annotations: &Annotations,
    report: &mut Report,
) -> Option<ErrorCatalogue> {
    let rule = manifest.error_codes.as_ref()?;
    let mut all = Vec::new();
    scan_annotations(rule, root, String::new(), &mut all);
    let fields = fields_by_component(api, rule);
    let mut codes = Codes { rule, fields, codes: BTreeMap::new(), annotated: BTreeMap::new() };
    for (pointer, node) in &all {
        codes.add_annotation(pointer, node, report);
    }
    unused_rules::report_unused(rule, manifest, &all, report);
    response_codes::add_response_codes(&mut codes, api, manifest, report);
    codes.add_listed(api, manifest, report);
    let mut reached = BTreeSet::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let (causes, is_complete) = causes::find_causes(api, annotations, operation);
        for (annotation, target) in causes {
            reached.insert(annotation.pointer.clone());
            codes.add_cause(annotation, target, index);
        }
        if !is_complete {
            let location = Location::Entry(root.pointer(&operation.pointer).unwrap_or(root).origin);
            report.push(Problem::warning(
                location,
                "the request body is too large to find every value that causes an error code",
            ));
        }
    }
    for (pointer, node) in all.iter().filter(|(pointer, _)| !reached.contains(pointer)) {
        if codes.annotated.contains_key(pointer) {
            let message = "no operation sends the value that has this error annotation; the error \
                           code is generated without this cause";
            report.push(Problem::note(Location::Entry(node.origin), message));
        }
    }
    attach_to_fields::attach_triggers(api, annotations, &codes);
    Some(ErrorCatalogue {
        field: rule.field.clone(),
        fields: codes.fields,
        codes: codes.codes.into_values().collect(),
    })
}

/// Returns the properties under `types` of the rule by the components that define the types; a key
/// may also be another name of such a component.
fn fields_by_component(api: &Api, rule: &ErrorCodes) -> BTreeMap<String, String> {
    let defining_key = |key: &str| match api.components.get(key)? {
        Type::Named(id) => match &api.types.get(id.0)?.name {
            TypeName::Component(key) => Some(key.clone()),
            TypeName::Inline(_) | TypeName::Shared { .. } => None,
        },
        _ => None,
    };
    let fields = rule.types.iter();
    fields.filter_map(|(key, field)| Some((defining_key(key)?, field.clone()))).collect()
}

/// Collects all annotations of the tree, in its order. The parser limits the depth of a tree, so this
/// recursion is bounded.
fn scan_annotations<'n>(
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
                    scan_annotations(rule, value, pointer, found);
                }
            }
        }
        Kind::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                scan_annotations(rule, item, format!("{pointer}/{index}"), found);
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

/// The error codes collected so far.
struct Codes<'r> {
    rule: &'r ErrorCodes,
    /// The property that carries the code, for components that have another one.
    fields: BTreeMap<String, String>,
    codes: BTreeMap<String, ErrorCode>,
    /// The code and the message of each annotation, by its JSON pointer.
    annotated: BTreeMap<String, (String, Option<String>)>,
}

impl Codes<'_> {
    /// Returns the code with this value on the wire, added if it is new.
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

    /// Adds an annotation, which defines a code or refers to one by name.
    fn add_annotation(&mut self, pointer: &str, node: &Node, report: &mut Report) {
        let rule = self.rule;
        let value = |key: Option<&str>| string_value(key.and_then(|key| node.get(key)));
        if let Some(wire) = value(Some(&rule.code)) {
            let message = value(rule.message.as_deref());
            let status = value(rule.status.as_deref());
            let code = self.code(&wire);
            code.defined = true;
            add_new(&mut code.messages, message.clone());
            match status.as_deref().map(str::parse::<u16>) {
                Some(Ok(status)) => add_new(&mut code.statuses, Some(status)),
                Some(Err(_)) => {
                    let message =
                        "the status of this error annotation is not a number; it is ignored";
                    report.push(Problem::warning(Location::Entry(node.origin), message));
                }
                None => (),
            }
            self.annotated.insert(pointer.to_owned(), (wire, message));
        } else if let Some(name) = value(rule.reference.as_deref()) {
            let wire = rule.references.get(&name).cloned().unwrap_or(name);
            self.code(&wire);
            self.annotated.insert(pointer.to_owned(), (wire, None));
        } else {
            let keys: Vec<_> = std::iter::once(&rule.code)
                .chain(&rule.reference)
                .map(|key| format!("`{key}`"))
                .collect();
            let message =
                format!("this error annotation has no key {}; it is skipped", keys.join(" or "));
            let help = "add one of them, or correct the names under `[error_codes]` in vendor.toml";
            report.push(Problem::warning(Location::Entry(node.origin), message).help(help));
        }
    }

    /// Adds the codes listed in `vendor.toml`.
    fn add_listed(&mut self, api: &Api, manifest: &Manifest, report: &mut Report) {
        for (index, listed) in self.rule.additional.iter().enumerate() {
            let code = self.code(&listed.code);
            code.defined = true;
            add_new(&mut code.messages, listed.message.clone());
            for status in &listed.statuses {
                add_new(&mut code.statuses, Some(*status));
            }
            let operations = api.operations.iter().enumerate();
            let is_listed = |operation: &Operation| {
                listed.operations.iter().any(|pattern| operation.is_named(pattern))
            };
            for (operation, _) in operations.filter(|(_, operation)| is_listed(operation)) {
                add_new(&mut code.operations, Some(operation));
            }
            let keys = ["error_codes", "additional", &index.to_string(), "operations"];
            let known = api.operation_keys();
            manifest.report_unknown_operations(&keys, &listed.operations, &known, report);
        }
    }

    fn add_cause(&mut self, annotation: &Annotation, target: CauseTarget, operation: usize) {
        let Some((wire, _)) = self.annotated.get(&annotation.pointer).cloned() else { return };
        let cause = Cause {
            kind: annotation.kind.clone(),
            target,
            operation,
            pointer: annotation.pointer.clone(),
        };
        add_new(&mut self.code(&wire).causes, Some(cause));
    }
}

/// Adds an item to a list unless it is in it already.
fn add_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    list.extend(item.filter(|item| !list.contains(item)));
}

/// Returns a string or number as a string.
fn string_value(node: Option<&Node>) -> Option<String> {
    match &node?.kind {
        Kind::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Kind::Number(_) => node.map(|node| node.to_json().to_string()),
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) => None,
    }
}
