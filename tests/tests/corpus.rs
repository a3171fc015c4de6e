//! Real pages and documents become crates that compile without a warning. The corpus lies beside the
//! repository; without it these tests say so and prove nothing. The whole of it: `cargo xtask corpus`.

use docwright::cli::Console;
use docwright_tests::root;

/// Documents that compile quickly, of every kind: enough for each change.
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
    let absent = match part {
        "pages" => "--specs=no-documents",
        _ => "--pages=no-pages",
    };
    let mut all = vec!["cargo xtask", "corpus", absent];
    all.extend(arguments);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, styled: false };
    let status = xtask::run(all.iter().map(Into::into), &root(), &mut console);
    println!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(status, 0, "see the table above; `cargo xtask corpus NAME` runs one crate alone");
}

#[test]
fn every_page_compiles_without_a_warning() {
    corpus("pages", &["--all-features"]);
}

#[test]
fn a_choice_of_documents_compiles_without_a_warning() {
    corpus("specs", &QUICK);
}

/// Documents whose program is built quickly: examples, made values, unions, 3.0 and 3.1.
const ROUND: [&str; 7] = [
    "mesh-admin",
    "museum",
    "oai",
    "orum",
    "readme-discriminators",
    "readme-petstore",
    "train-travel",
];

#[test]
fn values_of_a_choice_of_documents_come_back_as_they_were() {
    let mut arguments = vec!["--round-trip"];
    arguments.extend(ROUND);
    corpus("specs", &arguments);
}
