//! Resolves all references of a document, each one once.

use std::collections::{BTreeMap, BTreeSet};

use super::{reference_text, target};
use crate::dialect::grammar::{ObjectKind, for_each_object, for_each_object_mut};
use crate::report::{Problem, Report, Severity};
use crate::source::{Kind, Node};

/// The JSON pointers of resolved references, by the text of the reference and the name of the
/// expected kind of object.
pub(super) type ResolvedReferences = BTreeMap<(String, &'static str), String>;

/// References that cannot be resolved, by their text and the name of the expected kind of object.
pub(super) type BrokenReferences = BTreeSet<(String, &'static str)>;

/// Resolves every reference. Broken references are reported, once per text.
pub(super) fn resolve_all(
    root: &Node,
    report: &mut Report,
) -> (ResolvedReferences, BrokenReferences) {
    let mut resolver = Resolver {
        root,
        report,
        targets: ResolvedReferences::new(),
        broken: BrokenReferences::new(),
    };
    for (key, section) in root.as_object().into_iter().flatten() {
        let Some(entries) = section.as_object().filter(|_| key != "info") else { continue };
        for (name, node) in entries {
            resolver.visit_section(key, name, node);
        }
    }
    (resolver.targets, resolver.broken)
}

struct Resolver<'a> {
    root: &'a Node,
    report: &'a mut Report,
    targets: ResolvedReferences,
    broken: BrokenReferences,
}

impl Resolver<'_> {
    /// Resolves the references of a path item, of a section of the components, or of a definition
    /// at the root.
    fn visit_section(&mut self, key: &str, name: &str, node: &Node) {
        let tokens = [key.to_owned(), name.to_owned()];
        if key == "components" {
            for (inner, node) in node.as_object().into_iter().flatten() {
                let tokens = [key.to_owned(), name.to_owned(), inner.clone()];
                self.visit_component(&tokens, node);
            }
        } else {
            self.visit_component(&tokens, node);
        }
    }

    fn visit_component(&mut self, tokens: &[String], node: &Node) {
        let Some(object) = crate::dialect::grammar::kind_at(ObjectKind::Root, tokens) else {
            return;
        };
        let label = format!("inside {}", tokens.join("."));
        for_each_object(node, object, &mut |node, object| {
            if object == ObjectKind::Discriminator {
                self.resolve_mapping(node);
            }
            if object == ObjectKind::Schema || object.grammar().allows_ref {
                self.resolve_reference(node, object, &label);
            }
        });
    }

    fn resolve_reference(&mut self, node: &Node, object: ObjectKind, label: &str) {
        let Some((reference, origin)) = reference_text(node) else { return };
        let key = (reference.to_owned(), object.grammar().name);
        if self.targets.contains_key(&key) || self.broken.contains(&key) {
            return;
        }
        match target::find_target(self.root, reference, object) {
            Ok(pointer) => {
                self.targets.insert(key, pointer);
            }
            Err(error) => {
                let problem = error.problem(self.root, reference, object, origin).label(label);
                if object == ObjectKind::Example {
                    self.report.push(Problem { severity: Severity::Warning, ..problem });
                } else {
                    self.report.error_or_warn(problem);
                }
                self.broken.insert(key);
            }
        }
    }

    /// Resolves the targets of a discriminator's mapping; `mapping` reports broken ones.
    fn resolve_mapping(&mut self, node: &Node) {
        for target in
            node.get("mapping").and_then(Node::as_object).into_iter().flat_map(|m| m.values())
        {
            let Some(reference) = target.as_str().filter(|text| text.starts_with('#')) else {
                continue;
            };
            if let Ok(pointer) = target::find_target(self.root, reference, ObjectKind::Schema) {
                let key = (reference.to_owned(), ObjectKind::Schema.grammar().name);
                self.targets.insert(key, pointer);
            }
        }
    }
}

/// Rewrites the references of one object to the pointers that they resolve to.
pub(super) fn rewrite_reference(node: &mut Node, object: ObjectKind, targets: &ResolvedReferences) {
    let Kind::Object(map) = &mut node.kind else { return };
    let expected = match object {
        ObjectKind::Discriminator => ObjectKind::Schema.grammar().name,
        _ => object.grammar().name,
    };
    let references: Vec<&mut Node> = match object {
        ObjectKind::Discriminator => match map.get_mut("mapping").map(|node| &mut node.kind) {
            Some(Kind::Object(mapping)) => mapping.values_mut().collect(),
            _ => return,
        },
        _ => map.get_mut("$ref").into_iter().collect(),
    };
    for reference in references {
        let Some(text) = reference.as_str() else { continue };
        if let Some(pointer) = targets.get(&(text.to_owned(), expected)) {
            *reference = Node::string(format!("#{pointer}"), reference.origin);
        }
    }
}

/// Removes examples whose references are broken, which were reported.
pub(super) fn drop_broken_examples(root: &mut Node) {
    let known: BTreeSet<String> = super::components_of(root, "examples")
        .into_iter()
        .flat_map(|map| map.keys())
        .map(|name| format!("#/components/examples/{}", crate::source::escape(name)))
        .collect();
    for_each_object_mut(root, ObjectKind::Root, &mut |node, _| {
        let examples = node.as_object_mut().and_then(|map| map.get_mut("examples"));
        let Some(Kind::Object(examples)) = examples.map(|node| &mut node.kind) else { return };
        examples.retain(|_, example| {
            reference_text(example).is_none_or(|(reference, _)| known.contains(reference))
        });
    });
}
