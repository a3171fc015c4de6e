//! Counts the operations of a document on the parsed tree, independently of the later stages of the
//! generator.

use std::collections::BTreeSet;

use docwright::source::{self, Node};
use docwright::{Input, Report, Sources, page};
use percent_encoding::percent_decode_str;

/// The methods that a path item can have in OpenAPI 3.0 and 3.1.
const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

/// Returns the operations of the files as pairs of path and lower-case method.
pub fn spec_operations(inputs: &[Input]) -> BTreeSet<(String, String)> {
    let mut sources = Sources::default();
    let pages = page::read(inputs, &mut sources, &mut Report::default());
    let mut found = BTreeSet::new();
    for page in pages {
        if let Ok(root) = source::parse(&sources, page.document) {
            collect(&root, &mut found);
        }
    }
    found
}

fn collect(root: &Node, found: &mut BTreeSet<(String, String)>) {
    let Some(paths) = root.get("paths").and_then(Node::as_object) else { return };
    let string = |key: &str| paths.get(key).and_then(Node::as_str);
    if let (Some(path), Some(method)) = (string("path"), string("method")) {
        // A page in the endpoint dialect holds one operation or one webhook.
        if string("type") != Some("webhook") && METHODS.contains(&method.to_lowercase().as_str()) {
            found.insert((path.to_owned(), method.to_lowercase()));
        }
        return;
    }
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        for method in methods(root, item) {
            found.insert((path.clone(), method));
        }
    }
}

/// Returns the methods of a path item and of the one that its `$ref` names.
fn methods(root: &Node, item: &Node) -> Vec<String> {
    let reference = item.get("$ref").and_then(Node::as_str).and_then(|it| it.strip_prefix('#'));
    let pointer = reference.map(|it| percent_decode_str(it).decode_utf8_lossy());
    let items = [Some(item), pointer.and_then(|pointer| root.pointer(&pointer))];
    let entries = items.into_iter().flatten().filter_map(Node::as_object).flatten();
    let keys = entries.map(|(key, _)| key.to_lowercase());
    keys.filter(|key| METHODS.contains(&key.as_str())).collect()
}
