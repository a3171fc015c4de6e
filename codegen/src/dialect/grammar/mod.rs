//! What may stand where: a table for each kind of object, and the walkers that read them.
//!
//! To teach the generator a keyword, add a row to the table of the object that holds it. A keyword
//! without a row is reported by [`audit`].

mod audit;
mod endpoint;
mod fixups;
mod names;
mod openapi;
mod parameter_fixups;
mod parameters;
#[cfg(test)]
mod planted;
mod schema;
mod schema_fixups;
mod shapes;
mod suggest;
mod visit;

use crate::source::Map;

pub(super) use audit::Audit;
pub(super) use names::Names;
pub(super) use schema_fixups::NULLABLE;
pub(super) use suggest::closest;
pub(super) use visit::{each, each_ref, kind_at};

/// A kind of object, named as its specification names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Root,
    Info,
    Server,
    ServerVariable,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Example,
    Tag,
    Components,
    Schema,
    Discriminator,
    SecurityScheme,
    Flows,
    Flow,
    // The endpoint dialect.
    Block,
    Endpoint,
    Request,
    SecurityOption,
    SecurityPlaces,
    SecurityParameter,
    ParameterPlaces,
    EndpointParameter,
    Contents,
    Content,
    Entry,
    Wrapped,
}

/// What is expected of a keyword's value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// A string.
    Text,
    /// A string for people; whatever else stands there is left out with a warning.
    Prose,
    /// `true` or `false`
    Flag,
    /// An integer from 0.
    Count,
    /// A number.
    Number,
    /// `exclusiveMinimum` and its like: a flag in 3.0, a number in 3.1.
    Bound,
    /// `type`: a word, or in 3.1 a list of words.
    TypeWord,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of strings.
    Texts,
    /// `required` of a schema: a list of property names.
    PropertyNames,
    /// A map of strings.
    TextMap,
    /// `security`: a list of maps from a scheme's name to scopes.
    Requirements,
    /// Anything.
    Json,
    /// A list of anything.
    JsonList,
    /// `examples` of a schema: a list of anything.
    Samples,
    /// An object.
    One(Object),
    /// A list of objects.
    List(Object),
    /// Objects by name.
    Map(Names, Object),
    /// `additionalProperties`: a flag or a schema.
    SchemaOrFlag,
}

/// What becomes of a keyword.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// It goes on to the next stage.
    Kept(Shape),
    /// It goes on, because the next stage expects it, but does not matter to a client, for this
    /// reason.
    Unused(Shape, &'static str),
    /// It does not matter to a client, for this reason.
    Ignored(&'static str),
    /// It matters and is not understood; the words say what is lost.
    Unsupported(&'static str),
}

/// What to do where a required keyword is missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Missing {
    /// Put an empty string there, and say so.
    Text,
    /// Put an empty map there, and say so.
    Map,
    /// Put an empty map there; nothing needs to be said.
    QuietMap,
    /// An error; the words are its help.
    Error(&'static str),
}

/// The table of one kind of object.
pub(super) struct Grammar {
    /// What the object is called in a message, such as `a schema`.
    pub name: &'static str,
    /// Its keywords.
    pub keywords: &'static [(&'static str, Rule)],
    /// The keywords it cannot do without.
    pub required: &'static [(&'static str, Missing)],
    /// Whether a `$ref` may stand in its location.
    pub reference: bool,
    /// What holds for members that are not in `keywords`, where their names are the author's.
    pub rest: Option<Shape>,
    /// Repairs of common mistakes, done before the table is read.
    pub fixups: &'static [Fixup],
    /// Repairs of what is missing once the members that cannot be used have left.
    pub afterwards: &'static [Fixup],
}

/// A repair of a common mistake; it reports what it did.
pub(super) type Fixup = fn(&mut Map, &mut Audit<'_>);

impl Rule {
    /// What is expected of the value of a keyword that goes on.
    pub(super) fn shape(self) -> Option<Shape> {
        match self {
            Self::Kept(shape) | Self::Unused(shape, _) => Some(shape),
            Self::Ignored(_) | Self::Unsupported(_) => None,
        }
    }
}

impl Grammar {
    /// A table with nothing in it, to be filled by `..`.
    const EMPTY: Self = Self {
        name: "",
        keywords: &[],
        required: &[],
        reference: false,
        rest: None,
        fixups: &[],
        afterwards: &[],
    };

    /// The rule for `keyword`.
    pub(super) fn rule(&self, keyword: &str) -> Option<Rule> {
        self.keywords.iter().find(|(name, _)| *name == keyword).map(|(_, rule)| *rule)
    }
}

impl Object {
    /// The object's table.
    pub(super) fn grammar(self) -> &'static Grammar {
        match self {
            Self::Root => &openapi::ROOT,
            Self::Info => &openapi::INFO,
            Self::Server => &openapi::SERVER,
            Self::ServerVariable => &openapi::SERVER_VARIABLE,
            Self::PathItem => &openapi::PATH_ITEM,
            Self::Operation => &openapi::OPERATION,
            Self::Parameter => &parameters::PARAMETER,
            Self::RequestBody => &openapi::REQUEST_BODY,
            Self::MediaType => &openapi::MEDIA_TYPE,
            Self::Encoding => &openapi::ENCODING,
            Self::Response => &openapi::RESPONSE,
            Self::Header => &parameters::HEADER,
            Self::Example => &openapi::EXAMPLE,
            Self::Tag => &openapi::TAG,
            Self::Components => &openapi::COMPONENTS,
            Self::Schema => &schema::SCHEMA,
            Self::Discriminator => &schema::DISCRIMINATOR,
            Self::SecurityScheme => &openapi::SECURITY_SCHEME,
            Self::Flows => &openapi::FLOWS,
            Self::Flow => &openapi::FLOW,
            Self::Block => &endpoint::BLOCK,
            Self::Endpoint => &endpoint::ENDPOINT,
            Self::Request => &endpoint::REQUEST,
            Self::SecurityOption => &endpoint::SECURITY_OPTION,
            Self::SecurityPlaces => &endpoint::SECURITY_PLACES,
            Self::SecurityParameter => &endpoint::SECURITY_PARAMETER,
            Self::ParameterPlaces => &endpoint::PARAMETER_PLACES,
            Self::EndpointParameter => &endpoint::PARAMETER,
            Self::Contents => &endpoint::CONTENTS,
            Self::Content => &endpoint::CONTENT,
            Self::Entry => &endpoint::ENTRY,
            Self::Wrapped => &endpoint::WRAPPED,
        }
    }
}
