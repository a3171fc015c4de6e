//! One flat view of a schema. The typed model has an enum of kinds and a catch-all; real documents
//! mix `allOf`, `type`, `properties` and `enum` in one schema, so every kind is read into this.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};

use super::choice::{self, Choice};
use super::cursor::{NodeCursor, SchemaAt};
use super::facts::SchemaMetadata;
use crate::source::Node;

/// A schema with all its keywords side by side.
#[derive(Debug, Clone)]
pub struct SchemaView<'a> {
    /// Where it stands.
    pub cursor: NodeCursor<'a>,
    /// What it says of a value beside its type.
    pub facts: SchemaMetadata,
    /// `nullable`
    pub nullable: bool,
    /// `type`
    pub ty: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// `enum` without `null`
    pub values: Vec<Choice>,
    /// `properties`; a member that several parts of an `allOf` declare has several schemas.
    pub properties: IndexMap<&'a str, Vec<SchemaAt<'a>>>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub rest: Rest<'a>,
    /// `items`
    pub items: Option<SchemaAt<'a>>,
    /// `allOf`
    pub all_of: Vec<SchemaAt<'a>>,
    /// `oneOf`
    pub one_of: Vec<SchemaAt<'a>>,
    /// `anyOf`
    pub any_of: Vec<SchemaAt<'a>>,
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
    Of(SchemaAt<'a>),
}

impl<'a> SchemaView<'a> {
    /// A schema that says nothing yet.
    pub fn empty(cursor: NodeCursor<'a>) -> Self {
        Self {
            cursor,
            facts: SchemaMetadata::default(),
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

    /// The view of `schema`, which stands at `cursor`.
    pub fn of(schema: &'a Schema, cursor: &NodeCursor<'a>) -> Self {
        let Schema { schema_data, schema_kind } = schema;
        let SchemaData {
            nullable,
            read_only: _,     // in `SchemaMetadata`
            write_only: _,    // in `SchemaMetadata`
            deprecated: _,    // in `SchemaMetadata`
            external_docs: _, // a link for people, which the description repeats
            example: _,       // in `SchemaMetadata`
            title: _,         // in `SchemaMetadata`
            description: _,   // in `SchemaMetadata`
            discriminator,
            default: _,    // in `SchemaMetadata`
            extensions: _, // the few that mean something are read from the tree
        } = schema_data;
        let mut flat = Self::empty(cursor.clone());
        flat.facts = SchemaMetadata::of(schema_data, cursor);
        flat.nullable = *nullable;
        flat.discriminator = discriminator.as_ref();
        flat.values = choice::of(cursor.node);
        match schema_kind {
            SchemaKind::Type(ty) => flat.typed(ty),
            SchemaKind::OneOf { one_of } => {
                flat.one_of = SchemaAt::list(one_of, &cursor.member("oneOf"))
            }
            SchemaKind::AllOf { all_of } => {
                flat.all_of = SchemaAt::list(all_of, &cursor.member("allOf"))
            }
            SchemaKind::AnyOf { any_of } => {
                flat.any_of = SchemaAt::list(any_of, &cursor.member("anyOf"))
            }
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
                    items.as_ref().map(|items| SchemaAt::boxed(items, self.cursor.member("items")));
            }
            Type::Boolean(BooleanType { enumeration: _ }) => self.ty = Some("boolean"),
        }
        // As written: the model's enum of formats differs from type to type.
        self.format = self.cursor.node.get("format").and_then(Node::as_str);
    }

    fn object(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        additional: Option<&'a AdditionalProperties>,
    ) {
        let cursor = self.cursor.member("properties");
        let named = properties.iter().map(|(name, schema)| {
            (name.as_str(), vec![SchemaAt::boxed(schema, cursor.member(name))])
        });
        self.properties = named.collect();
        self.required = required.iter().map(String::as_str).collect();
        self.rest = match additional {
            None => Rest::Unsaid,
            Some(AdditionalProperties::Any(false)) => Rest::None,
            Some(AdditionalProperties::Any(true)) => Rest::Any,
            Some(AdditionalProperties::Schema(schema)) => {
                Rest::Of(SchemaAt::new(schema, self.cursor.member("additionalProperties")))
            }
        };
    }

    fn any(&mut self, any: &'a AnySchema) {
        let AnySchema {
            typ,
            pattern: _,           // in `SchemaMetadata`
            multiple_of: _,       // in `SchemaMetadata`
            exclusive_minimum: _, // in `SchemaMetadata`
            exclusive_maximum: _, // in `SchemaMetadata`
            minimum: _,           // in `SchemaMetadata`
            maximum: _,           // in `SchemaMetadata`
            properties,
            required,
            additional_properties,
            min_properties: _, // in `SchemaMetadata`
            max_properties: _, // in `SchemaMetadata`
            items,
            min_items: _,    // in `SchemaMetadata`
            max_items: _,    // in `SchemaMetadata`
            unique_items: _, // in `SchemaMetadata`
            enumeration: _,  // in `values`
            format,
            min_length: _, // in `SchemaMetadata`
            max_length: _, // in `SchemaMetadata`
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        self.object(properties, required, additional_properties.as_ref());
        self.ty = typ.as_deref();
        self.format = format.as_deref();
        self.items =
            items.as_ref().map(|items| SchemaAt::boxed(items, self.cursor.member("items")));
        self.one_of = SchemaAt::list(one_of, &self.cursor.member("oneOf"));
        self.all_of = SchemaAt::list(all_of, &self.cursor.member("allOf"));
        self.any_of = SchemaAt::list(any_of, &self.cursor.member("anyOf"));
        self.not = not.is_some();
    }

    /// The alternatives of `oneOf`, or of `anyOf`.
    pub fn alternatives(&self) -> &[SchemaAt<'a>] {
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
            || self.cursor.node.get("enum").and_then(Node::as_array).is_some_and(null_only)
            || (self.nullable && self.is_annotation() && !self.not)
    }

    /// Whether its own keywords say that it may be `null`.
    pub fn says_null(&self) -> bool {
        let null = |values: &[Node]| values.iter().any(|v| v.kind_name() == "null");
        self.nullable
            || self.ty == Some("null")
            || self.cursor.node.get("enum").and_then(Node::as_array).is_some_and(null)
    }

    /// Whether a use of it refers to a type of its own (a struct, an enum, a union) and not to a
    /// built-in type, a list or a map.
    pub fn is_nominal(&self) -> bool {
        !self.properties.is_empty() || !self.values.is_empty() || self.is_composed()
    }
}
