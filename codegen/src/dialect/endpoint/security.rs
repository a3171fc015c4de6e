//! Security options: alternatives, each with the parameters it needs.

use crate::dialect::schemes::undefined;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// `security` of an operation, and the schemes it names.
pub(super) fn invert(options: Node, report: &mut Report) -> (Node, Map) {
    let origin = options.origin;
    let mut schemes = Map::new();
    let mut requirements = Vec::new();
    if let Kind::Array(options) = options.kind {
        for option in options {
            requirements.push(requirement(option, &mut schemes, report));
        }
    }
    (Node::array(requirements, origin), schemes)
}

/// One alternative. Its title is the schemes' names, joined by ` & `; each name goes with the
/// parameter that is most like it, and where nothing tells, in order.
fn requirement(mut option: Node, schemes: &mut Map, report: &mut Report) -> Node {
    let origin = option.origin;
    let title = super::take(&mut option, "title");
    let title = title.as_ref().and_then(Node::as_str).unwrap_or_default();
    let mut names: Vec<&str> =
        title.split(" & ").map(str::trim).filter(|name| !name.is_empty()).collect();
    let parameters = parameters(super::take_map(&mut option, "parameters"));
    let mut requirement = Map::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let left = parameters.len() - index;
        let name = pick(&mut names, parameter, left).unwrap_or(&parameter.name).to_owned();
        let name = claim(schemes, &name, &scheme(parameter), parameter.origin);
        requirement.insert(name, Node::array(Vec::new(), origin));
    }
    // Schemes that the converter has no parameter for, and one of two that meet in one header.
    for name in names {
        let what = format!("the page does not say how `{name}` is sent");
        let location = Location::Member(origin);
        report.push(Problem::warning(location, what).help(
            "a call has to send it by itself; a correction can add it under \
             `components.securitySchemes`",
        ));
        let name = claim(schemes, name, &undefined(origin), origin);
        requirement.insert(name, Node::array(Vec::new(), origin));
    }
    Node::object(requirement, origin)
}

struct Parameter {
    location: String,
    name: String,
    map: Map,
    origin: Origin,
}

impl Parameter {
    fn text(&self, key: &str) -> &str {
        self.map.get(key).and_then(Node::as_str).unwrap_or_default()
    }
}

fn parameters(locations: Map) -> Vec<Parameter> {
    let mut list = Vec::new();
    for (location, parameters) in locations {
        let Kind::Object(parameters) = parameters.kind else { continue };
        for (name, node) in parameters {
            let origin = node.origin;
            if let Kind::Object(map) = node.kind {
                list.push(Parameter { location: location.clone(), name, map, origin });
            }
        }
    }
    list
}

/// Takes the name that goes with `parameter` out of `names`, where `left` parameters still need one.
fn pick<'t>(names: &mut Vec<&'t str>, parameter: &Parameter, left: usize) -> Option<&'t str> {
    if names.is_empty() {
        return None;
    }
    // What tells most comes first.
    let hints =
        [&parameter.name, parameter.text("scheme"), &parameter.location, parameter.text("type")];
    let like = |hint: &&str| {
        let hint = letters(hint);
        let alike = |name: &&str| {
            let name = letters(name);
            name == hint
                || hint.len() > 2 && name.contains(&hint)
                || name.len() > 2 && hint.contains(&name)
        };
        names.iter().position(alike).filter(|_| !hint.is_empty())
    };
    let only = names.len() == 1 && left == 1;
    let index = if only { 0 } else { hints.iter().find_map(like).unwrap_or(0) };
    Some(names.remove(index))
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn scheme(parameter: &Parameter) -> Map {
    let origin = parameter.origin;
    let mut map = Map::new();
    let kind = parameter.text("type").to_owned();
    map.insert("type".to_owned(), Node::string(kind.as_str(), origin));
    if kind == "apiKey" {
        map.insert("in".to_owned(), Node::string(parameter.location.as_str(), origin));
        map.insert("name".to_owned(), Node::string(parameter.name.as_str(), origin));
    } else if kind == "http" {
        let scheme = parameter.map.get("scheme").cloned();
        map.insert("scheme".to_owned(), scheme.unwrap_or_else(|| Node::string("bearer", origin)));
    } else {
        map.insert("flows".to_owned(), Node::object(Map::new(), origin));
    }
    for (key, node) in &parameter.map {
        if key == "description" || key.starts_with("x-") {
            map.insert(key.clone(), node.clone());
        }
    }
    map
}

/// The name under which the scheme stands: `name`, or the first of `name2`, … that is free or holds
/// an equal scheme.
fn claim(schemes: &mut Map, name: &str, scheme: &Map, origin: Origin) -> String {
    let mut claimed = name.to_owned();
    let mut number = 2_u32;
    loop {
        match schemes.get(&claimed).and_then(Node::as_object) {
            Some(held) if held == scheme => return claimed,
            Some(_) => {
                claimed = format!("{name}{number}");
                number += 1;
            }
            None => {
                schemes.insert(claimed.clone(), Node::object(scheme.clone(), origin));
                return claimed;
            }
        }
    }
}
