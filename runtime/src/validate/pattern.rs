//! Patterns, each read once.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

use regress::Regex;

type Known = BTreeMap<&'static str, Option<Arc<Regex>>>;

/// Whether a text holds a match. A pattern that is none holds of every text: the generator has said
/// so.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    read(pattern).is_none_or(|regex| regex.find(text).is_some())
}

fn read(pattern: &'static str) -> Option<Arc<Regex>> {
    static KNOWN: OnceLock<RwLock<Known>> = OnceLock::new();
    let known = KNOWN.get_or_init(RwLock::default);
    if let Some(regex) = known.read().ok()?.get(pattern) {
        return regex.clone();
    }
    // Code points, as JSON Schema asks for; or what Annex B of ECMA-262 allows beside.
    let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
    let regex = regex.ok().map(Arc::new);
    known.write().ok()?.insert(pattern, regex.clone());
    regex
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_are_those_of_ecma() {
        for (pattern, text, expected) in [
            (r"^\d{5}$", "12345", true),
            (r"^\d{5}$", "12345\n", false),
            ("b", "abc", true),
            (r"^(?!x)", "xy", false),
            (r"^(a)\1$", "aa", true),
            ("^.$", "\u{1f600}", true),
            // Only without the flag `u`.
            (r"^\-$", "-", true),
            ("(", "anything", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
