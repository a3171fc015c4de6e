//! Rust identifiers, derived from words of the document, and scopes in which each is used once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// A Rust identifier that is safe to print: never empty, never a bare keyword.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Returns the identifier as it is printed, such as `r#type`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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

/// The names that are taken in a module, among the fields of a struct or the arguments of a method.
#[derive(Debug, Clone)]
pub struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The last number appended to each name, so that many equal names do not each count from two.
    numbers: BTreeMap<String, u64>,
}

impl Scope {
    /// Creates an empty scope.
    pub fn new(case: Case) -> Self {
        Self { case, taken: BTreeSet::new(), numbers: BTreeMap::new() }
    }

    /// Creates a scope in which `names` are taken.
    pub fn reserving(case: Case, names: &[&str]) -> Self {
        let taken = names.iter().map(|n| (*n).to_owned()).collect();
        Self { taken, ..Self::new(case) }
    }

    /// Marks a name as taken.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Takes the first free one of `name`, `name2`, `name3`….
    pub fn claim(&mut self, words: &str) -> Name {
        self.claim_or(words, &[])
    }

    /// Like [`claim`](Self::claim), but tries the longer `fallbacks` before it appends a number.
    pub fn claim_or(&mut self, words: &str, fallbacks: &[String]) -> Name {
        let base = identifier(words, self.case);
        let fallbacks = fallbacks.iter().map(|words| identifier(words, self.case));
        for name in std::iter::once(base.clone()).chain(fallbacks) {
            if self.taken.insert(name.clone()) {
                return escape(name);
            }
        }
        // Names are never released, so every lower number is still taken.
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let name = format!("{base}{number}");
            if self.taken.insert(name.clone()) {
                return escape(name);
            }
        }
    }

    /// Takes the recorded name `identifier` unchanged, if it is free. A name that was edited by
    /// hand is rejected if it is not a valid identifier in this scope's case.
    pub fn claim_recorded(&mut self, identifier: &str) -> Option<Name> {
        let snake = self.case == Case::Snake;
        let starts = identifier.starts_with(|c| is_start(c) && (snake || !c.is_lowercase()));
        let is_valid = |c: char| unicode_ident::is_xid_continue(c) && !(snake && c.is_uppercase());
        if starts && identifier.chars().all(is_valid) {
            self.claim_exactly(identifier)
        } else {
            None
        }
    }

    /// Takes `identifier` unchanged, if it is free.
    pub fn claim_exactly(&mut self, identifier: &str) -> Option<Name> {
        self.taken.insert(identifier.to_owned()).then(|| escape(identifier.to_owned()))
    }

    /// Returns whether `identifier` is not taken.
    pub fn is_free(&self, identifier: &str) -> bool {
        !self.taken.contains(identifier)
    }
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
        Case::Snake => words.to_snake_case(),
        Case::Shouty => words.to_shouty_snake_case(),
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

fn is_start(c: char) -> bool {
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

/// Makes an identifier printable: a keyword gets the prefix `r#`.
pub fn escape(name: String) -> Name {
    if NEVER_RAW.contains(&name.as_str()) {
        Name(format!("{name}_"))
    } else if KEYWORDS.contains(&name.as_str()) {
        Name(format!("r#{name}"))
    } else {
        Name(name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope, name};

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
    fn a_scope_returns_each_name_once() {
        let mut scope = Scope::new(Case::Pascal);
        let names = ["thing", "Thing", "thing2", "_id", "id", "a.b", "a_b"]
            .map(|w| scope.claim(w).to_string());
        assert_eq!(names, ["Thing", "Thing2", "Thing22", "Id", "Id2", "AB", "AB2"]);
    }

    #[test]
    fn a_recorded_name_is_used_unchanged() {
        let mut scope = Scope::reserving(Case::Pascal, &["Option"]);
        let recorded = ["AB2", "AB2", "Option", "a", "A-B", "", "9"];
        let claimed = recorded.map(|name| scope.claim_recorded(name).map(|name| name.to_string()));
        assert_eq!(claimed, [Some("AB2".to_owned()), None, None, None, None, None, None]);
        let mut scope = Scope::new(Case::Snake);
        assert_eq!(scope.claim_recorded("type").map(|n| n.to_string()).as_deref(), Some("r#type"));
        assert_eq!(scope.claim_recorded("listAll"), None);
    }

    #[test]
    fn the_length_of_a_name_is_limited() {
        assert!(snake(&"word ".repeat(100_000)).len() <= 120);
        assert!(pascal(&"語".repeat(100_000)).chars().count() <= 120);
    }

    #[test]
    fn a_reserved_name_is_not_returned() {
        let mut scope = Scope::reserving(Case::Pascal, &["Option"]);
        assert_eq!(scope.claim_or("option", &["option value".to_owned()]).as_str(), "OptionValue");
    }
}
