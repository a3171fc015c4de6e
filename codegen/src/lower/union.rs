//! `oneOf` and `anyOf`.

use super::choice::Choice;
use super::cursor::SchemaAt;
use super::enums::{kind, listed};
use super::facts::{LoweredUse, SchemaMetadata};
use super::flat::{Rest, SchemaView};
use super::schema::LoweredSchema;
use super::{Lower, doc};
use crate::ir::{Enum, Shape, Tag, Type, Union};

/// An alternative, with the schema it is or names.
pub type Member<'a> = (SchemaAt<'a>, SchemaView<'a>);

impl<'a> Lower<'a> {
    /// A schema with alternatives.
    pub fn union(&mut self, flat: SchemaView<'a>) -> (LoweredSchema, SchemaMetadata) {
        if !flat.one_of.is_empty() && !flat.any_of.is_empty() {
            self.warn(
                flat.cursor.location_of("anyOf"),
                "`oneOf` and `anyOf` stand in one schema; `anyOf` is left out",
            );
        }
        let found: Vec<Member<'a>> = flat
            .alternatives()
            .to_vec()
            .into_iter()
            .filter_map(|at| Some((at.clone(), self.flat(&at)?)))
            .collect();
        let members: Vec<Member<'a>> =
            found.into_iter().filter(|(_, member)| !member.is_null()).collect();
        let own = SchemaView { one_of: Vec::new(), any_of: Vec::new(), ..flat.clone() };
        if members.is_empty() {
            return (LoweredSchema::Type(Type::Any), flat.facts);
        }
        if members.iter().all(|(_, member)| only_limits(&own, member)) {
            let what = "the alternatives differ only in what they require; the schema is read as one that requires what all of them do";
            self.note(flat.cursor.location(), what);
            let own = also_required(own, &members);
            let meaning =
                if own.values.is_empty() { self.plain(&own) } else { self.enumeration(&own) };
            return (meaning, flat.facts);
        }
        if let [(at, _)] = members.as_slice() {
            return self.single(own, at);
        }
        if own.properties.is_empty()
            && let Some(meaning) = self.values_of(&members)
        {
            return (meaning, flat.facts);
        }
        let variants = match own.properties.is_empty() {
            true => members.iter().map(|(at, _)| self.read(at)).collect(),
            false => members.iter().map(|member| self.with_members(&own, member)).collect(),
        };
        (self.variants(&flat, members, variants), flat.facts)
    }

    /// The only alternative, with what stands beside it.
    fn single(
        &mut self,
        own: SchemaView<'a>,
        at: &SchemaAt<'a>,
    ) -> (LoweredSchema, SchemaMetadata) {
        self.meaning(SchemaView { all_of: vec![at.clone()], discriminator: None, ..own })
    }

    /// One enum, where the alternatives only list values: every enum is open, so a plain string
    /// beside a list of values is that list.
    fn values_of(&mut self, members: &[Member<'a>]) -> Option<LoweredSchema> {
        let plain = |flat: &SchemaView<'a>, tys: &[&str]| {
            flat.ty.is_some_and(|ty| tys.contains(&ty))
                && flat.format.is_none()
                && flat.values.is_empty()
                && !flat.is_composed()
        };
        let lists: Vec<&Member<'a>> = members
            .iter()
            .filter(|(_, flat)| !flat.values.is_empty() && !flat.is_composed())
            .collect();
        let values: Vec<Choice> = lists.iter().flat_map(|(at, flat)| choices(at, flat)).collect();
        let values = kind(&values)?;
        let text = values.iter().all(|v| matches!(v.wire, crate::ir::Literal::Text(_)));
        let tys: &[&str] = if text { &["string"] } else { &["integer"] };
        let all = members
            .iter()
            .all(|(_, flat)| !flat.values.is_empty() && !flat.is_composed() || plain(flat, tys));
        let any = members.len() > lists.len();
        match lists.as_slice() {
            _ if !all => None,
            [(at, _)] if at.is_reference() => {
                let ty = self.read(at).ty;
                if let (true, Type::Named(id)) = (any, &ty) {
                    self.opened.insert(*id);
                }
                Some(LoweredSchema::Type(ty))
            }
            _ => Some(match listed(values) {
                LoweredSchema::Def(Shape::Enum(listed)) => {
                    LoweredSchema::Def(Shape::Enum(Enum { any, ..listed }))
                }
                other => other,
            }),
        }
    }

    /// An alternative of a schema that has members of its own: a struct with the members of both.
    fn with_members(&mut self, own: &SchemaView<'a>, (at, member): &Member<'a>) -> LoweredUse {
        let whole = self.expanded(member.clone());
        let object = whole.ty.is_none_or(|ty| ty == "object")
            && whole.items.is_none()
            && whole.values.is_empty();
        if !object || !whole.alternatives().is_empty() {
            self.warn(
                at.cursor.location(),
                "the members that stand beside these alternatives are left out of this one",
            );
            return self.read(at);
        }
        if at.is_reference()
            && own.properties.keys().all(|name| whole.properties.contains_key(name))
        {
            return self.read(at);
        }
        let base = SchemaView {
            all_of: Vec::new(),
            discriminator: None,
            facts: SchemaMetadata::default(),
            ..own.clone()
        };
        let mut merged = self.merged(base, vec![(at.clone(), member.clone())]);
        // The members beside the alternatives come first, as they are written.
        merged.properties.sort_by(|a, _, b, _| {
            let location = |name: &str| own.properties.get_index_of(name).unwrap_or(usize::MAX);
            location(a).cmp(&location(b))
        });
        merged.cursor = at.cursor.clone();
        merged.facts = member.facts.clone();
        let facts = merged.facts.clone();
        let ty = match self.object(&merged) {
            LoweredSchema::Type(ty) => ty,
            LoweredSchema::Def(shape) => self.define(None, &at.cursor, shape, &facts),
        };
        LoweredUse { ty, nullable: self.is_nullable(at), facts }
    }

    /// The union of what was read, without alternatives that come to the same.
    fn variants(
        &mut self,
        flat: &SchemaView<'a>,
        members: Vec<Member<'a>>,
        types: Vec<LoweredUse>,
    ) -> LoweredSchema {
        let mut kept: Vec<(Member<'a>, LoweredUse)> = Vec::with_capacity(members.len());
        for (member, typed) in members.into_iter().zip(types) {
            if !kept.iter().any(|(_, other)| other.ty == typed.ty) {
                kept.push((member, typed));
            }
        }
        if let [(_, only)] = kept.as_slice() {
            return LoweredSchema::Type(only.ty.clone());
        }
        if kept.iter().any(|(_, typed)| typed.ty == Type::Any) {
            self.note(
                flat.cursor.location(),
                "one of the alternatives is any value, so all of them are",
            );
            return LoweredSchema::Type(Type::Any);
        }
        let tag = self.tag(flat, &kept);
        let variants = self.named_variants(&kept, tag.as_ref());
        LoweredSchema::Def(Shape::Union(Union {
            variants,
            tag: tag.map(|tag| Tag { wire: tag.wire }),
        }))
    }
}

/// The schema, which requires what all alternatives require, too.
fn also_required<'a>(own: SchemaView<'a>, members: &[Member<'a>]) -> SchemaView<'a> {
    let mut own = own;
    let first = members.first().map(|(_, member)| member.required.clone()).unwrap_or_default();
    for name in first {
        let by_all = members.iter().all(|(_, member)| member.required.contains(&name));
        if by_all && !own.required.contains(&name) {
            own.required.push(name);
        }
    }
    own
}

/// Whether an alternative only narrows what stands beside it: other members required, other limits.
fn only_limits(own: &SchemaView<'_>, member: &SchemaView<'_>) -> bool {
    let says = !own.properties.is_empty()
        || !own.values.is_empty()
        || own.ty.is_some() && own.ty != Some("object");
    let same_type = member.ty.is_none()
        || member.ty == own.ty
        || own.ty.is_none() && member.ty == Some("object");
    says && same_type
        && member.values.is_empty()
        && member.properties.is_empty()
        && member.items.is_none()
        && (member.format.is_none() || own.ty == Some("string"))
        && !matches!(member.rest, Rest::Of(_))
        && !member.is_composed()
}

/// The values of an alternative; one that lists a single value may name and describe it.
fn choices(at: &SchemaAt<'_>, flat: &SchemaView<'_>) -> Vec<Choice> {
    let mut values = flat.values.clone();
    if let [only] = values.as_mut_slice()
        && !at.is_reference()
    {
        only.name = only.name.take().or_else(|| flat.facts.doc.title.clone());
        only.description =
            only.description.take().or_else(|| doc::text(flat.facts.doc.description.as_deref()));
    }
    values
}
