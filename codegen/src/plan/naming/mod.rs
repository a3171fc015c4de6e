//! Naming: collects what needs a name, assigns the names, and records them.
//!
//! The names here are those that more than one part of the plan uses, or that are recorded. The
//! rest of the plan looks them up. Names inside one item (its fields, variants and arguments) are
//! claimed from a [`Scope`] of the item where it is planned.

mod assign;
mod check;
mod claim;
mod conflicts;
mod constants;
mod field_structs;
mod identifier;
mod keys;
mod operations;
mod overrides;
mod recorded;
mod repeated_ids;
mod requests;
mod resources;
mod scope;

pub use assign::{AssignedNames, assign_names, claim_error_names};
pub use check::check;
pub use conflicts::{NameConflict, find_conflicts};
pub use constants::{Constant, field_constant, parameter_constant};
pub use field_structs::MAX_ARGUMENTS;
pub use identifier::{Case, Name, change_case, escape, name};
pub use keys::{
    scheme_key, server_key, server_list_key, setting_name_key, token_key, token_parameter_key,
};
pub use operations::OperationNames;
pub use overrides::NameOverrides;
pub use recorded::{has_features, names_to_record, renamed};
pub use resources::client_type;
pub use scope::Scope;
