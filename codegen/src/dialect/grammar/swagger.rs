//! The tables of Swagger 2.0. Schemas, tags and `info` have the tables of OpenAPI 3.0.

use super::Rule::{Ignored, Kept, PassThrough};
use super::ValueKind::{
    Any, AnyArray, Array, Bool, Count, Map, Number, Object, OneOf, Prose, SecurityRequirements,
    String, StringMap, Strings, TypeNames,
};
use super::openapi::{EXAMPLES, EXTERNAL_DOCS};
use super::{Fallback, Grammar, KeyRule, ObjectKind, fixups, parameter_fixups, schema_fixups};

const RECEIVED: &str = "received values are not checked";

/// A table's rows for a value that is not in a body, after `$row`s of its own: the keywords of a
/// schema without objects and compositions.
macro_rules! value_keywords {
    ($($row:expr),* $(,)?) => {
        &[
            $($row,)*
            ("type", Kept(TypeNames)),
            ("format", Kept(String)),
            ("items", Kept(Object(ObjectKind::SwaggerItems))),
            ("collectionFormat", Kept(OneOf(&["csv", "ssv", "tsv", "pipes", "multi"]))),
            ("enum", Kept(AnyArray)),
            ("maximum", Kept(Number)),
            ("exclusiveMaximum", Kept(Bool)),
            ("minimum", Kept(Number)),
            ("exclusiveMinimum", Kept(Bool)),
            ("multipleOf", Kept(Number)),
            ("maxLength", Kept(Count)),
            ("minLength", Kept(Count)),
            ("pattern", Kept(String)),
            ("maxItems", Kept(Count)),
            ("minItems", Kept(Count)),
            ("uniqueItems", Kept(Bool)),
        ]
    };
}

pub(super) static ROOT: Grammar = Grammar {
    name: "the document",
    keywords: &[
        ("swagger", Kept(String)),
        ("info", Kept(Object(ObjectKind::Info))),
        ("host", Kept(String)),
        ("basePath", Kept(String)),
        ("schemes", Kept(Strings)),
        ("consumes", Kept(Strings)),
        ("produces", Kept(Strings)),
        ("paths", Kept(Map(KeyRule::Path, ObjectKind::SwaggerPathItem))),
        ("definitions", Kept(Map(KeyRule::Component, ObjectKind::Schema))),
        ("parameters", Kept(Map(KeyRule::Component, ObjectKind::SwaggerParameter))),
        ("responses", Kept(Map(KeyRule::Component, ObjectKind::SwaggerResponse))),
        ("securityDefinitions", Kept(Map(KeyRule::Component, ObjectKind::SwaggerSecurityScheme))),
        ("security", Kept(SecurityRequirements)),
        ("tags", PassThrough(Array(ObjectKind::Tag), "operations list their tags themselves")),
        ("externalDocs", Ignored(EXTERNAL_DOCS)),
    ],
    required: &[
        ("swagger", Fallback::EmptyString),
        ("info", Fallback::EmptyObject),
        ("paths", Fallback::EmptyObject),
    ],
    fixups: &[fixups::tags_as_strings],
    // The audit does not count what it adds.
    final_fixups: &[fixups::without_paths],
    ..Grammar::EMPTY
};

pub(super) static PATH_ITEM: Grammar = Grammar {
    name: "a path item",
    keywords: &[
        ("get", Kept(Object(ObjectKind::SwaggerOperation))),
        ("put", Kept(Object(ObjectKind::SwaggerOperation))),
        ("post", Kept(Object(ObjectKind::SwaggerOperation))),
        ("delete", Kept(Object(ObjectKind::SwaggerOperation))),
        ("options", Kept(Object(ObjectKind::SwaggerOperation))),
        ("head", Kept(Object(ObjectKind::SwaggerOperation))),
        ("patch", Kept(Object(ObjectKind::SwaggerOperation))),
        ("parameters", Kept(Array(ObjectKind::SwaggerParameter))),
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
        ("consumes", Kept(Strings)),
        ("produces", Kept(Strings)),
        ("parameters", Kept(Array(ObjectKind::SwaggerParameter))),
        ("responses", Kept(Map(KeyRule::Status, ObjectKind::SwaggerResponse))),
        ("schemes", Kept(Strings)),
        ("deprecated", Kept(Bool)),
        ("security", Kept(SecurityRequirements)),
    ],
    ..Grammar::EMPTY
};

pub(super) static PARAMETER: Grammar = Grammar {
    name: "a parameter",
    keywords: value_keywords![
        ("name", Kept(String)),
        ("in", Kept(OneOf(&["path", "query", "header", "formData", "body"]))),
        ("description", Kept(Prose)),
        ("required", Kept(Bool)),
        ("schema", Kept(Object(ObjectKind::Schema))),
        ("default", Kept(Any)),
        ("allowEmptyValue", Kept(Bool)),
        ("example", PassThrough(Any, EXAMPLES)),
    ],
    required: &[
        ("name", Fallback::Error("add the `name` of the parameter")),
        (
            "in",
            Fallback::Error(
                "add its location: `in: path`, `query`, `header`, `formData` or `body`",
            ),
        ),
    ],
    allows_ref: true,
    fixups: &[
        schema_fixups::type_names,
        schema_fixups::integer_formats,
        parameter_fixups::path_required,
        parameter_fixups::query_only,
    ],
    ..Grammar::EMPTY
};

pub(super) static ITEMS: Grammar = Grammar {
    name: "the items of an array",
    keywords: value_keywords![("default", Ignored("every item of an array is sent"))],
    // Swagger 2.0 does not allow it, but tools write it.
    allows_ref: true,
    fixups: &[schema_fixups::type_names, schema_fixups::integer_formats],
    ..Grammar::EMPTY
};

pub(super) static RESPONSE: Grammar = Grammar {
    name: "a response",
    keywords: &[
        ("description", Kept(Prose)),
        ("schema", Kept(Object(ObjectKind::Schema))),
        ("headers", Kept(Map(KeyRule::Any, ObjectKind::SwaggerHeader))),
        ("examples", PassThrough(Any, EXAMPLES)),
    ],
    allows_ref: true,
    ..Grammar::EMPTY
};

pub(super) static HEADER: Grammar = Grammar {
    name: "a header",
    keywords: &[
        ("description", Kept(Prose)),
        ("type", Kept(TypeNames)),
        ("format", Kept(String)),
        ("items", Kept(Object(ObjectKind::SwaggerItems))),
        ("enum", Kept(AnyArray)),
        ("collectionFormat", Ignored("response headers are strings")),
        ("default", Ignored(RECEIVED)),
        ("maximum", Ignored(RECEIVED)),
        ("exclusiveMaximum", Ignored(RECEIVED)),
        ("minimum", Ignored(RECEIVED)),
        ("exclusiveMinimum", Ignored(RECEIVED)),
        ("multipleOf", Ignored(RECEIVED)),
        ("maxLength", Ignored(RECEIVED)),
        ("minLength", Ignored(RECEIVED)),
        ("pattern", Ignored(RECEIVED)),
        ("maxItems", Ignored(RECEIVED)),
        ("minItems", Ignored(RECEIVED)),
        ("uniqueItems", Ignored(RECEIVED)),
        ("example", Ignored(EXAMPLES)),
    ],
    fixups: &[schema_fixups::type_names, schema_fixups::integer_formats],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_SCHEME: Grammar = Grammar {
    name: "a security scheme",
    keywords: &[
        ("type", Kept(OneOf(&["basic", "apiKey", "oauth2"]))),
        ("description", Kept(Prose)),
        ("name", Kept(String)),
        ("in", Kept(OneOf(&["query", "header"]))),
        ("flow", Kept(OneOf(&["implicit", "password", "application", "accessCode"]))),
        (
            "authorizationUrl",
            PassThrough(String, "for user consent in a browser; the caller supplies the token"),
        ),
        ("tokenUrl", Kept(String)),
        ("scopes", Kept(StringMap)),
    ],
    required: &[("type", Fallback::Error("add the `type`: `basic`, `apiKey` or `oauth2`"))],
    ..Grammar::EMPTY
};
