//! [`Api`](crate::ir::Api) → [`Plan`]: everything decided that the printed Rust will say. `emit`
//! reads it and decides nothing.

mod answers;
mod boxed;
mod catalogue;
pub mod clashes;
mod derives;
mod doc;
mod identifiers;
pub mod left_out;
mod model;
pub mod names;
mod operations;
mod rust_type;
mod servers;
mod types;
mod usage;

use crate::ir;
use crate::manifest::Manifest;
pub use model::{
    AnswerBody, AnswerVariant, Answers, Argument, Body, BodyType, CausePlace, Code, CodeCause,
    Construction, DocText, Enum, EnumValues, ErrorCodes, Field, Item, Mode, Operation, Output,
    Plan, Server, Struct, Union, UrlPiece, Variant,
};
pub use names::Name;
pub use rust_type::RustType;

/// Decides everything the printed module will say.
pub fn plan(module: &str, manifest: &Manifest, api: &ir::Api) -> Plan {
    let context = Context::new(module, manifest, api);
    let operations = operations::plan(&context);
    let error_codes = catalogue::plan(&context);
    Plan {
        module: module.to_owned(),
        title: manifest.title.clone().unwrap_or_else(|| api.title.clone()),
        doc: doc::module(&context),
        servers: servers::plan(&context),
        types: types::plan(&context),
        components: types::components(&context),
        operations,
        error_codes,
    }
}

/// Inline code for a doc comment, whatever the text holds.
pub fn inline_code(text: &str) -> String {
    doc::code(text)
}

/// What every part of the plan looks things up in: computed once, read-only.
struct Context<'a> {
    manifest: &'a Manifest,
    api: &'a ir::Api,
    /// What callers send and receive, by type.
    usage: Vec<usage::Usage>,
    /// Fields and variants that need a `Box`, as (owner, target) edges.
    boxed: boxed::Boxed,
    /// The names of types, by type; `None` for aliases, which are resolved where they are used.
    type_names: Vec<Option<Name>>,
    /// The names of operations, by operation.
    operation_names: Vec<identifiers::OperationNames>,
    /// Where relative links of descriptions lead.
    links: doc::Links,
}

impl<'a> Context<'a> {
    fn new(_module: &str, manifest: &'a Manifest, api: &'a ir::Api) -> Self {
        Self {
            manifest,
            api,
            usage: usage::of(api),
            boxed: boxed::of(api),
            type_names: identifiers::types(manifest, api),
            operation_names: identifiers::operations(manifest, api),
            links: doc::Links::new(manifest.docs.as_deref()),
        }
    }

    /// A type as Rust writes it, aliases resolved.
    fn rust(&self, ty: &ir::Type) -> RustType {
        rust_type::of(self, ty)
    }
}
