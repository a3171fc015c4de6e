//! Every page and document of the corpus is read, and the locations of its values are correct.

use std::collections::BTreeMap;
use std::path::Path;

use crate::corpus;
use docwright::report::{Origin, Report, Severity};
use docwright::source::locate::Locator;
use docwright::source::{self, Kind, Node, Sources, render};
use docwright::{Input, page};
use serde::de::DeserializeOwned;

/// Expected errors: a part of the file name and a part of the message.
const EXPECTED: &[(&str, &str)] = &[];

#[test]
fn all_pages_of_specs_are_read() {
    let read = read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"), &["md"]);
    read.print("specs of this repository");
    assert!(read.files > 0);
    assert_eq!(
        (read.pages, read.with_title, read.with_target),
        (read.files, read.files, read.files)
    );
    assert!(read.problems.is_empty(), "{}", read.rendered);
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn all_pages_of_the_corpus_are_read() {
    let root = corpus::folder().join("pages");
    for folder in ["a", "b", "a-synth", "b-synth"] {
        let read = read_all(&root.join(folder), &["md"]);
        read.print(folder);
        assert!(read.pages >= read.files, "{folder}: a file has no page");
        assert_eq!(read.with_target, read.pages, "{folder}: a block does not name an operation");
        assert_eq!(read.with_title, read.pages, "{folder}: a page has no title");
        read.assert_expected();
    }
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn all_documents_of_the_corpus_are_read() {
    let root = corpus::folder().join("specs");
    let read = read_all(&root, &["yaml", "yml", "json"]);
    read.print("specs");
    assert_eq!(read.pages, read.files);
    read.assert_expected();
}

/// What was read from a folder.
#[derive(Default)]
struct Summary {
    files: usize,
    pages: usize,
    with_title: usize,
    with_target: usize,
    with_description: usize,
    callouts: usize,
    values: usize,
    problems: BTreeMap<Severity, Vec<String>>,
    rendered: String,
}

impl Summary {
    fn count(&self, severity: Severity) -> usize {
        self.problems.get(&severity).map_or(0, Vec::len)
    }

    fn print(&self, name: &str) {
        println!(
            "{name}: {} files, {} pages ({} with a title, {} with an operation, {} with a \
             description, {} callouts), {} values; {} errors, {} notes",
            self.files,
            self.pages,
            self.with_title,
            self.with_target,
            self.with_description,
            self.callouts,
            self.values,
            self.count(Severity::Error),
            self.count(Severity::Note),
        );
    }

    fn assert_expected(&self) {
        let errors = self.problems.get(&Severity::Error).cloned().unwrap_or_default();
        let unexpected = errors.iter().filter(|error| {
            !EXPECTED.iter().any(|(file, what)| error.contains(file) && error.contains(what))
        });
        assert_eq!(unexpected.count(), 0, "{}", self.rendered);
    }
}

fn read_all(folder: &Path, extensions: &[&str]) -> Summary {
    let mut report = Report::default();
    let inputs = read_files(folder, extensions);
    let mut sources = Sources::default();
    let pages = page::read(&inputs, &mut sources, &mut report);
    let mut read = Summary { files: inputs.len(), pages: pages.len(), ..Summary::default() };
    for page in &pages {
        read.with_title += usize::from(page.title.is_some());
        read.with_target += usize::from(page.target.is_some());
        read.with_description += usize::from(page.description.is_some());
        read.callouts += page.notes.len();
        match source::parse(&sources, page.document) {
            Ok(node) => read.values += check_positions(&sources, &node),
            Err(problem) => report.push(problem),
        }
    }
    for problem in &report.problems {
        let text = format!("{:?} {}", problem.location, problem.message);
        read.problems.entry(problem.severity).or_default().push(text);
    }
    read.rendered = render::render(&sources, &report, false);
    read
}

fn read_files(folder: &Path, extensions: &[&str]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.is_dir() {
            inputs.extend(read_files(&path, extensions));
        } else if extensions.contains(&extension) {
            let file = path.to_string_lossy().into_owned();
            inputs.push(Input { file, bytes: std::fs::read(&path).expect("a readable file") });
        }
    }
    inputs
}

/// Parses values again at their locations and checks that they are the same: every value, or some
/// of those in a very large document. Returns the number of values in the tree.
fn check_positions(sources: &Sources, root: &Node) -> usize {
    let mut locator = Locator::new(sources);
    let length = sources.documents[root.origin.document as usize].block.len();
    let step = if length > 300_000 { 11 } else { 1 };
    let mut count = 0;
    let mut pending = vec![(None, root)];
    while let Some((key, node)) = pending.pop() {
        if count % step == 0 {
            check_position(&mut locator, sources, key, node);
        }
        count += 1;
        match &node.kind {
            Kind::Array(items) => pending.extend(items.iter().map(|item| (None, item))),
            Kind::Object(map) => pending.extend(map.iter().map(|(key, node)| (Some(key), node))),
            _ => {}
        }
    }
    count
}

fn check_position(locator: &mut Locator<'_>, sources: &Sources, key: Option<&String>, node: &Node) {
    let Origin { document, node: number } = node.origin;
    let document = &sources.documents[document as usize];
    let located = locator.locate(node.origin);
    let located = located.unwrap_or_else(|| panic!("{} has no value {number}", document.file));
    let text = &document.text[located.value.clone()];
    let location = || format!("{} value {number}: {text:?}", document.file);
    assert!(document.block.start <= located.value.start, "{}", location());
    assert!(located.value.end <= document.block.end, "{}", location());
    assert_eq!(key.is_some(), located.key.is_some(), "{}", location());
    if let (Some(key), Some(range)) = (key, &located.key) {
        let key_text = &document.text[range.clone()];
        let parsed = parse_scalar::<String>(key_text);
        let is_same = key_text == key || parsed.as_ref() == Some(key);
        assert!(is_same, "{} is not {key:?}", location());
    }
    match &node.kind {
        _ if text.starts_with('*') => {}
        Kind::Object(map) => assert!(map.is_empty() || !text.is_empty(), "{}", location()),
        Kind::Array(items) if !items.is_empty() => {
            assert!(text.starts_with(['-', '[']), "{}", location());
        }
        Kind::Array(_) => assert_eq!(without_whitespace(text), "[]", "{}", location()),
        Kind::String(value) => {
            assert!(represents(text, value), "{} is not {value:?}", location());
        }
        _ => {
            let parsed = parse_scalar::<serde_json::Value>(text);
            assert_eq!(parsed, Some(node.to_json()), "{}", location());
        }
    }
}

fn parse_scalar<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok().or_else(|| serde_yaml::from_str(text).ok())
}

/// Returns whether the source text of a scalar represents the string. Block scalars can be folded,
/// so whitespace is ignored unless the scalar is quoted.
fn represents(text: &str, value: &str) -> bool {
    let is_quoted = text.starts_with(['"', '\'']);
    is_quoted && parse_scalar::<String>(text).as_deref() == Some(value)
        || without_whitespace(text) == without_whitespace(value)
}

fn without_whitespace(text: &str) -> String {
    text.split_whitespace().collect()
}
