//! Checks a text before the YAML parser reads it.
//!
//! The parser takes quadratic time for deep flow nesting and for `%TAG` lines, and it may resolve
//! an alias to the wrong anchor if an anchor is redefined. A quick scan of the bytes detects texts
//! that may do any of this; only these are then read event by event to be certain.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser};

use super::failure::{Failure, MAX_VALUES};
use super::lines::Characters;
use crate::depth::MAX_PARSED_DEPTH;

/// Rejects a text that the YAML parser cannot read safely.
pub(super) fn check_yaml_limits(text: &str) -> Result<(), Failure> {
    let scan = Scan::new(text);
    if let Some(at) = scan.limit_exceeded_at {
        return Err(Failure {
            at: Some(at),
            message: format!("the document has more than {MAX_VALUES} lines and array items"),
            help: "split the document by path or by tag".into(),
        });
    }
    if let Some(at) = scan.tag_directive {
        return Err(Failure {
            at: Some(at),
            message: "`%TAG` directives are not supported".into(),
            help: "remove the directive, and write values without tags".into(),
        });
    }
    if scan.max_depth > MAX_PARSED_DEPTH || scan.has_ambiguous_alias() {
        check_events(text)
    } else {
        Ok(())
    }
}

/// The result of the scan. It includes strings in quotes and comments, so it may overestimate.
#[derive(Default)]
struct Scan<'a> {
    /// At least the number of arrays, objects, and scalars that are not keys.
    values: usize,
    /// The offset at which there were too many values, and the scan stopped.
    limit_exceeded_at: Option<usize>,
    max_depth: usize,
    anchors: BTreeSet<&'a str>,
    redefined_anchors: BTreeSet<&'a str>,
    aliases: BTreeSet<&'a str>,
    tag_directive: Option<usize>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        let mut scan = Self::default();
        let mut depth = 0_usize;
        let mut before = b'\n';
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'\n' | b',' => scan.values += 1,
                b'-' | b'?' if starts_token(before) => scan.values += 1,
                b'[' | b'{' => {
                    scan.values += 1;
                    depth += 1;
                    scan.max_depth = scan.max_depth.max(depth);
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'&' | b'*' if starts_token(before) => scan.record_name(byte, text, at + 1),
                b'%' if before == b'\n' && text.get(at..).is_some_and(is_tag_directive) => {
                    scan.tag_directive.get_or_insert(at);
                }
                _ => {}
            }
            before = byte;
            if scan.values > MAX_VALUES {
                scan.limit_exceeded_at = Some(at);
                break;
            }
        }
        scan
    }

    fn record_name(&mut self, sign: u8, text: &'a str, at: usize) {
        let Some(name) = text.get(at..).and_then(anchor_name) else { return };
        if sign == b'*' {
            self.aliases.insert(name);
        } else if !self.anchors.insert(name) {
            self.redefined_anchors.insert(name);
        }
    }

    fn has_ambiguous_alias(&self) -> bool {
        !self.redefined_anchors.is_disjoint(&self.aliases)
    }
}

fn is_tag_directive(line: &str) -> bool {
    line.strip_prefix("%TAG").is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn starts_token(before: u8) -> bool {
    before.is_ascii_whitespace() || matches!(before, b'[' | b'{' | b',')
}

/// Returns the name at the start of `rest`, if the token ends after it.
fn anchor_name(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let (name, after) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    let is_complete = after.chars().next().is_none_or(|c| {
        c.is_whitespace() || matches!(c, ',' | ']' | '}' | ':' | '?' | '%' | '@' | '`')
    });
    (!name.is_empty() && is_complete).then_some(name)
}

/// Reads the text event by event, and stops at the first event that the YAML parser cannot handle.
fn check_events(text: &str) -> Result<(), Failure> {
    let characters = Characters::new(text);
    let mut depth = 0_usize;
    let mut names = BTreeSet::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| scan_failure(&characters, &error))?;
        let at = characters.byte(span.start.index());
        match &event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_PARSED_DEPTH {
            return Err(too_deep(at));
        }
        if let Event::Scalar(_, _, 1.., _)
        | Event::SequenceStart(1.., _)
        | Event::MappingStart(1.., _) = event
            && let Some(name) = text.get(at..).and_then(leading_anchor)
            && !names.insert(name)
        {
            return Err(Failure {
                at: Some(at),
                message: format!("duplicate anchor `&{name}`"),
                help: "rename one of the two, so that its aliases are unambiguous".into(),
            });
        }
    }
    Ok(())
}

/// Returns the name of the anchor at the start of a value, after its tag if it has one.
fn leading_anchor(value: &str) -> Option<&str> {
    value.split_whitespace().take(2).find_map(|word| anchor_name(word.strip_prefix('&')?))
}

fn scan_failure(characters: &Characters<'_>, error: &saphyr_parser::ScanError) -> Failure {
    let at = characters.byte(error.marker().index());
    if error.info().contains("recursion limit") {
        return too_deep(at);
    }
    Failure {
        at: Some(at),
        message: format!("invalid YAML: {}", error.info()),
        help: "check the brackets, quotation marks and indentation here".into(),
    }
}

fn too_deep(at: usize) -> Failure {
    Failure {
        at: Some(at),
        message: format!("the document is nested deeper than {MAX_PARSED_DEPTH} levels"),
        help: "move inner parts to `components`".into(),
    }
}
