//! Checks of the tables, without regard to the document.

use super::{Component, Operations, Parameter, Signature};
use crate::manifest::Manifest;
use crate::manifest::key_algorithm::KeyAlgorithm;
use crate::manifest::text::{is_header_name, is_printable};
use crate::method::Method;
use crate::report::Problem;

/// The derived components of a request (RFC 9421 §2.2).
const DERIVED: [&str; 8] = [
    "@method",
    "@target-uri",
    "@authority",
    "@scheme",
    "@request-target",
    "@path",
    "@query",
    "@query-param",
];

/// A mistake: the keys that lead to it below its table, and the message.
type Mistake = (Vec<String>, String);

/// Checks `[signature]`, `[digest]` and `[idempotency]`.
pub(in crate::manifest) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report = |table: &str, mistakes: Vec<Mistake>| {
        for (keys, message) in mistakes {
            let keys: Vec<&str> =
                std::iter::once(table).chain(keys.iter().map(String::as_str)).collect();
            problems.push(Problem::error(manifest.location(&keys), message));
        }
    };
    if let Some(signature) = &manifest.signature {
        report("signature", check_signature(signature));
    }
    if let Some(digest) = &manifest.digest
        && digest.algorithms.is_empty()
    {
        report("digest", vec![(Vec::new(), "`[digest]` requires `algorithms`".to_owned())]);
    }
    if let Some(idempotency) = &manifest.idempotency {
        let mut mistakes = Vec::new();
        // An empty list of operations turns off the keys that would be inferred from the document.
        let is_disabled = idempotency.operations == Operations::Listed(Vec::new());
        if idempotency.headers.is_empty() && idempotency.field.is_none() && !is_disabled {
            let message = "`[idempotency]` requires `headers` or `field`";
            mistakes.push((Vec::new(), message.to_owned()));
        }
        if idempotency.field.as_deref() == Some("") {
            mistakes.push((vec!["field".to_owned()], "`field` is empty".to_owned()));
        }
        for (index, header) in idempotency.headers.iter().enumerate() {
            if !is_header_name(header) {
                let keys = vec!["headers".to_owned(), index.to_string()];
                mistakes.push((keys, format!("`{header}` is not a valid header name")));
            }
        }
        report("idempotency", mistakes);
    }
    problems
}

fn check_signature(signature: &Signature) -> Vec<Mistake> {
    let mut out = Vec::new();
    let mut report = |key: &str, what: &str| out.push((vec![key.to_owned()], what.to_owned()));
    if signature.label.as_deref().is_some_and(|label| !is_dictionary_key(label)) {
        report(
            "label",
            "a label starts with a lower-case letter or `*`, followed by lower-case letters, digits, `_`, `-`, `.` and `*`",
        );
    }
    if signature.algorithm == Some(KeyAlgorithm::RsaV15Sha256) {
        report(
            "algorithm",
            "`rsa-v1_5-sha256` can only be used to verify signatures: RFC 9421 advises against signing with it",
        );
    }
    let parameters = signature.parameters();
    let has = |parameter| parameters.contains(&parameter);
    let mut indexed = parameters.iter().enumerate();
    if indexed.any(|(index, parameter)| parameters.iter().take(index).any(|it| it == parameter)) {
        report("parameters", "a parameter is listed twice");
    }
    if signature.lifetime.is_some() && !has(Parameter::Expires) {
        report("lifetime", "`lifetime` has no effect without the parameter `expires`");
    }
    if signature.lifetime == Some(0) {
        report("lifetime", "a signature with a lifetime of 0 seconds is never valid");
    }
    match &signature.tag {
        Some(tag) if !is_printable(tag) => {
            report("tag", "a tag consists of printable ASCII characters")
        }
        Some(_) if !has(Parameter::Tag) => {
            report("tag", "`tag` has no effect: the parameter `tag` is not in `parameters`");
        }
        None if has(Parameter::Tag) => {
            report("parameters", "the parameter `tag` requires a value: set `tag`")
        }
        _ => {}
    }
    if signature.components.is_empty() {
        out.push((vec![], "`[signature]` requires `components`".to_owned()));
    }
    for (setting, explanation) in &signature.configurable {
        if explanation.trim().is_empty() {
            let keys = vec!["configurable".to_owned(), setting.key().to_owned()];
            let message = "the explanation is empty: say what the vendor does not specify";
            out.push((keys, message.to_owned()));
        }
    }
    for (index, component) in signature.components.iter().enumerate() {
        let earlier = signature.components.iter().take(index);
        if let Some((key, message)) = check_component(component, earlier) {
            let mut keys = vec!["components".to_owned(), index.to_string()];
            keys.extend(key.map(str::to_owned));
            out.push((keys, message));
        }
    }
    out
}

/// Returns the first mistake in a component, and its key.
fn check_component<'c>(
    component: &Component,
    mut earlier: impl Iterator<Item = &'c Component>,
) -> Option<(Option<&'static str>, String)> {
    let Component { name, parameters, methods, if_present: _, from, line } = component;
    if name.starts_with('@') && !DERIVED.contains(&name.as_str()) {
        let message = format!(
            "`{name}` is not a derived component of requests, expected one of {}",
            DERIVED.join(", ")
        );
        return Some((None, message));
    }
    if !name.starts_with('@') && !is_header_name(name) {
        return Some((None, format!("`{name}` is not a valid header name")));
    }
    let is_repeated = earlier.any(|other| {
        let is_same = other.name.eq_ignore_ascii_case(name) && other.parameters == *parameters;
        is_same && overlap(&other.methods, methods)
    });
    if is_repeated {
        return Some((None, format!("the component `{name}` is listed twice")));
    }
    match component_parameters(parameters) {
        None => {
            let message =
                "a component can have the parameters `;name=\"…\"`, `;key=\"…\"` and `;bs`";
            return Some((Some("parameters"), message.to_owned()));
        }
        Some(names) if (name == "@query-param") != names.contains(&"name") => {
            let message =
                "`@query-param` requires `;name=\"…\"`, and other components cannot have it";
            return Some((None, message.to_owned()));
        }
        Some(names) if name.starts_with('@') && names.iter().any(|it| *it != "name") => {
            let message = "only headers can have `;key` and `;bs`";
            return Some((Some("parameters"), message.to_owned()));
        }
        Some(_) => {}
    }
    match from {
        Some(_) if name.starts_with('@') => {
            let message = format!("`{name}` is a derived component: only headers can have `from`");
            return Some((Some("from"), message));
        }
        Some(from) if !is_header_name(from) => {
            return Some((Some("from"), format!("`{from}` is not a valid header name")));
        }
        _ => {}
    }
    if line.as_deref().is_some_and(|line| !is_printable(line)) {
        return Some((Some("line"), "`line` consists of printable ASCII characters".to_owned()));
    }
    None
}

/// Returns the names of a component's parameters, or `None` if they are invalid.
fn component_parameters(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        rest = rest.strip_prefix(';')?;
        if let Some(after) = rest.strip_prefix("bs") {
            names.push("bs");
            rest = after;
            continue;
        }
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        // Names of dictionary keys and query parameters need no escapes.
        if !matches!(name, "name" | "key") || value.contains('\\') || !is_printable(value) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    Some(names)
}

/// Returns whether two lists have a method in common. An empty list stands for all methods.
fn overlap(a: &[Method], b: &[Method]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|method| b.contains(method))
}

/// Returns whether `text` is the key of a dictionary (RFC 9651 §3.1.2).
fn is_dictionary_key(text: &str) -> bool {
    let start = |c: char| c.is_ascii_lowercase() || c == '*';
    text.starts_with(start)
        && text.chars().all(|c| start(c) || c.is_ascii_digit() || "_-.".contains(c))
}
