//! The same member in two parts of an `allOf`. Settled when every type is known.

use super::cursor::{NodeCursor, SchemaAt};
use super::{choice, constraints, doc};
use crate::ir::{
    Enum, Field, Literal, Scalar, Shape, Struct, Type, TypeDef, TypeId, TypeName, Union, Variant,
};
use crate::report::{Location, Problem, Report};

/// How deep types are compared.
const DEEPEST: usize = 16;

/// A member that several parts of an `allOf` declare.
#[derive(Debug)]
pub struct Conflict {
    /// Pointer of the struct.
    owner: String,
    /// The member.
    wire: String,
    /// The member as each part has it, with the part's location.
    found: Vec<(Location, String, Field)>,
}

impl Conflict {
    /// The member `wire` of the struct at `owner`.
    pub fn new(owner: &NodeCursor<'_>, wire: &str, found: Vec<(SchemaAt<'_>, Field)>) -> Self {
        let found = found
            .into_iter()
            .map(|(at, field)| (at.cursor.location(), at.cursor.pointer, field))
            .collect();
        Self { owner: owner.pointer.clone(), wire: wire.to_owned(), found }
    }
}

/// Gives each member its one type.
pub fn settle(types: &mut Vec<TypeDef>, conflicts: Vec<Conflict>, report: &mut Report) {
    for conflict in conflicts {
        let owner = types
            .iter()
            .position(|def| def.pointer == conflict.owner && matches!(def.shape, Shape::Struct(_)));
        let mut found = conflict.found.into_iter();
        let (Some(owner), Some((_, first, mut field))) = (owner, found.next()) else { continue };
        let words = words(types, owner, &conflict.wire);
        for (location, pointer, next) in found {
            field = match joined(types, &words, &field.ty, &next.ty, 0) {
                Some(ty) => both(field, next, ty),
                None => {
                    let what = format!(
                        "two parts of an `allOf` declare `{}` differently; this one holds",
                        conflict.wire
                    );
                    let problem =
                        Problem::warning(location, what).label(format!("the other is {first}"));
                    report
                        .push(problem.help(format!("{pointer} and {first} should have one type")));
                    next
                }
            };
        }
        if let Some(Shape::Struct(shape)) = types.get_mut(owner).map(|def| &mut def.shape)
            && let Some(slot) = shape.fields.iter_mut().find(|f| f.wire == conflict.wire)
        {
            *slot = Field { required: slot.required, ..field };
        }
    }
}

/// One member that says what both say; the later has the first word.
fn both(earlier: Field, later: Field, ty: Type) -> Field {
    Field {
        ty,
        wire: later.wire,
        required: earlier.required || later.required,
        // Strictly both would have to allow `null`; a value that one part announces must not fail.
        nullable: earlier.nullable || later.nullable,
        read_only: earlier.read_only || later.read_only,
        write_only: earlier.write_only || later.write_only,
        default: later.default.or(earlier.default),
        constraints: constraints::both(later.constraints, earlier.constraints),
        raised: Vec::new(),
        doc: doc::over(later.doc, earlier.doc),
    }
}

/// The type of the two that says more, if one of them says all that the other does.
fn specific(types: &[TypeDef], a: &Type, b: &Type, depth: usize) -> Option<Type> {
    if a == b {
        return Some(b.clone());
    }
    if depth > DEEPEST {
        return None;
    }
    match (a, b) {
        (Type::Any, other) | (other, Type::Any) => Some(other.clone()),
        (Type::Nullable(a), Type::Nullable(b)) => {
            Some(Type::Nullable(Box::new(specific(types, a, b, depth + 1)?)))
        }
        (Type::Nullable(a), b) => specific(types, a, b, depth + 1),
        (a, Type::Nullable(b)) => specific(types, a, b, depth + 1),
        (Type::List(a), Type::List(b)) => {
            Some(Type::List(Box::new(specific(types, a, b, depth + 1)?)))
        }
        (Type::Map(a), Type::Map(b)) => {
            Some(Type::Map(Box::new(specific(types, a, b, depth + 1)?)))
        }
        (Type::Scalar(x), Type::Scalar(y)) => scalars(*x, *y).map(Type::Scalar),
        (Type::Named(x), Type::Named(y)) => named(types, (*x, a), (*y, b), depth),
        (Type::Named(id), other) | (other, Type::Named(id)) => covered(types, *id, other, depth),
        _ => None,
    }
}

fn scalars(a: Scalar, b: Scalar) -> Option<Scalar> {
    let text = |s| {
        matches!(
            s,
            Scalar::Secret
                | Scalar::Decimal
                | Scalar::DateTime
                | Scalar::Date
                | Scalar::Uuid
                | Scalar::Uri
                | Scalar::Base64
        )
    };
    let narrow = |wide, s| match wide {
        Scalar::Text => text(s),
        Scalar::Number => matches!(s, Scalar::Int32 | Scalar::Int64 | Scalar::Uint64),
        Scalar::Int64 => s == Scalar::Int32,
        _ => false,
    };
    if narrow(a, b) { Some(b) } else { narrow(b, a).then_some(a) }
}

/// A named type beside one that has no name.
fn covered(types: &[TypeDef], id: TypeId, other: &Type, depth: usize) -> Option<Type> {
    let text = |e: &Enum| e.values.iter().all(|v| matches!(v.wire, Literal::Text(_)));
    let covers = match (&types.get(id.0)?.shape, other) {
        (Shape::Alias(target), other) => {
            let ty = specific(types, target, other, depth + 1)?;
            return Some(if ty == *target { Type::Named(id) } else { ty });
        }
        (Shape::Union(_), Type::Map(value)) => **value == Type::Any,
        (Shape::Struct(shape), Type::Map(value)) => {
            shape.fields.iter().all(|f| specific(types, value, &f.ty, depth + 1).is_some())
        }
        (Shape::Enum(e), Type::Scalar(Scalar::Text)) => text(e),
        (Shape::Enum(e), Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Number)) => !text(e),
        _ => false,
    };
    covers.then_some(Type::Named(id))
}

fn named(
    types: &[TypeDef],
    (a, a_ty): (TypeId, &Type),
    (b, b_ty): (TypeId, &Type),
    depth: usize,
) -> Option<Type> {
    match (&types.get(a.0)?.shape, &types.get(b.0)?.shape) {
        (Shape::Alias(target), _) => specific(types, target, b_ty, depth + 1),
        (_, Shape::Alias(target)) => specific(types, a_ty, target, depth + 1),
        (Shape::Enum(x), Shape::Enum(y)) => {
            let (less, more) =
                (choice::is_subset(&y.values, &x.values), choice::is_subset(&x.values, &y.values));
            if less { Some(b_ty.clone()) } else { more.then(|| a_ty.clone()) }
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

/// Whether `all` has every member of `some`, with a type that says as much.
fn has_all(types: &[TypeDef], all: &Struct, some: &Struct, depth: usize) -> bool {
    some.fields.iter().all(|f| {
        let twin = all.fields.iter().find(|other| other.wire == f.wire);
        twin.is_some_and(|twin| {
            specific(types, &f.ty, &twin.ty, depth + 1).as_ref() == Some(&twin.ty)
        })
    }) && (some.rest.is_none() || all.rest.is_some())
}

/// What both types say together, as a new type: what `allOf` means for a member that two parts have.
fn unite(
    types: &mut Vec<TypeDef>,
    words: &[String],
    a: &Type,
    b: &Type,
    depth: usize,
) -> Option<Type> {
    if depth > DEEPEST {
        return None;
    }
    let below = |word: &str| words.iter().cloned().chain([word.to_owned()]).collect::<Vec<_>>();
    match (a, b) {
        (Type::Nullable(a), b) => joined(types, words, a, b, depth),
        (a, Type::Nullable(b)) => joined(types, words, a, b, depth),
        (Type::List(a), Type::List(b)) => {
            Some(Type::List(Box::new(joined(types, &below("item"), a, b, depth)?)))
        }
        (Type::Map(a), Type::Map(b)) => {
            Some(Type::Map(Box::new(joined(types, &below("value"), a, b, depth)?)))
        }
        (Type::Named(x), Type::Named(y)) => match (shape(types, *x)?, shape(types, *y)?) {
            (Shape::Alias(a), _) => joined(types, words, &a, b, depth),
            (_, Shape::Alias(b)) => joined(types, words, a, &b, depth),
            (Shape::Struct(one), Shape::Struct(other)) => {
                let shape = Shape::Struct(structs(types, words, one, other, depth)?);
                define(types, words, *y, shape)
            }
            (Shape::Struct(_), Shape::Union(union)) => beside(types, words, a, (*y, union), depth),
            (Shape::Union(union), Shape::Struct(_)) => beside(types, words, b, (*x, union), depth),
            _ => None,
        },
        _ => None,
    }
}

/// A new type instead of `old`.
fn define(types: &mut Vec<TypeDef>, words: &[String], old: TypeId, shape: Shape) -> Option<Type> {
    let def = types.get(old.0)?.clone();
    types.push(TypeDef { name: TypeName::Inline(words.to_vec()), shape, ..def });
    Some(Type::Named(TypeId(types.len() - 1)))
}

/// A union beside a struct: each alternative has the struct's members, too.
fn beside(
    types: &mut Vec<TypeDef>,
    words: &[String],
    members: &Type,
    (id, union): (TypeId, Union),
    depth: usize,
) -> Option<Type> {
    let mut variants: Vec<Variant> = Vec::with_capacity(union.variants.len());
    for variant in union.variants {
        let words: Vec<String> = words.iter().chain([&variant.name]).cloned().collect();
        let ty = joined(types, &words, members, &variant.ty, depth)?;
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

fn joined(
    types: &mut Vec<TypeDef>,
    words: &[String],
    a: &Type,
    b: &Type,
    depth: usize,
) -> Option<Type> {
    specific(types, a, b, depth + 1).or_else(|| unite(types, words, a, b, depth + 1))
}

fn structs(
    types: &mut Vec<TypeDef>,
    words: &[String],
    one: Struct,
    other: Struct,
    depth: usize,
) -> Option<Struct> {
    let mut one = one;
    for field in other.fields {
        match one.fields.iter_mut().find(|f| f.wire == field.wire) {
            None => one.fields.push(field),
            Some(twin) => {
                let words: Vec<String> = words.iter().chain([&field.wire]).cloned().collect();
                let ty = joined(types, &words, &twin.ty, &field.ty, depth)?;
                *twin = both(twin.clone(), field, ty);
            }
        }
    }
    one.rest = one.rest.or(other.rest);
    Some(one)
}

/// The words of the member `wire` of a type.
fn words(types: &[TypeDef], owner: usize, wire: &str) -> Vec<String> {
    let mut words = match types.get(owner).map(|def| &def.name) {
        Some(TypeName::Inline(words)) => words.clone(),
        Some(TypeName::Component(key)) => vec![key.clone()],
        None => Vec::new(),
    };
    words.push(wire.to_owned());
    words
}
