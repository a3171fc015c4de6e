//! Schemas: components, references, and what each schema comes to.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::Lower;
use super::compose::Whole;
use super::document::DEEPEST;
use super::facts::{Facts, Typed};
use super::flat::{Flat, Rest};
use super::reference::{MOST_HOPS, local, schema_key};
use super::scalar::{is_text_format, scalar};
use super::spot::{At, Spot, Written};
use crate::ir::{Doc, Scalar, Shape, Type, TypeDef, TypeId, TypeName};
use crate::report::Problem;

/// What a schema comes to.
#[derive(Debug, Clone)]
pub enum Meaning {
    /// A type that needs no name.
    Type(Type),
    /// A type that gets one.
    Def(Shape),
}

impl Meaning {
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
    Done(Box<Typed>),
}

impl<'a> Lower<'a> {
    /// Every schema component, in the order of the source. Their ids are known before any is read.
    pub fn components(&mut self) {
        let Some(components) = &self.document.openapi.components else { return };
        let spot = self.root().member("components").member("schemas");
        for key in components.schemas.keys() {
            self.types.push(TypeDef {
                name: TypeName::Component(key.clone()),
                doc: Doc::default(),
                shape: Shape::Alias(Type::Any),
                pointer: spot.member(key).pointer,
            });
        }
        for (index, (key, written)) in components.schemas.iter().enumerate() {
            let (shape, doc) = self.component(written, spot.member(key));
            if let Some(def) = self.types.get_mut(index) {
                def.shape = shape;
                def.doc = doc;
            }
        }
    }

    fn component(&mut self, written: &'a ReferenceOr<Schema>, spot: Spot<'a>) -> (Shape, Doc) {
        match written {
            ReferenceOr::Reference { .. } => {
                (Shape::Alias(self.read(&At::new(written, spot)).ty), Doc::default())
            }
            ReferenceOr::Item(schema) => {
                let (meaning, facts) = self.meaning(Flat::of(schema, &spot));
                match meaning {
                    Meaning::Type(ty) => (Shape::Alias(ty), facts.doc),
                    Meaning::Def(shape) => (shape, facts.doc),
                }
            }
        }
    }

    /// A schema where it is used.
    pub fn read(&mut self, at: &At<'a>) -> Typed {
        match at.schema {
            Written::Item(schema) => self.inline(schema, &at.spot),
            Written::Reference(reference) => self.reference(reference, at),
        }
    }

    fn reference(&mut self, reference: &'a str, at: &At<'a>) -> Typed {
        let mut next = reference;
        for _ in 0..MOST_HOPS {
            if let Some(id) = self.component_id(next) {
                return self.named(id, at);
            }
            match self.document.target::<Schema>(next) {
                Some((ReferenceOr::Item(schema), spot)) => return self.inline(schema, &spot),
                Some((ReferenceOr::Reference { reference }, _)) => next = reference,
                None => {
                    self.dangling(next, &at.spot);
                    return Typed::any();
                }
            }
        }
        self.error(at.spot.place(), format!("the reference `{reference}` leads through more than {MOST_HOPS} others, or to itself"));
        Typed::any()
    }

    /// The component that a reference names.
    pub fn component_id(&self, reference: &str) -> Option<TypeId> {
        let key = schema_key(&local(reference)?)?;
        let components = self.document.openapi.components.as_ref()?;
        components.schemas.get_index_of(&key).map(TypeId)
    }

    fn named(&mut self, id: TypeId, at: &At<'a>) -> Typed {
        let nullable = self.is_nullable(at);
        Typed { ty: Type::Named(id), nullable, facts: self.facts_of_component(id, at) }
    }

    /// What a component says of the value that uses it. Of a type of its own only what concerns the
    /// use: its texts stand at the type.
    fn facts_of_component(&mut self, id: TypeId, at: &At<'a>) -> Facts {
        if let Some(facts) = self.facts.get(&id) {
            return facts.clone();
        }
        let mut facts = Facts::default();
        if let Ok((schema, spot)) = self.document.follow(at) {
            let flat = Flat::of(schema, &spot);
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
    fn inline(&mut self, schema: &'a Schema, spot: &Spot<'a>) -> Typed {
        match self.memo.get(&spot.pointer) {
            Some(State::Done(typed)) => return (**typed).clone(),
            Some(State::Busy(id)) => return self.inside_itself(*id, schema, spot),
            None => (),
        }
        let at = At { schema: Written::Item(schema), spot: spot.clone() };
        if self.depth >= DEEPEST {
            self.error(
                spot.place(),
                format!("schemas stand more than {DEEPEST} levels inside one another"),
            );
            return Typed::any();
        }
        self.memo.insert(spot.pointer.clone(), State::Busy(None));
        self.depth += 1;
        let (meaning, facts) = self.meaning(Flat::of(schema, spot));
        self.depth -= 1;
        let reserved = match self.memo.get(&spot.pointer) {
            Some(State::Busy(id)) => *id,
            _ => None,
        };
        let ty = match (meaning, reserved) {
            (Meaning::Type(ty), None) => ty,
            (Meaning::Type(ty), Some(id)) => self.define(Some(id), spot, Shape::Alias(ty), &facts),
            (Meaning::Def(shape), id) => self.define(id, spot, shape, &facts),
        };
        let typed = Typed { ty, nullable: self.is_nullable(&at), facts };
        self.memo.insert(spot.pointer.clone(), State::Done(Box::new(typed.clone())));
        typed
    }

    /// A use of an inline schema within itself: it needs a name from now on.
    fn inside_itself(&mut self, id: Option<TypeId>, schema: &'a Schema, spot: &Spot<'a>) -> Typed {
        let at = At { schema: Written::Item(schema), spot: spot.clone() };
        let nullable = self.is_nullable(&at);
        let id = match id {
            Some(id) => id,
            None => {
                let id = self.reserve(spot);
                self.memo.insert(spot.pointer.clone(), State::Busy(Some(id)));
                id
            }
        };
        Typed { ty: Type::Named(id), nullable, facts: Facts::default() }
    }

    fn reserve(&mut self, spot: &Spot<'a>) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDef {
            name: TypeName::Inline(self.document.words(&spot.pointer)),
            doc: Doc::default(),
            shape: Shape::Alias(Type::Any),
            pointer: spot.pointer.clone(),
        });
        id
    }

    /// Gives an inline type its place in the list.
    pub fn define(
        &mut self,
        id: Option<TypeId>,
        spot: &Spot<'a>,
        shape: Shape,
        facts: &Facts,
    ) -> Type {
        let id = id.unwrap_or_else(|| self.reserve(spot));
        if let Some(def) = self.types.get_mut(id.0) {
            def.shape = shape;
            def.doc = facts.doc.clone();
        }
        Type::Named(id)
    }

    /// What a schema comes to, and what it says beside.
    pub fn meaning(&mut self, flat: Flat<'a>) -> (Meaning, Facts) {
        if flat.not {
            self.leave_out(
                flat.spot.place_of("not"),
                "no Rust type can say what `not` forbids; it is left out",
            );
        }
        let flat = if flat.all_of.is_empty() {
            flat
        } else {
            match self.all_of(flat) {
                Whole::Same(at, facts) => {
                    let typed = self.read(&at);
                    return (Meaning::Type(typed.ty), facts.over(typed.facts));
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
        if let (Some(discriminator), Meaning::Def(Shape::Struct(_))) =
            (flat.discriminator, &meaning)
        {
            self.base_of_others(discriminator, &flat.spot, &mut facts.doc);
        }
        (meaning, facts)
    }

    /// A struct that others extend: a value of it may be any of them, and only its own members are
    /// read.
    fn base_of_others(&mut self, discriminator: &Discriminator, spot: &Spot<'a>, doc: &mut Doc) {
        let Discriminator { property_name, mapping, extensions: _ } = discriminator;
        let what = format!(
            "`{property_name}` tells which of several schemas a value has; its own members alone are read"
        );
        let problem = Problem::note(spot.place_of("discriminator"), what);
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
    pub fn plain(&mut self, flat: &Flat<'a>) -> Meaning {
        match flat.ty {
            Some("object") => self.object(flat),
            Some("array") => self.list(flat),
            Some("any" | "null") => Meaning::Type(Type::Any),
            Some(ty) => match scalar(ty, flat.format) {
                Some(scalar) => {
                    if !flat.properties.is_empty() || flat.items.is_some() {
                        let what = format!(
                            "`type` says `{ty}`; the members or items beside it are left out"
                        );
                        self.warn(flat.spot.place_of("type"), what);
                    }
                    Meaning::scalar(scalar)
                }
                None => {
                    self.warn(
                        flat.spot.place_of("type"),
                        format!("there is no type `{ty}`; any value is allowed"),
                    );
                    Meaning::Type(Type::Any)
                }
            },
            None => self.untyped(flat),
        }
    }

    /// A schema that does not say its type: what its keywords are for.
    fn untyped(&mut self, flat: &Flat<'a>) -> Meaning {
        let object = !flat.properties.is_empty() || !matches!(flat.rest, Rest::Unsaid);
        match flat.format {
            _ if object => self.object(flat),
            _ if flat.items.is_some() => self.list(flat),
            Some(format) if is_text_format(format) => {
                self.note(
                    flat.spot.place_of("format"),
                    format!("`type` is missing; `{format}` is read as a string's"),
                );
                Meaning::scalar(scalar("string", flat.format).unwrap_or(Scalar::Text))
            }
            _ => Meaning::Type(Type::Any),
        }
    }

    fn list(&mut self, flat: &Flat<'a>) -> Meaning {
        if !flat.properties.is_empty() {
            let what = "`type` says `array`; the members beside it are left out";
            self.warn(flat.spot.place_of("type"), what);
        }
        let item = match &flat.items {
            Some(at) => self.element(at),
            None => Type::Any,
        };
        Meaning::Type(Type::List(Box::new(item)))
    }

    /// The schema that `at` is or names, flat; a reference that leads nowhere is reported.
    pub fn flat(&mut self, at: &At<'a>) -> Option<Flat<'a>> {
        match self.document.follow(at) {
            Ok((schema, spot)) => Some(Flat::of(schema, &spot)),
            Err(reference) => {
                self.dangling(&reference, &at.spot);
                None
            }
        }
    }

    /// Reports a reference that leads nowhere.
    pub fn dangling(&mut self, reference: &str, spot: &Spot<'a>) {
        let what = format!("the reference `{reference}` leads to nothing that fits here");
        let problem = Problem::error(spot.place(), what);
        self.report.push(problem.help(
            "a reference names a member of this document, such as `#/components/schemas/Pet`",
        ));
    }
}
