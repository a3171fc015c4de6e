//! An API in Swagger 2.0 and in OpenAPI 3.0 gives the same crate.

use docwright::report::Severity;
use docwright::source::{Diagnostics, locate};
use docwright::{CrateOptions, Input, Output, RuntimeDependency, Vendor, generate_crate};

const SWAGGER: &str = include_str!("../../../tests/acme/swagger/acme.yaml");
const OPENAPI: &str = include_str!("swagger/acme.yaml");

fn generate(text: &str) -> Result<Output, Diagnostics> {
    let inputs = vec![Input { file: "acme.yaml".into(), bytes: text.into() }];
    let vendor = Vendor { name: "acme".into(), inputs, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    generate_crate(&vendor, &CrateOptions { name: "acme".into(), runtime, example: true })
}

fn files(text: &str) -> Vec<(String, String)> {
    let output = generate(text).unwrap_or_else(|it| panic!("{}", it.render(false)));
    output.files.0.into_iter().collect()
}

#[test]
fn a_swagger_document_and_its_twin_give_the_same_crate() {
    let (swagger, openapi) = (files(SWAGGER), files(OPENAPI));
    for (one, other) in swagger.iter().zip(&openapi) {
        assert_same_file(one, other);
    }
    assert_eq!(swagger.len(), openapi.len());
}

/// Compares two files line by line, so that a failure shows the first difference.
fn assert_same_file(one: &(String, String), other: &(String, String)) {
    assert_eq!(one.0, other.0, "the names of files");
    for (a, b) in one.1.lines().zip(other.1.lines()) {
        assert_eq!(a, b, "{}", one.0);
    }
    assert_eq!(one.1.lines().count(), other.1.lines().count(), "{}", one.0);
}

#[test]
fn a_problem_is_shown_where_it_was_written() {
    let text = SWAGGER.replace("collectionFormat: pipes", "collectionFormat: tsv");
    let output = generate(&text).unwrap_or_else(|it| panic!("{}", it.render(false)));
    let warnings = output.report.problems.iter().filter(|it| it.severity == Severity::Warning);
    let found = warnings.filter(|it| it.message.contains("`collectionFormat: tsv`"));
    let places: Vec<usize> = found
        .filter_map(|problem| Some(locate::position(&output.sources, &problem.location)?.line))
        .collect();
    let lines = text.lines().enumerate().filter(|(_, line)| line.contains("tsv"));
    assert_eq!(places, lines.map(|(index, _)| index + 1).collect::<Vec<usize>>());
}
