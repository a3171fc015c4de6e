//! Pages damaged at random: each is read or refused, and nothing panics or takes long.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::path::Path;
use std::time::{Duration, Instant};

use docwright::report::{Location, Origin, Report};
use docwright::source::locate::Locator;
use docwright::source::{self, Kind, Node, render};
use docwright::{Input, Problem, page};

const COPIES: u32 = 300;

/// Pieces that mean something to a page or a document.
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
fn damaged_pages_are_read_or_refused() {
    let mut random = Random(0x5eed);
    let mut counts = (0, 0);
    for original in originals() {
        for _ in 0..COPIES {
            let bytes = damaged(&original, &mut random);
            let start = Instant::now();
            let refused = read(&bytes);
            let took = start.elapsed();
            assert!(took < Duration::from_secs(5), "{took:?}: {}", String::from_utf8_lossy(&bytes));
            if refused { counts.1 += 1 } else { counts.0 += 1 }
        }
    }
    println!("{} damaged pages read, {} refused", counts.0, counts.1);
    assert!(counts.0 > 0 && counts.1 > 0);
}

/// The pages of this repository, and their blocks as documents of their own.
fn originals() -> Vec<String> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let mut originals = Vec::new();
    for vendor in std::fs::read_dir(specs).expect("there are specs") {
        for file in std::fs::read_dir(vendor.expect("a folder").path()).expect("it has files") {
            let path = file.expect("a file").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                originals.push(std::fs::read_to_string(path).expect("a page is text"));
            }
        }
    }
    originals.sort();
    originals
}

/// A copy with a few stretches removed, repeated, or replaced by other pieces.
fn damaged(original: &str, random: &mut Random) -> Vec<u8> {
    let mut bytes = original.as_bytes().to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let end = (at + random.below(200)).min(bytes.len());
        match random.below(5) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
    bytes
}

/// Reads a page and shows every location of it. Returns whether something was refused.
fn read(bytes: &[u8]) -> bool {
    let mut report = Report::default();
    let names = ["page.md", "document.yaml", "document.json"];
    let inputs = names.map(|file| Input { file: file.into(), bytes: bytes.to_vec() });
    let (sources, pages) = page::read(&inputs[..1], &mut report);
    for page in &pages {
        match source::parse(&sources, page.document) {
            Ok(node) => {
                let document = page.document;
                let locations = (0..count(&node)).map(|node| Origin { document, node });
                let mut locator = Locator::new(&sources);
                // The reader of locations is the stricter one. Where it stops, locations end: none of
                // those before is wrong, and none behind is made up.
                let found = locations.clone().map(|origin| locator.locate(origin).is_some());
                assert!(found.is_sorted_by(|before, after| before >= after));
                assert_eq!(locator.locate(Origin { document, node: count(&node) }), None);
                let locations = locations.step_by(7).map(Location::Member);
                report.problems.extend(locations.map(|location| Problem::note(location, "here")));
            }
            Err(problem) => report.push(problem),
        }
    }
    let refused = report.has_errors();
    assert!(!pages.is_empty() || refused, "neither read nor refused");
    let whole = report.sources.add(&inputs[1]).and_then(|d| source::parse(&report.sources, d));
    report.problems.extend(whole.err());
    assert!(!render::render(&report, false).is_empty());
    assert!(render::to_json(&report).is_array());
    refused
}

/// How many values a tree holds.
fn count(node: &Node) -> u32 {
    let children: u32 = match &node.kind {
        Kind::Array(items) => items.iter().map(count).sum(),
        Kind::Object(map) => map.values().map(count).sum(),
        _ => 0,
    };
    children + 1
}

/// The same numbers in every run (a linear congruential generator).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).map_or(0, |n| n % limit.max(1))
    }
}
