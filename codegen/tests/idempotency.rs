//! Idempotency keys that the description shows: told, and pinned or refused in `vendor.toml`.

use docwright::source::render::render;
use docwright::{CrateOptions, Input, Manifest, Output, RuntimeDependency, Vendor, generate_crate};

const API: &str = "
openapi: 3.0.3
info: {title: Acme, version: '1'}
paths:
  /orders:
    post:
      operationId: create_order
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}]
      responses: {'204': {description: OK}}
  /refunds:
    post:
      operationId: create_refund
      parameters: [{name: IDEMPOTENCY-KEY, in: header, required: true, schema: {type: string}}]
      responses: {'204': {description: OK}}
  /short:
    post:
      operationId: create_short
      parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string, maxLength: 35}}]
      responses: {'204': {description: OK}}
";

fn generate(rules: &str) -> Output {
    let manifest = Manifest::parse("specs/acme/vendor.toml", rules)
        .unwrap_or_else(|report| panic!("{}", render(&report, false)));
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: API.into() }];
    let vendor = Vendor { name: "acme".to_owned(), manifest, inputs, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    generate_crate(&vendor, &options).unwrap_or_else(|report| panic!("{}", render(&report, false)))
}

/// The signatures of the client's methods, and how many requests send a key.
fn methods(output: &Output) -> (Vec<&str>, usize) {
    let text = &output.files.0["src/operations.rs"];
    let methods = text.lines().map(str::trim).filter(|line| line.starts_with("pub fn create_"));
    (methods.collect(), text.matches("pub fn idempotency_key(").count())
}

const KEY: &str = "idempotency_key: &str";

#[test]
fn what_is_shown_is_inferred_and_told() {
    let output = generate("");
    assert_eq!(
        output.vendors[0].inferred,
        [
            "1 operation has an idempotency key, in the header `IDEMPOTENCY-KEY`: create_refund",
            "1 operation has an idempotency key, in the header `Idempotency-Key`: create_order",
        ]
    );
    let (methods, keys) = methods(&output);
    let takes: Vec<_> = methods.iter().map(|method| method.contains(KEY)).collect();
    assert_eq!((takes, keys), (vec![false, false, true], 2), "{methods:?}");
    let [note] = output.report.problems.as_slice() else { panic!("{:?}", output.report.problems) };
    assert_eq!(
        note.what,
        "`Idempotency-Key` is not taken for an idempotency key: a UUID is not what its schema allows"
    );
    let shown = render(&output.report, false);
    assert!(shown.contains("acme.yaml:18:"), "{shown}");
}

#[test]
fn it_can_be_pinned() {
    let output = generate(
        "[idempotency]\nheaders = [\"Idempotency-Key\"]\noperations = [\"POST /orders\"]\n",
    );
    assert!(output.vendors[0].inferred.is_empty());
    let (methods, keys) = methods(&output);
    let takes: Vec<_> = methods.iter().map(|method| method.contains(KEY)).collect();
    assert_eq!((takes, keys), (vec![false, true, true], 1), "{methods:?}");
}

#[test]
fn it_can_be_refused() {
    let output = generate("[idempotency]\noperations = []\n");
    assert!(output.vendors[0].inferred.is_empty() && output.report.problems.is_empty());
    let (methods, keys) = methods(&output);
    assert!(keys == 0 && methods.iter().all(|method| method.contains(KEY)), "{methods:?}");
}
