//! The traits that types derive.

use super::{Field, Presence};

/// Returns the derives of a struct. `Default` is only derived if no field is required. `Eq` and
/// `Hash` never are: one new `number` in a response would remove them again.
pub fn struct_derives(fields: &[Field]) -> Vec<&'static str> {
    let is_optional =
        |field: &Field| matches!(field.presence, Presence::Optional | Presence::Patch);
    if fields.iter().all(is_optional) {
        vec!["Debug", "Clone", "Default", "PartialEq"]
    } else {
        vec!["Debug", "Clone", "PartialEq"]
    }
}

/// Returns the derives of a union.
pub fn union_derives() -> Vec<&'static str> {
    vec!["Debug", "Clone", "PartialEq"]
}
