//! Decodes the bytes of files, and maintains the list of documents.

use std::ops::Range;
use std::sync::Arc;

use crate::report::{Location, Problem, Report};

/// The name and content of a file.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name shown in problems: a path with `/` between its parts.
    pub file: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The documents of a run, to which the origins of nodes refer.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Every document, in the order in which they were read.
    pub documents: Vec<Document>,
}

/// A text that was read as one document: a whole file, or one fenced block of a page.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name of the file, as shown in problems, such as `specs/acme/create-token.md`.
    pub file: String,
    /// The text of the whole file.
    pub text: Arc<str>,
    /// The byte range of the document in `text`.
    pub block: Range<usize>,
}

/// The problems of a run that failed, with the documents that they refer to.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// The documents.
    pub sources: Sources,
    /// The problems.
    pub report: Report,
}

impl From<Report> for Diagnostics {
    /// Creates diagnostics for problems that do not refer to the text of a document.
    fn from(report: Report) -> Self {
        Self { sources: Sources::default(), report }
    }
}

/// The maximum size of a file.
pub const MAX_BYTES: usize = 32 << 20;

pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

impl Sources {
    /// Adds a file that is one document, and returns its index in the list.
    ///
    /// # Errors
    ///
    /// Returns a problem if the file is not UTF-8, or is larger than [`MAX_BYTES`].
    pub fn add(&mut self, input: &Input) -> Result<u32, Problem> {
        let text = input_text(input)?;
        Ok(self.push(Document::whole(&input.file, text.into())))
    }

    /// Adds a document, and returns its index in the list.
    pub fn push(&mut self, document: Document) -> u32 {
        let index = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        self.documents.push(document);
        index
    }

    /// Returns the document at an index of the list.
    pub fn get(&self, document: u32) -> Option<&Document> {
        self.documents.get(usize::try_from(document).ok()?)
    }
}

impl Document {
    /// Creates a document from a whole file.
    pub fn whole(file: &str, text: Arc<str>) -> Self {
        Self { file: file.to_owned(), block: 0..text.len(), text }
    }

    /// Creates a document from a range of a file whose text is shared with other documents.
    pub fn block(file: &str, text: &Arc<str>, block: Range<usize>) -> Self {
        Self { file: file.to_owned(), text: Arc::clone(text), block }
    }

    /// Returns the offset in the file and the text of the document, without a byte order mark.
    pub(super) fn content(&self) -> (usize, &str) {
        let block = self.text.get(self.block.clone()).unwrap_or_default();
        match block.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (self.block.start + BYTE_ORDER_MARK.len_utf8(), rest),
            None => (self.block.start, block),
        }
    }
}

/// Decodes the text of a file.
pub(crate) fn input_text(input: &Input) -> Result<&str, Problem> {
    if input.bytes.len() > MAX_BYTES {
        return Err(file_too_large(&input.file));
    }
    std::str::from_utf8(&input.bytes).map_err(|error| {
        let before = input.bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let message = if input.bytes.starts_with(b"\xff\xfe")
            || input.bytes.starts_with(b"\xfe\xff")
        {
            "the file is UTF-16, not UTF-8".to_owned()
        } else {
            format!("the file is not valid UTF-8: line {line} contains an invalid byte sequence")
        };
        Problem::error(Location::File(input.file.clone()), message)
            .help("convert the file to UTF-8")
    })
}

/// Creates the problem of a file that is larger than [`MAX_BYTES`].
pub(super) fn file_too_large(file: &str) -> Problem {
    let message = format!("the file is larger than {} MiB", MAX_BYTES >> 20);
    Problem::error(Location::File(file.to_owned()), message)
        .help("split the document by path or by tag")
}
