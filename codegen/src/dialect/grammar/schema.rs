//! The tables of schemas. They combine the keywords of OpenAPI 3.0 and 3.1, because real documents
//! mix them.

use super::Rule::{Ignored, Kept, PassThrough, Unsupported};
use super::ValueKind::{
    Any, AnyArray, Array, Bool, BoolOrNumber, Count, Map, Number, Object, PropertyNames, Prose,
    SchemaExamples, SchemaOrBool, String, StringMap, TypeNames,
};
use super::openapi::EXTERNAL_DOCS;
use super::{Fallback, Grammar, KeyRule, ObjectKind, platform_fixups, schema_fixups};

const CONSTRAINT: &str = "a constraint on values that Rust types do not express";
const IDENTIFIER: &str = "identifies the schema or its dialect; references are already resolved";
const PUBLISHER_MARKER: &str = "a marker added by the documentation publisher";

pub(super) static SCHEMA: Grammar = Grammar {
    name: "a schema",
    keywords: &[
        // Types and values.
        ("type", Kept(TypeNames)),
        ("format", Kept(String)),
        ("enum", Kept(AnyArray)),
        ("const", Kept(Any)),
        ("nullable", Kept(Bool)),
        // Objects.
        ("properties", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
        ("required", Kept(PropertyNames)),
        ("additionalProperties", Kept(SchemaOrBool)),
        ("patternProperties", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
        ("unevaluatedProperties", Kept(SchemaOrBool)),
        ("minProperties", Kept(Count)),
        ("maxProperties", Kept(Count)),
        ("propertyNames", Ignored(CONSTRAINT)),
        ("dependencies", Ignored(CONSTRAINT)),
        ("dependentRequired", Ignored(CONSTRAINT)),
        ("dependentSchemas", Ignored(CONSTRAINT)),
        // Arrays.
        ("items", Kept(Object(ObjectKind::Schema))),
        (
            "prefixItems",
            PassThrough(
                Array(ObjectKind::Schema),
                "all items of an array have one type, which accepts each of them",
            ),
        ),
        ("minItems", Kept(Count)),
        ("maxItems", Kept(Count)),
        ("uniqueItems", Kept(Bool)),
        ("additionalItems", Ignored(CONSTRAINT)),
        ("unevaluatedItems", Ignored(CONSTRAINT)),
        ("contains", Ignored(CONSTRAINT)),
        ("minContains", Ignored(CONSTRAINT)),
        ("maxContains", Ignored(CONSTRAINT)),
        // Strings.
        ("pattern", Kept(String)),
        ("minLength", Kept(Count)),
        ("maxLength", Kept(Count)),
        ("contentEncoding", Kept(String)),
        ("contentMediaType", Kept(String)),
        ("contentSchema", Ignored("the caller decodes the content of the string")),
        // Numbers.
        ("multipleOf", Kept(Number)),
        ("minimum", Kept(Number)),
        ("maximum", Kept(Number)),
        ("exclusiveMinimum", Kept(BoolOrNumber)),
        ("exclusiveMaximum", Kept(BoolOrNumber)),
        // Compositions.
        ("$ref", Kept(String)),
        ("allOf", Kept(Array(ObjectKind::Schema))),
        ("oneOf", Kept(Array(ObjectKind::Schema))),
        ("anyOf", Kept(Array(ObjectKind::Schema))),
        ("not", Kept(Object(ObjectKind::Schema))),
        ("discriminator", Kept(Object(ObjectKind::Discriminator))),
        ("if", Ignored(CONSTRAINT)),
        ("then", Ignored(CONSTRAINT)),
        ("else", Ignored(CONSTRAINT)),
        ("$dynamicRef", Unsupported("dynamic references cannot be resolved ahead of time")),
        ("$recursiveRef", Unsupported("dynamic references cannot be resolved ahead of time")),
        ("$defs", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
        ("definitions", Kept(Map(KeyRule::Any, ObjectKind::Schema))),
        // Documentation and use.
        ("title", Kept(Prose)),
        ("description", Kept(Prose)),
        ("default", Kept(Any)),
        ("example", Kept(Any)),
        ("examples", Kept(SchemaExamples)),
        ("deprecated", Kept(Bool)),
        ("readOnly", Kept(Bool)),
        ("writeOnly", Kept(Bool)),
        ("externalDocs", Ignored(EXTERNAL_DOCS)),
        ("xml", Ignored("XML is not supported")),
        ("$id", Ignored(IDENTIFIER)),
        ("$schema", Ignored(IDENTIFIER)),
        ("$anchor", Ignored(IDENTIFIER)),
        ("$dynamicAnchor", Ignored(IDENTIFIER)),
        ("$recursiveAnchor", Ignored(IDENTIFIER)),
        ("$vocabulary", Ignored(IDENTIFIER)),
        ("$comment", Ignored("a comment for the document's authors")),
        ("isOneOf", Ignored(PUBLISHER_MARKER)),
        ("isAnyOf", Ignored(PUBLISHER_MARKER)),
        ("isAllOf", Ignored(PUBLISHER_MARKER)),
    ],
    // `allows_ref` stays false: in a schema, `$ref` is a keyword that may have siblings.
    fixups: &[
        schema_fixups::type_names,
        schema_fixups::integer_formats,
        schema_fixups::null_alternative,
        schema_fixups::discriminator_property,
        schema_fixups::items_as_tuple,
        schema_fixups::required_on_properties,
        schema_fixups::nullable_extension,
        schema_fixups::references_to_local_definitions,
        platform_fixups::wrapped_enum_values,
        platform_fixups::enum_descriptions,
    ],
    ..Grammar::EMPTY
};

pub(super) static DISCRIMINATOR: Grammar = Grammar {
    name: "a discriminator",
    keywords: &[
        ("propertyName", Kept(String)),
        ("mapping", Kept(StringMap)),
        ("defaultMapping", Ignored("a value with an unknown tag is kept as untyped JSON")),
    ],
    required: &[("propertyName", Fallback::Error("name the property that contains the tag"))],
    ..Grammar::EMPTY
};
