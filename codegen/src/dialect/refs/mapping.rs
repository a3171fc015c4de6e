//! Resolves `discriminator.mapping`, whose values are names of components or references to them.

use std::collections::BTreeSet;

use crate::dialect::grammar::{ObjectKind, for_each_object_mut};
use crate::report::{Location, Problem, Report};
use crate::source::{Kind, Node, escape};

/// Rewrites the target of every tag to `#/components/schemas/NAME`. Tags whose target does not exist
/// are reported and removed.
pub(super) fn resolve_mappings(root: &mut Node, report: &mut Report) {
    let schemas = super::components_of(root, "schemas").into_iter();
    let names: BTreeSet<String> =
        schemas.flat_map(|map| map.keys().map(|key| escape(key))).collect();
    for_each_object_mut(root, ObjectKind::Root, &mut |node, object| {
        if object != ObjectKind::Discriminator {
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
                let message =
                    format!("the discriminator maps `{tag}` to `{text}`, which does not exist");
                let help = "correct the name, or add the schema under `components.schemas`";
                let location = Location::Entry(target.origin);
                report.push(Problem::warning(location, message).help(help));
                return false;
            }
            *target = Node::string(format!("#/components/schemas/{name}"), target.origin);
            true
        });
    });
}
