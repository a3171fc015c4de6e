//! The same member in two parts of an `allOf`. Settled when every type is known.

use super::spot::{At, Spot};
use crate::ir::{Enum, Field, Literal, Scalar, Shape, Struct, Type, TypeDef, TypeId, TypeName};
use crate::report::{Place, Problem, Report};
use super::{choice, constraints, doc};

/// How deep types are compared.
const DEEPEST: usize = 16;

/// A member that several parts of an `allOf` declare.
#[derive(Debug)]
pub struct Conflict {
    /// Pointer of the struct.
    owner: String,
    /// The member.
    wire: String,
    /// The member as each part has it, with the part's place.
    found: Vec<(Place, String, Field)>,
}

impl Conflict {
    /// The member `wire` of the struct at `owner`.
    pub fn new(owner: &Spot<'_>, wire: &str, found: Vec<(At<'_>, Field)>) -> Self {
        let found = found.into_iter().map(|(at, field)| (at.spot.place(), at.spot.pointer, field)).collect();
        Self { owner: owner.pointer.clone(), wire: wire.to_owned(), found }
    }
}

/// Gives each member its one type.
pub fn settle(types: &mut Vec<TypeDef>, conflicts: Vec<Conflict>, report: &mut Report) {
    for conflict in conflicts {
        let owner = types.iter().position(|def| def.pointer == conflict.owner && matches!(def.shape, Shape::Struct(_)));
        let mut found = conflict.found.into_iter();
        let (Some(owner), Some((_, first, mut field))) = (owner, found.next()) else { continue };
        for (place, pointer, next) in found {
            field = match specific(types, &field.ty, &next.ty, 0) {
                Some(ty) => both(field, next, ty),
                None => match unite(types, owner, &field.ty, &next) {
                    Some(ty) => both(field, next, ty),
                    None => {
                        let what = format!("two parts of an `allOf` declare `{}` differently; this one holds", conflict.wire);
                        let problem = Problem::warning(place, what).label(format!("the other is {first}"));
                        report.push(problem.help(format!("{pointer} and {first} should have one type")));
                        next
                    }
                },
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
        constraints: constraints::over(later.constraints, earlier.constraints),
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
        (Type::Nullable(a), Type::Nullable(b)) => Some(Type::Nullable(Box::new(specific(types, a, b, depth + 1)?))),
        (Type::Nullable(a), b) => specific(types, a, b, depth + 1),
        (a, Type::Nullable(b)) => specific(types, a, b, depth + 1),
        (Type::List(a), Type::List(b)) => Some(Type::List(Box::new(specific(types, a, b, depth + 1)?))),
        (Type::Map(a), Type::Map(b)) => Some(Type::Map(Box::new(specific(types, a, b, depth + 1)?))),
        (Type::Scalar(x), Type::Scalar(y)) => scalars(*x, *y).map(Type::Scalar),
        (Type::Named(x), Type::Named(y)) => named(types, (*x, a), (*y, b), depth),
        (Type::Named(id), other) | (other, Type::Named(id)) => covered(types, *id, other, depth),
        _ => None,
    }
}

fn scalars(a: Scalar, b: Scalar) -> Option<Scalar> {
    let text = |s| matches!(s, Scalar::Secret | Scalar::Decimal | Scalar::DateTime | Scalar::Date | Scalar::Uuid | Scalar::Uri | Scalar::Base64);
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
        (Shape::Struct(_) | Shape::Union(_), Type::Map(value)) => **value == Type::Any,
        (Shape::Enum(e), Type::Scalar(Scalar::Text)) => text(e),
        (Shape::Enum(e), Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Number)) => !text(e),
        _ => false,
    };
    covers.then_some(Type::Named(id))
}

fn named(types: &[TypeDef], (a, a_ty): (TypeId, &Type), (b, b_ty): (TypeId, &Type), depth: usize) -> Option<Type> {
    match (&types.get(a.0)?.shape, &types.get(b.0)?.shape) {
        (Shape::Alias(target), _) => specific(types, target, b_ty, depth + 1),
        (_, Shape::Alias(target)) => specific(types, a_ty, target, depth + 1),
        (Shape::Enum(x), Shape::Enum(y)) => {
            let (less, more) = (choice::is_subset(&y.values, &x.values), choice::is_subset(&x.values, &y.values));
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
        twin.is_some_and(|twin| specific(types, &f.ty, &twin.ty, depth + 1).as_ref() == Some(&twin.ty))
    }) && (some.rest.is_none() || all.rest.is_some())
}

/// Two structs as one new one with the members of both: what `allOf` means for a member.
fn unite(types: &mut Vec<TypeDef>, owner: usize, a: &Type, later: &Field) -> Option<Type> {
    let shape = |ty: &Type| match ty {
        Type::Named(id) => types.get(id.0).and_then(|def| match &def.shape {
            Shape::Struct(shape) => Some((def.clone(), shape.clone())),
            Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
        }),
        _ => None,
    };
    let ((_, mut one), (def, other)) = (shape(a)?, shape(&later.ty)?);
    for field in other.fields {
        match one.fields.iter_mut().find(|f| f.wire == field.wire) {
            None => one.fields.push(field),
            Some(twin) => {
                let ty = specific(types, &twin.ty, &field.ty, 0)?;
                *twin = both(twin.clone(), field, ty);
            }
        }
    }
    one.rest = one.rest.or(other.rest);
    let mut words = match &types.get(owner)?.name {
        TypeName::Inline(words) => words.clone(),
        TypeName::Component(key) => vec![key.clone()],
    };
    words.push(later.wire.clone());
    types.push(TypeDef { name: TypeName::Inline(words), shape: Shape::Struct(one), ..def });
    Some(Type::Named(TypeId(types.len() - 1)))
}
