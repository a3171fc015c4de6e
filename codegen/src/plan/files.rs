//! The files of a module: which item is in which file, what each file imports, and what the root
//! exports.

use std::collections::BTreeMap;

use super::model::{
    FileContent, Module, ModuleFeature, Modules, ProfileSetting, SourceFile, Use, WebhookScheme,
    WebhookSetting,
};
use super::{
    BodyType, DocText, MockBody, Name, Operation, Output, Plan, ResponseBody, ResponseEnum,
    RustType, Signing, Webhooks,
};

/// The file that holds all operations if there are few.
pub(super) const ONE_FILE: &str = "operations";

const ERRORS_DOC: &str = "Error responses of several operations, by status.\n\n`?` converts the \
    errors of all operations into [`AnyError`](runtime::AnyError).";

const OPERATIONS_DOC: &str = "Requests, one type for each operation.";

/// Returns whether the operations are in a folder with a file for each tag.
pub(super) fn is_split<'n>(mut operation_files: impl Iterator<Item = &'n Name>) -> bool {
    operation_files.any(|file| file.as_str() != ONE_FILE)
}

/// Plans every file but the root.
pub(super) fn plan(plan: &Plan) -> Vec<SourceFile> {
    let runtime = || vec![vec![runtime()]];
    let when = |is_present: bool, content: FileContent| is_present.then_some(content);
    let rows = [
        (
            "client.rs",
            "The client and its servers.",
            vec![client_imports(plan)],
            Some(FileContent::Client),
        ),
        (
            "auth.rs",
            "The security schemes.",
            runtime(),
            when(!plan.schemes.is_empty(), FileContent::Auth),
        ),
        (
            "settings.rs",
            "Parameters that are set once for all calls.",
            vec![std::iter::once(self::runtime()).chain(setting_types(plan)).collect()],
            when(!plan.settings.is_empty(), FileContent::Settings),
        ),
        (
            "signature.rs",
            "How requests are signed.",
            plan.signing.as_ref().map(signature_imports).unwrap_or_default(),
            when(plan.signing.is_some(), FileContent::Signature),
        ),
        (
            "webhooks.rs",
            "Webhooks: requests that the API sends to you.",
            plan.webhooks.as_ref().map(webhook_imports).unwrap_or_default(),
            when(plan.webhooks.is_some(), FileContent::Webhooks),
        ),
        (
            "types.rs",
            "The types of requests and responses.",
            runtime(),
            when(!plan.types.is_empty(), FileContent::Types),
        ),
        (
            "error_codes.rs",
            "The API's error codes.",
            runtime(),
            when(plan.error_codes.is_some(), FileContent::ErrorCodes),
        ),
        (
            "errors.rs",
            ERRORS_DOC,
            vec![error_imports(plan)],
            when(!plan.errors.is_empty(), FileContent::Errors),
        ),
        ("mock.rs", "A mock server for tests.", vec![mock_imports(plan)], Some(FileContent::Mock)),
    ];
    let files = rows.into_iter().filter_map(|(path, doc, imports, content)| {
        let (path, doc) = (path.to_owned(), DocText(doc.lines().map(str::to_owned).collect()));
        Some(SourceFile { path, doc, imports, content: content? })
    });
    files.chain(operation_files(plan)).collect()
}

fn client_imports(plan: &Plan) -> Vec<Use> {
    let auth = (!plan.schemes.is_empty()).then(|| import("super::auth"));
    let settings = !plan.settings.is_empty();
    let settings = settings.then(|| import("super::settings::{self, ClientSettings}"));
    [Some(runtime()), auth, settings, setting_types(plan)].into_iter().flatten().collect()
}

/// Returns the import of the types of the client's settings.
fn setting_types(plan: &Plan) -> Option<Use> {
    let uses_types = plan.settings.iter().any(|setting| setting.ty.uses_types_module());
    uses_types.then(|| import("super::types"))
}

/// Plans the file of all operations, or a folder with a file for each group of them.
fn operation_files(plan: &Plan) -> Vec<SourceFile> {
    let is_split = is_split(plan.operations.iter().map(|operation| &operation.file));
    // In the order in which the modules are printed.
    let mut groups: BTreeMap<String, (&Name, Vec<usize>)> = BTreeMap::new();
    for (index, operation) in plan.operations.iter().enumerate() {
        let group = groups.entry(operation.file.to_string());
        group.or_insert((&operation.file, Vec::new())).1.push(index);
    }
    let index = is_split.then(|| SourceFile {
        path: "operations/mod.rs".to_owned(),
        doc: DocText(vec![OPERATIONS_DOC.to_owned()]),
        imports: Vec::new(),
        content: FileContent::Modules(Modules {
            modules: groups.keys().map(|name| module(name, false)).collect(),
            exports: groups.keys().map(|name| export(format!("{name}::*"))).collect(),
        }),
    });
    let file = |(name, indexes): (&Name, Vec<usize>)| {
        let operations = indexes.iter().filter_map(|index| plan.operations.get(*index)).collect();
        let (path, doc) = match is_split {
            true => (
                format!("operations/{}.rs", name.as_str()),
                format!("Requests: {}.", name.as_str().replace('_', " ")),
            ),
            false => ("operations.rs".to_owned(), OPERATIONS_DOC.to_owned()),
        };
        SourceFile {
            path,
            doc: DocText(vec![doc]),
            imports: vec![operation_imports(plan, operations, is_split)],
            content: FileContent::Operations(indexes),
        }
    };
    groups.into_values().map(file).chain(index).collect()
}

fn operation_imports(plan: &Plan, operations: Vec<&Operation>, is_split: bool) -> Vec<Use> {
    let any = |has: &dyn Fn(&Operation) -> bool| operations.iter().any(|operation| has(operation));
    let has_server = any(&|operation| operation.server.is_some());
    let client = if has_server { "client::{self, Client}" } else { "client::Client" };
    let imports = [
        ("auth", any(&|operation| !operation.security.is_empty())),
        (client, true),
        ("error_codes::ErrorCode", plan.error_codes.is_some()),
        ("errors", any(&|operation| operation.shared_errors.is_some())),
        ("settings", any(&|operation| !operation.settings.is_empty())),
        ("signature", any(&|operation| operation.signed)),
        ("types", any(&uses_types)),
    ];
    let parent = if is_split { "super::super" } else { "super" };
    let used = imports.into_iter().filter(|(_, is_used)| *is_used);
    let used = used.map(|(path, _)| import(&format!("{parent}::{path}")));
    std::iter::once(runtime()).chain(used).collect()
}

/// Returns whether the code of an operation names a type of the `types` module.
fn uses_types(operation: &Operation) -> bool {
    let Operation { arguments, options, body, output, accept_variants, headers, .. } = operation;
    let Operation { errors, shared_errors, .. } = operation;
    let options = options.iter().filter(|option| !option.is_without_value());
    let parameters = arguments.iter().chain(options).map(|argument| &argument.ty);
    let headers = headers.iter().flat_map(|headers| &headers.fields).map(|field| &field.ty);
    let accepted = accept_variants.iter().filter_map(|variant| json_type(&variant.body));
    let own_errors = errors.iter().filter(|_| shared_errors.is_none());
    let errors = own_errors.flat_map(response_types);
    let mut types: Vec<&RustType> =
        parameters.chain(headers).chain(accepted).chain(errors).collect();
    match body.as_ref().map(|body| &body.ty) {
        Some(BodyType::Value(ty)) => types.push(ty),
        Some(BodyType::OneOf(item)) => {
            types.extend(item.variants.iter().filter_map(|variant| variant.value.as_ref()));
        }
        Some(BodyType::Bytes | BodyType::Empty) | None => {}
    }
    match output {
        Output::Json(ty) | Output::Events(Some(ty)) => types.push(ty),
        Output::OneOf(item) => types.extend(response_types(item)),
        Output::Events(None) | Output::Text | Output::Bytes | Output::Empty => {}
    }
    // The items of pages are part of the output.
    types.into_iter().any(RustType::uses_types_module)
}

fn error_imports(plan: &Plan) -> Vec<Use> {
    let has_codes = plan.errors.iter().any(|item| item.has_known_codes);
    let codes = has_codes.then(|| import("super::error_codes::ErrorCode"));
    let uses_types = plan.errors.iter().flat_map(response_types).any(RustType::uses_types_module);
    let types = uses_types.then(|| import("super::types"));
    std::iter::once(runtime()).chain(codes).chain(types).collect()
}

fn response_types(item: &ResponseEnum) -> impl Iterator<Item = &RustType> {
    item.variants.iter().filter_map(|variant| json_type(&variant.body))
}

fn json_type(body: &ResponseBody) -> Option<&RustType> {
    match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => Some(ty),
        ResponseBody::Text | ResponseBody::Bytes | ResponseBody::Empty => None,
    }
}

fn mock_imports(plan: &Plan) -> Vec<Use> {
    let uses_types = plan.mocks.iter().any(|mock| {
        let body = match &mock.body {
            MockBody::Value(ty) => Some(ty),
            MockBody::None | MockBody::Bytes => None,
        };
        let responses = mock.responses.iter().filter_map(|(body, _)| json_type(body));
        body.into_iter().chain(responses).any(RustType::uses_types_module)
    });
    let types = uses_types.then(|| import("super::types"));
    [runtime(), import("super::operations")].into_iter().chain(types).collect()
}

fn signature_imports(signing: &Signing) -> Vec<Vec<Use>> {
    let mut names = vec!["Component", "Profile"];
    let mut has_methods = false;
    for setting in &signing.profile {
        match setting {
            ProfileSetting::Algorithm(_) => names.push("Algorithm"),
            ProfileSetting::Parameters(_) => names.push("Parameter"),
            ProfileSetting::Choice(choice) => names.push(choice.ty),
            ProfileSetting::Components(components) => {
                has_methods = components.iter().any(|component| !component.methods.is_empty());
            }
            ProfileSetting::Label(_) | ProfileSetting::Lifetime(_) => {}
        }
    }
    names.sort_unstable();
    let method = has_methods.then(|| import("runtime::Method"));
    let names = import(&format!("runtime::signature::{{{}}}", names.join(", ")));
    vec![
        vec![runtime()],
        vec![export("runtime::signature::SigningKey".to_owned())],
        method.into_iter().chain([names]).collect(),
    ]
}

fn webhook_imports(webhooks: &Webhooks) -> Vec<Vec<Use>> {
    let mut names = vec!["Receiver", "SignatureScheme"];
    match webhooks.scheme {
        WebhookScheme::Header { .. } => names.push("SignedPart"),
        WebhookScheme::Message { .. } => {}
    }
    for setting in &webhooks.settings {
        match setting {
            WebhookSetting::Encoding(_) => names.push("TextEncoding"),
            WebhookSetting::KeyFormat(_) => names.push("KeyFormat"),
            WebhookSetting::Covers(_)
            | WebhookSetting::Prefix(_)
            | WebhookSetting::Time(_)
            | WebhookSetting::Window(_) => {}
        }
    }
    names.sort_unstable();
    let types = webhooks.event.uses_types_module().then(|| import("super::types"));
    let names = [
        import("runtime::signature::Algorithm"),
        import(&format!("runtime::webhook::{{{}}}", names.join(", "))),
    ];
    vec![std::iter::once(runtime()).chain(types).chain(names).collect()]
}

/// Plans the modules of the root file, and what it exports.
pub(super) fn plan_root(plan: &Plan) -> Modules {
    let rows = [
        ("auth", true, !plan.schemes.is_empty()),
        ("client", false, true),
        ("error_codes", false, plan.error_codes.is_some()),
        ("errors", true, !plan.errors.is_empty()),
        ("mock", true, true),
        ("operations", true, !plan.operations.is_empty()),
        ("settings", false, !plan.settings.is_empty()),
        ("signature", true, plan.signing.is_some()),
        ("types", true, !plan.types.is_empty()),
        ("webhooks", true, plan.webhooks.is_some()),
    ];
    let modules = rows.into_iter().filter(|(.., is_present)| *is_present);
    let modules = modules.map(|(name, is_public, _)| Module {
        feature: match name {
            "mock" => Some(ModuleFeature::Mock),
            "webhooks" => Some(ModuleFeature::Webhooks),
            _ => None,
        },
        ..module(name, is_public)
    });
    let server = (!plan.servers.is_empty()).then(|| "Server".to_owned());
    let values = plan.server_values.iter().map(|values| values.name.to_string());
    let client = ["Client", "ClientBuilder"].into_iter().map(str::to_owned);
    let client: Vec<String> = client.chain(server).chain(values).collect();
    let client = format!("client::{{{}}}", client.join(", "));
    let error_code = plan.error_codes.as_ref().map(|_| "error_codes::ErrorCode".to_owned());
    let types = (!plan.types.is_empty()).then(|| "types::*".to_owned());
    let settings = (!plan.settings.is_empty()).then(|| "settings::ClientSettings".to_owned());
    let exports = std::iter::once(client).chain(error_code).chain(settings).chain(types);
    Modules { modules: modules.collect(), exports: exports.map(export).collect() }
}

fn module(name: &str, is_public: bool) -> Module {
    Module { name: name.to_owned(), is_public, feature: None }
}

fn runtime() -> Use {
    import("docwright_runtime as runtime")
}

fn import(path: &str) -> Use {
    Use { path: path.to_owned(), is_public: false }
}

fn export(path: String) -> Use {
    Use { path, is_public: true }
}
