//! The rendered messages of broken pages.

use docwright::report::{Location, Origin};
use docwright::source::{self, Diagnostics, render};
use docwright::{Input, Problem, page};

const PAGE: &str = r"# Create order

> Creates an order

## OpenAPI

````yaml openapi.yaml post /orders
openapi: 3.0.0
paths:
  /orders:
    post:
      responses:
        '201':
          description: Created
components:
  schemas:
    Order:
      type: object
      properties:
        id: &id
          type: string
        parent: *id

````";

/// Returns the messages for a copy of the page in which `from` is replaced with `to`.
fn messages(from: &str, to: &str) -> String {
    assert!(PAGE.contains(from));
    let mut diagnostics = Diagnostics::default();
    let Diagnostics { sources, report } = &mut diagnostics;
    let input =
        Input { file: "pages/create-order.md".into(), bytes: PAGE.replacen(from, to, 1).into() };
    let pages = page::read(&[input], sources, report);
    for page in pages {
        if let Err(problem) = source::parse(sources, page.document) {
            report.push(problem);
        }
    }
    diagnostics.render(false)
}

#[test]
fn bad_yaml() {
    insta::assert_snapshot!(messages("type: object", "type: object: yes"));
}

#[test]
fn bad_indentation() {
    insta::assert_snapshot!(messages("      properties:", "     properties:"));
}

#[test]
fn missing_fence() {
    insta::assert_snapshot!(messages("````yaml openapi.yaml post /orders", ""));
}

#[test]
fn unterminated_fence() {
    insta::assert_snapshot!(messages("*id\n\n````", "*id\n"));
}

#[test]
fn duplicate_key() {
    insta::assert_snapshot!(messages(
        "components:",
        "        201:\n          description: Again\ncomponents:"
    ));
}

#[test]
fn unknown_alias() {
    insta::assert_snapshot!(messages("parent: *id", "parent: *ident"));
}

/// Returns problems of later stages, with all severities and kinds of location, and a duplicate.
fn problems() -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    let Diagnostics { sources, report } = &mut diagnostics;
    let inputs = [
        Input { file: "pages/create-order.md".into(), bytes: PAGE.into() },
        Input {
            file: "openapi.json".into(),
            bytes: "{\"openapi\": \"3.0.0\",\n \"é\": [true, {}]}".into(),
        },
    ];
    let pages = page::read(&inputs, sources, report);
    let origin = |page: &page::Page, pointer: &str| -> Origin {
        let node = source::parse(sources, page.document).expect("a valid document");
        node.pointer(pointer).expect("an existing pointer").origin
    };
    let [json, page] = pages.as_slice() else { panic!("two pages") };
    let in_alias = origin(page, "/components/schemas/Order/properties/parent/type");
    let order = origin(page, "/components/schemas/Order");
    let problems = [
        Problem::error(Location::Run, "the document has no operation")
            .help("see the other problems"),
        Problem::note(Location::File("pages/create-order.md".into()), "read as a page"),
        Problem::warning(Location::Entry(order), "`Order` is not used")
            .label("a schema\nwith several lines"),
        Problem::error(Location::Value(in_alias), "unexpected string").label("in an alias"),
        Problem::error(Location::Value(in_alias), "unexpected string").label("in an alias"),
        Problem::error(Location::Entry(origin(json, "/é")), "unknown key `é`").help("remove it"),
        Problem::error(Location::Value(origin(json, "/é/0")), "expected an object"),
        Problem::error(
            Location::Value(Origin { document: 9, node: 9 }),
            "a location that does not exist",
        ),
    ];
    report.problems.extend(problems);
    diagnostics
}

#[test]
fn every_kind_of_location() {
    insta::assert_snapshot!(problems().render(false));
}

#[test]
fn as_json() {
    let Diagnostics { sources, report } = problems();
    let json = render::to_json(&sources, &report);
    let lines = json.as_array().expect("an array").iter().map(ToString::to_string);
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn only_styled_output_has_colours() {
    let diagnostics = problems();
    assert!(diagnostics.render(true).contains('\u{1b}'));
    assert!(!diagnostics.render(false).contains('\u{1b}'));
}

#[test]
fn the_order_of_problems_does_not_matter() {
    let mut reversed = problems();
    reversed.report.problems.reverse();
    assert_eq!(reversed.render(false), problems().render(false));
}
