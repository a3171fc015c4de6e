//! What is wrong with the tables by themselves, before any description is read.

use super::{Component, Parameter, Signature};
use crate::ir::Method;
use crate::manifest::Manifest;
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

/// What is wrong, each at its place.
pub(in crate::manifest) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut tell = |table: &str, mistakes: Vec<Mistake>| {
        for (keys, what) in mistakes {
            let keys: Vec<&str> =
                std::iter::once(table).chain(keys.iter().map(String::as_str)).collect();
            problems.push(Problem::error(manifest.place(&keys), what));
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
        if idempotency.headers.is_empty() {
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

fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use crate::manifest::Manifest;
    use crate::report::Place;

    /// What is said of a text, and the part of it that is pointed at.
    fn wrong(text: &str) -> Vec<(String, String)> {
        let report = Manifest::parse("vendor.toml", text).expect_err(text);
        let shown = report.problems.iter().map(|problem| {
            let Place::Text(_, span) = &problem.place else { panic!("{problem:?}") };
            (text[span.clone()].to_owned(), problem.what.clone())
        });
        shown.collect()
    }

    #[test]
    fn signature_tables_that_are_right() {
        let text = r#"
            [signature]
            operations = "all"
            label = "sig-2"
            components = [
                "Authorization",
                { name = "Content-Type", methods = ["POST", "PUT"], if_present = true },
                { name = "Content-Type", methods = ["PATCH"] },
                { name = "X-Key", from = "X-Other" },
                { name = "@query-param", parameters = ';name="page"' },
                { name = "@query-param", parameters = ';name="size"' },
                { name = "Priority", parameters = ';key="u"' },
                { name = "Cookie", parameters = ";bs" },
                { name = "@query", line = "\"@query: " },
            ]
            parameters = ["keyid", "created", "expires", "alg", "nonce", "tag"]
            tag = "orders"
            lifetime = 100
            names = "as_written"
            target_uri = "origin"
            absent_query = "omitted"
            pre_hash = "sha-512-hex"
            encoding = "upper_hex"

            [signature.open]
            pre_hash = "nobody says it"

            [digest]
            operations = ["POST /orders"]
            algorithms = ["sha-512", "sha-256"]
            methods = ["POST"]

            [idempotency]
            headers = ["Idempotency-Key"]
        "#;
        let manifest = Manifest::parse("vendor.toml", text).unwrap_or_else(|r| panic!("{r:?}"));
        let signature = manifest.signature.unwrap_or_default();
        assert_eq!(signature.components.len(), 9);
        assert_eq!(signature.components[0].name, "Authorization");
        assert_eq!(signature.components[8].line.as_deref(), Some("\"@query: "));
        assert_eq!(manifest.digest.map(|it| it.algorithms.len()), Some(2));
    }

    #[test]
    fn signature_tables_that_are_wrong_are_errors_at_their_place() {
        let all = [
            ("[signature]\n", "[signature]", "a signature needs the `components` that it covers"),
            ("component = [\"@path\"]", "component", "unknown field `component`, expected one of "),
            ("components = [\"@way\"]", "\"@way\"", "`@way` is no derived component of a request"),
            ("components = [\"a b\"]", "\"a b\"", "`a b` is no name of a header"),
            (
                "components = [3]",
                "3",
                "invalid type: integer `3`, expected the name of a component, or a table with its `name`",
            ),
            ("components = [{ name = \"A\", when = 1 }]", "when", "unknown field `when`"),
            ("components = [{ methods = [] }]", "{ methods = [] }", "missing field `name`"),
            (
                "components = [{ name = \"A\", methods = [\"FETCH\"] }]",
                "\"FETCH\"",
                "unknown variant `FETCH`",
            ),
            ("components = [\"A\", \"a\"]", "\"a\"", "`a` is covered already"),
            (
                "components = [{ name = \"A\", parameters = \";sf\" }]",
                "parameters = \";sf\"",
                "a component's parameters are",
            ),
            (
                "components = [\"@query-param\"]",
                "\"@query-param\"",
                "`;name=\"…\"` belongs to `@query-param`",
            ),
            (
                "components = [{ name = \"@path\", parameters = \";bs\" }]",
                "parameters = \";bs\"",
                "`;key` and `;bs` belong to fields",
            ),
            (
                "components = [{ name = \"@path\", from = \"X\" }]",
                "from = \"X\"",
                "`X` is no header that `@path` can come from",
            ),
            (
                "components = [{ name = \"A\", line = \"a\\n\" }]",
                "line = \"a\\n\"",
                "a line begins with printable ASCII",
            ),
            ("components = [\"A\"]\nlabel = \"Sig\"", "label = \"Sig\"", "a label begins with"),
            (
                "components = [\"A\"]\nlifetime = 9",
                "lifetime = 9",
                "without the parameter `expires`",
            ),
            (
                "components = [\"A\"]\nparameters = [\"expires\"]\nlifetime = 0",
                "lifetime = 0",
                "a signature that lives for 0 seconds",
            ),
            (
                "components = [\"A\"]\nparameters = [\"alg\", \"alg\"]",
                "parameters = [\"alg\", \"alg\"]",
                "a parameter is there twice",
            ),
            ("components = [\"A\"]\nparameters = [\"when\"]", "\"when\"", "unknown variant `when`"),
            (
                "components = [\"A\"]\nparameters = [\"tag\"]",
                "parameters = [\"tag\"]",
                "the parameter `tag` needs its text",
            ),
            (
                "components = [\"A\"]\ntag = \"x\"",
                "tag = \"x\"",
                "`tag` is not among the parameters",
            ),
            ("components = [\"A\"]\nnames = \"upper\"", "\"upper\"", "unknown variant `upper`"),
            ("components = [\"A\"]\npre_hash = \"md5\"", "\"md5\"", "unknown variant `md5`"),
            (
                "components = [\"A\"]\nopen = { pre_hash = \" \" }",
                "pre_hash = \" \"",
                "what is left open needs a reason",
            ),
            ("components = [\"A\"]\nopen = { label = \"x\" }", "label", "unknown variant `label`"),
            ("components = [\"A\"]\n[digest]", "[digest]", "a digest needs its `algorithms`"),
            (
                "components = [\"A\"]\n[digest]\nalgorithms = [\"md5\"]",
                "\"md5\"",
                "unknown variant `md5`",
            ),
            (
                "components = [\"A\"]\n[idempotency]",
                "[idempotency]",
                "an idempotency key needs its `headers`",
            ),
            (
                "components = [\"A\"]\n[idempotency]\nheaders = [\"a:b\"]",
                "\"a:b\"",
                "`a:b` is no name of a header",
            ),
        ];
        for (table, at, what) in all {
            let text = if table.starts_with('[') {
                table.to_owned()
            } else {
                format!("[signature]\n{table}\n")
            };
            let said = wrong(&text);
            let [(place, said)] = said.as_slice() else { panic!("{text}: {said:?}") };
            assert_eq!((place.as_str(), said.starts_with(what)), (at, true), "{text}: {said}");
        }
    }
}
