//! Collects the vendor's error annotations, by the rule in `vendor.toml`. The catalogue is built from
//! them once all types are known.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::cursor::{NodeCursor, SchemaAt};
use super::parameter::ParameterAt;
use super::reference::local_pointer;
use crate::ir::ParameterIn;
use crate::manifest::ErrorCodes;
use crate::source::Node;

/// How many schemas are searched for the annotations of one value.
const MAX_SCHEMAS: usize = 16;

/// An annotation of a property, parameter or body.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// The kind of error, by its name in `vendor.toml`.
    pub kind: String,
    /// The annotation's JSON pointer.
    pub pointer: String,
    /// How many array levels below the annotated value the error applies.
    pub item_depth: usize,
}

/// The value that an annotation belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnnotationOwner {
    /// A property of the struct with this JSON pointer.
    Property(String, String),
    /// A parameter of the operation with this JSON pointer.
    Parameter(String, ParameterIn, String),
    /// The body of the operation with this JSON pointer.
    Body(String),
}

/// Annotations by the value they belong to.
pub type Annotations = BTreeMap<AnnotationOwner, Vec<Annotation>>;

impl<'a> Lower<'a> {
    /// Collects the annotations of a property of the struct at `owner`.
    pub fn annotate_property(&mut self, owner: &str, wire: &str, schema_at: &SchemaAt<'a>) {
        if let Some(rule) = &self.manifest.error_codes {
            let found = self.find_annotations(rule, &schema_at.cursor);
            let owner = AnnotationOwner::Property(owner.to_owned(), wire.to_owned());
            self.add_annotations(owner, found);
        }
    }

    /// Collects the annotations of the parameters of an operation and of their schemas.
    pub fn annotate_parameters(&mut self, operation: &str, parameters: &[ParameterAt<'a>]) {
        let Some(rule) = &self.manifest.error_codes else { return };
        for (parameter, cursor) in parameters {
            let mut found = self.find_annotations(rule, cursor);
            if cursor.node.get("schema").is_some() {
                found.extend(self.find_annotations(rule, &cursor.child("schema")));
            }
            self.add_annotations(
                AnnotationOwner::Parameter(
                    operation.to_owned(),
                    parameter.location,
                    parameter.wire.clone(),
                ),
                found,
            );
        }
    }

    /// Collects the annotations of the schemas of a body.
    pub fn annotate_body(&mut self, operation: &str, body: &NodeCursor<'a>) {
        let Some(rule) = &self.manifest.error_codes else { return };
        let content = body.node.get("content").and_then(Node::as_object);
        for (name, media) in content.into_iter().flatten() {
            if media.get("schema").is_some() {
                let found =
                    self.find_annotations(rule, &body.child("content").child(name).child("schema"));
                self.add_annotations(AnnotationOwner::Body(operation.to_owned()), found);
            }
        }
    }

    fn add_annotations(&mut self, owner: AnnotationOwner, found: Vec<Annotation>) {
        if found.is_empty() {
            return;
        }
        let known = self.annotations.entry(owner).or_default();
        for annotation in found {
            if !known.iter().any(|other| other.pointer == annotation.pointer) {
                known.push(annotation);
            }
        }
    }

    fn find_annotations(&self, rule: &ErrorCodes, cursor: &NodeCursor<'a>) -> Vec<Annotation> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        self.search_annotations(rule, cursor, 0, &mut seen, &mut found);
        found
    }

    /// Searches a node, the target of its reference, its composition keywords and its items.
    fn search_annotations(
        &self,
        rule: &ErrorCodes,
        cursor: &NodeCursor<'a>,
        item_depth: usize,
        seen: &mut BTreeSet<String>,
        found: &mut Vec<Annotation>,
    ) {
        if seen.len() > MAX_SCHEMAS || !seen.insert(cursor.pointer.clone()) {
            return;
        }
        for (kind, extension) in &rule.extensions {
            if cursor.node.get(extension).is_some() {
                found.push(Annotation {
                    kind: kind.clone(),
                    pointer: cursor.child(extension).pointer,
                    item_depth,
                });
            }
        }
        let target = cursor.node.get("$ref").and_then(Node::as_str).and_then(local_pointer);
        if let Some((pointer, node)) = target
            .and_then(|pointer| Some((pointer.clone(), self.document.root.pointer(&pointer)?)))
        {
            self.search_annotations(rule, &NodeCursor { node, pointer }, item_depth, seen, found);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = cursor.node.get(key).and_then(Node::as_array).unwrap_or_default();
            for index in 0..parts.len() {
                self.search_annotations(
                    rule,
                    &cursor.child(key).item(index),
                    item_depth,
                    seen,
                    found,
                );
            }
        }
        if cursor.node.get("items").is_some() {
            self.search_annotations(rule, &cursor.child("items"), item_depth + 1, seen, found);
        }
    }
}
