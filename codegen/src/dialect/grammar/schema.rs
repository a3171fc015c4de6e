//! The tables of schemas: OpenAPI 3.0's and 3.1's keywords together, because real documents mix them.

use super::Rule::{Ignored, Kept, Unsupported, Unused};
use super::Shape::{
    Bound, Count, Flag, Json, JsonList, List, Map, Number, One, PropertyNames, Prose, Samples,
    SchemaOrFlag, Text, TextMap, TypeWord,
};
use super::openapi::FURTHER_READING;
use super::{Grammar, Missing, Names, Object, schema_fixups};

const LIMITS_VALUES: &str = "it limits values in a way that types do not show";
const IDENTITY: &str = "about how the schema is found and read, which is settled";
const MARK: &str = "a mark of the documentation's publisher";

pub(super) static SCHEMA: Grammar = Grammar {
    name: "a schema",
    keywords: &[
        // What it is.
        ("type", Kept(TypeWord)),
        ("format", Kept(Text)),
        ("enum", Kept(JsonList)),
        ("const", Kept(Json)),
        ("nullable", Kept(Flag)),
        // Objects.
        ("properties", Kept(Map(Names::Any, Object::Schema))),
        ("required", Kept(PropertyNames)),
        ("additionalProperties", Kept(SchemaOrFlag)),
        ("patternProperties", Kept(Map(Names::Any, Object::Schema))),
        ("unevaluatedProperties", Kept(SchemaOrFlag)),
        ("minProperties", Kept(Count)),
        ("maxProperties", Kept(Count)),
        ("propertyNames", Ignored(LIMITS_VALUES)),
        ("dependencies", Ignored(LIMITS_VALUES)),
        ("dependentRequired", Ignored(LIMITS_VALUES)),
        ("dependentSchemas", Ignored(LIMITS_VALUES)),
        // Lists.
        ("items", Kept(One(Object::Schema))),
        (
            "prefixItems",
            Unused(List(Object::Schema), "a list's items have one type, which takes all"),
        ),
        ("minItems", Kept(Count)),
        ("maxItems", Kept(Count)),
        ("uniqueItems", Kept(Flag)),
        ("additionalItems", Ignored(LIMITS_VALUES)),
        ("unevaluatedItems", Ignored(LIMITS_VALUES)),
        ("contains", Ignored(LIMITS_VALUES)),
        ("minContains", Ignored(LIMITS_VALUES)),
        ("maxContains", Ignored(LIMITS_VALUES)),
        // Strings.
        ("pattern", Kept(Text)),
        ("minLength", Kept(Count)),
        ("maxLength", Kept(Count)),
        ("contentEncoding", Kept(Text)),
        ("contentMediaType", Kept(Text)),
        ("contentSchema", Ignored("the text inside the string is the caller's to read")),
        // Numbers.
        ("multipleOf", Kept(Number)),
        ("minimum", Kept(Number)),
        ("maximum", Kept(Number)),
        ("exclusiveMinimum", Kept(Bound)),
        ("exclusiveMaximum", Kept(Bound)),
        // Compositions.
        ("$ref", Kept(Text)),
        ("allOf", Kept(List(Object::Schema))),
        ("oneOf", Kept(List(Object::Schema))),
        ("anyOf", Kept(List(Object::Schema))),
        ("not", Kept(One(Object::Schema))),
        ("discriminator", Kept(One(Object::Discriminator))),
        ("if", Ignored(LIMITS_VALUES)),
        ("then", Ignored(LIMITS_VALUES)),
        ("else", Ignored(LIMITS_VALUES)),
        ("$dynamicRef", Unsupported("the schema it names depends on the reader")),
        ("$recursiveRef", Unsupported("the schema it names depends on the reader")),
        ("$defs", Kept(Map(Names::Any, Object::Schema))),
        ("definitions", Kept(Map(Names::Any, Object::Schema))),
        // Texts and use.
        ("title", Kept(Prose)),
        ("description", Kept(Prose)),
        ("default", Kept(Json)),
        ("example", Kept(Json)),
        ("examples", Kept(Samples)),
        ("deprecated", Kept(Flag)),
        ("readOnly", Kept(Flag)),
        ("writeOnly", Kept(Flag)),
        ("externalDocs", Ignored(FURTHER_READING)),
        ("xml", Ignored("XML is neither read nor written")),
        ("$id", Ignored(IDENTITY)),
        ("$schema", Ignored(IDENTITY)),
        ("$anchor", Ignored(IDENTITY)),
        ("$dynamicAnchor", Ignored(IDENTITY)),
        ("$recursiveAnchor", Ignored(IDENTITY)),
        ("$vocabulary", Ignored(IDENTITY)),
        ("$comment", Ignored("a note between the document's authors")),
        ("isOneOf", Ignored(MARK)),
        ("isAnyOf", Ignored(MARK)),
        ("isAllOf", Ignored(MARK)),
    ],
    // `$ref` is a keyword of a schema like any other: it may have company.
    fixups: &[
        schema_fixups::type_words,
        schema_fixups::whole_numbers,
        schema_fixups::null_alternative,
        schema_fixups::discriminator_parts,
        schema_fixups::items_as_tuple,
        schema_fixups::required_on_properties,
        schema_fixups::nullable_extension,
        schema_fixups::local_definitions,
    ],
    ..Grammar::EMPTY
};

pub(super) static DISCRIMINATOR: Grammar = Grammar {
    name: "a discriminator",
    keywords: &[
        ("propertyName", Kept(Text)),
        ("mapping", Kept(TextMap)),
        ("defaultMapping", Ignored("an unknown tag is kept as it is")),
    ],
    required: &[("propertyName", Missing::Error("name the member that tells the types apart"))],
    ..Grammar::EMPTY
};
