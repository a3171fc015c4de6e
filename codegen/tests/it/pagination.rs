//! `[[pagination]]` in vendor.toml: lists that a rule adds or excludes, and invalid rules.

use docwright::source::Document;
use docwright::{
    CrateOptions, Diagnostics, Input, Manifest, Output, RuntimeDependency, Sources, Vendor,
    generate_crate,
};

/// One list whose pagination cannot be inferred, and one whose pagination can.
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

fn generate(rules: &str) -> Result<Output, Diagnostics> {
    let file = "specs/acme/vendor.toml";
    let manifest = Manifest::parse(file, rules).map_err(|report| {
        let documents = vec![Document::whole(file, rules.into())];
        Diagnostics { sources: Sources { documents }, report }
    })?;
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: API.into() }];
    let vendor = Vendor { name: "acme".to_owned(), manifest, inputs, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    generate_crate(&vendor, &CrateOptions { name: "acme".to_owned(), runtime, example: false })
}

/// Returns the pagination tables of the generated requests.
fn pagination_tables(rules: &str) -> String {
    let output =
        generate(rules).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    let text = &output.files.0["src/operations.rs"];
    let tables =
        text.split("runtime::pages!(").skip(1).filter_map(|rest| rest.split(");\n").next());
    tables.map(|table| format!("{table}\n")).collect()
}

#[test]
fn unambiguous_pagination_is_inferred_and_reported() {
    let output = generate("").unwrap();
    assert_eq!(
        output.vendors[0].inferred,
        ["1 list is paginated by offset `offset`: list_refunds"]
    );
    assert!(
        pagination_tables("")
            .starts_with("ListRefundsRequest as [pages, pages_from, items, items_from]")
    );
}

#[test]
fn rules_add_and_exclude_lists() {
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
        pagination_tables(rules),
        "ListOrdersRequest as [pages, pages_from, items, items_from]
        => types::Orders, String, runtime::NoTypedError;
    runtime::Paging::page(0).query(\"index\").items(&[\"orders\"]),
    |page| page.orders.as_mut()
"
    );
    assert!(
        generate(rules).unwrap().vendors[0].inferred.is_empty(),
        "configured pagination is not reported"
    );
}

#[test]
fn a_cursor_can_be_nested() {
    let rules = "
[[pagination]]
by = \"cursor\"
parameter = \"index\"
items = \"orders\"
next = \"paging.after\"
operations = [\"GET /orders\"]
";
    let paging = "runtime::Paging::cursor(&[\"paging\", \"after\"]).query(\"index\")";
    assert!(pagination_tables(rules).contains(paging), "{}", pagination_tables(rules));
}

#[test]
fn an_invalid_rule_is_reported_with_its_location() {
    for (rule, location, message) in [
        (
            "by = \"offset\"\nparameter = \"index\"",
            "1:1",
            "`GET /orders`: the response has no list, or several: set `items`",
        ),
        (
            "by = \"offset\"\nparameter = \"index\"\nitems = \"paging\"",
            "4:1",
            "`GET /orders`: the response has no list at `paging`",
        ),
        (
            "by = \"cursor\"\nparameter = \"index\"\nitems = \"orders\"\nnext = \"warnings\"",
            "5:1",
            "`GET /orders`: the response has no string or integer at `warnings`",
        ),
        (
            "by = \"offset\"\nparameter = \"skip\"\noperations = [\"GET /orders\"]",
            "3:1",
            "`GET /orders`: there is no query parameter `skip`",
        ),
        (
            "by = \"link\"\noperations = [\"GET /order\"]",
            "3:1",
            "there is no operation `GET /order`",
        ),
    ] {
        let rendered = generate(&format!("[[pagination]]\n{rule}\n")).unwrap_err().render(false);
        assert!(rendered.contains(&format!("error: {message}")), "{rendered}");
        let location = format!("specs/acme/vendor.toml:{location}");
        assert!(rendered.contains(&location), "{location}: {rendered}");
    }
}
