//! Inferences of single constructs: what is concluded from a document and `vendor.toml`.
//!
//! A test is a row of a table, or a file as for `lower`: `NAME.yaml` in `tests/it/infer` (and
//! `NAME.toml` if it needs a manifest), with a snapshot of the API after the inferences.

use crate::acme;
use crate::lowering::{fixture, read, show};
use docwright::infer::{Settings, infer, render_json, render_text, settings};
use docwright::ir::{Api, Rejection, Shape, State, TypeName};
use docwright::lower::{lower, type_keys};
use docwright::{Manifest, Names, Report, Sources};
use serde_json::Value;

#[test]
fn inferences_of_each_fixture_are_applied() {
    fixture::check_folder("infer", |manifest, document| {
        let (api, report) = infer_document(manifest, document);
        show::render_api(Some(&api), &report)
    });
}

pub fn infer_document(manifest: &Manifest, document: &str) -> (Api, Report) {
    let mut report = Report::default();
    let tree = read::normalise("acme.yaml", document, &mut report);
    let tree = tree.unwrap_or_else(|| panic!("{report:?}"));
    let api = lower(manifest, &tree, &mut report);
    let mut api = api.unwrap_or_else(|| panic!("{report:?}"));
    let keys = type_keys(&api, tree.root());
    infer(&mut api, manifest, tree.root(), &keys, &Names::default(), &mut report);
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

/// An operation whose errors have this schema.
fn error(schema: &str) -> String {
    format!(
        "paths: {{/a: {{get: {{responses: {{default: {{description: no, content: \
         {{application/json: {{schema: {schema}}}}}}}}}}}}}}}"
    )
}

pub const STRINGS: &str = "{type: array, items: {type: string}}";
const TWO_LISTS: &str =
    "{type: object, properties: {a: {type: array, items: {}}, b: {type: array, items: {}}}}";
const META: &str = "{type: object, properties: {data: {type: array, items: {}}, \
                    meta: {type: object, properties: {next_cursor: {type: string}}}}}";
const CURSOR: &str = "{name: cursor, in: query, schema: {type: string}}";
const CODE: &str =
    "{type: object, properties: {error: {type: object, properties: {code: {type: string}}}}}";
const TEXT: &str = "{type: object, properties: {title: {type: string}, detail: {type: string}}}";
const KEY: &str = "Idempotency-Key";

/// Checks the inferences from each document and `vendor.toml`, as lines.
pub fn check(rows: &[(String, &str, String)]) {
    for (document, rules, expected) in rows {
        assert_eq!(shown(document, rules), *expected, "{document}\n{rules}");
    }
}

#[test]
fn pagination_follows_from_parameters_fields_and_rules() {
    let offset = [integer("offset", ""), integer("limit", "")].join(", ");
    let page = |keywords: &str| list(&integer("page", keywords), STRINGS);
    let by_none = "[[pagination]]\nby = \"none\"\noperations = [\"GET /list\"]";
    let by_offset = "[[pagination]]\nby = \"offset\"\nparameter = \"offset\"";
    let paged = |state: &str, by: &str, first: &str| {
        let size = if by == "offset" { "{\"query\":\"limit\"}" } else { "null" };
        format!(
            "{state} GET /list pagination {{\"by\":\"{by}\",\"parameter\":{{\"query\":\"{by}\"}},\
             \"first\":{first},\"next\":null,\"id\":null,\"items\":[],\"more\":null,\
             \"size\":{size},\"excluded\":[]}}"
        )
    };
    let unclear = |reason: &str| format!("rejected GET /list pagination null: {reason}");
    let unknown_first = paged("rejected", "page", "1")
        + ": neither its default, minimum and example nor its description state the number of the first page";
    let no_cursor = unclear("no field of the response has its next value");
    let cursor = "inferred GET /list pagination {\"by\":\"cursor\",\"parameter\":{\"query\":\"cursor\"},\
                  \"first\":null,\"next\":[\"meta\",\"next_cursor\"],\"id\":null,\"items\":[\"data\"],\
                  \"more\":null,\"size\":null,\"excluded\":[]}";
    check(&[
        (list(&offset, STRINGS), "", paged("inferred", "offset", "null")),
        (
            list(&offset, STRINGS),
            by_none,
            paged("rejected", "offset", "null") + ": vendor.toml excludes it",
        ),
        (list(&offset, STRINGS), by_offset, paged("pinned", "offset", "null")),
        (
            list(&integer("offset", ""), STRINGS),
            "",
            unclear("a parameter for the number of items is missing"),
        ),
        (list(&offset, TWO_LISTS), "", unclear("the response has several lists: `a`, `b`")),
        (page(", default: 0"), "", paged("inferred", "page", "0")),
        (page(", minimum: 1"), "", paged("inferred", "page", "1")),
        (page(", default: 2"), "", unknown_first.clone()),
        (page(""), "", unknown_first),
        (list(CURSOR, META), "", cursor.to_owned()),
        (list(CURSOR, STRINGS), "", no_cursor),
        (list(&integer("id", ""), STRINGS), "", String::new()),
    ]);
}

#[test]
fn idempotency_keys_follow_from_header_names_and_rules() {
    let headers = "[idempotency]\nheaders = [\"X-Key\"]\noperations = [\"POST /pay\"]";
    let key = |state: &str, headers: &str, reason: &str| {
        format!(
            "{state} POST /pay idempotency_key {{\"headers\":[{headers}],\"field\":null}}{reason}"
        )
    };
    let quoted = format!("\"{KEY}\"");
    let both = format!("{quoted},\"X-Idempotency-Id\"");
    check(&[
        (post(&[(KEY, "")]), "", key("inferred", &quoted, "")),
        (
            post(&[(KEY, ", maxLength: 35")]),
            "",
            key("rejected", &quoted, ": its schema does not allow UUIDs"),
        ),
        (
            post(&[(KEY, ""), ("X-Idempotency-Id", "")]),
            "",
            key("rejected", &both, ": the operation has several such headers"),
        ),
        (
            post(&[(KEY, "")]),
            "[idempotency]\noperations = []",
            key("rejected", &quoted, ": vendor.toml excludes it"),
        ),
        (post(&[("X-Key", "")]), headers, key("pinned", "\"X-Key\"", "")),
        (post(&[("X-Key", "")]), "", String::new()),
    ]);
}

#[test]
fn tags_and_secrets_follow_from_types_and_names() {
    let login = |ty: &str| {
        let schema = format!("{{type: object, properties: {{password: {{type: {ty}}}}}}}");
        format!("components: {{schemas: {{Login: {schema}}}}}")
    };
    let secret = |state: &str, reason: &str| format!("{state} Login.password secret null{reason}");
    let card = "inferred Card.kind constant \"card\"".to_owned();
    let tag = format!(
        "inferred Way tag \"kind\"\n{card}\n{}",
        card.replace("Card", "Bank").replace("card", "bank")
    );
    check(&[
        (union(", enum: [card]", ", enum: [bank]"), "", tag),
        (union(", enum: [card]", ", enum: [bank, card]"), "", card.clone()),
        (union(", enum: [card]", ""), "", card),
        (login("string"), "", secret("inferred", "")),
        (login("integer"), "", secret("rejected", ": it is not a string")),
        (login("string"), "secrets = [\"password\"]", secret("pinned", "")),
    ]);
}

#[test]
fn error_fields_follow_from_their_names_and_rules() {
    check(&[
        (error(CODE), "", "inferred GET /a error_code [\"/error/code\"]".to_owned()),
        (error(TEXT), "", "inferred GET /a error_message [\"detail\",\"title\"]".to_owned()),
        (
            error(TEXT),
            "[error_fields]\nmessage = [\"x\"]",
            "pinned GET /a error_message [\"x\"]".to_owned(),
        ),
        (
            error(CODE),
            "[error_fields]\ncode = []",
            "rejected GET /a error_code [\"/error/code\"]: vendor.toml excludes it".to_owned(),
        ),
        (error(CODE), "[error_codes]\nfield = \"code\"", String::new()),
    ]);
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
fn rejected_ids_are_not_pinned_by_another_pattern() {
    let document = "components: {schemas: {Order: {type: object, properties: {charge: {type: string}, \
                    other: {type: string}}}}}";
    let rules = "ids = {types = {ChargeId = [\"Order.*\"]}, reject = [\"Order.charge\"]}";
    check(&[(document.to_owned(), rules, "pinned Order.other id \"ChargeId\"".to_owned())]);
    let manifest = Manifest::parse("vendor.toml", rules).unwrap();
    let (_, report) = infer_document(&manifest, &fixture::with_required_keys(document));
    assert_eq!(report.problems, []);
}

#[test]
fn the_type_of_ids_has_another_name_than_components() {
    let schemas = "Charge: {type: object, properties: {id: {type: string}}}, RefundId: {type: object, \
                   properties: {refund: {type: string}}}";
    let document = format!("components: {{schemas: {{{schemas}}}}}");
    let rules = "ids = {types = {Charge = [\"Charge.id\"], RefundId = [\"RefundId.refund\"]}}";
    let manifest = Manifest::parse("vendor.toml", rules).unwrap();
    let (api, _) = infer_document(&manifest, &fixture::with_required_keys(&document));
    let ids = api.types.iter().filter(|def| def.shape == Shape::Id);
    let names: Vec<&TypeName> = ids.map(|def| &def.name).collect();
    let name = |key: &str| TypeName::Component(key.to_owned());
    assert_eq!(names, [&name("ChargeId"), &name("RefundIdentifier")]);
}

#[test]
fn a_table_for_no_operation_says_which_key_excludes_all() {
    for (rules, message) in [
        ("[digest]\nalgorithms = [\"sha-256\"]\noperations = []", "`operations` is empty"),
        (
            "[digest]\nalgorithms = [\"sha-256\"]\noperations = [\"POST /pay\"]\nmethods = [\"PUT\"]",
            "`methods` excludes all listed operations",
        ),
    ] {
        let manifest = Manifest::parse("vendor.toml", rules).unwrap();
        let document = fixture::with_required_keys(&post(&[]));
        let (_, report) = infer_document(&manifest, &document);
        let messages: Vec<&str> = report.problems.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(messages, [message]);
    }
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
        list(&integer("page", ""), STRINGS),
        list(CURSOR, META),
        post(&[(KEY, "")]),
        error(CODE),
        error(TEXT),
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
