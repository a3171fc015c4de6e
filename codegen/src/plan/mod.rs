//! [`Api`](crate::ir::Api) → [`Plan`]: decides the names, types and documentation of the generated
//! code. `emit` only prints them.

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
mod name_conflicts;
pub mod names;
mod operation_servers;
mod operations;
mod overrides;
mod pagination;
mod problems;
mod responses;
mod rust_type;
mod samples;
mod servers;
mod signing;
mod types;
mod unsupported;
mod usage;
mod webhooks;

use std::collections::BTreeMap;

use crate::ir;
use crate::manifest::{Manifest, Names};
use crate::report::Report;
use crate::source::Node;

pub use model::{
    AcceptVariant, Argument, Body, BodyEnum, BodyMedia, BodyType, BodyVariant, Code, CodeCause,
    Construction, Content, Credential, DocText, Enum, EnumValues, ErrorCodes, Expr, Field,
    FieldEncoding, FormField, HeaderField, Headers, IdempotencyKey, Limit, LimitTarget, Mock,
    MockBody, Operation, OperationServer, Output, PageBy, Pagination, Plan, Presence,
    ProfileSetting, RaisedCode, RequestLocation, ResponseBody, ResponseEnum, ResponseVariant,
    Sample, SampleBody, Scheme, Server, ServerValues, ServerVariable, SettingMethod, Signing, Step,
    Struct, Token, TokenOperation, TypeItem, Union, UrlPiece, Variant, Webhooks,
};
pub use names::Name;
pub use overrides::NameOverrides;
pub use rust_type::RustType;

/// Plans the generated module `module` for `api`, which was read from `openapi`. Reports what is not
/// supported and what `vendor.toml` has to settle. Returns `None` if the API has no operation.
pub fn plan(
    module: &str,
    overrides: &NameOverrides<'_>,
    api: &ir::Api,
    openapi: &Node,
    report: &mut Report,
) -> Option<Plan> {
    problems::report_unsupported(api, openapi, report);
    if api.operations.is_empty() {
        problems::report_no_operation(module, openapi, report);
        return None;
    }
    report.problems.extend(overrides::check(overrides, api));
    problems::report_name_conflicts(overrides, api, openapi, report);
    let plan = plan_module(module, overrides, api);
    report.problems.extend(pagination::check(overrides, api, &plan.types, &plan.operations));
    problems::report_renamed(&plan, report);
    Some(plan)
}

/// Returns what was inferred and can be overridden in `vendor.toml`, one sentence each.
pub fn summarize_inferred(plan: &Plan) -> Vec<String> {
    let signing = signing::summarize_inferred(&plan.operations);
    [pagination::summarize_inferred(&plan.operations), signing].concat()
}

fn plan_module(module: &str, overrides: &NameOverrides<'_>, api: &ir::Api) -> Plan {
    let manifest = overrides.manifest;
    let context = Context::new(overrides, api);
    let items = types::plan(&context);
    let mut operations = operations::plan(&context);
    pagination::plan(overrides, api, items.iter().flatten(), &mut operations);
    samples::fill(&context, &items, &mut operations);
    let error_codes = catalogue::plan(&context);
    if let Some(codes) = &error_codes {
        catalogue::add_to_operations(&context, codes, &mut operations);
    }
    let (servers, server_values) = servers::plan(&context);
    let names = names_to_record(&context, &servers);
    let schemes = auth::plan(&context, &operations);
    Plan {
        module: module.to_owned(),
        title: manifest.title.clone().unwrap_or_else(|| api.title.clone()),
        doc: doc::module_doc(&context),
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

/// Returns the names to record for the next run.
fn names_to_record(context: &Context<'_>, servers: &[Server]) -> Names {
    let bare = |name: &Name| name.as_str().trim_start_matches("r#").to_owned();
    let operations = context.operation_names.iter();
    let operations = operations.map(|names| (bare(&names.method), bare(&names.request)));
    let types = context.type_names.iter().map(|name| name.as_ref().map(bare));
    let variants = servers.iter().map(|server| bare(&server.name));
    let servers = servers::absolute(context.api).map(|server| server.url.clone()).zip(variants);
    let mut names =
        overrides::names_to_record(&context.overrides, context.api, operations, types, servers);
    names.builder = builder::names_to_record(&context.overrides, &context.builder);
    names
}

/// Formats `text` as inline code of a doc comment, whatever characters it contains.
pub fn inline_code(text: &str) -> String {
    doc::inline_code(text)
}

/// Lookup tables that all parts of the plan use: computed once, then read-only.
struct Context<'a> {
    manifest: &'a Manifest,
    overrides: NameOverrides<'a>,
    api: &'a ir::Api,
    /// Whether each type is sent, received or both.
    usage: Vec<usage::Usage>,
    /// Whether the fields of each type are parts of a multipart body.
    multipart: Vec<bool>,
    /// The fields and variants that need a `Box`, as (owner, target) edges.
    boxed: boxed::Boxed,
    /// The name of each type; `None` for aliases, which are resolved where they are used.
    type_names: Vec<Option<Name>>,
    /// The names of each operation.
    operation_names: Vec<identifiers::OperationNames>,
    /// The names of the builder's methods, by key (see [`builder::BuilderMethod`]).
    builder: BTreeMap<String, Name>,
    /// The statics of the security schemes that callers can set credentials for, by key.
    schemes: BTreeMap<String, Name>,
    /// Resolves relative links in descriptions.
    links: doc::Links,
}

impl<'a> Context<'a> {
    fn new(overrides: &NameOverrides<'a>, api: &'a ir::Api) -> Self {
        let manifest = overrides.manifest;
        let event = manifest.webhooks.as_ref().and_then(|it| it.event.as_deref());
        let type_names = identifiers::type_names(overrides, api);
        Self {
            manifest,
            overrides: *overrides,
            api,
            usage: usage::compute_usage(api, event),
            multipart: bodies::multipart_types(api),
            boxed: boxed::find_cycles(api),
            operation_names: identifiers::operation_names(overrides, api, &type_names),
            type_names,
            builder: builder::method_names(overrides, api),
            schemes: auth::scheme_constants(api),
            links: doc::Links::new(manifest.docs.as_deref()),
        }
    }

    /// Returns the Rust type of `ty`, with aliases resolved.
    fn rust_type(&self, ty: &ir::Type) -> RustType {
        rust_type::rust_type(self.api, &self.type_names, ty)
    }
}
