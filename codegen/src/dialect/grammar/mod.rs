//! The grammar of API documents: a table of keywords for each kind of object, and the functions
//! that walk a tree by these tables.
//!
//! To support a keyword, add a row to the table of the object that contains it. [`audit`] reports
//! keywords without a row.

#[cfg(all(test, feature = "cli"))]
mod acme_keywords;
mod audit;
mod coerce;
mod endpoint;
mod fixups;
mod keys;
#[cfg(test)]
mod keyword_effects;
#[cfg(test)]
mod keyword_hosts;
mod openapi;
mod parameter_fixups;
mod parameters;
mod platform_fixups;
mod schema;
mod schema_fixups;
mod swagger;
mod visit;

use crate::source::Map;

pub(super) use audit::Audit;
pub(super) use keys::KeyRule;
pub(super) use schema_fixups::NULLABLE;
pub(super) use visit::{
    for_each_in_value_mut, for_each_object, for_each_object_mut, kind_at, value_kind_at,
};

/// A kind of object, named as in its specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ObjectKind {
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
    // Swagger 2.0.
    SwaggerRoot,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerItems,
    SwaggerResponse,
    SwaggerHeader,
    SwaggerSecurityScheme,
    // The endpoint dialect.
    Block,
    Endpoint,
    Request,
    SecurityOption,
    SecurityParametersByLocation,
    SecurityParameter,
    ParametersByLocation,
    EndpointParameter,
    ContentByMediaType,
    Content,
    Entry,
    WrappedSchema,
}

/// The kind of value that a keyword expects.
#[derive(Debug, Clone, Copy)]
pub(super) enum ValueKind {
    /// A string.
    String,
    /// A string for human readers; any other value is skipped with a warning.
    Prose,
    /// `true` or `false`
    Bool,
    /// A non-negative integer.
    Count,
    /// A number.
    Number,
    /// `exclusiveMinimum` or `exclusiveMaximum`: a boolean in 3.0, a number in 3.1.
    BoolOrNumber,
    /// `type`: a string, or in 3.1 an array of strings.
    TypeNames,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// An array of strings.
    Strings,
    /// `required` of a schema: an array of property names.
    PropertyNames,
    /// An object whose values are strings.
    StringMap,
    /// `security`: an array of objects that map the name of a scheme to scopes.
    SecurityRequirements,
    /// Any value.
    Any,
    /// An array of any values.
    AnyArray,
    /// `examples` of a schema: an array of any values.
    SchemaExamples,
    /// An object of this kind.
    Object(ObjectKind),
    /// An array of objects of this kind.
    Array(ObjectKind),
    /// Objects of this kind by key.
    Map(KeyRule, ObjectKind),
    /// `additionalProperties`: a boolean or a schema.
    SchemaOrBool,
}

/// How a keyword is handled.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rule {
    /// It is passed to the next stage.
    Kept(ValueKind),
    /// It is passed to the next stage, which expects it, but does not matter to a client, for this
    /// reason.
    PassThrough(ValueKind, &'static str),
    /// It does not matter to a client, for this reason.
    Ignored(&'static str),
    /// It matters but is unsupported; the message says why, or what is lost.
    Unsupported(&'static str),
}

/// What to do if a required keyword is missing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fallback {
    /// Insert an empty string, with a note.
    EmptyString,
    /// Insert an empty object, with a note.
    EmptyObject,
    /// Insert an empty object, without a note.
    SilentEmptyObject,
    /// Report an error with this help.
    Error(&'static str),
}

/// The table of one kind of object.
pub(super) struct Grammar {
    /// The name of the object in messages, such as `a schema`.
    pub name: &'static str,
    /// The keywords of the object.
    pub keywords: &'static [(&'static str, Rule)],
    /// The keywords that must be present.
    pub required: &'static [(&'static str, Fallback)],
    /// Whether a reference object may replace the object.
    pub allows_ref: bool,
    /// The kind of values whose keys are not in `keywords` but chosen by the author.
    pub other_keys: Option<ValueKind>,
    /// Repairs of common mistakes, applied before the table is.
    pub fixups: &'static [Fixup],
    /// Repairs applied after unusable entries were removed.
    pub final_fixups: &'static [Fixup],
}

/// A repair of a common mistake; it reports what it changed.
pub(super) type Fixup = fn(&mut Map, &mut Audit<'_>);

impl Rule {
    /// Returns the expected kind of value of a keyword that is passed on.
    pub(super) fn value_kind(self) -> Option<ValueKind> {
        match self {
            Self::Kept(kind) | Self::PassThrough(kind, _) => Some(kind),
            Self::Ignored(_) | Self::Unsupported(_) => None,
        }
    }
}

impl Grammar {
    /// An empty table, for struct update syntax.
    const EMPTY: Self = Self {
        name: "",
        keywords: &[],
        required: &[],
        allows_ref: false,
        other_keys: None,
        fixups: &[],
        final_fixups: &[],
    };

    /// Returns the rule for `keyword`.
    pub(super) fn rule(&self, keyword: &str) -> Option<Rule> {
        self.keywords.iter().find(|(name, _)| *name == keyword).map(|(_, rule)| *rule)
    }
}

impl ObjectKind {
    /// Returns the table of this kind of object.
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
            Self::SwaggerRoot => &swagger::ROOT,
            Self::SwaggerPathItem => &swagger::PATH_ITEM,
            Self::SwaggerOperation => &swagger::OPERATION,
            Self::SwaggerParameter => &swagger::PARAMETER,
            Self::SwaggerItems => &swagger::ITEMS,
            Self::SwaggerResponse => &swagger::RESPONSE,
            Self::SwaggerHeader => &swagger::HEADER,
            Self::SwaggerSecurityScheme => &swagger::SECURITY_SCHEME,
            Self::Block => &endpoint::BLOCK,
            Self::Endpoint => &endpoint::ENDPOINT,
            Self::Request => &endpoint::REQUEST,
            Self::SecurityOption => &endpoint::SECURITY_OPTION,
            Self::SecurityParametersByLocation => &endpoint::SECURITY_PARAMETERS_BY_LOCATION,
            Self::SecurityParameter => &endpoint::SECURITY_PARAMETER,
            Self::ParametersByLocation => &endpoint::PARAMETERS_BY_LOCATION,
            Self::EndpointParameter => &endpoint::PARAMETER,
            Self::ContentByMediaType => &endpoint::CONTENT_BY_MEDIA_TYPE,
            Self::Content => &endpoint::CONTENT,
            Self::Entry => &endpoint::ENTRY,
            Self::WrappedSchema => &endpoint::WRAPPED_SCHEMA,
        }
    }
}
