//! A uniform view of a schema. The typed model has an enum of schema kinds, but real documents mix
//! `allOf`, `type`, `properties` and `enum` in one schema, so every kind is read into this view.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties as OpenApiAdditional, AnySchema, ArrayType, BooleanType, Discriminator,
    IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType,
    Type,
};

use super::cursor::{NodeCursor, SchemaAt};
use super::enum_values;
use super::metadata::SchemaMetadata;
use crate::ir::EnumValue;
use crate::source::Node;

/// A schema with one field for each keyword.
#[derive(Debug, Clone)]
pub struct SchemaView<'a> {
    /// The schema's node in the document.
    pub cursor: NodeCursor<'a>,
    /// Its metadata.
    pub metadata: SchemaMetadata,
    /// `nullable`
    pub nullable: bool,
    /// `type`
    pub ty: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// `enum` without `null`
    pub values: Vec<EnumValue>,
    /// `properties`. A property that several parts of an `allOf` declare has several schemas.
    pub properties: IndexMap<&'a str, Vec<SchemaAt<'a>>>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub additional: AdditionalProperties<'a>,
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
    /// Whether it has `not`, which no Rust type can express.
    pub not: bool,
}

/// `additionalProperties`
#[derive(Debug, Clone)]
pub enum AdditionalProperties<'a> {
    /// The keyword is absent.
    Unspecified,
    /// `false`
    Forbidden,
    /// `true`
    Any,
    /// A schema.
    Schema(SchemaAt<'a>),
}

impl<'a> SchemaView<'a> {
    /// Creates the view of a schema without keywords.
    pub fn empty(cursor: NodeCursor<'a>) -> Self {
        Self {
            cursor,
            metadata: SchemaMetadata::default(),
            nullable: false,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: IndexMap::new(),
            required: Vec::new(),
            additional: AdditionalProperties::Unspecified,
            items: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            not: false,
        }
    }

    /// Creates the view of `schema`, whose node is at `cursor`.
    pub fn new(schema: &'a Schema, cursor: &NodeCursor<'a>) -> Self {
        let Schema { schema_data, schema_kind } = schema;
        let SchemaData {
            nullable,
            read_only: _,     // in `SchemaMetadata`
            write_only: _,    // in `SchemaMetadata`
            deprecated: _,    // in `SchemaMetadata`
            external_docs: _, // a link for people, which the `description` repeats
            example: _,       // in `SchemaMetadata`
            title: _,         // in `SchemaMetadata`
            description: _,   // in `SchemaMetadata`
            discriminator,
            default: _,    // in `SchemaMetadata`
            extensions: _, // the supported ones are read from the raw tree
        } = schema_data;
        let mut view = Self::empty(cursor.clone());
        view.metadata = SchemaMetadata::new(schema_data, cursor);
        view.nullable = *nullable;
        view.discriminator = discriminator.as_ref();
        view.values = enum_values::listed_values(cursor.node);
        match schema_kind {
            SchemaKind::Type(ty) => view.read_typed(ty),
            SchemaKind::OneOf { one_of } => {
                view.one_of = SchemaAt::list(one_of, &cursor.child("oneOf"))
            }
            SchemaKind::AllOf { all_of } => {
                view.all_of = SchemaAt::list(all_of, &cursor.child("allOf"))
            }
            SchemaKind::AnyOf { any_of } => {
                view.any_of = SchemaAt::list(any_of, &cursor.child("anyOf"))
            }
            SchemaKind::Not { not: _ } => view.not = true,
            SchemaKind::Any(any) => view.read_any(any),
        }
        view
    }

    /// Reads a schema with a `type`. Its constraints and `enum` were read from the raw tree because
    /// the typed model rounds wide numbers.
    fn read_typed(&mut self, ty: &'a Type) {
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
                self.read_object(properties, required, additional_properties.as_ref());
            }
            Type::Array(ArrayType { items, min_items: _, max_items: _, unique_items: _ }) => {
                self.ty = Some("array");
                self.items =
                    items.as_ref().map(|items| SchemaAt::boxed(items, self.cursor.child("items")));
            }
            Type::Boolean(BooleanType { enumeration: _ }) => self.ty = Some("boolean"),
        }
        // From the raw tree: the typed model has a different enum of formats for each type.
        self.format = self.cursor.node.get("format").and_then(Node::as_str);
    }

    fn read_object(
        &mut self,
        properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'a [String],
        additional: Option<&'a OpenApiAdditional>,
    ) {
        let cursor = self.cursor.child("properties");
        let schemas = properties.iter().map(|(name, schema)| {
            (name.as_str(), vec![SchemaAt::boxed(schema, cursor.child(name))])
        });
        self.properties = schemas.collect();
        self.required = required.iter().map(String::as_str).collect();
        self.additional = match additional {
            None => AdditionalProperties::Unspecified,
            Some(OpenApiAdditional::Any(false)) => AdditionalProperties::Forbidden,
            Some(OpenApiAdditional::Any(true)) => AdditionalProperties::Any,
            Some(OpenApiAdditional::Schema(schema)) => AdditionalProperties::Schema(SchemaAt::new(
                schema,
                self.cursor.child("additionalProperties"),
            )),
        };
    }

    fn read_any(&mut self, any: &'a AnySchema) {
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
        self.read_object(properties, required, additional_properties.as_ref());
        self.ty = typ.as_deref();
        self.format = format.as_deref();
        self.items = items.as_ref().map(|items| SchemaAt::boxed(items, self.cursor.child("items")));
        self.one_of = SchemaAt::list(one_of, &self.cursor.child("oneOf"));
        self.all_of = SchemaAt::list(all_of, &self.cursor.child("allOf"));
        self.any_of = SchemaAt::list(any_of, &self.cursor.child("anyOf"));
        self.not = not.is_some();
    }

    /// Returns the alternatives of `oneOf`, or else of `anyOf`.
    pub fn alternatives(&self) -> &[SchemaAt<'a>] {
        if self.one_of.is_empty() { &self.any_of } else { &self.one_of }
    }

    /// Whether it has `allOf`, `oneOf` or `anyOf`.
    pub fn is_composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty())
    }

    /// Whether it only has metadata and does not restrict the type of a value.
    pub fn is_annotation(&self) -> bool {
        self.ty.is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && matches!(self.additional, AdditionalProperties::Unspecified)
            && !self.is_composed()
    }

    /// Whether it allows only `null`.
    pub fn is_null(&self) -> bool {
        let null_only = |values: &[Node]| !values.is_empty() && values.iter().all(Node::is_null);
        self.ty == Some("null")
            || self.cursor.node.get("enum").and_then(Node::as_array).is_some_and(null_only)
            || (self.nullable && self.is_annotation() && !self.not)
    }

    /// Whether its own keywords allow `null`.
    pub fn allows_null(&self) -> bool {
        let has_null = |values: &[Node]| values.iter().any(Node::is_null);
        self.nullable
            || self.ty == Some("null")
            || self.cursor.node.get("enum").and_then(Node::as_array).is_some_and(has_null)
    }

    /// Whether it is lowered to a named type (a struct, enum or union) and not to a built-in type,
    /// an array or a map.
    pub fn is_nominal(&self) -> bool {
        !self.properties.is_empty() || !self.values.is_empty() || self.is_composed()
    }
}
