//! Converts the endpoint dialect to OpenAPI. The converter of the documentation publisher splits
//! one operation into parts: the top-level schemas of bodies, responses and parameters become
//! arrays of
//! *entries*; everything below stays as the vendor wrote it. Each function here restores one construct.
//!
//! Information that the dialect lacks is not invented: `operationId`, tags, whether several entries
//! were `oneOf` or `anyOf` (they become `oneOf`), discriminators, the flows of OAuth.

mod alternatives;
mod content;
mod entry;
mod entry_equivalence;
mod examples;
mod names;
mod parameters;
mod security;

use super::keyword_ledger::KeywordLedger;
use crate::method::Method;
use crate::page::Page;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// The name of the schema that an entry was made from. Removed before [`convert_to_openapi`]
/// returns.
const IDENTIFIER_MARKER: &str = "x-docwright-entry-of";
/// Whether an entry is part of the request or of the response. Removed before
/// [`convert_to_openapi`] returns.
const DIRECTION_MARKER: &str = "x-docwright-entry-side";

/// Converts an audited block to an OpenAPI document.
pub(super) fn convert_to_openapi(
    page: &Page,
    mut block: Node,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Option<Node> {
    let origin = block.origin;
    let endpoint = take_key(&mut block, "paths")?;
    let mut components = match take_key(&mut block, "components") {
        Some(Node { kind: Kind::Object(map), .. }) => map,
        _ => Map::new(),
    };
    let mut root = Map::new();
    root.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    root.insert("info".to_owned(), info_object(page, origin));
    let endpoint = Endpoint::read(endpoint, report)?;
    if !endpoint.servers.is_empty() {
        root.insert("servers".to_owned(), Node::array(endpoint.servers.clone(), origin));
    }
    let (section, name, method) =
        (endpoint.section, endpoint.name.clone(), endpoint.method.clone());
    let operation = convert_operation(endpoint, &mut components, report, ledger);
    let endpoint_origin = operation.origin;
    let item = Node::object(Map::from_iter([(method, operation)]), endpoint_origin);
    let items = Node::object(Map::from_iter([(name, item)]), endpoint_origin);
    root.insert("paths".to_owned(), Node::object(Map::new(), origin));
    root.insert(section.to_owned(), items);
    root.insert("components".to_owned(), Node::object(components, origin));
    let mut root = Node::object(root, origin);
    names::resolve_identifiers(&mut root);
    Some(root)
}

fn info_object(page: &Page, origin: Origin) -> Node {
    let title = page.title.clone().unwrap_or_default();
    Node::object(
        Map::from_iter([
            ("title".to_owned(), Node::string(title, origin)),
            ("version".to_owned(), Node::string("", origin)),
        ]),
        origin,
    )
}

/// The parts of the endpoint under `paths`.
struct Endpoint {
    /// `paths` or `webhooks`.
    section: &'static str,
    /// The path, or the name of the webhook.
    name: String,
    method: String,
    servers: Vec<Node>,
    request: Map,
    response: Map,
    deprecated: Option<Node>,
    /// Extensions of the operation.
    rest: Map,
    origin: Origin,
}

impl Endpoint {
    fn read(mut node: Node, report: &mut Report) -> Option<Self> {
        let origin = node.origin;
        let path = take_key(&mut node, "path")?;
        let method = take_key(&mut node, "method")?;
        let method_name = method.as_str()?.trim().to_ascii_lowercase();
        if Method::from_key(&method_name).is_none() {
            let message = format!("`{}` is not an HTTP method", method.as_str()?);
            report.push(Problem::error(Location::Entry(method.origin), message));
            return None;
        }
        let is_webhook = take_key(&mut node, "type").is_some_and(|t| t.as_str() == Some("webhook"));
        let name = path.as_str()?.to_owned();
        let (section, name) = match (is_webhook, name.starts_with('/')) {
            (true, _) => ("webhooks", name),
            (false, true) => ("paths", name),
            (false, false) => ("paths", format!("/{name}")),
        };
        let servers = match take_key(&mut node, "servers") {
            Some(Node { kind: Kind::Array(servers), .. }) => servers,
            _ => Vec::new(),
        };
        let request = take_object(&mut node, "request");
        let response = take_object(&mut node, "response");
        let deprecated = take_key(&mut node, "deprecated");
        let rest = node.as_object_mut().map(std::mem::take).unwrap_or_default();
        let method = method_name;
        Some(Self { section, name, method, servers, request, response, deprecated, rest, origin })
    }
}

fn convert_operation(
    mut endpoint: Endpoint,
    components: &mut Map,
    report: &mut Report,
    ledger: &mut KeywordLedger,
) -> Node {
    let origin = endpoint.origin;
    let mut operation = Map::new();
    if let Some(locations) = endpoint.request.shift_remove("parameters") {
        let parameters = parameters::convert_parameters(locations);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Node::array(parameters, origin));
        }
    }
    let body = endpoint.request.shift_remove("body");
    if let Some(body) = body.and_then(|body| content::convert_request_body(body, ledger)) {
        operation.insert("requestBody".to_owned(), body);
    }
    let responses = content::convert_responses(endpoint.response, ledger);
    operation.insert("responses".to_owned(), Node::object(responses, origin));
    if let Some(deprecated) = endpoint.deprecated.filter(|node| node.as_bool() == Some(true)) {
        operation.insert("deprecated".to_owned(), deprecated);
    }
    // The vendor sends webhooks; the security requirements of the client do not apply.
    if endpoint.section == "paths"
        && let Some(options) = endpoint.request.shift_remove("security")
    {
        let (requirements, schemes) = security::convert_security(options, report);
        operation.insert("security".to_owned(), requirements);
        if !schemes.is_empty() {
            components.insert("securitySchemes".to_owned(), Node::object(schemes, origin));
        }
    }
    operation.extend(endpoint.rest);
    Node::object(operation, origin)
}

/// Removes and returns the value of `key`.
fn take_key(node: &mut Node, key: &str) -> Option<Node> {
    node.as_object_mut()?.shift_remove(key)
}

/// Removes and returns the object under `key`, or an empty one.
fn take_object(node: &mut Node, key: &str) -> Map {
    match take_key(node, key) {
        Some(Node { kind: Kind::Object(map), .. }) => map,
        _ => Map::new(),
    }
}
