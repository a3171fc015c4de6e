//! The names of the structs of required fields, which the constructors of types with many of them take.

use std::collections::BTreeMap;

use super::identifier::{Case, Name};
use super::scope::{RESERVED_TYPES, Scope};
use crate::ir::{Api, Shape};

/// The maximum number of arguments of a constructor, as in clippy's `too_many_arguments`.
pub const MAX_ARGUMENTS: usize = 7;

/// Names the struct of required fields of each type that may need one, by the name of the type. None has
/// the name of a type. The names are long enough that hardly any schema has them, so they are not recorded.
pub(super) fn field_struct_names(
    api: &Api,
    types: &[Option<Name>],
    generics: &[Name],
) -> BTreeMap<Name, Name> {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    for name in types.iter().flatten().chain(generics) {
        scope.reserve(name.as_str());
    }
    let types = api.types.iter().map(|def| &def.shape).zip(types);
    let types = types.filter_map(|(shape, name)| Some((shape, name.as_ref()?)));
    let generics = api.generics.iter().map(|generic| &generic.shape).zip(generics);
    let wide = types.chain(generics).filter(|(shape, _)| has_many_required(shape));
    wide.map(|(_, name)| (name.clone(), claim(&mut scope, name))).collect()
}

/// Returns whether the document requires more properties than a constructor has arguments.
fn has_many_required(shape: &Shape) -> bool {
    let Shape::Struct(shape) = shape else { return false };
    shape.fields.iter().filter(|field| field.required).count() > MAX_ARGUMENTS
}

fn claim(scope: &mut Scope, type_name: &Name) -> Name {
    let preferred = format!("{}RequiredFields", type_name.as_str());
    scope.claim_exactly(&preferred).unwrap_or_else(|| scope.claim(&preferred))
}
