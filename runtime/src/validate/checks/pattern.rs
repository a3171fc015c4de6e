//! A cache of compiled patterns.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

use regress::Regex;

type Cache = BTreeMap<&'static str, Option<Arc<Regex>>>;

/// Whether the text contains a match. An invalid pattern matches every text: the generator has already
/// warned about it.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    compile(pattern).is_none_or(|regex| regex.find(text).is_some())
}

fn compile(pattern: &'static str) -> Option<Arc<Regex>> {
    static CACHE: OnceLock<RwLock<Cache>> = OnceLock::new();
    let cache = CACHE.get_or_init(RwLock::default);
    if let Some(regex) = cache.read().ok()?.get(pattern) {
        return regex.clone();
    }
    // Unicode mode, as JSON Schema recommends; otherwise the legacy syntax of ECMA-262, Annex B.
    let regex = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern));
    let regex = regex.ok().map(Arc::new);
    cache.write().ok()?.insert(pattern, regex.clone());
    regex
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_use_the_syntax_of_ecma_262() {
        for (pattern, text, expected) in [
            (r"^\d{5}$", "12345", true),
            (r"^\d{5}$", "12345\n", false),
            ("b", "abc", true),
            (r"^(?!x)", "xy", false),
            (r"^(a)\1$", "aa", true),
            ("^.$", "\u{1f600}", true),
            // Valid only without the flag `u`.
            (r"^\-$", "-", true),
            ("(", "anything", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
