//! The endpoint dialect → OpenAPI. The publisher's converter takes one operation apart: the schemas
//! at the top of bodies, responses and parameters become lists of *entries*, everything below stays as
//! the vendor wrote it. Each function here puts one construct together again.
//!
//! What the dialect does not say is not made up: `operationId`, tags, whether several entries were
//! `oneOf` or `anyOf` (they are written as `oneOf`), discriminators, the flows of OAuth.

mod agreement;
mod alternatives;
mod content;
mod entry;
mod examples;
mod names;
mod parameters;
mod security;

pub(crate) use agreement::extended;

use super::account::KeywordLedger;
use crate::page::Page;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// The schema that an entry was made from, by its name; it is gone when [`invert`] is done.
const ENTRY_MARK: &str = "x-docwright-entry-of";
/// Whether the entry stood in the request or in the response; it is gone when [`invert`] is done.
const SIDE_MARK: &str = "x-docwright-entry-side";

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The OpenAPI document of an audited block.
pub(super) fn invert(
    page: &Page,
    mut block: Node,
    report: &mut Report,
    account: &mut KeywordLedger,
) -> Option<Node> {
    let origin = block.origin;
    let endpoint = take(&mut block, "paths")?;
    let mut components = match take(&mut block, "components") {
        Some(Node { kind: Kind::Object(map), .. }) => map,
        _ => Map::new(),
    };
    let mut root = Map::new();
    root.insert("openapi".to_owned(), Node::string("3.0.3", origin));
    root.insert("info".to_owned(), info(page, origin));
    let endpoint = Endpoint::read(endpoint, report)?;
    if !endpoint.servers.is_empty() {
        root.insert("servers".to_owned(), Node::array(endpoint.servers.clone(), origin));
    }
    let (section, name, method) =
        (endpoint.section, endpoint.name.clone(), endpoint.method.clone());
    let operation = operation(endpoint, &mut components, report, account);
    let item = Node::object(Map::from_iter([(method, operation)]), origin);
    root.insert("paths".to_owned(), Node::object(Map::new(), origin));
    root.insert(section.to_owned(), Node::object(Map::from_iter([(name, item)]), origin));
    root.insert("components".to_owned(), Node::object(components, origin));
    let mut root = Node::object(root, origin);
    names::settle(&mut root);
    Some(root)
}

fn info(page: &Page, origin: Origin) -> Node {
    let title = page.title.clone().unwrap_or_default();
    Node::object(
        Map::from_iter([
            ("title".to_owned(), Node::string(title, origin)),
            ("version".to_owned(), Node::string("", origin)),
        ]),
        origin,
    )
}

/// The parts of `paths`.
struct Endpoint {
    /// `paths` or `webhooks`.
    section: &'static str,
    /// The path or the webhook's name.
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
        let path = take(&mut node, "path")?;
        let method = take(&mut node, "method")?;
        let word = method.as_str()?.trim().to_ascii_lowercase();
        if !METHODS.contains(&word.as_str()) {
            let what = format!("`{}` is not an HTTP method", method.as_str()?);
            report.push(Problem::error(Location::Member(method.origin), what));
            return None;
        }
        let webhook = take(&mut node, "type").is_some_and(|t| t.as_str() == Some("webhook"));
        let name = path.as_str()?.to_owned();
        let (section, name) = match (webhook, name.starts_with('/')) {
            (true, _) => ("webhooks", name),
            (false, true) => ("paths", name),
            (false, false) => ("paths", format!("/{name}")),
        };
        let servers = match take(&mut node, "servers") {
            Some(Node { kind: Kind::Array(servers), .. }) => servers,
            _ => Vec::new(),
        };
        let request = take_map(&mut node, "request");
        let response = take_map(&mut node, "response");
        let deprecated = take(&mut node, "deprecated");
        let rest = node.as_object_mut().map(std::mem::take).unwrap_or_default();
        let method = word;
        Some(Self { section, name, method, servers, request, response, deprecated, rest, origin })
    }
}

fn operation(
    mut endpoint: Endpoint,
    components: &mut Map,
    report: &mut Report,
    account: &mut KeywordLedger,
) -> Node {
    let origin = endpoint.origin;
    let mut operation = Map::new();
    if let Some(locations) = endpoint.request.shift_remove("parameters") {
        let parameters = parameters::invert(locations);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Node::array(parameters, origin));
        }
    }
    let body = endpoint.request.shift_remove("body");
    if let Some(body) = body.and_then(|body| content::request_body(body, account)) {
        operation.insert("requestBody".to_owned(), body);
    }
    let responses = content::responses(endpoint.response, account);
    operation.insert("responses".to_owned(), Node::object(responses, origin));
    if let Some(deprecated) = endpoint.deprecated.filter(|node| node.as_bool() == Some(true)) {
        operation.insert("deprecated".to_owned(), deprecated);
    }
    // A webhook is called by the vendor; the root's security does not hold for it.
    if endpoint.section == "paths"
        && let Some(options) = endpoint.request.shift_remove("security")
    {
        let (requirements, schemes) = security::invert(options, report);
        operation.insert("security".to_owned(), requirements);
        if !schemes.is_empty() {
            components.insert("securitySchemes".to_owned(), Node::object(schemes, origin));
        }
    }
    operation.extend(endpoint.rest);
    Node::object(operation, origin)
}

/// The member `key`, taken out.
fn take(node: &mut Node, key: &str) -> Option<Node> {
    node.as_object_mut()?.shift_remove(key)
}

/// The members of the map under `key`, taken out.
fn take_map(node: &mut Node, key: &str) -> Map {
    match take(node, key) {
        Some(Node { kind: Kind::Object(map), .. }) => map,
        _ => Map::new(),
    }
}
