//! The plan for one vendor's module.

use std::collections::BTreeMap;

use super::{
    ClientSetting, DocText, Environment, ErrorCodes, Feature, FrontPage, Mock, Modules, Operation,
    OperationServer, Resource, ResponseEnum, RetryHeader, Scheme, Server, ServerValues, Signing,
    SourceFile, TypeItem, Webhooks,
};
use crate::ir::Type;
use crate::manifest::Names;
use crate::plan::naming::Name;
use crate::plan::rust_type::{RustType, rust_type};

/// The plan for one vendor's module.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The module's name.
    pub module: String,
    /// The API's title.
    pub title: String,
    /// The module's documentation.
    pub doc: DocText,
    /// What the first page of the documentation shows.
    pub front_page: FrontPage,
    /// Every file of the module but its root.
    pub files: Vec<SourceFile>,
    /// The modules of the root file, and what it exports.
    pub root: Modules,
    /// The methods of the client's builder that set credentials for every call.
    pub login_methods: Vec<&'static str>,
    /// The environment variables that a client can be built from.
    pub environment: Environment,
    /// The servers of the document's root.
    pub servers: Vec<Server>,
    /// The enums of their variables' values.
    pub server_values: Vec<ServerValues>,
    /// The servers that only some operations use.
    pub operation_servers: Vec<OperationServer>,
    /// The parameters that are set once for all calls of a client.
    pub settings: Vec<ClientSetting>,
    /// The security schemes that callers can set credentials for.
    pub schemes: Vec<Scheme>,
    /// How client certificates are set, if operations require some.
    pub client_certificates: DocText,
    /// The enums of error responses that several operations share.
    pub errors: Vec<ResponseEnum>,
    /// The file of each of them. Empty: there is one file.
    pub error_files: Vec<Name>,
    /// How requests are signed.
    pub signing: Option<Signing>,
    /// The headers, other than `Retry-After`, that say when to retry.
    pub retry_headers: Vec<RetryHeader>,
    /// How webhooks are received.
    pub webhooks: Option<Webhooks>,
    /// The runtime features that the module's calls need.
    pub runtime_features: Vec<&'static str>,
    /// The named types, sorted by name.
    pub types: Vec<TypeItem>,
    /// The resources; each comes after the one that it is in. Empty: the client has all methods.
    pub resources: Vec<Resource>,
    /// The file of each type. Empty: there is one file.
    pub type_files: Vec<Name>,
    /// The Cargo features of resources. Empty: all are compiled.
    pub features: Vec<Feature>,
    /// Those of them that the type of webhooks needs.
    pub webhook_features: Vec<String>,
    /// The operations, in the order of the API.
    pub operations: Vec<Operation>,
    /// The operations of the mock server, for tests.
    pub mocks: Vec<Mock>,
    /// The API's error codes.
    pub error_codes: Option<ErrorCodes>,
    /// The names of the types, by their index in the API; `None` for aliases.
    pub type_names: Vec<Option<Name>>,
    /// The names to record, since a change of the input could change them.
    pub names: Names,
    /// The type of each component, by its key; for tests and tools.
    pub components: BTreeMap<String, RustType>,
}

impl Plan {
    /// Returns the Rust type of `ty`, a type of the API that this was planned from.
    pub fn rust_type(&self, ty: &Type) -> RustType {
        rust_type(&self.type_names, ty)
    }
}
