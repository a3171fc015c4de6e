//! Inferences over the corpus, drawn at random and reviewed by readers.
//!
//! `tests/corpus/verdicts.toml` has two verdicts on each drawn inference, by readers who did not write the
//! rules. An inference is identified by its document, its location, its kind and its conclusion, so that a
//! verdict stays valid as long as the rules draw the same conclusion.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use docwright::infer::render_json;
use docwright::manifest::Ids;
use docwright::{Input, Manifest, Report, Sources, Vendor, load_api};
use serde::Deserialize;

use crate::corpus;

/// The number of inferences that are reviewed.
const DRAWN: usize = 240;

/// Selects other inferences if it is changed.
const SEED: u64 = 18;

/// The number of readers who review each inference.
const READERS: usize = 2;

/// The kinds that are reviewed: the kinds of `docwright inspect`, and how many of 100 may be wrong.
const KINDS: [(&str, &[&str], usize); 6] = [
    ("pagination", &["pagination"], 0),
    ("money", &["money"], 0),
    ("ids", &["id"], 2),
    ("dates", &["date_time", "date", "unix_time"], 2),
    ("idempotency", &["idempotency_key"], 2),
    ("constants", &["constant"], 2),
];

/// A drawn inference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Drawn {
    kind: &'static str,
    document: String,
    /// Line and column.
    location: String,
    conclusion: String,
    /// The key of its subject in `vendor.toml`. It is shown to readers, and compared because one location
    /// can declare several fields.
    name: String,
}

/// The file of verdicts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    #[serde(default)]
    verdict: Vec<Verdict>,
}

/// The verdict of a reader on an inference.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    kind: String,
    document: String,
    location: String,
    conclusion: String,
    name: String,
    is: Is,
    reader: String,
    /// Why, if it is wrong.
    #[serde(default)]
    reason: String,
}

/// Whether an inference is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Right,
    Wrong,
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn drawn_inferences_are_right() {
    let verdicts = read_verdicts();
    let drawn = draw(&all_inferences());
    let (mut missing, mut failures) = (String::new(), Vec::new());
    for (kind, _, allowed) in KINDS {
        let of_kind: Vec<&Drawn> = drawn.iter().filter(|it| it.kind == kind).collect();
        if of_kind.len() < 40 {
            failures.push(format!("{kind}: only {} inferences", of_kind.len()));
        }
        let mut wrong = Vec::new();
        for inference in &of_kind {
            let found = verdicts.get(*inference).map(Vec::as_slice).unwrap_or_default();
            let readers: BTreeSet<&str> = found.iter().map(|it| it.reader.as_str()).collect();
            if readers.len() < READERS {
                let _ = writeln!(missing, "{}", to_toml(inference));
            }
            wrong.extend(found.iter().find(|it| it.is == Is::Wrong));
        }
        if wrong.len() * 100 > allowed * of_kind.len() {
            let wrong: Vec<String> = wrong.iter().map(|it| to_line(it)).collect();
            failures.push(format!("{kind}: {} are wrong:\n{}", wrong.len(), wrong.join("\n")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(missing.is_empty(), "inferences without the verdicts of {READERS} readers:\n{missing}");
}

fn to_line(verdict: &Verdict) -> String {
    let Verdict { document, name, conclusion, reason, .. } = verdict;
    format!("{document} {name}: {conclusion}: {reason}")
}

/// Returns the verdicts, with their readers, on each inference.
fn read_verdicts() -> BTreeMap<Drawn, Vec<Verdict>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/verdicts.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let file: Verdicts = toml::from_str(&text).unwrap();
    let mut verdicts: BTreeMap<Drawn, Vec<Verdict>> = BTreeMap::new();
    for verdict in file.verdict {
        let kind = KINDS.iter().map(|(name, ..)| *name).find(|name| *name == verdict.kind);
        let inference = Drawn {
            kind: kind.expect("a kind that is reviewed"),
            document: verdict.document.clone(),
            location: verdict.location.clone(),
            conclusion: verdict.conclusion.clone(),
            name: verdict.name.clone(),
        };
        verdicts.entry(inference).or_default().push(verdict);
    }
    verdicts
}

/// Returns the inferences of every document of the corpus that are applied and of a reviewed kind.
fn all_inferences() -> Vec<Drawn> {
    let folder = corpus::folder().join("specs");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it != "tsv"));
    files.sort();
    files.iter().flat_map(|file| document_inferences(file)).collect()
}

fn document_inferences(file: &Path) -> Vec<Drawn> {
    let document = file.file_name().unwrap().to_string_lossy().into_owned();
    let inputs = vec![Input { file: document.clone(), bytes: std::fs::read(file).unwrap() }];
    let ids = Ids { infer: true, ..Ids::default() };
    let manifest = Manifest { ids, ..Manifest::default() };
    let vendor =
        Vendor { name: "acme".to_owned(), manifest, inputs, strict: false, ..Vendor::default() };
    let (mut sources, mut report) =
        (Sources::default(), Report { strict: false, ..Report::default() });
    // A document without operations has no API.
    let Some(loaded) = load_api(&vendor, &mut sources, &mut report) else { return Vec::new() };
    let rendered = render_json(&loaded.api.inferences, &sources);
    let inferences = rendered.as_array().unwrap().iter().filter(|it| it["state"] == "inferred");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let inference = inferences.filter_map(|it| {
        let kinds = |kinds: &[&str]| kinds.iter().any(|kind| it["kind"] == *kind);
        let (kind, ..) = KINDS.iter().find(|(_, names, _)| kinds(names))?;
        Some(Drawn {
            kind,
            document: document.clone(),
            location: format!("{}:{}", it["line"], it["column"]),
            conclusion: text(&it["conclusion"]),
            name: text(&it["subject"]),
        })
    });
    inference.collect()
}

/// Returns as many inferences of each kind: those whose hash is the smallest. An inference that is no longer
/// made is replaced by one other, and the rest stays.
fn draw(all: &[Drawn]) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    for (kind, ..) in KINDS {
        let mut of_kind: Vec<&Drawn> = all.iter().filter(|it| it.kind == kind).collect();
        of_kind.sort_by_key(|it| (hash(it), *it));
        drawn.extend(of_kind.into_iter().take(DRAWN / KINDS.len()).cloned());
    }
    drawn
}

/// Returns the hash of an inference by the algorithm FNV-1a.
fn hash(inference: &Drawn) -> u64 {
    let Drawn { kind, document, location, conclusion, name } = inference;
    let text = format!("{SEED} {kind} {document} {location} {conclusion} {name}");
    let start = 0xcbf2_9ce4_8422_2325;
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns an entry of the file of verdicts, to be completed by a reader.
fn to_toml(inference: &Drawn) -> String {
    let Drawn { kind, document, location, conclusion, name } = inference;
    let pairs = [
        ("kind", *kind),
        ("document", document),
        ("location", location),
        ("name", name),
        ("conclusion", conclusion),
        ("is", ""),
        ("reader", ""),
    ];
    let lines = pairs.map(|(key, value)| format!("{key} = {}\n", toml::Value::from(value)));
    format!("[[verdict]]\n{}", lines.concat())
}

#[test]
fn a_draw_depends_on_nothing_but_the_inferences() {
    let inference = |kind, name: usize| Drawn {
        kind,
        document: "a.yaml".to_owned(),
        location: format!("{name}:1"),
        conclusion: "exact decimal".to_owned(),
        name: format!("Order.field{name}"),
    };
    let all: Vec<Drawn> = (0..500).map(|name| inference("money", name)).collect();
    let drawn = draw(&all);
    assert_eq!(drawn.len(), DRAWN / KINDS.len());
    let reversed: Vec<Drawn> = all.iter().rev().cloned().collect();
    assert_eq!(draw(&reversed), drawn);
    let without_first: Vec<Drawn> = all.iter().filter(|it| **it != drawn[0]).cloned().collect();
    let again = draw(&without_first);
    assert!(drawn[1..].iter().all(|it| again.contains(it)), "the rest stays");
}
