//! Merges the parts of an `allOf` into one schema.

use std::collections::BTreeSet;

use super::cursor::{RefOr, SchemaAt};
use super::metadata::SchemaMetadata;
use super::schema_view::{AdditionalProperties, SchemaView};
use super::{Lower, doc, enum_values};
use crate::ir::Doc;
use crate::report::Problem;

/// How many levels deep `allOf` may be nested.
const MAX_DEPTH: usize = 64;

/// The result of merging the parts of an `allOf`.
#[derive(Debug)]
pub enum AllOf<'a> {
    /// One of the parts; the others only add metadata to it, which is included.
    Alias(SchemaAt<'a>, Box<SchemaMetadata>),
    /// A new schema with the properties of all parts.
    Merged(Box<SchemaView<'a>>),
}

/// A part of an `allOf`, with its resolved schema.
type Part<'a> = (SchemaAt<'a>, SchemaView<'a>);

impl<'a> Lower<'a> {
    /// Merges the parts of the `allOf` in `view` and the keywords beside it.
    pub fn all_of(&mut self, view: SchemaView<'a>) -> AllOf<'a> {
        let mut siblings = view;
        let parts = std::mem::take(&mut siblings.all_of);
        let parts: Vec<Part<'a>> = parts
            .into_iter()
            .filter_map(|part| Some((part.clone(), self.schema_view(&part)?)))
            .collect();
        match self.alias_part(&siblings, &parts) {
            Some(index) => {
                let mut metadata = siblings.metadata.clone();
                for (part, view) in
                    parts.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, part)| part)
                {
                    if !part.is_reference() {
                        metadata = metadata.merge(view.metadata.clone());
                    }
                }
                match parts.into_iter().nth(index) {
                    Some((part, view)) => {
                        self.check_type(&siblings, &view);
                        AllOf::Alias(part, Box::new(metadata))
                    }
                    None => AllOf::Merged(Box::new(siblings)),
                }
            }
            None => {
                let ids = parts.iter().filter_map(|(part, _)| match part.schema {
                    RefOr::Reference(reference) => self.component_id(reference),
                    RefOr::Item(_) => None,
                });
                let ids = ids.collect();
                self.all_of_bases.insert(siblings.cursor.pointer.clone(), ids);
                AllOf::Merged(Box::new(self.merge_parts(siblings, parts)))
            }
        }
    }

    /// Returns the index of a part that neither the other parts nor `siblings` extend: the keywords
    /// beside the `allOf`.
    fn alias_part(&mut self, siblings: &SchemaView<'a>, parts: &[Part<'a>]) -> Option<usize> {
        let (references, items): (Vec<_>, Vec<_>) = parts
            .iter()
            .enumerate()
            .filter(|(_, (_, view))| !view.is_annotation())
            .partition(|(_, (part, _))| part.is_reference());
        references.into_iter().chain(items).map(|(index, _)| index).find(|index| {
            let Some((_, target)) = parts.get(*index) else { return false };
            let others =
                parts.iter().enumerate().filter(|(i, _)| i != index).map(|(_, (_, view))| view);
            others.chain([siblings]).all(|other| self.adds_nothing(other, target))
        })
    }

    /// Whether `part` restricts or extends nothing in the type of `target`.
    fn adds_nothing(&mut self, part: &SchemaView<'a>, target: &SchemaView<'a>) -> bool {
        let has_only_types_and_values = part.properties.is_empty()
            && part.items.is_none()
            && !matches!(part.additional, AdditionalProperties::Schema(_))
            && !part.is_composed()
            && part.format.is_none_or(|format| target.format == Some(format));
        if !has_only_types_and_values {
            return false;
        }
        if part.values.is_empty() && part.required.is_empty() {
            // A `type` beside a reference is redundant; `check_type` reports one that differs.
            return part.ty.is_none()
                || target.ty.is_some()
                || target.is_composed()
                || !target.properties.is_empty();
        }
        let target = self.merge_all_of(target.clone());
        let values = part.values.is_empty()
            || enum_values::is_subset(&target.values, &part.values) && !target.values.is_empty();
        values && part.required.iter().all(|name| target.required.contains(name))
    }

    fn check_type(&mut self, siblings: &SchemaView<'a>, target: &SchemaView<'a>) {
        if let (Some(sibling_ty), Some(ty)) = (siblings.ty, target.ty)
            && sibling_ty != ty
        {
            let message = format!(
                "`type` is `{sibling_ty}` here, but `{ty}` in the `allOf` beside it; `{ty}` is used"
            );
            self.warn(siblings.cursor.location_of("type"), message);
        }
    }

    /// Returns the schema with every `allOf` in it merged.
    pub fn merge_all_of(&mut self, view: SchemaView<'a>) -> SchemaView<'a> {
        if view.all_of.is_empty() {
            return view;
        }
        let mut siblings = view;
        let parts = std::mem::take(&mut siblings.all_of);
        let parts = parts
            .into_iter()
            .filter_map(|part| Some((part.clone(), self.schema_view(&part)?)))
            .collect();
        self.merge_parts(siblings, parts)
    }

    /// Returns a schema with the properties of `parts` and of `siblings`, in this order.
    pub fn merge_parts(
        &mut self,
        siblings: SchemaView<'a>,
        parts: Vec<Part<'a>>,
    ) -> SchemaView<'a> {
        let mut out = SchemaView::empty(siblings.cursor.clone());
        let mut seen = BTreeSet::from([siblings.cursor.pointer.clone()]);
        for (part, view) in parts {
            self.add_part(&mut out, view, part.is_reference(), &mut seen, 0);
        }
        self.add_keywords(&mut out, siblings, false, &seen);
        out
    }

    /// Adds a part and, before it, the parts of its own `allOf`.
    fn add_part(
        &mut self,
        out: &mut SchemaView<'a>,
        part: SchemaView<'a>,
        by_reference: bool,
        seen: &mut BTreeSet<String>,
        depth: usize,
    ) {
        if depth > MAX_DEPTH {
            self.error(
                out.cursor.location(),
                format!("`allOf` is nested more than {MAX_DEPTH} levels deep"),
            );
            return;
        }
        if !seen.insert(part.cursor.pointer.clone()) {
            return; // Its properties were added before.
        }
        let mut part = part;
        for inner in std::mem::take(&mut part.all_of) {
            if let Some(view) = self.schema_view(&inner) {
                self.add_part(out, view, by_reference || inner.is_reference(), seen, depth + 1);
            }
        }
        self.add_keywords(out, part, by_reference, seen);
    }

    /// Adds the keywords of a part other than `allOf`. The docs come from inline parts only, never
    /// from referenced ones.
    fn add_keywords(
        &mut self,
        out: &mut SchemaView<'a>,
        part: SchemaView<'a>,
        by_reference: bool,
        seen: &BTreeSet<String>,
    ) {
        self.add_type(out, &part);
        self.add_values(out, &part);
        self.add_alternatives(out, &part, by_reference, seen);
        for (name, schemas) in part.properties {
            out.properties.entry(name).or_default().extend(schemas);
        }
        for name in part.required {
            if !out.required.contains(&name) {
                out.required.push(name);
            }
        }
        out.additional = match (
            std::mem::replace(&mut out.additional, AdditionalProperties::Unspecified),
            part.additional,
        ) {
            (_, schema @ AdditionalProperties::Schema(_))
            | (schema @ AdditionalProperties::Schema(_), _) => schema,
            (AdditionalProperties::Any, _) | (_, AdditionalProperties::Any) => {
                AdditionalProperties::Any
            }
            (AdditionalProperties::Forbidden, _) | (_, AdditionalProperties::Forbidden) => {
                AdditionalProperties::Forbidden
            }
            (AdditionalProperties::Unspecified, AdditionalProperties::Unspecified) => {
                AdditionalProperties::Unspecified
            }
        };
        if let (Some(_), Some(items)) = (&out.items, &part.items) {
            self.warn(
                items.cursor.location(),
                "two parts of this `allOf` declare `items`; the last one is used",
            );
        }
        out.items = part.items.or(out.items.take());
        out.not |= part.not;
        let metadata = match by_reference {
            true => SchemaMetadata { doc: Doc::default(), ..part.metadata },
            false => part.metadata,
        };
        let earlier_doc = std::mem::take(&mut out.metadata.doc);
        let merged = metadata.merge(std::mem::take(&mut out.metadata));
        out.metadata = SchemaMetadata { doc: doc::merge_docs(merged.doc, earlier_doc), ..merged };
    }

    fn add_type(&mut self, out: &mut SchemaView<'a>, part: &SchemaView<'a>) {
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

    fn add_values(&mut self, out: &mut SchemaView<'a>, part: &SchemaView<'a>) {
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
        out: &mut SchemaView<'a>,
        part: &SchemaView<'a>,
        by_reference: bool,
        seen: &BTreeSet<String>,
    ) {
        if part.alternatives().is_empty() {
            // A base schema has a `discriminator` for its children; the children are not unions.
            if !by_reference {
                out.discriminator = part.discriminator.or(out.discriminator);
            }
            return;
        }
        let is_being_merged = |alternative: &SchemaAt<'a>| {
            let target = self.document.follow(alternative);
            target.is_ok_and(|(_, cursor)| seen.contains(&cursor.pointer))
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
        out.discriminator = part.discriminator;
    }
}
