//! `discriminator.mapping`: names of components, or references to them.

use std::collections::BTreeSet;

use crate::dialect::grammar::{Object, each};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// Writes every target as `#/components/schemas/NAME`; a target that does not exist is reported and
/// left out.
pub(super) fn settle(root: &mut Node, report: &mut Report) {
    let schemas = super::components(root, "schemas").into_iter();
    let names: BTreeSet<String> =
        schemas.flat_map(|map| map.keys().map(|key| escape(key))).collect();
    each(root, Object::Root, &mut |node, object| {
        if object != Object::Discriminator {
            return;
        }
        let mapping = node.as_object_mut().and_then(|map| map.get_mut("mapping"));
        let Some(Kind::Object(mapping)) = mapping.map(|node| &mut node.kind) else { return };
        mapping.retain(|tag, target| {
            let Some(text) = target.as_str() else { return false };
            let name = match text.strip_prefix("#/components/schemas/") {
                Some(name) => name.to_owned(),
                None => escape(text),
            };
            if !names.contains(&name) {
                let what = format!("the tag `{tag}` stands for `{text}`, which does not exist");
                report.push(Problem::warning(Location::Member(target.origin), what));
                return false;
            }
            *target = Node::string(format!("#/components/schemas/{name}"), target.origin);
            true
        });
    });
}
