//! Constraints on values: how each is documented, and how it is checked before sending.

use super::doc::{Links, deprecated, inline_code, item_doc, join, wrapped};
use super::{DocText, LimitRule, RuleValue};
use crate::ir::{Api, Constraints, Doc, Literal, Scalar, Shape, Type};

/// A kind of value, by the constraints that apply to it.
#[derive(Clone, Copy, PartialEq)]
pub enum ValueKind<'t> {
    /// A string.
    String,
    /// A number.
    Number,
    /// An enum, which validates its values itself.
    Enum,
    /// An array of items of this type.
    List(&'t Type),
    /// A map with values of this type.
    Map(&'t Type),
    /// Any JSON value.
    Any,
    /// Any other kind.
    Other,
}

/// Returns the kind of the values of a type.
pub fn value_kind<'t>(api: &Api, ty: &'t Type) -> ValueKind<'t> {
    match ty {
        Type::Any => ValueKind::Any,
        Type::Nullable(inner) => value_kind(api, inner),
        Type::List(inner) => ValueKind::List(inner),
        Type::Map(inner) => ValueKind::Map(inner),
        Type::Scalar(scalar) => match scalar {
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint64
            | Scalar::Number
            | Scalar::Decimal
            | Scalar::UnixTime => ValueKind::Number,
            Scalar::Bool | Scalar::Binary => ValueKind::Other,
            Scalar::String
            | Scalar::Secret
            | Scalar::DecimalString
            | Scalar::Format(_)
            | Scalar::Uri
            | Scalar::Base64 => ValueKind::String,
        },
        Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Enum(_)) => ValueKind::Enum,
            Some(Shape::Id) => ValueKind::String,
            Some(Shape::Union(_)) => ValueKind::Any,
            Some(Shape::Struct(_)) | None => ValueKind::Other,
        },
    }
}

/// Returns the rules that a value of this kind can violate.
pub fn rules(constraints: &Constraints, kind: ValueKind<'_>) -> Vec<LimitRule> {
    let c = constraints;
    let can_be = |expected: ValueKind<'_>| kind == ValueKind::Any || kind == expected;
    let is_list = matches!(kind, ValueKind::Any | ValueKind::List(_));
    let is_object = matches!(kind, ValueKind::Any | ValueKind::Map(_) | ValueKind::Other);
    let range = |name, min: Option<u64>, max: Option<u64>| {
        let is_set = min.is_some() || max.is_some();
        is_set.then_some(LimitRule { name, value: RuleValue::Range(min, max) })
    };
    let number = |name, literal: &Option<Literal>| {
        let value = literal.as_ref().and_then(number_value)?;
        can_be(ValueKind::Number).then_some(LimitRule { name, value })
    };
    let minimum = if c.exclusive_minimum { "exclusive_minimum" } else { "minimum" };
    let maximum = if c.exclusive_maximum { "exclusive_maximum" } else { "maximum" };
    let pattern = c.pattern.clone().filter(|_| can_be(ValueKind::String)).map(RuleValue::Text);
    let rules = [
        range("length", c.min_length, c.max_length).filter(|_| can_be(ValueKind::String)),
        range("item_count", c.min_items, c.max_items).filter(|_| is_list),
        range("property_count", c.min_properties, c.max_properties).filter(|_| is_object),
        pattern.map(|value| LimitRule { name: "pattern", value }),
        number(minimum, &c.minimum),
        number(maximum, &c.maximum),
        number("multiple_of", &c.multiple_of),
        (c.unique_items && is_list)
            .then_some(LimitRule { name: "unique_items", value: RuleValue::Flag }),
    ];
    rules.into_iter().flatten().collect()
}

fn number_value(literal: &Literal) -> Option<RuleValue> {
    match literal {
        Literal::Int(number) => Some(RuleValue::Int(*number)),
        Literal::Float(number) => number.is_finite().then_some(RuleValue::Float(*number)),
        Literal::String(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}

/// Documents the field `name` with its description, limits and default.
pub fn field_doc(
    links: &Links,
    doc: &Doc,
    constraints: &Constraints,
    default: Option<&Literal>,
    name: &str,
) -> DocText {
    let mut sentences = limit_sentences(constraints);
    if let Some(default) = default {
        sentences.push(format!("Default: {}.", inline_code(&literal_text(default))));
    }
    let text = join(item_doc(links, doc, name), wrapped(&sentences.join(" ")));
    if doc.deprecated { join(text, deprecated()) } else { text }
}

/// Returns a sentence for the documentation of each constraint.
fn limit_sentences(c: &Constraints) -> Vec<String> {
    let mut out = Vec::new();
    let mut range = |unit: &str, low: Option<u64>, high: Option<u64>| {
        let counted = |n: u64| if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") };
        match (low, high) {
            (Some(low), Some(high)) if low == high => {
                out.push(format!("Exactly {}.", counted(low)))
            }
            (Some(low), Some(high)) => out.push(format!("{low} to {}.", counted(high))),
            (Some(low), None) => out.push(format!("At least {}.", counted(low))),
            (None, Some(high)) => out.push(format!("At most {}.", counted(high))),
            (None, None) => {}
        }
    };
    range("character", c.min_length, c.max_length);
    range("item", c.min_items, c.max_items);
    range("field", c.min_properties, c.max_properties);
    if let Some(low) = &c.minimum {
        let word = if c.exclusive_minimum { "More than" } else { "At least" };
        out.push(format!("{word} {}.", literal_text(low)));
    }
    if let Some(high) = &c.maximum {
        let word = if c.exclusive_maximum { "Less than" } else { "At most" };
        out.push(format!("{word} {}.", literal_text(high)));
    }
    if let Some(step) = &c.multiple_of {
        out.push(format!("A multiple of {}.", literal_text(step)));
    }
    if c.unique_items {
        out.push("Items must be unique.".to_owned());
    }
    if let Some(pattern) = &c.pattern {
        out.push(format!("Pattern: {}.", inline_code(pattern)));
    }
    if let Some(items) = &c.items {
        out.extend(
            limit_sentences(items)
                .into_iter()
                .map(|limit| format!("Each: {}", lower_first(&limit))),
        );
    }
    out
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::String(text) => format!("{text:?}"),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => n.to_string(),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    }
}
