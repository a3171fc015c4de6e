//! Text of a document → [`Node`], as YAML or JSON.

use serde::de::DeserializeSeed;

use super::build::{Build, Value};
use super::input::{MAX_BYTES, too_large};
use super::lines::floor;
use super::{Document, Kind, Node, Sources, limits, locate, yaml};
use crate::report::{Location, Problem};

/// How deep lists and maps may be nested.
pub const MAX_DEPTH: usize = 128;

/// Why a reader refused a text.
pub(super) struct Failure {
    /// The byte it stopped at.
    pub(super) at: Option<usize>,
    pub(super) what: String,
    pub(super) help: String,
}

/// Reads a document.
///
/// Every value gets its number in reading order as its origin. Keys are text, as they are written;
/// a key that stands twice in a map is a problem. Aliases are written out and `<<` merges maps.
///
/// # Errors
///
/// A located problem when the text is neither YAML nor JSON, or is more than a description needs:
/// several documents, tags, more than [`MAX_DEPTH`] levels, aliases that multiply the document.
pub fn parse(sources: &Sources, document: u32) -> Result<Node, Problem> {
    let Some(source) = sources.get(document) else {
        return Err(Problem::error(Location::Run, format!("there is no document {document}")));
    };
    let (start, text) = source.content();
    if text.len() > MAX_BYTES {
        return Err(too_large(&source.file));
    }
    let json = if text.trim_start().starts_with(['{', '[']) {
        let build = Build::new(document, text, false);
        match read_json(text, &build) {
            Ok(node) => return Ok(node),
            Err(failure) => match refused(sources, &build) {
                Some(problem) => return Err(problem),
                None => Some(failure),
            },
        }
    } else {
        None
    };
    let build = Build::new(document, text, true);
    match limits::check(text).and_then(|()| yaml::read(text, &build)) {
        Ok(node) if matches!(node.kind, Kind::Null) => Err(empty(&source.file)),
        Ok(node) => Ok(node),
        Err(failure) => Err(refused(sources, &build).unwrap_or_else(|| {
            // Whoever read on further understood the text better.
            let failure = match json {
                Some(json) if json.at >= failure.at => json,
                _ => failure,
            };
            failure.into_problem(source, start, &build)
        })),
    }
}

fn empty(file: &str) -> Problem {
    Problem::error(Location::File(file.to_owned()), "the document is empty")
        .help("fetch it again; an API description starts with `openapi:`")
}

fn refused(sources: &Sources, build: &Build) -> Option<Problem> {
    let fault = build.take_fault()?;
    let first = fault.first.and_then(|first| locate::position(sources, &Location::Member(first)));
    Some(match first {
        Some(first) => fault.problem.label(format!("first given on line {}", first.line)),
        None => fault.problem,
    })
}

fn read_json(text: &str, build: &Build) -> Result<Node, Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Value(build)
        .deserialize(&mut deserializer)
        .and_then(|node| deserializer.end().map(|()| node))
        .map_err(|error| explain(text, &error))
}

fn explain(text: &str, error: &serde_json::Error) -> Failure {
    let lines_before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line = lines_before.map(str::len).sum::<usize>();
    let at = floor(text, line + error.column().saturating_sub(1));
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
    let (what, help) = if said.starts_with("recursion limit") {
        (format!("nested deeper than {MAX_DEPTH} levels"), "move inner parts to `components`")
    } else {
        (format!("not valid JSON: {said}"), "fetch the document again, or correct it by hand")
    };
    Failure { at: Some(at), what, help: help.into() }
}

impl Failure {
    fn into_problem(self, source: &Document, start: usize, build: &Build) -> Problem {
        let location = match self.at {
            Some(at) => {
                let at = floor(&source.text, start + at);
                let width = source.text.get(at..).and_then(|rest| rest.chars().next());
                let width = width.filter(|c| !matches!(c, '\r' | '\n'));
                Location::Text(source.file.clone(), at..at + width.map_or(0, char::len_utf8))
            }
            None => Location::Member(build.next()),
        };
        Problem::error(location, self.what).help(self.help)
    }
}
