//! The documentation of generated code.

use super::code::Code;

/// The elements of HTML that occur in descriptions. Other names in angle brackets are placeholders.
const ELEMENTS: &[&str] = &[
    "a",
    "aside",
    "b",
    "blockquote",
    "br",
    "code",
    "details",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Returns how many doc comments of types, fields, variants and client methods only repeat the
/// item's name.
pub fn count_echoes(code: &Code) -> usize {
    let types = code.types.iter().filter(|(_, code)| code.is_data());
    let fields = types.clone().flat_map(|(_, code)| &code.fields);
    let methods = code.functions.iter();
    let docs = types
        .map(|(name, code)| (name.as_str(), &code.docs))
        .chain(fields.map(|field| (field.name.as_str(), &field.docs)))
        .chain(methods.map(|function| (function.name.as_str(), &function.docs)));
    docs.filter(|(name, docs)| is_echo(name, docs)).count()
}

fn is_echo(name: &str, docs: &[String]) -> bool {
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let docs = letters(&docs.concat());
    !docs.is_empty() && docs == letters(name.trim_start_matches("r#"))
}

/// Returns how many doc lines of a file contain an HTML tag that is escaped, and so is printed.
pub fn count_escaped_tags(text: &str) -> usize {
    let is_tag = |line: &str| {
        line.split("\\<").skip(1).any(|rest| {
            let rest = rest.trim_start_matches('/');
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            rest.get(..end).is_some_and(|name| ELEMENTS.contains(&name.to_lowercase().as_str()))
        })
    };
    let docs = text.lines().map(str::trim_start);
    docs.filter(|line| (line.starts_with("///") || line.starts_with("//!")) && is_tag(line)).count()
}

#[cfg(test)]
mod tests {
    use super::{count_escaped_tags, is_echo};

    #[test]
    fn a_doc_that_has_the_letters_of_the_name_is_an_echo() {
        let is_echo = |name, doc: &str| is_echo(name, &[doc.to_owned()]);
        assert!(is_echo("client_id", " Client ID."));
        assert!(is_echo("r#type", " `type`"));
        assert!(!is_echo("client_id", " The client's ID."));
        assert!(!is_echo("client_id", ""));
    }

    #[test]
    fn only_tags_in_docs_count() {
        let text = "/// \\<p>A charge.\\</p>\n    /// 1 \\< 2 \\<host>\nlet text = \"\\<p>\";\n//! \\</b>\n";
        assert_eq!(count_escaped_tags(text), 2);
    }
}
