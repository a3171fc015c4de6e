//! Converts origins and locations to file, line and column.

use std::collections::BTreeMap;
use std::ops::Range;

use super::input::{Document, Sources};
use super::lines::{Lines, floor_char_boundary};
use super::outline::Outline;
use crate::report::{Location, Origin};

/// The byte ranges of a value and its key in their file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The bytes of its key, if it has one.
    pub key: Option<Range<usize>>,
    /// The bytes of the value; empty if the value is omitted, as in `key:`.
    pub value: Range<usize>,
}

/// A range of a file, in lines and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The name of the file.
    pub file: String,
    /// The first line, starting at 1.
    pub line: usize,
    /// The first column, starting at 1, in characters.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last character.
    pub end_column: usize,
    /// The range in bytes.
    pub bytes: Range<usize>,
}

/// Looks up locations. Caches the outline of each document, so that many lookups cost little more
/// than one.
pub struct Locator<'a> {
    sources: &'a Sources,
    outlines: BTreeMap<u32, Outline>,
    lines: BTreeMap<usize, Lines<'a>>,
}

/// Locates a value. Use a [`Locator`] for several values.
pub fn locate(sources: &Sources, origin: Origin) -> Option<Located> {
    Locator::new(sources).locate(origin)
}

/// Returns the position of a location. Use a [`Locator`] for several locations.
pub fn position(sources: &Sources, location: &Location) -> Option<Position> {
    Locator::new(sources).position(location)
}

impl<'a> Locator<'a> {
    /// Creates a locator with an empty cache.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, outlines: BTreeMap::new(), lines: BTreeMap::new() }
    }

    /// Locates a value. Returns `None` if the document is unknown, or has no such value.
    ///
    /// A value inside an alias is located in the anchored text, and the alias itself at its own
    /// text.
    pub fn locate(&mut self, origin: Origin) -> Option<Located> {
        let (start, text) = self.sources.get(origin.document)?.content();
        let outline = self.outlines.entry(origin.document).or_insert_with(|| Outline::parse(text));
        let item = outline.find(origin.node)?;
        let in_file = |range: &Range<usize>| range.start + start..range.end + start;
        Some(Located { key: item.key.as_ref().map(in_file), value: in_file(&item.value) })
    }

    /// Returns the source text of a value, including quotation marks and comments.
    pub fn source_text(&mut self, origin: Origin) -> Option<&'a str> {
        let value = self.locate(origin)?.value;
        self.sources.get(origin.document)?.text.get(value)
    }

    /// Returns the key of a value, without quotation marks.
    pub fn key(&mut self, origin: Origin) -> Option<String> {
        let key = self.locate(origin)?.key?;
        let text = self.sources.get(origin.document)?.text.get(key)?;
        let unquote = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
        Some(unquote('"').or_else(|| unquote('\'')).unwrap_or(text).to_owned())
    }

    /// Returns the position of a location. Returns `None` for whole files, for the run as a whole,
    /// and for locations that do not exist.
    pub fn position(&mut self, location: &Location) -> Option<Position> {
        let (document, bytes) = match location {
            Location::Entry(origin) => {
                (document_index(*origin), entry_range(self.locate(*origin)?))
            }
            Location::Value(origin) => {
                let located = self.locate(*origin)?;
                let range =
                    if located.value.is_empty() { entry_range(located) } else { located.value };
                (document_index(*origin), range)
            }
            Location::Text(file, range) => {
                let is_in_file = |d: &Document| d.file == *file;
                (self.sources.documents.iter().position(is_in_file)?, range.clone())
            }
            Location::File(_) | Location::Run => return None,
        };
        let lines = self.lines(document)?;
        let start = floor_char_boundary(lines.as_str(), bytes.start);
        let end = floor_char_boundary(lines.as_str(), bytes.end).max(start);
        let (line, column) = lines.position(start);
        let (end_line, end_column) = lines.position(end);
        let file = self.sources.documents.get(document)?.file.clone();
        Some(Position { file, line, column, end_line, end_column, bytes: start..end })
    }

    /// Returns the file of a location.
    pub fn file<'p>(&self, location: &'p Location) -> Option<&'p str>
    where
        'a: 'p,
    {
        match location {
            Location::Entry(origin) | Location::Value(origin) => {
                self.sources.get(origin.document).map(|d| d.file.as_str())
            }
            Location::Text(file, _) | Location::File(file) => Some(file),
            Location::Run => None,
        }
    }

    /// Returns the text of the first line of a position, and the bytes of the line that it covers.
    pub(super) fn first_line(&mut self, position: &Position) -> Option<(&'a str, Range<usize>)> {
        let is_in_file = |d: &Document| d.file == position.file;
        let document = self.sources.documents.iter().position(is_in_file)?;
        let lines = self.lines(document)?;
        let line = lines.line(position.bytes.start);
        let text = lines.as_str().get(line.clone())?;
        let start = position.bytes.start.clamp(line.start, line.end) - line.start;
        let end = position.bytes.end.clamp(line.start, line.end) - line.start;
        Some((text, start..end))
    }

    fn lines(&mut self, document: usize) -> Option<&Lines<'a>> {
        let text = &self.sources.documents.get(document)?.text;
        Some(self.lines.entry(document).or_insert_with(|| Lines::new(text)))
    }
}

fn document_index(origin: Origin) -> usize {
    usize::try_from(origin.document).unwrap_or(usize::MAX)
}

/// Returns the range from the key, if there is one, to the end of the value.
fn entry_range(located: Located) -> Range<usize> {
    match located.key {
        Some(key) => {
            let end = if located.value.start < key.start { key.end } else { located.value.end };
            key.start..end.max(key.end)
        }
        None => located.value,
    }
}
