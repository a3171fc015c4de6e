//! Schemas: components, references and inline schemas.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lower;
use super::all_of::AllOf;
use super::cursor::{NodeCursor, RefOr, SchemaAt};
use super::document::MAX_NESTING;
use super::metadata::{LoweredUse, SchemaMetadata};
use super::reference::{MAX_HOPS, local_pointer, schema_key};
use super::scalar::{is_string_format, scalar};
use super::schema_view::{AdditionalProperties, SchemaView};
use crate::ir::{Doc, Scalar, Shape, Type, TypeDef, TypeId, TypeName};
use crate::report::Problem;

/// The type that a schema is lowered to.
#[derive(Debug, Clone)]
pub enum LoweredSchema {
    /// A type without a name.
    Type(Type),
    /// The definition of a named type.
    Def(Shape),
}

impl LoweredSchema {
    /// Returns a built-in type.
    pub fn scalar(scalar: Scalar) -> Self {
        Self::Type(Type::Scalar(scalar))
    }
}

/// The state of an inline schema.
#[derive(Debug)]
pub enum InlineSchema {
    /// It is being lowered. Has an id if the schema contains a reference to itself.
    InProgress(Option<TypeId>),
    /// It was lowered.
    Done(Box<LoweredUse>),
}

impl<'a> Lower<'a> {
    /// Lowers all schema components, in the order of the document. Each gets its id before any is
    /// lowered, so that they can refer to each other.
    pub fn components(&mut self) {
        let Some(components) = &self.document.openapi.components else { return };
        let cursor = self.root().child("components").child("schemas");
        for key in components.schemas.keys() {
            self.types.push(TypeDef {
                name: TypeName::Component(key.clone()),
                doc: Doc::default(),
                shape: Shape::Alias(Type::Any),
                pointer: cursor.child(key).pointer,
            });
        }
        for (index, (key, schema)) in components.schemas.iter().enumerate() {
            let (shape, doc) = self.component(schema, cursor.child(key));
            if let Some(def) = self.types.get_mut(index) {
                def.shape = shape;
                def.doc = doc;
            }
        }
    }

    fn component(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        cursor: NodeCursor<'a>,
    ) -> (Shape, Doc) {
        match schema {
            ReferenceOr::Reference { .. } => {
                (Shape::Alias(self.lower_use(&SchemaAt::new(schema, cursor)).ty), Doc::default())
            }
            ReferenceOr::Item(schema) => {
                let (lowered, metadata) = self.lower_schema(SchemaView::new(schema, &cursor));
                match lowered {
                    LoweredSchema::Type(ty) => (Shape::Alias(ty), metadata.doc),
                    LoweredSchema::Def(shape) => (shape, metadata.doc),
                }
            }
        }
    }

    /// Lowers a schema or reference where it is used.
    pub fn lower_use(&mut self, schema_at: &SchemaAt<'a>) -> LoweredUse {
        match schema_at.schema {
            RefOr::Item(schema) => self.inline(schema, &schema_at.cursor),
            RefOr::Reference(reference) => self.reference(reference, schema_at),
        }
    }

    fn reference(&mut self, reference: &'a str, schema_at: &SchemaAt<'a>) -> LoweredUse {
        let mut next = reference;
        for _ in 0..MAX_HOPS {
            if let Some(id) = self.component_id(next) {
                return self.component_use(id, schema_at);
            }
            match self.document.target::<Schema>(next) {
                Some((ReferenceOr::Item(schema), cursor)) => return self.inline(schema, &cursor),
                Some((ReferenceOr::Reference { reference }, _)) => next = reference,
                None => {
                    self.report_dangling(next, &schema_at.cursor);
                    return LoweredUse::any();
                }
            }
        }
        let message = format!(
            "the reference `{reference}` is circular or a chain of more than {MAX_HOPS} references"
        );
        self.error(schema_at.cursor.location(), message);
        LoweredUse::any()
    }

    /// Returns the id of the schema component that a reference refers to.
    pub fn component_id(&self, reference: &str) -> Option<TypeId> {
        let key = schema_key(&local_pointer(reference)?)?;
        let components = self.document.openapi.components.as_ref()?;
        components.schemas.get_index_of(&key).map(TypeId)
    }

    fn component_use(&mut self, id: TypeId, schema_at: &SchemaAt<'a>) -> LoweredUse {
        let nullable = self.is_nullable(schema_at);
        LoweredUse {
            ty: Type::Named(id),
            nullable,
            metadata: self.metadata_of_component(id, schema_at),
        }
    }

    /// Returns the metadata that a component passes on to a use of it. Without the docs if it has a
    /// named type, which has them itself.
    fn metadata_of_component(&mut self, id: TypeId, schema_at: &SchemaAt<'a>) -> SchemaMetadata {
        if let Some(metadata) = self.component_metadata.get(&id) {
            return metadata.clone();
        }
        let mut metadata = SchemaMetadata::default();
        if let Ok((schema, cursor)) = self.document.follow(schema_at) {
            let view = SchemaView::new(schema, &cursor);
            metadata = view.metadata.clone();
            metadata.constraints = self.limits(schema_at);
            if view.is_nominal() {
                metadata.doc = Doc::default();
            }
        }
        self.component_metadata.insert(id, metadata.clone());
        metadata
    }

    /// Lowers an inline schema, or a part of another schema that a reference refers to.
    fn inline(&mut self, schema: &'a Schema, cursor: &NodeCursor<'a>) -> LoweredUse {
        match self.inline_schemas.get(&cursor.pointer) {
            Some(InlineSchema::Done(lowered)) => return (**lowered).clone(),
            Some(InlineSchema::InProgress(id)) => return self.recursive_use(*id, schema, cursor),
            None => (),
        }
        let schema_at = SchemaAt { schema: RefOr::Item(schema), cursor: cursor.clone() };
        if self.depth >= MAX_NESTING {
            self.error(
                cursor.location(),
                format!("schemas are nested more than {MAX_NESTING} levels deep"),
            );
            return LoweredUse::any();
        }
        self.inline_schemas.insert(cursor.pointer.clone(), InlineSchema::InProgress(None));
        self.depth += 1;
        let (lowered, metadata) = self.lower_schema(SchemaView::new(schema, cursor));
        self.depth -= 1;
        let reserved = match self.inline_schemas.get(&cursor.pointer) {
            Some(InlineSchema::InProgress(id)) => *id,
            _ => None,
        };
        let ty = match (lowered, reserved) {
            (LoweredSchema::Type(ty), None) => ty,
            (LoweredSchema::Type(ty), Some(id)) => {
                self.define(Some(id), cursor, Shape::Alias(ty), &metadata)
            }
            (LoweredSchema::Def(shape), id) => self.define(id, cursor, shape, &metadata),
        };
        let lowered = LoweredUse { ty, nullable: self.is_nullable(&schema_at), metadata };
        let done = InlineSchema::Done(Box::new(lowered.clone()));
        self.inline_schemas.insert(cursor.pointer.clone(), done);
        lowered
    }

    /// Lowers a use of an inline schema inside itself, for which it needs a named type.
    fn recursive_use(
        &mut self,
        id: Option<TypeId>,
        schema: &'a Schema,
        cursor: &NodeCursor<'a>,
    ) -> LoweredUse {
        let schema_at = SchemaAt { schema: RefOr::Item(schema), cursor: cursor.clone() };
        let nullable = self.is_nullable(&schema_at);
        let id = match id {
            Some(id) => id,
            None => {
                let id = self.reserve_type(cursor);
                let in_progress = InlineSchema::InProgress(Some(id));
                self.inline_schemas.insert(cursor.pointer.clone(), in_progress);
                id
            }
        };
        LoweredUse { ty: Type::Named(id), nullable, metadata: SchemaMetadata::default() }
    }

    fn reserve_type(&mut self, cursor: &NodeCursor<'a>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name: TypeName::Inline(self.document.inline_name(&cursor.pointer)),
            doc: Doc::default(),
            shape: Shape::Alias(Type::Any),
            pointer: cursor.pointer.clone(),
        });
        id
    }

    /// Defines the type of an inline schema, under its reserved id if it has one.
    pub fn define(
        &mut self,
        id: Option<TypeId>,
        cursor: &NodeCursor<'a>,
        shape: Shape,
        metadata: &SchemaMetadata,
    ) -> Type {
        let id = id.unwrap_or_else(|| self.reserve_type(cursor));
        if let Some(def) = self.types.get_mut(id.0) {
            def.shape = shape;
            def.doc = metadata.doc.clone();
        }
        Type::Named(id)
    }

    /// Lowers a schema to its type and metadata.
    pub fn lower_schema(&mut self, view: SchemaView<'a>) -> (LoweredSchema, SchemaMetadata) {
        if view.not {
            self.skip_note(
                view.cursor.location_of("not"),
                "`not` cannot be expressed as a Rust type; it is ignored",
            );
        }
        let view = if view.all_of.is_empty() {
            view
        } else {
            match self.all_of(view) {
                AllOf::Alias(target, metadata) => {
                    let lowered = self.lower_use(&target);
                    return (LoweredSchema::Type(lowered.ty), metadata.merge(lowered.metadata));
                }
                AllOf::Merged(view) => *view,
            }
        };
        if !view.alternatives().is_empty() {
            return self.union(view);
        }
        self.check_pattern(&view);
        let mut view = view;
        view.metadata.constraints.items = self.item_limits(&view);
        let lowered =
            if view.values.is_empty() { self.plain(&view) } else { self.enumeration(&view) };
        let mut metadata = view.metadata;
        if let (Some(discriminator), LoweredSchema::Def(Shape::Struct(_))) =
            (view.discriminator, &lowered)
        {
            self.report_base(discriminator, &view.cursor, &mut metadata.doc);
        }
        (lowered, metadata)
    }

    /// Reports and documents a base schema that others extend: a value may be any of them, but only
    /// the properties of the base are read.
    fn report_base(
        &mut self,
        discriminator: &Discriminator,
        cursor: &NodeCursor<'a>,
        doc: &mut Doc,
    ) {
        let Discriminator { property_name, mapping, extensions: _ } = discriminator;
        let message = format!(
            "`{property_name}` selects one of several schemas, but there is no `oneOf`; only the \
             properties declared here are read"
        );
        let problem = Problem::note(cursor.location_of("discriminator"), message);
        let help = "to get an enum of all of them, list them under `oneOf` beside `discriminator`";
        self.report.push(problem.help(help));
        let values: Vec<String> = mapping.keys().map(|value| format!("`{value}`")).collect();
        let kinds =
            if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
        let sentence = format!("`{property_name}` identifies the kind of value{kinds}.");
        let text =
            doc.description.take().map_or(sentence.clone(), |text| format!("{text}\n\n{sentence}"));
        doc.description = Some(text);
    }

    /// Lowers a schema without `allOf`, `oneOf`, `anyOf` and `enum`.
    pub fn plain(&mut self, view: &SchemaView<'a>) -> LoweredSchema {
        match view.ty {
            Some("object") => self.object(view),
            Some("array") => self.array(view),
            Some("any" | "null") => LoweredSchema::Type(Type::Any),
            Some(ty) => match scalar(ty, view.format) {
                Some(scalar) => {
                    if !view.properties.is_empty() || view.items.is_some() {
                        let message = format!(
                            "`type` is `{ty}`; the `properties` or `items` beside it are ignored"
                        );
                        self.warn(view.cursor.location_of("type"), message);
                    }
                    LoweredSchema::scalar(scalar)
                }
                None => {
                    self.warn(
                        view.cursor.location_of("type"),
                        format!("`{ty}` is not a valid `type`; any JSON value is allowed"),
                    );
                    LoweredSchema::Type(Type::Any)
                }
            },
            None => self.untyped(view),
        }
    }

    /// Lowers a schema without `type`, which is inferred from the other keywords.
    fn untyped(&mut self, view: &SchemaView<'a>) -> LoweredSchema {
        let is_object = !view.properties.is_empty()
            || !matches!(view.additional, AdditionalProperties::Unspecified);
        match view.format {
            _ if is_object => self.object(view),
            _ if view.items.is_some() => self.array(view),
            Some(format) if is_string_format(format) => {
                self.note(
                    view.cursor.location_of("format"),
                    format!("`type` is missing; with `format: {format}`, it is read as `string`"),
                );
                LoweredSchema::scalar(scalar("string", view.format).unwrap_or(Scalar::String))
            }
            _ => LoweredSchema::Type(Type::Any),
        }
    }

    fn array(&mut self, view: &SchemaView<'a>) -> LoweredSchema {
        if !view.properties.is_empty() {
            let message = "`type` is `array`; the `properties` beside it are ignored";
            self.warn(view.cursor.location_of("type"), message);
        }
        let item = match &view.items {
            Some(schema_at) => self.element_type(schema_at),
            None => Type::Any,
        };
        LoweredSchema::Type(Type::List(Box::new(item)))
    }

    /// Resolves a schema or reference to the view of the schema, or reports a dangling reference.
    pub fn schema_view(&mut self, schema_at: &SchemaAt<'a>) -> Option<SchemaView<'a>> {
        match self.document.follow(schema_at) {
            Ok((schema, cursor)) => Some(SchemaView::new(schema, &cursor)),
            Err(reference) => {
                self.report_dangling(&reference, &schema_at.cursor);
                None
            }
        }
    }

    /// Reports a reference that cannot be resolved.
    pub fn report_dangling(&mut self, reference: &str, cursor: &NodeCursor<'a>) {
        let message = format!(
            "the reference `{reference}` cannot be resolved to an object of the expected kind"
        );
        let problem = Problem::error(cursor.location(), message);
        self.report.push(
            problem.help("refer to an object of this document, such as `#/components/schemas/Pet`"),
        );
    }
}
