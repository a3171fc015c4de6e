//! [`Api`](crate::ir::Api) → [`Plan`]: everything decided that the printed Rust will say. `emit`
//! reads it and decides nothing.

mod answers;
mod boxed;
mod catalogue;
mod derives;
mod doc;
mod identifiers;
pub mod left_out;
pub mod names;
mod operations;
mod rust_type;
mod servers;
mod types;
mod usage;

use crate::ir;
use crate::manifest::Manifest;
pub use names::Name;
pub use rust_type::RustType;

/// One vendor's module, decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The module's name.
    pub module: String,
    /// The vendor's name for people.
    pub title: String,
    /// The module's documentation.
    pub doc: DocText,
    /// The root's servers.
    pub servers: Vec<Server>,
    /// Named types, sorted by name.
    pub types: Vec<Item>,
    /// Operations, in the order of the API.
    pub operations: Vec<Operation>,
    /// The vendor's error codes.
    pub error_codes: Option<ErrorCodes>,
    /// Types a test or tool can look up by component key, to find what a schema became.
    pub components: std::collections::BTreeMap<String, RustType>,
}

/// Lines of a doc comment, each without its leading blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocText(pub Vec<String>);

/// A server of the root.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The variant's name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// The URL's pieces.
    pub url: Vec<UrlPiece>,
    /// Its variables, as the variant's fields.
    pub variables: Vec<(Name, DocText)>,
}

/// A piece of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    /// Text as it stands.
    Literal(String),
    /// The value of a variable, by its field's name.
    Variable(Name),
}

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A struct and its table of members.
    Struct(Struct),
    /// An open enum of text or integers.
    Enum(Enum),
    /// A union.
    Union(Union),
}

impl Item {
    /// The type's name.
    pub fn name(&self) -> &Name {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
        }
    }
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// What it derives, in order.
    pub derives: Vec<&'static str>,
    /// Its fields, in the order of the source.
    pub fields: Vec<Field>,
    /// Members beside the named ones: the field's name and the values' type.
    pub rest: Option<(Name, RustType)>,
    /// How a caller makes one.
    pub construction: Construction,
}

/// How a caller makes a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Construction {
    /// `Type::new(required…)`; the struct is `#[non_exhaustive]`.
    New,
    /// `Type::default()`, nothing being required; the struct is `#[non_exhaustive]`.
    Default,
    /// A struct literal, there being too many required fields for arguments.
    Literal,
}

/// How a member reaches the wire; the names are those of the runtime's `record!` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Always there.
    Required,
    /// May be missing.
    Optional,
    /// Always there, maybe `null`.
    Nullable,
    /// Missing, `null` or a value, where a caller can send all three.
    Patch,
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// The member's name on the wire.
    pub wire: String,
    /// How it reaches the wire.
    pub mode: Mode,
    /// Its type inside [`Mode`]'s wrapper.
    pub ty: RustType,
    /// Its documentation.
    pub doc: DocText,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// The name of its setter, if it has one.
    pub setter: Option<Name>,
}

/// An open enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// What its values are on the wire.
    pub values: EnumValues,
    /// The variant that holds what the description does not list.
    pub other: Name,
}

/// The values of an open enum: variant, value, documentation.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumValues {
    /// Text.
    Text(Vec<(Name, String, DocText)>),
    /// Integers.
    Integer(Vec<(Name, i64, DocText)>),
}

/// A union.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// What it derives.
    pub derives: Vec<&'static str>,
    /// The member that tells the variants apart, if there is one.
    pub tag: Option<String>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The variant that holds what fits none.
    pub other: Name,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: RustType,
    /// The tag's values that select it.
    pub tags: Vec<String>,
    /// Its documentation.
    pub doc: DocText,
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The client's method.
    pub method: Name,
    /// The request's type.
    pub request: Name,
    /// The static that describes it.
    pub constant: Name,
    /// The file it stands in, without `.rs`.
    pub file: Name,
    /// The HTTP method.
    pub http: ir::Method,
    /// The path template.
    pub template: String,
    /// The method's documentation.
    pub doc: DocText,
    /// Whether the description calls it deprecated.
    pub deprecated: bool,
    /// What every call needs, in the order of the arguments; the body comes last.
    pub arguments: Vec<Argument>,
    /// What a call may add.
    pub options: Vec<Argument>,
    /// The request body.
    pub body: Option<Body>,
    /// What the request asks for in `Accept`.
    pub accept: Option<String>,
    /// Declared success statuses.
    pub success: Vec<ir::Status>,
    /// What a success becomes.
    pub output: Output,
    /// The type of the errors.
    pub errors: Answers,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name in Rust.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub place: ir::Place,
    /// Its type.
    pub ty: RustType,
    /// How its value is written.
    pub style: ir::Style,
    /// `explode`
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// Written as JSON text instead of by style.
    pub json: bool,
    /// Its documentation.
    pub doc: DocText,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The argument's name.
    pub name: Name,
    /// Its type.
    pub ty: BodyType,
    /// Whether every call has one.
    pub required: bool,
    /// The media types it can be sent in; the first unless the caller says otherwise.
    pub media: Vec<(String, ir::MediaKind)>,
    /// Methods that choose another media type: name, index into `media`, documentation.
    pub choices: Vec<(Name, usize, DocText)>,
}

/// What a body is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyType {
    /// A value that is written as JSON or as a form.
    Value(RustType),
    /// Text or bytes as they are.
    Bytes,
}

/// What an answer's body becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// JSON of a type.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
    /// One of several, by status.
    OneOf(Answers),
}

/// An enum of answers by status.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// Its variants.
    pub variants: Vec<AnswerVariant>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerVariant {
    /// Its name.
    pub name: Name,
    /// The statuses it stands for.
    pub status: ir::Status,
    /// What its body becomes; never [`Output::OneOf`].
    pub body: AnswerBody,
    /// Its documentation.
    pub doc: DocText,
}

/// What one answer's body becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum AnswerBody {
    /// JSON of a type.
    Json(RustType),
    /// Whatever comes, offered as a type where it reads as one.
    Untyped(RustType),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
}

/// The vendor's error codes.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorCodes {
    /// The member of an error body that carries the code.
    pub field: String,
    /// The enum's name.
    pub name: Name,
    /// The codes, sorted by wire text.
    pub codes: Vec<Code>,
    /// The variant that holds a code the description does not list.
    pub other: Name,
}

/// An error code.
#[derive(Debug, Clone, PartialEq)]
pub struct Code {
    /// The variant's name.
    pub name: Name,
    /// Its text on the wire.
    pub wire: String,
    /// Its documentation.
    pub doc: DocText,
    /// Its messages.
    pub messages: Vec<String>,
    /// Its statuses.
    pub statuses: Vec<u16>,
    /// What raises it: operation (method name), place, path of the field, why.
    pub causes: Vec<CodeCause>,
}

/// What raises an error code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeCause {
    /// The client's method.
    pub operation: String,
    /// Where the field stands.
    pub place: CausePlace,
    /// The parameter, or the dotted path of the member.
    pub field: String,
    /// `missing`, `invalid` or the word of the vendor's rule.
    pub why: String,
}

/// Where a cause's field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CausePlace {
    /// A parameter.
    Parameter(ir::Place),
    /// The request body.
    Body,
}

/// Decides everything the printed module will say.
pub fn plan(module: &str, manifest: &Manifest, api: &ir::Api) -> Plan {
    let context = Context::new(module, manifest, api);
    let operations = operations::plan(&context);
    let error_codes = catalogue::plan(&context);
    Plan {
        module: module.to_owned(),
        title: manifest.title.clone().unwrap_or_else(|| api.title.clone()),
        doc: doc::module(&context),
        servers: servers::plan(&context),
        types: types::plan(&context),
        components: types::components(&context),
        operations,
        error_codes,
    }
}

/// Inline code for a doc comment, whatever the text holds.
pub fn inline_code(text: &str) -> String {
    doc::code(text)
}

/// What every part of the plan looks things up in: computed once, read-only.
struct Context<'a> {
    manifest: &'a Manifest,
    api: &'a ir::Api,
    /// What callers send and receive, by type.
    usage: Vec<usage::Usage>,
    /// Fields and variants that need a `Box`, as (owner, target) edges.
    boxed: boxed::Boxed,
    /// The names of types, by type; `None` for aliases, which are resolved where they are used.
    type_names: Vec<Option<Name>>,
    /// The names of operations, by operation.
    operation_names: Vec<identifiers::OperationNames>,
    /// Where relative links of descriptions lead.
    links: doc::Links,
}

impl<'a> Context<'a> {
    fn new(_module: &str, manifest: &'a Manifest, api: &'a ir::Api) -> Self {
        Self {
            manifest,
            api,
            usage: usage::of(api),
            boxed: boxed::of(api),
            type_names: identifiers::types(manifest, api),
            operation_names: identifiers::operations(manifest, api),
            links: doc::Links::new(manifest.docs.as_deref()),
        }
    }

    /// A type as Rust writes it, aliases resolved.
    fn rust(&self, ty: &ir::Type) -> RustType {
        rust_type::of(self, ty)
    }
}
