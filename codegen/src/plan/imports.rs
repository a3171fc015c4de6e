//! Declarations of modules and imports, in the forms that files have.

use super::model::{Module, Use};

/// Declares a module.
pub(super) fn module(name: &str, is_public: bool) -> Module {
    Module { name: name.to_owned(), is_public, feature: None }
}

/// Imports the runtime.
pub(super) fn runtime() -> Use {
    import("docwright_runtime as runtime")
}

/// Imports a path.
pub(super) fn import(path: &str) -> Use {
    Use { path: path.to_owned(), is_public: false, feature: None, may_be_empty: false }
}

/// Imports a path and exports it.
pub(super) fn export(path: String) -> Use {
    Use { path, is_public: true, feature: None, may_be_empty: false }
}
