//! Reports the parts of `[error_codes]` that match nothing in the document.

use std::collections::BTreeSet;

use super::string_value;
use crate::manifest::{ErrorCodes, Manifest};
use crate::report::{Problem, Report, suggest};
use crate::source::{Kind, Node};

/// Reports extensions that the document does not have, keys that no annotation has, and names of errors to which
/// no annotation refers.
/// `annotations` are all annotations of the document, each with its JSON pointer.
pub fn report_unused(
    rule: &ErrorCodes,
    manifest: &Manifest,
    annotations: &[(String, &Node)],
    report: &mut Report,
) {
    let is_found = |extension: &str| {
        annotations
            .iter()
            .any(|(pointer, _)| pointer.rsplit_once('/').is_some_and(|(_, last)| last == extension))
    };
    for (trigger, extension) in rule.extensions.iter().filter(|(_, name)| !is_found(name)) {
        let location = manifest.location(&["error_codes", "extensions", trigger]);
        let message = format!("the document has no extension `{extension}`");
        let help = "correct the name, or remove it";
        report.error_or_warn(Problem::error(location, message).help(help));
    }
    report_unused_keys(rule, manifest, annotations, report);
    let reference = |node: &Node| string_value(node.get(rule.reference.as_deref()?));
    let used: BTreeSet<String> =
        annotations.iter().filter_map(|(_, node)| reference(node)).collect();
    for name in rule.references.keys().filter(|name| !used.contains(*name)) {
        let location = manifest.location(&["error_codes", "references", name]);
        let message = format!("no error annotation refers to `{name}`");
        let help =
            suggest(name, used.iter().map(String::as_str), "correct the name, or remove the line");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}

fn report_unused_keys(
    rule: &ErrorCodes,
    manifest: &Manifest,
    annotations: &[(String, &Node)],
    report: &mut Report,
) {
    let keys = annotations.iter().flat_map(|(_, node)| match &node.kind {
        Kind::Object(map) => map.keys().map(String::as_str).collect(),
        _ => Vec::new(),
    });
    let used: BTreeSet<&str> = keys.collect();
    // Not `reference`: other pages of a vendor may refer to errors, and these need not.
    let listed = [
        ("code", Some(rule.code.as_str()).filter(|key| !key.is_empty())),
        ("message", rule.message.as_deref()),
        ("status", rule.status.as_deref()),
    ];
    for (setting, key) in listed {
        let Some(key) = key.filter(|key| !annotations.is_empty() && !used.contains(key)) else {
            continue;
        };
        let location = manifest.location(&["error_codes", setting]);
        let message = format!("no error annotation has the key `{key}`");
        let help = suggest(key, used.iter().copied(), "correct the name, or remove the line");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}
