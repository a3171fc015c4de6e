//! Pages of the corpus that declare a body for a response that has none.

use std::collections::BTreeSet;

use crate::corpus;
use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate};

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn a_deletion_with_status_204_returns_no_body() {
    let folder = corpus::folder().join("pages/platforms/fern");
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    let mut pages = BTreeSet::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        let text = std::fs::read_to_string(&file).unwrap();
        if !text.contains("'204':") {
            continue;
        }
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let vendor = Vendor {
            name: "acme".into(),
            inputs: vec![Input { file: name.clone(), bytes: text.into() }],
            ..Vendor::default()
        };
        let output = generate_crate(&vendor, &options)
            .unwrap_or_else(|problems| panic!("{name}: {}", problems.render(false)));
        let code: String = output.files.0.values().map(String::as_str).collect();
        assert!(code.contains("Request => empty, "), "{name}");
        let is_note = |message: &str| message.contains("204 (RFC 9110 §15.3.5) has no body");
        assert!(output.report.problems.iter().any(|it| is_note(&it.message)), "{name}");
        pages.insert(name);
    }
    assert!(!pages.is_empty(), "{} has no page with 204", folder.display());
}
