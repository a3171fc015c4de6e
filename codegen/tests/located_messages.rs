//! What a person reads when a page is broken.

use docwright::report::{Location, Origin, Report};
use docwright::source::{self, render};
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

/// The messages for a copy of the page in which `from` was replaced.
fn messages(from: &str, to: &str) -> String {
    assert!(PAGE.contains(from));
    let mut report = Report::default();
    let input =
        Input { file: "pages/create-order.md".into(), bytes: PAGE.replacen(from, to, 1).into() };
    let (sources, pages) = page::read(&[input], &mut report);
    for page in pages {
        if let Err(problem) = source::parse(&sources, page.document) {
            report.push(problem);
        }
    }
    render::render(&report, false)
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

/// Problems of later stages: sorted, each once, of every weight and kind of location.
fn report() -> Report {
    let mut report = Report::default();
    let inputs = [
        Input { file: "pages/create-order.md".into(), bytes: PAGE.into() },
        Input {
            file: "openapi.json".into(),
            bytes: "{\"openapi\": \"3.0.0\",\n \"é\": [true, {}]}".into(),
        },
    ];
    let (sources, pages) = page::read(&inputs, &mut report);
    let origin = |page: &page::Page, pointer: &str| -> Origin {
        let node = source::parse(&sources, page.document).expect("it reads");
        node.pointer(pointer).expect("it is there").origin
    };
    let [json, page] = pages.as_slice() else { panic!("two pages") };
    let in_alias = origin(page, "/components/schemas/Order/properties/parent/type");
    let order = origin(page, "/components/schemas/Order");
    let problems = [
        Problem::error(Location::Run, "no operation is left").help("see the other problems"),
        Problem::note(Location::File("pages/create-order.md".into()), "read as a page"),
        Problem::warning(Location::Member(order), "`Order` is not used")
            .label("a schema\nof many lines"),
        Problem::error(Location::Value(in_alias), "a string was not expected")
            .label("behind an alias"),
        Problem::error(Location::Value(in_alias), "a string was not expected")
            .label("behind an alias"),
        Problem::error(Location::Member(origin(json, "/é")), "`é` has no meaning")
            .help("remove it"),
        Problem::error(Location::Value(origin(json, "/é/0")), "a map was expected"),
        Problem::error(
            Location::Value(Origin { document: 9, node: 9 }),
            "a location that is not there",
        ),
    ];
    report.problems.extend(problems);
    report
}

#[test]
fn every_kind_of_place() {
    insta::assert_snapshot!(render::render(&report(), false));
}

#[test]
fn as_json() {
    let json = render::to_json(&report());
    let lines = json.as_array().expect("a list").iter().map(ToString::to_string);
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn colours_are_only_in_styled_text() {
    let report = report();
    assert!(render::render(&report, true).contains('\u{1b}'));
    assert!(!render::render(&report, false).contains('\u{1b}'));
}

#[test]
fn the_order_of_problems_does_not_matter() {
    let mut reversed = report();
    reversed.problems.reverse();
    assert_eq!(render::render(&reversed, false), render::render(&report(), false));
}
