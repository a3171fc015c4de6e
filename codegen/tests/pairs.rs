//! One API in several forms: the endpoint dialect and OpenAPI, pages and the whole document. Methods
//! and types must be equal, but for a written list of what the dialect loses (`pairs/rules.rs`).
//!
//! Compared are the operations (names, path, parameters, bodies, answers, security, servers) and, by
//! structure, every type they reach; texts for people are not. The corpus lies beside the repository;
//! without it this test says so and proves nothing.

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
#[path = "pairs/members.rs"]
mod members;
#[path = "pairs/places.rs"]
mod places;
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

/// The synthetic sets, and the documents they were made of.
const SETS: [(&str, &str); 3] = [
    ("mesh-admin", "mesh-admin.json"),
    ("mesh-integration", "mesh-integration.json"),
    ("orum", "orum.yaml"),
];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: there is no corpus at {}", folder.display());
    None
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
    assert!(tally.unexplained.is_empty(), "{} are unexplained", tally.unexplained.len());
    pin(name, &text);
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
    for (set, document) in SETS {
        let whole = Side::of(read(&[corpus.join("specs").join(document)]));
        let pages = |form: &str| read(&files(&corpus.join("pages").join(form).join(set)));
        let (a, b) = (pages("a-synth"), pages("b-synth"));
        let merged = [("a-synth", Side::of(a.clone())), ("b-synth", Side::of(b.clone()))];
        for (form, side) in &merged {
            let forms = Forms { a: &whole, b: side, changed: None };
            tally.add(&format!("the whole {set} and its pages, {form}"), form, &forms);
        }
        let others: BTreeMap<String, _> =
            b.into_iter().map(|part| (part.page.file.clone(), part)).collect();
        assert_eq!(a.len(), others.len(), "{set}: a page without its other form");
        for part in a {
            let file = part.page.file.clone();
            let (a, b) = (Side::of(vec![part]), Side::of(vec![others[&file].clone()]));
            let forms = Forms { a: &a, b: &b, changed: None };
            tally.add(&format!("each page of {set}, a-synth and b-synth"), &file, &forms);
        }
    }
    finish("synthetic_sets", &tally);
}

/// Real pages of one operation in both forms.
#[test]
fn real_pairs() {
    let Some(corpus) = corpus() else { return };
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
