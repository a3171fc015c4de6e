//! All references of a document, each looked up once.

use std::collections::{BTreeMap, BTreeSet};

use super::{target, text};
use crate::dialect::grammar::{Object, each, each_ref};
use crate::report::{Problem, Report, Severity};
use crate::source::{Kind, Node};

/// What each reference, by its text and the kind of object expected, is read as: a JSON pointer.
pub(super) type Targets = BTreeMap<(String, &'static str), String>;

/// References that name nothing, by their text and the kind of object expected.
pub(super) type Broken = BTreeSet<(String, &'static str)>;

/// Looks up every reference; what names nothing is reported, once for each text.
pub(super) fn all(root: &Node, report: &mut Report) -> (Targets, Broken) {
    let mut search = Search { root, report, targets: Targets::new(), broken: Broken::new() };
    for (key, part) in root.as_object().into_iter().flatten() {
        let Some(names) = part.as_object().filter(|_| key != "info") else { continue };
        for (name, node) in names {
            search.part(key, name, node);
        }
    }
    (search.targets, search.broken)
}

struct Search<'a> {
    root: &'a Node,
    report: &'a mut Report,
    targets: Targets,
    broken: Broken,
}

impl Search<'_> {
    /// One path item, one section of the components, or a definition at the root.
    fn part(&mut self, key: &str, name: &str, node: &Node) {
        let tokens = [key.to_owned(), name.to_owned()];
        if key == "components" {
            for (inner, node) in node.as_object().into_iter().flatten() {
                let tokens = [key.to_owned(), name.to_owned(), inner.clone()];
                self.object(&tokens, node);
            }
        } else {
            self.object(&tokens, node);
        }
    }

    fn object(&mut self, tokens: &[String], node: &Node) {
        let Some(object) = crate::dialect::grammar::kind_at(Object::Root, tokens) else { return };
        let label = format!("inside {}", tokens.join("."));
        each_ref(node, object, &mut |node, object| {
            if object == Object::Discriminator {
                self.mapping(node);
            }
            if object == Object::Schema || object.grammar().reference {
                self.reference(node, object, &label);
            }
        });
    }

    fn reference(&mut self, node: &Node, object: Object, label: &str) {
        let Some((reference, origin)) = text(node) else { return };
        let key = (reference.to_owned(), object.grammar().name);
        if self.targets.contains_key(&key) || self.broken.contains(&key) {
            return;
        }
        match target::find(self.root, reference, object) {
            Ok(pointer) => {
                self.targets.insert(key, pointer);
            }
            Err(why) => {
                let problem = why.problem(self.root, reference, object, origin).label(label);
                if object == Object::Example {
                    self.report.push(Problem { severity: Severity::Warning, ..problem });
                } else {
                    self.report.tolerate(problem);
                }
                self.broken.insert(key);
            }
        }
    }

    /// A mapping's targets; what is wrong with them is said when the mapping is read.
    fn mapping(&mut self, node: &Node) {
        for target in
            node.get("mapping").and_then(Node::as_object).into_iter().flat_map(|m| m.values())
        {
            let Some(reference) = target.as_str().filter(|text| text.starts_with('#')) else {
                continue;
            };
            if let Ok(pointer) = target::find(self.root, reference, Object::Schema) {
                let key = (reference.to_owned(), Object::Schema.grammar().name);
                self.targets.insert(key, pointer);
            }
        }
    }
}

/// Writes the references of one object as what they are read as.
pub(super) fn rewrite(node: &mut Node, object: Object, targets: &Targets) {
    let Kind::Object(map) = &mut node.kind else { return };
    let expected = match object {
        Object::Discriminator => Object::Schema.grammar().name,
        _ => object.grammar().name,
    };
    let locations: Vec<&mut Node> = match object {
        Object::Discriminator => match map.get_mut("mapping").map(|node| &mut node.kind) {
            Some(Kind::Object(mapping)) => mapping.values_mut().collect(),
            _ => return,
        },
        _ => map.get_mut("$ref").into_iter().collect(),
    };
    for location in locations {
        let Some(text) = location.as_str() else { continue };
        if let Some(pointer) = targets.get(&(text.to_owned(), expected)) {
            *location = Node::string(format!("#{pointer}"), location.origin);
        }
    }
}

/// An example that names nothing was reported; the rest of its object is good.
pub(super) fn drop_broken_examples(root: &mut Node) {
    let known: BTreeSet<String> = super::components(root, "examples")
        .into_iter()
        .flat_map(|map| map.keys())
        .map(|name| format!("#/components/examples/{}", crate::source::escape(name)))
        .collect();
    each(root, Object::Root, &mut |node, _| {
        let examples = node.as_object_mut().and_then(|map| map.get_mut("examples"));
        let Some(Kind::Object(examples)) = examples.map(|node| &mut node.kind) else { return };
        examples.retain(|_, example| {
            text(example).is_none_or(|(reference, _)| known.contains(reference))
        });
    });
}
