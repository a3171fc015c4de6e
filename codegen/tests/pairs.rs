//! One API in several forms: the endpoint dialect and OpenAPI, pages and the whole document. Methods
//! and types must be equal, but for a written list of what the dialect loses (`pairs/rules.rs`).
//!
//! Compared are the operations (names, path, parameters, bodies, responses, security, servers) and, by
//! structure, every type they reach; texts for people are not. The corpus lies beside the repository,
//! or where `DOCWRIGHT_CORPUS` says; without it this test says so and proves nothing.

#[path = "pairs/cases.rs"]
mod cases;
#[path = "pairs/changes.rs"]
mod changes;
#[path = "pairs/compare.rs"]
mod compare;
#[path = "pairs/difference.rs"]
mod difference;
#[path = "pairs/items.rs"]
mod items;
#[path = "pairs/locations.rs"]
mod locations;
#[path = "pairs/members.rs"]
mod members;
#[path = "pairs/naming.rs"]
mod naming;
#[path = "pairs/rest.rs"]
mod rest;
#[path = "pairs/rules.rs"]
mod rules;
#[path = "pairs/side.rs"]
mod side;
#[path = "pairs/tally.rs"]
mod tally;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use changes::{Changed, Changes, key};
use rules::Forms;
use side::{Parts, Side, read};
use tally::Tally;

/// The folder of another corpus.
const ELSEWHERE: &str = "DOCWRIGHT_CORPUS";

/// The corpus, unless there is none.
fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = elsewhere().unwrap_or(beside);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no corpus at {}", folder.display());
    None
}

#[expect(clippy::disallowed_methods, reason = "a test may read the environment")]
fn elsewhere() -> Option<PathBuf> {
    std::env::var_os(ELSEWHERE).map(PathBuf::from)
}

/// The synthetic sets of a corpus by name, each with the document it was made of.
fn sets(corpus: &Path) -> Vec<(String, PathBuf)> {
    let documents = files(&corpus.join("specs"));
    let document = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let made_of = documents.iter().find(|file| file.file_stem() == folder.file_name());
        let made_of = made_of.unwrap_or_else(|| panic!("{name}: there is no such document"));
        (name, made_of.clone())
    };
    files(&corpus.join("pages/a-synth")).into_iter().map(document).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Prints and pins the counts; nothing may be left unexplained.
fn finish(name: &str, tally: &Tally) {
    let text = tally.print();
    println!("{text}");
    for (page, difference) in &tally.unexplained {
        println!(
            "unexplained, {page}: {difference}\n    {}\t{}",
            key(difference),
            difference.words()
        );
    }
    for why in &tally.one_refused {
        println!("refused, {why}");
    }
    assert!(tally.one_refused.is_empty(), "{} forms are refused", tally.one_refused.len());
    assert!(tally.unexplained.is_empty(), "{} are unexplained", tally.unexplained.len());
    if elsewhere().is_none() {
        pin(name, &text);
    }
}

fn pin(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "pairs/snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// Each rule on a small pair, and pairs that no rule explains.
#[test]
fn each_loss() {
    let text = cases::shown(&[
        "the operation's tags: its file is named by its path",
        "the vendor changed it between the two pages",
    ]);
    pin("each_loss", &text);
}

/// Each set in both forms, merged, against the whole document; and each page against its other form.
#[test]
fn synthetic_sets() {
    let Some(corpus) = corpus() else { return };
    let mut tally = Tally::default();
    for (set, document) in sets(&corpus) {
        let pages = |form: &str| files(&corpus.join("pages").join(form).join(&set));
        let (a, b) = (pages("a-synth"), pages("b-synth"));
        assert_eq!(a.len(), b.len(), "{set}: a page without its other form");
        for (ours, theirs) in a.iter().zip(&b) {
            assert_eq!(
                ours.file_name(),
                theirs.file_name(),
                "{set}: a page without its other form"
            );
            let file = ours.file_name().unwrap().to_string_lossy().into_owned();
            let group = format!("each page of {set}, a-synth and b-synth");
            let sides =
                (Side::read(std::slice::from_ref(ours)), Side::read(std::slice::from_ref(theirs)));
            tally.add_sides(&group, &format!("{set}/{file}"), sides);
        }
        for (form, pages) in [("a-synth", &a), ("b-synth", &b)] {
            let group = format!("the whole {set} and its pages, {form}");
            let sides = (Side::read(std::slice::from_ref(&document)), Side::read(pages));
            tally.add_sides(&group, &format!("{set}, {form}"), sides);
        }
    }
    finish("synthetic_sets", &tally);
}

/// Real pages of one operation in both forms.
#[test]
fn real_pairs() {
    let Some(corpus) = corpus().filter(|corpus| corpus.join("pages/PAIRS.tsv").is_file()) else {
        return println!("skipped: there are no real pairs");
    };
    let (mut tally, changes) = (Tally::default(), Changes::read());
    let table = std::fs::read_to_string(corpus.join("pages/PAIRS.tsv")).unwrap();
    let mut pages: BTreeMap<String, Parts> = BTreeMap::new();
    let mut rows: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [b, a, operation, how, ..] = columns.as_slice() else { panic!("{line}") };
        let [vendor, method, path] = operation.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        // A file may hold several pages of one operation; each has its row.
        let nth = rows.entry((b, a, operation)).or_default();
        let mut find = |form: &str, file: &str, nth: usize| {
            let file = format!("{form}/{file}");
            let parts = pages
                .entry(file.clone())
                .or_insert_with(|| read(&[corpus.join("pages").join(&file)]));
            let mut found = parts.iter().filter(|part| part.is_about(method, path));
            found.nth(nth).unwrap_or_else(|| panic!("{file} has no {operation}")).clone()
        };
        let (of_b, of_a) = (find("b", b, *nth), find("a", a, 0));
        *nth += 1;
        let blocks = (&of_a.block, &of_b.block);
        let differs = Changed { changes: &changes, vendor, blocks };
        let changed = (*how == "differs").then_some(&differs);
        let (a, b_side) = (Side::of(vec![of_a.clone()]), Side::of(vec![of_b.clone()]));
        let forms = Forms { a: &a, b: &b_side, changed };
        tally.add(&format!("{vendor}, {how}"), b, &forms);
    }
    finish("real_pairs", &tally);
    assert!(changes.unused().is_empty(), "changes.tsv: not needed: {:?}", changes.unused());
}
