//! References that name nothing, where the run goes on without what they would have named.

use super::resolve::Broken;
use crate::dialect::grammar::{Object, each};
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// Puts something that says nothing instead of each reference of `broken`: a schema that allows
/// everything, a response without a declared body, no parameter. The references were reported.
pub(super) fn replace(root: &mut Node, broken: &Broken) {
    if broken.is_empty() {
        return;
    }
    let is_broken = |node: &Node, object: Object| {
        super::text(node).is_some_and(|(reference, _)| {
            broken.contains(&(reference.to_owned(), object.grammar().name))
        })
    };
    each(root, Object::Root, &mut |node, object| match object {
        Object::Operation | Object::PathItem => {
            let parameters = node.as_object_mut().and_then(|map| map.get_mut("parameters"));
            if let Some(Kind::Array(parameters)) = parameters.map(|node| &mut node.kind) {
                parameters.retain(|parameter| !is_broken(parameter, Object::Parameter));
            }
        }
        Object::Components => {
            let parameters = node.as_object_mut().and_then(|map| map.get_mut("parameters"));
            if let Some(Kind::Object(parameters)) = parameters.map(|node| &mut node.kind) {
                parameters.retain(|_, parameter| !is_broken(parameter, Object::Parameter));
            }
        }
        _ if is_broken(node, object) => {
            if let Some(empty) = empty(object, node.origin) {
                *node = empty;
            }
        }
        _ => {}
    });
}

/// The object of this kind that says least.
pub(super) fn empty(object: Object, origin: Origin) -> Option<Node> {
    let one =
        |key: &str, node: Node| Node::object(Map::from_iter([(key.to_owned(), node)]), origin);
    let nothing = || Node::object(Map::new(), origin);
    let text = |text: &str| Node::string(text, origin);
    Some(match object {
        Object::Schema => nothing(),
        Object::Response => one("description", text("")),
        Object::RequestBody => one("content", one("application/json", one("schema", nothing()))),
        Object::Header => one("schema", nothing()),
        Object::SecurityScheme => {
            let members =
                [("type".to_owned(), text("http")), ("scheme".to_owned(), text("unknown"))];
            Node::object(Map::from_iter(members), origin)
        }
        _ => return None,
    })
}
