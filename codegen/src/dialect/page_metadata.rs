//! Attaches the metadata of a page to its operation.

use crate::method::Method;
use crate::page::{Page, Target};
use crate::report::{Location, Origin, Problem, Report, closest};
use crate::source::{Kind, Map, Node};

/// Adds the page's metadata as `x-docwright-page` to the operation that the page names, or to the
/// only operation of the document.
pub(super) fn attach_page_metadata(page: &Page, root: &mut Node, report: &mut Report) {
    let operations = find_operations(root);
    let named = page.target.as_ref().and_then(|target| {
        let matching = operations.iter().find(|operation| operation.matches(target));
        if matching.is_none() && operations.len() != 1 {
            report_missing_operation(target, &operations, root.origin, report);
        }
        matching
    });
    let only = match operations.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let Some(operation) = named.or(only) else { return };
    let node = root
        .as_object_mut()
        .and_then(|root| root.get_mut(operation.section))
        .and_then(|section| section.as_object_mut()?.get_mut(&operation.path))
        .and_then(|item| item.as_object_mut()?.get_mut(&operation.method));
    if let Some(Node { kind: Kind::Object(map), origin }) = node {
        map.insert("x-docwright-page".to_owned(), metadata_node(page, *origin));
    }
}

/// The location of an operation in the document.
struct Operation {
    section: &'static str,
    path: String,
    method: String,
}

impl Operation {
    fn matches(&self, target: &Target) -> bool {
        let trimmed = |path: &str| path.trim_matches('/').to_owned();
        (self.section == "paths") != target.webhook
            && self.method.eq_ignore_ascii_case(&target.method)
            && trimmed(&self.path) == trimmed(&target.path)
    }
}

fn find_operations(root: &Node) -> Vec<Operation> {
    let mut list = Vec::new();
    for section in ["paths", "x-docwright-webhooks"] {
        let items = root.get(section).and_then(Node::as_object);
        for (path, item) in items.into_iter().flatten() {
            for method in Method::ALL.map(Method::key) {
                if item.get(method).is_none() {
                    continue;
                }
                let (path, method) = (path.clone(), method.to_owned());
                list.push(Operation { section, path, method });
            }
        }
    }
    list
}

fn report_missing_operation(
    target: &Target,
    operations: &[Operation],
    origin: Origin,
    report: &mut Report,
) {
    let target_name = format!("{} {}", target.method, target.path);
    let known: Vec<String> = operations
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect();
    let message =
        format!("the page documents `{target_name}`, but its OpenAPI document does not define it");
    let mut problem = Problem::warning(Location::Value(origin), message);
    problem.help = closest(&target_name, known.iter().map(String::as_str))
        .map(|close| format!("did you mean `{close}`?"));
    report.push(problem);
}

fn metadata_node(page: &Page, origin: Origin) -> Node {
    let mut map = Map::new();
    let texts = [("title", &page.title), ("description", &page.description), ("link", &page.link)];
    for (key, text) in texts {
        if let Some(text) = text {
            map.insert(key.to_owned(), Node::string(text.as_str(), origin));
        }
    }
    map.insert("file".to_owned(), Node::string(page.file.as_str(), origin));
    if !page.notes.is_empty() {
        let notes = page.notes.iter().map(|note| Node::string(note.as_str(), origin));
        map.insert("notes".to_owned(), Node::array(notes.collect(), origin));
    }
    Node::object(map, origin)
}
