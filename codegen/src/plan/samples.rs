//! Sample requests of each operation, as Rust expressions.

mod examples;
mod structs;
mod unions;

use std::cell::Cell;

use serde_json::Value;

use super::model::{Expr, Sample, SampleBody, TypeItem};
use super::{BodyType, Context, Operation, RustType};
use crate::ir::{self, Shape, Type, TypeId};
use crate::samples::sample_of_format;

/// The fields of an object that a sample includes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fields {
    /// All fields of the sample value.
    All,
    /// Required fields only.
    Required,
}

/// How an argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passing {
    /// As `impl Into` of its type.
    Into,
    /// As a value of its type.
    Exact,
}

/// Adds a sample to every operation, unless the document has no value that can be written in Rust.
/// `items` are the types by their index in the API.
pub fn fill(context: &Context<'_>, items: &[Option<TypeItem>], operations: &mut [Operation]) {
    let writer = |fields| SampleWriter {
        context,
        items,
        fields,
        variants_left: Cell::new(MAX_VARIANTS_TRIED),
    };
    for (planned, operation) in operations.iter_mut().zip(&context.api.operations) {
        let (full, minimal) = (writer(Fields::All), writer(Fields::Required));
        planned.sample = operation_sample(&full, &minimal, planned, operation);
    }
}

/// Returns a sample value of a parameter, as the argument of the builder's method that sets it.
pub fn parameter_sample(
    context: &Context<'_>,
    items: &[Option<TypeItem>],
    parameter: &ir::Parameter,
    ty: &RustType,
) -> Option<Expr> {
    let variants_left = Cell::new(MAX_VARIANTS_TRIED);
    let writer = SampleWriter { context, items, fields: Fields::All, variants_left };
    let value = parameter.sample.as_ref()?;
    Some(writer.value(&parameter.ty, ty, value, Passing::Into)?.expr)
}

fn operation_sample(
    full: &SampleWriter<'_>,
    minimal: &SampleWriter<'_>,
    planned: &Operation,
    operation: &ir::Operation,
) -> Option<Sample> {
    let parameter = |argument: &super::Argument| {
        let is_argument = |parameter: &&ir::Parameter| {
            parameter.location == argument.location && parameter.wire == argument.wire
        };
        operation.parameters.iter().find(is_argument)
    };
    let arguments = planned.arguments.iter().map(|argument| {
        let parameter = parameter(argument)?;
        full.argument(&parameter.ty, &argument.ty, parameter.sample.as_ref()?)
    });
    let options = planned.options.iter().filter_map(|option| {
        let parameter = parameter(option).filter(|p| !p.doc.deprecated)?;
        if option.is_without_value() {
            return Some((option.name.clone(), Expr::Nothing));
        }
        let value = full.argument(&parameter.ty, &option.ty, parameter.sample.as_ref()?)?;
        Some((option.name.clone(), value))
    });
    let media = operation.body.as_ref().and_then(|body| body.media.first());
    let body = match (&planned.body, media) {
        (Some(body), Some(media)) if body.ty != BodyType::Empty => {
            match body_sample(full, minimal, &body.ty, media) {
                None if body.required => return None,
                sample => sample,
            }
        }
        _ => None,
    };
    Some(Sample { arguments: arguments.collect::<Option<_>>()?, options: options.collect(), body })
}

fn body_sample(
    full: &SampleWriter<'_>,
    minimal: &SampleWriter<'_>,
    ty: &BodyType,
    media: &ir::Media,
) -> Option<SampleBody> {
    let value = media.sample.as_ref();
    let value_type = match ty {
        BodyType::Value(ty) => Some(ty.clone()),
        BodyType::Bytes | BodyType::Empty => None,
        BodyType::OneOf(item) => item.variants.first()?.value.clone(),
    };
    let Some(ty) = value_type else {
        let text = match value {
            Some(Value::String(text)) => text.clone(),
            Some(value) => value.to_string(),
            None => "text".to_owned(),
        };
        let media_type = super::bodies::sample_media_type(&media.content_type);
        return Some(SampleBody::File { text, media_type });
    };
    let value = value?;
    let api = full.context.api;
    let definition = media.ty.innermost_id().and_then(|id| api.types.get(id.0));
    let has_example =
        !media.examples.is_empty() || definition.is_some_and(|def| def.doc.example.is_some());
    let full = full.value(&media.ty, &ty, value, Passing::Exact)?.expr;
    let minimal = minimal.value(&media.ty, &ty, value, Passing::Exact)?.expr;
    let example = examples::body_example(&full, minimal, has_example);
    Some(SampleBody::Value { full, example })
}

/// A sample value as a Rust expression.
struct SampleExpr {
    expr: Expr,
    /// The number of fields of the value that the type does not have.
    lost: usize,
}

impl SampleExpr {
    /// Wraps an expression that expresses the whole value.
    fn lossless(expr: Expr) -> Self {
        Self { expr, lost: 0 }
    }

    fn map(self, wrap: impl FnOnce(Box<Expr>) -> Expr) -> Self {
        Self { expr: wrap(Box::new(self.expr)), lost: self.lost }
    }
}

/// The maximum number of union variants that are tried for one operation, since unions nested in
/// unions need exponentially many.
const MAX_VARIANTS_TRIED: u32 = 20_000;

/// Converts JSON values to expressions of the API's types.
struct SampleWriter<'a> {
    context: &'a Context<'a>,
    items: &'a [Option<TypeItem>],
    fields: Fields,
    /// How many more union variants may be tried.
    variants_left: Cell<u32>,
}

impl<'a> SampleWriter<'a> {
    /// Converts a value to the argument of a method.
    fn argument(&self, ty: &Type, rust: &RustType, value: &Value) -> Option<Expr> {
        match (rust, value) {
            (RustType::String, value) => Some(Expr::Text(scalar_text(value)?)),
            (RustType::List(inner), Value::Array(items)) => {
                let item_type = self.item_type(ty);
                let items = items
                    .iter()
                    .map(|it| Some(self.value(item_type, inner, it, Passing::Exact)?.expr));
                Some(Expr::Slice(items.collect::<Option<_>>()?))
            }
            (rust, value) => {
                let value = self.value(ty, rust, value, Passing::Exact)?.expr;
                Some(if rust.is_taken_by_value() { value } else { Expr::Ref(Box::new(value)) })
            }
        }
    }

    fn value(
        &self,
        ty: &Type,
        rust: &RustType,
        value: &Value,
        passing: Passing,
    ) -> Option<SampleExpr> {
        let lossless = |expr: Expr| Some(SampleExpr::lossless(expr));
        match rust {
            RustType::Option(_) if value.is_null() => lossless(Expr::None),
            RustType::Option(inner) => {
                Some(self.value(ty, inner, value, Passing::Exact)?.map(Expr::Some))
            }
            RustType::Boxed(inner) => {
                let value = self.value(ty, inner, value, Passing::Exact)?;
                Some(if passing == Passing::Into { value } else { value.map(Expr::Boxed) })
            }
            RustType::String if passing == Passing::Into => {
                lossless(Expr::Text(scalar_text(value)?))
            }
            RustType::String => lossless(Expr::Owned(scalar_text(value)?)),
            RustType::Bool => lossless(Expr::Bool(value.as_bool()?)),
            RustType::F64 => lossless(Expr::Float(value.as_f64()?)),
            RustType::I32 | RustType::I64 | RustType::U64 => {
                lossless(Expr::Integer(integer_in_range(rust, value)?))
            }
            RustType::Secret | RustType::Bytes | RustType::File => {
                // A file may be declared as an object.
                let text = scalar_text(value).unwrap_or_else(|| value.to_string());
                lossless(match passing {
                    Passing::Into => Expr::Text(text),
                    Passing::Exact => Expr::From(text, rust.clone()),
                })
            }
            RustType::Decimal | RustType::UnixTime => {
                lossless(Expr::Parsed(value.as_number()?.to_string(), rust.clone()))
            }
            RustType::Json => lossless(Expr::Parsed(value.to_string(), RustType::Json)),
            RustType::Format(format) => {
                // A type that is inferred has samples of the declared one.
                let text = sample_of_format(format.name(), value.as_str()?);
                lossless(Expr::Parsed(text, rust.clone()))
            }
            RustType::Base64 | RustType::DecimalString | RustType::Value => {
                lossless(Expr::Parsed(value.as_str()?.to_owned(), rust.clone()))
            }
            RustType::List(inner) => self.list(self.item_type(ty), inner, value),
            RustType::Map(inner) => self.map(self.item_type(ty), inner, value),
            RustType::Named(_) => self.named_type(self.type_id(ty)?, value),
            // Only generic types have parameters, and no value has their type.
            RustType::Parameter(_) => None,
        }
    }

    fn list(&self, ty: &Type, inner: &RustType, value: &Value) -> Option<SampleExpr> {
        let items = value.as_array()?.iter();
        let items = items.map(|item| self.value(ty, inner, item, Passing::Exact));
        let items = items.collect::<Option<Vec<_>>>()?;
        let lost = items.iter().map(|item| item.lost).sum();
        let items = items.into_iter().map(|item| item.expr).collect();
        Some(SampleExpr { expr: Expr::List(items), lost })
    }

    fn map(&self, ty: &Type, inner: &RustType, value: &Value) -> Option<SampleExpr> {
        let mut lost = 0;
        let mut entries = Vec::new();
        for (key, value) in value.as_object()? {
            let value = self.value(ty, inner, value, Passing::Exact)?;
            lost += value.lost;
            entries.push((key.clone(), value.expr));
        }
        Some(SampleExpr { expr: Expr::Map(entries), lost })
    }

    fn named_type(&self, id: TypeId, value: &Value) -> Option<SampleExpr> {
        match (self.items.get(id.0)?.as_ref()?, &self.context.api.types.get(id.0)?.shape) {
            (TypeItem::Struct(item), Shape::Struct(shape)) => self.object(item, shape, value),
            (TypeItem::Enum(item), _) => unions::enum_value(item, value).map(SampleExpr::lossless),
            (TypeItem::Id(item), _) => {
                let id = RustType::Named(item.name.clone());
                Some(SampleExpr::lossless(Expr::From(scalar_text(value)?, id)))
            }
            (TypeItem::Union(item), Shape::Union(shape)) => self.union_value(item, shape, value),
            _ => None,
        }
    }

    /// Returns the type of the items of a list or the values of a map.
    fn item_type<'t>(&self, ty: &'t Type) -> &'t Type {
        match ty.without_null() {
            Type::List(inner) | Type::Map(inner) => inner,
            _ => &Type::Any,
        }
    }

    fn type_id(&self, ty: &Type) -> Option<TypeId> {
        match ty.without_null() {
            Type::Named(id) => Some(*id),
            _ => None,
        }
    }
}

/// Returns a string, number or boolean as text.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns an integer if it is in the range of the Rust type `ty`.
fn integer_in_range(ty: &RustType, value: &Value) -> Option<i128> {
    let number = value.as_number()?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the value is an integer, and its range is checked below"
    )]
    let float = || number.as_f64().filter(|it| it.fract() == 0.0).map(|it| it as i128);
    let number = number.as_i128().or_else(float)?;
    let in_range = match ty {
        RustType::I32 => i32::try_from(number).is_ok(),
        RustType::U64 => u64::try_from(number).is_ok(),
        _ => i64::try_from(number).is_ok(),
    };
    in_range.then_some(number)
}
