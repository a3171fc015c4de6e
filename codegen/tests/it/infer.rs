//! Inferences of single constructs: what is concluded from a document and `vendor.toml`.
//!
//! A test is a row of a table, or a file as for `lower`: `NAME.yaml` in `tests/it/infer` (and
//! `NAME.toml` if it needs a manifest), with a snapshot of the API after the inferences.

use crate::acme;
use crate::lowering::{fixture, read, show};
use docwright::infer::{Settings, infer, render_json, render_text, settings};
use docwright::ir::{Api, Rejection, State};
use docwright::lower::{lower, type_keys};
use docwright::{Manifest, Report, Sources};
use serde_json::Value;

#[test]
fn inferences_of_each_fixture_are_applied() {
    fixture::check_folder("infer", |manifest, document| {
        let (api, report) = infer_document(manifest, document);
        show::render_api(Some(&api), &report)
    });
}

fn infer_document(manifest: &Manifest, document: &str) -> (Api, Report) {
    let mut report = Report::default();
    let tree = read::normalise("acme.yaml", document, &mut report);
    let tree = tree.unwrap_or_else(|| panic!("{report:?}"));
    let api = lower(manifest, &tree, &mut report);
    let mut api = api.unwrap_or_else(|| panic!("{report:?}"));
    let keys = type_keys(&api, tree.root());
    infer(&mut api, manifest, tree.root(), &keys, &mut report);
    (api, report)
}

/// A `GET /list` with these parameters and the schema of its response.
fn list(parameters: &str, schema: &str) -> String {
    let content = format!("{{application/json: {{schema: {schema}}}}}");
    let responses = format!("{{'200': {{description: OK, content: {content}}}}}");
    format!("paths: {{/list: {{get: {{parameters: [{parameters}], responses: {responses}}}}}}}")
}

/// An integer query parameter with these keywords.
fn integer(name: &str, keywords: &str) -> String {
    format!("{{name: {name}, in: query, schema: {{type: integer{keywords}}}}}")
}

/// A `POST /pay` with these header parameters.
fn post(headers: &[(&str, &str)]) -> String {
    let parameter = |(name, keywords): &(&str, &str)| {
        format!("{{name: {name}, in: header, schema: {{type: string{keywords}}}}}")
    };
    let parameters: Vec<String> = headers.iter().map(parameter).collect();
    let responses = "{'204': {description: OK}}";
    let parameters = parameters.join(", ");
    format!("paths: {{/pay: {{post: {{parameters: [{parameters}], responses: {responses}}}}}}}")
}

/// A tagged union of two objects, whose property `kind` has these keywords.
fn union(card: &str, bank: &str) -> String {
    let object = |keywords: &str| {
        format!(
            "{{type: object, required: [kind], properties: {{kind: {{type: string{keywords}}}}}}}"
        )
    };
    let (card, bank) = (object(card), object(bank));
    let alternatives = "[{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Bank'}]";
    let schemas = format!("Card: {card}, Bank: {bank}, Way: {{oneOf: {alternatives}}}");
    format!("components: {{schemas: {{{schemas}}}}}")
}

const STRINGS: &str = "{type: array, items: {type: string}}";
const TWO_LISTS: &str =
    "{type: object, properties: {a: {type: array, items: {}}, b: {type: array, items: {}}}}";
const META: &str = "{type: object, properties: {data: {type: array, items: {}}, \
                    meta: {type: object, properties: {next_cursor: {type: string}}}}}";
const CURSOR: &str = "{name: cursor, in: query, schema: {type: string}}";
const KEY: &str = "Idempotency-Key";

#[test]
fn facts_lead_to_inferences() {
    let offset = [integer("offset", ""), integer("limit", "")].join(", ");
    let page = |keywords: &str| list(&integer("page", keywords), STRINGS);
    let login = |ty: &str| {
        let schema = format!("{{type: object, properties: {{password: {{type: {ty}}}}}}}");
        format!("components: {{schemas: {{Login: {schema}}}}}")
    };
    let by_none = "[[pagination]]\nby = \"none\"\noperations = [\"GET /list\"]";
    let by_offset = "[[pagination]]\nby = \"offset\"\nparameter = \"offset\"";
    let headers = "[idempotency]\nheaders = [\"X-Key\"]\noperations = [\"POST /pay\"]";
    let unknown_first = "rejected GET /list pagination null: neither its `default` nor its `minimum` is the number \
         of the first page";
    let by = |state: &str, by: &str, parameter: &str, first: &str, next: &str| {
        format!(
            "{state} GET /list pagination {{\"by\":\"{by}\",\"parameter\":\"{parameter}\",\
             \"first\":{first},\"items\":{items},\"next\":{next}}}",
            items = if next == "null" { "[]" } else { "[\"data\"]" },
        )
    };
    let key = |state: &str, headers: &str, reason: &str| {
        format!("{state} POST /pay idempotency_key {{\"headers\":[{headers}]}}{reason}")
    };
    let quoted = format!("\"{KEY}\"");
    let rows = [
        (list(&offset, STRINGS), "", by("inferred", "offset", "offset", "null", "null")),
        (
            list(&offset, STRINGS),
            by_none,
            by("rejected", "offset", "offset", "null", "null") + ": vendor.toml excludes it",
        ),
        (list(&offset, STRINGS), by_offset, by("pinned", "offset", "offset", "null", "null")),
        (
            list(&integer("offset", ""), STRINGS),
            "",
            "rejected GET /list pagination null: a parameter for the number of items is missing"
                .to_owned(),
        ),
        (
            list(&offset, TWO_LISTS),
            "",
            "rejected GET /list pagination null: the response has no list, or several".to_owned(),
        ),
        (page(", default: 0"), "", by("inferred", "page", "page", "0", "null")),
        (page(", minimum: 1"), "", by("inferred", "page", "page", "1", "null")),
        (page(", default: 2"), "", unknown_first.to_owned()),
        (page(""), "", unknown_first.to_owned()),
        (
            list(CURSOR, META),
            "",
            by("inferred", "cursor", "cursor", "null", "[\"meta\",\"next_cursor\"]"),
        ),
        (
            list(CURSOR, STRINGS),
            "",
            "rejected GET /list pagination null: no field of the response has the next cursor, or \
             several have"
                .to_owned(),
        ),
        (list(&integer("id", ""), STRINGS), "", String::new()),
        (post(&[(KEY, "")]), "", key("inferred", &quoted, "")),
        (
            post(&[(KEY, ", maxLength: 35")]),
            "",
            key("rejected", &quoted, ": its schema does not allow UUIDs"),
        ),
        (
            post(&[(KEY, ""), ("X-Idempotency-Id", "")]),
            "",
            key(
                "rejected",
                "\"Idempotency-Key\",\"X-Idempotency-Id\"",
                ": the operation has several such headers",
            ),
        ),
        (
            post(&[(KEY, "")]),
            "[idempotency]\noperations = []",
            key("rejected", &quoted, ": vendor.toml excludes it"),
        ),
        (post(&[("X-Key", "")]), headers, key("pinned", "\"X-Key\"", "")),
        (union(", enum: [card]", ", enum: [bank]"), "", "inferred Way tag \"kind\"".to_owned()),
        (union(", enum: [card]", ", enum: [bank, card]"), "", String::new()),
        (union(", enum: [card]", ""), "", String::new()),
        (login("string"), "", "inferred Login.password secret null".to_owned()),
        (
            login("integer"),
            "",
            "rejected Login.password secret null: it is not a string".to_owned(),
        ),
        (
            login("string"),
            "secrets = [\"password\"]",
            "pinned Login.password secret null".to_owned(),
        ),
    ];
    for (document, rules, expected) in rows {
        assert_eq!(shown(&document, rules), expected, "{document}\n{rules}");
    }
}

/// Returns each inference as a line: its state, subject, kind, value and the reason for a rejection.
fn shown(document: &str, rules: &str) -> String {
    let manifest = Manifest::parse("vendor.toml", rules).unwrap();
    let (api, _) = infer_document(&manifest, &fixture::with_required_keys(document));
    let json = render_json(&api.inferences, &Sources::default());
    let line = |inference: &Value| {
        let text = |key: &str| inference[key].as_str().unwrap_or_default().to_owned();
        let (state, subject, kind) = (text("state"), text("subject"), text("kind"));
        let reason = inference["reason"].as_str().map(|reason| format!(": {reason}"));
        format!("{state} {subject} {kind} {}{}", inference["value"], reason.unwrap_or_default())
    };
    let lines: Vec<String> = json.as_array().unwrap().iter().map(line).collect();
    lines.join("\n")
}

#[test]
fn inferences_are_listed_with_the_lines_that_change_them() {
    let inspection = docwright::inspect(&acme::document()).unwrap();
    let text = render_text(&inspection.inferences, &inspection.sources);
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!("acme_inferences", text);
    });
}

#[test]
fn the_lines_that_change_an_inference_do_so() {
    let offset = [integer("offset", ""), integer("limit", "")].join(", ");
    let documents = [
        list(&offset, STRINGS),
        list(&integer("page", ", default: 1"), STRINGS),
        list(CURSOR, META),
        post(&[(KEY, "")]),
    ];
    for document in documents {
        let (api, _) =
            infer_document(&Manifest::default(), &fixture::with_required_keys(&document));
        let [inference] = api.inferences.as_slice() else { panic!("{document}") };
        let Settings { pin, reject } = settings(inference);
        for (lines, state) in [(pin, State::Pinned), (reject, State::Rejected(Rejection::Manifest))]
        {
            let lines = lines.unwrap();
            let manifest = Manifest::parse("vendor.toml", &lines).unwrap();
            let (api, report) = infer_document(&manifest, &fixture::with_required_keys(&document));
            assert!(!report.has_errors(), "{report:?}");
            let [changed] = api.inferences.as_slice() else { panic!("{document}") };
            assert_eq!(
                (&changed.conclusion, &changed.state),
                (&inference.conclusion, &state),
                "{lines}"
            );
        }
    }
}
