//! Removes the operations that are not wanted, and the components that only they use.

use std::collections::BTreeSet;

use crate::dialect::{KeywordLedger, OpenApi30};
use crate::manifest::{Manifest, ReadAs, matches_operation, matches_target};
use crate::method::Method;
use crate::report::{Location, Problem, Report, Severity};
use crate::source::{Map, Node, escape, unescape};

/// Which operations are generated. Each entry selects operations by `GET /pets`, by a path such as
/// `/pets/*`, where `*` stands for any text, or by a tag or an operation id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The operations that are generated; all, if the list is empty.
    pub only: Vec<String>,
    /// The operations that are not generated.
    pub exclude: Vec<String>,
}

/// Removes the operations that are not selected. An entry that selects nothing is an error.
pub(crate) fn select(
    openapi: OpenApi30,
    selection: &Selection,
    manifest: &Manifest,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> OpenApi30 {
    if *selection == Selection::default() {
        return openapi;
    }
    let operations = operations(openapi.root());
    for entry in selection.only.iter().chain(&selection.exclude) {
        if !operations.iter().any(|operation| operation.matches(entry)) {
            let help = "use `GET /pets`, a path such as `/pets/*`, a tag or an operation id";
            let message = format!("no operation matches `{entry}`");
            report.push(Problem::error(Location::Run, message).help(help));
        }
    }
    let matches = |entries: &[String], operation: &Operation<'_>| {
        entries.iter().any(|entry| operation.matches(entry))
    };
    let is_removed = |operation: &&Operation<'_>| {
        !(selection.only.is_empty() || matches(&selection.only, operation))
            || matches(&selection.exclude, operation)
    };
    let removed: Vec<(String, Method)> =
        operations.iter().filter(is_removed).map(|it| (it.path.to_owned(), it.method)).collect();
    let mut edit = openapi.edit();
    for (path, method) in removed {
        let item = format!("/paths/{}", escape(&path));
        edit.remove(&item, method.key());
        let is_method = |key: &String| parse_method(key).is_some();
        if !edit.object(&item).is_some_and(|item| item.keys().any(is_method)) {
            edit.remove("/paths", &path);
        }
    }
    let unused = edit.object("").map(|root| unused_components(root, manifest)).unwrap_or_default();
    for (section, key) in unused {
        edit.remove(&format!("/components/{}", escape(&section)), &key);
    }
    edit.finish(report, ledger)
}

/// Turns warnings about `vendor.toml` into notes if not all operations are selected: a rule that matches
/// nothing may be about one of the others.
pub(crate) fn demote_rule_warnings(
    selection: &Selection,
    manifest: &Manifest,
    report: &mut Report,
) {
    let Some(text) = manifest.source_text.as_ref().filter(|_| *selection != Selection::default())
    else {
        return;
    };
    for problem in &mut report.problems {
        let is_rule = matches!(&problem.location, Location::Text(file, _) if *file == text.file);
        if is_rule && problem.severity == Severity::Warning {
            problem.severity = Severity::Note;
        }
    }
}

/// An operation and what selects it.
struct Operation<'a> {
    path: &'a str,
    method: Method,
    /// The tags and the operation id.
    labels: Vec<&'a str>,
}

impl Operation<'_> {
    fn matches(&self, entry: &str) -> bool {
        matches_target(entry, self.path)
            || matches_operation(entry, &format!("{} {}", self.method.name(), self.path))
            || self.labels.contains(&entry)
    }
}

fn parse_method(key: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.key() == key)
}

fn operations(root: &Node) -> Vec<Operation<'_>> {
    let paths = root.get("paths").and_then(Node::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for (key, operation) in item.as_object().into_iter().flatten() {
            let Some(method) = parse_method(key) else { continue };
            let tags = operation.get("tags").and_then(Node::as_array).unwrap_or_default();
            let id = operation.get("operationId");
            let labels = tags.iter().chain(id).filter_map(Node::as_str).collect();
            operations.push(Operation { path, method, labels });
        }
    }
    operations
}

/// Returns the section and key of each component that nothing refers to, directly or through others.
fn unused_components(root: &Map, manifest: &Manifest) -> Vec<(String, String)> {
    let sections = root.get("components").and_then(Node::as_object);
    let mut used = BTreeSet::new();
    let mut pending: Vec<(String, String)> =
        manifest_schemas(manifest).map(|key| ("schemas".to_owned(), key.to_owned())).collect();
    for (_, node) in root.iter().filter(|(key, _)| *key != "components") {
        references(node, &mut pending);
    }
    while let Some((section, key)) = pending.pop() {
        let component = sections.and_then(|all| all.get(&section)).and_then(|it| it.get(&key));
        if used.insert((section, key)) {
            component.into_iter().for_each(|node| references(node, &mut pending));
        }
    }
    let mut unused = Vec::new();
    for (section, components) in sections.into_iter().flatten() {
        // Which security schemes are used is not a matter of references.
        let keys = components.as_object().filter(|_| section != "securitySchemes");
        for key in keys.into_iter().flat_map(|map| map.keys()) {
            let component = (section.clone(), key.clone());
            if !used.contains(&component) {
                unused.push(component);
            }
        }
    }
    unused
}

/// Returns the schemas that `vendor.toml` names.
fn manifest_schemas(manifest: &Manifest) -> impl Iterator<Item = &String> {
    let event = manifest.webhooks.iter().filter_map(|it| it.event.as_ref());
    let untyped = manifest.untyped_errors.iter().filter_map(|it| match &it.read_as {
        ReadAs::Component(key) => Some(key),
        ReadAs::Success => None,
    });
    event.chain(untyped)
}

/// Adds the section and key of each component that a node refers to. Values of a discriminator's
/// `mapping` are references or keys of schemas.
fn references(node: &Node, found: &mut Vec<(String, String)>) {
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        pending.extend(node.as_array().into_iter().flatten());
        for (key, value) in node.as_object().into_iter().flatten() {
            pending.push(value);
            if let Some(reference) = value.as_str().filter(|_| key == "$ref") {
                found.extend(component(reference));
            }
            let mapping = value.as_object().filter(|_| key == "mapping");
            for target in mapping.into_iter().flat_map(|map| map.values()).filter_map(Node::as_str)
            {
                let schema = || ("schemas".to_owned(), target.to_owned());
                found.push(component(target).unwrap_or_else(schema));
            }
        }
    }
}

fn component(reference: &str) -> Option<(String, String)> {
    let (section, key) = reference.strip_prefix("#/components/")?.split_once('/')?;
    let key = key.split('/').next().unwrap_or_default();
    Some((unescape(section), unescape(key)))
}

#[cfg(test)]
mod tests {
    use super::Operation;
    use crate::method::Method;

    #[test]
    fn an_entry_selects_operations_by_path_method_tag_and_id() {
        let path = "/pets/{id}/é/events";
        let operation = Operation { path, method: Method::Get, labels: vec!["all pets", "a*"] };
        for (entry, expected) in [
            ("/pets/{id}/é/events", true),
            ("/pets", false),
            ("/pets*", true),
            ("/*/events", true),
            ("/*/é*", true),
            ("/*/pets", false),
            ("GET /pets/*", true),
            ("get /pets/*", true),
            ("POST /pets/*", false),
            ("* /pets/*", true),
            ("all pets", true),
            ("a*", true),
            ("pets", false),
        ] {
            assert_eq!(operation.matches(entry), expected, "{entry}");
        }
    }
}
