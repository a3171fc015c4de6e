//! Schemas with `enum`.

use std::collections::BTreeSet;

use super::Lower;
use super::schema::literal::float_to_int;
use super::schema::{Schema, enum_values};
use super::schema_type::LoweredSchema;
use crate::ir::{Enum, EnumValue, Literal, Scalar, Shape, Type, TypeDef, TypeId};

impl<'a> Lower<'a> {
    /// Lowers a schema with `enum`: to an enum of strings or of integers, else to its base type.
    pub fn enumeration(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        match schema.ty {
            None => match strings_or_integers(&schema.values) {
                Some(values) => enum_schema(values),
                None if schema.values.iter().all(|v| matches!(v.wire, Literal::Bool(_))) => {
                    LoweredSchema::Type(Type::Scalar(Scalar::Bool))
                }
                None => self.base_type(schema),
            },
            Some("string") => enum_schema(self.string_values(schema)),
            // A response may hold `1.5` one day, and unlisted values must be preserved.
            Some("number") => {
                let message = "enums of type `number` are not generated; any number is allowed";
                self.note(schema.cursor.location_of("enum"), message);
                self.plain(schema)
            }
            Some("integer") => match self.integer_values(schema) {
                Some(values) => enum_schema(values),
                None => self.base_type(schema),
            },
            Some("boolean") => {
                if let [only] = schema.values.as_slice() {
                    let value = enum_values::value_key(&only.wire).1;
                    self.note(
                        schema.cursor.location_of("enum"),
                        format!("`enum` lists only `{value}`; any boolean is allowed"),
                    );
                }
                LoweredSchema::Type(Type::Scalar(Scalar::Bool))
            }
            Some(_) => self.base_type(schema),
        }
    }

    /// Lowers the schema without its `enum`.
    fn base_type(&mut self, schema: &Schema<'a>) -> LoweredSchema {
        let message = "the `enum` values are neither all strings nor all 64-bit integers; any \
                       value of the type is allowed";
        self.note(schema.cursor.location_of("enum"), message);
        self.plain(schema)
    }

    /// Returns the values as strings; YAML parses `1` and `true` as other types.
    fn string_values(&mut self, schema: &Schema<'a>) -> Vec<EnumValue> {
        let mut converted = false;
        let values = schema.values.iter().cloned().map(|v| match v.wire {
            Literal::String(_) => v,
            wire => {
                converted = true;
                EnumValue { wire: Literal::String(enum_values::value_key(&wire).1), ..v }
            }
        });
        let values = values.collect();
        if converted {
            self.note(
                schema.cursor.location_of("enum"),
                "`type` is `string`, but some `enum` values are not; they are read as strings",
            );
        }
        values
    }

    /// Returns the values as integers, if all of them are.
    fn integer_values(&mut self, schema: &Schema<'a>) -> Option<Vec<EnumValue>> {
        let mut converted = false;
        let values: Option<Vec<EnumValue>> = schema
            .values
            .iter()
            .cloned()
            .map(|v| {
                let wire = match float_to_int(v.wire) {
                    Literal::Int(n) => n,
                    Literal::String(digits) => {
                        converted = true;
                        digits.trim().parse().ok()?
                    }
                    _ => return None,
                };
                i64::try_from(wire).ok()?;
                Some(EnumValue { wire: Literal::Int(wire), ..v })
            })
            .collect();
        let values = values?;
        if converted {
            self.note(
                schema.cursor.location_of("enum"),
                "`type` is `integer`, but some `enum` values are strings; they are read as integers",
            );
        }
        Some(values)
    }
}

/// Returns the values, if they are all strings or all 64-bit integers.
pub fn strings_or_integers(values: &[EnumValue]) -> Option<Vec<EnumValue>> {
    let strings = values.iter().all(|v| matches!(v.wire, Literal::String(_)));
    let integers =
        values.iter().all(|v| matches!(v.wire, Literal::Int(n) if i64::try_from(n).is_ok()));
    (!values.is_empty() && (strings || integers)).then(|| values.to_vec())
}

/// Returns an enum of `values`, without duplicates.
pub fn enum_schema(values: Vec<EnumValue>) -> LoweredSchema {
    let mut seen = BTreeSet::new();
    let values =
        values.into_iter().filter(|v| seen.insert(enum_values::value_key(&v.wire))).collect();
    LoweredSchema::Def(Shape::Enum(Enum { values, allows_other: false }))
}

/// Marks the enums with these ids as allowing other values.
pub fn mark_open_enums(types: &mut [TypeDef], open_enums: &BTreeSet<TypeId>) {
    for id in open_enums {
        if let Some(Shape::Enum(listed)) = types.get_mut(id.0).map(|def| &mut def.shape) {
            listed.allows_other = true;
        }
    }
}
