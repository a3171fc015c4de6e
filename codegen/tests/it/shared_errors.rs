//! Enums of errors that several operations share, and their recorded names.

use docwright::{
    CrateOptions, Input, Manifest, Names, Output, RuntimeDependency, Vendor, generate_crate,
};

/// A document with an operation for each of these lists of error responses.
fn document(operations: &[(&str, &str)]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n\
        components: {schemas: {Problem: {type: object, properties: {detail: {type: string}}}}}\npaths:\n"
        .to_owned();
    for (path, errors) in operations {
        text.push_str(&format!(
            "  /{path}:\n    get:\n      operationId: get_{path}\n      responses:\n        \
             '204': {{description: done}}\n"
        ));
        for status in errors.split(' ') {
            text.push_str(&format!(
                "        '{status}': {{description: the {path} failed, content: \
                 {{application/json: {{schema: {{$ref: '#/components/schemas/Problem'}}}}}}}}\n"
            ));
        }
    }
    text
}

fn generate(operations: &[(&str, &str)], manifest: &str, recorded: &Names) -> Output {
    let bytes = document(operations).into();
    let vendor = Vendor {
        name: "acme".to_owned(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: "acme.yaml".to_owned(), bytes }],
        recorded: recorded.clone(),
        ..Vendor::default()
    };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    generate_crate(&vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the lines that start with `pub enum` or `pub type` of the enums of errors.
fn definitions(output: &Output) -> Vec<&str> {
    let files = ["src/errors.rs", "src/operations.rs"];
    let lines = files.iter().filter_map(|file| output.files.0.get(*file)).flat_map(|it| it.lines());
    let is_definition = |line: &&str| line.starts_with("pub enum") || line.starts_with("pub type");
    lines.filter(is_definition).map(|line| line.trim_end_matches(" {")).collect()
}

#[test]
fn operations_with_equal_errors_share_an_enum_and_keep_their_own_names() {
    let operations = [("a", "404"), ("b", "404"), ("c", "404"), ("d", "400 404"), ("e", "409")];
    let output = generate(&operations, "", &Names::default());
    assert_eq!(
        definitions(&output),
        [
            "pub enum ApiError",
            "pub type GetAError = errors::ApiError;",
            "pub type GetBError = errors::ApiError;",
            "pub type GetCError = errors::ApiError;",
            "pub enum GetDError",
            "pub enum GetEError",
        ]
    );
    let text = &output.files.0["src/operations.rs"];
    assert!(text.contains("/// - `NotFound`: 404: the b failed\npub type GetBError"), "{text}");
}

#[test]
fn the_name_of_a_shared_enum_comes_from_its_statuses() {
    let operations = [
        ("a", "404 default"),
        ("b", "404 default"),
        ("c", "404"),
        ("d", "404"),
        ("e", "400 401 403 404"),
        ("f", "400 401 403 404"),
        ("g", "5XX"),
        ("h", "5XX"),
    ];
    let output = generate(&operations, "", &Names::default());
    let names: Vec<(&str, &str)> = output.vendors[0]
        .names
        .errors
        .iter()
        .map(|(key, name)| (key.as_str(), name.as_str()))
        .collect();
    assert_eq!(
        names,
        [
            (
                "400 Problem, 401 Problem, 403 Problem, 404 Problem",
                "BadRequestOrUnauthorizedOrOtherError"
            ),
            ("404 Problem", "NotFoundError"),
            ("404 Problem, default Problem", "NotFoundOrOtherError"),
            ("5XX Problem", "ServerError"),
        ]
    );
}

#[test]
fn a_recorded_shared_enum_keeps_its_name_and_stays_shared() {
    let before = generate(&[("a", "404"), ("b", "404")], "", &Names::default());
    let recorded = &before.vendors[0].names;
    assert_eq!(recorded.errors["404 Problem"], "ApiError");
    // Most operations have other errors now, and one of the two has been changed.
    let operations = [("a", "404"), ("b", "409"), ("c", "409"), ("d", "409")];
    let after = generate(&operations, "", recorded);
    assert_eq!(
        definitions(&after),
        [
            "pub enum ApiError",
            "pub enum ConflictError",
            "pub type GetAError = errors::ApiError;",
            "pub type GetBError = errors::ConflictError;",
            "pub type GetCError = errors::ConflictError;",
            "pub type GetDError = errors::ConflictError;",
        ]
    );
}

#[test]
fn vendor_toml_names_a_shared_enum() {
    let manifest = "[names.errors]\n\"404 Problem\" = \"lookup error\"\n";
    let output = generate(&[("a", "404"), ("b", "404")], manifest, &Names::default());
    assert_eq!(definitions(&output)[0], "pub enum LookupError");
    assert!(output.vendors[0].names.errors.is_empty());
}
