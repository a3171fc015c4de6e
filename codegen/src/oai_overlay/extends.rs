//! Finds the documents that an overlay applies to.

use std::collections::BTreeSet;

use crate::manifest::Source;
use crate::page::{Page, is_same_file};
use crate::report::{Location, Problem};
use crate::source::Node;

/// Returns the positions of the documents that the overlay in `file` extends: those that `extends` names,
/// or all.
pub(super) fn extended_documents(
    file: &str,
    overlay: &Node,
    documents: &[(Page, Node)],
    published: &[Source],
) -> Result<BTreeSet<usize>, Problem> {
    let Some(extends) = overlay.get("extends") else { return Ok((0..documents.len()).collect()) };
    let fail = |message: String| Problem::error(Location::Entry(extends.origin), message);
    let Some(reference) = extends.as_str().filter(|it| !it.is_empty() && !it.contains('#')) else {
        let message = "`extends` must be the URL or the path of a document, without a fragment";
        return Err(fail(message.to_owned()));
    };
    let own_url = overlay.get("$self").and_then(Node::as_str);
    let is_url = is_url(reference) || own_url.is_some_and(is_url);
    let path = resolve(file, reference);
    let is_extended = |(page, root): &(Page, Node)| {
        let was_fetched_from = |source: &Source| {
            source.url.as_deref() == Some(reference) && is_same_file(&page.file, &source.file)
        };
        normalize(&page.file) == path
            || root.get("$self").and_then(Node::as_str) == Some(reference)
            || published.iter().any(was_fetched_from)
            || (is_url && file_name(&page.file) == file_name(reference))
    };
    let found = documents.iter().enumerate().filter(|(_, document)| is_extended(document));
    let found: BTreeSet<usize> = found.map(|(index, _)| index).collect();
    match documents {
        _ if !found.is_empty() => Ok(found),
        // Whoever passes one document with the overlay has downloaded it from there.
        [_] if is_url => Ok(BTreeSet::from([0])),
        _ => {
            let help =
                "pass the document, or remove `extends` to apply the overlay to all documents";
            Err(fail(format!("`{reference}` is not among the input")).help(help))
        }
    }
}

fn is_url(reference: &str) -> bool {
    reference.contains("://")
}

fn file_name(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or(path).rsplit('/').next().unwrap_or(path)
}

/// Returns the path that `reference` in the file `file` refers to.
fn resolve(file: &str, reference: &str) -> String {
    match file.rsplit_once('/') {
        Some((folder, _)) if !reference.starts_with('/') => {
            normalize(&format!("{folder}/{reference}"))
        }
        _ => normalize(reference),
    }
}

/// Removes `.` and `..` from a path, where possible.
fn normalize(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            (".", _) => {}
            ("..", Some(&last)) if !last.is_empty() && last != ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
