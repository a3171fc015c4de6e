//! Servers.

use openapiv3::{Server, ServerVariable};

use super::doc;
use crate::ir;

/// Lowers the servers of the root, a path item or an operation.
pub fn servers(servers: &[Server]) -> Vec<ir::Server> {
    servers.iter().map(server).collect()
}

fn server(server: &Server) -> ir::Server {
    // Extensions of a server are of no use to a client.
    let Server { url, description, variables, extensions: _ } = server;
    ir::Server {
        url: url.trim().to_owned(),
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
