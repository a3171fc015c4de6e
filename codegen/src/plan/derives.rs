//! What a struct derives: `Default` is worth having only where nothing is required. `Eq` and `Hash`
//! are left out on purpose: one new `number` in a response would take them away again.

use super::{Field, Mode};

/// The derives of a struct.
pub fn of_struct(fields: &[Field]) -> Vec<&'static str> {
    let optional = fields.iter().all(|f| matches!(f.mode, Mode::Optional | Mode::Patch));
    if optional {
        vec!["Debug", "Clone", "Default", "PartialEq"]
    } else {
        vec!["Debug", "Clone", "PartialEq"]
    }
}

/// The derives of a union.
pub fn of_union() -> Vec<&'static str> {
    vec!["Debug", "Clone", "PartialEq"]
}
