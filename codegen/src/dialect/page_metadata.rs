//! What the page says of its operation, put onto the operation.

use super::grammar::closest;
use crate::page::{Page, Target};
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Puts the page's facts as `x-docwright-page` onto the operation that the page names, or onto the
/// document's only operation.
pub(super) fn attach(page: &Page, root: &mut Node, report: &mut Report) {
    let operations = operations(root);
    let found = page.target.as_ref().and_then(|target| {
        let named = operations.iter().find(|operation| operation.is(target));
        if named.is_none() && operations.len() != 1 {
            missing(target, &operations, root.origin, report);
        }
        named
    });
    let only = match operations.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    let Some(operation) = found.or(only) else { return };
    let node = root
        .as_object_mut()
        .and_then(|root| root.get_mut(operation.section))
        .and_then(|section| section.as_object_mut()?.get_mut(&operation.path))
        .and_then(|item| item.as_object_mut()?.get_mut(&operation.method));
    if let Some(Node { kind: Kind::Object(map), origin }) = node {
        map.insert("x-docwright-page".to_owned(), facts(page, *origin));
    }
}

/// Where an operation stands in the document.
struct Operation {
    section: &'static str,
    path: String,
    method: String,
}

impl Operation {
    fn is(&self, target: &Target) -> bool {
        let plain = |path: &str| path.trim_matches('/').to_owned();
        (self.section == "paths") != target.webhook
            && self.method.eq_ignore_ascii_case(&target.method)
            && plain(&self.path) == plain(&target.path)
    }
}

fn operations(root: &Node) -> Vec<Operation> {
    let mut list = Vec::new();
    for section in ["paths", "x-docwright-webhooks"] {
        let items = root.get(section).and_then(Node::as_object);
        for (path, item) in items.into_iter().flatten() {
            for method in METHODS.iter().filter(|method| item.get(method).is_some()) {
                let (path, method) = (path.clone(), (*method).to_owned());
                list.push(Operation { section, path, method });
            }
        }
    }
    list
}

fn missing(target: &Target, operations: &[Operation], origin: Origin, report: &mut Report) {
    let wanted = format!("{} {}", target.method, target.path);
    let all: Vec<String> =
        operations.iter().map(|known| format!("{} {}", known.method, known.path)).collect();
    let what = format!("the page is about `{wanted}`, which its description does not hold");
    let mut problem = Problem::warning(Location::Value(origin), what);
    problem.help = closest(&wanted, all.iter().map(String::as_str))
        .map(|close| format!("did you mean `{close}`?"));
    report.push(problem);
}

fn facts(page: &Page, origin: Origin) -> Node {
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
