//! Rules of `vendor.toml` that match nothing: an error for the vendors under `specs/`, a warning elsewhere.

use docwright::report::Severity;
use docwright::source::render;
use docwright::{Input, Manifest, Vendor, inspect};

/// A vendor whose rules match nothing, except for the second operation of an additional error code and the
/// field of a pattern.
fn vendor(strict: bool) -> Vendor {
    let manifest = include_str!("unmatched_rules/vendor.toml");
    let document = include_bytes!("unmatched_rules/acme.yaml");
    Vendor {
        name: "acme".to_owned(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: "acme.yaml".to_owned(), bytes: document.to_vec() }],
        strict,
        ..Vendor::default()
    }
}

#[test]
fn a_rule_that_matches_nothing_is_a_warning_with_the_closest_name() {
    let inspection = inspect(&vendor(false)).unwrap_or_else(|it| panic!("{}", it.render(false)));
    let problems = &inspection.report.problems;
    assert!(problems.iter().all(|it| it.severity == Severity::Warning), "{problems:?}");
    insta::assert_snapshot!(render::render(&inspection.sources, &inspection.report, false));
}

#[test]
fn a_rule_that_matches_nothing_is_an_error_for_vendors_under_specs() {
    let lenient = inspect(&vendor(false)).unwrap_or_else(|it| panic!("{}", it.render(false)));
    let lenient: Vec<&str> = lenient.report.problems.iter().map(|it| it.message.as_str()).collect();
    let report = inspect(&vendor(true)).unwrap_err().report;
    assert!(report.has_errors());
    for problem in &report.problems {
        assert_eq!(problem.severity, Severity::Error, "{problem:?}");
        assert!(lenient.contains(&problem.message.as_str()), "{problem:?}");
    }
}
