//! Merges a property that several parts of an `allOf` declare, once all types are known.

use super::aliases::{self, Replacements};
use super::cursor::NodeCursor;
use super::doc;
use super::schema::{constraints, enum_values};
use crate::depth::MAX_COMPARED_DEPTH;
use crate::ir::{
    Enum, Field, Literal, Scalar, Shape, Struct, Type, TypeDef, TypeId, TypeName, Union, Variant,
};
use crate::report::{Location, Problem, Report};

/// A property that several parts of an `allOf` declare.
#[derive(Debug)]
pub struct DuplicateProperty {
    /// JSON pointer of the struct.
    owner: String,
    /// The property's name.
    wire: String,
    /// The declarations, with location and JSON pointer.
    declarations: Vec<(Location, String, Field)>,
}

impl DuplicateProperty {
    /// Creates it for the property `wire` of the struct at `owner`.
    pub fn new(
        owner: &NodeCursor<'_>,
        wire: &str,
        declarations: Vec<(NodeCursor<'_>, Field)>,
    ) -> Self {
        let declarations = declarations
            .into_iter()
            .map(|(cursor, field)| (cursor.location(), cursor.pointer, field))
            .collect();
        Self { owner: owner.pointer.clone(), wire: wire.to_owned(), declarations }
    }

    /// Returns the JSON pointer of the struct if a later declaration refers to another component
    /// with the same type.
    pub fn owner_of_renamed_type(&self, replacements: &Replacements) -> Option<&str> {
        let resolved = |ty: &Type| {
            let mut ty = ty.clone();
            aliases::replace(&mut ty, replacements);
            ty
        };
        let mut pairs = self.declarations.iter().zip(self.declarations.iter().skip(1));
        let is_renamed = pairs.any(|((_, _, earlier), (_, _, later))| {
            earlier.ty != later.ty
                && later.ty.innermost_id().is_some()
                && resolved(&earlier.ty) == resolved(&later.ty)
        });
        is_renamed.then_some(&self.owner)
    }

    /// Replaces aliases by their targets.
    pub fn resolve_aliases(&mut self, replacements: &Replacements, report: &mut Report) {
        for (location, _, field) in &mut self.declarations {
            if aliases::replace(&mut field.ty, replacements) {
                aliases::report_depth(location.clone(), report);
            }
        }
    }
}

/// Merges the declarations of each property into one.
pub fn merge_duplicates(
    types: &mut Vec<TypeDef>,
    duplicates: Vec<DuplicateProperty>,
    report: &mut Report,
) {
    for duplicate in duplicates {
        let is_owner =
            |def: &TypeDef| def.pointer == duplicate.owner && matches!(def.shape, Shape::Struct(_));
        let owner = types.iter().position(is_owner);
        let mut declarations = duplicate.declarations.into_iter();
        let first = declarations.next();
        let (Some(owner), Some((_, first, mut field))) = (owner, first) else { continue };
        let words = property_words(types, owner, &duplicate.wire);
        for (location, pointer, next) in declarations {
            field = match merge_types(types, &words, &field.ty, &next.ty, 0) {
                Some(ty) => merge_fields(field, next, ty),
                None => {
                    let message = format!(
                        "two parts of this `allOf` declare `{}` with incompatible types; this one \
                         is used",
                        duplicate.wire
                    );
                    let problem =
                        Problem::warning(location, message).label(format!("the other is {first}"));
                    let help = format!("give {pointer} and {first} the same type");
                    report.push(problem.help(help));
                    next
                }
            };
        }
        if let Some(Shape::Struct(shape)) = types.get_mut(owner).map(|def| &mut def.shape)
            && let Some(slot) = shape.fields.iter_mut().find(|f| f.wire == duplicate.wire)
        {
            *slot = Field { required: slot.required, ..field };
        }
    }
}

/// Merges two declarations of a property. The later one wins where both have a default or a text.
fn merge_fields(earlier: Field, later: Field, ty: Type) -> Field {
    Field {
        ty,
        wire: later.wire,
        narrowed_to: later.narrowed_to,
        required: earlier.required || later.required,
        // Strictly, both parts would have to allow `null`. Responses that follow one must decode.
        nullable: earlier.nullable || later.nullable,
        read_only: earlier.read_only || later.read_only,
        write_only: earlier.write_only || later.write_only,
        computed: false,
        personal: false,
        constant: None,
        default: later.default.or(earlier.default),
        constraints: constraints::intersect(later.constraints, earlier.constraints),
        error_triggers: Vec::new(),
        doc: doc::merge_docs(later.doc, earlier.doc),
    }
}

/// Returns the more specific of two types, if every value of it is a value of the other one.
fn more_specific(types: &[TypeDef], a: &Type, b: &Type, depth: usize) -> Option<Type> {
    if a == b {
        return Some(b.clone());
    }
    if depth > MAX_COMPARED_DEPTH {
        return None;
    }
    match (a, b) {
        (Type::Any, other) | (other, Type::Any) => Some(other.clone()),
        (Type::Nullable(a), Type::Nullable(b)) => {
            Some(Type::Nullable(Box::new(more_specific(types, a, b, depth + 1)?)))
        }
        (Type::Nullable(a), b) => more_specific(types, a, b, depth + 1),
        (a, Type::Nullable(b)) => more_specific(types, a, b, depth + 1),
        (Type::List(a), Type::List(b)) => {
            Some(Type::List(Box::new(more_specific(types, a, b, depth + 1)?)))
        }
        (Type::Map(a), Type::Map(b)) => {
            Some(Type::Map(Box::new(more_specific(types, a, b, depth + 1)?)))
        }
        (Type::Scalar(x), Type::Scalar(y)) => more_specific_scalar(*x, *y).map(Type::Scalar),
        (Type::Named(x), Type::Named(y)) => more_specific_named(types, (*x, a), (*y, b), depth),
        (Type::Named(id), other) | (other, Type::Named(id)) => {
            is_more_specific(types, *id, other, depth).then_some(Type::Named(*id))
        }
        _ => None,
    }
}

fn more_specific_scalar(a: Scalar, b: Scalar) -> Option<Scalar> {
    let is_string_format = |s| {
        matches!(
            s,
            Scalar::Secret
                | Scalar::DecimalString
                | Scalar::Format(_)
                | Scalar::Uri
                | Scalar::Base64
        )
    };
    let is_narrower = |wide, s| match wide {
        Scalar::String => is_string_format(s),
        Scalar::Number => {
            matches!(s, Scalar::Int32 | Scalar::Int64 | Scalar::Uint64 | Scalar::Decimal)
        }
        Scalar::Int64 => s == Scalar::Int32,
        _ => false,
    };
    if is_narrower(a, b) { Some(b) } else { is_narrower(b, a).then_some(a) }
}

/// Whether a named type is more specific than a type without a name.
fn is_more_specific(types: &[TypeDef], id: TypeId, other: &Type, depth: usize) -> bool {
    let is_string = |e: &Enum| e.values.iter().all(|v| matches!(v.wire, Literal::String(_)));
    match (types.get(id.0).map(|def| &def.shape), other) {
        (Some(Shape::Union(_)), Type::Map(value)) => **value == Type::Any,
        (Some(Shape::Struct(shape)), Type::Map(value)) => {
            shape.fields.iter().all(|f| more_specific(types, value, &f.ty, depth + 1).is_some())
        }
        (Some(Shape::Enum(e)), Type::Scalar(Scalar::String)) => is_string(e),
        (
            Some(Shape::Enum(e)),
            Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Number | Scalar::Decimal),
        ) => !is_string(e),
        _ => false,
    }
}

/// Returns the more specific of two named types.
fn more_specific_named(
    types: &[TypeDef],
    (a, a_ty): (TypeId, &Type),
    (b, b_ty): (TypeId, &Type),
    depth: usize,
) -> Option<Type> {
    match (&types.get(a.0)?.shape, &types.get(b.0)?.shape) {
        (Shape::Enum(x), Shape::Enum(y)) => {
            if enum_values::is_subset(&y.values, &x.values) {
                Some(b_ty.clone())
            } else {
                enum_values::is_subset(&x.values, &y.values).then(|| a_ty.clone())
            }
        }
        (Shape::Struct(x), Shape::Struct(y)) => {
            if has_all(types, y, x, depth) {
                Some(b_ty.clone())
            } else {
                has_all(types, x, y, depth).then(|| a_ty.clone())
            }
        }
        (Shape::Union(u), _) if u.variants.iter().any(|v| v.ty == *b_ty) => Some(b_ty.clone()),
        (_, Shape::Union(u)) if u.variants.iter().any(|v| v.ty == *a_ty) => Some(a_ty.clone()),
        _ => None,
    }
}

/// Whether `all` has every property of `some`, with a type that is at least as specific.
fn has_all(types: &[TypeDef], all: &Struct, some: &Struct, depth: usize) -> bool {
    some.fields.iter().all(|f| {
        let same = all.fields.iter().find(|other| other.wire == f.wire);
        same.is_some_and(|same| {
            more_specific(types, &f.ty, &same.ty, depth + 1).as_ref() == Some(&same.ty)
        })
    }) && (some.additional.is_none() || all.additional.is_some())
}

/// Combines two types into a new one that satisfies both, as `allOf` requires for a property that two
/// parts declare.
fn combine_types(
    types: &mut Vec<TypeDef>,
    words: &[String],
    a: &Type,
    b: &Type,
    depth: usize,
) -> Option<Type> {
    if depth > MAX_COMPARED_DEPTH {
        return None;
    }
    let below = |word: &str| words.iter().cloned().chain([word.to_owned()]).collect::<Vec<_>>();
    match (a, b) {
        (Type::Nullable(a), b) => merge_types(types, words, a, b, depth),
        (a, Type::Nullable(b)) => merge_types(types, words, a, b, depth),
        (Type::List(a), Type::List(b)) => {
            Some(Type::List(Box::new(merge_types(types, &below("item"), a, b, depth)?)))
        }
        (Type::Map(a), Type::Map(b)) => {
            Some(Type::Map(Box::new(merge_types(types, &below("value"), a, b, depth)?)))
        }
        (Type::Named(x), Type::Named(y)) => match (shape(types, *x)?, shape(types, *y)?) {
            (Shape::Struct(a), Shape::Struct(b)) => {
                let shape = Shape::Struct(combine_structs(types, words, a, b, depth)?);
                define(types, words, *y, shape)
            }
            (Shape::Struct(_), Shape::Union(union)) => {
                add_to_variants(types, words, a, (*y, union), depth)
            }
            (Shape::Union(union), Shape::Struct(_)) => {
                add_to_variants(types, words, b, (*x, union), depth)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Defines a new type with the docs and the pointer of `template`.
fn define(
    types: &mut Vec<TypeDef>,
    words: &[String],
    template: TypeId,
    shape: Shape,
) -> Option<Type> {
    let def = types.get(template.0)?.clone();
    types.push(TypeDef { name: TypeName::Inline(words.to_vec()), shape, ..def });
    Some(Type::Named(TypeId(types.len() - 1)))
}

/// Adds a struct's properties to each variant of a union.
fn add_to_variants(
    types: &mut Vec<TypeDef>,
    words: &[String],
    shared: &Type,
    (id, union): (TypeId, Union),
    depth: usize,
) -> Option<Type> {
    let mut variants: Vec<Variant> = Vec::with_capacity(union.variants.len());
    for variant in union.variants {
        let words: Vec<String> = words.iter().chain([&variant.name]).cloned().collect();
        let ty = merge_types(types, &words, shared, &variant.ty, depth)?;
        match variants.iter_mut().find(|other| other.ty == ty) {
            Some(other) => other.tags.extend(variant.tags),
            None => variants.push(Variant { ty, ..variant }),
        }
    }
    match variants.as_slice() {
        [only] => Some(only.ty.clone()),
        _ => define(types, words, id, Shape::Union(Union { variants, ..union })),
    }
}

fn shape(types: &[TypeDef], id: TypeId) -> Option<Shape> {
    types.get(id.0).map(|def| def.shape.clone())
}

/// Returns the more specific of two types, else a new type that satisfies both.
fn merge_types(
    types: &mut Vec<TypeDef>,
    words: &[String],
    a: &Type,
    b: &Type,
    depth: usize,
) -> Option<Type> {
    more_specific(types, a, b, depth + 1).or_else(|| combine_types(types, words, a, b, depth + 1))
}

/// Returns a struct with the properties of both.
fn combine_structs(
    types: &mut Vec<TypeDef>,
    words: &[String],
    a: Struct,
    b: Struct,
    depth: usize,
) -> Option<Struct> {
    let mut combined = a;
    for field in b.fields {
        match combined.fields.iter_mut().find(|f| f.wire == field.wire) {
            None => combined.fields.push(field),
            Some(same) => {
                let words: Vec<String> = words.iter().chain([&field.wire]).cloned().collect();
                let ty = merge_types(types, &words, &same.ty, &field.ty, depth)?;
                *same = merge_fields(same.clone(), field, ty);
            }
        }
    }
    combined.additional = combined.additional.or(b.additional);
    Some(combined)
}

/// Returns the words that name the property `wire` of a type.
fn property_words(types: &[TypeDef], owner: usize, wire: &str) -> Vec<String> {
    let mut words = match types.get(owner).map(|def| &def.name) {
        Some(TypeName::Inline(words)) => words.clone(),
        Some(TypeName::Component(key)) => vec![key.clone()],
        Some(TypeName::Shared { .. }) | None => Vec::new(),
    };
    words.push(wire.to_owned());
    words
}
