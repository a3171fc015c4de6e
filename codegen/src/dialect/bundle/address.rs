//! Resolves references to files: the file, and the JSON pointer in it.

use super::Files;
use crate::dialect::refs::FILE_PREFIX;
use crate::source::{Kind, Node};

/// Returns the file and the JSON pointer of a reference that [`make_absolute`] wrote.
pub(super) fn parse_absolute(reference: &str) -> Option<(&str, &str)> {
    let text = reference.strip_prefix(FILE_PREFIX)?;
    Some(text.split_once('#').unwrap_or((text, "")))
}

/// Makes the references below `node`, which was read from `file`, independent of `file`: a
/// reference to `root` becomes `#POINTER`, and a reference to one of `files` becomes
/// `beside:FILE#POINTER`.
pub(super) fn make_absolute(node: &mut Node, file: &str, root: &str, files: &Files) {
    visit_references_mut(node, &mut |text| {
        let Some((target, pointer)) = resolve_file_reference(file, text) else { return };
        if target == root {
            *text = format!("#{pointer}");
        } else if files.contains_key(&target) {
            *text = format!("{FILE_PREFIX}{target}#{pointer}");
        }
    });
}

/// Returns the target of a `reference` in `file`: a file, which is `file` itself if the reference
/// has no path, and the JSON pointer in it. Returns `None` for a URL and for a path outside the
/// root folder.
pub(super) fn resolve_file_reference(file: &str, reference: &str) -> Option<(String, String)> {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return Some((file.to_owned(), pointer.to_owned()));
    }
    if path.contains("://") || path.starts_with(['/', '\\']) || !has_document_extension(path) {
        return None;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().filter(|folder| *folder != "..")?;
            }
            part => parts.push(part),
        }
    }
    let start = if file.starts_with('/') { "/" } else { "" };
    Some((format!("{start}{}", parts.join("/")), pointer.to_owned()))
}

/// Returns whether a path has the extension of a document. A name without an extension refers to a
/// component, as in Swagger 1.
fn has_document_extension(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| is_extension(extension))
}

fn is_extension(text: &str) -> bool {
    ["yaml", "yml", "json"].iter().any(|extension| text.eq_ignore_ascii_case(extension))
}

/// Returns whether a document may refer to files: whether any word of its text looks like such a
/// reference, or could after unescaping. Much faster than parsing the document.
pub(super) fn may_contain_file_reference(text: &str) -> bool {
    let escaped_dot = ["\\u002", "\\U0000002", "\\x2"].iter().any(|escape| text.contains(escape));
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    escaped_dot || words.any(|word| !word.starts_with(['/', '\\']) && contains_file_name(word))
}

/// Returns whether a word contains the extension of a document, and not only as part of a URL.
fn contains_file_name(word: &str) -> bool {
    let path = word.split("://").next().unwrap_or_default();
    path.split('.').skip(1).any(|part| {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        part.get(..end).is_some_and(is_extension)
    })
}

/// Calls `visit` with the text of every reference below `node`, including those in the `mapping` of
/// a discriminator.
pub(super) fn visit_references_mut(node: &mut Node, visit: &mut dyn FnMut(&mut String)) {
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| visit_references_mut(item, visit)),
        Kind::Object(map) => {
            for (key, value) in map {
                match &mut value.kind {
                    Kind::String(text) if key == "$ref" => visit(text),
                    Kind::Object(targets) if key == "mapping" => {
                        targets.values_mut().for_each(|target| {
                            if let Kind::String(text) = &mut target.kind {
                                visit(text);
                            }
                        });
                    }
                    _ => visit_references_mut(value, visit),
                }
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

/// Calls `visit` with the text of every reference below `node`, including those in the `mapping` of
/// a discriminator.
pub(super) fn visit_references(node: &Node, visit: &mut dyn FnMut(&str)) {
    for item in node.as_array().into_iter().flatten() {
        visit_references(item, visit);
    }
    for (key, value) in node.as_object().into_iter().flatten() {
        match (key.as_str(), value.as_str(), value.as_object()) {
            ("$ref", Some(text), _) => visit(text),
            ("mapping", _, Some(targets)) => {
                targets.values().filter_map(Node::as_str).for_each(&mut *visit);
            }
            _ => visit_references(value, visit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_folder_of_the_file() {
        for (file, reference, expected) in [
            ("api.yaml", "#/a", Some(("api.yaml", "/a"))),
            ("api.yaml", "pet.yaml", Some(("pet.yaml", ""))),
            ("a/api.yaml", "./b/../pet.json#/a~1b", Some(("a/pet.json", "/a~1b"))),
            ("a/b/api.yaml", "../pet.yml#/x", Some(("a/pet.yml", "/x"))),
            ("/a/api.yaml", "pet.yml", Some(("/a/pet.yml", ""))),
            ("a/api.yaml", "../../pet.yml", None),
            ("../api.yaml", "../pet.yml", None),
            ("api.yaml", "/etc/pet.yml", None),
            ("api.yaml", "https://acme.example/pet.yml", None),
            ("api.yaml", "Pet", None),
        ] {
            let found = resolve_file_reference(file, reference);
            let found = found.as_ref().map(|(file, pointer)| (file.as_str(), pointer.as_str()));
            assert_eq!(found, expected, "{file} {reference}");
        }
    }
}
