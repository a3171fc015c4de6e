//! Where the vendor's error annotations stand, by the rule of `vendor.toml`. The catalogue is made
//! of them when all types are known.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::parameter::Placed;
use super::reference::local;
use super::spot::{At, Spot};
use crate::ir::Place;
use crate::manifest::ErrorCodes;
use crate::source::Node;

/// How far an annotation is looked for behind references and `allOf`.
const DEEPEST: usize = 16;

/// An annotation that concerns a member or parameter.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Why the error is raised.
    pub why: String,
    /// The annotation's pointer.
    pub pointer: String,
    /// It concerns the items of so many lists, one in the other.
    pub lists: usize,
}

/// What an annotation stands at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A member of the struct with this pointer.
    Member(String, String),
    /// A parameter of the operation with this pointer.
    Parameter(String, Place, String),
    /// The body of the operation with this pointer.
    Body(String),
}

/// Annotations by what they stand at.
pub type Annotations = BTreeMap<Holder, Vec<Annotation>>;

impl<'a> Lower<'a> {
    /// Remembers what is annotated at a member of the struct at `owner`.
    pub fn annotate(&mut self, owner: &str, wire: &str, at: &At<'a>) {
        if let Some(rule) = &self.manifest.error_codes {
            let found = self.gather(rule, &at.spot);
            self.remember(Holder::Member(owner.to_owned(), wire.to_owned()), found);
        }
    }

    /// Remembers what is annotated at the parameters of an operation and at their schemas.
    pub fn annotate_parameters(&mut self, operation: &str, parameters: &[Placed<'a>]) {
        let Some(rule) = &self.manifest.error_codes else { return };
        for (parameter, spot) in parameters {
            let mut found = self.gather(rule, spot);
            if spot.node.get("schema").is_some() {
                found.extend(self.gather(rule, &spot.member("schema")));
            }
            self.remember(
                Holder::Parameter(operation.to_owned(), parameter.place, parameter.wire.clone()),
                found,
            );
        }
    }

    /// Remembers what is annotated at the schemas of a body.
    pub fn annotate_body(&mut self, operation: &str, body: &Spot<'a>) {
        let Some(rule) = &self.manifest.error_codes else { return };
        let content = body.node.get("content").and_then(Node::as_object);
        for (name, media) in content.into_iter().flatten() {
            if media.get("schema").is_some() {
                let found =
                    self.gather(rule, &body.member("content").member(name).member("schema"));
                self.remember(Holder::Body(operation.to_owned()), found);
            }
        }
    }

    fn remember(&mut self, holder: Holder, found: Vec<Annotation>) {
        if found.is_empty() {
            return;
        }
        let known = self.annotations.entry(holder).or_default();
        for annotation in found {
            if !known.iter().any(|other| other.pointer == annotation.pointer) {
                known.push(annotation);
            }
        }
    }

    fn gather(&self, rule: &ErrorCodes, spot: &Spot<'a>) -> Vec<Annotation> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        self.gather_at(rule, spot, 0, &mut seen, &mut found);
        found
    }

    /// Annotations at a node, behind its reference, in its `allOf` and at its items.
    fn gather_at(
        &self,
        rule: &ErrorCodes,
        spot: &Spot<'a>,
        lists: usize,
        seen: &mut BTreeSet<String>,
        found: &mut Vec<Annotation>,
    ) {
        if seen.len() > DEEPEST || !seen.insert(spot.pointer.clone()) {
            return;
        }
        for (why, extension) in &rule.extensions {
            if spot.node.get(extension).is_some() {
                found.push(Annotation {
                    why: why.clone(),
                    pointer: spot.member(extension).pointer,
                    lists,
                });
            }
        }
        let target = spot.node.get("$ref").and_then(Node::as_str).and_then(local);
        if let Some((pointer, node)) =
            target.and_then(|p| Some((p.clone(), self.document.root.pointer(&p)?)))
        {
            self.gather_at(rule, &Spot { node, pointer }, lists, seen, found);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = spot.node.get(key).and_then(Node::as_array).unwrap_or_default();
            for index in 0..parts.len() {
                self.gather_at(rule, &spot.member(key).item(index), lists, seen, found);
            }
        }
        if spot.node.get("items").is_some() {
            self.gather_at(rule, &spot.member("items"), lists + 1, seen, found);
        }
    }
}
