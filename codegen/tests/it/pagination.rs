//! `[[pagination]]` in vendor.toml: lists that a rule adds or excludes, and invalid rules.

use docwright::report::Severity;
use docwright::source::Document;
use docwright::{
    CrateOptions, Diagnostics, Input, Manifest, Output, Problem, RuntimeDependency, Sources,
    Vendor, generate_crate,
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

fn generate(document: &str, rules: &str, strict: bool) -> Result<Output, Diagnostics> {
    let file = "specs/acme/vendor.toml";
    let manifest = Manifest::parse(file, rules).map_err(|report| {
        let documents = vec![Document::whole(file, rules.into())];
        Diagnostics { sources: Sources { documents }, report }
    })?;
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: document.into() }];
    let vendor = Vendor { name: "acme".to_owned(), manifest, inputs, strict, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    generate_crate(&vendor, &CrateOptions { name: "acme".to_owned(), runtime, example: false })
}

fn generate_strictly(rules: &str) -> Output {
    generate(API, rules, true).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the pagination tables of the generated requests.
fn pagination_tables(rules: &str) -> String {
    let output = generate_strictly(rules);
    let text = &output.files.0["src/operations.rs"];
    let tables =
        text.split("runtime::pages!(").skip(1).filter_map(|rest| rest.split(");\n").next());
    tables.map(|table| format!("{table}\n")).collect()
}

#[test]
fn unambiguous_pagination_is_inferred_and_reported() {
    let output = generate_strictly("");
    assert_eq!(
        output.vendors[0].inferred,
        ["1 list is paginated by offset `offset`: list_refunds"]
    );
    assert_eq!(
        pagination_tables(""),
        "ListRefundsRequest as [pages, pages_from, items, items_from]
        => Vec<String>, String, runtime::NoTypedError;
    runtime::Paging::offset().query(\"offset\"),
    |page| Some(page)
"
    );
    let text = &output.files.0["src/operations.rs"];
    assert!(text.contains("pub fn page_size(self, page_size: i64) -> Self {"), "{text}");
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
    let output = generate_strictly(rules);
    assert!(output.vendors[0].inferred.is_empty(), "configured pagination is not reported");
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
    let paging = r#"cursor(&["paging", "after"]).query("index").items(&["orders"]),"#;
    assert!(pagination_tables(rules).contains(paging), "{}", pagination_tables(rules));
}

#[test]
fn a_rule_that_fits_nothing_is_an_error_at_its_location() {
    for (rule, location, message) in [
        (
            "by = \"offset\"\nparameter = \"index\"\nitems = \"paging\"",
            "4:1",
            "`GET /orders`: the response has no list at `paging`",
        ),
        (
            "by = \"cursor\"\nparameter = \"index\"\nnext = \"warnings\"",
            "4:1",
            "`GET /orders`: the response has no string or integer at `warnings`",
        ),
        (
            "by = \"last_item\"\nparameter = \"index\"",
            "1:1",
            "`GET /orders`: the items have no string or integer at `id`",
        ),
        (
            "by = \"offset\"\nparameter = \"skip\"\noperations = [\"GET /orders\"]",
            "3:1",
            "`GET /orders`: there is no query parameter `skip`",
        ),
        (
            "by = \"offset\"\nparameter = \"skip\"\noperations = [\"GET *\"]",
            "3:1",
            "the rule fits none of its 2 operations: 2 because there is no query parameter `skip` \
             (`GET /orders`, `GET /refunds`)",
        ),
        (
            "by = \"offset\"\nparameter = \"indx\"",
            "3:1",
            "no operation has the query parameter `indx`",
        ),
        ("by = \"url\"\nnext = \"links.next\"", "3:1", "no response has the field `links.next`"),
        (
            "by = \"link\"\noperations = [\"GET /order\"]",
            "3:1",
            "there is no operation `GET /order`",
        ),
        (
            "by = \"link\"\noperations = [\"*\"]\n[[pagination]]\nby = \"none\"\noperations = [\"GET *\"]",
            "5:1",
            "earlier rules apply to its 2 operations",
        ),
    ] {
        let rules = format!("[[pagination]]\n{rule}\n");
        let rendered = generate(API, &rules, true).unwrap_err().render(false);
        assert!(rendered.contains(&format!("error: {message}")), "{rendered}");
        let location = format!("specs/acme/vendor.toml:{location}");
        assert!(rendered.contains(&location), "{location}: {rendered}");
        let output =
            generate(API, &rules, false).unwrap_or_else(|it| panic!("{}", it.render(false)));
        let is_warning = |it: &&Problem| it.severity == Severity::Warning && it.message == message;
        assert_eq!(output.report.problems.iter().filter(is_warning).count(), 1, "{message}");
    }
}

#[test]
fn a_misspelt_rule_is_reported_with_the_nearest_name() {
    for (rule, name) in [
        ("by = \"offset\"\nparameter = \"indx\"", "index"),
        ("by = \"link\"\noperations = [\"GET /order\"]", "GET /orders"),
    ] {
        let rendered = generate(API, &format!("[[pagination]]\n{rule}\n"), true).unwrap_err();
        let rendered = rendered.render(false);
        assert!(rendered.contains(&format!("did you mean `{name}`?")), "{rendered}");
    }
}

#[test]
fn a_rule_skips_the_operations_that_it_does_not_fit() {
    let rules =
        "[[pagination]]\nby = \"offset\"\nparameter = \"index\"\noperations = [\"GET *\"]\n";
    let output = generate_strictly(rules);
    let notes: Vec<&Problem> =
        output.report.problems.iter().filter(|it| it.severity == Severity::Note).collect();
    let messages: Vec<&str> = notes.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the rule applies to 1 of 2 operations; it skips 1 because there is no query parameter `index` \
          (`GET /refunds`)"
        ]
    );
    // The skipped operation is inferred.
    assert_eq!(pagination_tables(rules).matches("runtime::Paging::offset()").count(), 2);
}
