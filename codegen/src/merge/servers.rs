//! Merges servers: one list for the API, and lists on the operations of documents that differ from it.

use super::{PageDocument, operations, remove_entry};
use crate::source::{Kind, Map, Node};

/// Returns the servers of all documents in order of appearance. The operations of a document that does
/// not have all of them get the list of their document.
pub(super) fn merge_servers(documents: &mut [PageDocument]) -> Option<Node> {
    let mut merged = Map::new();
    let mut by_document: Vec<Option<Node>> = Vec::new();
    for document in documents.iter_mut() {
        let servers = remove_entry(&mut document.root, "servers");
        let servers = servers.filter(|list| list.as_array().is_some_and(|list| !list.is_empty()));
        for server in servers.iter().flat_map(|list| list.as_array().unwrap_or_default()) {
            let Some(url) = server.get("url").and_then(Node::as_str) else { continue };
            let existing = merged.entry(url.to_owned()).or_insert_with(|| server.clone());
            add_missing_entries(existing, server);
        }
        by_document.push(servers);
    }
    let urls: Vec<&String> = merged.keys().collect();
    for (document, servers) in documents.iter_mut().zip(&by_document) {
        let Some(servers) = servers else { continue };
        let list = servers.as_array().unwrap_or_default().iter();
        let is_same =
            list.filter_map(|server| server.get("url")?.as_str()).eq(urls.iter().copied());
        if !is_same {
            operations::for_each_operation(&mut document.root, |item, operation| {
                if !item.contains_key("servers") && !operation.contains_key("servers") {
                    operation.insert("servers".to_owned(), servers.clone());
                }
            });
        }
    }
    let origin = by_document.iter().flatten().next()?.origin;
    Some(Node::array(merged.into_values().collect(), origin))
}

fn add_missing_entries(server: &mut Node, other: &Node) {
    let (Some(server), Kind::Object(other)) = (server.as_object_mut(), &other.kind) else { return };
    for (key, node) in other {
        server.entry(key.clone()).or_insert_with(|| node.clone());
    }
}
