//! The tables of parameters and of response headers, which are parameters but for their name.

use super::Rule::{Ignored, Kept, Unused};
use super::Shape::{Flag, Json, Map, One, Prose, Text, Word};
use super::openapi::EXAMPLES;
use super::{Grammar, Missing, Names, Object, fixups, parameter_fixups};

pub(super) const STYLES: &[&str] =
    &["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject"];

pub(super) static PARAMETER: Grammar = Grammar {
    name: "a parameter",
    keywords: &[
        ("name", Kept(Text)),
        ("in", Kept(Word(&["path", "query", "header", "cookie"]))),
        ("description", Kept(Prose)),
        ("required", Kept(Flag)),
        ("deprecated", Kept(Flag)),
        ("allowEmptyValue", Kept(Flag)),
        ("style", Kept(Word(STYLES))),
        ("explode", Kept(Flag)),
        ("allowReserved", Kept(Flag)),
        ("schema", Kept(One(Object::Schema))),
        ("content", Kept(Map(Names::Any, Object::MediaType))),
        ("example", Unused(Json, EXAMPLES)),
        ("examples", Unused(Map(Names::Any, Object::Example), EXAMPLES)),
    ],
    required: &[
        ("name", Missing::Error("give the parameter a `name`")),
        ("in", Missing::Error("say where it goes: `in: path`, `query`, `header` or `cookie`")),
    ],
    reference: true,
    fixups: &[
        parameter_fixups::schema_beside,
        parameter_fixups::required_in_schema,
        parameter_fixups::path_required,
        parameter_fixups::style_of_place,
        parameter_fixups::query_only,
        fixups::examples_as_list,
        fixups::examples_bare,
    ],
    afterwards: &[parameter_fixups::schema_beside],
    ..Grammar::EMPTY
};

pub(super) static HEADER: Grammar = Grammar {
    name: "a header",
    keywords: &[
        ("name", Ignored("a header is named by its key")),
        ("in", Ignored("a header is always in the header")),
        ("description", Kept(Prose)),
        ("required", Unused(Flag, "a header of a response may be missing whatever is said")),
        ("deprecated", Unused(Flag, "a header that is deprecated is read like any other")),
        ("allowEmptyValue", Ignored("it holds for query parameters only")),
        ("style", Kept(Word(&["simple"]))),
        ("explode", Ignored("headers are read as text")),
        ("allowReserved", Ignored("it holds for query parameters only")),
        ("schema", Kept(One(Object::Schema))),
        ("content", Kept(Map(Names::Any, Object::MediaType))),
        ("example", Unused(Json, EXAMPLES)),
        ("examples", Unused(Map(Names::Any, Object::Example), EXAMPLES)),
    ],
    reference: true,
    fixups: &[
        parameter_fixups::schema_beside,
        parameter_fixups::required_in_schema,
        fixups::examples_as_list,
        fixups::examples_bare,
    ],
    afterwards: &[parameter_fixups::schema_beside],
    ..Grammar::EMPTY
};
