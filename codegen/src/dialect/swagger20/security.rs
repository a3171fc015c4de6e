//! Security schemes.

use super::{move_extensions, move_keys, single};
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// Converts a security scheme.
pub(super) fn convert_scheme(node: Node, report: &mut Report) -> Node {
    let origin = node.origin;
    let Kind::Object(mut old) = node.kind else { return node };
    let Some(scheme_type) = old.shift_remove("type") else { return Node::object(old, origin) };
    let type_origin = scheme_type.origin;
    let mut new = Map::new();
    match scheme_type.as_str() {
        Some("basic") => {
            new.insert("type".to_owned(), Node::string("http", type_origin));
            new.insert("scheme".to_owned(), Node::string("basic", type_origin));
        }
        Some("oauth2") => {
            new.insert("type".to_owned(), scheme_type);
            if let Some((flow, flow_origin)) = flow_name(&old, type_origin, report) {
                let mut entries = Map::new();
                let keys = ["authorizationUrl", "tokenUrl", "scopes"];
                move_keys(&mut old, &mut entries, &keys);
                let flow = single(flow, Node::object(entries, flow_origin));
                new.insert("flows".to_owned(), Node::object(flow, flow_origin));
            }
        }
        _ => {
            new.insert("type".to_owned(), scheme_type);
            move_keys(&mut old, &mut new, &["name", "in"]);
        }
    }
    move_keys(&mut old, &mut new, &["description"]);
    move_extensions(old, &mut new);
    Node::object(new, origin)
}

/// Returns the name of the flow in OpenAPI 3.0. If the scheme has no `flow`, its URLs show which one
/// it is.
fn flow_name(scheme: &Map, origin: Origin, report: &mut Report) -> Option<(&'static str, Origin)> {
    if let Some(flow) = scheme.get("flow") {
        let name = match flow.as_str()? {
            "implicit" => "implicit",
            "password" => "password",
            "application" => "clientCredentials",
            _ => "authorizationCode",
        };
        return Some((name, flow.origin));
    }
    let (flow, name) = match ["authorizationUrl", "tokenUrl"].map(|key| scheme.contains_key(key)) {
        [true, true] => ("accessCode", "authorizationCode"),
        [true, false] => ("implicit", "implicit"),
        [false, true] => ("application", "clientCredentials"),
        [false, false] => return None,
    };
    let message = format!("the scheme has no `flow`; its URLs are read as `flow: {flow}`");
    report.push(Problem::note(Location::Entry(origin), message));
    Some((name, origin))
}
