//! Generated clients against Prism, an independent mock server that validates their requests and
//! generates responses. npm installs Prism. `cargo xtask prism` runs all documents.

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

/// Runs `cargo xtask prism` on the documents of these names, prints its output, and fails if it
/// reports a problem.
fn prism(names: &[&str]) {
    let specs = format!("--specs={}", docwright_tests::corpus().join("specs").display());
    let mut command_line = vec!["cargo xtask", "prism", &specs];
    command_line.extend(names);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console::new(&mut out, &mut err);
    let status = docwright_harness::run(command_line.iter().map(Into::into), &root(), &mut console);
    let out = String::from_utf8_lossy(&out);
    println!("{out}{}", String::from_utf8_lossy(&err));
    assert!(!out.contains("skipped: "), "nothing was tested: {out}");
    assert_eq!(status, 0, "see above; `cargo xtask prism NAME` tests one document alone");
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS and npm"]
fn prism_accepts_the_requests() {
    let mut names = QUICK.to_vec();
    if std::env::var("DOCWRIGHT_PRISM").as_deref() == Ok("all") {
        names.extend(SLOW);
    }
    prism(&names);
}
