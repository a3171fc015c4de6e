//! Randomly damaged pages are read or rejected without a panic.

use std::path::Path;

use docwright::report::{Location, Origin, Report};
use docwright::source::locate::Locator;
use docwright::source::{self, Kind, Node, Sources, render};
use docwright::{Input, Problem, page};

/// The number of damaged copies of each page.
const COPIES: u32 = 300;

/// Strings with a meaning in Markdown, YAML or JSON.
const PIECES: &[&str] = &[
    "`",
    "````",
    "\n````yaml get /x\n",
    "---\n",
    "# ",
    "> ",
    "<Note>",
    "&a ",
    "*a",
    "*ref_0",
    "<<: ",
    "!t ",
    "? ",
    "- ",
    "[",
    "{",
    "]",
    "}",
    "\"",
    "'",
    "\\",
    ": ",
    "|\n",
    "\t",
    "\r",
    "\u{feff}",
    "é",
    "\u{2028}",
    "\0",
    "%TAG ! x\n",
    "\n",
    "  ",
    "#",
];

#[test]
fn damaged_pages_are_read_or_rejected() {
    let mut random = Random(0x5eed);
    let (mut accepted, mut rejected) = (0, 0);
    for page in pages() {
        for _ in 0..COPIES {
            let bytes = damage(&page, &mut random);
            if read(&bytes) { rejected += 1 } else { accepted += 1 }
        }
    }
    println!("{accepted} damaged pages read, {rejected} rejected");
    assert!(accepted > 0 && rejected > 0);
}

/// Returns the pages of this repository.
fn pages() -> Vec<String> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut pages = Vec::new();
    for vendor in std::fs::read_dir(specs).expect("specs/ exists") {
        for file in std::fs::read_dir(vendor.expect("a folder").path()).expect("a readable folder")
        {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(std::fs::read_to_string(path).expect("a page is UTF-8"));
            }
        }
    }
    pages.sort();
    pages
}

/// Returns a copy of a page in which some ranges are removed or duplicated, or pieces are inserted.
fn damage(page: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = page.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let start = random.below(bytes.len());
        let end = (start + random.below(200)).min(bytes.len());
        match random.below(5) {
            0 => drop(bytes.drain(start..end)),
            1 => bytes.truncate(start),
            2 => {
                let piece = bytes[start..end].to_vec();
                bytes.splice(start..start, piece);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(start..start, piece.bytes());
            }
        }
    }
    bytes
}

/// Reads a page and renders the locations of its values. Returns whether there was an error.
fn read(bytes: &[u8]) -> bool {
    let mut report = Report::default();
    let names = ["page.md", "document.yaml", "document.json"];
    let inputs = names.map(|file| Input { file: file.into(), bytes: bytes.to_vec() });
    let mut sources = Sources::default();
    let pages = page::read(&inputs[..1], &mut sources, &mut report);
    for page in &pages {
        match source::parse(&sources, page.document) {
            Ok(node) => {
                let document = page.document;
                let locations = (0..count_values(&node)).map(|node| Origin { document, node });
                let mut locator = Locator::new(&sources);
                // The locator is stricter than the parser and may stop early: then all locations
                // before are correct, and no location after.
                let found = locations.clone().map(|origin| locator.locate(origin).is_some());
                assert!(found.is_sorted_by(|before, after| before >= after));
                assert_eq!(locator.locate(Origin { document, node: count_values(&node) }), None);
                let locations = locations.step_by(7).map(Location::Entry);
                report.problems.extend(locations.map(|location| Problem::note(location, "here")));
            }
            Err(problem) => report.push(problem),
        }
    }
    let is_rejected = report.has_errors();
    assert!(!pages.is_empty() || is_rejected, "the page is neither read nor rejected");
    report.problems.extend(sources.parse(&inputs[1]).err());
    assert!(!render::render(&sources, &report, false).is_empty());
    assert!(render::to_json(&sources, &report).is_array());
    is_rejected
}

/// Returns the number of values in a tree.
fn count_values(node: &Node) -> u32 {
    let children: u32 = match &node.kind {
        Kind::Array(items) => items.iter().map(count_values).sum(),
        Kind::Object(map) => map.values().map(count_values).sum(),
        _ => 0,
    };
    children + 1
}

/// A linear congruential generator, which gives the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).map_or(0, |n| n % limit.max(1))
    }
}
