//! Converts security options: alternatives, each with its parameters.

use crate::dialect::undefined_schemes::undefined_scheme;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// Returns the `security` of an operation, and the schemes that it requires.
pub(super) fn convert_security(options: Node, report: &mut Report) -> (Node, Map) {
    let origin = options.origin;
    let mut schemes = Map::new();
    let mut requirements = Vec::new();
    if let Kind::Array(options) = options.kind {
        for option in options {
            requirements.push(convert_requirement(option, &mut schemes, report));
        }
    }
    (Node::array(requirements, origin), schemes)
}

/// Converts one alternative. Its title consists of the names of the schemes, joined by ` & `. Each
/// name is matched to the most similar parameter, or else by position.
fn convert_requirement(mut option: Node, schemes: &mut Map, report: &mut Report) -> Node {
    let origin = option.origin;
    let title = super::take_key(&mut option, "title");
    let title = title.as_ref().and_then(Node::as_str).unwrap_or_default();
    let mut names: Vec<&str> =
        title.split(" & ").map(str::trim).filter(|name| !name.is_empty()).collect();
    let parameters = flatten_parameters(super::take_object(&mut option, "parameters"));
    let mut requirement = Map::new();
    for (index, parameter) in parameters.iter().enumerate() {
        let remaining = parameters.len() - index;
        let name =
            take_best_name(&mut names, parameter, remaining).unwrap_or(&parameter.name).to_owned();
        let name = add_scheme(schemes, &name, &convert_scheme(parameter), parameter.origin);
        requirement.insert(name, Node::array(Vec::new(), origin));
    }
    // Schemes without a parameter, and one of two schemes that use the same header.
    for name in names {
        let message = format!("the page does not say how credentials for `{name}` are sent");
        let location = Location::Entry(origin);
        report.push(Problem::warning(location, message).help(
            "send the credential with each request yourself, or define the scheme in overlay.yaml \
             under `components.securitySchemes`",
        ));
        let name = add_scheme(schemes, name, &undefined_scheme(origin), origin);
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
    fn string(&self, key: &str) -> &str {
        self.map.get(key).and_then(Node::as_str).unwrap_or_default()
    }
}

fn flatten_parameters(locations: Map) -> Vec<Parameter> {
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

/// Removes the name that matches `parameter` best from `names`; `remaining` parameters still need
/// one.
fn take_best_name<'t>(
    names: &mut Vec<&'t str>,
    parameter: &Parameter,
    remaining: usize,
) -> Option<&'t str> {
    if names.is_empty() {
        return None;
    }
    // The most specific hint comes first.
    let hints = [
        &parameter.name,
        parameter.string("scheme"),
        &parameter.location,
        parameter.string("type"),
    ];
    let matching_name = |hint: &&str| {
        let hint = normalise_name(hint);
        let matches_hint = |name: &&str| {
            let name = normalise_name(name);
            name == hint
                || hint.len() > 2 && name.contains(&hint)
                || name.len() > 2 && hint.contains(&name)
        };
        names.iter().position(matches_hint).filter(|_| !hint.is_empty())
    };
    let is_only_pair = names.len() == 1 && remaining == 1;
    let index = if is_only_pair { 0 } else { hints.iter().find_map(matching_name).unwrap_or(0) };
    Some(names.remove(index))
}

fn normalise_name(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn convert_scheme(parameter: &Parameter) -> Map {
    let origin = parameter.origin;
    let mut map = Map::new();
    let scheme_type = parameter.string("type").to_owned();
    map.insert("type".to_owned(), Node::string(scheme_type.as_str(), origin));
    if scheme_type == "apiKey" {
        map.insert("in".to_owned(), Node::string(parameter.location.as_str(), origin));
        map.insert("name".to_owned(), Node::string(parameter.name.as_str(), origin));
    } else if scheme_type == "http" {
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

/// Adds a scheme, and returns its name: `name`, or the first of `name2`, `name3`, … that is unused
/// or belongs to an equal scheme.
fn add_scheme(schemes: &mut Map, name: &str, scheme: &Map, origin: Origin) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2_u32;
    loop {
        match schemes.get(&candidate).and_then(Node::as_object) {
            Some(existing) if existing == scheme => return candidate,
            Some(_) => {
                candidate = format!("{name}{number}");
                number += 1;
            }
            None => {
                schemes.insert(candidate.clone(), Node::object(scheme.clone(), origin));
                return candidate;
            }
        }
    }
}
