//! `overlay.yaml`: corrections to the document, as a list of actions. An action whose target is missing or
//! has changed is an error, so that no correction stays after the vendor has fixed the document.
//!
//! ```yaml
//! - target: /components/schemas/ResponseCode   # JSON pointer into the normalised document
//!   expect: { type: string }                   # keys and their current values
//!   remove: [type]                             # keys to remove
//!   update: { oneOf: [...] }                   # keys to set
//!   reason: Declared as a string, but sent as an integer
//!   link: https://docs.acme.example/errors
//! ```

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
pub fn apply(overlay: &Node, mut openapi: Node, report: &mut Report) -> Node {
    let Some(list) = overlay.as_array() else {
        let message =
            format!("expected an overlay to be an array of actions, found {}", overlay.kind_name());
        report.push(Problem::error(Location::Value(overlay.origin), message));
        return openapi;
    };
    for node in list {
        if let Some(action) = parse_action(node, report) {
            apply_action(&action, &mut openapi, report);
        }
    }
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

fn apply_action(action: &Action<'_>, openapi: &mut Node, report: &mut Report) {
    let mut report_stale = |message: String| {
        let help =
            "the vendor may have fixed the document: compare it, then remove or change this action";
        report.push(Problem::error(Location::Entry(action.node.origin), message).help(help));
    };
    let Some(map) = openapi.pointer_mut(action.target).and_then(Node::as_object_mut) else {
        return report_stale(format!("there is no object at the target `{}`", action.target));
    };
    for (key, expected) in action.expect.into_iter().flatten() {
        if map.get(key) != Some(expected) {
            return report_stale(format!(
                "`{key}` at `{}` does not have the expected value",
                action.target
            ));
        }
    }
    for key in &action.remove {
        if map.shift_remove(*key).is_none() {
            return report_stale(format!("there is no `{key}` to remove at `{}`", action.target));
        }
    }
    for (key, value) in action.update.into_iter().flatten() {
        if map.insert(key.clone(), value.clone()).as_ref() == Some(value) {
            return report_stale(format!(
                "`{key}` at `{}` already has the value that this action sets",
                action.target
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::apply;
    use crate::report::{Origin, Report};
    use crate::source::Node;

    fn run(action: serde_json::Value) -> (serde_json::Value, Vec<String>) {
        let openapi = serde_json::json!({"components": {"schemas": {"Code": {"type": "string", "example": 200}}}});
        let node = |value| Node::from_json(value, Origin::default());
        let mut report = Report::default();
        let result = apply(&node(&serde_json::json!([action])), node(&openapi), &mut report);
        (result.to_json(), report.problems.into_iter().map(|p| p.message).collect())
    }

    #[test]
    fn a_matching_action_is_applied() {
        let (result, problems) = run(serde_json::json!({
            "target": "/components/schemas/Code", "expect": {"type": "string"}, "remove": ["type"],
            "update": {"oneOf": []}, "reason": "sent as an integer",
        }));
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            result.pointer("/components/schemas/Code"),
            Some(&serde_json::json!({"example": 200, "oneOf": []}))
        );
    }

    #[test]
    fn an_action_that_does_not_match_is_an_error() {
        let target = "/components/schemas/Code";
        let cases = [
            (
                serde_json::json!({"target": "/nowhere", "remove": ["type"], "reason": "r"}),
                "there is no object at the target `/nowhere`",
            ),
            (
                serde_json::json!({"target": target, "expect": {"type": "integer"}, "remove": ["type"], "reason": "r"}),
                "`type` at `/components/schemas/Code` does not have the expected value",
            ),
            (
                serde_json::json!({"target": target, "remove": ["format"], "reason": "r"}),
                "there is no `format` to remove at `/components/schemas/Code`",
            ),
            (
                serde_json::json!({"target": target, "update": {"type": "string"}, "reason": "r"}),
                "`type` at `/components/schemas/Code` already has the value that this action sets",
            ),
            (
                serde_json::json!({"target": target, "remove": ["type"]}),
                "an action requires `target` and `reason`",
            ),
        ];
        for (action, expected) in cases {
            assert_eq!(run(action).1, [expected]);
        }
    }
}
