//! The alternatives of a union: their names, and the tag that tells them apart.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Discriminator;

use super::cursor::{RefOr, SchemaAt};
use super::facts::LoweredUse;
use super::flat::SchemaView;
use super::reference::{local, schema_key};
use super::union::Member;
use super::{Lower, names};
use crate::ir::{Constraints, Literal, Type, Variant};
use crate::report::{Location, Problem};
use crate::source::escape;

/// A union's tag: the member that holds it, and the values for each alternative.
#[derive(Debug)]
pub struct Tagged {
    /// The member.
    pub wire: String,
    /// The values, alternative by alternative.
    pub values: Vec<Vec<String>>,
}

/// An alternative that was read.
type TypedNode<'a> = (Member<'a>, LoweredUse);

impl<'a> Lower<'a> {
    /// The alternatives with names and tags.
    pub fn named_variants(&mut self, kept: &[TypedNode<'a>], tag: Option<&Tagged>) -> Vec<Variant> {
        let lists = kept.iter().filter(|(_, typed)| matches!(typed.ty, Type::List(_))).count();
        let maps = kept.iter().filter(|(_, typed)| matches!(typed.ty, Type::Map(_))).count();
        let several = lists > 1 || maps > 1;
        for ((at, _), typed) in kept {
            if typed.facts.constraints != Constraints::default() {
                let what = "limits on an alternative are not kept: nothing checks them";
                self.note(at.cursor.location(), what);
            }
        }
        let named = kept.iter().enumerate().map(|(index, ((at, flat), typed))| Variant {
            name: self.variant_name(at, flat, &typed.ty, several),
            ty: typed.ty.clone(),
            tags: tag.and_then(|tag| tag.values.get(index)).cloned().unwrap_or_default(),
            doc: if at.is_reference() {
                crate::ir::Doc::default()
            } else {
                typed.facts.doc.clone()
            },
        });
        named.collect()
    }

    fn variant_name(
        &self,
        at: &SchemaAt<'a>,
        flat: &SchemaView<'a>,
        ty: &Type,
        several: bool,
    ) -> String {
        if let Some(words) = names::variant(at.cursor.node) {
            return words;
        }
        match ty {
            Type::Named(_) if !flat.values.is_empty() => "Enum".to_owned(),
            Type::Named(_) => "Object".to_owned(),
            ty => primitive(self, ty, several),
        }
    }

    /// How the alternatives are told apart.
    pub fn tag(&mut self, flat: &SchemaView<'a>, kept: &[TypedNode<'a>]) -> Option<Tagged> {
        let tagged = match flat.discriminator {
            Some(discriminator) => self.declared(flat, discriminator, kept)?,
            None => self.constant(kept)?,
        };
        let mut seen = BTreeMap::new();
        for (index, value) in
            tagged.values.iter().enumerate().flat_map(|(i, v)| v.iter().map(move |v| (i, v)))
        {
            if let Some(other) = seen.insert(value.clone(), index)
                && other != index
            {
                let what = format!(
                    "two alternatives have the tag `{value}`; the union is told apart by what fits"
                );
                self.warn(flat.cursor.location_of("discriminator"), what);
                return None;
            }
        }
        Some(tagged)
    }

    /// `discriminator`: its mapping, else the values that the alternatives themselves allow for the
    /// member, else the components' names.
    fn declared(
        &mut self,
        flat: &SchemaView<'a>,
        discriminator: &'a Discriminator,
        kept: &[TypedNode<'a>],
    ) -> Option<Tagged> {
        // Its extensions mean nothing to a client.
        let Discriminator { property_name, mapping, extensions: _ } = discriminator;
        let location = flat.cursor.location_of("discriminator");
        let mut mapped: Vec<Vec<String>> = vec![Vec::new(); kept.len()];
        for (value, target) in mapping {
            let target = mapping_target(target);
            let to = |(at, flat): &Member<'a>| {
                pointer_of(at, flat).is_some_and(|pointer| pointer == target)
            };
            match kept.iter().position(|(member, _)| to(member)) {
                Some(index) => {
                    mapped.get_mut(index).into_iter().for_each(|tags| tags.push(value.clone()))
                }
                None => {
                    let what = format!(
                        "`mapping` gives `{value}` to a schema that is not one of the alternatives"
                    );
                    self.warn(location.clone(), what);
                }
            }
        }
        let all: Vec<Vec<String>> =
            kept.iter().map(|((_, flat), _)| self.tag_values(flat, property_name, 0)).collect();
        let own = distinct(&all);
        let mut values = Vec::with_capacity(kept.len());
        for (index, ((at, flat), _)) in kept.iter().enumerate() {
            let of = |lists: &[Vec<String>]| lists.get(index).cloned().unwrap_or_default();
            let (mapped, own, all) = (of(&mapped), of(&own), of(&all));
            // A component's name is its tag where the member itself does not say otherwise.
            let name = pointer_of(at, flat).and_then(|pointer| schema_key(&pointer));
            let name = name.filter(|name| all.is_empty() || all.contains(name));
            let tags = match (mapped.is_empty(), own.is_empty()) {
                (false, _) => mapped,
                (true, false) => own,
                (true, true) => name.into_iter().collect(),
            };
            if tags.is_empty() {
                self.untagged(&location, property_name, at, all.first());
                return None;
            }
            values.push(tags);
        }
        Some(Tagged { wire: property_name.clone(), values })
    }

    fn untagged(
        &mut self,
        location: &Location,
        wire: &str,
        at: &SchemaAt<'a>,
        shared: Option<&String>,
    ) {
        let (what, help) = match shared {
            Some(value) => (
                format!("several alternatives have the value `{value}` of the tag `{wire}`"),
                "list other values of the member in each of them",
            ),
            None => (
                format!("an alternative has no value of the tag `{wire}`"),
                "give it a name under `components.schemas`, or list the one value the member has there",
            ),
        };
        let what = format!("{what}; the union is told apart by what fits");
        let problem = Problem::warning(location.clone(), what);
        self.report.push(problem.label(format!("for {}", at.cursor.pointer)).help(help));
    }

    /// Without `discriminator`: a member that every alternative requires, with other values in each.
    fn constant(&mut self, kept: &[TypedNode<'a>]) -> Option<Tagged> {
        let wholes: Vec<SchemaView<'a>> =
            kept.iter().map(|((_, flat), _)| self.expanded(flat.clone())).collect();
        let first = wholes.first()?;
        let candidates: Vec<&str> = first.properties.keys().copied().collect();
        for wire in candidates {
            if !wholes
                .iter()
                .all(|flat| flat.required.contains(&wire) && flat.properties.contains_key(wire))
            {
                continue;
            }
            let values: Vec<Vec<String>> =
                wholes.iter().map(|flat| self.tag_values(flat, wire, 0)).collect();
            let all: Vec<&String> = values.iter().flatten().collect();
            let different: BTreeSet<&String> = all.iter().copied().collect();
            if values.iter().all(|v| !v.is_empty()) && different.len() == all.len() {
                return Some(Tagged { wire: wire.to_owned(), values });
            }
        }
        None
    }

    /// The texts that a schema allows for its member `wire`.
    fn tag_values(&mut self, flat: &SchemaView<'a>, wire: &str, depth: usize) -> Vec<String> {
        if depth > 2 {
            return Vec::new();
        }
        let whole = self.expanded(flat.clone());
        let Some(schemas) = whole.properties.get(wire) else {
            let inner: Vec<SchemaView<'a>> =
                whole.alternatives().iter().filter_map(|at| self.flat(at)).collect();
            return inner.iter().flat_map(|flat| self.tag_values(flat, wire, depth + 1)).collect();
        };
        let lists = schemas.clone().into_iter().filter_map(|at| {
            let flat = self.flat(&at)?;
            Some(self.expanded(flat).values)
        });
        let Some(values) = lists.filter(|v| !v.is_empty()).min_by_key(Vec::len) else {
            return Vec::new();
        };
        let texts = values.into_iter().map(|v| match v.wire {
            Literal::Text(text) => Some(text),
            _ => None,
        });
        texts.collect::<Option<_>>().unwrap_or_default()
    }
}

/// Values that no other alternative has; where two share one, neither is told apart by its values.
fn distinct(values: &[Vec<String>]) -> Vec<Vec<String>> {
    let shared = |index: usize, tags: &[String]| {
        values
            .iter()
            .enumerate()
            .any(|(i, other)| i != index && other.iter().any(|v| tags.contains(v)))
    };
    let kept = values
        .iter()
        .enumerate()
        .map(|(i, tags)| if shared(i, tags) { Vec::new() } else { tags.clone() });
    kept.collect()
}

/// The pointer of the schema that an alternative names, be it with texts beside.
fn pointer_of(at: &SchemaAt<'_>, flat: &SchemaView<'_>) -> Option<String> {
    let only = match flat.all_of.as_slice() {
        [only] => Some(only.schema),
        _ => None,
    };
    match (at.schema, only) {
        (RefOr::Reference(reference), _) => local(reference),
        (RefOr::Item(_), Some(RefOr::Reference(reference))) => local(reference),
        (RefOr::Item(_), _) => None,
    }
}

/// A target of `mapping` is a reference or a component's name.
fn mapping_target(target: &str) -> String {
    local(target).unwrap_or_else(|| format!("/components/schemas/{}", escape(target)))
}

/// The name of a type that has none: a primitive's.
fn primitive(lower: &Lower<'_>, ty: &Type, several: bool) -> String {
    use crate::ir::Scalar;
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Scalar(Scalar::Text | Scalar::Secret | Scalar::Decimal) => "String".to_owned(),
        Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64) => "Integer".to_owned(),
        Type::Scalar(Scalar::Number) => "Number".to_owned(),
        Type::Scalar(Scalar::DateTime) => "Date time".to_owned(),
        Type::Scalar(Scalar::Date) => "Date".to_owned(),
        Type::Scalar(Scalar::Uuid) => "Uuid".to_owned(),
        Type::Scalar(Scalar::Uri) => "Uri".to_owned(),
        Type::Scalar(Scalar::Base64 | Scalar::Binary) => "Bytes".to_owned(),
        Type::Named(id) => lower.type_words(*id),
        Type::List(item) if several => format!("{} list", primitive(lower, item, several)),
        Type::List(_) => "List".to_owned(),
        Type::Map(value) if several => format!("{} map", primitive(lower, value, several)),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) => primitive(lower, inner, several),
    }
}
