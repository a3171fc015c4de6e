//! Parses the text of a document, as YAML or JSON, into a [`Node`].

use serde::de::DeserializeSeed;

use super::failure::Failure;
use super::input::{Document, Input, MAX_BYTES, Sources, file_too_large};
use super::lines::floor_char_boundary;
use super::node_visitor::{NodeVisitor, VisitorState};
use super::{Kind, Node, limits, locate, yaml};
use crate::depth::MAX_PARSED_DEPTH;
use crate::report::{Location, Problem};

impl Sources {
    /// Adds a file that is one document, and parses it.
    ///
    /// # Errors
    ///
    /// Returns the problems of [`Sources::add`] and [`parse`].
    pub fn parse(&mut self, input: &Input) -> Result<Node, Problem> {
        let document = self.add(input)?;
        parse(self, document)
    }
}

/// Parses a document.
///
/// The origin of every value is its number in reading order. Keys are strings, as they are written.
/// Aliases are expanded, and `<<` merges objects.
///
/// # Errors
///
/// Returns a problem with its location if the text is neither YAML nor JSON, has a duplicate key,
/// or uses what no OpenAPI document needs: several documents, tags, more than [`MAX_PARSED_DEPTH`] levels,
/// or aliases that multiply the size of the document.
pub fn parse(sources: &Sources, document: u32) -> Result<Node, Problem> {
    let Some(source) = sources.get(document) else {
        return Err(Problem::error(Location::Run, format!("document {document} does not exist")));
    };
    let (start, text) = source.content();
    if text.len() > MAX_BYTES {
        return Err(file_too_large(&source.file));
    }
    let json = if text.trim_start().starts_with(['{', '[']) {
        let state = VisitorState::new(document, text, false);
        match read_json(text, &state) {
            Ok(node) => return Ok(node),
            Err(failure) => match take_refusal_problem(sources, &state) {
                Some(problem) => return Err(problem),
                None => Some(failure),
            },
        }
    } else {
        None
    };
    let state = VisitorState::new(document, text, true);
    match limits::check_yaml_limits(text).and_then(|()| yaml::read_yaml(text, &state)) {
        Ok(node) if matches!(node.kind, Kind::Null) => Err(empty_document(&source.file)),
        Ok(node) => Ok(node),
        Err(failure) => Err(take_refusal_problem(sources, &state).unwrap_or_else(|| {
            // The parser that got further has the better message.
            let failure = match json {
                Some(json) if json.at >= failure.at => json,
                _ => failure,
            };
            failure.into_problem(source, start, &state)
        })),
    }
}

fn empty_document(file: &str) -> Problem {
    Problem::error(Location::File(file.to_owned()), "the document is empty")
        .help("download it again; an OpenAPI document starts with `openapi:`")
}

fn take_refusal_problem(sources: &Sources, state: &VisitorState) -> Option<Problem> {
    let refusal = state.take_refusal()?;
    let first = refusal.first.and_then(|first| locate::position(sources, &Location::Entry(first)));
    Some(match first {
        Some(first) => refusal.problem.label(format!("first defined on line {}", first.line)),
        None => refusal.problem,
    })
}

fn read_json(text: &str, state: &VisitorState) -> Result<Node, Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    NodeVisitor(state)
        .deserialize(&mut deserializer)
        .and_then(|node| deserializer.end().map(|()| node))
        .map_err(|error| json_failure(text, &error))
}

fn json_failure(text: &str, error: &serde_json::Error) -> Failure {
    let lines_before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let line = lines_before.map(str::len).sum::<usize>();
    let at = floor_char_boundary(text, line + error.column().saturating_sub(1));
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ").map_or(text.as_str(), |(reason, _)| reason);
    let (message, help) = if reason.starts_with("recursion limit") {
        let message = format!("the document is nested deeper than {MAX_PARSED_DEPTH} levels");
        (message, "move inner parts to `components`")
    } else {
        (format!("invalid JSON: {reason}"), "download the document again, or correct it by hand")
    };
    Failure { at: Some(at), message, help: help.into() }
}

impl Failure {
    fn into_problem(self, source: &Document, start: usize, state: &VisitorState) -> Problem {
        let location = match self.at {
            Some(at) => {
                let at = floor_char_boundary(&source.text, start + at);
                let first = source.text.get(at..).and_then(|rest| rest.chars().next());
                let first = first.filter(|c| !matches!(c, '\r' | '\n'));
                Location::Text(source.file.clone(), at..at + first.map_or(0, char::len_utf8))
            }
            None => Location::Entry(state.peek_origin()),
        };
        Problem::error(location, self.message).help(self.help)
    }
}
