//! `oneOf` and `anyOf`.

use std::rc::Rc;

use super::enums::{enum_schema, strings_or_integers};
use super::schema::enum_values::value_key;
use super::schema::{AdditionalProperties, Schema, SchemaId, SchemaMetadata};
use super::schema_type::{LoweredSchema, LoweredUse};
use super::variant::LoweredAlternative;
use super::{Lower, doc};
use crate::ir::{Enum, EnumValue, Literal, Shape, Tag, Type, Union};

/// An alternative, with its resolved schema.
pub type Alternative<'a> = (SchemaId, Rc<Schema<'a>>);

impl<'a> Lower<'a> {
    /// Lowers a schema with alternatives.
    pub fn union(&mut self, schema: &Schema<'a>) -> (LoweredSchema, SchemaMetadata) {
        if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
            self.warn(
                schema.cursor.location_of("anyOf"),
                "`oneOf` and `anyOf` in one schema are not supported; `anyOf` is ignored",
            );
        }
        let resolved = schema.alternatives().iter().map(|id| (*id, self.schemas.resolved(*id)));
        let alternatives: Vec<Alternative<'a>> =
            resolved.filter(|(_, alternative)| !alternative.is_null()).collect();
        let metadata = schema.metadata.clone();
        let siblings = Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
        if alternatives.is_empty() {
            return (LoweredSchema::Type(Type::Any), metadata);
        }
        if alternatives.iter().all(|(_, alternative)| only_narrows(&siblings, alternative)) {
            let message = "the alternatives differ only in their constraints or `required`; they \
                           are read as one schema, which requires the properties that all of them \
                           require";
            self.note(schema.cursor.location(), message);
            let siblings = with_common_required(siblings, &alternatives);
            let lowered = if siblings.values.is_empty() {
                self.plain(&siblings)
            } else {
                self.enumeration(&siblings)
            };
            return (lowered, metadata);
        }
        if let [(only, _)] = alternatives.as_slice() {
            // It is merged with the keywords beside it.
            return self.lower_schema(&Schema {
                all_of: vec![*only],
                discriminator: None,
                ..siblings
            });
        }
        if let Some(lowered) = self.listed_alternatives(&siblings, &alternatives) {
            return (lowered, metadata);
        }
        if siblings.properties.is_empty()
            && let Some(lowered) = self.enum_of_alternatives(&alternatives)
        {
            return (lowered, metadata);
        }
        let uses = match siblings.properties.is_empty() {
            true => alternatives.iter().map(|(id, _)| self.lower_use(*id)).collect(),
            false => alternatives
                .iter()
                .map(|alternative| self.alternative_with_properties(&siblings, alternative))
                .collect(),
        };
        (self.union_of(schema, alternatives, uses), metadata)
    }

    /// Returns the enum of the values that an `enum` beside the alternatives lists, with the names and
    /// descriptions that the alternatives give them: a value has to be valid for both.
    fn listed_alternatives(
        &mut self,
        siblings: &Schema<'a>,
        alternatives: &[Alternative<'a>],
    ) -> Option<LoweredSchema> {
        strings_or_integers(&siblings.values)?;
        let described: Vec<EnumValue> = alternatives
            .iter()
            .flat_map(|(id, schema)| self.described_values(*id, schema))
            .collect();
        let value = |listed: &EnumValue| {
            let key = value_key(&listed.wire);
            let described = described.iter().find(|value| value_key(&value.wire) == key);
            let is_described = listed.name.is_some() || listed.description.is_some();
            described.filter(|_| !is_described).unwrap_or(listed).clone()
        };
        let values = siblings.values.iter().map(value).collect();
        Some(self.enumeration(&Schema { values, ..siblings.clone() }))
    }

    /// Returns one enum if the alternatives only list values. A plain string beside lists of values
    /// makes the enum allow other values.
    fn enum_of_alternatives(&mut self, alternatives: &[Alternative<'a>]) -> Option<LoweredSchema> {
        let is_plain = |schema: &Schema<'a>, ty: &str| {
            schema.ty == Some(ty)
                && schema.format.is_none()
                && schema.values.is_empty()
                && !schema.is_composed()
        };
        let is_enum = |schema: &Schema<'a>| !schema.values.is_empty() && !schema.is_composed();
        let enums: Vec<&Alternative<'a>> =
            alternatives.iter().filter(|(_, schema)| is_enum(schema)).collect();
        let values = enums.iter().flat_map(|(id, schema)| self.described_values(*id, schema));
        let values = strings_or_integers(&values.collect::<Vec<_>>())?;
        let are_strings = values.iter().all(|v| matches!(v.wire, Literal::String(_)));
        let ty = if are_strings { "string" } else { "integer" };
        let all = alternatives.iter().all(|(_, schema)| is_enum(schema) || is_plain(schema, ty));
        let allows_other = alternatives.len() > enums.len();
        match enums.as_slice() {
            _ if !all => None,
            [(only, _)] if self.schemas.is_reference(*only) => {
                let ty = self.lower_use(*only).ty;
                if let (true, Type::Named(id)) = (allows_other, &ty) {
                    self.open_enums.insert(*id);
                }
                Some(LoweredSchema::Type(ty))
            }
            _ => Some(match enum_schema(values) {
                LoweredSchema::Def(Shape::Enum(shape)) => {
                    LoweredSchema::Def(Shape::Enum(Enum { allows_other, ..shape }))
                }
                other => other,
            }),
        }
    }

    /// Lowers an alternative of a schema that declares properties itself: to a struct with the
    /// properties of both.
    fn alternative_with_properties(
        &mut self,
        siblings: &Schema<'a>,
        (id, alternative): &Alternative<'a>,
    ) -> LoweredUse {
        let cursor = self.schemas.get(*id).cursor.clone();
        let expanded = self.merged(*id);
        let is_object = expanded.ty.is_none_or(|ty| ty == "object")
            && expanded.items.is_none()
            && expanded.values.is_empty();
        if !is_object || !expanded.alternatives().is_empty() {
            self.warn(
                cursor.location(),
                "this alternative is not a plain object; the `properties` beside the alternatives \
                 are not added to it",
            );
            return self.lower_use(*id);
        }
        if self.schemas.is_reference(*id)
            && siblings.properties.keys().all(|name| expanded.properties.contains_key(name))
        {
            return self.lower_use(*id);
        }
        let base =
            Schema { discriminator: None, metadata: SchemaMetadata::default(), ..siblings.clone() };
        let mut merged = self.merge_parts(&base, vec![(*id, alternative.clone())]);
        // The properties beside the alternatives come first, in the order of the document.
        merged.properties.sort_by(|a, _, b, _| {
            let index = |name: &str| siblings.properties.get_index_of(name).unwrap_or(usize::MAX);
            index(a).cmp(&index(b))
        });
        merged.cursor = cursor.clone();
        let metadata = alternative.metadata.clone();
        let ty = match self.object(&merged) {
            LoweredSchema::Type(ty) => ty,
            LoweredSchema::Def(shape) => self.define(&cursor, shape, &metadata),
        };
        LoweredUse { ty, nullable: self.schemas.is_nullable(*id), metadata }
    }

    /// Returns the values of an alternative. If it lists a single value, its `title` and
    /// `description` are those of the value.
    fn described_values(&self, id: SchemaId, schema: &Schema<'a>) -> Vec<EnumValue> {
        let mut values = schema.values.clone();
        if let [only] = values.as_mut_slice()
            && !self.schemas.is_reference(id)
        {
            let doc = &schema.metadata.doc;
            only.name = only.name.take().or_else(|| doc.title.clone());
            only.description =
                only.description.take().or_else(|| doc::clean_text(doc.description.as_deref()));
        }
        values
    }

    /// Returns the union of the lowered alternatives, without duplicate types.
    fn union_of(
        &mut self,
        schema: &Schema<'a>,
        alternatives: Vec<Alternative<'a>>,
        uses: Vec<LoweredUse>,
    ) -> LoweredSchema {
        let mut distinct: Vec<LoweredAlternative<'a>> = Vec::with_capacity(alternatives.len());
        for (alternative, lowered) in alternatives.into_iter().zip(uses) {
            if !distinct.iter().any(|(_, other)| other.ty == lowered.ty) {
                distinct.push((alternative, lowered));
            }
        }
        if let [(_, only)] = distinct.as_slice() {
            return LoweredSchema::Type(only.ty.clone());
        }
        if distinct.iter().any(|(_, lowered)| lowered.ty == Type::Any) {
            self.note(
                schema.cursor.location(),
                "one alternative allows any JSON value, so the union is read as any JSON value",
            );
            return LoweredSchema::Type(Type::Any);
        }
        let tag = self.union_tag(schema, &distinct);
        let variants = self.union_variants(&distinct, tag.as_ref());
        LoweredSchema::Def(Shape::Union(Union {
            variants,
            tag: tag.map(|tag| Tag { wire: tag.wire }),
            has_discriminator: schema.discriminator.is_some(),
        }))
    }
}

/// Returns the schema with the properties as required that all alternatives require.
fn with_common_required<'a>(
    mut siblings: Schema<'a>,
    alternatives: &[Alternative<'a>],
) -> Schema<'a> {
    let first = alternatives.first().map(|(_, schema)| schema.required.clone());
    for name in first.unwrap_or_default() {
        let is_common = alternatives.iter().all(|(_, schema)| schema.required.contains(&name));
        if is_common && !siblings.required.contains(&name) {
            siblings.required.push(name);
        }
    }
    siblings
}

/// Whether an alternative only narrows the schema around it, with `required` or constraints.
fn only_narrows(siblings: &Schema<'_>, alternative: &Schema<'_>) -> bool {
    let siblings_have_type = !siblings.properties.is_empty()
        || !siblings.values.is_empty()
        || siblings.ty.is_some() && siblings.ty != Some("object");
    let same_type = alternative.ty.is_none()
        || alternative.ty == siblings.ty
        || siblings.ty.is_none() && alternative.ty == Some("object");
    siblings_have_type
        && same_type
        && alternative.values.is_empty()
        && alternative.properties.is_empty()
        && alternative.items.is_none()
        && (alternative.format.is_none() || siblings.ty == Some("string"))
        && !matches!(alternative.additional, AdditionalProperties::Schema(_))
        && !alternative.is_composed()
}
