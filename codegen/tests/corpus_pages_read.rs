//! Every page and document of the corpus is read, and every value of it can be shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use docwright::report::{Origin, Report, Severity};
use docwright::source::locate::Locator;
use docwright::source::{self, Kind, Node, Sources, render};
use docwright::{Input, page};
use serde::de::DeserializeOwned;

/// Errors that are right, by file and words: the file is known to be wrong in this way.
const EXPECTED: &[(&str, &str)] = &[];

#[test]
fn own_pages() {
    let read = read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"), &["md"]);
    read.print("specs of this repository");
    assert!(read.files > 0);
    assert_eq!(
        (read.pages, read.with_title, read.with_target),
        (read.files, read.files, read.files)
    );
    assert!(read.problems.is_empty(), "{}", read.text);
}

#[test]
fn pages() {
    let Some(root) = corpus("pages") else { return };
    for folder in ["a", "b", "a-synth", "b-synth"] {
        let read = read_all(&root.join(folder), &["md"]);
        read.print(folder);
        assert!(read.pages >= read.files, "{folder}: a file without a page");
        assert_eq!(read.with_target, read.pages, "{folder}: a block that names no operation");
        assert_eq!(read.with_title, read.pages, "{folder}: a page without a heading");
        read.assert_expected();
    }
}

#[test]
fn specs() {
    let Some(root) = corpus("specs") else { return };
    let read = read_all(&root, &["yaml", "yml", "json"]);
    read.print("specs");
    assert_eq!(read.pages, read.files);
    read.assert_expected();
}

/// A folder of the corpus, which is not part of this repository.
fn corpus(folder: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus").join(folder);
    if beside.is_dir() {
        return Some(beside);
    }
    println!("skipped: there is no {} to read", beside.display());
    None
}

#[derive(Default)]
struct Read {
    files: usize,
    pages: usize,
    with_title: usize,
    with_target: usize,
    with_description: usize,
    callouts: usize,
    values: usize,
    problems: BTreeMap<Severity, Vec<String>>,
    text: String,
}

impl Read {
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
        assert_eq!(unexpected.count(), 0, "{}", self.text);
    }
}

fn read_all(folder: &Path, extensions: &[&str]) -> Read {
    let mut report = Report::default();
    let inputs = inputs(folder, extensions);
    let (sources, pages) = page::read(&inputs, &mut report);
    let mut read = Read { files: inputs.len(), pages: pages.len(), ..Read::default() };
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
        let text = format!("{:?} {}", problem.location, problem.what);
        read.problems.entry(problem.severity).or_default().push(text);
    }
    read.text = render::render(&report, false);
    read
}

fn inputs(folder: &Path, extensions: &[&str]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("its entries too").path();
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.is_dir() {
            inputs.extend(self::inputs(&path, extensions));
        } else if extensions.contains(&extension) {
            let file = path.to_string_lossy().into_owned();
            inputs.push(Input { file, bytes: std::fs::read(&path).expect("it can be read") });
        }
    }
    inputs
}

/// Reads values again from the location that is shown for them, and expects the same: every value, or
/// some of a very large document. Returns how many there are.
fn check_positions(sources: &Sources, root: &Node) -> usize {
    let mut locator = Locator::new(sources);
    let length = sources.documents[root.origin.document as usize].block.len();
    let step = if length > 300_000 { 11 } else { 1 };
    let mut seen = 0;
    let mut open = vec![(None, root)];
    while let Some((key, node)) = open.pop() {
        if seen % step == 0 {
            check_position(&mut locator, sources, key, node);
        }
        seen += 1;
        match &node.kind {
            Kind::Array(items) => open.extend(items.iter().map(|item| (None, item))),
            Kind::Object(map) => open.extend(map.iter().map(|(key, node)| (Some(key), node))),
            _ => {}
        }
    }
    seen
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
        let written = &document.text[range.clone()];
        let read = read_scalar::<String>(written);
        assert!(written == key || read.as_ref() == Some(key), "{} not {key:?}", location());
    }
    match &node.kind {
        _ if text.starts_with('*') => {}
        Kind::Object(map) => assert!(map.is_empty() || !text.is_empty(), "{}", location()),
        Kind::Array(items) if !items.is_empty() => {
            assert!(text.starts_with(['-', '[']), "{}", location());
        }
        Kind::Array(_) => assert_eq!(dense(text), "[]", "{}", location()),
        Kind::String(value) => assert!(is_written(text, value), "{} not {value:?}", location()),
        _ => {
            let read = read_scalar::<serde_json::Value>(text);
            assert_eq!(read, Some(node.to_json()), "{}", location());
        }
    }
}

fn read_scalar<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok().or_else(|| serde_yaml::from_str(text).ok())
}

/// Whether a text in the form of a document stands for a string. The lines of a block are folded,
/// so only what is not blank is compared there.
fn is_written(text: &str, value: &str) -> bool {
    let quoted = text.starts_with(['"', '\'']);
    quoted && read_scalar::<String>(text).as_deref() == Some(value) || dense(text) == dense(value)
}

fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}
