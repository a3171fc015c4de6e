//! Idempotency keys: inferred and reported, or configured or disabled in `vendor.toml`.

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
        .unwrap_or_else(|report| panic!("{report:?}"));
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: API.into() }];
    let vendor = Vendor { name: "acme".to_owned(), manifest, inputs, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    generate_crate(&vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the signatures of the client's methods and the number of requests that send a key.
fn methods(output: &Output) -> (Vec<&str>, usize) {
    let text = &output.files.0["src/operations.rs"];
    let methods = text.lines().map(str::trim).filter(|line| line.starts_with("pub fn create_"));
    (methods.collect(), text.matches("pub fn idempotency_key(").count())
}

const KEY: &str = "idempotency_key: &str";

#[test]
fn idempotency_keys_are_inferred_and_reported() {
    let output = generate("");
    assert_eq!(
        output.vendors[0].inferred,
        [
            "1 operation has an idempotency key, in the header `IDEMPOTENCY-KEY`: create_refund",
            "1 operation has an idempotency key, in the header `Idempotency-Key`: create_order",
        ]
    );
    let (methods, keys) = methods(&output);
    let takes_key: Vec<_> = methods.iter().map(|method| method.contains(KEY)).collect();
    assert_eq!((takes_key, keys), (vec![false, false, true], 2), "{methods:?}");
    let [note] = output.report.problems.as_slice() else { panic!("{:?}", output.report.problems) };
    assert_eq!(
        note.message,
        "`Idempotency-Key` is not used as an idempotency key: its schema does not allow UUIDs"
    );
    let rendered = render(&output.sources, &output.report, false);
    assert!(rendered.contains("acme.yaml:18:"), "{rendered}");
}

#[test]
fn idempotency_keys_can_be_configured() {
    let output = generate(
        "[idempotency]\nheaders = [\"Idempotency-Key\"]\noperations = [\"POST /orders\"]\n",
    );
    assert!(output.vendors[0].inferred.is_empty());
    let (methods, keys) = methods(&output);
    let takes_key: Vec<_> = methods.iter().map(|method| method.contains(KEY)).collect();
    assert_eq!((takes_key, keys), (vec![false, true, true], 1), "{methods:?}");
}

#[test]
fn idempotency_keys_can_be_disabled() {
    let output = generate("[idempotency]\noperations = []\n");
    assert!(output.vendors[0].inferred.is_empty() && output.report.problems.is_empty());
    let (methods, keys) = methods(&output);
    assert!(keys == 0 && methods.iter().all(|method| method.contains(KEY)), "{methods:?}");
}
