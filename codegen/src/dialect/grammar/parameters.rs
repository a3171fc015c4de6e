//! The tables of parameters and of response headers, which are parameters without `name` and `in`.

use super::Rule::{Ignored, Kept, PassThrough};
use super::ValueKind::{Any, Bool, Map, Object, OneOf, Prose, String};
use super::openapi::EXAMPLES;
use super::{Fallback, Grammar, KeyRule, ObjectKind, fixups, parameter_fixups};
use crate::style::Style;

pub(super) static PARAMETER: Grammar = Grammar {
    name: "a parameter",
    keywords: &[
        ("name", Kept(String)),
        ("in", Kept(OneOf(&["path", "query", "header", "cookie"]))),
        ("description", Kept(Prose)),
        ("required", Kept(Bool)),
        ("deprecated", Kept(Bool)),
        ("allowEmptyValue", Kept(Bool)),
        ("style", Kept(OneOf(Style::KEYWORDS))),
        ("explode", Kept(Bool)),
        ("allowReserved", Kept(Bool)),
        ("schema", Kept(Object(ObjectKind::Schema))),
        ("content", Kept(Map(KeyRule::Any, ObjectKind::MediaType))),
        ("example", PassThrough(Any, EXAMPLES)),
        ("examples", PassThrough(Map(KeyRule::Any, ObjectKind::Example), EXAMPLES)),
    ],
    required: &[
        ("name", Fallback::Error("add the `name` of the parameter")),
        ("in", Fallback::Error("add its location: `in: path`, `query`, `header` or `cookie`")),
    ],
    allows_ref: true,
    fixups: &[
        parameter_fixups::schema_or_content,
        parameter_fixups::required_in_schema,
        parameter_fixups::path_required,
        parameter_fixups::style_of_location,
        parameter_fixups::query_only,
        fixups::examples_as_list,
        fixups::examples_without_value,
    ],
    final_fixups: &[parameter_fixups::schema_or_content],
    ..Grammar::EMPTY
};

pub(super) static HEADER: Grammar = Grammar {
    name: "a header",
    keywords: &[
        ("name", Ignored("the key of the header object is the name of the header")),
        ("in", Ignored("a header object always describes a header")),
        ("description", Kept(Prose)),
        (
            "required",
            PassThrough(Bool, "a response header may be missing even if the document requires it"),
        ),
        ("deprecated", PassThrough(Bool, "a deprecated header is read like any other")),
        ("allowEmptyValue", Ignored("it applies to query parameters only")),
        ("style", Kept(OneOf(&["simple"]))),
        ("explode", Ignored("response headers are strings")),
        ("allowReserved", Ignored("it applies to query parameters only")),
        ("schema", Kept(Object(ObjectKind::Schema))),
        ("content", Kept(Map(KeyRule::Any, ObjectKind::MediaType))),
        ("example", PassThrough(Any, EXAMPLES)),
        ("examples", PassThrough(Map(KeyRule::Any, ObjectKind::Example), EXAMPLES)),
    ],
    allows_ref: true,
    fixups: &[
        parameter_fixups::schema_or_content,
        parameter_fixups::required_in_schema,
        fixups::examples_as_list,
        fixups::examples_without_value,
    ],
    final_fixups: &[parameter_fixups::schema_or_content],
    ..Grammar::EMPTY
};
