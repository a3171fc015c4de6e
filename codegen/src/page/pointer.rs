//! Finds where a page names an operation of an OpenAPI document instead of showing it: in its front
//! matter, or in a directive such as `{% openapi-operation … %}`.

use std::ops::Range;

use super::fence::{line_at, next_line};
use super::front_matter::read_front_matter;
use super::info::{self, Target};

/// The reference of a page to an OpenAPI document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pointer {
    /// The document: a file, a URL, or the name that the site gives it. A page may leave it out.
    pub(super) document: Option<String>,
    /// The operation; without one, the page is about the whole document.
    pub(super) target: Option<Target>,
    /// The range of the line.
    pub(super) line: Range<usize>,
}

/// The directives that show an operation, or a whole document.
const DIRECTIVES: [&str; 3] = ["openapi-operation", "openapi", "swagger"];

/// Finds the pointers of a page.
pub(super) fn find_pointers(text: &str) -> Vec<Pointer> {
    let (front_matter, mut at) = read_front_matter(text, 0);
    let named = front_matter.openapi.as_deref().and_then(Pointer::from_front_matter);
    let mut pointers: Vec<Pointer> = named.into_iter().collect();
    while let Some(line) = line_at(text, at) {
        at = next_line(text, &line);
        let content = text.get(line.clone()).unwrap_or_default();
        let below = line_at(text, at).and_then(|line| text.get(line)).unwrap_or_default();
        pointers.extend(Pointer::from_directive(content, below, line));
    }
    pointers
}

/// Returns whether a text starts with front matter that names an operation of a document.
pub(super) fn starts_with_pointer(text: &str) -> bool {
    let (front_matter, _) = read_front_matter(text, 0);
    front_matter.openapi.as_deref().and_then(Pointer::from_front_matter).is_some()
}

impl Pointer {
    /// Parses `openapi.yaml POST /orders`, `POST /orders`, `webhook order-paid` or `openapi.yaml`.
    fn from_front_matter(value: &str) -> Option<Self> {
        // The version of a document, whose first lines look like front matter.
        if value.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let info = info::parse_info(&format!("yaml {value}"));
        let pointer = Self { document: info.source, target: info.target, line: 0..0 };
        (pointer.document.is_some() || pointer.target.is_some()).then_some(pointer)
    }

    /// Parses `{% openapi-operation spec="orders" path="/orders" method="post" %}`. The line below it
    /// may link to the document.
    fn from_directive(content: &str, below: &str, line: Range<usize>) -> Option<Self> {
        let inner = content.trim().strip_prefix("{%")?.trim_start();
        let (name, attributes) = inner.split_once(char::is_whitespace)?;
        DIRECTIVES.iter().find(|directive| **directive == name)?;
        let named = attribute(attributes, "src").or_else(|| attribute(attributes, "spec"));
        let path = attribute(attributes, "path");
        let target = path.zip(attribute(attributes, "method")).map(|(path, method)| Target {
            method: method.to_ascii_lowercase(),
            path: path.to_owned(),
            webhook: false,
        });
        let document = link_target(below).or(named);
        let pointer = Self { document: document.map(str::to_owned), target, line };
        (pointer.document.is_some() || pointer.target.is_some()).then_some(pointer)
    }

    /// Returns whether `file` is the document: the same path, or a path that ends with it. The name
    /// that a site gives its document is the name of a file without its extension.
    pub(super) fn names_file(&self, file: &str) -> bool {
        let Some(document) = &self.document else { return true };
        let path = document.split(['?', '#']).next().unwrap_or_default();
        let path = path.split_once("://").map_or(path, |(_, rest)| rest);
        let is_parent = |part: &&str| !matches!(*part, "." | ".." | "");
        let mut wanted = path.split('/').filter(is_parent).rev();
        let mut actual = file.split('/').filter(is_parent).rev();
        let (Some(wanted_name), Some(name)) = (wanted.next(), actual.next()) else { return false };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if document.contains("://") || !document.contains('/') {
            return name == wanted_name || stem == wanted_name;
        }
        name == wanted_name && wanted.zip(actual).all(|(a, b)| a == b)
    }

    /// Describes what the page documents, such as `` `POST /orders` of `openapi.yaml` ``.
    pub(super) fn describe(&self) -> String {
        let target = self.target.as_ref().map(Target::describe);
        match (target, &self.document) {
            (Some(target), Some(document)) => format!("`{target}` of `{document}`"),
            (Some(target), None) => format!("`{target}` of an OpenAPI document"),
            (None, document) => format!("`{}`", document.as_deref().unwrap_or_default()),
        }
    }
}

/// Returns the value of an attribute such as `path="/orders"`.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = attributes;
    while let Some((key, behind)) = rest.split_once("=\"") {
        let (value, behind) = behind.split_once('"')?;
        if key.trim() == name {
            return Some(value).filter(|value| !value.is_empty());
        }
        rest = behind;
    }
    None
}

/// Returns the target of a line that is a Markdown link to a document.
fn link_target(line: &str) -> Option<&str> {
    let (_, target) = line.trim().strip_prefix('[')?.split_once("](")?;
    let target = target.strip_suffix(')')?;
    let path = target.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".yaml", ".yml", ".json"].iter().any(|end| path.ends_with(end)).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(text: &str) -> Vec<String> {
        find_pointers(text).iter().map(Pointer::describe).collect()
    }

    #[test]
    fn front_matter_and_directives_name_operations() {
        for (text, expected) in [
            ("---\nopenapi: 'POST /orders'\n---\n", "`POST /orders` of an OpenAPI document"),
            ("---\nopenapi: \"api/v1.json get /orders\"\n---\n", "`GET /orders` of `api/v1.json`"),
            ("---\nopenapi: webhook order-paid\n---\n", "`order-paid` of an OpenAPI document"),
            ("---\ntags:\n  - a\nopenapi: v1.yaml\n---\n", "`v1.yaml`"),
            (
                "# A\n\n{% openapi-operation spec=\"acme\" path=\"/o/{id}\" method=\"get\" %}\n",
                "`GET /o/{id}` of `acme`",
            ),
            (
                "{% openapi src=\"a.yaml\" path=\"/o\" method=\"put\" %}\n[a](.gitbook/a.yaml)\n",
                "`PUT /o` of `.gitbook/a.yaml`",
            ),
            ("{% swagger src=\"../a.json\" %}\n", "`../a.json`"),
        ] {
            assert_eq!(described(text), [expected], "{text}");
        }
        assert_eq!(described("# A\n\n{% hint style=\"info\" %}\nopenapi: x\n"), [""; 0]);
        assert_eq!(described("---\nopenapi: 3.0.3\n---\n"), [""; 0]);
        assert_eq!(described("---\nopenapi:\n---\n{% openapi %}\n"), [""; 0]);
    }

    #[test]
    fn a_document_is_found_by_the_end_of_its_path() {
        for (document, file, expected) in [
            ("openapi.yaml", "docs/api/openapi.yaml", true),
            ("../api/openapi.yaml", "docs/api/openapi.yaml", true),
            ("v1/openapi.yaml", "docs/v2/openapi.yaml", false),
            ("acme", "docs/acme.json", true),
            ("https://acme.test/v1/acme.json?a=b", "docs/acme.json", true),
            ("acme", "docs/acme2.json", false),
        ] {
            let pointer = Pointer { document: Some(document.to_owned()), ..Pointer::default() };
            assert_eq!(pointer.names_file(file), expected, "{document} {file}");
        }
    }
}
