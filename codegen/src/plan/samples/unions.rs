//! Sample values of enums and unions.

use serde_json::Value;

use super::{Expr, Passing, SampleExpr, SampleWriter};
use crate::ir;
use crate::plan::{Enum, EnumValues, RustType, Union, Variant};

/// Converts a value to an expression of an open enum.
pub fn enum_value(item: &Enum, value: &Value) -> Option<Expr> {
    let variant = |name: &crate::plan::Name| Expr::Variant(item.name.clone(), name.clone(), None);
    let other =
        |value: Expr| Expr::Unlisted(item.name.clone(), item.other.clone(), Box::new(value));
    match &item.values {
        EnumValues::String(values) => {
            let text = super::scalar_text(value)?;
            let known = values.iter().find(|(_, wire, _)| *wire == text);
            Some(known.map_or_else(|| other(Expr::Owned(text.clone())), |(name, ..)| variant(name)))
        }
        EnumValues::Integer(values) => {
            let number = super::integer_in_range(&RustType::I64, value)?;
            let known = values.iter().find(|(_, wire, _)| i128::from(*wire) == number);
            Some(known.map_or_else(|| other(Expr::Integer(number)), |(name, ..)| variant(name)))
        }
    }
}

impl SampleWriter<'_> {
    /// Converts a value to the variant that the tag selects, or else to the first variant that
    /// loses the fewest fields of the value.
    pub(super) fn union_value(
        &self,
        item: &Union,
        shape: &ir::Union,
        value: &Value,
    ) -> Option<SampleExpr> {
        let tag = item.tag.as_ref().and_then(|tag| value.get(tag)).and_then(super::scalar_text);
        let is_tagged =
            |variant: &Variant| tag.as_ref().is_some_and(|it| variant.tags.contains(it));
        let tag_is_known = item.variants.iter().any(is_tagged);
        let mut best: Option<SampleExpr> = None;
        for (variant, schema) in item.variants.iter().zip(&shape.variants) {
            if tag_is_known && !is_tagged(variant) {
                continue;
            }
            if self.variants_left.get() == 0 || best.as_ref().is_some_and(|best| best.lost == 0) {
                break;
            }
            self.variants_left.set(self.variants_left.get() - 1);
            let Some(sample) = self.value(&schema.ty, &variant.ty, value, Passing::Exact) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| sample.lost < best.lost) {
                let (ty, name) = (item.name.clone(), variant.name.clone());
                best = Some(sample.map(|value| Expr::Variant(ty, name, Some(value))));
            }
        }
        best.or_else(|| {
            let json = Expr::Parsed(value.to_string(), RustType::Json);
            let (ty, name) = (item.name.clone(), item.other.clone());
            Some(SampleExpr::lossless(Expr::Unlisted(ty, name, Box::new(json))))
        })
    }
}
