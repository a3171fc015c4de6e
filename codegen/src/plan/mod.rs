//! [`Api`](crate::ir::Api) → [`Plan`]: decides the names, types and documentation of the generated
//! code. `emit` only prints them.

mod accept;
mod auth;
mod bodies;
mod boxed;
mod catalogue;
mod clears;
mod client_settings;
mod constraints;
mod context;
mod derives;
mod doc;
mod environment;
mod errors;
mod files;
mod front_page;
mod headers;
mod imports;
mod layout;
mod limits;
mod mocks;
mod model;
pub mod naming;
mod operation_servers;
mod operations;
mod pagination;
mod part_files;
mod problems;
mod resources;
mod responses;
mod retry;
mod rust_type;
mod samples;
mod server_urls;
mod servers;
mod signing;
mod type_docs;
mod types;
mod unsupported;
mod webhooks;

use crate::ir;
use crate::manifest::Names;
use crate::report::Report;
use crate::source::Node;
use context::Context;
pub use model::*;
pub use naming::{Constant, Name, NameOverrides};
pub use rust_type::{ParameterForm, RustType, format_type};

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
    naming::check(overrides, api, report);
    let plan = plan_module(module, overrides, api);
    errors::check_names(overrides, &plan.operations, report);
    let methods = plan.operations.iter().map(|operation| &operation.method);
    let conflicts = naming::find_conflicts(overrides, api, methods);
    problems::report_name_conflicts(conflicts, openapi, report);
    problems::report_renamed(&naming::renamed(overrides.recorded, &plan.names), report);
    Some(plan)
}

fn context<'a>(overrides: &NameOverrides<'a>, api: &'a ir::Api) -> Context<'a> {
    let manifest = overrides.manifest;
    let event = manifest.webhook_event();
    let names = naming::assign_names(overrides, api);
    Context {
        manifest,
        api,
        overrides: *overrides,
        usage: ir::compute_usage(api, event),
        multipart: bodies::multipart_types(api),
        boxed: boxed::find_cycles(api),
        calls: resources::call_paths(api, &names),
        names,
        links: doc::Links::new(manifest.docs.as_deref()),
    }
}

fn plan_module(module: &str, overrides: &NameOverrides<'_>, api: &ir::Api) -> Plan {
    let manifest = overrides.manifest;
    let context = context(overrides, api);
    let items = types::plan(&context);
    let mut operations = operations::plan(&context);
    pagination::plan(api, items.iter().flatten(), &mut operations);
    samples::fill(&context, &items, &mut operations);
    let errors = errors::share(overrides, &context.names.types, &mut operations);
    let error_codes = catalogue::plan(&context);
    if let Some(codes) = &error_codes {
        catalogue::add_to_operations(&context, codes, &mut operations);
    }
    let (servers, server_values) = servers::plan(&context);
    let schemes = auth::plan(&context, &operations);
    let settings = client_settings::plan(&context, &items);
    let types = types::sorted(items);
    let layout = layout::assign_files(&context, overrides, &types, &mut operations);
    let operation_servers = operation_servers::plan(&context);
    let signing = signing::plan(&context);
    let plan = Plan {
        module: module.to_owned(),
        title: manifest.title.clone().unwrap_or_else(|| api.title.clone()),
        doc: doc::module_doc(manifest, api, &context.links),
        front_page: FrontPage::default(),
        files: Vec::new(),
        root: Modules::default(),
        login_methods: environment::login_methods(&schemes),
        environment: environment::plan(&context, module, &schemes),
        servers,
        server_values,
        operation_servers,
        settings,
        schemes,
        types,
        client_certificates: auth::client_certificates_doc(api),
        signing,
        retry_headers: retry::plan(manifest),
        webhooks: webhooks::plan(&context),
        runtime_features: signing::runtime_features(&context, &operations),
        components: types::components(&context),
        mocks: mocks::plan(&operations),
        resources: resources::plan(&context),
        type_files: layout.files,
        features: Vec::new(),
        webhook_features: Vec::new(),
        operations,
        error_codes,
        type_names: context.names.types.clone(),
        names: Names {
            files: layout.recorded,
            ..naming::names_to_record(overrides, api, &context.names, &errors.names)
        },
        error_files: Vec::new(),
        errors: errors.enums,
    };
    plan_files(plan)
}

/// Plans the first page, the features, and the files, which follow from the rest.
fn plan_files(plan: Plan) -> Plan {
    let plan = match plan.names.features {
        Some(true) => {
            let plan = Plan { error_files: layout::error_files(&plan), ..plan };
            Plan { features: layout::plan_features(&plan), ..plan }
        }
        Some(false) | None => plan,
    };
    let plan = Plan { webhook_features: layout::webhook_features(&plan), ..plan };
    let front_page =
        front_page::plan(&plan.environment, &plan.servers, &plan.schemes, &plan.operations);
    Plan { files: files::plan(&plan), root: files::plan_root(&plan), front_page, ..plan }
}

/// Formats `text` as inline code of a doc comment, whatever characters it contains.
pub fn inline_code(text: &str) -> String {
    doc::inline_code(text)
}
