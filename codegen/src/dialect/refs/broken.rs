//! Replaces broken references if the run continues without their targets.

use super::resolve::BrokenReferences;
use crate::dialect::grammar::{ObjectKind, for_each_object_mut};
use crate::report::Origin;
use crate::source::{Kind, Map, Node};

/// Replaces each reference of `broken`, which were reported, with a placeholder: a schema that
/// allows any value, a response without a body. Broken references to parameters are removed.
pub(super) fn replace_broken_references(root: &mut Node, broken: &BrokenReferences) {
    if broken.is_empty() {
        return;
    }
    let is_broken = |node: &Node, object: ObjectKind| {
        super::reference_text(node).is_some_and(|(reference, _)| {
            broken.contains(&(reference.to_owned(), object.grammar().name))
        })
    };
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| match object {
        ObjectKind::Operation | ObjectKind::PathItem => {
            let parameters = node.as_object_mut().and_then(|map| map.get_mut("parameters"));
            if let Some(Kind::Array(parameters)) = parameters.map(|node| &mut node.kind) {
                parameters.retain(|parameter| !is_broken(parameter, ObjectKind::Parameter));
            }
        }
        ObjectKind::Components => {
            let parameters = node.as_object_mut().and_then(|map| map.get_mut("parameters"));
            if let Some(Kind::Object(parameters)) = parameters.map(|node| &mut node.kind) {
                parameters.retain(|_, parameter| !is_broken(parameter, ObjectKind::Parameter));
            }
        }
        _ if is_broken(node, object) => {
            if let Some(replacement) = placeholder(object, node.origin) {
                *node = replacement;
            }
        }
        _ => {}
    });
}

/// Creates the most general object of this kind.
pub(super) fn placeholder(object: ObjectKind, origin: Origin) -> Option<Node> {
    let object_with =
        |key: &str, node: Node| Node::object(Map::from_iter([(key.to_owned(), node)]), origin);
    let empty_object = || Node::object(Map::new(), origin);
    let string = |text: &str| Node::string(text, origin);
    Some(match object {
        ObjectKind::Schema => empty_object(),
        ObjectKind::Response => object_with("description", string("")),
        ObjectKind::RequestBody => object_with(
            "content",
            object_with("application/json", object_with("schema", empty_object())),
        ),
        ObjectKind::Header => object_with("schema", empty_object()),
        ObjectKind::SecurityScheme => {
            let entries =
                [("type".to_owned(), string("http")), ("scheme".to_owned(), string("unknown"))];
            Node::object(Map::from_iter(entries), origin)
        }
        _ => return None,
    })
}
