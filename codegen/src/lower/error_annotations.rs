//! Collects the vendor's error annotations, by the rule in `vendor.toml`. The catalogue is built from
//! them once all types are known.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::cursor::NodeCursor;
use super::parameter::ParameterAt;
use super::schema::SchemaId;
use crate::depth::MAX_ANNOTATED_SCHEMAS;
use crate::ir::ParameterIn;
use crate::manifest::ErrorCodes;
use crate::source::Node;

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
    pub fn annotate_property(&mut self, owner: &str, wire: &str, schema: SchemaId) {
        if let Some(rule) = &self.manifest.error_codes {
            let found = self.find_annotations(rule, schema);
            let owner = AnnotationOwner::Property(owner.to_owned(), wire.to_owned());
            self.add_annotations(owner, found);
        }
    }

    /// Collects the annotations of the parameters of an operation and of their schemas.
    pub fn annotate_parameters(&mut self, operation: &str, parameters: &[ParameterAt<'a>]) {
        let Some(rule) = &self.manifest.error_codes else { return };
        for (parameter, cursor) in parameters {
            let mut found = own_annotations(rule, cursor, 0);
            if cursor.node.get("schema").is_some() {
                let schema = self.schemas.read_at(&cursor.child("schema"));
                found.extend(self.find_annotations(rule, schema));
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
                let cursor = body.child("content").child(name).child("schema");
                let schema = self.schemas.read_at(&cursor);
                let found = self.find_annotations(rule, schema);
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

    fn find_annotations(&self, rule: &ErrorCodes, schema: SchemaId) -> Vec<Annotation> {
        let mut found = Vec::new();
        self.search_annotations(rule, schema, 0, &mut BTreeSet::new(), &mut found);
        found
    }

    /// Searches a schema, the target of its reference, its composition keywords and its items.
    fn search_annotations(
        &self,
        rule: &ErrorCodes,
        id: SchemaId,
        item_depth: usize,
        seen: &mut BTreeSet<SchemaId>,
        found: &mut Vec<Annotation>,
    ) {
        if seen.len() > MAX_ANNOTATED_SCHEMAS || !seen.insert(id) {
            return;
        }
        let schema = self.schemas.get(id);
        found.extend(own_annotations(rule, &schema.cursor, item_depth));
        let parts = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).copied();
        for inner in self.schemas.target(id).into_iter().chain(parts) {
            self.search_annotations(rule, inner, item_depth, seen, found);
        }
        if let Some(items) = schema.items {
            self.search_annotations(rule, items, item_depth + 1, seen, found);
        }
    }
}

/// Returns the annotations of a parameter or schema itself.
fn own_annotations(
    rule: &ErrorCodes,
    cursor: &NodeCursor<'_>,
    item_depth: usize,
) -> Vec<Annotation> {
    let stated =
        rule.extensions.iter().filter(|(_, extension)| cursor.node.get(extension).is_some());
    let annotations = stated.map(|(kind, extension)| Annotation {
        kind: kind.clone(),
        pointer: cursor.child(extension).pointer,
        item_depth,
    });
    annotations.collect()
}
