//! The variants of a union: their names, and the tag values that select them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Discriminator;

use super::cursor::{RefOr, SchemaAt};
use super::metadata::LoweredUse;
use super::reference::{local_pointer, schema_key};
use super::schema_view::SchemaView;
use super::union::Alternative;
use super::{Lower, names};
use crate::ir::{Constraints, Literal, Type, Variant};
use crate::report::{Location, Problem};
use crate::source::escape;

/// A union's tag property, with the values that select each alternative.
#[derive(Debug)]
pub struct UnionTag {
    /// The property's name.
    pub wire: String,
    /// The values for each alternative.
    pub values: Vec<Vec<String>>,
}

/// An alternative and what it was lowered to.
pub type LoweredAlternative<'a> = (Alternative<'a>, LoweredUse);

impl<'a> Lower<'a> {
    /// Returns the variants for the alternatives, with names and tag values.
    pub fn union_variants(
        &mut self,
        alternatives: &[LoweredAlternative<'a>],
        tag: Option<&UnionTag>,
    ) -> Vec<Variant> {
        let count = |is_kind: fn(&Type) -> bool| {
            alternatives.iter().filter(|(_, lowered)| is_kind(&lowered.ty)).count()
        };
        let lists = count(|ty| matches!(ty, Type::List(_)));
        let maps = count(|ty| matches!(ty, Type::Map(_)));
        let name_items = lists > 1 || maps > 1;
        for ((schema_at, _), lowered) in alternatives {
            if lowered.metadata.constraints != Constraints::default() {
                let message = "constraints on an alternative of a union are not checked";
                self.note(schema_at.cursor.location(), message);
            }
        }
        let variants =
            alternatives.iter().enumerate().map(|(index, ((schema_at, view), lowered))| Variant {
                name: self.variant_name(schema_at, view, &lowered.ty, name_items),
                ty: lowered.ty.clone(),
                tags: tag.and_then(|tag| tag.values.get(index)).cloned().unwrap_or_default(),
                doc: if schema_at.is_reference() {
                    crate::ir::Doc::default()
                } else {
                    lowered.metadata.doc.clone()
                },
            });
        variants.collect()
    }

    fn variant_name(
        &self,
        schema_at: &SchemaAt<'a>,
        view: &SchemaView<'a>,
        ty: &Type,
        name_items: bool,
    ) -> String {
        if let Some(name) = names::variant_name(schema_at.cursor.node) {
            return name;
        }
        match ty {
            Type::Named(_) if !view.values.is_empty() => "Enum".to_owned(),
            Type::Named(_) => "Object".to_owned(),
            ty => type_name(self, ty, name_items),
        }
    }

    /// Returns the tag of a union, if one selects among its alternatives.
    pub fn union_tag(
        &mut self,
        view: &SchemaView<'a>,
        alternatives: &[LoweredAlternative<'a>],
    ) -> Option<UnionTag> {
        let tag = match view.discriminator {
            Some(discriminator) => self.declared_tag(view, discriminator, alternatives)?,
            None => self.inferred_tag(alternatives)?,
        };
        let mut seen = BTreeMap::new();
        for (index, value) in
            tag.values.iter().enumerate().flat_map(|(i, v)| v.iter().map(move |v| (i, v)))
        {
            if let Some(other) = seen.insert(value.clone(), index)
                && other != index
            {
                let message =
                    format!("two alternatives have the tag value `{value}`; {MATCHED_BY_BEST_FIT}");
                self.warn(view.cursor.location_of("discriminator"), message);
                return None;
            }
        }
        Some(tag)
    }

    /// Returns the tag of a union with `discriminator`. Its values come from `mapping`, else from the
    /// alternatives' own `enum`s, else from the components' keys.
    fn declared_tag(
        &mut self,
        view: &SchemaView<'a>,
        discriminator: &'a Discriminator,
        alternatives: &[LoweredAlternative<'a>],
    ) -> Option<UnionTag> {
        // Its extensions are of no use to a client.
        let Discriminator { property_name, mapping, extensions: _ } = discriminator;
        let location = view.cursor.location_of("discriminator");
        let mut mapped: Vec<Vec<String>> = vec![Vec::new(); alternatives.len()];
        for (value, target) in mapping {
            let target = mapping_target(target);
            let is_target = |(schema_at, view): &Alternative<'a>| {
                target_pointer(schema_at, view).is_some_and(|pointer| pointer == target)
            };
            match alternatives.iter().position(|(alternative, _)| is_target(alternative)) {
                Some(index) => {
                    mapped.get_mut(index).into_iter().for_each(|tags| tags.push(value.clone()))
                }
                None => {
                    let message = format!(
                        "`mapping` has `{value}` for a schema that is not one of the \
                         alternatives; the entry is ignored"
                    );
                    self.warn(location.clone(), message);
                }
            }
        }
        let all: Vec<Vec<String>> = alternatives
            .iter()
            .map(|((_, view), _)| self.tag_values(view, property_name, 0))
            .collect();
        let unshared = unshared_values(&all);
        let mut values = Vec::with_capacity(alternatives.len());
        for (index, ((schema_at, view), _)) in alternatives.iter().enumerate() {
            let at_index = |lists: &[Vec<String>]| lists.get(index).cloned().unwrap_or_default();
            let (mapped, distinct, all) = (at_index(&mapped), at_index(&unshared), at_index(&all));
            // A component's key is its tag value unless its schema restricts the tag to others.
            let key = target_pointer(schema_at, view).and_then(|pointer| schema_key(&pointer));
            let key = key.filter(|key| all.is_empty() || all.contains(key));
            let tags = match (mapped.is_empty(), distinct.is_empty()) {
                (false, _) => mapped,
                (true, false) => distinct,
                (true, true) => key.into_iter().collect(),
            };
            if tags.is_empty() {
                self.report_untagged(&location, property_name, schema_at, all.first());
                return None;
            }
            values.push(tags);
        }
        Some(UnionTag { wire: property_name.clone(), values })
    }

    fn report_untagged(
        &mut self,
        location: &Location,
        wire: &str,
        schema_at: &SchemaAt<'a>,
        shared: Option<&String>,
    ) {
        let (message, help) = match shared {
            Some(value) => (
                format!("several alternatives have the tag value `{value}` for `{wire}`"),
                "list different `enum` values for the property in each alternative",
            ),
            None => (
                format!("one alternative has no tag value for `{wire}`"),
                "move it to `components.schemas`, or give the property an `enum` with one value",
            ),
        };
        let message = format!("{message}; {MATCHED_BY_BEST_FIT}");
        let problem = Problem::warning(location.clone(), message);
        self.report.push(problem.label(format!("for {}", schema_at.cursor.pointer)).help(help));
    }

    /// Infers the tag of a union without `discriminator`: a property that all alternatives require,
    /// with different values in each.
    fn inferred_tag(&mut self, alternatives: &[LoweredAlternative<'a>]) -> Option<UnionTag> {
        let views: Vec<SchemaView<'a>> =
            alternatives.iter().map(|((_, view), _)| self.merge_all_of(view.clone())).collect();
        let first = views.first()?;
        let candidates: Vec<&str> = first.properties.keys().copied().collect();
        for wire in candidates {
            if !views
                .iter()
                .all(|view| view.required.contains(&wire) && view.properties.contains_key(wire))
            {
                continue;
            }
            let values: Vec<Vec<String>> =
                views.iter().map(|view| self.tag_values(view, wire, 0)).collect();
            let all: Vec<&String> = values.iter().flatten().collect();
            let distinct: BTreeSet<&String> = all.iter().copied().collect();
            if values.iter().all(|v| !v.is_empty()) && distinct.len() == all.len() {
                return Some(UnionTag { wire: wire.to_owned(), values });
            }
        }
        None
    }

    /// Returns the strings that a schema allows for its property `wire`.
    fn tag_values(&mut self, view: &SchemaView<'a>, wire: &str, depth: usize) -> Vec<String> {
        if depth > 2 {
            return Vec::new();
        }
        let expanded = self.merge_all_of(view.clone());
        let Some(schemas) = expanded.properties.get(wire) else {
            let inner: Vec<SchemaView<'a>> = expanded
                .alternatives()
                .iter()
                .filter_map(|alternative| self.schema_view(alternative))
                .collect();
            return inner.iter().flat_map(|view| self.tag_values(view, wire, depth + 1)).collect();
        };
        let lists = schemas.clone().into_iter().filter_map(|schema_at| {
            let view = self.schema_view(&schema_at)?;
            Some(self.merge_all_of(view).values)
        });
        let Some(values) = lists.filter(|v| !v.is_empty()).min_by_key(Vec::len) else {
            return Vec::new();
        };
        let strings = values.into_iter().map(|v| match v.wire {
            Literal::String(text) => Some(text),
            _ => None,
        });
        strings.collect::<Option<_>>().unwrap_or_default()
    }
}

const MATCHED_BY_BEST_FIT: &str = "the union's variant is matched by best fit";

/// Returns the values of each alternative, or none for alternatives that share one with another.
fn unshared_values(values: &[Vec<String>]) -> Vec<Vec<String>> {
    let is_shared = |index: usize, tags: &[String]| {
        values
            .iter()
            .enumerate()
            .any(|(i, other)| i != index && other.iter().any(|v| tags.contains(v)))
    };
    let unshared = values
        .iter()
        .enumerate()
        .map(|(i, tags)| if is_shared(i, tags) { Vec::new() } else { tags.clone() });
    unshared.collect()
}

/// Returns the JSON pointer of the schema that an alternative refers to, directly or through an
/// `allOf` with a single part.
fn target_pointer(schema_at: &SchemaAt<'_>, view: &SchemaView<'_>) -> Option<String> {
    let only = match view.all_of.as_slice() {
        [only] => Some(only.schema),
        _ => None,
    };
    match (schema_at.schema, only) {
        (RefOr::Reference(reference), _) => local_pointer(reference),
        (RefOr::Item(_), Some(RefOr::Reference(reference))) => local_pointer(reference),
        (RefOr::Item(_), _) => None,
    }
}

/// Returns the JSON pointer for a target of `mapping`, which is a reference or a component's key.
fn mapping_target(target: &str) -> String {
    local_pointer(target).unwrap_or_else(|| format!("/components/schemas/{}", escape(target)))
}

/// Returns a name for the variant of a type without a title. With `name_items`, those of arrays and
/// maps include the name of their items.
fn type_name(lower: &Lower<'_>, ty: &Type, name_items: bool) -> String {
    use crate::ir::Scalar;
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Scalar(Scalar::String | Scalar::Secret | Scalar::Decimal) => "String".to_owned(),
        Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64) => "Integer".to_owned(),
        Type::Scalar(Scalar::Number) => "Number".to_owned(),
        Type::Scalar(Scalar::DateTime) => "Date time".to_owned(),
        Type::Scalar(Scalar::Date) => "Date".to_owned(),
        Type::Scalar(Scalar::Uuid) => "Uuid".to_owned(),
        Type::Scalar(Scalar::Uri) => "Uri".to_owned(),
        Type::Scalar(Scalar::Base64 | Scalar::Binary) => "Bytes".to_owned(),
        Type::Named(id) => lower.last_type_word(*id),
        Type::List(item) if name_items => format!("{} list", type_name(lower, item, name_items)),
        Type::List(_) => "List".to_owned(),
        Type::Map(value) if name_items => format!("{} map", type_name(lower, value, name_items)),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) => type_name(lower, inner, name_items),
    }
}
