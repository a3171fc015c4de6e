//! Lowers schemas to types: components, references and inline schemas.

use super::Lower;
use super::all_of::AllOf;
use super::cursor::NodeCursor;
use super::scalar::{is_string_format, scalar};
use super::schema::{AdditionalProperties, Discriminator, Schema, SchemaId, SchemaMetadata};
use crate::ir::{Doc, Scalar, Shape, Type, TypeId, TypeName};
use crate::report::Problem;

/// The type that a schema is lowered to.
#[derive(Debug, Clone)]
pub enum LoweredSchema {
    /// A type without a name.
    Type(Type),
    /// The definition of a named type.
    Def(Shape),
}

/// A component or an inline schema with a definition of its own.
#[derive(Debug, Clone)]
pub struct LoweredType {
    /// The source of its name.
    pub name: TypeName,
    /// Its documentation.
    pub doc: Doc,
    /// Its definition. A component with a type instead is resolved by `aliases`.
    pub definition: LoweredSchema,
    /// JSON pointer into the normalised document.
    pub pointer: String,
}

/// A lowered schema where it is used: the type to use and the metadata of the value.
#[derive(Debug, Clone, PartialEq)]
pub struct LoweredUse {
    /// The type, without an outermost [`Type::Nullable`].
    pub ty: Type,
    /// Whether the value may be `null`.
    pub nullable: bool,
    /// The metadata of the value.
    pub metadata: SchemaMetadata,
}

impl LoweredUse {
    /// Returns the use of a schema that allows any value.
    pub fn any() -> Self {
        Self { ty: Type::Any, nullable: false, metadata: SchemaMetadata::default() }
    }

    /// Returns the type as [`Type::Nullable`] if it may be `null`, for uses without a flag for it.
    pub fn into_type(self) -> Type {
        match self.ty {
            Type::Any => Type::Any,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

impl<'a> Lower<'a> {
    /// Lowers all schema components, in the order of the document. Each gets its id before any is
    /// lowered, so that they can refer to each other.
    pub fn components(&mut self) {
        let components: Vec<(SchemaId, &str)> = self.schemas.component_keys().collect();
        for (id, key) in &components {
            self.types.push(LoweredType {
                name: TypeName::Component((*key).to_owned()),
                doc: Doc::default(),
                definition: LoweredSchema::Type(Type::Any),
                pointer: self.schemas.get(*id).cursor.pointer.clone(),
            });
        }
        for (id, _) in components {
            let (definition, doc) = match self.schemas.target(id) {
                Some(_) => (LoweredSchema::Type(self.lower_use(id).ty), Doc::default()),
                None => {
                    let (lowered, metadata) = self.lower_schema(&self.schemas.get(id));
                    (lowered, metadata.doc)
                }
            };
            if let Some(lowered) = self.types.get_mut(id.index()) {
                lowered.definition = definition;
                lowered.doc = doc;
            }
        }
    }

    /// Lowers the schema of a parameter, header or body.
    pub fn lower_schema_at(&mut self, cursor: &NodeCursor<'a>) -> LoweredUse {
        let id = self.schemas.read_at(cursor);
        self.lower_use(id)
    }

    /// Lowers a schema or reference where it is used.
    pub fn lower_use(&mut self, id: SchemaId) -> LoweredUse {
        match self.schemas.target(id) {
            Some(component) => LoweredUse {
                ty: Type::Named(TypeId(component.index())),
                nullable: self.schemas.is_nullable(component),
                metadata: self.component_metadata(component),
            },
            None => self.inline(id),
        }
    }

    /// Returns the metadata that a component passes on to a use of it. Without the docs if it has a
    /// named type, which has them itself.
    fn component_metadata(&mut self, id: SchemaId) -> SchemaMetadata {
        if let Some(metadata) = self.component_metadata.get(&id) {
            return metadata.clone();
        }
        let schema = self.schemas.resolved(id);
        let mut metadata = schema.metadata.clone();
        metadata.constraints = self.schemas.limits(id);
        if schema.is_nominal() {
            metadata.doc = Doc::default();
        }
        self.component_metadata.insert(id, metadata.clone());
        metadata
    }

    /// Lowers an inline schema, once.
    fn inline(&mut self, id: SchemaId) -> LoweredUse {
        if let Some(lowered) = self.inline_schemas.get(&id) {
            return lowered.clone();
        }
        let schema = self.schemas.get(id);
        let (lowered, metadata) = self.lower_schema(&schema);
        let ty = match lowered {
            LoweredSchema::Type(ty) => ty,
            LoweredSchema::Def(shape) => self.define(&schema.cursor, shape, &metadata),
        };
        let lowered = LoweredUse { ty, nullable: self.schemas.is_nullable(id), metadata };
        self.inline_schemas.insert(id, lowered.clone());
        lowered
    }

    /// Defines the type of an inline schema.
    pub fn define(
        &mut self,
        cursor: &NodeCursor<'a>,
        shape: Shape,
        metadata: &SchemaMetadata,
    ) -> Type {
        self.types.push(LoweredType {
            name: TypeName::Inline(self.document.inline_name(&cursor.pointer)),
            doc: metadata.doc.clone(),
            definition: LoweredSchema::Def(shape),
            pointer: cursor.pointer.clone(),
        });
        Type::Named(TypeId(self.types.len() - 1))
    }

    /// Lowers a schema to its type and metadata.
    pub fn lower_schema(&mut self, schema: &Schema<'a>) -> (LoweredSchema, SchemaMetadata) {
        if schema.not {
            self.skip_note(
                schema.cursor.location_of("not"),
                "`not` cannot be expressed as a Rust type; it is ignored",
            );
        }
        if schema.all_of.is_empty() {
            return self.lower_merged(schema);
        }
        match self.all_of(schema) {
            AllOf::Alias(target, metadata) => {
                let lowered = self.lower_use(target);
                (LoweredSchema::Type(lowered.ty), metadata.merge(lowered.metadata))
            }
            AllOf::Merged(schema) => self.lower_merged(&schema),
        }
    }

    /// Lowers a schema without `allOf`.
    fn lower_merged(&mut self, schema: &Schema<'a>) -> (LoweredSchema, SchemaMetadata) {
        if !schema.alternatives().is_empty() {
            return self.union(schema);
        }
        self.check_pattern(schema);
        let lowered =
            if schema.values.is_empty() { self.plain(schema) } else { self.enumeration(schema) };
        let mut metadata = schema.metadata.clone();
        metadata.constraints.items = self.schemas.item_limits(schema);
        if let (Some(discriminator), LoweredSchema::Def(Shape::Struct(_))) =
            (&schema.discriminator, &lowered)
        {
            self.report_base(discriminator, &schema.cursor, &mut metadata.doc);
        }
        (lowered, metadata)
    }

    /// Reports a `pattern` that cannot be checked.
    fn check_pattern(&mut self, schema: &Schema<'a>) {
        let Some(pattern) = &schema.metadata.constraints.pattern else { return };
        let compiled = regress::Regex::with_flags(pattern, "u");
        if compiled.or_else(|_| regress::Regex::new(pattern)).is_err() {
            let message = "`pattern` is not a valid ECMA-262 regular expression; it is not checked";
            self.note(schema.cursor.location_of("pattern"), message);
        }
    }

    /// Reports and documents a base schema that others extend: a value may be any of them, but only
    /// the properties of the base are read.
    fn report_base(
        &mut self,
        discriminator: &Discriminator<'a>,
        cursor: &NodeCursor<'a>,
        doc: &mut Doc,
    ) {
        let Discriminator { property, mapping } = discriminator;
        let message = format!(
            "`{property}` selects one of several schemas, but there is no `oneOf`; only the \
             properties declared here are read"
        );
        let problem = Problem::note(cursor.location_of("discriminator"), message);
        let help = "to get an enum of all of them, list them under `oneOf` beside `discriminator`";
        self.report.push(problem.help(help));
        let values: Vec<String> = mapping.iter().map(|(value, _)| format!("`{value}`")).collect();
        let kinds =
            if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
        let sentence = format!("`{property}` identifies the kind of value{kinds}.");
        let text =
            doc.description.take().map_or(sentence.clone(), |text| format!("{text}\n\n{sentence}"));
        doc.description = Some(text);
    }

    /// Lowers a schema without `allOf`, `oneOf` and `anyOf`, ignoring its `enum`.
    pub fn plain(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        match schema.ty {
            Some("object") => self.object(schema),
            Some("array") => self.array(schema),
            Some(ty) => {
                if !schema.properties.is_empty() || schema.items.is_some() {
                    let message = format!(
                        "`type` is `{ty}`; the `properties` or `items` beside it are ignored"
                    );
                    self.warn(schema.cursor.location_of("type"), message);
                }
                LoweredSchema::Type(scalar(ty, schema.format).map_or(Type::Any, Type::Scalar))
            }
            None => self.untyped(schema),
        }
    }

    /// Lowers a schema without `type`, which is inferred from the other keywords.
    fn untyped(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        let is_object =
            !schema.properties.is_empty() || schema.additional != AdditionalProperties::Unspecified;
        match schema.format {
            _ if is_object => self.object(schema),
            _ if schema.items.is_some() => self.array(schema),
            Some(format) if is_string_format(format) => {
                self.note(
                    schema.cursor.location_of("format"),
                    format!("`type` is missing; with `format: {format}`, it is read as `string`"),
                );
                let scalar = scalar("string", schema.format).unwrap_or(Scalar::String);
                LoweredSchema::Type(Type::Scalar(scalar))
            }
            _ => LoweredSchema::Type(Type::Any),
        }
    }

    fn array(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        if !schema.properties.is_empty() {
            let message = "`type` is `array`; the `properties` beside it are ignored";
            self.warn(schema.cursor.location_of("type"), message);
        }
        let item = schema.items.map_or(Type::Any, |item| self.element_type(item));
        LoweredSchema::Type(Type::List(Box::new(item)))
    }

    /// Returns the type of an array's items or a map's values. Their constraints are part of those of
    /// the array or map.
    pub fn element_type(&mut self, id: SchemaId) -> Type {
        self.lower_use(id).into_type()
    }
}
