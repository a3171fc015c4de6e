//! The assigned names.

use std::collections::BTreeMap;

use super::claim::claim_names;
use super::field_structs::field_struct_names;
use super::identifier::{Case, Name, name};
use super::operations::{OperationNames, OperationScope, recorded_request};
use super::overrides::NameOverrides;
use super::requests::{self, NameRequest, TypeItemId};
use super::resources::{ResourceTypes, resource_types};
use super::scope::{RESERVED_TYPES, Scope};
use crate::ir::Api;
use crate::manifest::{ConfigurableSetting, Manifest};

/// Methods that every builder has.
const EVERY_BUILDER: &[&str] = &[
    "allow_http",
    "app_name",
    "build",
    "clock",
    "configure_http",
    "connect_timeout",
    "from_env",
    "header",
    "hide_error_messages",
    "hook",
    "new",
    "response_limit",
    "retry",
    "timeout",
    "token_provider",
    "transport",
    "user_agent",
    "validate",
    "wrap_transport",
];

/// The names of an API.
#[derive(Debug, Clone)]
pub struct AssignedNames {
    /// The names of the types, by their index in the API; `None` for aliases.
    pub types: Vec<Option<Name>>,
    /// The names of the generic types, by their index in the API.
    pub generics: Vec<Name>,
    /// The structs of required fields, by the name of the type whose constructor may take one.
    pub field_structs: BTreeMap<Name, Name>,
    /// The names of each operation.
    pub operations: Vec<OperationNames>,
    /// The types of the resources.
    pub resource_types: ResourceTypes,
    /// The variants for the servers with an absolute URL.
    pub servers: Vec<Name>,
    /// The statics of the security schemes that callers can set credentials for, by key.
    pub schemes: BTreeMap<String, Name>,
    /// The builder's methods for credentials and servers, by key.
    pub builder: BTreeMap<String, Name>,
    /// The builder's methods for settings of the signature profile.
    pub signature_settings: BTreeMap<ConfigurableSetting, Name>,
}

/// Assigns every name.
pub fn assign_names(overrides: &NameOverrides<'_>, api: &Api) -> AssignedNames {
    let (types, generics) = type_names(overrides, api);
    let field_structs = field_struct_names(api, &types, &generics);
    let operations = operation_names(overrides, api, types.iter().flatten().chain(&generics));
    let signature_settings = signature_settings(overrides.manifest);
    let mut variants = Scope::new(Case::Pascal);
    let servers = claim_names(&mut variants, requests::server_requests(overrides, api), |_| {});
    let mut statics = Scope::new(Case::Shouty);
    let schemes = claim_names(&mut statics, requests::scheme_requests(api), |_| {});
    let mut methods = Scope::reserving(Case::Snake, EVERY_BUILDER);
    if overrides.manifest.signature.is_some() {
        methods.reserve("signing_key");
    }
    for method in signature_settings.values() {
        methods.reserve(method.as_str());
    }
    let builder = claim_names(&mut methods, requests::builder_requests(overrides, api), |_| {});
    let resource_types = resource_types(api);
    AssignedNames {
        types,
        generics,
        field_structs,
        operations,
        resource_types,
        servers: servers.into_iter().map(|(_, name)| name).collect(),
        schemes: schemes.into_iter().collect(),
        builder: builder.into_iter().collect(),
        signature_settings,
    }
}

/// Names every generated type. A type without a recorded name does not take the recorded name of a
/// request type.
fn type_names(overrides: &NameOverrides<'_>, api: &Api) -> (Vec<Option<Name>>, Vec<Name>) {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    let requests = requests::type_requests(overrides, api);
    let reserve_requests = |scope: &mut Scope| {
        for operation in &api.operations {
            if let Some((_, request)) = recorded_request(overrides, operation) {
                scope.reserve(request);
            }
        }
    };
    let mut names: BTreeMap<TypeItemId, Name> =
        claim_names(&mut scope, requests, reserve_requests).into_iter().collect();
    let types = (0..api.types.len()).map(|id| names.remove(&TypeItemId::Type(id))).collect();
    let generics = (0..api.generics.len()).filter_map(|id| names.remove(&TypeItemId::Generic(id)));
    (types, generics.collect())
}

fn operation_names<'n>(
    overrides: &NameOverrides<'n>,
    api: &'n Api,
    types: impl Iterator<Item = &'n Name>,
) -> Vec<OperationNames> {
    let recorded = api.operations.iter().filter_map(|it| recorded_request(overrides, it)).collect();
    let mut scope = OperationScope::new(types, recorded);
    let requests = requests::operation_requests(overrides, api);
    claim_names(&mut scope, requests, |_| {}).into_iter().map(|(_, names)| names).collect()
}

/// Names the shared enums of errors, by their keys, from words for new names. None has the name of a
/// type.
pub fn claim_error_names(
    overrides: &NameOverrides<'_>,
    names: &AssignedNames,
    words: Vec<(String, Vec<String>)>,
) -> BTreeMap<String, Name> {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    for name in names.types.iter().flatten().chain(&names.generics) {
        scope.reserve(name.as_str());
    }
    let request = |(key, words): (String, Vec<String>)| {
        let known = overrides.errors(&key);
        NameRequest { id: key, known, words }
    };
    claim_names(&mut scope, words.into_iter().map(request).collect(), |_| {}).into_iter().collect()
}

/// Names the builder's methods for settings of the signature profile.
fn signature_settings(manifest: &Manifest) -> BTreeMap<ConfigurableSetting, Name> {
    let settings = manifest.signature.iter().flat_map(|signature| signature.configurable.keys());
    let method = |setting: &ConfigurableSetting| {
        (*setting, name(&format!("signature {}", setting.key()), Case::Snake))
    };
    settings.map(method).collect()
}
