//! Origins and locations → file, line and column.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Sources;
use super::lines::{Lines, floor};
use super::outline::Outline;
use crate::report::{Location, Origin};

/// Where a value stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The bytes of its key, if it is a member of a map.
    pub key: Option<Range<usize>>,
    /// The bytes of the value; none where the value is left out, as in `key:`.
    pub value: Range<usize>,
}

/// A stretch of a file as people count it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file's name.
    pub file: String,
    /// The first line, from 1.
    pub line: usize,
    /// The first column, from 1, in characters.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// The bytes of the file.
    pub bytes: Range<usize>,
}

/// Looks up locations. Keeps what it read of a document, so that many locations cost little more than
/// one.
pub struct Locator<'a> {
    sources: &'a Sources,
    outlines: BTreeMap<u32, Outline>,
    lines: BTreeMap<usize, Lines<'a>>,
}

/// Where a value stands; use a [`Locator`] for many.
pub fn locate(sources: &Sources, origin: Origin) -> Option<Located> {
    Locator::new(sources).locate(origin)
}

/// Where a location stands; use a [`Locator`] for many.
pub fn position(sources: &Sources, location: &Location) -> Option<Position> {
    Locator::new(sources).position(location)
}

impl<'a> Locator<'a> {
    /// A locator that has read nothing yet.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, outlines: BTreeMap::new(), lines: BTreeMap::new() }
    }

    /// Where a value stands. `None` when the document is unknown, or has no such value.
    ///
    /// A value inside an alias stands in the anchored text; the alias itself stands where it is
    /// written.
    pub fn locate(&mut self, origin: Origin) -> Option<Located> {
        let (start, text) = self.sources.get(origin.document)?.content();
        let outline = self.outlines.entry(origin.document).or_insert_with(|| Outline::of(text));
        let item = outline.find(origin.node)?;
        let in_file = |range: &Range<usize>| range.start + start..range.end + start;
        Some(Located { key: item.key.as_ref().map(in_file), value: in_file(&item.value) })
    }

    /// The text of a value as it is written: quotation marks, comments and all.
    pub fn text(&mut self, origin: Origin) -> Option<&'a str> {
        let value = self.locate(origin)?.value;
        self.sources.get(origin.document)?.text.get(value)
    }

    /// The key of a member, without quotation marks.
    pub fn key(&mut self, origin: Origin) -> Option<String> {
        let key = self.locate(origin)?.key?;
        let text = self.sources.get(origin.document)?.text.get(key)?;
        let bare = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
        Some(bare('"').or_else(|| bare('\'')).unwrap_or(text).to_owned())
    }

    /// Where a location stands. `None` for whole files and whole runs, and for what is not found.
    pub fn position(&mut self, location: &Location) -> Option<Position> {
        let (document, bytes) = match location {
            Location::Member(origin) => (document(*origin), member(self.locate(*origin)?)),
            Location::Value(origin) => {
                let located = self.locate(*origin)?;
                let range = if located.value.is_empty() { member(located) } else { located.value };
                (document(*origin), range)
            }
            Location::Text(file, range) => {
                let of_file = |d: &super::Document| d.file == *file;
                (self.sources.documents.iter().position(of_file)?, range.clone())
            }
            Location::File(_) | Location::Run => return None,
        };
        let lines = self.lines(document)?;
        let start = floor(lines.text(), bytes.start);
        let end = floor(lines.text(), bytes.end).max(start);
        let (line, column) = lines.position(start);
        let (end_line, end_column) = lines.position(end);
        let file = self.sources.documents.get(document)?.file.clone();
        Some(Position { file, line, column, end_line, end_column, bytes: start..end })
    }

    /// The file a location is in.
    pub fn file<'p>(&self, location: &'p Location) -> Option<&'p str>
    where
        'a: 'p,
    {
        match location {
            Location::Member(origin) | Location::Value(origin) => {
                self.sources.get(origin.document).map(|d| d.file.as_str())
            }
            Location::Text(file, _) | Location::File(file) => Some(file),
            Location::Run => None,
        }
    }

    /// The text of the first line of a position, and which bytes of it the position covers.
    pub(super) fn first_line(&mut self, position: &Position) -> Option<(&'a str, Range<usize>)> {
        let of_file = |d: &super::Document| d.file == position.file;
        let document = self.sources.documents.iter().position(of_file)?;
        let lines = self.lines(document)?;
        let line = lines.line(position.bytes.start);
        let text = lines.text().get(line.clone())?;
        let start = position.bytes.start.clamp(line.start, line.end) - line.start;
        let end = position.bytes.end.clamp(line.start, line.end) - line.start;
        Some((text, start..end))
    }

    fn lines(&mut self, document: usize) -> Option<&Lines<'a>> {
        let text = &self.sources.documents.get(document)?.text;
        Some(self.lines.entry(document).or_insert_with(|| Lines::new(text)))
    }
}

fn document(origin: Origin) -> usize {
    usize::try_from(origin.document).unwrap_or(usize::MAX)
}

/// From the key, if there is one, to the end of the value.
fn member(located: Located) -> Range<usize> {
    match located.key {
        Some(key) => {
            let end = if located.value.start < key.start { key.end } else { located.value.end };
            key.start..end.max(key.end)
        }
        None => located.value,
    }
}
