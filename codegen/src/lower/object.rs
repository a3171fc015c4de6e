//! Objects: structs and maps.

use openapiv3::{Schema, SchemaKind};

use super::Lower;
use super::conflict::Conflict;
use super::cursor::{RefOr, SchemaAt};
use super::facts::LoweredUse;
use super::flat::{Rest, SchemaView};
use super::schema::LoweredSchema;
use crate::ir::{Constraints, Field, Shape, Struct, Type};
use crate::report::Problem;

impl<'a> Lower<'a> {
    /// An object: a struct where it names members, else a map.
    pub fn object(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        if flat.properties.is_empty() {
            if matches!(flat.rest, Rest::None) {
                // A map holds whatever is asked for, and this is none.
                self.undeclared(flat);
            }
            return match &flat.rest {
                Rest::None => LoweredSchema::Def(Shape::Struct(Struct::default())),
                Rest::Unsaid | Rest::Any => LoweredSchema::Type(Type::Map(Box::new(Type::Any))),
                Rest::Of(at) => LoweredSchema::Type(Type::Map(Box::new(self.element(at)))),
            };
        }
        let mut fields = Vec::with_capacity(flat.properties.len());
        for (wire, schemas) in &flat.properties {
            let required = flat.required.contains(wire);
            let schemas: Vec<SchemaAt<'a>> =
                schemas.iter().flat_map(|at| self.parts_of_member(at)).collect();
            let found: Vec<(SchemaAt<'a>, Field)> = schemas
                .iter()
                .map(|at| {
                    self.annotate(&flat.cursor.pointer, wire, at);
                    (at.clone(), field(wire, required, self.read(at)))
                })
                .collect();
            let Some((_, last)) = found.last() else { continue };
            fields.push(last.clone());
            if found.len() > 1 {
                self.conflicts.push(Conflict::new(&flat.cursor, wire, found));
            }
        }
        let missing = self.undeclared(flat);
        if !matches!(flat.rest, Rest::Any | Rest::Of(_)) {
            fields.extend(missing.into_iter().map(|name| field(name, false, LoweredUse::any())));
        }
        let rest = match &flat.rest {
            Rest::Unsaid | Rest::None => None,
            Rest::Any => Some(Type::Any),
            Rest::Of(at) => Some(self.element(at)),
        };
        let rest_constraints = match &flat.rest {
            Rest::Of(at) => Some(Box::new(self.limits(at))),
            Rest::Unsaid | Rest::None | Rest::Any => None,
        };
        let rest_constraints = rest_constraints.filter(|it| **it != Constraints::default());
        LoweredSchema::Def(Shape::Struct(Struct { fields, rest, rest_constraints }))
    }

    /// The schemas that a member is of: those of an `allOf` that is all there is and holds several
    /// lists, whose items can only be united when their types are known; else the one that it has.
    fn parts_of_member(&mut self, at: &SchemaAt<'a>) -> Vec<SchemaAt<'a>> {
        let RefOr::Item(Schema { schema_kind: SchemaKind::AllOf { .. }, .. }) = at.schema else {
            return vec![at.clone()];
        };
        let Some(whole) = self.flat(at) else { return vec![at.clone()] };
        let only = at.cursor.node.as_object().is_some_and(|map| map.len() == 1);
        let mut is_list =
            |part: &SchemaAt<'a>| self.flat(part).is_some_and(|part| part.items.is_some());
        if only && whole.all_of.len() > 1 && whole.all_of.iter().all(&mut is_list) {
            return whole.all_of;
        }
        vec![at.clone()]
    }

    /// Names of `required` that no member has: mistakes, or members of which nothing else is said. So
    /// they may be missing, and be anything.
    fn undeclared(&mut self, flat: &SchemaView<'a>) -> Vec<&'a str> {
        let missing: Vec<&'a str> = flat
            .required
            .iter()
            .copied()
            .filter(|name| !flat.properties.contains_key(*name))
            .collect();
        for name in &missing {
            let what = format!("`required` names `{name}`, and no member of that name is declared");
            let problem = Problem::warning(flat.cursor.location_of("required"), what);
            self.report
                .push(problem.help("declare it under `properties`, or take it out of `required`"));
        }
        missing
    }

    /// The type of a list's items or a map's values; their limits are kept with the whole's.
    pub fn element(&mut self, at: &SchemaAt<'a>) -> Type {
        self.read(at).whole()
    }
}

fn field(wire: &str, required: bool, typed: LoweredUse) -> Field {
    let LoweredUse { ty, nullable, facts } = typed;
    Field {
        wire: wire.to_owned(),
        ty,
        required,
        nullable,
        read_only: facts.read_only,
        write_only: facts.write_only,
        default: facts.default,
        constraints: facts.constraints,
        raised: Vec::new(),
        doc: facts.doc,
    }
}
