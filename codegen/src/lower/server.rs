//! Servers.

use openapiv3::{Server, ServerVariable};

use super::doc;
use crate::ir;
use crate::source::Node;

/// Lowers the servers of the root, a path item or an operation, which is `owner`.
pub fn servers(servers: &[Server], owner: &Node) -> Vec<ir::Server> {
    let nodes = owner.get("servers").and_then(Node::as_array).unwrap_or_default();
    let lower = |(index, item)| server(item, nodes.get(index));
    servers.iter().enumerate().map(lower).collect()
}

/// Lowers a server. The typed model lacks its `name`, a keyword of OpenAPI 3.2.
fn server(server: &Server, node: Option<&Node>) -> ir::Server {
    // Extensions of a server are of no use to a client.
    let Server { url, description, variables, extensions: _ } = server;
    ir::Server {
        url: url.trim().to_owned(),
        name: node.and_then(|node| node.get("name")?.as_str()).map(str::to_owned),
        description: doc::clean_text(description.as_deref()),
        variables: variables.iter().flatten().map(|(name, v)| variable(name, v)).collect(),
    }
}

fn variable(name: &str, variable: &ServerVariable) -> ir::ServerVariable {
    let ServerVariable { enumeration, default, description, extensions: _ } = variable;
    ir::ServerVariable {
        name: name.to_owned(),
        default: default.clone(),
        values: enumeration.clone(),
        description: doc::clean_text(description.as_deref()),
    }
}
