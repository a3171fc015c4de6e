//! Merges the parts of an `allOf` into one schema.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::schema::{AdditionalProperties, Schema, SchemaId, SchemaMetadata, enum_values};
use super::{Lower, doc};
use crate::depth::MAX_ALL_OF_DEPTH;
use crate::ir::{Doc, TypeId};
use crate::report::Problem;

/// The result of merging the parts of an `allOf`.
#[derive(Debug)]
pub enum AllOf<'a> {
    /// One of the parts; the others only add metadata to it, which is included.
    Alias(SchemaId, Box<SchemaMetadata>),
    /// A new schema with the properties of all parts.
    Merged(Rc<Schema<'a>>),
}

/// A part of an `allOf`, with its resolved schema.
type Part<'a> = (SchemaId, Rc<Schema<'a>>);

impl<'a> Lower<'a> {
    /// Merges the parts of the `allOf` in `schema` and the keywords beside it.
    pub fn all_of(&mut self, schema: &Schema<'a>) -> AllOf<'a> {
        let parts = self.parts(schema);
        let Some(index) = self.alias_part(schema, &parts) else {
            let components = parts.iter().filter_map(|(id, _)| self.schemas.target(*id));
            let components = components.map(|id| TypeId(id.index())).collect();
            self.all_of_bases.insert(schema.cursor.pointer.clone(), components);
            return AllOf::Merged(self.merge_all_of(schema));
        };
        let mut metadata = schema.metadata.clone();
        let mut alias = None;
        for (position, (id, part)) in parts.into_iter().enumerate() {
            if position == index {
                self.check_type(schema, &part);
                alias = Some(id);
            } else if !self.schemas.is_reference(id) {
                metadata = metadata.merge(part.metadata.clone());
            }
        }
        match alias {
            Some(id) => AllOf::Alias(id, Box::new(metadata)),
            None => AllOf::Merged(self.merge_all_of(schema)),
        }
    }

    fn parts(&self, schema: &Schema<'a>) -> Vec<Part<'a>> {
        schema.all_of.iter().map(|id| (*id, self.schemas.resolved(*id))).collect()
    }

    /// Returns the index of a part that neither the other parts nor the keywords beside the `allOf`
    /// extend.
    fn alias_part(&mut self, schema: &Schema<'a>, parts: &[Part<'a>]) -> Option<usize> {
        let (references, items): (Vec<_>, Vec<_>) = parts
            .iter()
            .enumerate()
            .filter(|(_, (_, part))| !part.is_annotation())
            .partition(|(_, (id, _))| self.schemas.is_reference(*id));
        let siblings = Schema { all_of: Vec::new(), ..schema.clone() };
        references.into_iter().chain(items).map(|(index, _)| index).find(|index| {
            let Some((target, _)) = parts.get(*index) else { return false };
            let others = parts.iter().enumerate().filter(|(i, _)| i != index);
            let others = others.map(|(_, (_, part))| part.as_ref());
            others.chain([&siblings]).all(|other| self.adds_nothing(other, *target))
        })
    }

    /// Whether `part` restricts or extends nothing in the type of `target`.
    fn adds_nothing(&mut self, part: &Schema<'a>, target: SchemaId) -> bool {
        let schema = self.schemas.resolved(target);
        let has_only_types_and_values = part.properties.is_empty()
            && part.items.is_none()
            && !matches!(part.additional, AdditionalProperties::Schema(_))
            && !part.is_composed()
            && part.format.is_none_or(|format| schema.format == Some(format));
        if !has_only_types_and_values {
            return false;
        }
        if part.values.is_empty() && part.required.is_empty() {
            // A `type` beside a reference is redundant; `check_type` reports one that differs.
            return part.ty.is_none()
                || schema.ty.is_some()
                || schema.is_composed()
                || !schema.properties.is_empty();
        }
        let merged = self.merged(target);
        let values = part.values.is_empty()
            || enum_values::is_subset(&merged.values, &part.values) && !merged.values.is_empty();
        values && part.required.iter().all(|name| merged.required.contains(name))
    }

    fn check_type(&mut self, siblings: &Schema<'a>, target: &Schema<'a>) {
        if let (Some(sibling_ty), Some(ty)) = (siblings.ty, target.ty)
            && sibling_ty != ty
        {
            let message = format!(
                "`type` is `{sibling_ty}` here, but `{ty}` in the `allOf` beside it; `{ty}` is used"
            );
            self.warn(siblings.cursor.location_of("type"), message);
        }
    }

    /// Returns the schema that `id` is or refers to, with every `allOf` in it merged.
    pub fn merged(&mut self, id: SchemaId) -> Rc<Schema<'a>> {
        let id = self.schemas.resolve(id);
        if let Some(merged) = self.merged.get(&id) {
            return merged.clone();
        }
        let schema = self.schemas.get(id);
        if schema.all_of.is_empty() {
            return schema;
        }
        let parts = self.parts(&schema);
        let merged = Rc::new(self.merge_parts(&schema, parts));
        self.merged.insert(id, merged.clone());
        merged
    }

    /// Returns the schema with every `allOf` in it merged.
    fn merge_all_of(&mut self, schema: &Schema<'a>) -> Rc<Schema<'a>> {
        let parts = self.parts(schema);
        Rc::new(self.merge_parts(schema, parts))
    }

    /// Returns a schema with the properties of `parts` and of `siblings`, in this order.
    pub fn merge_parts(&mut self, siblings: &Schema<'a>, parts: Vec<Part<'a>>) -> Schema<'a> {
        let mut out = Schema::empty(siblings.cursor.clone());
        let mut seen = BTreeSet::from([siblings.cursor.pointer.clone()]);
        for (id, part) in parts {
            let by_reference = self.schemas.is_reference(id);
            self.add_part(&mut out, &part, by_reference, &mut seen, 0);
        }
        self.add_keywords(&mut out, siblings, false, &seen);
        out
    }

    /// Adds a part and, before it, the parts of its own `allOf`.
    fn add_part(
        &mut self,
        out: &mut Schema<'a>,
        part: &Schema<'a>,
        by_reference: bool,
        seen: &mut BTreeSet<String>,
        depth: usize,
    ) {
        if depth > MAX_ALL_OF_DEPTH {
            self.error(
                out.cursor.location(),
                format!("`allOf` is nested more than {MAX_ALL_OF_DEPTH} levels deep"),
            );
            return;
        }
        if !seen.insert(part.cursor.pointer.clone()) {
            return; // Its properties were added before.
        }
        for (id, inner) in self.parts(part) {
            let by_reference = by_reference || self.schemas.is_reference(id);
            self.add_part(out, &inner, by_reference, seen, depth + 1);
        }
        self.add_keywords(out, part, by_reference, seen);
    }

    /// Adds the keywords of a part other than `allOf`. The docs come from inline parts only, never
    /// from referenced ones.
    fn add_keywords(
        &mut self,
        out: &mut Schema<'a>,
        part: &Schema<'a>,
        by_reference: bool,
        seen: &BTreeSet<String>,
    ) {
        self.add_type(out, part);
        self.add_values(out, part);
        self.add_alternatives(out, part, by_reference, seen);
        for (name, schemas) in &part.properties {
            out.properties.entry(name).or_default().extend(schemas);
        }
        for name in &part.required {
            if !out.required.contains(name) {
                out.required.push(name);
            }
        }
        out.additional = merge_additional(out.additional, part.additional);
        if let (Some(_), Some(items)) = (out.items, part.items) {
            self.warn(
                self.schemas.get(items).cursor.location(),
                "two parts of this `allOf` declare `items`; the last one is used",
            );
        }
        out.items = part.items.or(out.items);
        out.not |= part.not;
        let mut metadata = part.metadata.clone();
        if by_reference {
            metadata.doc = Doc::default();
        }
        let earlier_doc = std::mem::take(&mut out.metadata.doc);
        let merged = metadata.merge(std::mem::take(&mut out.metadata));
        out.metadata = SchemaMetadata { doc: doc::merge_docs(merged.doc, earlier_doc), ..merged };
    }

    fn add_type(&mut self, out: &mut Schema<'a>, part: &Schema<'a>) {
        out.ty = match (out.ty, part.ty) {
            (ty, None) | (None, ty) => ty,
            (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => {
                Some("integer")
            }
            (Some(a), Some(b)) => {
                if a != b {
                    let message = format!(
                        "two parts of this `allOf` have the types `{a}` and `{b}`; `{b}` is used"
                    );
                    self.warn(part.cursor.location_of("type"), message);
                }
                Some(b)
            }
        };
        out.format = part.format.or(out.format);
    }

    fn add_values(&mut self, out: &mut Schema<'a>, part: &Schema<'a>) {
        if part.values.is_empty() {
            return;
        }
        if out.values.is_empty() || enum_values::is_subset(&part.values, &out.values) {
            out.values = part.values.clone();
        } else if !enum_values::is_subset(&out.values, &part.values) {
            self.warn(
                part.cursor.location_of("enum"),
                "two parts of this `allOf` have different `enum` values; the last list is used",
            );
            out.values = part.values.clone();
        }
    }

    fn add_alternatives(
        &mut self,
        out: &mut Schema<'a>,
        part: &Schema<'a>,
        by_reference: bool,
        seen: &BTreeSet<String>,
    ) {
        if part.alternatives().is_empty() {
            // A base schema has a `discriminator` for its children; the children are not unions.
            if !by_reference {
                out.discriminator = part.discriminator.clone().or(out.discriminator.take());
            }
            return;
        }
        let is_being_merged = |id: &SchemaId| {
            let target = self.schemas.resolved(*id);
            seen.contains(&target.cursor.pointer)
        };
        if part.alternatives().iter().any(is_being_merged) {
            return; // A base schema that lists the schema being merged as one of its children.
        }
        if !out.alternatives().is_empty() {
            let problem = Problem::warning(
                part.cursor.location(),
                "two parts of this `allOf` are unions; the second one is skipped",
            );
            self.report
                .push(problem.help("write one `oneOf` that lists every combination instead"));
            return;
        }
        out.one_of = part.one_of.clone();
        out.any_of = part.any_of.clone();
        out.discriminator = part.discriminator.clone();
    }
}

fn merge_additional(a: AdditionalProperties, b: AdditionalProperties) -> AdditionalProperties {
    use AdditionalProperties::{Any, Forbidden, Schema, Unspecified};
    match (a, b) {
        (_, schema @ Schema(_)) | (schema @ Schema(_), _) => schema,
        (Any, _) | (_, Any) => Any,
        (Forbidden, _) | (_, Forbidden) => Forbidden,
        (Unspecified, Unspecified) => Unspecified,
    }
}
