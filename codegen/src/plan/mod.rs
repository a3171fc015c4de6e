//! [`Api`](crate::ir::Api) → [`Plan`]: everything decided that the printed Rust will say. `emit`
//! reads it and decides nothing.

mod accept;
mod auth;
mod bodies;
mod boxed;
mod builder;
mod catalogue;
mod derives;
mod doc;
mod headers;
mod identifiers;
mod limits;
mod mocks;
mod model;
pub mod name_conflicts;
pub mod names;
mod operation_servers;
mod operations;
mod overrides;
pub mod pagination;
mod responses;
mod rust_type;
mod samples;
mod servers;
pub mod signing;
mod types;
pub mod unsupported;
mod usage;
mod webhooks;

use std::collections::BTreeMap;

use crate::ir;
use crate::manifest::{Manifest, Names};
pub use identifiers::method_word;
pub use model::{
    AcceptVariant, Argument, Body, BodyEnum, BodyMedia, BodyType, BodyVariant, Choice, Code,
    CodeCause, Construction, Content, Credential, DocText, Enum, EnumValues, ErrorCodes, Expr,
    Field, FieldEncoding, FormField, HeaderField, Headers, IdempotencyKey, Item, Limit,
    LimitTarget, Mock, MockBody, Mode, Operation, OperationServer, Output, PageBy, Pagination,
    Plan, RaisedCode, RequestLocation, ResponseBody, ResponseEnum, ResponseVariant, Sample,
    SampleBody, Scheme, Server, ServerValues, ServerVariable, SettingMethod, Signing, Step, Struct,
    Token, TokenOperation, Union, UrlPiece, Variant, Webhooks,
};
pub use names::Name;
pub use overrides::{NameOverrides, check as check_names};
pub use rust_type::RustType;

/// Decides everything the printed module will say.
pub fn plan(module: &str, overrides: &NameOverrides<'_>, api: &ir::Api) -> Plan {
    let manifest = overrides.manifest;
    let context = Context::new(overrides, api);
    let items = types::plan(&context);
    let mut operations = operations::plan(&context);
    pagination::plan(overrides, api, items.iter().flatten(), &mut operations);
    samples::fill(&context, &items, &mut operations);
    let error_codes = catalogue::plan(&context);
    if let Some(codes) = &error_codes {
        catalogue::tell(&context, codes, &mut operations);
    }
    let (servers, server_values) = servers::plan(&context);
    let names = record(&context, &servers);
    let schemes = auth::plan(&context, &operations);
    Plan {
        module: module.to_owned(),
        title: manifest.title.clone().unwrap_or_else(|| api.title.clone()),
        doc: doc::module(&context),
        servers,
        server_values,
        operation_servers: operation_servers::plan(&context),
        schemes,
        types: types::sorted(items),
        signing: signing::plan(&context),
        retry_headers: manifest.retry.iter().flat_map(|it| &it.headers).cloned().collect(),
        webhooks: webhooks::plan(&context),
        runtime_features: signing::runtime_features(&context, &operations),
        components: types::components(&context),
        mocks: mocks::plan(&operations),
        operations,
        error_codes,
        type_names: context.type_names.clone(),
        renamed: overrides::renamed(overrides.recorded, &names),
        names,
    }
}

/// The names that are given here and have to stay.
fn record(context: &Context<'_>, servers: &[Server]) -> Names {
    let bare = |name: &Name| name.as_str().trim_start_matches("r#").to_owned();
    let operations = context.operation_names.iter().map(|names| bare(&names.method));
    let types = context.type_names.iter().map(|name| name.as_ref().map(bare));
    let addresses = servers::absolute(context.api);
    let servers = addresses.zip(servers).map(|(from, made)| (from.url.clone(), bare(&made.name)));
    let mut names = overrides::record(&context.overrides, context.api, operations, types, servers);
    names.builder = builder::record(&context.overrides, &context.builder);
    names
}

/// Inline code for a doc comment, whatever the text holds.
pub fn inline_code(text: &str) -> String {
    doc::code(text)
}

/// What every part of the plan looks things up in: computed once, read-only.
struct Context<'a> {
    manifest: &'a Manifest,
    overrides: NameOverrides<'a>,
    api: &'a ir::Api,
    /// What callers send and receive, by type.
    usage: Vec<usage::Usage>,
    /// Whether a type's members are parts of a multipart body, by type.
    parts: Vec<bool>,
    /// Fields and variants that need a `Box`, as (owner, target) edges.
    boxed: boxed::Boxed,
    /// The names of types, by type; `None` for aliases, which are resolved where they are used.
    type_names: Vec<Option<Name>>,
    /// The names of operations, by operation.
    operation_names: Vec<identifiers::OperationNames>,
    /// The names of the builder's methods, by what they are for.
    builder: BTreeMap<String, Name>,
    /// The statics of the security schemes that are offered, by key.
    schemes: BTreeMap<String, Name>,
    /// Where relative links of descriptions lead.
    links: doc::Links,
}

impl<'a> Context<'a> {
    fn new(overrides: &NameOverrides<'a>, api: &'a ir::Api) -> Self {
        let manifest = overrides.manifest;
        let event = manifest.webhooks.as_ref().and_then(|it| it.event.as_deref());
        Self {
            manifest,
            overrides: *overrides,
            api,
            usage: usage::of(api, event),
            parts: bodies::of_parts(api),
            boxed: boxed::of(api),
            type_names: identifiers::types(overrides, api),
            operation_names: identifiers::operations(overrides, api),
            builder: builder::names(overrides, api),
            schemes: auth::constants(api),
            links: doc::Links::new(manifest.docs.as_deref()),
        }
    }

    /// A type as Rust writes it, aliases resolved.
    fn rust(&self, ty: &ir::Type) -> RustType {
        rust_type::of(self.api, &self.type_names, ty)
    }
}
