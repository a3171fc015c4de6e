//! What is asked of a text before the YAML reader sees it.
//!
//! That reader takes quadratic time on deep flow nesting and on `%TAG` lines, and when an anchor is
//! defined again it may resolve an alias to a third one. A quick look at the bytes tells whether a
//! text could do any of this; only then the text is read event by event to be sure.

use std::collections::BTreeSet;

use saphyr_parser::{Event, Parser};

use super::lines::Characters;
use super::parse::{Failure, MAX_DEPTH};

/// The most values of a document; the largest known descriptions have a third of it.
pub(super) const MAX_VALUES: usize = 3_000_000;

pub(super) fn check(text: &str) -> Result<(), Failure> {
    let look = Look::at(text);
    if let Some(at) = look.full {
        return Err(Failure {
            at: Some(at),
            what: format!("the document has more than {MAX_VALUES} lines and list items"),
            help: "split it by path or by tag".into(),
        });
    }
    if let Some(at) = look.tag_line {
        return Err(Failure {
            at: Some(at),
            what: "`%TAG` lines are not read".into(),
            help: "write values without tags".into(),
        });
    }
    if look.deepest > MAX_DEPTH || look.ambiguous() { confirm(text) } else { Ok(()) }
}

/// What the bytes alone tell; text in quotes and comments counts, so it may claim too much.
#[derive(Default)]
struct Look<'a> {
    /// No fewer than there are lists, maps and scalars that are no keys.
    values: usize,
    /// Where there are too many; what is behind it was not looked at.
    full: Option<usize>,
    deepest: usize,
    anchors: BTreeSet<&'a str>,
    anchored_twice: BTreeSet<&'a str>,
    aliases: BTreeSet<&'a str>,
    tag_line: Option<usize>,
}

impl<'a> Look<'a> {
    fn at(text: &'a str) -> Self {
        let mut look = Self::default();
        let mut depth = 0_usize;
        let mut before = b'\n';
        for (at, byte) in text.bytes().enumerate() {
            match byte {
                b'\n' | b',' => look.values += 1,
                b'-' | b'?' if starts_token(before) => look.values += 1,
                b'[' | b'{' => {
                    look.values += 1;
                    depth += 1;
                    look.deepest = look.deepest.max(depth);
                }
                b']' | b'}' => depth = depth.saturating_sub(1),
                b'&' | b'*' if starts_token(before) => look.name(byte, text, at + 1),
                b'%' if before == b'\n' && text.get(at..).is_some_and(is_tag_line) => {
                    look.tag_line.get_or_insert(at);
                }
                _ => {}
            }
            before = byte;
            if look.values > MAX_VALUES {
                look.full = Some(at);
                break;
            }
        }
        look
    }

    fn name(&mut self, sign: u8, text: &'a str, at: usize) {
        let Some(name) = text.get(at..).and_then(anchor_name) else { return };
        if sign == b'*' {
            self.aliases.insert(name);
        } else if !self.anchors.insert(name) {
            self.anchored_twice.insert(name);
        }
    }

    fn ambiguous(&self) -> bool {
        !self.anchored_twice.is_disjoint(&self.aliases)
    }
}

fn is_tag_line(line: &str) -> bool {
    line.strip_prefix("%TAG").is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn starts_token(before: u8) -> bool {
    before.is_ascii_whitespace() || matches!(before, b'[' | b'{' | b',')
}

/// The name at the start of `rest`, if what follows it ends a token.
fn anchor_name(rest: &str) -> Option<&str> {
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let (name, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    let ends = behind.chars().next().is_none_or(|c| {
        c.is_whitespace() || matches!(c, ',' | ']' | '}' | ':' | '?' | '%' | '@' | '`')
    });
    (!name.is_empty() && ends).then_some(name)
}

/// Reads the text event by event, and stops at the first thing the YAML reader must not see.
fn confirm(text: &str) -> Result<(), Failure> {
    let characters = Characters::new(text);
    let mut depth = 0_usize;
    let mut names = BTreeSet::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| unreadable(&characters, &error))?;
        let at = characters.byte(span.start.index());
        match &event {
            Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
            Event::SequenceEnd | Event::MappingEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(too_deep(at));
        }
        if let Event::Scalar(_, _, 1.., _)
        | Event::SequenceStart(1.., _)
        | Event::MappingStart(1.., _) = event
            && let Some(name) = text.get(at..).and_then(anchor_of)
            && !names.insert(name)
        {
            return Err(Failure {
                at: Some(at),
                what: format!("the anchor `&{name}` is defined a second time"),
                help: "give it another name; an alias must have one meaning".into(),
            });
        }
    }
    Ok(())
}

/// The name of the anchor a value starts with, behind its tag if it has one.
fn anchor_of(value: &str) -> Option<&str> {
    value.split_whitespace().take(2).find_map(|word| anchor_name(word.strip_prefix('&')?))
}

fn unreadable(characters: &Characters<'_>, error: &saphyr_parser::ScanError) -> Failure {
    let at = characters.byte(error.marker().index());
    if error.info().contains("recursion limit") {
        return too_deep(at);
    }
    Failure {
        at: Some(at),
        what: format!("not valid YAML: {}", error.info()),
        help: "check the brackets, quotation marks and indentation here".into(),
    }
}

fn too_deep(at: usize) -> Failure {
    Failure {
        at: Some(at),
        what: format!("nested deeper than {MAX_DEPTH} levels"),
        help: "move inner parts to `components`".into(),
    }
}
