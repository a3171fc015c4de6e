//! Sample values of structs.

use serde_json::{Map, Value};

use super::{Expr, Fields, Passing, SampleExpr, SampleWriter};
use crate::ir;
use crate::plan::types::is_argument;
use crate::plan::{Construction, Field, Name, Presence, Struct};

impl SampleWriter<'_> {
    /// Converts an object to an expression that constructs the struct as callers do.
    pub(super) fn object(
        &self,
        item: &Struct,
        shape: &ir::Struct,
        value: &Value,
    ) -> Option<SampleExpr> {
        let values = value.as_object()?;
        let is_declared = |name: &String| shape.fields.iter().any(|field| field.wire == *name);
        let mut lost = values.keys().filter(|name| !is_declared(name)).count();
        let mut arguments = Vec::new();
        let mut by_name = Vec::new();
        for (field, schema) in item.fields.iter().zip(&shape.fields) {
            let value = values.get(&field.wire);
            if item.construction == Construction::Literal {
                let sample = self.literal_field(field, schema, value)?;
                lost += sample.lost;
                by_name.push((field.name.clone(), sample.expr));
            } else if is_argument(field) {
                let sample = self.required_field(field, schema, value?, Passing::Into)?;
                lost += sample.lost;
                arguments.push(sample.expr);
            } else if field.constant.is_some() && field.is_always_present() {
                lost += usize::from(!self.is_constant(field, schema, value?));
            } else if let (Some(value), Some(setter)) =
                (self.included(schema, value), &field.setter)
            {
                match self.setter_argument(field, schema, value)? {
                    Some(sample) => {
                        lost += sample.lost;
                        by_name.push((setter.clone(), sample.expr));
                    }
                    None => lost += 1,
                }
            }
        }
        let name = item.name.clone();
        let expr = match item.construction {
            Construction::New => Expr::New(name, arguments, by_name),
            Construction::Default => Expr::Default(name, by_name),
            Construction::Literal => {
                by_name.extend(self.additional_fields(item, shape, values)?);
                Expr::Literal(name, by_name)
            }
        };
        Some(SampleExpr { expr, lost })
    }

    /// Returns whether a value is the one that the client writes.
    fn is_constant(&self, field: &Field, schema: &ir::Field, value: &Value) -> bool {
        let expr = self.value(&schema.ty, &field.ty, value, Passing::Exact).map(|it| it.expr);
        let variant = field.constant.as_ref().map(|constant| &constant.variant);
        matches!(expr, Some(Expr::Variant(_, name, None)) if Some(&name) == variant)
    }

    /// Returns the value of an optional field, if the sample includes it.
    fn included<'v>(&self, field: &ir::Field, value: Option<&'v Value>) -> Option<&'v Value> {
        value.filter(|_| self.fields == Fields::All || field.required)
    }

    fn required_field(
        &self,
        field: &Field,
        schema: &ir::Field,
        value: &Value,
        passing: Passing,
    ) -> Option<SampleExpr> {
        match field.presence {
            Presence::Nullable if value.is_null() => Some(SampleExpr::lossless(Expr::None)),
            Presence::Nullable => {
                Some(self.value(&schema.ty, &field.ty, value, Passing::Exact)?.map(Expr::Some))
            }
            _ => self.value(&schema.ty, &field.ty, value, passing),
        }
    }

    /// Converts a value to the argument of a setter; `Some(None)` if the setter cannot express
    /// `null`.
    fn setter_argument(
        &self,
        field: &Field,
        schema: &ir::Field,
        value: &Value,
    ) -> Option<Option<SampleExpr>> {
        if field.has_setter_without_argument() {
            let nothing = SampleExpr::lossless(Expr::Nothing);
            return Some(self.is_constant(field, schema, value).then_some(nothing));
        }
        let is_patch = field.presence == Presence::Patch;
        if value.is_null() {
            let null = SampleExpr::lossless(Expr::Patch("Null", None));
            return Some(is_patch.then_some(null));
        }
        // `impl Into<Patch<T>>` accepts a `T`, but no other value that converts into a `T`.
        let passing = if is_patch { Passing::Exact } else { Passing::Into };
        self.value(&schema.ty, &field.ty, value, passing).map(Some)
    }

    /// Converts a value to a field of a struct literal.
    fn literal_field(
        &self,
        field: &Field,
        schema: &ir::Field,
        value: Option<&Value>,
    ) -> Option<SampleExpr> {
        if field.is_always_present() {
            return self.required_field(field, schema, value?, Passing::Exact);
        }
        let value = self.included(schema, value).filter(|_| !schema.read_only);
        let is_patch = field.presence == Presence::Patch;
        let expr = match value {
            None if is_patch => Expr::Patch("Absent", None),
            Some(Value::Null) if is_patch => Expr::Patch("Null", None),
            None | Some(Value::Null) => Expr::None,
            Some(value) => {
                let sample = self.value(&schema.ty, &field.ty, value, Passing::Exact)?;
                return Some(sample.map(|value| match is_patch {
                    true => Expr::Patch("Value", Some(value)),
                    false => Expr::Some(value),
                }));
            }
        };
        Some(SampleExpr::lossless(expr))
    }

    /// Converts undeclared properties to the field of a struct literal for additional properties.
    fn additional_fields(
        &self,
        item: &Struct,
        shape: &ir::Struct,
        values: &Map<String, Value>,
    ) -> Option<Option<(Name, Expr)>> {
        let (Some((name, rust)), Some(ty)) = (&item.additional, &shape.additional) else {
            return Some(None);
        };
        let is_declared = |name: &String| shape.fields.iter().any(|field| field.wire == *name);
        let mut entries = Vec::new();
        for (key, value) in values.iter().filter(|(key, _)| !is_declared(key)) {
            entries.push((key.clone(), self.value(ty, rust, value, Passing::Exact)?.expr));
        }
        Some(Some((name.clone(), Expr::Map(entries))))
    }
}
