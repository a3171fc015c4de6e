//! The tables of OpenAPI 3.0 and 3.1, but for schemas and parameters.

use super::Missing::{self, QuietMap};
use super::Rule::{Ignored, Kept, Unsupported, Unused};
use super::Shape::{Flag, Json, List, Map, One, Prose, Requirements, Text, TextMap, Texts, Word};
use super::{Grammar, Names, Object, fixups};

pub(super) const FURTHER_READING: &str = "links to further reading are not carried over";
const ABOUT_VENDOR: &str = "about the vendor and the document, not about the interface";
const CALLBACKS: &str = "requests that the vendor sends; a client does not make them";
/// Why examples are not generated.
pub(super) const EXAMPLES: &str =
    "examples bind nobody; sample values of requests follow them as far as their schemas allow";
const LINKS: &str = "how operations follow each other; a caller decides that";
const DOCUMENT: &str = "about how the document is read, which is settled";
const OWN_TEXT: &str = "what stands below it has texts of its own";
const NEWER: &str = "it is a keyword of OpenAPI 3.2";

pub(super) static ROOT: Grammar = Grammar {
    name: "the document",
    keywords: &[
        ("openapi", Kept(Text)),
        ("info", Kept(One(Object::Info))),
        ("jsonSchemaDialect", Ignored(DOCUMENT)),
        ("$self", Ignored(DOCUMENT)),
        ("servers", Kept(List(Object::Server))),
        ("security", Kept(Requirements)),
        ("paths", Kept(Map(Names::Path, Object::PathItem))),
        ("webhooks", Kept(Map(Names::Any, Object::PathItem))),
        ("x-docwright-webhooks", Kept(Map(Names::Any, Object::PathItem))),
        ("components", Kept(One(Object::Components))),
        ("tags", Unused(List(Object::Tag), "operations name their tags themselves")),
        ("externalDocs", Ignored(FURTHER_READING)),
        // Not OpenAPI's, but references into them are met.
        ("definitions", Kept(Map(Names::Any, Object::Schema))),
        ("$defs", Kept(Map(Names::Any, Object::Schema))),
    ],
    required: &[("openapi", Missing::Text), ("info", Missing::Map), ("paths", Missing::Map)],
    fixups: &[fixups::webhooks_only, fixups::tags_as_text],
    ..Grammar::EMPTY
};

pub(super) static INFO: Grammar = Grammar {
    name: "`info`",
    keywords: &[
        ("title", Kept(Text)),
        ("summary", Ignored("`description` says it at length")),
        ("description", Kept(Prose)),
        ("version", Unused(Text, "it is the document's version, not the client's")),
        ("termsOfService", Ignored(ABOUT_VENDOR)),
        ("contact", Ignored(ABOUT_VENDOR)),
        ("license", Ignored(ABOUT_VENDOR)),
    ],
    required: &[("title", Missing::Text), ("version", Missing::Text)],
    fixups: &[fixups::summary_as_description],
    ..Grammar::EMPTY
};

pub(super) static SERVER: Grammar = Grammar {
    name: "a server",
    keywords: &[
        ("url", Kept(Text)),
        ("description", Kept(Prose)),
        ("name", Ignored("a server is named after its description or URL")),
        ("variables", Kept(Map(Names::Any, Object::ServerVariable))),
    ],
    required: &[("url", Missing::Error("give the server's address as `url`"))],
    ..Grammar::EMPTY
};

pub(super) static SERVER_VARIABLE: Grammar = Grammar {
    name: "a server variable",
    keywords: &[
        ("enum", Kept(Texts)),
        ("default", Kept(Text)),
        ("description", Kept(Prose)),
        ("type", Ignored("a server variable is always text")),
    ],
    required: &[("default", Missing::Text)],
    fixups: &[fixups::default_from_enum],
    ..Grammar::EMPTY
};

pub(super) static PATH_ITEM: Grammar = Grammar {
    name: "a path item",
    keywords: &[
        ("summary", Unused(Prose, OWN_TEXT)),
        ("description", Unused(Prose, OWN_TEXT)),
        ("get", Kept(One(Object::Operation))),
        ("put", Kept(One(Object::Operation))),
        ("post", Kept(One(Object::Operation))),
        ("delete", Kept(One(Object::Operation))),
        ("options", Kept(One(Object::Operation))),
        ("head", Kept(One(Object::Operation))),
        ("patch", Kept(One(Object::Operation))),
        ("trace", Kept(One(Object::Operation))),
        ("query", Unsupported(NEWER)),
        ("additionalOperations", Unsupported(NEWER)),
        ("servers", Kept(List(Object::Server))),
        ("parameters", Kept(List(Object::Parameter))),
    ],
    reference: true,
    fixups: &[fixups::methods_in_capitals],
    ..Grammar::EMPTY
};

pub(super) static OPERATION: Grammar = Grammar {
    name: "an operation",
    keywords: &[
        ("tags", Kept(Texts)),
        ("summary", Kept(Prose)),
        ("description", Kept(Prose)),
        ("externalDocs", Ignored(FURTHER_READING)),
        ("operationId", Kept(Text)),
        ("parameters", Kept(List(Object::Parameter))),
        ("requestBody", Kept(One(Object::RequestBody))),
        ("responses", Kept(Map(Names::Status, Object::Response))),
        ("callbacks", Ignored(CALLBACKS)),
        ("deprecated", Kept(Flag)),
        ("security", Kept(Requirements)),
        ("servers", Kept(List(Object::Server))),
    ],
    required: &[("responses", QuietMap)],
    fixups: &[fixups::responses_missing],
    ..Grammar::EMPTY
};

pub(super) static REQUEST_BODY: Grammar = Grammar {
    name: "a request body",
    keywords: &[
        ("description", Unused(Prose, OWN_TEXT)),
        ("content", Kept(Map(Names::Any, Object::MediaType))),
        ("required", Kept(Flag)),
    ],
    required: &[("content", Missing::Map)],
    reference: true,
    ..Grammar::EMPTY
};

pub(super) static MEDIA_TYPE: Grammar = Grammar {
    name: "a media type",
    keywords: &[
        ("schema", Kept(One(Object::Schema))),
        ("itemSchema", Unsupported(NEWER)),
        ("example", Unused(Json, EXAMPLES)),
        ("examples", Unused(Map(Names::Any, Object::Example), EXAMPLES)),
        ("encoding", Kept(Map(Names::Any, Object::Encoding))),
    ],
    fixups: &[fixups::examples_as_list, fixups::examples_bare],
    ..Grammar::EMPTY
};

pub(super) static ENCODING: Grammar = Grammar {
    name: "an encoding",
    keywords: &[
        ("contentType", Kept(Text)),
        ("headers", Kept(Map(Names::Any, Object::Header))),
        ("style", Kept(Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]))),
        ("explode", Kept(Flag)),
        ("allowReserved", Kept(Flag)),
    ],
    ..Grammar::EMPTY
};

pub(super) static RESPONSE: Grammar = Grammar {
    name: "a response",
    keywords: &[
        ("description", Kept(Prose)),
        ("summary", Ignored("`description` says it at length")),
        ("headers", Kept(Map(Names::Any, Object::Header))),
        ("content", Kept(Map(Names::Any, Object::MediaType))),
        ("links", Ignored(LINKS)),
    ],
    required: &[("description", Missing::Text)],
    reference: true,
    fixups: &[fixups::summary_as_description],
    ..Grammar::EMPTY
};

pub(super) static EXAMPLE: Grammar = Grammar {
    name: "an example",
    keywords: &[
        ("summary", Kept(Prose)),
        ("description", Kept(Prose)),
        ("value", Kept(Json)),
        ("dataValue", Unsupported(NEWER)),
        ("serializedValue", Unsupported(NEWER)),
        ("externalValue", Kept(Text)),
    ],
    reference: true,
    ..Grammar::EMPTY
};

pub(super) static TAG: Grammar = Grammar {
    name: "a tag",
    keywords: &[
        ("name", Kept(Text)),
        ("summary", Ignored("a tag is shown by its name")),
        ("description", Kept(Prose)),
        ("externalDocs", Ignored(FURTHER_READING)),
        ("parent", Ignored("tags are not nested")),
        ("kind", Ignored("a tag is only a group of operations")),
    ],
    required: &[("name", Missing::Error("give the tag a `name`"))],
    ..Grammar::EMPTY
};

pub(super) static COMPONENTS: Grammar = Grammar {
    name: "`components`",
    keywords: &[
        ("schemas", Kept(Map(Names::Component, Object::Schema))),
        ("responses", Kept(Map(Names::Component, Object::Response))),
        ("parameters", Kept(Map(Names::Component, Object::Parameter))),
        ("examples", Unused(Map(Names::Component, Object::Example), EXAMPLES)),
        ("requestBodies", Kept(Map(Names::Component, Object::RequestBody))),
        ("headers", Kept(Map(Names::Component, Object::Header))),
        ("securitySchemes", Kept(Map(Names::Component, Object::SecurityScheme))),
        ("pathItems", Kept(Map(Names::Component, Object::PathItem))),
        ("links", Ignored(LINKS)),
        ("callbacks", Ignored(CALLBACKS)),
        ("mediaTypes", Unsupported(NEWER)),
    ],
    ..Grammar::EMPTY
};

pub(super) static SECURITY_SCHEME: Grammar = Grammar {
    name: "a security scheme",
    keywords: &[
        ("type", Kept(Word(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]))),
        ("description", Kept(Prose)),
        ("name", Kept(Text)),
        ("in", Kept(Word(&["query", "header", "cookie"]))),
        ("scheme", Kept(Text)),
        ("bearerFormat", Kept(Text)),
        ("flows", Kept(One(Object::Flows))),
        ("openIdConnectUrl", Kept(Text)),
        ("oauth2MetadataUrl", Ignored("`flows` says where tokens come from")),
        ("deprecated", Ignored("the operations say which schemes they take")),
    ],
    required: &[("type", Missing::Error("say how to authenticate: `type: http`, `apiKey`, …"))],
    reference: true,
    fixups: &[fixups::scheme_type],
    afterwards: &[fixups::scheme_needs],
    ..Grammar::EMPTY
};

pub(super) static FLOWS: Grammar = Grammar {
    name: "`flows`",
    keywords: &[
        ("implicit", Kept(One(Object::Flow))),
        ("password", Kept(One(Object::Flow))),
        ("clientCredentials", Kept(One(Object::Flow))),
        ("authorizationCode", Kept(One(Object::Flow))),
        ("deviceAuthorization", Unsupported(NEWER)),
    ],
    afterwards: &[fixups::flow_addresses],
    ..Grammar::EMPTY
};

pub(super) static FLOW: Grammar = Grammar {
    name: "an OAuth flow",
    keywords: &[
        ("authorizationUrl", Unused(Text, "where people consent, the caller gets the token")),
        ("tokenUrl", Kept(Text)),
        ("refreshUrl", Unused(Text, "a token that a client fetches is fetched anew")),
        ("scopes", Kept(TextMap)),
    ],
    required: &[("scopes", Missing::Map)],
    ..Grammar::EMPTY
};
