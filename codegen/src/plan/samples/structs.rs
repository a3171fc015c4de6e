//! Sample values of structs.

use serde_json::Value;

use super::{Expr, Fields, Passing, SampleExpr, SampleWriter};
use crate::ir;
use crate::plan::{Construction, Field, Presence, Struct};

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
        let passing = match item.construction {
            Construction::New | Construction::Default => Passing::Into,
            Construction::NewFromFields(_) => Passing::Exact,
        };
        let mut arguments = Vec::new();
        let mut by_name = Vec::new();
        for (field, schema) in item.fields.iter().zip(&shape.fields) {
            let value = values.get(&field.wire);
            if field.is_argument() {
                let sample = self.required_field(field, schema, value?, passing)?;
                lost += sample.lost;
                arguments.push((field.name.clone(), sample.expr));
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
        let expr = match &item.construction {
            Construction::New => {
                let arguments = arguments.into_iter().map(|(_, argument)| argument);
                Expr::New(name, arguments.collect(), by_name)
            }
            Construction::Default => Expr::Default(name, by_name),
            Construction::NewFromFields(fields) => {
                Expr::NewFromFields(name, fields.clone(), arguments, by_name)
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
            let null = SampleExpr::lossless(Expr::PatchNull);
            return Some(is_patch.then_some(null));
        }
        // `impl Into<Patch<T>>` accepts a `T`, but no other value that converts into a `T`.
        let passing = if is_patch { Passing::Exact } else { Passing::Into };
        self.value(&schema.ty, &field.ty, value, passing).map(Some)
    }
}
