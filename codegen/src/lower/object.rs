//! Objects: structs and maps.

use openapiv3::{Schema, SchemaKind};

use super::Lower;
use super::cursor::{RefOr, SchemaAt};
use super::duplicate_properties::DuplicateProperty;
use super::metadata::LoweredUse;
use super::schema::LoweredSchema;
use super::schema_view::{AdditionalProperties, SchemaView};
use crate::ir::{Constraints, Field, Shape, Struct, Type};
use crate::report::Problem;

impl<'a> Lower<'a> {
    /// Lowers an object: to a struct if it declares properties, else to a map.
    pub fn object(&mut self, view: &SchemaView<'a>) -> LoweredSchema {
        if view.properties.is_empty() {
            if matches!(view.additional, AdditionalProperties::Forbidden) {
                // `required` cannot be met: there are no properties, declared or additional.
                self.undeclared_required(view);
            }
            return match &view.additional {
                AdditionalProperties::Forbidden => {
                    LoweredSchema::Def(Shape::Struct(Struct::default()))
                }
                AdditionalProperties::Unspecified | AdditionalProperties::Any => {
                    LoweredSchema::Type(Type::Map(Box::new(Type::Any)))
                }
                AdditionalProperties::Schema(schema_at) => {
                    LoweredSchema::Type(Type::Map(Box::new(self.element_type(schema_at))))
                }
            };
        }
        let mut fields = Vec::with_capacity(view.properties.len());
        for (wire, schemas) in &view.properties {
            let required = view.required.contains(wire);
            let schemas: Vec<SchemaAt<'a>> =
                schemas.iter().flat_map(|schema_at| self.property_schemas(schema_at)).collect();
            let declarations: Vec<(SchemaAt<'a>, Field)> = schemas
                .iter()
                .map(|schema_at| {
                    self.annotate_property(&view.cursor.pointer, wire, schema_at);
                    (schema_at.clone(), new_field(wire, required, self.lower_use(schema_at)))
                })
                .collect();
            let Some((_, last)) = declarations.last() else { continue };
            fields.push(last.clone());
            if declarations.len() > 1 {
                self.duplicates.push(DuplicateProperty::new(&view.cursor, wire, declarations));
            }
        }
        let undeclared = self.undeclared_required(view);
        if !matches!(view.additional, AdditionalProperties::Any | AdditionalProperties::Schema(_)) {
            fields.extend(
                undeclared.into_iter().map(|name| new_field(name, false, LoweredUse::any())),
            );
        }
        let additional = match &view.additional {
            AdditionalProperties::Unspecified | AdditionalProperties::Forbidden => None,
            AdditionalProperties::Any => Some(Type::Any),
            AdditionalProperties::Schema(schema_at) => Some(self.element_type(schema_at)),
        };
        let additional_constraints = match &view.additional {
            AdditionalProperties::Schema(schema_at) => Some(Box::new(self.limits(schema_at))),
            AdditionalProperties::Unspecified
            | AdditionalProperties::Forbidden
            | AdditionalProperties::Any => None,
        };
        let additional_constraints =
            additional_constraints.filter(|it| **it != Constraints::default());
        LoweredSchema::Def(Shape::Struct(Struct { fields, additional, additional_constraints }))
    }

    /// Returns the schemas that declare a property: the parts if its schema is just an `allOf` of
    /// several arrays, because their item types can only be merged once all types are known. Else
    /// its schema.
    fn property_schemas(&mut self, schema_at: &SchemaAt<'a>) -> Vec<SchemaAt<'a>> {
        let RefOr::Item(Schema { schema_kind: SchemaKind::AllOf { .. }, .. }) = schema_at.schema
        else {
            return vec![schema_at.clone()];
        };
        let Some(view) = self.schema_view(schema_at) else { return vec![schema_at.clone()] };
        let is_all_of_only = schema_at.cursor.node.as_object().is_some_and(|map| map.len() == 1);
        let mut is_array =
            |part: &SchemaAt<'a>| self.schema_view(part).is_some_and(|part| part.items.is_some());
        if is_all_of_only && view.all_of.len() > 1 && view.all_of.iter().all(&mut is_array) {
            return view.all_of;
        }
        vec![schema_at.clone()]
    }

    /// Reports and returns the names in `required` that are not declared as properties. As this may
    /// be a mistake, they become optional fields that allow any value.
    fn undeclared_required(&mut self, view: &SchemaView<'a>) -> Vec<&'a str> {
        let undeclared: Vec<&'a str> = view
            .required
            .iter()
            .copied()
            .filter(|name| !view.properties.contains_key(*name))
            .collect();
        for name in &undeclared {
            let message =
                format!("`required` lists `{name}`, but no property of that name is declared");
            let problem = Problem::warning(view.cursor.location_of("required"), message);
            self.report
                .push(problem.help("declare it under `properties`, or remove it from `required`"));
        }
        undeclared
    }

    /// Returns the type of an array's items or a map's values. Their constraints are part of those of
    /// the array or map.
    pub fn element_type(&mut self, schema_at: &SchemaAt<'a>) -> Type {
        self.lower_use(schema_at).into_type()
    }
}

fn new_field(wire: &str, required: bool, schema: LoweredUse) -> Field {
    let LoweredUse { ty, nullable, metadata } = schema;
    Field {
        wire: wire.to_owned(),
        ty,
        required,
        nullable,
        read_only: metadata.read_only,
        write_only: metadata.write_only,
        default: metadata.default,
        constraints: metadata.constraints,
        error_triggers: Vec::new(),
        doc: metadata.doc,
    }
}
