//! Corrections to a description, as data: `overlay.yaml`, a list of actions. An action that finds
//! nothing, or not what it expects, is a Problem: it would otherwise outlive what it corrects.
//!
//! ```yaml
//! - target: /components/schemas/ResponseCode   # JSON pointer into the normalised description
//!   expect: { type: string }                   # members as they must be now
//!   remove: [type]                             # members to take away
//!   update: { oneOf: [...] }                   # members to set
//!   reason: Declared a string, sent as an integer
//!   link: https://docs.acme.example/errors
//! ```

use crate::report::{Location, Problem, Report};
use crate::source::{Map, Node};

/// One action, read and checked.
struct Action<'a> {
    node: &'a Node,
    target: &'a str,
    expect: Option<&'a Map>,
    remove: Vec<&'a str>,
    update: Option<&'a Map>,
}

/// `openapi` with every action of `overlay` done to it.
pub fn apply(overlay: &Node, mut openapi: Node, report: &mut Report) -> Node {
    let Some(list) = overlay.as_array() else {
        let what = format!("an overlay must be a list of actions, found {}", overlay.kind_name());
        report.push(Problem::error(Location::Value(overlay.origin), what));
        return openapi;
    };
    for node in list {
        if let Some(action) = read(node, report) {
            perform(&action, &mut openapi, report);
        }
    }
    openapi
}

fn read<'a>(node: &'a Node, report: &mut Report) -> Option<Action<'a>> {
    let mut fail = |at: &Node, what: &str| {
        report.push(Problem::error(Location::Member(at.origin), what));
    };
    let Some(map) = node.as_object() else {
        fail(node, "an action must be a map with `target` and `reason`");
        return None;
    };
    let mut action = Action { node, target: "", expect: None, remove: Vec::new(), update: None };
    let mut reason = false;
    for (key, value) in map {
        match (key.as_str(), value.as_str(), value.as_object(), value.as_array()) {
            ("target", Some(pointer), ..) => action.target = pointer,
            ("reason", Some(text), ..) => reason = !text.trim().is_empty(),
            ("link", Some(_), ..) => {}
            ("expect", _, Some(map), _) => action.expect = Some(map),
            ("update", _, Some(map), _) => action.update = Some(map),
            ("remove", _, _, Some(names)) => {
                action.remove = names.iter().filter_map(Node::as_str).collect()
            }
            ("target" | "reason" | "link" | "expect" | "update" | "remove", ..) => {
                fail(value, &format!("`{key}` of an action cannot be {}", value.kind_name()));
                return None;
            }
            _ => {
                fail(value, &format!("an action has no `{key}`"));
                return None;
            }
        }
    }
    if action.target.is_empty() || !reason {
        fail(node, "an action needs a `target` and a `reason`");
        return None;
    }
    if action.remove.is_empty() && action.update.is_none() {
        fail(node, "an action needs an `update` or a `remove`");
        return None;
    }
    Some(action)
}

fn perform(action: &Action<'_>, openapi: &mut Node, report: &mut Report) {
    let mut stale = |what: String| {
        let help =
            "the description may have been mended: look at it, then remove or adjust this action";
        report.push(Problem::error(Location::Member(action.node.origin), what).help(help));
    };
    let Some(map) = openapi.pointer_mut(action.target).and_then(Node::as_object_mut) else {
        return stale(format!("this action finds no map at `{}`", action.target));
    };
    for (key, expected) in action.expect.into_iter().flatten() {
        if map.get(key) != Some(expected) {
            return stale(format!("this action expects another `{key}` at `{}`", action.target));
        }
    }
    for key in &action.remove {
        if map.shift_remove(*key).is_none() {
            return stale(format!("this action finds no `{key}` to remove at `{}`", action.target));
        }
    }
    for (key, value) in action.update.into_iter().flatten() {
        if map.insert(key.clone(), value.clone()).as_ref() == Some(value) {
            return stale(format!(
                "`{key}` at `{}` is already what this action makes it",
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
        let done = apply(&node(&serde_json::json!([action])), node(&openapi), &mut report);
        (done.to_json(), report.problems.into_iter().map(|p| p.what).collect())
    }

    #[test]
    fn an_action_that_fits_is_done() {
        let (done, problems) = run(serde_json::json!({
            "target": "/components/schemas/Code", "expect": {"type": "string"}, "remove": ["type"],
            "update": {"oneOf": []}, "reason": "sent as an integer",
        }));
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            done.pointer("/components/schemas/Code"),
            Some(&serde_json::json!({"example": 200, "oneOf": []}))
        );
    }

    #[test]
    fn an_action_that_no_longer_fits_is_a_problem() {
        let at = "/components/schemas/Code";
        let cases = [
            (
                serde_json::json!({"target": "/nowhere", "remove": ["type"], "reason": "r"}),
                "this action finds no map at `/nowhere`",
            ),
            (
                serde_json::json!({"target": at, "expect": {"type": "integer"}, "remove": ["type"], "reason": "r"}),
                "this action expects another `type` at `/components/schemas/Code`",
            ),
            (
                serde_json::json!({"target": at, "remove": ["format"], "reason": "r"}),
                "this action finds no `format` to remove at `/components/schemas/Code`",
            ),
            (
                serde_json::json!({"target": at, "update": {"type": "string"}, "reason": "r"}),
                "`type` at `/components/schemas/Code` is already what this action makes it",
            ),
            (
                serde_json::json!({"target": at, "remove": ["type"]}),
                "an action needs a `target` and a `reason`",
            ),
        ];
        for (action, expected) in cases {
            assert_eq!(run(action).1, [expected]);
        }
    }
}
