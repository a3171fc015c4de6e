//! Where the vendor's error annotations stand, by the rule of `vendor.toml`. The catalogue is made
//! of them when all types are known.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use super::cursor::{NodeCursor, SchemaAt};
use super::parameter::Placed;
use super::reference::local;
use crate::ir::ParameterIn;
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
    Parameter(String, ParameterIn, String),
    /// The body of the operation with this pointer.
    Body(String),
}

/// Annotations by what they stand at.
pub type Annotations = BTreeMap<Holder, Vec<Annotation>>;

impl<'a> Lower<'a> {
    /// Remembers what is annotated at a member of the struct at `owner`.
    pub fn annotate(&mut self, owner: &str, wire: &str, at: &SchemaAt<'a>) {
        if let Some(rule) = &self.manifest.error_codes {
            let found = self.gather(rule, &at.cursor);
            self.remember(Holder::Member(owner.to_owned(), wire.to_owned()), found);
        }
    }

    /// Remembers what is annotated at the parameters of an operation and at their schemas.
    pub fn annotate_parameters(&mut self, operation: &str, parameters: &[Placed<'a>]) {
        let Some(rule) = &self.manifest.error_codes else { return };
        for (parameter, cursor) in parameters {
            let mut found = self.gather(rule, cursor);
            if cursor.node.get("schema").is_some() {
                found.extend(self.gather(rule, &cursor.member("schema")));
            }
            self.remember(
                Holder::Parameter(operation.to_owned(), parameter.location, parameter.wire.clone()),
                found,
            );
        }
    }

    /// Remembers what is annotated at the schemas of a body.
    pub fn annotate_body(&mut self, operation: &str, body: &NodeCursor<'a>) {
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

    fn gather(&self, rule: &ErrorCodes, cursor: &NodeCursor<'a>) -> Vec<Annotation> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        self.gather_at(rule, cursor, 0, &mut seen, &mut found);
        found
    }

    /// Annotations at a node, behind its reference, in its `allOf` and at its items.
    fn gather_at(
        &self,
        rule: &ErrorCodes,
        cursor: &NodeCursor<'a>,
        lists: usize,
        seen: &mut BTreeSet<String>,
        found: &mut Vec<Annotation>,
    ) {
        if seen.len() > DEEPEST || !seen.insert(cursor.pointer.clone()) {
            return;
        }
        for (why, extension) in &rule.extensions {
            if cursor.node.get(extension).is_some() {
                found.push(Annotation {
                    why: why.clone(),
                    pointer: cursor.member(extension).pointer,
                    lists,
                });
            }
        }
        let target = cursor.node.get("$ref").and_then(Node::as_str).and_then(local);
        if let Some((pointer, node)) =
            target.and_then(|p| Some((p.clone(), self.document.root.pointer(&p)?)))
        {
            self.gather_at(rule, &NodeCursor { node, pointer }, lists, seen, found);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = cursor.node.get(key).and_then(Node::as_array).unwrap_or_default();
            for index in 0..parts.len() {
                self.gather_at(rule, &cursor.member(key).item(index), lists, seen, found);
            }
        }
        if cursor.node.get("items").is_some() {
            self.gather_at(rule, &cursor.member("items"), lists + 1, seen, found);
        }
    }
}
