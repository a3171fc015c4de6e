//! Generated clients against Prism, an independent mock server that validates their requests and
//! invents responses. The documents are in a folder beside the repository, and npm installs Prism;
//! without either, these tests print a note and pass. `cargo xtask prism` runs all documents.

use std::sync::Mutex;

use docwright::cli::Console;
use docwright_tests::root;

/// The vendors of this repository, and documents that compile quickly.
const QUICK: [&str; 5] = ["orum", "mesh", "museum", "notion", "oai-petstore"];

/// Documents that take longer: they are tested with `DOCWRIGHT_PRISM=all`.
const SLOW: [&str; 8] = [
    "discord",
    "adyen-checkout",
    "box",
    "resend",
    "twilio-messaging",
    "qdrant",
    "startrek",
    "figma",
];

/// Held during a run, since the crates share a target folder.
static LOCK: Mutex<()> = Mutex::new(());

/// Runs `cargo xtask prism` on the documents of these names, prints its output, and fails if it
/// reports a problem.
fn prism(names: &[&str]) {
    let _guard = LOCK.lock();
    let mut command_line = vec!["cargo xtask", "prism"];
    command_line.extend(names);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { out: &mut out, err: &mut err, styled: false };
    let status = xtask::run(command_line.iter().map(Into::into), &root(), &mut console);
    println!("{}{}", String::from_utf8_lossy(&out), String::from_utf8_lossy(&err));
    assert_eq!(status, 0, "see above; `cargo xtask prism NAME` tests one document alone");
}

#[test]
fn prism_accepts_the_requests_of_quick_documents() {
    prism(&QUICK);
}

#[test]
fn prism_accepts_the_requests_of_slow_documents() {
    if std::env::var("DOCWRIGHT_PRISM").as_deref() != Ok("all") {
        return println!("skipped: this takes long; set DOCWRIGHT_PRISM=all to run it");
    }
    prism(&SLOW);
}
