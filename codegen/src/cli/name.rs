//! Names that folders give: of a module, of a package.

/// Words that Rust, or Cargo for a package, does not take as a name.
const RESERVED: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "lib",
    "loop",
    "macro",
    "main",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// The module's name for a folder of that name: `acme-pay` and `acme_pay` give `acme_pay`. What
/// would have to be bent further is refused, so that the folder and the module stay easy to match.
pub fn module_name(folder: &str) -> Option<String> {
    let name = folder.replace('-', "_");
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|letter| letter.is_ascii_lowercase());
    let goes_on = letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (starts && goes_on && !RESERVED.contains(&name.as_str())).then_some(name)
}

/// A package name made of any text: `My Client (v2)` gives `my-client-v2`.
pub fn package_name(text: &str) -> String {
    let mut name = String::new();
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches(['-', '_']);
    match name.chars().next() {
        None => "client".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("client-{name}"),
        Some(_) if RESERVED.contains(&name) => format!("{name}-client"),
        Some(_) => name.to_owned(),
    }
}

/// A package name as somebody typed it; the error is a sentence.
pub fn check_package_name(name: &str) -> Result<String, String> {
    let good = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && !RESERVED.contains(&name);
    if good {
        return Ok(name.to_owned());
    }
    Err(format!("a package cannot be called that; `{}` would do", package_name(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_called_like_its_folder() {
        assert_eq!(module_name("acme-pay").as_deref(), Some("acme_pay"));
        assert_eq!(module_name("pets2").as_deref(), Some("pets2"));
        for bad in ["", "2pets", "Acme", "_x", "-x", "a b", "a.b", "type", "self", "lib", "é"] {
            assert_eq!(module_name(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn any_text_becomes_a_package_name_that_is_good() {
        let cases = [
            ("my-client", "my-client"),
            ("My Client (v2)", "my-client-v2"),
            ("2checkout", "client-2checkout"),
            ("..", "client"),
            ("", "client"),
            ("日本", "client"),
            ("type", "type-client"),
            ("test", "test-client"),
            ("_acme_", "acme"),
            ("acme_pay", "acme_pay"),
        ];
        for (text, name) in cases {
            assert_eq!(package_name(text), name);
            assert_eq!(check_package_name(name).as_deref(), Ok(name));
        }
        for bad in ["", "2x", "a b", "fn", "-a", "a/b", "é"] {
            assert!(check_package_name(bad).is_err(), "{bad:?}");
        }
    }
}
