//! `enum`

use std::collections::BTreeSet;

use super::choice::Choice;
use super::flat::SchemaView;
use super::literal::whole;
use super::schema::LoweredSchema;
use super::{Lower, choice};
use crate::ir::{Enum, Literal, Scalar, Shape, Type, TypeDef, TypeId};

impl<'a> Lower<'a> {
    /// A schema with listed values: an enum of texts or of integers, else its base type.
    pub fn enumeration(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        match flat.ty {
            None => match kind(&flat.values) {
                Some(values) => listed(values),
                None if flat.values.iter().all(|v| matches!(v.wire, Literal::Bool(_))) => {
                    LoweredSchema::Type(Type::Scalar(Scalar::Bool))
                }
                None => self.base(flat),
            },
            Some("string") => listed(self.texts(flat)),
            // A response may hold `1.5` one day, and a value that is not listed must survive.
            Some("number") => {
                let what = "listed values of a `number` are not an enum; any number is allowed";
                self.note(flat.cursor.location_of("enum"), what);
                self.plain(&SchemaView { values: Vec::new(), ..flat.clone() })
            }
            Some("integer") => match self.integers(flat) {
                Some(values) => listed(values),
                None => self.base(flat),
            },
            Some("boolean") => {
                if let [only] = flat.values.as_slice() {
                    let value = choice::key(&only.wire).1;
                    self.note(
                        flat.cursor.location_of("enum"),
                        format!("that only `{value}` is allowed is not kept"),
                    );
                }
                LoweredSchema::Type(Type::Scalar(Scalar::Bool))
            }
            Some(_) => self.base(flat),
        }
    }

    fn base(&mut self, flat: &SchemaView<'a>) -> LoweredSchema {
        let what = "the listed values are neither all texts nor all integers of 64 bits; any value of the type is allowed";
        self.note(flat.cursor.location_of("enum"), what);
        let bare = SchemaView { values: Vec::new(), ..flat.clone() };
        self.plain(&bare)
    }

    /// The values as texts; YAML reads `1` and `true` as something else.
    fn texts(&mut self, flat: &SchemaView<'a>) -> Vec<Choice> {
        let mut other = false;
        let values = flat.values.iter().cloned().map(|v| match v.wire {
            Literal::Text(_) => v,
            wire => {
                other = true;
                Choice { wire: Literal::Text(choice::key(&wire).1), ..v }
            }
        });
        let values = values.collect();
        if other {
            self.note(
                flat.cursor.location_of("enum"),
                "not every value is a string, as `type` says; each is read as its text",
            );
        }
        values
    }

    /// The values as integers, if they are.
    fn integers(&mut self, flat: &SchemaView<'a>) -> Option<Vec<Choice>> {
        let mut text = false;
        let values: Option<Vec<Choice>> = flat
            .values
            .iter()
            .cloned()
            .map(|v| {
                let wire = match whole(v.wire) {
                    Literal::Int(n) => n,
                    Literal::Text(digits) => {
                        text = true;
                        digits.trim().parse().ok()?
                    }
                    _ => return None,
                };
                i64::try_from(wire).ok()?;
                Some(Choice { wire: Literal::Int(wire), ..v })
            })
            .collect();
        let values = values?;
        if text {
            self.note(
                flat.cursor.location_of("enum"),
                "not every value is a number, as `type` says; each is read as a number",
            );
        }
        Some(values)
    }
}

/// The values, if they are all texts or all integers.
pub fn kind(values: &[Choice]) -> Option<Vec<Choice>> {
    let text = values.iter().all(|v| matches!(v.wire, Literal::Text(_)));
    let int = values.iter().all(|v| matches!(v.wire, Literal::Int(n) if i64::try_from(n).is_ok()));
    (!values.is_empty() && (text || int)).then(|| values.to_vec())
}

/// An enum of `values`.
pub fn listed(values: Vec<Choice>) -> LoweredSchema {
    let mut seen = BTreeSet::new();
    let values = values.into_iter().filter(|v| seen.insert(choice::key(&v.wire))).collect();
    LoweredSchema::Def(Shape::Enum(Enum { values, any: false }))
}

/// Says of enums, named by these types or their aliases, that any other value is allowed too.
pub fn open(types: &mut [TypeDef], opened: &BTreeSet<TypeId>) {
    for id in opened {
        let mut at = *id;
        for _ in 0..types.len() {
            match types.get_mut(at.0).map(|def| &mut def.shape) {
                Some(Shape::Alias(Type::Named(target))) => at = *target,
                Some(Shape::Enum(listed)) => {
                    listed.any = true;
                    break;
                }
                _ => break,
            }
        }
    }
}
