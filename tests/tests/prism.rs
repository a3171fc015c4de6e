//! What generated clients send, judged by Prism, a mock server that nobody here wrote, and what they
//! make of its made-up responses. The documents lie beside the repository, and npm installs Prism;
//! without either these tests say so and prove nothing. All documents: `cargo xtask prism`.

use std::sync::Mutex;

use docwright::cli::Console;
use docwright_tests::root;

/// The vendors of this repository, and documents that compile quickly.
const QUICK: [&str; 5] = ["orum", "mesh", "museum", "notion", "oai-petstore"];

/// What a client has to be good at: the rest is tried where there is time, with
/// `DOCWRIGHT_PRISM=all`.
const MORE: [&str; 8] = [
    "discord",
    "adyen-checkout",
    "box",
    "resend",
    "twilio-messaging",
    "qdrant",
    "startrek",
    "figma",
];

/// One after the other: the crates share a target folder.
static TURN: Mutex<()> = Mutex::new(());

/// Runs `cargo xtask prism` on the documents of these names, prints what it says, and fails unless
/// the judge finds no fault.
fn prism(names: &[&str]) {
    let _turn = TURN.lock();
    let mut all = vec!["cargo xtask", "prism"];
    all.extend(names);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, styled: false };
    let status = xtask::run(all.iter().map(Into::into), &root(), &mut console);
    println!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(status, 0, "see above; `cargo xtask prism NAME` tries one document alone");
}

#[test]
fn prism_finds_no_fault_with_the_requests_of_a_choice_of_documents() {
    prism(&QUICK);
}

#[test]
fn prism_finds_no_fault_with_the_requests_of_more_documents() {
    if std::env::var("DOCWRIGHT_PRISM").as_deref() != Ok("all") {
        return println!("skipped: this takes long; DOCWRIGHT_PRISM=all asks for it");
    }
    prism(&MORE);
}
