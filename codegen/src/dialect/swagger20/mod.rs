//! Converts Swagger 2.0 to OpenAPI 3.0. Every value that moves keeps its origin, and a value that is
//! created has the origin of what it was created from.
//!
//! | Swagger 2.0 | OpenAPI 3.0 |
//! |---|---|
//! | `host`, `basePath`, `schemes` | `servers`; the `schemes` of an operation become its `servers` |
//! | `consumes`, `produces` | the keys of `content`, of the request body and of each response |
//! | `in: body`, `in: formData` | `requestBody` |
//! | the keywords of a value beside `name` | `schema` |
//! | `collectionFormat` | `style` and `explode`, of the parameter or in `encoding` |
//! | `type: file` | `type: string`, `format: binary`; in the audit |
//! | `discriminator: NAME`, `x-nullable` | `discriminator: {propertyName: NAME}`, `nullable`; in the audit |
//! | `schema` and `examples` of a response | `content` |
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | `components` |
//! | `flow` of a security scheme | `flows` |

mod body;
mod parameters;
mod references;
mod responses;
mod security;
mod servers;

use super::grammar::Audit;
use super::keyword_ledger::KeywordLedger;
use crate::method::Method;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

use servers::Address;

/// What the root declares for all operations, and where the findings go.
struct Converter<'a> {
    consumes: Vec<Node>,
    produces: Vec<Node>,
    address: Address,
    /// The shared parameters, unconverted.
    parameters: Map,
    /// The shared responses, unconverted.
    responses: Map,
    report: &'a mut Report,
    ledger: &'a mut KeywordLedger,
}

/// Converts an audited document. The result is audited as OpenAPI 3.0, which fills in what only
/// that version requires.
pub(super) fn convert_to_openapi(
    root: Node,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Option<Node> {
    let origin = root.origin;
    let Kind::Object(mut old) = root.kind else { return None };
    let version = old.shift_remove("swagger");
    let mut converter = Converter {
        consumes: take_array(&mut old, "consumes").unwrap_or_default(),
        produces: take_array(&mut old, "produces").unwrap_or_default(),
        address: Address::take(&mut old),
        parameters: take_object(&mut old, "parameters"),
        responses: take_object(&mut old, "responses"),
        report,
        ledger,
    };
    let mut new = Map::new();
    let version = version.map_or(origin, |node| node.origin);
    new.insert("openapi".to_owned(), Node::string("3.0.3", version));
    move_keys(&mut old, &mut new, &["info", "tags", "security"]);
    if let Some(server) = converter.address.server(None, converter.report) {
        let server_origin = server.origin;
        new.insert("servers".to_owned(), Node::array(vec![server], server_origin));
    }
    if let Some(paths) = old.shift_remove("paths") {
        new.insert("paths".to_owned(), converter.convert_paths(paths));
    }
    let components = converter.convert_components(&mut old);
    if !components.is_empty() {
        new.insert("components".to_owned(), Node::object(components, origin));
    }
    // Extensions.
    new.extend(old);
    let mut root = Node::object(new, origin);
    references::redirect_references(&mut root);
    // The keywords were counted by the audit of Swagger 2.0.
    Audit::run(super::Dialect::OpenApi30, &mut root, report, &mut KeywordLedger::default());
    Some(root)
}

impl Converter<'_> {
    fn convert_components(&mut self, old: &mut Map) -> Map {
        let mut components = Map::new();
        if let Some(definitions) = old.shift_remove("definitions") {
            components.insert("schemas".to_owned(), definitions);
        }
        if let Some(Node { kind: Kind::Object(schemes), origin }) =
            old.shift_remove("securityDefinitions")
        {
            let convert = |(name, scheme)| (name, security::convert_scheme(scheme, self.report));
            let schemes = schemes.into_iter().map(convert).collect();
            components.insert("securitySchemes".to_owned(), Node::object(schemes, origin));
        }
        let (mut parameters, mut bodies) = (Map::new(), Map::new());
        for (name, parameter) in self.parameters.clone() {
            match parameters::location(&parameter) {
                // A form consists of all its fields, so each operation has its own.
                Some("formData") => {}
                Some("body") => {
                    let consumes = self.consumes.clone();
                    bodies.insert(name, self.convert_body(parameter, &consumes));
                }
                _ => drop(parameters.insert(name, self.convert_parameter(parameter))),
            }
        }
        let produces = self.produces.clone();
        let responses = self.responses.clone().into_iter();
        let responses: Map = responses
            .map(|(name, response)| (name, self.convert_response(response, &produces)))
            .collect();
        let sections =
            [("parameters", parameters), ("requestBodies", bodies), ("responses", responses)];
        for (section, map) in sections {
            if let Some(origin) = map.values().next().map(|node| node.origin) {
                components.insert(section.to_owned(), Node::object(map, origin));
            }
        }
        components
    }

    fn convert_paths(&mut self, mut paths: Node) -> Node {
        for (key, item) in paths.as_object_mut().into_iter().flatten() {
            if let Some(item) = item.as_object_mut().filter(|_| !key.starts_with("x-")) {
                self.convert_path_item(item);
            }
        }
        paths
    }

    /// Converts the operations of a path item. Its parameters in bodies are those of each operation
    /// without such parameters of its own.
    fn convert_path_item(&mut self, item: &mut Map) {
        let shared = item.shift_remove("parameters");
        let origin = shared.as_ref().map(|node| node.origin);
        let (parameters, in_body) = self.split_parameters(shared);
        for (_, operation) in item.iter_mut().filter(|(key, _)| Method::from_key(key).is_some()) {
            if let Some(operation) = operation.as_object_mut() {
                self.convert_operation(operation, &in_body);
            }
        }
        if let Some(origin) = origin.filter(|_| !parameters.is_empty()) {
            item.insert("parameters".to_owned(), Node::array(parameters, origin));
        }
    }

    fn convert_operation(&mut self, operation: &mut Map, inherited: &[Node]) {
        let consumes = take_array(operation, "consumes");
        let produces = take_array(operation, "produces");
        if let Some((index, _, parameters)) = operation.shift_remove_full("parameters") {
            let origin = parameters.origin;
            let (parameters, in_body) = self.split_parameters(Some(parameters));
            if !parameters.is_empty() {
                let parameters = Node::array(parameters, origin);
                operation.shift_insert(index, "parameters".to_owned(), parameters);
            }
            let in_body = if in_body.is_empty() { inherited.to_vec() } else { in_body };
            self.insert_body(operation, in_body, consumes);
        } else {
            self.insert_body(operation, inherited.to_vec(), consumes);
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Node::as_object_mut) {
            self.convert_responses(responses, produces);
        }
        if let Some(schemes) = operation.shift_remove("schemes") {
            let origin = schemes.origin;
            let server = self.address.server(Some(schemes), self.report);
            if let Some(server) = server.filter(|server| !self.address.is_default(server)) {
                operation.insert("servers".to_owned(), Node::array(vec![server], origin));
            }
        }
    }

    fn insert_body(
        &mut self,
        operation: &mut Map,
        in_body: Vec<Node>,
        consumes: Option<Vec<Node>>,
    ) {
        if let Some(body) = self.convert_request_body(in_body, consumes) {
            operation.insert("requestBody".to_owned(), body);
        }
    }

    fn note(&mut self, location: Location, message: impl Into<String>) {
        self.report.push(Problem::note(location, message));
    }

    fn warn(&mut self, location: Location, message: impl Into<String>, help: &str) {
        self.report.push(Problem::warning(location, message).help(help));
    }
}

/// Moves entries, in this order.
fn move_keys(from: &mut Map, to: &mut Map, keys: &[&str]) {
    for key in keys {
        if let Some(node) = from.shift_remove(*key) {
            to.insert((*key).to_owned(), node);
        }
    }
}

/// Moves the extensions.
fn move_extensions(from: Map, to: &mut Map) {
    to.extend(from.into_iter().filter(|(key, _)| key.starts_with("x-")));
}

fn take_array(map: &mut Map, key: &str) -> Option<Vec<Node>> {
    match map.shift_remove(key)?.kind {
        Kind::Array(items) => Some(items),
        _ => None,
    }
}

fn take_object(map: &mut Map, key: &str) -> Map {
    match map.shift_remove(key).map(|node| node.kind) {
        Some(Kind::Object(map)) => map,
        _ => Map::new(),
    }
}

/// Creates an object with one entry.
fn single(key: &str, node: Node) -> Map {
    Map::from_iter([(key.to_owned(), node)])
}

/// Returns the media types of bodies that declare no other.
fn json(origin: Origin) -> Vec<Node> {
    vec![Node::string("application/json", origin)]
}
