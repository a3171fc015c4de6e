//! Limits the work of an overlay: a short query can require any amount of time and memory.

use regex::{Regex, RegexBuilder};

/// Values that the queries of an overlay may visit; a large document has a million.
const MAX_STEPS: usize = 50_000_000;

/// Values that a query may select.
const MAX_SELECTED: usize = 1_000_000;

/// Values that the actions of an overlay may add.
const MAX_ADDED: usize = 3_000_000;

/// The steps that compiling a regular expression counts for.
const COMPILATION: usize = 100_000;

/// The size of a compiled regular expression in bytes.
const MAX_REGEX: usize = 1 << 18;

/// The work that an overlay may still do.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    added: usize,
    /// The regular expression that was used last, or `None` if it is invalid.
    regex: Option<(String, Option<Regex>)>,
}

impl Default for Budget {
    fn default() -> Self {
        Self::new(MAX_STEPS, MAX_ADDED)
    }
}

impl Budget {
    /// Creates a budget with limits on the values that are visited and added.
    pub fn new(steps: usize, added: usize) -> Self {
        Self { steps, added, regex: None }
    }

    /// Counts steps of a query.
    pub fn step(&mut self, count: usize) -> Result<(), String> {
        let message = "the queries of the overlay visit too many values: select fewer with each `..` \
                       and filter";
        Self::subtract(&mut self.steps, count, message)
    }

    /// Counts values that are added to a document.
    pub fn add(&mut self, count: usize) -> Result<(), String> {
        let message = "the overlay adds too many values to the document: select fewer targets";
        Self::subtract(&mut self.added, count, message)
    }

    fn subtract(left: &mut usize, count: usize, message: &str) -> Result<(), String> {
        let rest = left.checked_sub(count);
        *left = rest.unwrap_or_default();
        rest.map(drop).ok_or_else(|| message.to_owned())
    }

    /// Checks the number of values that a query selects.
    pub fn check_selected(count: usize) -> Result<(), String> {
        match count {
            0..=MAX_SELECTED => Ok(()),
            _ => Err(format!("the query selects more than {MAX_SELECTED} values")),
        }
    }

    /// Returns whether a regular expression (RFC 9485) matches `text`, as a whole or in part. An invalid
    /// one never matches.
    pub fn matches(&mut self, text: &str, pattern: &str, is_whole: bool) -> Result<bool, String> {
        let pattern = match is_whole {
            true => format!("^(?:{pattern})$"),
            false => pattern.to_owned(),
        };
        if self.regex.as_ref().is_none_or(|(last, _)| *last != pattern) {
            self.step(COMPILATION)?;
            // `.` matches neither `\n` nor `\r`.
            let regex = RegexBuilder::new(&pattern).crlf(true).size_limit(MAX_REGEX).build();
            self.regex = Some((pattern, regex.ok()));
        }
        self.step(text.len())?;
        Ok(matches!(&self.regex, Some((_, Some(regex))) if regex.is_match(text)))
    }
}
