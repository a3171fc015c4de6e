//! Schemas: components, references, and what each schema comes to.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lower;
use super::compose::Whole;
use super::cursor::{NodeCursor, RefOr, SchemaAt};
use super::document::DEEPEST;
use super::facts::{LoweredUse, SchemaMetadata};
use super::flat::{Rest, SchemaView};
use super::reference::{MOST_HOPS, local, schema_key};
use super::scalar::{is_text_format, scalar};
use crate::ir::{Doc, Scalar, Shape, Type, TypeDef, TypeId, TypeName};
use crate::report::Problem;

/// What a schema comes to.
#[derive(Debug, Clone)]
pub enum LoweredSchema {
    /// A type that needs no name.
    Type(Type),
    /// A type that gets one.
    Def(Shape),
}

impl LoweredSchema {
    /// A built-in type.
    pub fn scalar(scalar: Scalar) -> Self {
        Self::Type(Type::Scalar(scalar))
    }
}

/// How far an inline schema was read.
#[derive(Debug)]
pub enum State {
    /// It is being read; the id that a reference to it from within was given.
    Busy(Option<TypeId>),
    /// It was read.
    Done(Box<LoweredUse>),
}

impl<'a> Lower<'a> {
    /// Every schema component, in the order of the source. Their ids are known before any is read.
    pub fn components(&mut self) {
        let Some(components) = &self.document.openapi.components else { return };
        let cursor = self.root().member("components").member("schemas");
        for key in components.schemas.keys() {
            self.types.push(TypeDef {
                name: TypeName::Component(key.clone()),
                doc: Doc::default(),
                shape: Shape::Alias(Type::Any),
                pointer: cursor.member(key).pointer,
            });
        }
        for (index, (key, written)) in components.schemas.iter().enumerate() {
            let (shape, doc) = self.component(written, cursor.member(key));
            if let Some(def) = self.types.get_mut(index) {
                def.shape = shape;
                def.doc = doc;
            }
        }
    }

    fn component(
        &mut self,
        written: &'a ReferenceOr<Schema>,
        cursor: NodeCursor<'a>,
    ) -> (Shape, Doc) {
        match written {
            ReferenceOr::Reference { .. } => {
                (Shape::Alias(self.read(&SchemaAt::new(written, cursor)).ty), Doc::default())
            }
            ReferenceOr::Item(schema) => {
                let (meaning, facts) = self.meaning(SchemaView::of(schema, &cursor));
                match meaning {
                    LoweredSchema::Type(ty) => (Shape::Alias(ty), facts.doc),
                    LoweredSchema::Def(shape) => (shape, facts.doc),
                }
            }
        }
    }

    /// A schema where it is used.
    pub fn read(&mut self, at: &SchemaAt<'a>) -> LoweredUse {
        match at.schema {
            RefOr::Item(schema) => self.inline(schema, &at.cursor),
            RefOr::Reference(reference) => self.reference(reference, at),
        }
    }

    fn reference(&mut self, reference: &'a str, at: &SchemaAt<'a>) -> LoweredUse {
        let mut next = reference;
        for _ in 0..MOST_HOPS {
            if let Some(id) = self.component_id(next) {
                return self.named(id, at);
            }
            match self.document.target::<Schema>(next) {
                Some((ReferenceOr::Item(schema), cursor)) => return self.inline(schema, &cursor),
                Some((ReferenceOr::Reference { reference }, _)) => next = reference,
                None => {
                    self.dangling(next, &at.cursor);
                    return LoweredUse::any();
                }
            }
        }
        self.error(at.cursor.location(), format!("the reference `{reference}` leads through more than {MOST_HOPS} others, or to itself"));
        LoweredUse::any()
    }

    /// The component that a reference names.
    pub fn component_id(&self, reference: &str) -> Option<TypeId> {
        let key = schema_key(&local(reference)?)?;
        let components = self.document.openapi.components.as_ref()?;
        components.schemas.get_index_of(&key).map(TypeId)
    }

    fn named(&mut self, id: TypeId, at: &SchemaAt<'a>) -> LoweredUse {
        let nullable = self.is_nullable(at);
        LoweredUse { ty: Type::Named(id), nullable, facts: self.facts_of_component(id, at) }
    }

    /// What a component says of the value that uses it. Of a type of its own only what concerns the
    /// use: its texts stand at the type.
    fn facts_of_component(&mut self, id: TypeId, at: &SchemaAt<'a>) -> SchemaMetadata {
        if let Some(facts) = self.facts.get(&id) {
            return facts.clone();
        }
        let mut facts = SchemaMetadata::default();
        if let Ok((schema, cursor)) = self.document.follow(at) {
            let flat = SchemaView::of(schema, &cursor);
            facts = flat.facts.clone();
            facts.constraints = self.limits(at);
            if flat.is_nominal() {
                facts.doc = Doc::default();
            }
        }
        self.facts.insert(id, facts.clone());
        facts
    }

    /// A schema that stands where it is used, or a part of another that a reference names.
    fn inline(&mut self, schema: &'a Schema, cursor: &NodeCursor<'a>) -> LoweredUse {
        match self.memo.get(&cursor.pointer) {
            Some(State::Done(typed)) => return (**typed).clone(),
            Some(State::Busy(id)) => return self.inside_itself(*id, schema, cursor),
            None => (),
        }
        let at = SchemaAt { schema: RefOr::Item(schema), cursor: cursor.clone() };
        if self.depth >= DEEPEST {
            self.error(
                cursor.location(),
                format!("schemas stand more than {DEEPEST} levels inside one another"),
            );
            return LoweredUse::any();
        }
        self.memo.insert(cursor.pointer.clone(), State::Busy(None));
        self.depth += 1;
        let (meaning, facts) = self.meaning(SchemaView::of(schema, cursor));
        self.depth -= 1;
        let reserved = match self.memo.get(&cursor.pointer) {
            Some(State::Busy(id)) => *id,
            _ => None,
        };
        let ty = match (meaning, reserved) {
            (LoweredSchema::Type(ty), None) => ty,
            (LoweredSchema::Type(ty), Some(id)) => {
                self.define(Some(id), cursor, Shape::Alias(ty), &facts)
            }
            (LoweredSchema::Def(shape), id) => self.define(id, cursor, shape, &facts),
        };
        let typed = LoweredUse { ty, nullable: self.is_nullable(&at), facts };
        self.memo.insert(cursor.pointer.clone(), State::Done(Box::new(typed.clone())));
        typed
    }

    /// A use of an inline schema within itself: it needs a name from now on.
    fn inside_itself(
        &mut self,
        id: Option<TypeId>,
        schema: &'a Schema,
        cursor: &NodeCursor<'a>,
    ) -> LoweredUse {
        let at = SchemaAt { schema: RefOr::Item(schema), cursor: cursor.clone() };
        let nullable = self.is_nullable(&at);
        let id = match id {
            Some(id) => id,
            None => {
                let id = self.reserve(cursor);
                self.memo.insert(cursor.pointer.clone(), State::Busy(Some(id)));
                id
            }
        };
        LoweredUse { ty: Type::Named(id), nullable, facts: SchemaMetadata::default() }
    }

    fn reserve(&mut self, cursor: &NodeCursor<'a>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name: TypeName::Inline(self.document.words(&cursor.pointer)),
            doc: Doc::default(),
            shape: Shape::Alias(Type::Any),
            pointer: cursor.pointer.clone(),
        });
        id
    }

    /// Gives an inline type its location in the list.
    pub fn define(
        &mut self,
        id: Option<TypeId>,
        cursor: &NodeCursor<'a>,
        shape: Shape,
        facts: &SchemaMetadata,
    ) -> Type {
        let id = id.unwrap_or_else(|| self.reserve(cursor));
        if let Some(def) = self.types.get_mut(id.0) {
            def.shape = shape;
            def.doc = facts.doc.clone();
        }
        Type::Named(id)
    }

    /// What a schema comes to, and what it says beside.
    pub fn meaning(&mut self, flat: SchemaView<'a>) -> (LoweredSchema, SchemaMetadata) {
        if flat.not {
            self.leave_out(
                flat.cursor.location_of("not"),
                "no Rust type can say what `not` forbids; it is left out",
            );
        }
        let flat = if flat.all_of.is_empty() {
            flat
        } else {
            match self.all_of(flat) {
                Whole::Same(at, facts) => {
                    let typed = self.read(&at);
                    return (LoweredSchema::Type(typed.ty), facts.over(typed.facts));
                }
                Whole::Merged(flat) => *flat,
            }
        };
        if !flat.alternatives().is_empty() {
            return self.union(flat);
        }
        self.check_pattern(&flat);
        let mut flat = flat;
        flat.facts.constraints.items = self.limits_inside(&flat);
        let meaning =
            if flat.values.is_empty() { self.plain(&flat) } else { self.enumeration(&flat) };
        let mut facts = flat.facts;
        if let (Some(discriminator), LoweredSchema::Def(Shape::Struct(_))) =
            (flat.discriminator, &meaning)
        {
            self.base_of_others(discriminator, &flat.cursor, &mut facts.doc);
        }
        (meaning, facts)
    }

    /// A struct that others extend: a value of it may be any of them, and only its own members are
    /// read.
    fn base_of_others(
        &mut self,
        discriminator: &Discriminator,
        cursor: &NodeCursor<'a>,
        doc: &mut Doc,
    ) {
        let Discriminator { property_name, mapping, extensions: _ } = discriminator;
        let what = format!(
            "`{property_name}` tells which of several schemas a value has; its own members alone are read"
        );
        let problem = Problem::note(cursor.location_of("discriminator"), what);
        self.report.push(
            problem
                .help("`oneOf` beside `discriminator`, with every such schema, makes it a choice"),
        );
        let values: Vec<String> = mapping.keys().map(|value| format!("`{value}`")).collect();
        let known =
            if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
        let sentence = format!("`{property_name}` tells which kind of value this is{known}.");
        let text =
            doc.description.take().map_or(sentence.clone(), |text| format!("{text}\n\n{sentence}"));
        doc.description = Some(text);
    }

    /// A schema without `allOf`, `oneOf`, `anyOf` and `enum`.
    pub fn plain(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        match flat.ty {
            Some("object") => self.object(flat),
            Some("array") => self.list(flat),
            Some("any" | "null") => LoweredSchema::Type(Type::Any),
            Some(ty) => match scalar(ty, flat.format) {
                Some(scalar) => {
                    if !flat.properties.is_empty() || flat.items.is_some() {
                        let what = format!(
                            "`type` says `{ty}`; the members or items beside it are left out"
                        );
                        self.warn(flat.cursor.location_of("type"), what);
                    }
                    LoweredSchema::scalar(scalar)
                }
                None => {
                    self.warn(
                        flat.cursor.location_of("type"),
                        format!("there is no type `{ty}`; any value is allowed"),
                    );
                    LoweredSchema::Type(Type::Any)
                }
            },
            None => self.untyped(flat),
        }
    }

    /// A schema that does not say its type: what its keywords are for.
    fn untyped(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        let object = !flat.properties.is_empty() || !matches!(flat.rest, Rest::Unsaid);
        match flat.format {
            _ if object => self.object(flat),
            _ if flat.items.is_some() => self.list(flat),
            Some(format) if is_text_format(format) => {
                self.note(
                    flat.cursor.location_of("format"),
                    format!("`type` is missing; `{format}` is read as a string's"),
                );
                LoweredSchema::scalar(scalar("string", flat.format).unwrap_or(Scalar::Text))
            }
            _ => LoweredSchema::Type(Type::Any),
        }
    }

    fn list(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        if !flat.properties.is_empty() {
            let what = "`type` says `array`; the members beside it are left out";
            self.warn(flat.cursor.location_of("type"), what);
        }
        let item = match &flat.items {
            Some(at) => self.element(at),
            None => Type::Any,
        };
        LoweredSchema::Type(Type::List(Box::new(item)))
    }

    /// The schema that `at` is or names, flat; a reference that leads nowhere is reported.
    pub fn flat(&mut self, at: &SchemaAt<'a>) -> Option<SchemaView<'a>> {
        match self.document.follow(at) {
            Ok((schema, cursor)) => Some(SchemaView::of(schema, &cursor)),
            Err(reference) => {
                self.dangling(&reference, &at.cursor);
                None
            }
        }
    }

    /// Reports a reference that leads nowhere.
    pub fn dangling(&mut self, reference: &str, cursor: &NodeCursor<'a>) {
        let what = format!("the reference `{reference}` leads to nothing that fits here");
        let problem = Problem::error(cursor.location(), what);
        self.report.push(problem.help(
            "a reference names a member of this document, such as `#/components/schemas/Pet`",
        ));
    }
}
