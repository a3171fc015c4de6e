//! The files of a module: which item is in which file, what each file imports, and what the root
//! exports.

use super::imports::{export, import, module, runtime};
use super::model::{
    FileContent, Module, ModuleFeature, Modules, ProfileSetting, SourceFile, Use, WebhookScheme,
    WebhookSetting,
};
use super::part_files::{TYPES_DOC, error_files, mock_files, operation_files, type_files};
use super::{DocText, Plan, Signing, Webhooks};

/// Plans every file but the root.
pub(super) fn plan(plan: &Plan) -> Vec<SourceFile> {
    let runtime = || vec![vec![runtime()]];
    let when = |is_present: bool, content: FileContent| is_present.then_some(content);
    let rows = [
        (
            "client.rs",
            "The client and its servers.",
            vec![client_imports(plan)],
            when(plan.has_client(), FileContent::Client),
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
            TYPES_DOC,
            runtime(),
            when(
                !plan.types.is_empty() && plan.type_files.is_empty(),
                FileContent::Types((0..plan.types.len()).collect()),
            ),
        ),
        (
            "error_codes.rs",
            "The API's error codes.",
            runtime(),
            when(plan.error_codes.is_some(), FileContent::ErrorCodes),
        ),
    ];
    let files = rows.into_iter().filter_map(|(path, doc, imports, content)| {
        let (path, doc) = (path.to_owned(), DocText(doc.lines().map(str::to_owned).collect()));
        Some(SourceFile { path, doc, imports, content: content? })
    });
    let files = files.chain(error_files(plan)).chain(mock_files(plan)).chain(type_files(plan));
    files.chain(operation_files(plan)).collect()
}

fn client_imports(plan: &Plan) -> Vec<Use> {
    let auth = (!plan.schemes.is_empty()).then(|| import("super::auth"));
    let settings = !plan.settings.is_empty();
    let settings = settings.then(|| import("super::settings::{self, ClientSettings}"));
    [Some(runtime()), auth, settings, setting_types(plan)].into_iter().flatten().collect()
}

/// Imports the types, if settings of the client have some of them.
fn setting_types(plan: &Plan) -> Option<Use> {
    let uses_types = plan.settings.iter().any(|setting| setting.ty.uses_types_module());
    uses_types.then(|| import("super::types"))
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
        ("client", false, plan.has_client()),
        ("error_codes", false, plan.error_codes.is_some()),
        ("errors", true, !plan.errors.is_empty()),
        ("mock", true, plan.has_client()),
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
    let client = plan.has_client().then(|| format!("client::{{{}}}", client.join(", ")));
    let error_code = plan.error_codes.as_ref().map(|_| "error_codes::ErrorCode".to_owned());
    let types = (!plan.types.is_empty())
        .then(|| Use { may_be_empty: !plan.features.is_empty(), ..export("types::*".to_owned()) });
    let settings = (!plan.settings.is_empty()).then(|| "settings::ClientSettings".to_owned());
    let runtime = "docwright_runtime as runtime".to_owned();
    let exports = client.into_iter().chain([runtime]).chain(error_code).chain(settings);
    let exports = exports.map(export).chain(types);
    Modules { modules: modules.collect(), exports: exports.collect() }
}
