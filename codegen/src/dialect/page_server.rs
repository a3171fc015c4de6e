//! Takes the base URL of an operation from its page.

use crate::method::Method;
use crate::page::Page;
use crate::source::{Map, Node};

/// Adds the server that the page's request line implies, unless the document states one. Pages of
/// some platforms have the base path only there.
pub(super) fn add_server_of_page(page: &Page, root: &mut Node) {
    let Some(request) = &page.request else { return };
    if states_server(root) {
        return;
    }
    let paths = root.get("paths").and_then(Node::as_object);
    let operations = paths.into_iter().flatten().flat_map(|(path, item)| {
        let methods = Method::ALL.map(Method::key).into_iter();
        methods.filter_map(move |method| Some((path, method, item, item.get(method)?)))
    });
    let operations: Vec<_> = operations.collect();
    let [(path, method, item, operation)] = operations.as_slice() else { return };
    if states_server(item) || states_server(operation) {
        return;
    }
    let Some(base) = request.base_url(method, path) else { return };
    let origin = root.origin;
    let url = ("url".to_owned(), Node::string(base, origin));
    let server = Node::object(Map::from_iter([url]), origin);
    if let Some(root) = root.as_object_mut() {
        root.insert("servers".to_owned(), Node::array(vec![server], origin));
    }
}

/// Returns whether an object has a server with a URL.
fn states_server(owner: &Node) -> bool {
    let servers = owner.get("servers").and_then(Node::as_array).unwrap_or_default();
    let has_url = |server: &Node| {
        server.get("url").and_then(Node::as_str).is_some_and(|url| !url.trim().is_empty())
    };
    servers.iter().any(has_url)
}
