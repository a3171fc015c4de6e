//! The tables of the endpoint dialect.

use super::Rule::{Ignored, Kept, PassThrough};
use super::ValueKind::{
    Any, AnyArray, Array, Bool, BoolOrNumber, Count, Map, Number, Object, OneOf, Prose,
    SchemaOrBool, String, Strings,
};
use super::openapi::EXAMPLES;
use super::{Fallback, Grammar, KeyRule, ObjectKind, parameter_fixups};
use crate::style::Style;

const SITE: &str = "for the rendering of the documentation site";

pub(super) static BLOCK: Grammar = Grammar {
    name: "the fenced block",
    keywords: &[
        ("paths", Kept(Object(ObjectKind::Endpoint))),
        ("components", Kept(Object(ObjectKind::Components))),
    ],
    required: &[("paths", Fallback::Error("define the endpoint under `paths`"))],
    ..Grammar::EMPTY
};

pub(super) static ENDPOINT: Grammar = Grammar {
    name: "the endpoint",
    keywords: &[
        ("path", Kept(String)),
        ("method", Kept(String)),
        ("servers", Kept(Array(ObjectKind::Server))),
        ("request", Kept(Object(ObjectKind::Request))),
        ("response", Kept(Map(KeyRule::Status, ObjectKind::ContentByMediaType))),
        ("deprecated", Kept(Bool)),
        ("type", Kept(OneOf(&["path", "webhook"]))),
        ("xMcp", Ignored(SITE)),
        ("xMint", Ignored(SITE)),
    ],
    required: &[
        ("path", Fallback::Error("add the path, such as `path: /orders`")),
        ("method", Fallback::Error("add the HTTP method, such as `method: get`")),
    ],
    ..Grammar::EMPTY
};

pub(super) static REQUEST: Grammar = Grammar {
    name: "the request",
    keywords: &[
        ("security", Kept(Array(ObjectKind::SecurityOption))),
        ("parameters", Kept(Object(ObjectKind::ParametersByLocation))),
        ("body", Kept(Object(ObjectKind::ContentByMediaType))),
        ("codeSamples", Ignored("samples in other languages; the client has samples of its own")),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_OPTION: Grammar = Grammar {
    name: "a security option",
    keywords: &[
        ("title", Kept(String)),
        ("parameters", Kept(Object(ObjectKind::SecurityParametersByLocation))),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_PARAMETERS_BY_LOCATION: Grammar = Grammar {
    name: "the parameters of a security option",
    keywords: &[
        ("query", Kept(Map(KeyRule::Any, ObjectKind::SecurityParameter))),
        ("header", Kept(Map(KeyRule::Any, ObjectKind::SecurityParameter))),
        ("cookie", Kept(Map(KeyRule::Any, ObjectKind::SecurityParameter))),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_PARAMETER: Grammar = Grammar {
    name: "a security parameter",
    keywords: &[
        ("type", Kept(OneOf(&["apiKey", "http", "oauth2"]))),
        ("scheme", Kept(String)),
        ("description", Kept(Prose)),
        ("x-default", PassThrough(Any, SITE)),
    ],
    required: &[("type", Fallback::Error("add the `type`: `apiKey`, `http` or `oauth2`"))],
    ..Grammar::EMPTY
};

pub(super) static PARAMETERS_BY_LOCATION: Grammar = Grammar {
    name: "the parameters",
    keywords: &[
        ("path", Kept(Map(KeyRule::Any, ObjectKind::EndpointParameter))),
        ("query", Kept(Map(KeyRule::Any, ObjectKind::EndpointParameter))),
        ("header", Kept(Map(KeyRule::Any, ObjectKind::EndpointParameter))),
        ("cookie", Kept(Map(KeyRule::Any, ObjectKind::EndpointParameter))),
    ],
    fixups: &[parameter_fixups::styles_by_location],
    ..Grammar::EMPTY
};

pub(super) static PARAMETER: Grammar = Grammar {
    name: "a parameter",
    keywords: &[
        ("schema", Kept(Array(ObjectKind::Entry))),
        ("style", Kept(OneOf(Style::KEYWORDS))),
        ("explode", Kept(Bool)),
    ],
    ..Grammar::EMPTY
};

pub(super) static CONTENT_BY_MEDIA_TYPE: Grammar = Grammar {
    name: "the `content` by media type",
    other_keys: Some(Object(ObjectKind::Content)),
    ..Grammar::EMPTY
};

pub(super) static CONTENT: Grammar = Grammar {
    name: "a media type",
    keywords: &[
        ("schemaArray", Kept(Array(ObjectKind::Entry))),
        ("examples", PassThrough(Map(KeyRule::Any, ObjectKind::Example), EXAMPLES)),
        ("description", Kept(Prose)),
    ],
    ..Grammar::EMPTY
};

const TYPES: &[&str] = &[
    "object",
    "array",
    "string",
    "number",
    "integer",
    "boolean",
    "enum<string>",
    "enum<integer>",
    "enum<number>",
    "enum<boolean>",
    "file",
    "null",
    "any",
];

pub(super) static ENTRY: Grammar = Grammar {
    name: "an entry",
    keywords: &[
        ("type", Kept(OneOf(TYPES))),
        ("properties", Kept(Map(KeyRule::Any, ObjectKind::WrappedSchema))),
        ("requiredProperties", Kept(Strings)),
        ("additionalProperties", Kept(SchemaOrBool)),
        ("items", Kept(Object(ObjectKind::WrappedSchema))),
        ("enum", Kept(AnyArray)),
        ("const", Kept(Any)),
        ("contentEncoding", Kept(String)),
        ("contentMediaType", Kept(String)),
        ("format", Kept(String)),
        ("pattern", Kept(String)),
        ("required", Kept(Bool)),
        ("title", Kept(Prose)),
        ("description", Kept(Prose)),
        ("readOnly", Kept(Bool)),
        ("writeOnly", Kept(Bool)),
        ("deprecated", Kept(Bool)),
        ("refIdentifier", Kept(String)),
        ("examples", PassThrough(AnyArray, EXAMPLES)),
        ("example", PassThrough(Any, EXAMPLES)),
        ("default", Kept(Any)),
        ("multipleOf", Kept(Number)),
        ("minimum", Kept(Number)),
        ("maximum", Kept(Number)),
        ("exclusiveMinimum", Kept(BoolOrNumber)),
        ("exclusiveMaximum", Kept(BoolOrNumber)),
        ("minLength", Kept(Count)),
        ("maxLength", Kept(Count)),
        ("minItems", Kept(Count)),
        ("maxItems", Kept(Count)),
        ("uniqueItems", Kept(Bool)),
        ("minProperties", Kept(Count)),
        ("maxProperties", Kept(Count)),
        ("x-default", PassThrough(Any, SITE)),
        ("x-mint", Ignored(SITE)),
        ("x-mint-enum", Ignored(SITE)),
        ("isOneOf", Ignored(SITE)),
        ("isAnyOf", Ignored(SITE)),
        ("isAllOf", Ignored(SITE)),
    ],
    required: &[("type", Fallback::Error("add its `type`, or `type: any` for any value"))],
    ..Grammar::EMPTY
};

/// The schema of a property inside an entry: `allOf` with the vendor's schema as its item, or in
/// older pages an array of entries. [`Audit`](super::Audit) distinguishes the two.
pub(super) static WRAPPED_SCHEMA: Grammar = Grammar { name: "a wrapped schema", ..Grammar::EMPTY };
