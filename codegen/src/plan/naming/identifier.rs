//! Rust identifiers, derived from words of the document.

use std::fmt;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A Rust identifier. It is never empty, and it is printed as code: a keyword as `r#type`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    bare: String,
    is_raw: bool,
}

impl Name {
    /// Returns the name itself, without `r#`: for texts, for files, and to derive other names.
    pub fn as_str(&self) -> &str {
        &self.bare
    }

    /// Returns whether the name is a keyword, so that code has to write `r#` before it.
    pub fn is_raw(&self) -> bool {
        self.is_raw
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_raw { "r#" } else { "" })?;
        f.write_str(&self.bare)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The case of an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `OauthTokenBody`: types and variants.
    Pascal,
    /// `post_oauth_token`: fields, arguments, methods, modules.
    Snake,
    /// `POST_OAUTH_TOKEN`: statics.
    Shouty,
}

/// Converts words to an identifier, ignoring which names are taken.
pub fn name(words: &str, case: Case) -> Name {
    escape(identifier(words, case))
}

/// The maximum number of characters of an identifier, which also appears in file names.
const MAX_LENGTH: usize = 120;

/// Converts words to an identifier that is valid unless it is a keyword (see [`escape`]).
pub fn identifier(words: &str, case: Case) -> String {
    let short = words.char_indices().nth(8 * MAX_LENGTH).map_or(words.len(), |(end, _)| end);
    convert(words.get(..short).unwrap_or(words), case, MAX_LENGTH)
}

/// Converts an identifier to another case. Its length is not limited: names that derive from one
/// identifier, such as `base` and `base2`, stay different however long it is.
pub fn change_case(identifier: &str, case: Case) -> String {
    convert(identifier, case, usize::MAX)
}

fn convert(words: &str, case: Case, max_length: usize) -> String {
    let words = spell_signs(words);
    let cased = match case {
        Case::Pascal => words.to_pascal_case(),
        Case::Snake => join_oauth(&words).to_snake_case(),
        Case::Shouty => join_oauth(&words).to_shouty_snake_case(),
    };
    let valid = cased.chars().filter(|c| unicode_ident::is_xid_continue(*c));
    let valid: String = valid.take(max_length).collect();
    match valid.chars().next() {
        None => match case {
            Case::Pascal => "Empty".to_owned(),
            Case::Snake => "empty".to_owned(),
            Case::Shouty => "EMPTY".to_owned(),
        },
        Some(first) if is_start(first) => valid,
        Some(_) => match case {
            Case::Pascal => format!("N{valid}"),
            Case::Snake => format!("n{valid}"),
            Case::Shouty => format!("N{valid}"),
        },
    }
}

/// Writes `OAuth` as one word, which the case conversion would split: `oauth2`, not `o_auth2`.
fn join_oauth(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        // In `IOAuthor` and `HelloAuthor`, it is not a word.
        let word = match c {
            'O' if !out.ends_with(char::is_uppercase) => rest.strip_prefix("OAuth"),
            'o' if !out.ends_with(char::is_alphanumeric) => rest.strip_prefix("oAuth"),
            _ => None,
        };
        match word {
            Some(after) => {
                out.push_str("Oauth");
                rest = after;
            }
            None => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Spells out signs that distinguish names but that case conversion drops: `+1` and `-1`, `>=` and
/// `<`, `*`.
fn spell_signs(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut previous = None;
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let after_word = previous.is_some_and(char::is_alphanumeric);
        let before_digit = rest.peek().is_some_and(char::is_ascii_digit);
        match c {
            '+' => out.push_str(" plus "),
            '-' if !after_word && before_digit => out.push_str(" minus "),
            // `name` and `-name` are different sort orders.
            '-' if previous.is_none() && rest.peek().is_some_and(|c| c.is_alphabetic()) => {
                out.push_str(" minus ");
            }
            '-' if words.chars().all(|c| !c.is_alphanumeric()) => out.push_str(" minus "),
            '<' => out.push_str(" less "),
            '>' => out.push_str(" greater "),
            '=' => out.push_str(" equal "),
            '!' => out.push_str(" not "),
            '*' => out.push_str(" star "),
            '%' => out.push_str(" percent "),
            '&' => out.push_str(" and "),
            '$' if words.len() == 1 => out.push_str(" dollar "),
            // Otherwise `1.1` and `11` would get the same name.
            '.' if before_digit && previous.is_some_and(|p: char| p.is_ascii_digit()) => {
                out.push('_')
            }
            _ => out.push(c),
        }
        previous = Some(c);
    }
    out
}

/// Returns whether an identifier can start with a character.
pub(super) fn is_start(c: char) -> bool {
    c == '_' || unicode_ident::is_xid_start(c)
}

/// The keywords of all editions (The Rust Reference, "Keywords").
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
];

/// Keywords that `r#` cannot turn into an identifier.
const NEVER_RAW: &[&str] = &["crate", "self", "super", "Self", "_"];

/// Turns an identifier into a name: a keyword is printed with `r#`, or else gets a suffix.
pub fn escape(identifier: String) -> Name {
    if NEVER_RAW.contains(&identifier.as_str()) {
        return Name { bare: format!("{identifier}_"), is_raw: false };
    }
    let is_raw = KEYWORDS.contains(&identifier.as_str());
    Name { bare: identifier, is_raw }
}

#[cfg(test)]
mod tests {
    use super::{Case, name};

    fn pascal(words: &str) -> String {
        name(words, Case::Pascal).to_string()
    }

    fn snake(words: &str) -> String {
        name(words, Case::Snake).to_string()
    }

    #[test]
    fn words_are_converted_to_identifiers() {
        let cases = [
            ("X-Client-Id", "XClientId", "x_client_id"),
            ("maxTTL", "MaxTtl", "max_ttl"),
            ("post-oauth-token", "PostOauthToken", "post_oauth_token"),
            ("2xx", "N2xx", "n2xx"),
            (":", "Empty", "empty"),
            ("", "Empty", "empty"),
            ("type", "Type", "r#type"),
            ("self", "Self_", "self_"),
            ("日本", "日本", "日本"),
            ("../../x", "X", "x"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("-name", "MinusName", "minus_name"),
            ("--name", "Name", "name"),
            ("OAuth2", "OAuth2", "oauth2"),
            ("oAuth2Token", "OAuth2Token", "oauth2_token"),
            ("getOAuthToken", "GetOAuthToken", "get_oauth_token"),
            ("create oAuth2 token", "CreateOAuth2Token", "create_oauth2_token"),
            ("HelloAuthor", "HelloAuthor", "hello_author"),
            ("a\u{0}b\"*/", "ABStar", "a_b_star"),
        ];
        for (words, in_pascal, in_snake) in cases {
            assert_eq!(pascal(words), in_pascal, "{words:?}");
            assert_eq!(snake(words), in_snake, "{words:?}");
        }
    }

    #[test]
    fn any_text_is_converted_to_a_valid_identifier() {
        for c in (0_u32..0x3000).filter_map(char::from_u32) {
            for words in [c.to_string(), format!("{c}a"), format!("a{c}"), format!("1{c}")] {
                for case in [Case::Pascal, Case::Snake, Case::Shouty] {
                    let identifier = name(&words, case).to_string();
                    assert!(
                        syn::parse_str::<syn::Ident>(&identifier).is_ok(),
                        "{words:?} became {identifier:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_length_of_a_name_is_limited() {
        assert!(snake(&"word ".repeat(100_000)).len() <= 120);
        assert!(pascal(&"語".repeat(100_000)).chars().count() <= 120);
    }
}
