//! The tables of the endpoint dialect.

use super::Rule::{Ignored, Kept, Unused};
use super::Shape::{
    Bound, Count, Flag, Json, JsonList, List, Map, Number, One, Prose, SchemaOrFlag, Text, Texts,
    Word,
};
use super::openapi::EXAMPLES;
use super::parameters::STYLES;
use super::{Grammar, Missing, Names, Object};

const SITE: &str = "how the documentation site shows the page";

pub(super) static BLOCK: Grammar = Grammar {
    name: "the block",
    keywords: &[
        ("paths", Kept(One(Object::Endpoint))),
        ("components", Kept(One(Object::Components))),
    ],
    required: &[("paths", Missing::Error("the endpoint stands under `paths`"))],
    ..Grammar::EMPTY
};

pub(super) static ENDPOINT: Grammar = Grammar {
    name: "the endpoint",
    keywords: &[
        ("path", Kept(Text)),
        ("method", Kept(Text)),
        ("servers", Kept(List(Object::Server))),
        ("request", Kept(One(Object::Request))),
        ("response", Kept(Map(Names::Status, Object::Contents))),
        ("deprecated", Kept(Flag)),
        ("type", Kept(Word(&["path", "webhook"]))),
        ("xMcp", Ignored(SITE)),
        ("xMint", Ignored(SITE)),
    ],
    required: &[
        ("path", Missing::Error("name the path, such as `path: /orders`")),
        ("method", Missing::Error("name the HTTP method, such as `method: get`")),
    ],
    ..Grammar::EMPTY
};

pub(super) static REQUEST: Grammar = Grammar {
    name: "the request",
    keywords: &[
        ("security", Kept(List(Object::SecurityOption))),
        ("parameters", Kept(One(Object::ParameterPlaces))),
        ("body", Kept(One(Object::Contents))),
        ("codeSamples", Ignored("calls in other languages; the client's own methods replace them")),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_OPTION: Grammar = Grammar {
    name: "a security option",
    keywords: &[("title", Kept(Text)), ("parameters", Kept(One(Object::SecurityPlaces)))],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_PLACES: Grammar = Grammar {
    name: "the parameters of a security option",
    keywords: &[
        ("query", Kept(Map(Names::Any, Object::SecurityParameter))),
        ("header", Kept(Map(Names::Any, Object::SecurityParameter))),
        ("cookie", Kept(Map(Names::Any, Object::SecurityParameter))),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_PARAMETER: Grammar = Grammar {
    name: "a security parameter",
    keywords: &[
        ("type", Kept(Word(&["apiKey", "http", "oauth2"]))),
        ("scheme", Kept(Text)),
        ("description", Kept(Prose)),
        ("x-default", Unused(Json, SITE)),
    ],
    required: &[("type", Missing::Error("say how to authenticate: `apiKey`, `http` or `oauth2`"))],
    ..Grammar::EMPTY
};

pub(super) static PARAMETER_PLACES: Grammar = Grammar {
    name: "the parameters",
    keywords: &[
        ("path", Kept(Map(Names::Any, Object::EndpointParameter))),
        ("query", Kept(Map(Names::Any, Object::EndpointParameter))),
        ("header", Kept(Map(Names::Any, Object::EndpointParameter))),
        ("cookie", Kept(Map(Names::Any, Object::EndpointParameter))),
    ],
    ..Grammar::EMPTY
};

pub(super) static PARAMETER: Grammar = Grammar {
    name: "a parameter",
    keywords: &[
        ("schema", Kept(List(Object::Entry))),
        ("style", Kept(Word(STYLES))),
        ("explode", Kept(Flag)),
    ],
    ..Grammar::EMPTY
};

pub(super) static CONTENTS: Grammar = Grammar {
    name: "the content by media type",
    rest: Some(One(Object::Content)),
    ..Grammar::EMPTY
};

pub(super) static CONTENT: Grammar = Grammar {
    name: "a media type",
    keywords: &[
        ("schemaArray", Kept(List(Object::Entry))),
        ("examples", Unused(Map(Names::Any, Object::Example), EXAMPLES)),
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
        ("type", Kept(Word(TYPES))),
        ("properties", Kept(Map(Names::Any, Object::Wrapped))),
        ("requiredProperties", Kept(Texts)),
        ("additionalProperties", Kept(SchemaOrFlag)),
        ("items", Kept(One(Object::Wrapped))),
        ("enum", Kept(JsonList)),
        ("const", Kept(Json)),
        ("contentEncoding", Kept(Text)),
        ("contentMediaType", Kept(Text)),
        ("format", Kept(Text)),
        ("pattern", Kept(Text)),
        ("required", Kept(Flag)),
        ("title", Kept(Prose)),
        ("description", Kept(Prose)),
        ("readOnly", Kept(Flag)),
        ("writeOnly", Kept(Flag)),
        ("deprecated", Kept(Flag)),
        ("refIdentifier", Kept(Text)),
        ("examples", Unused(JsonList, EXAMPLES)),
        ("example", Unused(Json, EXAMPLES)),
        ("default", Kept(Json)),
        ("multipleOf", Kept(Number)),
        ("minimum", Kept(Number)),
        ("maximum", Kept(Number)),
        ("exclusiveMinimum", Kept(Bound)),
        ("exclusiveMaximum", Kept(Bound)),
        ("minLength", Kept(Count)),
        ("maxLength", Kept(Count)),
        ("minItems", Kept(Count)),
        ("maxItems", Kept(Count)),
        ("uniqueItems", Kept(Flag)),
        ("minProperties", Kept(Count)),
        ("maxProperties", Kept(Count)),
        ("x-default", Unused(Json, SITE)),
        ("x-mint", Ignored(SITE)),
        ("x-mint-enum", Ignored(SITE)),
        ("isOneOf", Ignored(SITE)),
        ("isAnyOf", Ignored(SITE)),
        ("isAllOf", Ignored(SITE)),
    ],
    required: &[("type", Missing::Error("an entry always states its `type`, if only `any`"))],
    ..Grammar::EMPTY
};

/// A property's schema inside an entry: `allOf` with the vendor's schema in it, or in older pages a
/// list of entries. [`Audit`](super::Audit) tells them apart.
pub(super) static WRAPPED: Grammar = Grammar { name: "a wrapped schema", ..Grammar::EMPTY };
