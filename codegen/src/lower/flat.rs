//! One flat view of a schema. The typed model has an enum of kinds and a catch-all; real documents
//! mix `allOf`, `type`, `properties` and `enum` in one schema, so every kind is read into this.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};

use super::choice::{self, Choice};
use super::facts::Facts;
use super::spot::{At, Spot};
use crate::source::Node;

/// A schema with all its keywords side by side.
#[derive(Debug, Clone)]
pub struct Flat<'a> {
    /// Where it stands.
    pub spot: Spot<'a>,
    /// What it says of a value beside its type.
    pub facts: Facts,
    /// `nullable`
    pub nullable: bool,
    /// `type`
    pub ty: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// `enum` without `null`
    pub values: Vec<Choice>,
    /// `properties`; a member that several parts of an `allOf` declare has several schemas.
    pub properties: IndexMap<&'a str, Vec<At<'a>>>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub rest: Rest<'a>,
    /// `items`
    pub items: Option<At<'a>>,
    /// `allOf`
    pub all_of: Vec<At<'a>>,
    /// `oneOf`
    pub one_of: Vec<At<'a>>,
    /// `anyOf`
    pub any_of: Vec<At<'a>>,
    /// `discriminator`
    pub discriminator: Option<&'a Discriminator>,
    /// `not` stands here; no Rust type can say it.
    pub not: bool,
}

/// `additionalProperties`
#[derive(Debug, Clone)]
pub enum Rest<'a> {
    /// Not written.
    Unsaid,
    /// `false`
    None,
    /// `true`
    Any,
    /// A schema.
    Of(At<'a>),
}

impl<'a> Flat<'a> {
    /// A schema that says nothing yet.
    pub fn empty(spot: Spot<'a>) -> Self {
        Self {
            spot,
            facts: Facts::default(),
            nullable: false,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: IndexMap::new(),
            required: Vec::new(),
            rest: Rest::Unsaid,
            items: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            not: false,
        }
    }

    /// The view of `schema`, which stands at `spot`.
    pub fn of(schema: &'a Schema, spot: &Spot<'a>) -> Self {
        let Schema { schema_data, schema_kind } = schema;
        let SchemaData {
            nullable,
            read_only: _,     // in `Facts`
            write_only: _,    // in `Facts`
            deprecated: _,    // in `Facts`
            external_docs: _, // a link for people, which the description repeats
            example: _,       // in `Facts`
            title: _,         // in `Facts`
            description: _,   // in `Facts`
            discriminator,
            default: _,    // in `Facts`
            extensions: _, // the few that mean something are read from the tree
        } = schema_data;
        let mut flat = Self::empty(spot.clone());
        flat.facts = Facts::of(schema_data, spot);
        flat.nullable = *nullable;
        flat.discriminator = discriminator.as_ref();
        flat.values = choice::of(spot.node);
        match schema_kind {
            SchemaKind::Type(ty) => flat.typed(ty),
            SchemaKind::OneOf { one_of } => flat.one_of = At::list(one_of, &spot.member("oneOf")),
            SchemaKind::AllOf { all_of } => flat.all_of = At::list(all_of, &spot.member("allOf")),
            SchemaKind::AnyOf { any_of } => flat.any_of = At::list(any_of, &spot.member("anyOf")),
            SchemaKind::Not { not: _ } => flat.not = true,
            SchemaKind::Any(any) => flat.any(any),
        }
        flat
    }

    /// Limits and `enum` are read from the tree, for the model rounds wide numbers.
    fn typed(&mut self, ty: &'a Type) {
        match ty {
            Type::String(StringType {
                format: _,
                pattern: _,
                enumeration: _,
                min_length: _,
                max_length: _,
            }) => {
                self.ty = Some("string");
            }
            Type::Number(NumberType {
                format: _,
                multiple_of: _,
                exclusive_minimum: _,
                exclusive_maximum: _,
                minimum: _,
                maximum: _,
                enumeration: _,
            }) => self.ty = Some("number"),
            Type::Integer(IntegerType {
                format: _,
                multiple_of: _,
                exclusive_minimum: _,
                exclusive_maximum: _,
                minimum: _,
                maximum: _,
                enumeration: _,
            }) => self.ty = Some("integer"),
            Type::Object(ObjectType {
                properties,
                required,
                additional_properties,
                min_properties: _,
                max_properties: _,
            }) => {
                self.ty = Some("object");
                self.object(properties, required, additional_properties.as_ref());
            }
            Type::Array(ArrayType { items, min_items: _, max_items: _, unique_items: _ }) => {
                self.ty = Some("array");
                self.items =
                    items.as_ref().map(|items| At::boxed(items, self.spot.member("items")));
            }
            Type::Boolean(BooleanType { enumeration: _ }) => self.ty = Some("boolean"),
        }
        // As written: the model's enum of formats differs from type to type.
        self.format = self.spot.node.get("format").and_then(Node::as_str);
    }

    fn object(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        additional: Option<&'a AdditionalProperties>,
    ) {
        let spot = self.spot.member("properties");
        let named = properties
            .iter()
            .map(|(name, schema)| (name.as_str(), vec![At::boxed(schema, spot.member(name))]));
        self.properties = named.collect();
        self.required = required.iter().map(String::as_str).collect();
        self.rest = match additional {
            None => Rest::Unsaid,
            Some(AdditionalProperties::Any(false)) => Rest::None,
            Some(AdditionalProperties::Any(true)) => Rest::Any,
            Some(AdditionalProperties::Schema(schema)) => {
                Rest::Of(At::new(schema, self.spot.member("additionalProperties")))
            }
        };
    }

    fn any(&mut self, any: &'a AnySchema) {
        let AnySchema {
            typ,
            pattern: _,           // in `Facts`
            multiple_of: _,       // in `Facts`
            exclusive_minimum: _, // in `Facts`
            exclusive_maximum: _, // in `Facts`
            minimum: _,           // in `Facts`
            maximum: _,           // in `Facts`
            properties,
            required,
            additional_properties,
            min_properties: _, // in `Facts`
            max_properties: _, // in `Facts`
            items,
            min_items: _,    // in `Facts`
            max_items: _,    // in `Facts`
            unique_items: _, // in `Facts`
            enumeration: _,  // in `values`
            format,
            min_length: _, // in `Facts`
            max_length: _, // in `Facts`
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        self.object(properties, required, additional_properties.as_ref());
        self.ty = typ.as_deref();
        self.format = format.as_deref();
        self.items = items.as_ref().map(|items| At::boxed(items, self.spot.member("items")));
        self.one_of = At::list(one_of, &self.spot.member("oneOf"));
        self.all_of = At::list(all_of, &self.spot.member("allOf"));
        self.any_of = At::list(any_of, &self.spot.member("anyOf"));
        self.not = not.is_some();
    }

    /// The alternatives of `oneOf`, or of `anyOf`.
    pub fn alternatives(&self) -> &[At<'a>] {
        if self.one_of.is_empty() { &self.any_of } else { &self.one_of }
    }

    /// Whether it consists of other schemas.
    pub fn is_composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty())
    }

    /// Whether it says nothing of the shape of a value, only texts, limits and flags.
    pub fn is_annotation(&self) -> bool {
        self.ty.is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && matches!(self.rest, Rest::Unsaid)
            && !self.is_composed()
    }

    /// Whether `null` is all it allows.
    pub fn is_null(&self) -> bool {
        let null_only =
            |values: &[Node]| !values.is_empty() && values.iter().all(|v| v.kind_name() == "null");
        self.ty == Some("null")
            || self.spot.node.get("enum").and_then(Node::as_array).is_some_and(null_only)
            || (self.nullable && self.is_annotation() && !self.not)
    }

    /// Whether its own keywords say that it may be `null`.
    pub fn says_null(&self) -> bool {
        let null = |values: &[Node]| values.iter().any(|v| v.kind_name() == "null");
        self.nullable
            || self.ty == Some("null")
            || self.spot.node.get("enum").and_then(Node::as_array).is_some_and(null)
    }

    /// Whether a use of it refers to a type of its own (a struct, an enum, a union) and not to a
    /// built-in type, a list or a map.
    pub fn is_nominal(&self) -> bool {
        !self.properties.is_empty() || !self.values.is_empty() || self.is_composed()
    }
}
