//! Generates crates from real pages and documents and compiles them without a warning. The corpus
//! is a folder beside the repository; without it, these tests print a note and pass. The whole
//! corpus is run by `cargo xtask corpus`.

use docwright::cli::Console;
use docwright_tests::root;

/// Documents of every kind whose crates compile quickly enough for every test run.
const QUICK: [&str; 15] = [
    "adyen-checkout",
    "figma",
    "mesh",
    "museum",
    "notion",
    "oai",
    "opyc",
    "orum",
    "paypal",
    "progenitor-keeper",
    "pyclient",
    "readme",
    "resend",
    "train-travel",
    "twilio-verify",
];

/// Runs `cargo xtask corpus` with these arguments on one part of the corpus, prints its table, and
/// fails unless everything went as expected.
fn corpus(part: &str, arguments: &[&str]) {
    let folder = root().join("../shared/corpus").join(part);
    if !folder.is_dir() {
        return println!("skipped: there is no corpus at {}", folder.display());
    }
    // Excludes the other part of the corpus.
    let exclude = match part {
        "pages" => "--specs=no-documents",
        _ => "--pages=no-pages",
    };
    let mut command_line = vec!["cargo xtask", "corpus", exclude];
    command_line.extend(arguments);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, styled: false };
    let status = xtask::run(command_line.iter().map(Into::into), &root(), &mut console);
    println!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(status, 0, "see the table above; `cargo xtask corpus NAME` runs one crate alone");
}

#[test]
fn crates_of_every_page_compile_without_a_warning() {
    corpus("pages", &["--all-features"]);
}

#[test]
fn crates_of_selected_documents_compile_without_a_warning() {
    corpus("specs", &QUICK);
}

/// Documents whose round-trip program builds quickly: examples, generated values, unions, OpenAPI
/// 3.0 and 3.1.
const ROUND_TRIP: [&str; 7] = [
    "mesh-admin",
    "museum",
    "oai",
    "orum",
    "readme-discriminators",
    "readme-petstore",
    "train-travel",
];

#[test]
fn values_of_selected_documents_survive_a_round_trip() {
    let mut arguments = vec!["--round-trip"];
    arguments.extend(ROUND_TRIP);
    corpus("specs", &arguments);
}
