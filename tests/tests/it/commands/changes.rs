//! Tests of `docwright changes`, and of the changes that `generate` prints.

use serde_json::Value;

use super::docwright;
use super::folder::Folder;

const OLD: &str = "openapi: 3.0.3
info: {title: Orders, version: '1'}
servers: [{url: https://api.orders.test}]
paths:
  /orders:
    get:
      operationId: list orders
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
components:
  schemas:
    Order:
      type: object
      properties:
        amount: {type: integer}
        state: {type: string, enum: [open, paid]}
";

/// Creates a folder with `old.yaml`, and with `new.yaml`, in which these texts are replaced.
fn pair(replacements: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write("old.yaml", OLD);
    folder.write("new.yaml", OLD);
    replacements.iter().for_each(|(old, new)| folder.replace("new.yaml", old, new));
    folder
}

const BREAKING: (&str, &str) = ("amount: {type: integer}", "amount: {type: number}");
const SAFE: (&str, &str) = ("[open, paid]", "[open, paid, closed]");

#[test]
fn changes_are_printed_with_both_locations_and_the_next_version() {
    let folder = pair(&[BREAKING, SAFE]);
    let (old, new) = (folder.text_path("old.yaml"), folder.text_path("new.yaml"));
    let result = docwright(&["changes", &old, &new]).exits(0);
    let lines: Vec<&str> = result.out.lines().collect();
    let [breaking, reason, safe, last] = lines.as_slice() else { panic!("{result:#?}") };
    let locations = format!("{old}:15:9 → {new}:15:9");
    assert!(breaking.starts_with("breaking  Order.amount"), "{breaking}");
    assert!(breaking.contains("Option<i64> → Option<"), "{breaking}");
    assert!(breaking.ends_with(&locations), "{breaking}");
    assert_eq!(*reason, "  code that uses the value expects the old type");
    assert!(safe.starts_with("safe      OrderState::Closed"), "{safe}");
    assert!(safe.ends_with(&format!("{new}:16:50")), "{safe}");
    let next = "next version: a major version, or before 1.0.0 a minor version";
    assert_eq!(*last, format!("1 breaking, 1 safe · {next}"));
}

#[test]
fn a_run_fails_on_breaking_changes_only_if_requested() {
    let folder = pair(&[BREAKING]);
    let (old, new) = (folder.text_path("old.yaml"), folder.text_path("new.yaml"));
    docwright(&["changes", &old, &new]).exits(0);
    docwright(&["changes", &old, &new, "--fail-on", "breaking"]).exits(1).prints("Order.amount");
    docwright(&["changes", &old, &old, "--fail-on", "breaking"])
        .exits(0)
        .prints("no changes for callers");
    docwright(&["changes", &old, "missing.yaml"]).exits(2).warns("no such file or folder");
}

#[test]
fn changes_are_printed_as_markdown_and_json() {
    let folder = pair(&[BREAKING]);
    let (old, new) = (folder.text_path("old.yaml"), folder.text_path("new.yaml"));
    docwright(&["changes", &old, &new, "--format", "markdown"])
        .exits(0)
        .prints("| | item | change | values | why | location |\n|---|")
        .prints("| **breaking** | `Order.amount` | retyped `Option<i64> → ");
    let result = docwright(&["changes", &old, &new, "--format", "json"]).exits(0);
    let json: Value = serde_json::from_str(&result.out).expect("JSON");
    assert_eq!(json["step"], "major");
    assert_eq!(json["step_before_1_0"], "minor");
    assert_eq!(json["next_version"], Value::Null);
    let change = &json["changes"][0];
    assert_eq!(change["impact"], "breaking");
    assert_eq!(change["direction"], "received");
    assert_eq!(change["old"]["line"], 15);
    assert_eq!(change["new"]["column"], 9);
}

#[test]
fn generate_prints_what_a_changed_document_means_and_the_next_version() {
    let folder = pair(&[]);
    let (input, client) = (folder.text_path("old.yaml"), folder.text_path("client"));
    docwright(&["generate", &input, "--out", &client]).exits(0).omits("next version");
    docwright(&["generate", &client]).exits(0).omits("next version").prints("0 files written");
    folder.replace("client/Cargo.toml", "version = \"0.1.0\"", "version = \"1.4.0\"");
    folder.replace("old.yaml", BREAKING.0, BREAKING.1);
    // The old version is the crate as it was generated.
    docwright(&["changes", &client, &input])
        .exits(0)
        .prints("breaking  Order.amount")
        .prints("next version: 2.0.0 (was 1.4.0)");
    docwright(&["generate", &client]).exits(0).prints("  breaking  Order.amount").prints(
        "  1 breaking, 0 safe · a change of the inputs · next version: 2.0.0 (was 1.4.0)\n",
    );
    assert!(folder.read("client/Cargo.toml").contains("version = \"1.4.0\""));
    docwright(&["generate", &client]).exits(0).omits("next version");
    docwright(&["changes", &client, &input]).exits(0).prints("no changes for callers");
}

#[test]
fn a_change_of_docwright_is_distinguished_from_one_of_the_inputs() {
    let folder = pair(&[]);
    let (input, client) = (folder.text_path("old.yaml"), folder.text_path("client"));
    docwright(&["generate", &input, "--out", &client]).exits(0);
    // An earlier version of Docwright had another type.
    folder.replace("client/docwright.lock", "Option<i64>", "Option<f64>");
    folder.replace("client/docwright.lock", "\"docwright\":\"", "\"docwright\":\"0.0.");
    let record = folder.read("client/docwright.lock");
    let result = docwright(&["generate", &client, "--format", "json"]).exits(0);
    let json: Value = serde_json::from_str(&result.out).expect("JSON");
    let changes = &json["clients"][0]["api_changes"];
    let cause = changes["cause"].as_str().expect("a cause");
    assert!(cause.starts_with("the inputs are unchanged: a change of Docwright (0.0."), "{cause}");
    assert_eq!(changes["changes"][0]["subject"], "Order.amount");
    folder.write("client/docwright.lock", &record);
    folder.replace("old.yaml", SAFE.0, SAFE.1);
    docwright(&["generate", &client])
        .exits(0)
        .prints("· a change of the inputs or of Docwright (0.0.");
}

#[test]
fn the_new_version_is_named_with_the_recorded_names_of_the_old_one() {
    let folder = pair(&[]);
    let (input, client) = (folder.text_path("old.yaml"), folder.text_path("client"));
    docwright(&["generate", &input, "--out", &client]).exits(0);
    // The name of the enum was chosen by an earlier run.
    for file in ["client/names.toml", "client/docwright.lock"] {
        let text = folder.read(file);
        folder.write(file, &text.replace("OrderState", "Progress"));
    }
    docwright(&["changes", &client, &input]).exits(0).prints("no changes for callers");
}
