//! Enums and unions.

use serde_json::Value;

use super::{Expr, Samples, Taken, Written};
use crate::ir;
use crate::plan::{Enum, EnumValues, Union, Variant};

/// A value of an open enum.
pub fn listed(item: &Enum, value: &Value) -> Option<Expr> {
    let variant = |name: &crate::plan::Name| Expr::Variant(item.name.clone(), name.clone(), None);
    let other =
        |value: Expr| Expr::Variant(item.name.clone(), item.other.clone(), Some(Box::new(value)));
    match &item.values {
        EnumValues::Text(values) => {
            let text = super::text(value)?;
            let found = values.iter().find(|(_, wire, _)| *wire == text);
            Some(found.map_or_else(|| other(Expr::Owned(text.clone())), |(name, ..)| variant(name)))
        }
        EnumValues::Integer(values) => {
            let number = super::whole("i64", value)?;
            let found = values.iter().find(|(_, wire, _)| i128::from(*wire) == number);
            Some(found.map_or_else(|| other(Expr::Integer(number)), |(name, ..)| variant(name)))
        }
    }
}

impl Samples<'_> {
    /// The alternative that the tag names, else the first that holds the most of the value.
    pub(super) fn alternative(
        &self,
        item: &Union,
        shape: &ir::Union,
        value: &Value,
    ) -> Option<Written> {
        let tag = item.tag.as_ref().and_then(|tag| value.get(tag)).and_then(super::text);
        let is_tagged =
            |variant: &Variant| tag.as_ref().is_some_and(|it| variant.tags.contains(it));
        let tagged = item.variants.iter().any(is_tagged);
        let mut best: Option<Written> = None;
        for (variant, from) in item.variants.iter().zip(&shape.variants) {
            if tagged && !is_tagged(variant) {
                continue;
            }
            if self.left.get() == 0 || best.as_ref().is_some_and(|best| best.lost == 0) {
                break;
            }
            self.left.set(self.left.get() - 1);
            let Some(written) = self.value(&from.ty, &variant.ty, value, Taken::Itself) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| written.lost < best.lost) {
                let (ty, name) = (item.name.clone(), variant.name.clone());
                best = Some(written.map(|value| Expr::Variant(ty, name, Some(value))));
            }
        }
        best.or_else(|| {
            let json = Expr::Parsed(value.to_string(), "Json");
            let (ty, name) = (item.name.clone(), item.other.clone());
            Some(Written::whole(Expr::Variant(ty, name, Some(Box::new(json)))))
        })
    }
}
