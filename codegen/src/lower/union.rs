//! `oneOf` and `anyOf`.

use super::cursor::SchemaAt;
use super::enums::{enum_schema, strings_or_integers};
use super::metadata::{LoweredUse, SchemaMetadata};
use super::schema::LoweredSchema;
use super::schema_view::{AdditionalProperties, SchemaView};
use super::variant::LoweredAlternative;
use super::{Lower, doc};
use crate::ir::{Enum, EnumValue, Shape, Tag, Type, Union};

/// An alternative, with its resolved schema.
pub type Alternative<'a> = (SchemaAt<'a>, SchemaView<'a>);

impl<'a> Lower<'a> {
    /// Lowers a schema with alternatives.
    pub fn union(&mut self, view: SchemaView<'a>) -> (LoweredSchema, SchemaMetadata) {
        if !view.one_of.is_empty() && !view.any_of.is_empty() {
            self.warn(
                view.cursor.location_of("anyOf"),
                "`oneOf` and `anyOf` in one schema are not supported; `anyOf` is ignored",
            );
        }
        let resolved: Vec<Alternative<'a>> = view
            .alternatives()
            .to_vec()
            .into_iter()
            .filter_map(|schema_at| Some((schema_at.clone(), self.schema_view(&schema_at)?)))
            .collect();
        let alternatives: Vec<Alternative<'a>> =
            resolved.into_iter().filter(|(_, alternative)| !alternative.is_null()).collect();
        let siblings = SchemaView { one_of: Vec::new(), any_of: Vec::new(), ..view.clone() };
        if alternatives.is_empty() {
            return (LoweredSchema::Type(Type::Any), view.metadata);
        }
        if alternatives.iter().all(|(_, alternative)| only_narrows(&siblings, alternative)) {
            let message = "the alternatives differ only in their constraints or `required`; they \
                           are read as one schema, which requires the properties that all of them \
                           require";
            self.note(view.cursor.location(), message);
            let siblings = with_common_required(siblings, &alternatives);
            let lowered = if siblings.values.is_empty() {
                self.plain(&siblings)
            } else {
                self.enumeration(&siblings)
            };
            return (lowered, view.metadata);
        }
        if let [(only, _)] = alternatives.as_slice() {
            return self.single_alternative(siblings, only);
        }
        if siblings.properties.is_empty()
            && let Some(lowered) = self.enum_of_alternatives(&alternatives)
        {
            return (lowered, view.metadata);
        }
        let uses = match siblings.properties.is_empty() {
            true => alternatives.iter().map(|(schema_at, _)| self.lower_use(schema_at)).collect(),
            false => alternatives
                .iter()
                .map(|alternative| self.alternative_with_properties(&siblings, alternative))
                .collect(),
        };
        (self.union_of(&view, alternatives, uses), view.metadata)
    }

    /// Merges the only alternative with the keywords beside it.
    fn single_alternative(
        &mut self,
        siblings: SchemaView<'a>,
        schema_at: &SchemaAt<'a>,
    ) -> (LoweredSchema, SchemaMetadata) {
        self.lower_schema(SchemaView {
            all_of: vec![schema_at.clone()],
            discriminator: None,
            ..siblings
        })
    }

    /// Returns one enum if the alternatives only list values. A plain string beside lists of values
    /// makes the enum allow other values.
    fn enum_of_alternatives(&mut self, alternatives: &[Alternative<'a>]) -> Option<LoweredSchema> {
        let is_plain = |view: &SchemaView<'a>, tys: &[&str]| {
            view.ty.is_some_and(|ty| tys.contains(&ty))
                && view.format.is_none()
                && view.values.is_empty()
                && !view.is_composed()
        };
        let is_enum = |view: &SchemaView<'a>| !view.values.is_empty() && !view.is_composed();
        let enums: Vec<&Alternative<'a>> =
            alternatives.iter().filter(|(_, view)| is_enum(view)).collect();
        let values: Vec<EnumValue> =
            enums.iter().flat_map(|(schema_at, view)| described_values(schema_at, view)).collect();
        let values = strings_or_integers(&values)?;
        let are_strings = values.iter().all(|v| matches!(v.wire, crate::ir::Literal::String(_)));
        let tys: &[&str] = if are_strings { &["string"] } else { &["integer"] };
        let all = alternatives.iter().all(|(_, view)| is_enum(view) || is_plain(view, tys));
        let allows_other = alternatives.len() > enums.len();
        match enums.as_slice() {
            _ if !all => None,
            [(only, _)] if only.is_reference() => {
                let ty = self.lower_use(only).ty;
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
        siblings: &SchemaView<'a>,
        (schema_at, alternative): &Alternative<'a>,
    ) -> LoweredUse {
        let expanded = self.merge_all_of(alternative.clone());
        let is_object = expanded.ty.is_none_or(|ty| ty == "object")
            && expanded.items.is_none()
            && expanded.values.is_empty();
        if !is_object || !expanded.alternatives().is_empty() {
            self.warn(
                schema_at.cursor.location(),
                "this alternative is not a plain object; the `properties` beside the alternatives \
                 are not added to it",
            );
            return self.lower_use(schema_at);
        }
        if schema_at.is_reference()
            && siblings.properties.keys().all(|name| expanded.properties.contains_key(name))
        {
            return self.lower_use(schema_at);
        }
        let base = SchemaView {
            all_of: Vec::new(),
            discriminator: None,
            metadata: SchemaMetadata::default(),
            ..siblings.clone()
        };
        let mut merged = self.merge_parts(base, vec![(schema_at.clone(), alternative.clone())]);
        // The properties beside the alternatives come first, in the order of the document.
        merged.properties.sort_by(|a, _, b, _| {
            let index = |name: &str| siblings.properties.get_index_of(name).unwrap_or(usize::MAX);
            index(a).cmp(&index(b))
        });
        merged.cursor = schema_at.cursor.clone();
        merged.metadata = alternative.metadata.clone();
        let metadata = merged.metadata.clone();
        let ty = match self.object(&merged) {
            LoweredSchema::Type(ty) => ty,
            LoweredSchema::Def(shape) => self.define(None, &schema_at.cursor, shape, &metadata),
        };
        LoweredUse { ty, nullable: self.is_nullable(schema_at), metadata }
    }

    /// Returns the union of the lowered alternatives, without duplicate types.
    fn union_of(
        &mut self,
        view: &SchemaView<'a>,
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
                view.cursor.location(),
                "one alternative allows any JSON value, so the union is read as any JSON value",
            );
            return LoweredSchema::Type(Type::Any);
        }
        let tag = self.union_tag(view, &distinct);
        let variants = self.union_variants(&distinct, tag.as_ref());
        LoweredSchema::Def(Shape::Union(Union {
            variants,
            tag: tag.map(|tag| Tag { wire: tag.wire }),
        }))
    }
}

/// Returns the schema with the properties as required that all alternatives require.
fn with_common_required<'a>(
    siblings: SchemaView<'a>,
    alternatives: &[Alternative<'a>],
) -> SchemaView<'a> {
    let mut siblings = siblings;
    let first = alternatives.first().map(|(_, view)| view.required.clone()).unwrap_or_default();
    for name in first {
        let is_common = alternatives.iter().all(|(_, view)| view.required.contains(&name));
        if is_common && !siblings.required.contains(&name) {
            siblings.required.push(name);
        }
    }
    siblings
}

/// Whether an alternative only narrows the schema around it, with `required` or constraints.
fn only_narrows(siblings: &SchemaView<'_>, alternative: &SchemaView<'_>) -> bool {
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

/// Returns the values of an alternative. If it lists a single value, its `title` and `description`
/// are those of the value.
fn described_values(schema_at: &SchemaAt<'_>, view: &SchemaView<'_>) -> Vec<EnumValue> {
    let mut values = view.values.clone();
    if let [only] = values.as_mut_slice()
        && !schema_at.is_reference()
    {
        only.name = only.name.take().or_else(|| view.metadata.doc.title.clone());
        only.description = only
            .description
            .take()
            .or_else(|| doc::clean_text(view.metadata.doc.description.as_deref()));
    }
    values
}
