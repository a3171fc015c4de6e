//! `overlay.yaml`: corrections to the document, as a list of actions. An action whose target is missing or
//! has changed is an error, so that no correction stays after the vendor has fixed the document. What an
//! action adds is audited like the document itself.
//!
//! ```yaml
//! - target: /components/schemas/ResponseCode   # JSON pointer into the normalised document
//!   expect: { type: string }                   # keys and their current values
//!   remove: [type]                             # keys to remove
//!   update: { oneOf: [...] }                   # keys to set
//!   reason: Declared as a string, but sent as an integer
//!   link: https://docs.acme.example/errors
//! ```

use crate::dialect::{EXTENSION_REASON, Edit, Ignored, KeywordLedger, OpenApi30};
use crate::report::{Location, Problem, Report};
use crate::source::{Map, Node};

/// A valid action.
struct Action<'a> {
    node: &'a Node,
    target: &'a str,
    expect: Option<&'a Map>,
    remove: Vec<&'a str>,
    update: Option<&'a Map>,
}

/// Applies every action of `overlay` to `openapi`.
pub fn apply(
    overlay: &Node,
    openapi: OpenApi30,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> OpenApi30 {
    let Some(list) = overlay.as_array() else {
        let message =
            format!("expected an overlay to be an array of actions, found {}", overlay.kind_name());
        report.push(Problem::error(Location::Value(overlay.origin), message));
        return openapi;
    };
    // Somebody maintains the overlay, so a mistake in it is an error.
    let strict = std::mem::replace(&mut report.strict, true);
    let mut edit = openapi.edit();
    // The ledger is about the documents; an overlay is reported on here.
    let mut own_ledger = KeywordLedger::default();
    for node in list {
        if let Some(action) = parse_action(node, report)
            && let Err(reason) = apply_action(&action, &mut edit, report, &mut own_ledger)
        {
            let help = "the vendor may have fixed the document: compare it, then remove or change \
                        this action";
            let location = Location::Entry(action.node.origin);
            report.push(Problem::error(location, reason).help(help));
        }
    }
    for Ignored { location, keyword, reason } in own_ledger.ignored {
        if reason != EXTENSION_REASON {
            let message = format!("`{keyword}` in an overlay has no effect: {reason}");
            report.push(Problem::note(location, message));
        }
    }
    let openapi = edit.finish(report, ledger);
    report.strict = strict;
    openapi
}

fn parse_action<'a>(node: &'a Node, report: &mut Report) -> Option<Action<'a>> {
    let mut fail = |node: &Node, message: &str| {
        report.push(Problem::error(Location::Entry(node.origin), message));
    };
    let Some(map) = node.as_object() else {
        fail(node, "expected an action to be an object with `target` and `reason`");
        return None;
    };
    let mut action = Action { node, target: "", expect: None, remove: Vec::new(), update: None };
    let mut has_reason = false;
    for (key, value) in map {
        match (key.as_str(), value.as_str(), value.as_object(), value.as_array()) {
            ("target", Some(pointer), ..) => action.target = pointer,
            ("reason", Some(text), ..) => has_reason = !text.trim().is_empty(),
            ("link", Some(_), ..) => {}
            ("expect", _, Some(map), _) => action.expect = Some(map),
            ("update", _, Some(map), _) => action.update = Some(map),
            ("remove", _, _, Some(names)) => {
                action.remove = names.iter().filter_map(Node::as_str).collect()
            }
            ("target" | "reason" | "link" | "expect" | "update" | "remove", ..) => {
                let expected = match key.as_str() {
                    "target" | "reason" | "link" => "a string",
                    "remove" => "an array",
                    _ => "an object",
                };
                let found = value.kind_name();
                fail(value, &format!("`{key}` of an action must be {expected}, found {found}"));
                return None;
            }
            _ => {
                fail(value, &format!("unknown key `{key}` in an action"));
                return None;
            }
        }
    }
    if action.target.is_empty() || !has_reason {
        fail(node, "an action requires `target` and `reason`");
        return None;
    }
    if action.remove.is_empty() && action.update.is_none() {
        fail(node, "an action requires `update` or `remove`");
        return None;
    }
    Some(action)
}

/// Applies an action, or returns the reason why it does not apply to the document.
fn apply_action(
    action: &Action<'_>,
    edit: &mut Edit,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Result<(), String> {
    let target = action.target;
    let Some(map) = edit.object(target) else {
        return Err(format!("there is no object at the target `{target}`"));
    };
    for (key, expected) in action.expect.into_iter().flatten() {
        if map.get(key) != Some(expected) {
            return Err(format!("`{key}` at `{target}` does not have the expected value"));
        }
    }
    for key in &action.remove {
        if !edit.remove(target, key) {
            return Err(format!("there is no `{key}` to remove at `{target}`"));
        }
    }
    let nothing = Map::new();
    let update = action.update.unwrap_or(&nothing);
    match edit.update(target, update, report, ledger).first() {
        Some(key) => {
            Err(format!("`{key}` at `{target}` already has the value that this action sets"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::dialect::{self, KeywordLedger, OpenApi30};
    use crate::page::Page;
    use crate::report::{Location, Origin, Report, Severity};
    use crate::source::Node;
    use serde_json::{Value, json};

    const CODE: &str = "/components/schemas/Code";
    const OVERLAY: Origin = Origin { document: 1, node: 0 };

    fn document() -> OpenApi30 {
        let value = json!({
            "openapi": "3.0.3",
            "info": {"title": "Acme", "version": "1"},
            "paths": {"/codes": {"get": {"responses": {"200": {"description": "ok"}}}}},
            "components": {"schemas": {"Code": {"type": "string", "example": 200}}},
        });
        let (node, mut report) = (Node::from_json(&value, Origin::default()), Report::default());
        let document =
            dialect::normalise(&Page::default(), node, &mut report, &mut KeywordLedger::default());
        document.unwrap_or_else(|| panic!("{report:?}"))
    }

    /// Applies an action. Returns the document, and the problems, which are in the overlay.
    fn run(action: Value) -> (Value, Vec<String>) {
        let overlay = Node::from_json(&json!([action]), OVERLAY);
        let mut report = Report { strict: false, ..Report::default() };
        let result = apply(&overlay, document(), &mut report, &mut KeywordLedger::default());
        let problems = report.problems.into_iter().map(|problem| {
            let origin = match problem.location {
                Location::Entry(origin) | Location::Value(origin) => origin,
                location => panic!("{location:?}"),
            };
            assert_eq!(origin.document, OVERLAY.document, "{}", problem.message);
            let help = problem.help.map(|help| format!(" | {help}")).unwrap_or_default();
            match problem.severity {
                Severity::Error => format!("error: {}{help}", problem.message),
                Severity::Warning => format!("warning: {}{help}", problem.message),
                Severity::Note => format!("note: {}{help}", problem.message),
            }
        });
        (result.root().to_json(), problems.collect())
    }

    fn code_after(update: Value) -> (Value, Vec<String>) {
        let (document, problems) =
            run(json!({"target": CODE, "update": update, "reason": "sent as an integer"}));
        (document.pointer(CODE).cloned().unwrap_or_default(), problems)
    }

    #[test]
    fn a_matching_action_is_applied() {
        let (result, problems) = run(json!({
            "target": CODE, "expect": {"type": "string"}, "remove": ["type"],
            "update": {"oneOf": [{"type": "integer"}]}, "reason": "sent as an integer",
        }));
        assert_eq!(problems, [""; 0]);
        let expected = json!({"example": 200, "oneOf": [{"type": "integer"}]});
        assert_eq!(result.pointer(CODE), Some(&expected));
    }

    #[test]
    fn an_action_that_does_not_match_is_an_error() {
        let cases = [
            (
                json!({"target": "/nowhere", "remove": ["type"], "reason": "r"}),
                "there is no object at the target `/nowhere`",
            ),
            (
                json!({"target": CODE, "expect": {"type": "integer"}, "remove": ["type"], "reason": "r"}),
                "`type` at `/components/schemas/Code` does not have the expected value",
            ),
            (
                json!({"target": CODE, "remove": ["format"], "reason": "r"}),
                "there is no `format` to remove at `/components/schemas/Code`",
            ),
            (
                json!({"target": CODE, "update": {"type": "string"}, "reason": "r"}),
                "`type` at `/components/schemas/Code` already has the value that this action sets",
            ),
            (
                json!({"target": CODE, "remove": ["type"]}),
                "an action requires `target` and `reason`",
            ),
        ];
        for (action, expected) in cases {
            let (_, problems) = run(action);
            let [problem] = problems.as_slice() else { panic!("{problems:?}") };
            assert!(problem.starts_with(&format!("error: {expected}")), "{problem}");
        }
    }

    #[test]
    fn a_misspelt_keyword_is_reported_in_the_overlay() {
        let (code, problems) = code_after(json!({"maxLenght": 3}));
        assert_eq!(
            problems,
            ["warning: unknown key `maxLenght` in a schema | did you mean `maxLength`?"]
        );
        assert_eq!(code, json!({"type": "string", "example": 200}));
    }

    #[test]
    fn a_misspelt_keyword_inside_an_added_schema_is_reported() {
        let added = json!({"Event": {"type": "object", "propertys": {"id": {}}}});
        let (_, problems) =
            run(json!({"target": "/components/schemas", "update": added, "reason": "r"}));
        assert_eq!(
            problems,
            ["warning: unknown key `propertys` in a schema | did you mean `properties`?"]
        );
    }

    #[test]
    fn an_invalid_value_is_an_error_in_the_overlay() {
        let (_, problems) = code_after(json!({"maxLength": "many"}));
        assert_eq!(
            problems,
            ["error: `maxLength` must be a non-negative integer, found `\"many\"`"]
        );
    }

    #[test]
    fn a_reference_to_a_missing_component_is_an_error_in_the_overlay() {
        let (_, problems) = code_after(json!({"items": {"$ref": "#/components/schemas/Cod"}}));
        assert_eq!(
            problems,
            ["error: `#/components/schemas/Cod` does not exist | did you mean \
              `#/components/schemas/Code`?"]
        );
    }

    #[test]
    fn a_keyword_without_effect_is_reported() {
        let (_, problems) = code_after(json!({"xml": {"name": "code"}}));
        assert!(
            problems.contains(
                &"note: `xml` in an overlay has no effect: XML is not supported".to_owned()
            ),
            "{problems:?}"
        );
    }

    #[test]
    fn forms_of_openapi_31_are_converted() {
        let (code, problems) = code_after(json!({"type": ["integer", "null"], "const": 5}));
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            code,
            json!({
                "type": "integer", "example": 200, "x-docwright-const": 5, "enum": [5],
                "nullable": true,
            })
        );
    }

    #[test]
    fn an_object_without_a_required_key_is_an_error() {
        let added = json!({"Token": {"in": "header"}});
        let action =
            json!({"target": "/components", "update": {"parameters": added}, "reason": "r"});
        let (_, problems) = run(action);
        assert!(
            problems.iter().any(|it| it.starts_with("error: a parameter has no `name`")),
            "{problems:?}"
        );
    }
}
