//! The types that a plan consists of: plain data.

mod argument;
mod auth;
mod bodies;
mod calls;
mod client_settings;
mod doc_text;
mod environment;
mod features;
mod files;
mod front_page;
mod limits;
mod mocks;
mod operations;
mod pagination;
mod plan;
mod retry;
mod samples;
mod signing;
mod types;
mod webhooks;

pub use argument::{Argument, Content};
pub use auth::{
    Credential, OperationServer, Scheme, Server, ServerValues, ServerVariable, Token,
    TokenOperation, TokenParameter, UrlPiece,
};
pub use bodies::{Body, BodyEnum, BodyMedia, BodyType, BodyVariant, FieldEncoding, FormField};
pub use calls::{CallPath, Resource};
pub use client_settings::ClientSetting;
pub use doc_text::DocText;
pub use environment::{EnvCredential, EnvVariables, Environment};
pub use features::{Feature, FileId};
pub use files::{FileContent, Module, ModuleFeature, Modules, SourceFile, Use};
pub use front_page::FrontPage;
pub use limits::{Limit, LimitRule, LimitTarget, RaisedCode, RuleValue};
pub use mocks::{Mock, MockBody};
pub use operations::{
    AcceptVariant, Clear, Code, CodeCause, ErrorCodes, HeaderField, Headers, Lifetime, Operation,
    Output, RequestLocation, ResponseBody, ResponseEnum, ResponseVariant, Visibility,
};
pub use pagination::{PageSize, Pagination, Step};
pub use plan::Plan;
pub use retry::RetryHeader;
pub use samples::{Expr, Sample, SampleBody};
pub use signing::{
    IdempotencyKey, ProfileSetting, SettingChoice, SettingMethod, SettingType, SignatureParameter,
    SignedComponent, Signing,
};
pub use types::{
    Construction, Enum, EnumValues, Field, FieldConstant, Id, Presence, Struct, TypeItem, Union,
    Variant,
};
pub use webhooks::{SignedPart, WebhookScheme, WebhookSetting, Webhooks};
