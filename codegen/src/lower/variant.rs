//! The variants of a union: their names, and the tag values that select them.

use std::collections::BTreeMap;

use super::Lower;
use super::alternative_label::{alternative_labels, variant_name};
use super::schema::{Discriminator, Schema, SchemaId};
use super::schema_type::LoweredUse;
use super::union::Alternative;
use crate::depth::MAX_TAG_DEPTH;
use crate::ir::{Constraints, Doc, Literal, Type, Variant};
use crate::report::{Location, Problem};

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
        for ((id, _), lowered) in alternatives {
            if lowered.metadata.constraints != Constraints::default() {
                let message = "constraints on an alternative of a union are not checked";
                self.note(self.schemas.get(*id).cursor.location(), message);
            }
        }
        let names = self.variant_names(alternatives, name_items);
        let variants = alternatives.iter().zip(names).enumerate().map(
            |(index, ((alternative, lowered), name))| Variant {
                name,
                ty: lowered.ty.clone(),
                tags: tag.and_then(|tag| tag.values.get(index)).cloned().unwrap_or_default(),
                doc: match self.schemas.is_reference(alternative.0) {
                    true => Doc::default(),
                    false => lowered.metadata.doc.clone(),
                },
            },
        );
        variants.collect()
    }

    /// Returns the names of the variants. Alternatives of the same name are distinguished by what they
    /// contain, so that their order does not matter.
    fn variant_names(
        &self,
        alternatives: &[LoweredAlternative<'a>],
        name_items: bool,
    ) -> Vec<String> {
        let names = alternatives
            .iter()
            .map(|(alternative, lowered)| self.variant_name(alternative, &lowered.ty, name_items));
        let names: Vec<String> = names.collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &names {
            *counts.entry(name).or_default() += 1;
        }
        if counts.values().all(|count| *count == 1) {
            return names;
        }
        let nodes = alternatives.iter().map(|((id, _), _)| self.schemas.get(*id).cursor.node);
        let labels = alternative_labels(&nodes.collect::<Vec<_>>());
        let is_unique = |name: &String| counts.get(name.as_str()) == Some(&1);
        let or_label = |(name, label): (&String, String)| {
            if is_unique(name) { name.clone() } else { label }
        };
        names.iter().zip(labels).map(or_label).collect()
    }

    fn variant_name(&self, (id, schema): &Alternative<'a>, ty: &Type, name_items: bool) -> String {
        let node = self.schemas.get(*id).cursor.node;
        if let Some(name) = variant_name(node) {
            return name;
        }
        match ty {
            Type::Named(_) if schema.values.len() == 1 => alternative_labels(&[node]).concat(),
            Type::Named(_) if !schema.values.is_empty() => "Enum".to_owned(),
            Type::Named(_) => "Object".to_owned(),
            ty => type_name(self, ty, name_items),
        }
    }

    /// Returns the tag that the document declares for a union, if it selects among the alternatives.
    pub fn union_tag(
        &mut self,
        schema: &Schema<'a>,
        alternatives: &[LoweredAlternative<'a>],
    ) -> Option<UnionTag> {
        let location = schema.cursor.location_of("discriminator");
        let tag = self.declared_tag(&location, schema.discriminator.as_ref()?, alternatives)?;
        let mut seen = BTreeMap::new();
        for (index, value) in
            tag.values.iter().enumerate().flat_map(|(i, v)| v.iter().map(move |v| (i, v)))
        {
            if let Some(other) = seen.insert(value.clone(), index)
                && other != index
            {
                let message =
                    format!("two alternatives have the tag value `{value}`; {MATCHED_BY_BEST_FIT}");
                self.warn(location, message);
                return None;
            }
        }
        Some(tag)
    }

    /// Returns the tag of a union with `discriminator`. Its values come from `mapping`, else from the
    /// alternatives' own `enum`s, else from the components' keys.
    fn declared_tag(
        &mut self,
        location: &Location,
        discriminator: &Discriminator<'a>,
        alternatives: &[LoweredAlternative<'a>],
    ) -> Option<UnionTag> {
        let targets: Vec<Option<SchemaId>> =
            alternatives.iter().map(|(alternative, _)| self.component_of(alternative)).collect();
        let mut mapped: Vec<Vec<String>> = vec![Vec::new(); alternatives.len()];
        for (value, component) in &discriminator.mapping {
            let index = targets.iter().position(|target| *target == Some(*component));
            match index.and_then(|index| mapped.get_mut(index)) {
                Some(tags) => tags.push((*value).to_owned()),
                None => {
                    let message = format!(
                        "`mapping` has `{value}` for a schema that is not one of the \
                         alternatives; the entry is ignored"
                    );
                    self.warn(location.clone(), message);
                }
            }
        }
        let wire = discriminator.property;
        let all: Vec<Vec<String>> =
            alternatives.iter().map(|((id, _), _)| self.tag_values(*id, wire, 0)).collect();
        let unshared = unshared_values(&all);
        let mut values = Vec::with_capacity(alternatives.len());
        let lists = mapped.into_iter().zip(unshared).zip(&all);
        for (((id, _), _), (((mapped, unshared), all), target)) in
            alternatives.iter().zip(lists.zip(targets))
        {
            // A component's key is its tag value unless its schema restricts the tag to others.
            let key = target.and_then(|target| self.schemas.component_key(target));
            let key = key.map(str::to_owned).filter(|key| all.is_empty() || all.contains(key));
            let tags = match (mapped.is_empty(), unshared.is_empty()) {
                (false, _) => mapped,
                (true, false) => unshared,
                (true, true) => key.into_iter().collect(),
            };
            if tags.is_empty() {
                self.report_untagged(location, wire, *id, all.first());
                return None;
            }
            values.push(tags);
        }
        Some(UnionTag { wire: wire.to_owned(), values })
    }

    /// Returns the component that an alternative refers to, directly or through an `allOf` with a
    /// single part.
    fn component_of(&self, (id, schema): &Alternative<'a>) -> Option<SchemaId> {
        match (self.schemas.target(*id), schema.all_of.as_slice()) {
            (Some(component), _) => Some(component),
            (None, [only]) => self.schemas.target(*only),
            (None, _) => None,
        }
    }

    fn report_untagged(
        &mut self,
        location: &Location,
        wire: &str,
        id: SchemaId,
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
        let label = format!("for {}", self.schemas.get(id).cursor.pointer);
        self.report.push(problem.label(label).help(help));
    }

    /// Returns the strings that a schema allows for its property `wire`.
    fn tag_values(&mut self, id: SchemaId, wire: &str, depth: usize) -> Vec<String> {
        if depth > MAX_TAG_DEPTH {
            return Vec::new();
        }
        let schema = self.merged(id);
        let Some(declarations) = schema.properties.get(wire) else {
            let inner = schema.alternatives().iter();
            return inner.flat_map(|id| self.tag_values(*id, wire, depth + 1)).collect();
        };
        let lists = declarations.iter().map(|id| self.merged(*id));
        let Some(shortest) =
            lists.filter(|it| !it.values.is_empty()).min_by_key(|it| it.values.len())
        else {
            return Vec::new();
        };
        let strings = shortest.values.iter().map(|value| match &value.wire {
            Literal::String(text) => Some(text.clone()),
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

/// Returns a name for the variant of a type without a title. With `name_items`, those of arrays and
/// maps include the name of their items.
fn type_name(lower: &Lower<'_>, ty: &Type, name_items: bool) -> String {
    use crate::ir::Scalar;
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Scalar(Scalar::String | Scalar::Secret | Scalar::DecimalString) => {
            "String".to_owned()
        }
        Type::Scalar(Scalar::Bool) => "Boolean".to_owned(),
        Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64) => "Integer".to_owned(),
        Type::Scalar(Scalar::Number | Scalar::Decimal | Scalar::UnixTime) => "Number".to_owned(),
        Type::Scalar(Scalar::Format(format)) => format.name().to_owned(),
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
