//! The files of a module: what each contains, imports and exports.

use super::DocText;
use crate::plan::naming::Name;

/// A source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path in the module, such as `operations/orders.rs`.
    pub path: String,
    /// Its documentation.
    pub doc: DocText,
    /// What it imports, in groups that are separated by empty lines.
    pub imports: Vec<Vec<Use>>,
    /// What it contains.
    pub content: FileContent,
}

/// What a file contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileContent {
    /// The client, its builder and its servers.
    Client,
    /// The security schemes.
    Auth,
    /// The parameters that are set once for all calls.
    Settings,
    /// The signature profile of requests.
    Signature,
    /// The receiver of webhooks.
    Webhooks,
    /// Types, by their index in the plan.
    Types(Vec<usize>),
    /// The enum of error codes.
    ErrorCodes,
    /// Enums of error responses that several operations share, by their index in the plan.
    Errors(Vec<usize>),
    /// The mock server, its resources of a file, and its operations, by their index in the plan.
    Mock {
        /// What the mock server exports, if its operations are in other files. `None`: it has all of them.
        modules: Option<Modules>,
        /// The file of the resources. `None`: the server itself, with all resources if there are no other
        /// files.
        file: Option<Name>,
        /// The operations.
        operations: Vec<usize>,
    },
    /// The resources of a file, and operations, by their index in the plan.
    Operations {
        /// The file of the resources.
        file: Name,
        /// The operations.
        operations: Vec<usize>,
    },
    /// Nothing but modules and what they export.
    Modules(Modules),
}

/// The modules that a file declares, and what it exports of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modules {
    /// The modules.
    pub modules: Vec<Module>,
    /// What is exported.
    pub exports: Vec<Use>,
}

/// A module declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Module {
    /// Its name, as it is printed.
    pub name: String,
    /// Whether it is public.
    pub is_public: bool,
    /// The Cargo feature without which it does not exist.
    pub feature: Option<ModuleFeature>,
}

/// The Cargo feature of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModuleFeature {
    /// The mock server.
    Mock,
    /// The verification of webhooks, which may need an algorithm that no call needs.
    Webhooks,
    /// A resource, or a file of types that several resources use.
    Part(String),
}

/// A `use` declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// What it names: `super::types`.
    pub path: String,
    /// Whether it exports that too.
    pub is_public: bool,
    /// The Cargo feature without which it does not exist.
    pub feature: Option<ModuleFeature>,
    /// Whether what it names may be empty, if features are disabled.
    pub may_be_empty: bool,
}
