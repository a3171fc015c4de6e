//! The patterns of `vendor.toml` that state or exclude meanings.

use super::values::Value;
use crate::ir::Meaning;
use crate::manifest::{Decimals, Manifest, matches_value};
use crate::report::{Problem, Report, suggest};

/// A pattern, its location, and whether it had an effect.
struct Pattern {
    pattern: String,
    /// The meaning that it states. If `None`, it excludes the meanings of its table.
    meaning: Option<Meaning>,
    table: &'static str,
    /// The keys that lead to it in `vendor.toml`.
    keys: Vec<String>,
    is_used: bool,
}

/// All patterns, in the order of precedence.
pub struct Rules(Vec<Pattern>);

impl Rules {
    /// Reads the patterns of a manifest.
    pub fn new(manifest: &Manifest) -> Self {
        let Manifest { numbers, dates, files, .. } = manifest;
        let decimal = numbers.decimal.patterns();
        let lists: [(&'static str, &str, Option<Meaning>, &[String]); 8] = [
            ("numbers", "reject", None, &numbers.reject),
            ("numbers", "decimal", Some(Meaning::Money), &decimal),
            ("dates", "reject", None, &dates.reject),
            ("dates", "date_time", Some(Meaning::DateTime), &dates.date_time),
            ("dates", "date", Some(Meaning::Date), &dates.date),
            ("dates", "unix_time", Some(Meaning::UnixTime), &dates.unix_time),
            ("files", "reject", None, &files.reject),
            ("files", "parts", Some(Meaning::File), &files.parts),
        ];
        let is_all = matches!(numbers.decimal, Decimals::All(_));
        let patterns = lists.into_iter().flat_map(|(table, key, meaning, patterns)| {
            patterns.iter().enumerate().map(move |(index, pattern)| {
                let mut keys = vec![table.to_owned(), key.to_owned()];
                if !(is_all && meaning == Some(Meaning::Money)) {
                    keys.push(index.to_string());
                }
                Pattern { pattern: pattern.clone(), meaning, table, keys, is_used: false }
            })
        });
        Self(patterns.collect())
    }

    /// Whether there are no patterns.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the meaning that a pattern states for the value with this key, the keys that lead to
    /// the pattern, and the rule in words. `can_be` is whether its type allows a meaning.
    pub fn find_pin(
        &mut self,
        value: &Value<'_>,
        key: &str,
        can_be: &dyn Fn(Meaning) -> bool,
    ) -> Option<(Meaning, Vec<String>, String)> {
        let states = |it: &Pattern| it.meaning.filter(|meaning| can_be(*meaning));
        let matching = |it: &&mut Pattern| states(it).is_some() && it.matches(value, key);
        let meaning = self.0.iter_mut().find(matching).and_then(|it| it.meaning)?;
        if self.rejects(value, key, meaning) {
            return None;
        }
        let pattern = self.0.iter_mut().find(matching)?;
        pattern.is_used = true;
        let list = pattern.keys.iter().take(2).cloned().collect::<Vec<_>>().join(".");
        let rule = format!("`{list}` has `{}`", pattern.pattern);
        Some((meaning, pattern.keys.clone(), rule))
    }

    /// Whether a pattern excludes the meaning for the value with this key.
    pub fn rejects(&mut self, value: &Value<'_>, key: &str, meaning: Meaning) -> bool {
        let table = table(meaning);
        let mut patterns = self.0.iter_mut();
        let found =
            patterns.find(|it| it.meaning.is_none() && it.table == table && it.matches(value, key));
        found.map(|it| it.is_used = true).is_some()
    }

    /// Whether a pattern had no effect.
    pub fn has_unused(&self) -> bool {
        self.0.iter().any(|it| !it.is_used)
    }

    /// Reports the patterns that had no effect. `known` are the keys of all values.
    pub fn report_unused(&self, manifest: &Manifest, known: &[String], report: &mut Report) {
        for Pattern { pattern, meaning, keys, .. } in self.0.iter().filter(|it| !it.is_used) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let what = match meaning {
                Some(Meaning::Money) => "number that is not an integer",
                Some(Meaning::DateTime | Meaning::Date) => "string without a format",
                Some(Meaning::UnixTime) => "number",
                Some(Meaning::File) => "part of a multipart body that is text or an object",
                None => "value with an inferred type",
            };
            let message = format!("`{pattern}` has no effect: it matches no {what}");
            let otherwise = "name a field as in `Order.amount` and a parameter as in \
                             `GET /orders query:from`, with `*` for any characters, or remove it";
            let others = known.iter().map(String::as_str).filter(|key| key != pattern);
            let help = suggest(pattern, others, otherwise);
            report.error_or_warn(Problem::error(manifest.location(&keys), message).help(help));
        }
    }
}

impl Pattern {
    fn matches(&self, value: &Value<'_>, key: &str) -> bool {
        matches_value(&self.pattern, &value.wire, key)
    }
}

/// Returns the table of `vendor.toml` for a meaning.
fn table(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Money => "numbers",
        Meaning::DateTime | Meaning::Date | Meaning::UnixTime => "dates",
        Meaning::File => "files",
    }
}
