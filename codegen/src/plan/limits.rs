//! Limits on values that are sent, for validation on demand.

use super::constraints::{ValueKind, rules, value_kind};
use super::{Context, Limit, LimitRule, LimitTarget, RaisedCode, RuleValue};
use crate::ir::{self, Constraints, ErrorTrigger, Type, TypeId};

/// Returns the limits on the fields of a struct. `None` if the struct is never sent, or if it has
/// no limits and is not a request body.
pub fn struct_limits(context: &Context<'_>, id: TypeId, shape: &ir::Struct) -> Option<Vec<Limit>> {
    let sent = context.usage.get(id.0).is_some_and(|usage| usage.sent);
    if !sent {
        return None;
    }
    // If there are limits on additional fields, validation has to know the declared ones.
    let lists_all = shape.additional.is_some();
    let (mut limits, nothing) = (Vec::new(), Constraints::default());
    for field in shape.fields.iter().filter(|field| lists_all || !field.read_only) {
        let value = LimitedValue {
            ty: &field.ty,
            required: field.required && !field.read_only,
            constraints: &field.constraints,
            triggers: &field.error_triggers,
        };
        let target = LimitTarget::Field(field.wire.clone());
        match limit(context, target.clone(), &value) {
            Some(limit) => limits.push(limit),
            None if lists_all => limits.push(Limit::nothing(target)),
            None => {}
        }
    }
    if let Some(ty) = &shape.additional {
        let constraints = shape.additional_constraints.as_deref().unwrap_or(&nothing);
        let value = LimitedValue { ty, required: false, constraints, triggers: &[] };
        let additional = limit(context, LimitTarget::Unnamed, &value);
        limits.push(additional.unwrap_or_else(|| Limit::nothing(LimitTarget::Unnamed)));
    }
    (!limits.is_empty() || is_body(context, id)).then_some(limits)
}

/// Returns the limits on the parameters of an operation, and on its body as a whole.
pub fn operation_limits(context: &Context<'_>, operation: &ir::Operation) -> Vec<Limit> {
    let mut limits = Vec::new();
    for parameter in &operation.parameters {
        let value = LimitedValue {
            ty: &parameter.ty,
            required: parameter.required,
            constraints: &parameter.constraints,
            triggers: &parameter.error_triggers,
        };
        let target = LimitTarget::Parameter(parameter.location, parameter.wire.clone());
        limits.extend(limit(context, target, &value));
    }
    let media = operation.body.iter().flat_map(|body| &body.media);
    let mut bodies: Vec<Option<Limit>> = media
        .map(|media| {
            let value = LimitedValue {
                ty: &media.ty,
                required: false,
                constraints: &media.constraints,
                triggers: &media.error_triggers,
            };
            limit(context, LimitTarget::Unnamed, &value)
        })
        .collect();
    // If the limits depend on the media type, the types of an enum of bodies carry them instead.
    bodies.dedup();
    if let [Some(body)] = bodies.as_slice() {
        limits.push(body.clone());
    }
    limits
}

fn is_body(context: &Context<'_>, id: TypeId) -> bool {
    let media = context.api.operations.iter().filter_map(|o| o.body.as_ref());
    media.flat_map(|body| &body.media).any(|media| *media.ty.without_null() == Type::Named(id))
}

/// A value with what the document states about it.
struct LimitedValue<'v> {
    ty: &'v Type,
    required: bool,
    constraints: &'v Constraints,
    triggers: &'v [ErrorTrigger],
}

/// Returns the limits on a value; `None` if every value of its type is valid.
fn limit(context: &Context<'_>, target: LimitTarget, value: &LimitedValue<'_>) -> Option<Limit> {
    let api = context.api;
    let kind = value_kind(api, value.ty);
    let raised_code = |kind: &str| {
        let is_raised = |it: &&ErrorTrigger| it.item_depth == 0 && it.kind == kind;
        value.triggers.iter().find(is_raised).map(|trigger| RaisedCode {
            code: trigger.code.clone(),
            message: trigger.message.clone().unwrap_or_default(),
        })
    };
    let (missing, invalid) = (raised_code("missing"), raised_code("invalid"));
    let mut rules = rules(value.constraints, kind);
    if let Some(items) = item_limits(context, value, kind) {
        rules.push(LimitRule { name: "items", value: RuleValue::Limit(Box::new(items)) });
    }
    let min_length = value.constraints.min_length.unwrap_or_default();
    let may_be_empty = missing.is_none() && (kind == ValueKind::Enum || min_length == 0);
    let non_empty =
        value.required && matches!(kind, ValueKind::String | ValueKind::Enum) && !may_be_empty;
    let can_be_invalid = match kind {
        ValueKind::Enum | ValueKind::Any => true,
        ValueKind::List(inner) | ValueKind::Map(inner) => item_can_be_invalid(api, inner),
        ValueKind::String | ValueKind::Number | ValueKind::Other => false,
    };
    let has_codes = can_be_invalid && (missing.is_some() || invalid.is_some());
    let is_limited = non_empty || has_codes || !rules.is_empty();
    is_limited.then_some(Limit { target, non_empty, rules, missing, invalid })
}

/// Returns whether a list or map item can be invalid by its type alone, without limits of its own.
fn item_can_be_invalid(api: &ir::Api, ty: &Type) -> bool {
    match value_kind(api, ty) {
        ValueKind::Enum | ValueKind::Any => true,
        ValueKind::List(inner) | ValueKind::Map(inner) => {
            !matches!(inner, Type::Any | Type::Scalar(_))
        }
        ValueKind::String | ValueKind::Number | ValueKind::Other => false,
    }
}

/// Returns the limits on the items of a list or the values of a map.
fn item_limits(
    context: &Context<'_>,
    value: &LimitedValue<'_>,
    kind: ValueKind<'_>,
) -> Option<Limit> {
    let inner = match kind {
        ValueKind::List(inner) | ValueKind::Map(inner) => inner,
        ValueKind::Any => &Type::Any,
        ValueKind::String | ValueKind::Number | ValueKind::Enum | ValueKind::Other => return None,
    };
    let nothing = Constraints::default();
    let for_item = |trigger: &ErrorTrigger| {
        let item_depth = trigger.item_depth.checked_sub(1)?;
        Some(ErrorTrigger { item_depth, ..trigger.clone() })
    };
    let triggers: Vec<ErrorTrigger> = value.triggers.iter().filter_map(for_item).collect();
    let constraints = value.constraints.items.as_deref().unwrap_or(&nothing);
    if *constraints == nothing && triggers.is_empty() {
        return None;
    }
    let item = LimitedValue { ty: inner, required: false, constraints, triggers: &triggers };
    limit(context, LimitTarget::Unnamed, &item)
}
