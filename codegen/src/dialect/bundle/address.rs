//! Where a reference leads: a file beside the description, and a location in it.

use super::Files;
use crate::source::{Kind, Node};

/// What a reference to a file begins with once its path does not depend on where it stands.
const BESIDE: &str = "beside:";

/// The file and the JSON pointer that [`absolute`] wrote.
pub(super) fn beside(reference: &str) -> Option<(&str, &str)> {
    let text = reference.strip_prefix(BESIDE)?;
    Some(text.split_once('#').unwrap_or((text, "")))
}

/// The text of a reference below `node`, which was read from `file`: one that leads to `root` becomes
/// `#POINTER`, one that leads to one of `files` `beside:FILE#POINTER`, any other stays as it is.
pub(super) fn absolute(node: &mut Node, file: &str, root: &str, files: &Files) {
    references(node, &mut |text| {
        let Some((named, pointer)) = address(file, text) else { return };
        if named == root {
            *text = format!("#{pointer}");
        } else if files.contains_key(&named) {
            *text = format!("{BESIDE}{named}#{pointer}");
        }
    });
}

/// The file and the JSON pointer in it that `reference`, written in `file`, names; nothing for a URL
/// and for a path that leads out of the folder where paths start. The file is `file` itself where the
/// reference names none.
pub(super) fn address(file: &str, reference: &str) -> Option<(String, String)> {
    let (path, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return Some((file.to_owned(), pointer.to_owned()));
    }
    if path.contains("://") || path.starts_with(['/', '\\']) || !looks_like_a_file(path) {
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

/// A bare name without an extension is a component's, as Swagger 1 wrote references.
fn looks_like_a_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| is_extension(extension))
}

fn is_extension(text: &str) -> bool {
    ["yaml", "yml", "json"].iter().any(|extension| text.eq_ignore_ascii_case(extension))
}

/// Whether a text may refer to a file beside it: whether a word of it, whatever it stands for, goes as
/// such a reference does, or could once escapes are read. Far quicker than to parse it.
pub(super) fn may_name(text: &str) -> bool {
    let escaped_dot = ["\\u002", "\\U0000002", "\\x2"].iter().any(|escape| text.contains(escape));
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    escaped_dot || words.any(|word| !word.starts_with(['/', '\\']) && holds_a_file(word))
}

/// Whether the extension of a file stands in a word, before what makes it a URL.
fn holds_a_file(word: &str) -> bool {
    let path = word.split("://").next().unwrap_or_default();
    path.split('.').skip(1).any(|part| {
        let end = part.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(part.len());
        part.get(..end).is_some_and(is_extension)
    })
}

/// Calls `visit` with the text of every reference below `node`, those of a discriminator's mapping too.
pub(super) fn references(node: &mut Node, visit: &mut dyn FnMut(&mut String)) {
    match &mut node.kind {
        Kind::Array(items) => items.iter_mut().for_each(|item| references(item, visit)),
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
                    _ => references(value, visit),
                }
            }
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

/// Calls `look` with the text of every reference below `node`, those of a discriminator's mapping too.
pub(super) fn look(node: &Node, look_at: &mut dyn FnMut(&str)) {
    for item in node.as_array().into_iter().flatten() {
        look(item, look_at);
    }
    for (key, value) in node.as_object().into_iter().flatten() {
        match (key.as_str(), value.as_str(), value.as_object()) {
            ("$ref", Some(text), _) => look_at(text),
            ("mapping", _, Some(targets)) => {
                targets.values().filter_map(Node::as_str).for_each(&mut *look_at);
            }
            _ => look(value, look_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_folder_of_the_file() {
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
            let found = address(file, reference);
            let found = found.as_ref().map(|(file, pointer)| (file.as_str(), pointer.as_str()));
            assert_eq!(found, expected, "{file} {reference}");
        }
    }
}
