//! Names of modules and packages, derived from folder names.

/// Names that are reserved by Rust, or by Cargo for packages.
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

/// Returns the module name for a folder: `acme_pay` for `acme-pay` and `acme_pay`. Returns `None` if
/// anything but dashes would have to change, so that a folder is easy to find by its module.
pub fn module_name(folder: &str) -> Option<String> {
    let name = folder.replace('-', "_");
    let mut chars = name.chars();
    let is_start_valid = chars.next().is_some_and(|first| first.is_ascii_lowercase());
    let is_rest_valid = chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    (is_start_valid && is_rest_valid && !RESERVED.contains(&name.as_str())).then_some(name)
}

/// Returns a package name derived from any text: `my-client-v2` for `My Client (v2)`.
pub fn package_name(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            name.push(c.to_ascii_lowercase());
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

/// Validates a package name from the command line.
pub fn check_package_name(name: &str) -> Result<String, String> {
    let is_valid = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && !RESERVED.contains(&name);
    if is_valid {
        return Ok(name.to_owned());
    }
    Err(format!(
        "use a name such as `{}`: letters, digits, `-` and `_`, but no Rust keyword",
        package_name(name)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_named_after_its_folder() {
        assert_eq!(module_name("acme-pay").as_deref(), Some("acme_pay"));
        assert_eq!(module_name("pets2").as_deref(), Some("pets2"));
        for invalid in ["", "2pets", "Acme", "_x", "-x", "a b", "a.b", "type", "self", "lib", "é"]
        {
            assert_eq!(module_name(invalid), None, "{invalid:?}");
        }
    }

    #[test]
    fn any_text_becomes_a_valid_package_name() {
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
        for invalid in ["", "2x", "a b", "fn", "-a", "a/b", "é"] {
            assert!(check_package_name(invalid).is_err(), "{invalid:?}");
        }
    }
}
