//! What is asked of values that are sent, for checks on request.

use super::{Context, Limit, LimitTarget, RaisedCode};
use crate::ir::{self, Constraints, ErrorTrigger, Scalar, Shape, Type, TypeId};

/// What a struct asks of its members; nothing where it is never sent, or asks nothing and is nobody's
/// body.
pub fn of_struct(context: &Context<'_>, id: TypeId, shape: &ir::Struct) -> Option<Vec<Limit>> {
    let sent = context.usage.get(id.0).is_some_and(|usage| usage.sent);
    if !sent {
        return None;
    }
    // Beside members that nobody has named, those with a name have to be told apart.
    let all = shape.rest.is_some();
    let (mut limits, nothing) = (Vec::new(), Constraints::default());
    for field in shape.fields.iter().filter(|field| all || !field.read_only) {
        let subject = Subject {
            ty: &field.ty,
            required: field.required && !field.read_only,
            constraints: &field.constraints,
            raised: &field.raised,
        };
        let location = LimitTarget::Member(field.wire.clone());
        match limit(context, location.clone(), &subject) {
            Some(limit) => limits.push(limit),
            None if all => limits.push(Limit::nothing(location)),
            None => {}
        }
    }
    if let Some(rest) = &shape.rest {
        let constraints = shape.rest_constraints.as_deref().unwrap_or(&nothing);
        let subject = Subject { ty: rest, required: false, constraints, raised: &[] };
        let rest = limit(context, LimitTarget::Others, &subject);
        limits.push(rest.unwrap_or_else(|| Limit::nothing(LimitTarget::Others)));
    }
    (!limits.is_empty() || is_body(context, id)).then_some(limits)
}

/// What an operation asks of its parameters, and of its body as a whole.
pub fn of_operation(context: &Context<'_>, operation: &ir::Operation) -> Vec<Limit> {
    let mut limits = Vec::new();
    for parameter in &operation.parameters {
        let subject = Subject {
            ty: &parameter.ty,
            required: parameter.required,
            constraints: &parameter.constraints,
            raised: &parameter.raised,
        };
        let location = LimitTarget::Parameter(parameter.location, parameter.wire.clone());
        limits.extend(limit(context, location, &subject));
    }
    let media = operation.body.iter().flat_map(|body| &body.media);
    let mut bodies: Vec<Option<Limit>> = media
        .map(|media| {
            let subject = Subject {
                ty: &media.ty,
                required: false,
                constraints: &media.constraints,
                raised: &media.raised,
            };
            limit(context, LimitTarget::Others, &subject)
        })
        .collect();
    // Where media types ask for different things, the body has a type for each, or asks for none.
    bodies.dedup();
    if let [Some(body)] = bodies.as_slice() {
        limits.push(body.clone());
    }
    limits
}

fn is_body(context: &Context<'_>, id: TypeId) -> bool {
    let media = context.api.operations.iter().filter_map(|o| o.body.as_ref());
    media.flat_map(|body| &body.media).any(|media| resolved(context.api, &media.ty) == Some(id))
}

/// The type that a use names, behind aliases.
fn resolved(api: &ir::Api, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        match ty {
            Type::Named(id) => match &api.types.get(id.0)?.shape {
                Shape::Alias(target) => ty = target,
                _ => return Some(*id),
            },
            Type::Nullable(inner) => ty = inner,
            _ => return None,
        }
    }
    None
}

struct Subject<'s> {
    ty: &'s Type,
    required: bool,
    constraints: &'s Constraints,
    raised: &'s [ErrorTrigger],
}

/// What is asked of a value; nothing where no value of its type can be wrong.
fn limit(context: &Context<'_>, location: LimitTarget, of: &Subject<'_>) -> Option<Limit> {
    let api = context.api;
    let kind = kind(api, of.ty, 0);
    let raises = |why: &str| {
        let mut found = of.raised.iter().filter(|raised| raised.lists == 0 && raised.why == why);
        found.next().map(|raised| RaisedCode {
            code: raised.code.clone(),
            message: raised.message.clone().unwrap_or_default(),
        })
    };
    let (missing, invalid) = (raises("missing"), raises("invalid"));
    let constraints = for_kind(of.constraints, kind);
    let may_be_empty = missing.is_none() && constraints.min_length.unwrap_or_default() == 0;
    let items = items(context, of, kind).map(Box::new);
    let filled = of.required && matches!(kind, Kind::Text | Kind::Choice) && !may_be_empty;
    let by_itself = match kind {
        Kind::Choice | Kind::Any => true,
        Kind::List(inner) | Kind::Map(inner) => matters(api, inner),
        Kind::Text | Kind::Number | Kind::Other => false,
    };
    let coded = by_itself && (missing.is_some() || invalid.is_some());
    let asks = filled || coded || items.is_some() || constraints != Constraints::default();
    asks.then_some(Limit { location, filled, constraints, items, missing, invalid })
}

/// Whether an item can be wrong by its type alone, and has no errors of its own to tell.
fn matters(api: &ir::Api, ty: &Type) -> bool {
    match kind(api, ty, 0) {
        Kind::Choice | Kind::Any => true,
        Kind::List(inner) | Kind::Map(inner) => !matches!(inner, Type::Any | Type::Scalar(_)),
        Kind::Text | Kind::Number | Kind::Other => false,
    }
}

/// What is asked of the items of a list or the values of a map.
fn items(context: &Context<'_>, of: &Subject<'_>, kind: Kind<'_>) -> Option<Limit> {
    let inner = match kind {
        Kind::List(inner) | Kind::Map(inner) => inner,
        Kind::Any => &Type::Any,
        Kind::Text | Kind::Number | Kind::Choice | Kind::Other => return None,
    };
    let nothing = Constraints::default();
    let deeper = |raised: &ErrorTrigger| {
        let lists = raised.lists.checked_sub(1)?;
        Some(ErrorTrigger { lists, ..raised.clone() })
    };
    let raised: Vec<ErrorTrigger> = of.raised.iter().filter_map(deeper).collect();
    let constraints = of.constraints.items.as_deref().unwrap_or(&nothing);
    if *constraints == nothing && raised.is_empty() {
        return None;
    }
    let subject = Subject { ty: inner, required: false, constraints, raised: &raised };
    limit(context, LimitTarget::Others, &subject)
}

/// What limits a value can have.
#[derive(Clone, Copy)]
enum Kind<'t> {
    Text,
    Number,
    /// One of listed values, which ask for themselves.
    Choice,
    List(&'t Type),
    Map(&'t Type),
    Any,
    Other,
}

fn kind<'t>(api: &'t ir::Api, ty: &'t Type, depth: usize) -> Kind<'t> {
    if depth > api.types.len() + 8 {
        return Kind::Other;
    }
    match ty {
        Type::Any => Kind::Any,
        Type::Nullable(inner) => kind(api, inner, depth + 1),
        Type::List(inner) => Kind::List(inner),
        Type::Map(inner) => Kind::Map(inner),
        Type::Scalar(scalar) => match scalar {
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint64 | Scalar::Number => Kind::Number,
            Scalar::Bool | Scalar::Binary => Kind::Other,
            Scalar::Text
            | Scalar::Secret
            | Scalar::Decimal
            | Scalar::DateTime
            | Scalar::Date
            | Scalar::Uuid
            | Scalar::Uri
            | Scalar::Base64 => Kind::Text,
        },
        Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Alias(target)) => kind(api, target, depth + 1),
            Some(Shape::Enum(_)) => Kind::Choice,
            Some(Shape::Union(_)) => Kind::Any,
            Some(Shape::Struct(_)) | None => Kind::Other,
        },
    }
}

/// The limits that a value of this kind can break.
fn for_kind(all: &Constraints, kind: Kind<'_>) -> Constraints {
    let own = all.clone();
    let nothing = Constraints::default;
    match kind {
        Kind::Any => Constraints { items: None, ..own },
        Kind::Text => Constraints {
            min_length: own.min_length,
            max_length: own.max_length,
            pattern: own.pattern,
            ..nothing()
        },
        Kind::Number => Constraints {
            minimum: own.minimum,
            maximum: own.maximum,
            exclusive_minimum: own.exclusive_minimum,
            exclusive_maximum: own.exclusive_maximum,
            multiple_of: own.multiple_of,
            ..nothing()
        },
        Kind::List(_) => Constraints {
            min_items: own.min_items,
            max_items: own.max_items,
            unique_items: own.unique_items,
            ..nothing()
        },
        Kind::Map(_) | Kind::Other => Constraints {
            min_properties: own.min_properties,
            max_properties: own.max_properties,
            ..nothing()
        },
        Kind::Choice => nothing(),
    }
}
