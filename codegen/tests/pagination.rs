//! `[[pagination]]` in vendor.toml: what it adds, what it takes away, and what is wrong with it.

use docwright::source::render::render;
use docwright::{
    CrateOptions, Input, Manifest, Output, Report, RuntimeDependency, Vendor, generate_crate,
};

/// Lists whose first page nobody could guess, beside one that is shown beyond doubt.
const API: &str = "
openapi: 3.0.3
info: {title: Acme, version: '1'}
paths:
  /orders:
    get:
      operationId: list_orders
      parameters:
        - {name: index, in: query, schema: {type: integer, default: 0}}
        - {name: size, in: query, schema: {type: integer}}
      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Orders'}}}}}
  /refunds:
    get:
      operationId: list_refunds
      parameters: [{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}]
      responses: {'200': {description: OK, content: {application/json: {schema: {type: array, items: {type: string}}}}}}
components:
  schemas:
    Orders:
      type: object
      properties:
        orders: {type: array, items: {type: string}}
        warnings: {type: array, items: {type: string}}
        paging: {type: object, properties: {after: {type: string}}}
";

fn generate(rules: &str) -> Result<Output, Report> {
    let manifest = Manifest::parse("specs/acme/vendor.toml", rules)?;
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: API.into() }];
    let vendor = Vendor { name: "acme".to_owned(), manifest, inputs, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    generate_crate(&vendor, &CrateOptions { name: "acme".to_owned(), runtime, example: false })
}

/// The tables of the requests that read pages.
fn tables(rules: &str) -> String {
    let output = generate(rules).unwrap_or_else(|report| panic!("{}", render(&report, false)));
    let text = &output.files.0["src/operations.rs"];
    let tables =
        text.split("runtime::pages!(").skip(1).filter_map(|rest| rest.split(");\n").next());
    tables.map(|table| format!("{table}\n")).collect()
}

#[test]
fn what_is_shown_is_inferred_and_told() {
    let output = generate("").unwrap();
    assert_eq!(
        output.vendors[0].inferred,
        ["1 list is read page by page, by the offset `offset`: list_refunds"]
    );
    assert!(tables("").starts_with("ListRefunds as pages, items => Vec<String>, String,"));
}

#[test]
fn a_rule_adds_a_list_and_takes_one_away() {
    let rules = "
[[pagination]]
by = \"none\"
operations = [\"GET /refunds\"]

[[pagination]]
by = \"page\"
parameter = \"index\"
first = 0
items = \"orders\"
";
    assert_eq!(
        tables(rules),
        "ListOrders as pages, items => types::Orders, String, runtime::NoTypedError;
    runtime::Paging::Page { parameter: \"index\", first: 0 },
    |page| page.orders.as_mut(),
    |_| None
"
    );
    assert!(generate(rules).unwrap().vendors[0].inferred.is_empty(), "what is fixed is not told");
}

#[test]
fn a_cursor_may_stand_anywhere() {
    let rules = "
[[pagination]]
by = \"cursor\"
parameter = \"index\"
items = \"orders\"
next = \"paging.after\"
operations = [\"GET /orders\"]
";
    let way = "|page| Some(page.paging.as_ref()?.after.as_ref()?.to_string())";
    assert!(tables(rules).contains(way), "{}", tables(rules));
}

#[test]
fn a_rule_that_does_not_fit_is_shown_at_its_place() {
    for (rule, at, what) in [
        (
            "by = \"offset\"\nparameter = \"index\"",
            "1:1",
            "`GET /orders`: the response has no list there, or several",
        ),
        (
            "by = \"offset\"\nparameter = \"index\"\nitems = \"paging\"",
            "4:1",
            "`GET /orders`: the response has no list there, or several",
        ),
        (
            "by = \"cursor\"\nparameter = \"index\"\nitems = \"orders\"\nnext = \"warnings\"",
            "5:1",
            "`GET /orders`: the response has no text or number there",
        ),
        (
            "by = \"offset\"\nparameter = \"skip\"\noperations = [\"GET /orders\"]",
            "3:1",
            "`GET /orders`: there is no query parameter `skip`",
        ),
        (
            "by = \"link\"\noperations = [\"GET /order\"]",
            "3:1",
            "`GET /order` is no operation that is generated",
        ),
    ] {
        let report = generate(&format!("[[pagination]]\n{rule}\n")).unwrap_err();
        let said = render(&report, false);
        assert!(said.contains(&format!("error: {what}")), "{said}");
        assert!(said.contains(&format!("specs/acme/vendor.toml:{at}")), "{at}: {said}");
    }
}
