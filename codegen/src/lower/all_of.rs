//! `allOf`: the one schema that the parts come to.

use std::collections::BTreeSet;

use super::cursor::{RefOr, SchemaAt};
use super::facts::SchemaMetadata;
use super::flat::{Rest, SchemaView};
use super::{Lower, choice, doc};
use crate::ir::Doc;
use crate::report::Problem;

/// How long a chain of `allOf` may be.
const DEEPEST: usize = 64;

/// What the parts of an `allOf` come to.
#[derive(Debug)]
pub enum Whole<'a> {
    /// One of the parts: the others only describe it. With what they say.
    Same(SchemaAt<'a>, Box<SchemaMetadata>),
    /// A schema with the members of all.
    Merged(Box<SchemaView<'a>>),
}

/// A member of an `allOf`, with the schema it is or names.
type Part<'a> = (SchemaAt<'a>, SchemaView<'a>);

impl<'a> Lower<'a> {
    /// What the parts of `whole` come to.
    pub fn all_of(&mut self, whole: SchemaView<'a>) -> Whole<'a> {
        let mut own = whole;
        let members = std::mem::take(&mut own.all_of);
        let parts: Vec<Part<'a>> =
            members.into_iter().filter_map(|at| Some((at.clone(), self.flat(&at)?))).collect();
        match self.sole(&own, &parts) {
            Some(index) => {
                let mut facts = own.facts.clone();
                for (at, flat) in
                    parts.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, part)| part)
                {
                    if !at.is_reference() {
                        facts = facts.over(flat.facts.clone());
                    }
                }
                match parts.into_iter().nth(index) {
                    Some((at, flat)) => {
                        self.check_type(&own, &flat);
                        Whole::Same(at, Box::new(facts))
                    }
                    None => Whole::Merged(Box::new(own)),
                }
            }
            None => {
                let ids = parts.iter().filter_map(|(at, _)| match at.schema {
                    RefOr::Reference(reference) => self.component_id(reference),
                    RefOr::Item(_) => None,
                });
                let ids = ids.collect();
                self.bases.insert(own.cursor.pointer.clone(), ids);
                Whole::Merged(Box::new(self.merged(own, parts)))
            }
        }
    }

    /// The part that says everything the others say.
    fn sole(&mut self, own: &SchemaView<'a>, parts: &[Part<'a>]) -> Option<usize> {
        let (references, items): (Vec<_>, Vec<_>) = parts
            .iter()
            .enumerate()
            .filter(|(_, (_, flat))| !flat.is_annotation())
            .partition(|(_, (at, _))| at.is_reference());
        references.into_iter().chain(items).map(|(index, _)| index).find(|index| {
            let Some((_, target)) = parts.get(*index) else { return false };
            let others =
                parts.iter().enumerate().filter(|(i, _)| i != index).map(|(_, (_, flat))| flat);
            others.chain([own]).all(|other| self.adds_nothing(other, target))
        })
    }

    /// Whether `part` says nothing of a value's shape that `target` does not say.
    fn adds_nothing(&mut self, part: &SchemaView<'a>, target: &SchemaView<'a>) -> bool {
        let bare = part.properties.is_empty()
            && part.items.is_none()
            && !matches!(part.rest, Rest::Of(_))
            && !part.is_composed()
            && part.format.is_none_or(|format| target.format == Some(format));
        if !bare {
            return false;
        }
        if part.values.is_empty() && part.required.is_empty() {
            // Beside a reference `type` is a repetition; where it differs, `check_type` says so.
            return part.ty.is_none()
                || target.ty.is_some()
                || target.is_composed()
                || !target.properties.is_empty();
        }
        let target = self.expanded(target.clone());
        let values = part.values.is_empty()
            || choice::is_subset(&target.values, &part.values) && !target.values.is_empty();
        values && part.required.iter().all(|name| target.required.contains(name))
    }

    fn check_type(&mut self, own: &SchemaView<'a>, target: &SchemaView<'a>) {
        if let (Some(own_ty), Some(ty)) = (own.ty, target.ty)
            && own_ty != ty
        {
            let what = format!(
                "`type` says `{own_ty}`, and the schema in `allOf` beside it says `{ty}`; the latter holds"
            );
            self.warn(own.cursor.location_of("type"), what);
        }
    }

    /// The schema with every `allOf` in it merged.
    pub fn expanded(&mut self, whole: SchemaView<'a>) -> SchemaView<'a> {
        if whole.all_of.is_empty() {
            return whole;
        }
        let mut own = whole;
        let members = std::mem::take(&mut own.all_of);
        let parts =
            members.into_iter().filter_map(|at| Some((at.clone(), self.flat(&at)?))).collect();
        self.merged(own, parts)
    }

    /// One schema with the members of `parts` and of `own`, in this order.
    pub fn merged(&mut self, own: SchemaView<'a>, parts: Vec<Part<'a>>) -> SchemaView<'a> {
        let mut out = SchemaView::empty(own.cursor.clone());
        let mut seen = BTreeSet::from([own.cursor.pointer.clone()]);
        for (at, part) in parts {
            self.fold(&mut out, part, at.is_reference(), &mut seen, 0);
        }
        self.add(&mut out, own, false, &seen);
        out
    }

    fn fold(
        &mut self,
        out: &mut SchemaView<'a>,
        part: SchemaView<'a>,
        referred: bool,
        seen: &mut BTreeSet<String>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            self.error(
                out.cursor.location(),
                format!("a chain of more than {DEEPEST} `allOf` stands here"),
            );
            return;
        }
        if !seen.insert(part.cursor.pointer.clone()) {
            return; // Its members are there already.
        }
        let mut part = part;
        for at in std::mem::take(&mut part.all_of) {
            if let Some(inner) = self.flat(&at) {
                self.fold(out, inner, referred || at.is_reference(), seen, depth + 1);
            }
        }
        self.add(out, part, referred, seen);
    }

    /// Adds a part without `allOf`. What a reference brings in has no say in the texts.
    fn add(
        &mut self,
        out: &mut SchemaView<'a>,
        part: SchemaView<'a>,
        referred: bool,
        seen: &BTreeSet<String>,
    ) {
        self.add_type(out, &part);
        self.add_values(out, &part);
        self.add_alternatives(out, &part, referred, seen);
        for (name, schemas) in part.properties {
            out.properties.entry(name).or_default().extend(schemas);
        }
        for name in part.required {
            if !out.required.contains(&name) {
                out.required.push(name);
            }
        }
        out.rest = match (std::mem::replace(&mut out.rest, Rest::Unsaid), part.rest) {
            (_, rest @ Rest::Of(_)) | (rest @ Rest::Of(_), _) => rest,
            (Rest::Any, _) | (_, Rest::Any) => Rest::Any,
            (Rest::None, _) | (_, Rest::None) => Rest::None,
            (Rest::Unsaid, Rest::Unsaid) => Rest::Unsaid,
        };
        if let (Some(_), Some(items)) = (&out.items, &part.items) {
            self.warn(
                items.cursor.location(),
                "two parts of this `allOf` state `items`; the later holds",
            );
        }
        out.items = part.items.or(out.items.take());
        out.not |= part.not;
        let facts = match referred {
            true => SchemaMetadata { doc: Doc::default(), ..part.facts },
            false => part.facts,
        };
        let texts = std::mem::take(&mut out.facts.doc);
        let merged = facts.over(std::mem::take(&mut out.facts));
        out.facts = SchemaMetadata { doc: doc::over(merged.doc, texts), ..merged };
    }

    fn add_type(&mut self, out: &mut SchemaView<'a>, part: &SchemaView<'a>) {
        out.ty = match (out.ty, part.ty) {
            (ty, None) | (None, ty) => ty,
            (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => {
                Some("integer")
            }
            (Some(a), Some(b)) => {
                if a != b {
                    let what = format!(
                        "the parts of an `allOf` disagree, `{a}` and `{b}`; the later holds"
                    );
                    self.warn(part.cursor.location_of("type"), what);
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
        if out.values.is_empty() || choice::is_subset(&part.values, &out.values) {
            out.values = part.values.clone();
        } else if !choice::is_subset(&out.values, &part.values) {
            self.warn(
                part.cursor.location_of("enum"),
                "two parts of an `allOf` list different values; the later list holds",
            );
            out.values = part.values.clone();
        }
    }

    fn add_alternatives(
        &mut self,
        out: &mut SchemaView<'a>,
        part: &SchemaView<'a>,
        referred: bool,
        seen: &BTreeSet<String>,
    ) {
        if part.alternatives().is_empty() {
            // The base of an inheritance tree names its children; the children are not unions.
            if !referred {
                out.discriminator = part.discriminator.or(out.discriminator);
            }
            return;
        }
        let back = |at: &SchemaAt<'a>| {
            self.document.follow(at).is_ok_and(|(_, cursor)| seen.contains(&cursor.pointer))
        };
        if part.alternatives().iter().any(back) {
            return; // The base lists the very schema that is being made from it.
        }
        if !out.alternatives().is_empty() {
            let problem = Problem::warning(
                part.cursor.location(),
                "two parts of an `allOf` are unions; the later is left out",
            );
            self.report
                .push(problem.help("one union that lists every combination can be generated"));
            return;
        }
        out.one_of = part.one_of.clone();
        out.any_of = part.any_of.clone();
        out.discriminator = part.discriminator;
    }
}
