//! Generates crates from the pages and from some documents of the corpus, and compiles them without
//! a warning. `cargo xtask corpus` does so for the whole corpus.

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
fn run_corpus(part: &str, arguments: &[&str]) {
    let folder = |name: &str| match name == part {
        true => docwright_tests::corpus().join(name),
        // Excludes the other part of the corpus.
        false => format!("no-{name}").into(),
    };
    let specs = format!("--specs={}", folder("specs").display());
    let pages = format!("--pages={}", folder("pages").display());
    let mut command_line = vec!["cargo xtask", "corpus", &specs, &pages];
    command_line.extend(arguments);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console::new(&mut out, &mut err);
    let status = docwright_harness::run(command_line.iter().map(Into::into), &root(), &mut console);
    println!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(status, 0, "see the table above; `cargo xtask corpus NAME` runs one crate alone");
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn crates_of_every_page_compile_without_a_warning() {
    run_corpus("pages", &["--all-features"]);
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn crates_of_selected_documents_compile_without_a_warning() {
    run_corpus("specs", &QUICK);
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
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn values_of_selected_documents_survive_a_round_trip() {
    let mut arguments = vec!["--round-trip"];
    arguments.extend(ROUND_TRIP);
    run_corpus("specs", &arguments);
}
