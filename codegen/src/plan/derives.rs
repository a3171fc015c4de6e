//! The traits that types derive.

use super::{Field, Presence};

/// Returns the derives of a struct. `Default` is only derived if no field is required, and `Debug`
/// if it prints all fields. `Eq` and `Hash` never are: one new `number` in a response would remove
/// them again.
pub fn struct_derives(fields: &[Field]) -> Vec<&'static str> {
    let is_optional =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::Patch);
    let is_derived = |derive: &&str| match *derive {
        "Debug" => !fields.iter().any(|field| field.redacted),
        "Default" => fields.iter().all(is_optional),
        _ => true,
    };
    ["Debug", "Clone", "Default", "PartialEq"].into_iter().filter(is_derived).collect()
}

/// Returns the derives of a union.
pub fn union_derives() -> Vec<&'static str> {
    vec!["Debug", "Clone", "PartialEq"]
}
