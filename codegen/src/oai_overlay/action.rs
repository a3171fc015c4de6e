//! Reads an overlay as a list of actions.

use crate::report::{Location, Problem, Report, suggest};
use crate::source::{Map, Node, unescape};

/// A query, and where it was read from.
#[derive(Debug)]
pub(super) struct QueryText<'a> {
    pub text: &'a str,
    pub node: &'a Node,
}

/// A valid action.
#[derive(Debug)]
pub(super) struct Action<'a> {
    pub node: &'a Node,
    pub target: QueryText<'a>,
    pub change: Change<'a>,
}

/// What an action does with the values that it selects.
#[derive(Debug)]
pub(super) enum Change<'a> {
    Remove,
    Update(&'a Node),
    /// Updates them with a value of the same document.
    Copy(QueryText<'a>),
}

const ROOT_KEYS: [&str; 6] = ["overlay", "$self", "info", "extends", "actions", "components"];
const ACTION_KEYS: [&str; 6] = ["target", "description", "update", "copy", "remove", "$ref"];
const FIELD_KEYS: [&str; 4] = ["description", "update", "copy", "remove"];

/// Returns the valid actions of an overlay, or `None` if it is not an overlay of a supported version.
pub(super) fn parse_overlay<'a>(root: &'a Node, report: &mut Report) -> Option<Vec<Action<'a>>> {
    check_keys(root, &ROOT_KEYS, "an overlay", report);
    let version = root.get("overlay")?;
    if let Err(problem) = check_version(version) {
        let is_error = matches!(problem.severity, crate::report::Severity::Error);
        report.push(problem);
        if is_error {
            return None;
        }
    }
    let actions = root.get("actions");
    let Some(list) = actions.and_then(Node::as_array).filter(|list| !list.is_empty()) else {
        let location = Location::Entry(actions.unwrap_or(version).origin);
        let message = "an overlay requires `actions`, an array with at least one action";
        report.push(Problem::error(location, message));
        return None;
    };
    let reusable = root.get("components").and_then(|it| it.get("actions"));
    let reusable = reusable.and_then(Node::as_object);
    Some(list.iter().filter_map(|node| parse_action(node, reusable, report)).collect())
}

fn check_version(version: &Node) -> Result<(), Problem> {
    let text = version.as_str().map_or_else(|| version.to_json().to_string(), str::to_owned);
    let location = Location::Entry(version.origin);
    let mut parts = text.split('.');
    match (parts.next(), parts.next().and_then(|minor| minor.parse::<u32>().ok())) {
        (Some("1"), Some(0..=2)) => Ok(()),
        (Some("1"), Some(_)) => {
            Err(Problem::warning(location, format!("Overlay {text} is read as Overlay 1.2")))
        }
        _ => {
            let message = format!("expected an Overlay version such as 1.0.0, found `{text}`");
            Err(Problem::error(location, message).help("Overlay 1.0, 1.1 and 1.2 are supported"))
        }
    }
}

fn check_keys(node: &Node, known: &[&str], object: &str, report: &mut Report) {
    for (key, value) in node.as_object().into_iter().flatten() {
        if !key.starts_with("x-") && !known.contains(&key.as_str()) {
            let message = format!("unknown key `{key}` in {object}");
            let help = suggest(key, known.iter().copied(), "remove it");
            report.push(Problem::error(Location::Entry(value.origin), message).help(help));
        }
    }
}

fn parse_action<'a>(
    node: &'a Node,
    reusable: Option<&'a Map>,
    report: &mut Report,
) -> Option<Action<'a>> {
    check_keys(node, &ACTION_KEYS, "an action", report);
    let action = match node.get("$ref") {
        None => read_action(node, None),
        Some(reference) => find_reusable(reference, reusable)
            .and_then(|fields| read_action(node, Some(fields)).map(|action| (action, fields)))
            .map(|(action, fields)| {
                check_keys(fields, &FIELD_KEYS, "the fields of a reusable action", report);
                action
            }),
    };
    action.map_err(|problem| report.push(problem)).ok()
}

/// Returns the fields of the action that `reference` refers to.
fn find_reusable<'a>(reference: &'a Node, reusable: Option<&'a Map>) -> Result<&'a Node, Problem> {
    let fail = |message: String| Problem::error(Location::Entry(reference.origin), message);
    let text = reference.as_str().unwrap_or_default();
    let Some(key) = text.strip_prefix("#/components/actions/").map(unescape) else {
        let message = "`$ref` of an action must start with `#/components/actions/`";
        return Err(fail(message.to_owned()));
    };
    let Some(action) = reusable.and_then(|map| map.get(&key)) else {
        let known = reusable.into_iter().flat_map(Map::keys).map(String::as_str);
        let help = suggest(&key, known, "add it to `components.actions`");
        return Err(fail(format!("`{text}` does not exist")).help(help));
    };
    action.get("fields").ok_or_else(|| {
        Problem::error(Location::Entry(action.origin), "a reusable action requires `fields`")
    })
}

/// Reads an action. Keys that it does not have are taken from `fields`, except for the target.
fn read_action<'a>(node: &'a Node, fields: Option<&'a Node>) -> Result<Action<'a>, Problem> {
    let fail = |node: &Node, message: &str| Problem::error(Location::Entry(node.origin), message);
    let find = |key: &str| node.get(key).or_else(|| fields?.get(key));
    let query = |node: &'a Node, key: &str| match node.as_str() {
        Some(text) => Ok(QueryText { text, node }),
        None => Err(fail(node, &format!("`{key}` must be a JSONPath query, as a string"))),
    };
    let Some(target) = node.get("target") else {
        return Err(fail(node, "an action requires `target`, a JSONPath query"));
    };
    let target = query(target, "target")?;
    let is_removal = match find("remove") {
        None => false,
        Some(remove) => {
            remove.as_bool().ok_or_else(|| fail(remove, "`remove` must be `true` or `false`"))?
        }
    };
    let change = match (is_removal, find("update"), find("copy")) {
        (true, ..) => Change::Remove,
        (false, Some(_), Some(copy)) => {
            return Err(fail(copy, "an action has either `update` or `copy`"));
        }
        (false, Some(update), None) => Change::Update(update),
        (false, None, Some(copy)) => Change::Copy(query(copy, "copy")?),
        (false, None, None) => {
            return Err(fail(node, "an action requires `update`, `copy` or `remove: true`"));
        }
    };
    Ok(Action { node, target, change })
}
