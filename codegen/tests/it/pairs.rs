//! One API in several forms: in OpenAPI and in the endpoint dialect, as a document and as pages.
//!
//! Methods and types must be equal except for information that the dialect loses, for which there
//! are rules (`pairs/rules.rs`). The tests compare the operations (names, path, parameters, bodies,
//! responses, security, servers) and, by structure, all types that they use, but not the
//! documentation.

mod compare;
mod difference;
pub mod form;
mod known_losses;
mod naming_rules;
pub mod rules;
mod schema_lookup;
pub mod stats;
mod structure_rules;
mod types;
mod unreached_types;
mod vendor_changes;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::corpus;
use form::{ApiForm, NormalisedPage, read_pages};
use rules::FormPair;
use stats::Stats;
use vendor_changes::{ChangedPair, VendorChanges, element_key};

/// Returns the synthetic sets of a corpus by name, each with its source document.
fn synthetic_sets(corpus: &Path) -> Vec<(String, PathBuf)> {
    let documents = list_files(&corpus.join("specs"));
    let with_document = |folder: PathBuf| {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let document = documents.iter().find(|file| file.file_stem() == folder.file_name());
        let document = document.unwrap_or_else(|| panic!("{name}: the document is missing"));
        (name, document.clone())
    };
    list_files(&corpus.join("pages/a-synth")).into_iter().map(with_document).collect()
}

fn list_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Prints the counts, compares them with the snapshot, and fails if a difference is unexplained.
fn check(name: &str, stats: &Stats) {
    let text = stats.render();
    println!("{text}");
    for (page, difference) in &stats.unexplained {
        let (key, summary) = (element_key(difference), difference.summary());
        println!("unexplained, {page}: {difference}\n    {key}\t{summary}");
    }
    for page in &stats.rejected_in_one_form {
        println!("rejected, {page}");
    }
    let rejected = stats.rejected_in_one_form.len();
    assert_eq!(rejected, 0, "{rejected} pages are rejected in one form only");
    let unexplained = stats.unexplained.len();
    assert_eq!(unexplained, 0, "{unexplained} differences are unexplained");
    if corpus::is_reference() {
        assert_snapshot(name, &text);
    }
}

fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "pairs/snapshots", omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn known_losses_are_explained_by_their_rules() {
    let text = known_losses::explain_cases(&[
        "the tags of the operation: its file is named after its path",
        "a change that the vendor made between the two pages",
    ]);
    assert_snapshot("known_losses", &text);
}

/// Compares the merged pages of each set in both forms with the source document, and each page with
/// its other form.
#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn synthetic_sets_differ_only_by_known_losses() {
    let corpus = corpus::folder();
    let mut stats = Stats::default();
    for (set, document) in synthetic_sets(&corpus) {
        let pages = |form: &str| list_files(&corpus.join("pages").join(form).join(&set));
        let (openapi, dialect) = (pages("a-synth"), pages("b-synth"));
        let names = |pages: &[PathBuf]| -> Vec<_> {
            pages.iter().map(|page| page.file_name().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&openapi), names(&dialect), "{set}: a page has only one form");
        for (a, b) in openapi.iter().zip(&dialect) {
            let file = a.file_name().unwrap().to_string_lossy().into_owned();
            let group = format!("each page of {set}, a-synth and b-synth");
            let read = |page: &PathBuf| ApiForm::read(std::slice::from_ref(page));
            stats.add_results(&group, &format!("{set}/{file}"), (read(a), read(b)));
        }
        for (form, pages) in [("a-synth", &openapi), ("b-synth", &dialect)] {
            let group = format!("the document {set} and its pages, {form}");
            let document = ApiForm::read(std::slice::from_ref(&document));
            stats.add_results(&group, &format!("{set}, {form}"), (document, ApiForm::read(pages)));
        }
    }
    check("synthetic_sets", &stats);
}

/// Compares the real pages of an operation that exist in both forms.
#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn real_pairs_differ_only_by_known_losses_and_vendor_changes() {
    let corpus = corpus::folder();
    let (mut stats, changes) = (Stats::default(), VendorChanges::read());
    let table = std::fs::read_to_string(corpus.join("pages/PAIRS.tsv")).unwrap();
    let mut pages: BTreeMap<String, Vec<NormalisedPage>> = BTreeMap::new();
    let mut rows: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [b_file, a_file, operation, relation, ..] = columns.as_slice() else {
            panic!("{line}")
        };
        let [vendor, method, path] = operation.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        // A file can have several pages about one operation, each with its own row.
        let row = rows.entry((b_file, a_file, operation)).or_default();
        let mut find = |form: &str, file: &str, index: usize| {
            let file = format!("{form}/{file}");
            let pages = pages
                .entry(file.clone())
                .or_insert_with(|| read_pages(&[corpus.join("pages").join(&file)]));
            let mut found = pages.iter().filter(|page| page.documents(method, path));
            found.nth(index).unwrap_or_else(|| panic!("{file} has no {operation}")).clone()
        };
        let (b, a) = (find("b", b_file, *row), find("a", a_file, 0));
        *row += 1;
        let pair = ChangedPair { changes: &changes, vendor, blocks: (&a.block, &b.block) };
        let changed = (*relation == "differs").then_some(&pair);
        let openapi = ApiForm::from_pages(vec![a.clone()]);
        let dialect = ApiForm::from_pages(vec![b.clone()]);
        let forms = FormPair { openapi: &openapi, dialect: &dialect, changed };
        stats.add(&format!("{vendor}, {relation}"), b_file, &forms);
    }
    check("real_pairs", &stats);
    let unused = changes.unused();
    assert!(unused.is_empty(), "vendor_changes.tsv: unused lines: {unused:?}");
}
