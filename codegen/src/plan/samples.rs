//! Sample values as Rust: what each operation's request may look like.

mod structs;
mod unions;

use std::cell::Cell;

use serde_json::Value;

use super::model::{Expr, Item, Sample, SampleBody};
use super::{BodyType, Context, Operation, RustType};
use crate::ir::{self, Shape, Type, TypeId};

/// Which members of an object are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All that the value has.
    Whole,
    /// Those that are required.
    Least,
}

/// How a value is taken by what it is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// As `impl Into` of its type.
    Into,
    /// As it is.
    Itself,
}

/// A sample of every operation; none where the description leaves no value that Rust can write.
/// `items` are the types by their position in the API.
pub fn fill(context: &Context<'_>, items: &[Option<Item>], operations: &mut [Operation]) {
    let samples = |extent| Samples { context, items, extent, left: Cell::new(MOST_ALTERNATIVES) };
    for (operation, from) in operations.iter_mut().zip(&context.api.operations) {
        let (whole, least) = (samples(Extent::Whole), samples(Extent::Least));
        operation.sample = sample(&whole, &least, operation, from);
    }
}

fn sample(
    whole: &Samples<'_>,
    least: &Samples<'_>,
    operation: &Operation,
    from: &ir::Operation,
) -> Option<Sample> {
    let parameter = |argument: &super::Argument| {
        from.parameters.iter().find(|p| p.location == argument.location && p.wire == argument.wire)
    };
    let arguments = operation.arguments.iter().map(|argument| {
        let parameter = parameter(argument)?;
        whole.argument(&parameter.ty, &argument.ty, parameter.sample.as_ref()?)
    });
    let options = operation.options.iter().filter_map(|option| {
        let parameter = parameter(option).filter(|p| !p.doc.deprecated)?;
        let value = whole.argument(&parameter.ty, &option.ty, parameter.sample.as_ref()?)?;
        Some((option.name.clone(), value))
    });
    let body = match (&operation.body, from.body.as_ref().and_then(|body| body.media.first())) {
        (Some(body), Some(media)) => match body_sample(whole, least, &body.ty, media) {
            None if body.required => return None,
            sample => sample,
        },
        _ => None,
    };
    Some(Sample { arguments: arguments.collect::<Option<_>>()?, options: options.collect(), body })
}

fn body_sample(
    whole: &Samples<'_>,
    least: &Samples<'_>,
    ty: &BodyType,
    media: &ir::Media,
) -> Option<SampleBody> {
    let value = media.sample.as_ref();
    let typed = match ty {
        BodyType::Value(ty) => Some(ty.clone()),
        BodyType::Bytes => None,
        BodyType::OneOf(item) => item.variants.first()?.value.clone(),
    };
    let Some(ty) = typed else {
        let text = match value {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => "text".to_owned(),
        };
        return Some(SampleBody::File(text));
    };
    let value = value?;
    let whole = whole.value(&media.ty, &ty, value, Taken::Itself)?.expr;
    let least = least.value(&media.ty, &ty, value, Taken::Itself)?.expr;
    Some(SampleBody::Value { whole, least })
}

/// A value as Rust.
struct Written {
    expr: Expr,
    /// How many members it has no location for.
    lost: usize,
}

impl Written {
    fn whole(expr: Expr) -> Self {
        Self { expr, lost: 0 }
    }

    fn map(self, with: impl FnOnce(Box<Expr>) -> Expr) -> Self {
        Self { expr: with(Box::new(self.expr)), lost: self.lost }
    }
}

/// How many alternatives of unions are tried for one operation at most; past that none is. Unions in
/// unions ask for more than can be tried, in a description that means to keep us busy.
const MOST_ALTERNATIVES: u32 = 20_000;

/// Writes values of the API's types.
struct Samples<'a> {
    context: &'a Context<'a>,
    items: &'a [Option<Item>],
    extent: Extent,
    /// How many alternatives may still be tried.
    left: Cell<u32>,
}

impl<'a> Samples<'a> {
    /// A value as a method's argument takes it.
    fn argument(&self, ty: &Type, rust: &RustType, value: &Value) -> Option<Expr> {
        match (rust, value) {
            (RustType::Plain("String"), value) => Some(Expr::Text(text(value)?)),
            (RustType::List(inner), Value::Array(items)) => {
                let inner_type = self.inner(ty);
                let items = items
                    .iter()
                    .map(|it| Some(self.value(inner_type, inner, it, Taken::Itself)?.expr));
                Some(Expr::Slice(items.collect::<Option<_>>()?))
            }
            (rust, value) => {
                let value = self.value(ty, rust, value, Taken::Itself)?.expr;
                Some(if rust.is_copy() { value } else { Expr::Ref(Box::new(value)) })
            }
        }
    }

    fn value(&self, ty: &Type, rust: &RustType, value: &Value, taken: Taken) -> Option<Written> {
        let literal = |expr: Expr| Some(Written::whole(expr));
        match rust {
            RustType::Option(_) if value.is_null() => literal(Expr::None),
            RustType::Option(inner) => {
                Some(self.value(ty, inner, value, Taken::Itself)?.map(Expr::Some))
            }
            RustType::Boxed(inner) => {
                let value = self.value(ty, inner, value, Taken::Itself)?;
                Some(if taken == Taken::Into { value } else { value.map(Expr::Boxed) })
            }
            RustType::Plain("String") if taken == Taken::Into => literal(Expr::Text(text(value)?)),
            RustType::Plain("String") => literal(Expr::Owned(text(value)?)),
            RustType::Plain("bool") => literal(Expr::Bool(value.as_bool()?)),
            RustType::Plain("f64") => literal(Expr::Float(value.as_f64()?)),
            RustType::Plain(integer) => literal(Expr::Integer(whole(integer, value)?)),
            RustType::Runtime("Secret" | "Bytes" | "File") if taken == Taken::Into => {
                literal(Expr::Text(text(value)?))
            }
            RustType::Runtime(name @ ("Secret" | "Bytes" | "File")) => {
                literal(Expr::From(text(value)?, name))
            }
            RustType::Runtime("Json") => literal(Expr::Parsed(value.to_string(), "Json")),
            RustType::Runtime(name) => literal(Expr::Parsed(value.as_str()?.to_owned(), name)),
            RustType::List(inner) => self.list(self.inner(ty), inner, value),
            RustType::Map(inner) => self.map(self.inner(ty), inner, value),
            RustType::Named(_) => self.named(self.id(ty)?, value),
        }
    }

    fn list(&self, ty: &Type, inner: &RustType, value: &Value) -> Option<Written> {
        let items = value.as_array()?.iter();
        let items = items.map(|item| self.value(ty, inner, item, Taken::Itself));
        let items = items.collect::<Option<Vec<_>>>()?;
        let lost = items.iter().map(|item| item.lost).sum();
        let items = items.into_iter().map(|item| item.expr).collect();
        Some(Written { expr: Expr::List(items), lost })
    }

    fn map(&self, ty: &Type, inner: &RustType, value: &Value) -> Option<Written> {
        let mut lost = 0;
        let mut members = Vec::new();
        for (name, member) in value.as_object()? {
            let member = self.value(ty, inner, member, Taken::Itself)?;
            lost += member.lost;
            members.push((name.clone(), member.expr));
        }
        Some(Written { expr: Expr::Map(members), lost })
    }

    fn named(&self, id: TypeId, value: &Value) -> Option<Written> {
        match (self.items.get(id.0)?.as_ref()?, &self.context.api.types.get(id.0)?.shape) {
            (Item::Struct(item), Shape::Struct(shape)) => self.object(item, shape, value),
            (Item::Enum(item), _) => unions::listed(item, value).map(Written::whole),
            (Item::Union(item), Shape::Union(shape)) => self.alternative(item, shape, value),
            _ => None,
        }
    }

    /// The type without aliases and `null`.
    fn bare<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        // An alias of itself is none.
        for _ in 0..=self.context.api.types.len() {
            ty = match ty {
                Type::Nullable(inner) => inner,
                Type::Named(id) => match self.context.api.types.get(id.0).map(|def| &def.shape) {
                    Some(Shape::Alias(inner)) => inner,
                    _ => return ty,
                },
                _ => return ty,
            };
        }
        &Type::Any
    }

    /// What a list or map holds.
    fn inner<'t>(&'t self, ty: &'t Type) -> &'t Type {
        match self.bare(ty) {
            Type::List(inner) | Type::Map(inner) => inner,
            _ => &Type::Any,
        }
    }

    fn id(&self, ty: &Type) -> Option<TypeId> {
        match self.bare(ty) {
            Type::Named(id) => Some(*id),
            _ => None,
        }
    }
}

/// A scalar as text.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An integer that its type has room for.
fn whole(ty: &str, value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    #[allow(clippy::cast_possible_truncation, reason = "it is whole, and in range of the type")]
    let float = || number.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i128);
    let number = number.as_i128().or_else(float)?;
    let fits = match ty {
        "i32" => i32::try_from(number).is_ok(),
        "u64" => u64::try_from(number).is_ok(),
        _ => i64::try_from(number).is_ok(),
    };
    fits.then_some(number)
}
