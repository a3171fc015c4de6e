//! Turns API documentation pages and OpenAPI documents into Rust clients.
//!
//! The library does no I/O: it takes bytes and returns [`Files`], or else [`Diagnostics`]. (The
//! `docwright` command, which reads and writes files, is in `cli`, and what uses the network is in `fetch`,
//! each behind the feature of that name.)
//!
//! Data flows in one direction, and a stage uses only the stages before it. The functions that call
//! the stages in this order are in `pipeline`:
//!
//! | stage | what it does | result |
//! |---|---|---|
//! | [`page`] | finds the OpenAPI documents on documentation pages | [`Page`](page::Page) |
//! | [`source`] | parses YAML and JSON, with the origin of every value | [`Node`](source::Node) |
//! | [`oai_overlay`] | applies overlays of the OpenAPI Initiative | `Node` |
//! | [`dialect`] | audits every keyword and converts all formats to OpenAPI 3.0 | [`OpenApi30`](dialect::OpenApi30) |
//! | [`merge`] | merges all documents of a vendor | `OpenApi30` |
//! | [`overlay`] | applies corrections | `OpenApi30` |
//! | [`select`] | removes the operations that are not wanted | `OpenApi30` |
//! | [`lower`] | reads what the API offers | [`Api`](ir::Api) |
//! | [`infer`] | concludes what the document means but does not state | `Api` with [inferences](ir::Inference) |
//! | [`unify`] | merges equal types | `Api` |
//! | [`plan`] | decides names, types and documentation | [`Plan`](plan::Plan) |
//! | [`emit`] | prints Rust | [`Files`] |
//!
//! The [`surface`] of a planned client is what its callers see, and [`changes`] compares two of them.
//!
//! All stages use [`method`], [`style`], the [`report`] and the [`manifest`]. The [`coverage`] report
//! lists for every keyword whether it is generated, ignored or not generated.

pub mod changes;
#[cfg(feature = "cli")]
pub mod cli;
pub mod coverage;
pub mod depth;
pub mod dialect;
pub mod emit;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod files;
pub mod infer;
pub mod inspect;
pub mod ir;
pub mod lower;
pub mod manifest;
pub mod merge;
pub mod method;
pub mod oai_overlay;
pub mod overlay;
pub mod page;
mod pipeline;
pub mod plan;
pub mod report;
pub mod samples;
pub mod select;
pub mod source;
pub mod style;
pub mod surface;
pub mod unify;

#[cfg(feature = "cli")]
pub use cli::build_script;
pub use coverage::Coverage;
pub use emit::{CrateOptions, RuntimeDependency};
pub use files::Files;
pub use inspect::{Inspection, inspect};
pub use manifest::{Layout, Manifest, Names};
pub use pipeline::{
    LoadedApi, Output, Summary, Vendor, generate_crate, generate_module, generate_workspace_crate,
    load_api, referenced_files,
};
pub use report::{Problem, Report};
pub use select::Selection;
pub use source::{Diagnostics, Input, Sources};
pub use surface::Surface;
