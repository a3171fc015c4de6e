//! Patterns: their compilation, and a cache of the compiled ones.

mod translate;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, RwLock};

/// A compiled pattern.
#[derive(Debug)]
enum Pattern {
    /// Matches in time linear in the text: callers pass texts that others have written.
    Linear(regex::Regex),
    /// May take exponential time, but supports the whole syntax: look-around and back-references.
    Backtracking(Box<regress::Regex>),
}

type Cache = BTreeMap<&'static str, Option<Arc<Pattern>>>;

/// Whether the text contains a match. An invalid pattern matches every text: the generator has already
/// warned about it.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    cached(pattern).is_none_or(|pattern| pattern.is_match(text))
}

fn cached(pattern: &'static str) -> Option<Arc<Pattern>> {
    static CACHE: OnceLock<RwLock<Cache>> = OnceLock::new();
    let cache = CACHE.get_or_init(RwLock::default);
    if let Some(compiled) = cache.read().ok()?.get(pattern) {
        return compiled.clone();
    }
    let compiled = Pattern::compile(pattern).map(Arc::new);
    cache.write().ok()?.insert(pattern, compiled.clone());
    compiled
}

impl Pattern {
    /// Compiles a pattern of ECMA-262: in Unicode mode, as JSON Schema recommends; otherwise in the legacy
    /// syntax of Annex B.
    fn compile(pattern: &str) -> Option<Self> {
        let in_unicode_mode = regress::Regex::with_flags(pattern, "u").map(|regex| (regex, true));
        let compiled =
            in_unicode_mode.or_else(|_| regress::Regex::new(pattern).map(|regex| (regex, false)));
        let (backtracking, is_unicode) = compiled.ok()?;
        let linear = translate::to_regex_syntax(pattern, is_unicode)
            .and_then(|translated| regex::Regex::new(&translated).ok());
        Some(match linear {
            Some(linear) => Self::Linear(linear),
            None => Self::Backtracking(Box::new(backtracking)),
        })
    }

    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Linear(regex) => regex.is_match(text),
            Self::Backtracking(regex) => regex.find(text).is_some(),
        }
    }
}

#[cfg(test)]
mod tests;
