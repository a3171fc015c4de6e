//! What is wrong with the tables by themselves, before any description is read.

use super::{Component, Operations, Parameter, Signature};
use crate::ir::Method;
use crate::manifest::Manifest;
use crate::manifest::webhooks::KeyAlgorithm;
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

/// A mistake: the keys that lead to it below its table, and what it is.
type Mistake = (Vec<String>, String);

/// What is wrong, each at its location.
pub(in crate::manifest) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut tell = |table: &str, mistakes: Vec<Mistake>| {
        for (keys, what) in mistakes {
            let keys: Vec<&str> =
                std::iter::once(table).chain(keys.iter().map(String::as_str)).collect();
            problems.push(Problem::error(manifest.location(&keys), what));
        }
    };
    if let Some(signature) = &manifest.signature {
        tell("signature", of_signature(signature));
    }
    if let Some(digest) = &manifest.digest
        && digest.algorithms.is_empty()
    {
        tell("digest", vec![(Vec::new(), "a digest needs its `algorithms`".to_owned())]);
    }
    if let Some(idempotency) = &manifest.idempotency {
        let mut mistakes = Vec::new();
        // An empty list of operations refuses what the description seems to show.
        let none = Operations::These(Vec::new());
        if idempotency.headers.is_empty() && idempotency.operations != none {
            mistakes.push((Vec::new(), "an idempotency key needs its `headers`".to_owned()));
        }
        for (index, header) in idempotency.headers.iter().enumerate() {
            if !is_field_name(header) {
                let keys = vec!["headers".to_owned(), index.to_string()];
                mistakes.push((keys, format!("`{header}` is no name of a header")));
            }
        }
        tell("idempotency", mistakes);
    }
    problems
}

fn of_signature(signature: &Signature) -> Vec<Mistake> {
    let mut out = Vec::new();
    let mut wrong = |key: &str, what: &str| out.push((vec![key.to_owned()], what.to_owned()));
    if signature.label.as_deref().is_some_and(|label| !is_key(label)) {
        wrong(
            "label",
            "a label begins with a lower-case letter or `*`, and holds only lower-case letters, digits, `_`, `-`, `.` and `*`",
        );
    }
    if signature.algorithm == Some(KeyAlgorithm::RsaV15Sha256) {
        wrong("algorithm", "`rsa-v1_5-sha256` only verifies; RFC 9421 advises against it");
    }
    let parameters = signature.parameters();
    let has = |parameter| parameters.contains(&parameter);
    if parameters.iter().enumerate().any(|(at, one)| parameters.iter().take(at).any(|it| it == one))
    {
        wrong("parameters", "a parameter is there twice");
    }
    if signature.lifetime.is_some() && !has(Parameter::Expires) {
        wrong("lifetime", "without the parameter `expires`, nothing says the lifetime");
    }
    if signature.lifetime == Some(0) {
        wrong("lifetime", "a signature that lives for 0 seconds is never valid");
    }
    match &signature.tag {
        Some(tag) if !is_printable(tag) => wrong("tag", "a tag is printable ASCII"),
        Some(_) if !has(Parameter::Tag) => {
            wrong("tag", "`tag` is not among the parameters, so its text is not used");
        }
        None if has(Parameter::Tag) => {
            wrong("parameters", "the parameter `tag` needs its text: `tag`")
        }
        _ => {}
    }
    if signature.components.is_empty() {
        out.push((Vec::new(), "a signature needs the `components` that it covers".to_owned()));
    }
    for (open, reason) in &signature.open {
        if reason.trim().is_empty() {
            let keys = vec!["open".to_owned(), open.key().to_owned()];
            out.push((keys, "what is left open needs a reason".to_owned()));
        }
    }
    for (index, component) in signature.components.iter().enumerate() {
        let before = signature.components.iter().take(index);
        if let Some((key, what)) = of_component(component, before) {
            let mut keys = vec!["components".to_owned(), index.to_string()];
            keys.extend(key.map(str::to_owned));
            out.push((keys, what));
        }
    }
    out
}

/// The first thing that is wrong with a component, and its key.
fn of_component<'c>(
    component: &Component,
    mut before: impl Iterator<Item = &'c Component>,
) -> Option<(Option<&'static str>, String)> {
    let Component { name, parameters, methods, if_present: _, from, line } = component;
    if name.starts_with('@') && !DERIVED.contains(&name.as_str()) {
        let what = format!(
            "`{name}` is no derived component of a request: there are {}",
            DERIVED.join(", ")
        );
        return Some((None, what));
    }
    if !name.starts_with('@') && !is_field_name(name) {
        return Some((None, format!("`{name}` is no name of a header")));
    }
    let again = before.any(|other| {
        let same = other.name.eq_ignore_ascii_case(name) && other.parameters == *parameters;
        same && overlap(&other.methods, methods)
    });
    if again {
        return Some((None, format!("`{name}` is covered already")));
    }
    match own_parameters(parameters) {
        None => {
            let what = "a component's parameters are `;name=\"…\"`, `;key=\"…\"` and `;bs`";
            return Some((Some("parameters"), what.to_owned()));
        }
        Some(all) if (name == "@query-param") != all.contains(&"name") => {
            let what = "`;name=\"…\"` belongs to `@query-param`, and to nothing else";
            return Some((None, what.to_owned()));
        }
        Some(all) if name.starts_with('@') && all.iter().any(|it| *it != "name") => {
            let what = "`;key` and `;bs` belong to fields";
            return Some((Some("parameters"), what.to_owned()));
        }
        Some(_) => {}
    }
    match from {
        Some(from) if name.starts_with('@') || !is_field_name(from) => {
            return Some((
                Some("from"),
                format!("`{from}` is no header that `{name}` can come from"),
            ));
        }
        _ => {}
    }
    if line.as_deref().is_some_and(|line| !is_printable(line)) {
        return Some((Some("line"), "a line begins with printable ASCII".to_owned()));
    }
    None
}

/// The names of a component's own parameters; `None` if they can't be read.
fn own_parameters(text: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        rest = rest.strip_prefix(';')?;
        if let Some(behind) = rest.strip_prefix("bs") {
            names.push("bs");
            rest = behind;
            continue;
        }
        let (name, behind) = rest.split_once("=\"")?;
        let (value, behind) = behind.split_once('"')?;
        // What would have to be escaped is in no name of a member or a parameter.
        if !matches!(name, "name" | "key") || value.contains('\\') || !is_printable(value) {
            return None;
        }
        names.push(name);
        rest = behind;
    }
    Some(names)
}

/// Whether there is a method that both lists hold; an empty one holds all.
fn overlap(one: &[Method], other: &[Method]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|method| other.contains(method))
}

/// A token (RFC 9110 §5.6.2).
pub(in crate::manifest) fn is_field_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}

/// A key of a dictionary (RFC 9651 §3.1.2).
fn is_key(text: &str) -> bool {
    let start = |c: char| c.is_ascii_lowercase() || c == '*';
    text.starts_with(start)
        && text.chars().all(|c| start(c) || c.is_ascii_digit() || "_-.".contains(c))
}

pub(in crate::manifest) fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
