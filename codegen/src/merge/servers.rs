//! Servers: one list for all, and a list on each operation whose document has another.

use super::{Part, operations, take};
use crate::source::{Kind, Map, Node};

/// The servers of all documents in the order in which they are met. Where a document has fewer, its
/// operations get a list of their own.
pub(super) fn unite(parts: &mut [Part]) -> Option<Node> {
    let mut union = Map::new();
    let mut own: Vec<Option<Node>> = Vec::new();
    for part in parts.iter_mut() {
        let servers = take(&mut part.root, "servers");
        let servers = servers.filter(|list| list.as_array().is_some_and(|list| !list.is_empty()));
        for server in servers.iter().flat_map(|list| list.as_array().unwrap_or_default()) {
            let Some(url) = server.get("url").and_then(Node::as_str) else { continue };
            let held = union.entry(url.to_owned()).or_insert_with(|| server.clone());
            add_missing(held, server);
        }
        own.push(servers);
    }
    let urls: Vec<&String> = union.keys().collect();
    for (part, own) in parts.iter_mut().zip(&own) {
        let Some(own) = own else { continue };
        let its = own.as_array().unwrap_or_default().iter();
        let same = its.filter_map(|server| server.get("url")?.as_str()).eq(urls.iter().copied());
        if !same {
            operations::each(&mut part.root, |item, operation| {
                if !item.contains_key("servers") && !operation.contains_key("servers") {
                    operation.insert("servers".to_owned(), own.clone());
                }
            });
        }
    }
    let origin = own.iter().flatten().next()?.origin;
    Some(Node::array(union.into_values().collect(), origin))
}

fn add_missing(held: &mut Node, other: &Node) {
    let (Some(held), Kind::Object(other)) = (held.as_object_mut(), &other.kind) else { return };
    for (key, node) in other {
        held.entry(key.clone()).or_insert_with(|| node.clone());
    }
}
