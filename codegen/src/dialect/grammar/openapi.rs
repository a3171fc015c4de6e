//! The tables of OpenAPI 3.0 and 3.1, except for schemas and parameters.

use super::Fallback::{self, SilentEmptyObject};
use super::Rule::{Ignored, Kept, PassThrough, Unsupported};
use super::ValueKind::{
    Any, Array, Bool, Map, Object, OneOf, Prose, SecurityRequirements, String, StringMap, Strings,
};
use super::{Grammar, KeyRule, ObjectKind, fixups};
use crate::style::Style;

pub(super) const EXTERNAL_DOCS: &str = "links to external documentation are not generated";
const ABOUT_VENDOR: &str = "about the vendor or the document, not about the API";
const CALLBACKS: &str = "requests that the vendor sends, not the client";
/// The reason for ignoring examples.
pub(super) const EXAMPLES: &str =
    "examples are not part of the API; sample requests use those that match their schemas";
const LINKS: &str = "relations between operations; the caller decides what to call next";
const DOCUMENT: &str = "it tells tools how to read the document";
const OTHER_DOCS: &str = "the objects below it have their own documentation";
const OPENAPI_32: &str = "it is new in OpenAPI 3.2";

pub(super) static ROOT: Grammar = Grammar {
    name: "the document",
    keywords: &[
        ("openapi", Kept(String)),
        ("info", Kept(Object(ObjectKind::Info))),
        ("jsonSchemaDialect", Ignored(DOCUMENT)),
        ("$self", Ignored(DOCUMENT)),
        ("servers", Kept(Array(ObjectKind::Server))),
        ("security", Kept(SecurityRequirements)),
        ("paths", Kept(Map(KeyRule::Path, ObjectKind::PathItem))),
        ("webhooks", Kept(Map(KeyRule::Any, ObjectKind::PathItem))),
        ("x-docwright-webhooks", Kept(Map(KeyRule::Any, ObjectKind::PathItem))),
        ("components", Kept(Object(ObjectKind::Components))),
        ("tags", PassThrough(Array(ObjectKind::Tag), "operations list their tags themselves")),
        ("externalDocs", Ignored(EXTERNAL_DOCS)),
        // Not part of OpenAPI, but some documents contain references into them.
        ("definitions", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
        ("$defs", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
    ],
    required: &[
        ("openapi", Fallback::EmptyString),
        ("info", Fallback::EmptyObject),
        ("paths", Fallback::EmptyObject),
    ],
    fixups: &[fixups::webhooks_only, fixups::tags_as_strings],
    ..Grammar::EMPTY
};

pub(super) static INFO: Grammar = Grammar {
    name: "`info`",
    keywords: &[
        ("title", Kept(String)),
        ("summary", Ignored("`description` is used instead")),
        ("description", Kept(Prose)),
        ("version", PassThrough(String, "the version of the document, not of the client")),
        ("termsOfService", Ignored(ABOUT_VENDOR)),
        ("contact", Ignored(ABOUT_VENDOR)),
        ("license", Ignored(ABOUT_VENDOR)),
    ],
    required: &[("title", Fallback::EmptyString), ("version", Fallback::EmptyString)],
    fixups: &[fixups::summary_as_description],
    ..Grammar::EMPTY
};

pub(super) static SERVER: Grammar = Grammar {
    name: "a server",
    keywords: &[
        ("url", Kept(String)),
        ("description", Kept(Prose)),
        ("name", Kept(String)),
        ("variables", Kept(Map(KeyRule::Any, ObjectKind::ServerVariable))),
    ],
    required: &[("url", Fallback::Error("add the `url` of the server"))],
    ..Grammar::EMPTY
};

pub(super) static SERVER_VARIABLE: Grammar = Grammar {
    name: "a server variable",
    keywords: &[
        ("enum", Kept(Strings)),
        ("default", Kept(String)),
        ("description", Kept(Prose)),
        ("type", Ignored("a server variable is always a string")),
    ],
    required: &[("default", Fallback::EmptyString)],
    fixups: &[fixups::default_from_enum],
    ..Grammar::EMPTY
};

pub(super) static PATH_ITEM: Grammar = Grammar {
    name: "a path item",
    keywords: &[
        ("summary", PassThrough(Prose, OTHER_DOCS)),
        ("description", PassThrough(Prose, OTHER_DOCS)),
        ("get", Kept(Object(ObjectKind::Operation))),
        ("put", Kept(Object(ObjectKind::Operation))),
        ("post", Kept(Object(ObjectKind::Operation))),
        ("delete", Kept(Object(ObjectKind::Operation))),
        ("options", Kept(Object(ObjectKind::Operation))),
        ("head", Kept(Object(ObjectKind::Operation))),
        ("patch", Kept(Object(ObjectKind::Operation))),
        ("trace", Kept(Object(ObjectKind::Operation))),
        ("query", Unsupported(OPENAPI_32)),
        ("additionalOperations", Unsupported(OPENAPI_32)),
        ("servers", Kept(Array(ObjectKind::Server))),
        ("parameters", Kept(Array(ObjectKind::Parameter))),
    ],
    allows_ref: true,
    fixups: &[fixups::uppercase_methods],
    ..Grammar::EMPTY
};

pub(super) static OPERATION: Grammar = Grammar {
    name: "an operation",
    keywords: &[
        ("tags", Kept(Strings)),
        ("summary", Kept(Prose)),
        ("description", Kept(Prose)),
        ("externalDocs", Ignored(EXTERNAL_DOCS)),
        ("operationId", Kept(String)),
        ("parameters", Kept(Array(ObjectKind::Parameter))),
        ("requestBody", Kept(Object(ObjectKind::RequestBody))),
        ("responses", Kept(Map(KeyRule::Status, ObjectKind::Response))),
        ("callbacks", Ignored(CALLBACKS)),
        ("deprecated", Kept(Bool)),
        ("security", Kept(SecurityRequirements)),
        ("servers", Kept(Array(ObjectKind::Server))),
    ],
    required: &[("responses", SilentEmptyObject)],
    fixups: &[fixups::responses_missing],
    ..Grammar::EMPTY
};

pub(super) static REQUEST_BODY: Grammar = Grammar {
    name: "a request body",
    keywords: &[
        ("description", PassThrough(Prose, OTHER_DOCS)),
        ("content", Kept(Map(KeyRule::Any, ObjectKind::MediaType))),
        ("required", Kept(Bool)),
    ],
    required: &[("content", Fallback::EmptyObject)],
    allows_ref: true,
    ..Grammar::EMPTY
};

pub(super) static MEDIA_TYPE: Grammar = Grammar {
    name: "a media type",
    keywords: &[
        ("schema", Kept(Object(ObjectKind::Schema))),
        ("itemSchema", Unsupported(OPENAPI_32)),
        ("example", PassThrough(Any, EXAMPLES)),
        ("examples", PassThrough(Map(KeyRule::Any, ObjectKind::Example), EXAMPLES)),
        ("encoding", Kept(Map(KeyRule::Any, ObjectKind::Encoding))),
    ],
    fixups: &[fixups::examples_as_list, fixups::examples_without_value],
    ..Grammar::EMPTY
};

pub(super) static ENCODING: Grammar = Grammar {
    name: "an encoding",
    keywords: &[
        ("contentType", Kept(String)),
        ("headers", Kept(Map(KeyRule::Any, ObjectKind::Header))),
        ("style", Kept(OneOf(Style::QUERY_KEYWORDS))),
        ("explode", Kept(Bool)),
        ("allowReserved", Kept(Bool)),
    ],
    ..Grammar::EMPTY
};

pub(super) static RESPONSE: Grammar = Grammar {
    name: "a response",
    keywords: &[
        ("description", Kept(Prose)),
        ("summary", Ignored("`description` is used instead")),
        ("headers", Kept(Map(KeyRule::Any, ObjectKind::Header))),
        ("content", Kept(Map(KeyRule::Any, ObjectKind::MediaType))),
        ("links", Ignored(LINKS)),
    ],
    required: &[("description", Fallback::EmptyString)],
    allows_ref: true,
    fixups: &[fixups::summary_as_description],
    ..Grammar::EMPTY
};

pub(super) static EXAMPLE: Grammar = Grammar {
    name: "an example",
    keywords: &[
        ("summary", Kept(Prose)),
        ("description", Kept(Prose)),
        ("value", Kept(Any)),
        ("dataValue", Unsupported(OPENAPI_32)),
        ("serializedValue", Unsupported(OPENAPI_32)),
        ("externalValue", Kept(String)),
    ],
    allows_ref: true,
    ..Grammar::EMPTY
};

pub(super) static TAG: Grammar = Grammar {
    name: "a tag",
    keywords: &[
        ("name", Kept(String)),
        ("summary", Ignored("a tag is identified by its `name`")),
        ("description", Kept(Prose)),
        ("externalDocs", Ignored(EXTERNAL_DOCS)),
        ("parent", Ignored("tags are not nested")),
        ("kind", Ignored("a tag is only a group of operations")),
    ],
    required: &[("name", Fallback::Error("add the `name` of the tag"))],
    ..Grammar::EMPTY
};

pub(super) static COMPONENTS: Grammar = Grammar {
    name: "`components`",
    keywords: &[
        ("schemas", Kept(Map(KeyRule::Component, ObjectKind::Schema))),
        ("responses", Kept(Map(KeyRule::Component, ObjectKind::Response))),
        ("parameters", Kept(Map(KeyRule::Component, ObjectKind::Parameter))),
        ("examples", PassThrough(Map(KeyRule::Component, ObjectKind::Example), EXAMPLES)),
        ("requestBodies", Kept(Map(KeyRule::Component, ObjectKind::RequestBody))),
        ("headers", Kept(Map(KeyRule::Component, ObjectKind::Header))),
        ("securitySchemes", Kept(Map(KeyRule::Component, ObjectKind::SecurityScheme))),
        ("pathItems", Kept(Map(KeyRule::Component, ObjectKind::PathItem))),
        ("links", Ignored(LINKS)),
        ("callbacks", Ignored(CALLBACKS)),
        ("mediaTypes", Unsupported(OPENAPI_32)),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_SCHEME: Grammar = Grammar {
    name: "a security scheme",
    keywords: &[
        ("type", Kept(OneOf(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]))),
        ("description", Kept(Prose)),
        ("name", Kept(String)),
        ("in", Kept(OneOf(&["query", "header", "cookie"]))),
        ("scheme", Kept(String)),
        ("bearerFormat", Kept(String)),
        ("flows", Kept(Object(ObjectKind::Flows))),
        ("openIdConnectUrl", Kept(String)),
        ("oauth2MetadataUrl", Ignored("the token URL is taken from `flows`")),
        ("deprecated", Ignored("the operations list the schemes that they accept")),
    ],
    required: &[("type", Fallback::Error("add the `type`: `http`, `apiKey`, `oauth2`, …"))],
    allows_ref: true,
    fixups: &[fixups::scheme_type],
    final_fixups: &[fixups::scheme_required_keys],
    ..Grammar::EMPTY
};

pub(super) static FLOWS: Grammar = Grammar {
    name: "`flows`",
    keywords: &[
        ("implicit", Kept(Object(ObjectKind::Flow))),
        ("password", Kept(Object(ObjectKind::Flow))),
        ("clientCredentials", Kept(Object(ObjectKind::Flow))),
        ("authorizationCode", Kept(Object(ObjectKind::Flow))),
        ("deviceAuthorization", Unsupported(OPENAPI_32)),
    ],
    final_fixups: &[fixups::flow_required_urls],
    ..Grammar::EMPTY
};

pub(super) static FLOW: Grammar = Grammar {
    name: "an OAuth flow",
    keywords: &[
        (
            "authorizationUrl",
            PassThrough(String, "for user consent in a browser; the caller supplies the token"),
        ),
        ("tokenUrl", Kept(String)),
        (
            "refreshUrl",
            PassThrough(String, "the client requests a new token instead of refreshing one"),
        ),
        ("scopes", Kept(StringMap)),
    ],
    required: &[("scopes", Fallback::EmptyObject)],
    ..Grammar::EMPTY
};
