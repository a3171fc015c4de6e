//! Types as the description states them.

use std::fmt;

use super::ErrorTrigger;

/// Index into [`Api::types`](super::Api::types).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A type that gets a name.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Where the name comes from.
    pub name: TypeName,
    /// What the source says of it.
    pub doc: Doc,
    /// What it looks like.
    pub shape: Shape,
    /// JSON pointer into the normalised description.
    pub pointer: String,
}

/// Where a type's name comes from; identifiers are made of it in `plan`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeName {
    /// A component: its key under `components.schemas`.
    Component(String),
    /// An inline schema, named from where it stands: the owner's words and its own, such as
    /// `["Auth", "scope"]` or `["post-oauth-token", "request"]`.
    Inline(Vec<String>),
}

/// Texts and facts for a reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doc {
    /// `title` or `summary`
    pub title: Option<String>,
    /// `description`, line ends normalised to LF, trimmed.
    pub description: Option<String>,
    /// `deprecated: true`
    pub deprecated: bool,
    /// The first example, if there is one.
    pub example: Option<serde_json::Value>,
}

/// What a named type looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with named members.
    Struct(Struct),
    /// A choice of literal values.
    Enum(Enum),
    /// `oneOf` or `anyOf` of types.
    Union(Union),
    /// Another name for a type.
    Alias(Type),
}

/// An object with named members.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Struct {
    /// The members, in the order of the source.
    pub fields: Vec<Field>,
    /// Members beside the named ones (`additionalProperties` with a schema, or `true` where stated).
    pub rest: Option<Type>,
    /// Limits on those.
    pub rest_constraints: Option<Box<Constraints>>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The member's name on the wire.
    pub wire: String,
    /// Its type, without [`Type::Nullable`] at the top: see `nullable`.
    pub ty: Type,
    /// Named in `required`.
    pub required: bool,
    /// May be `null`.
    pub nullable: bool,
    /// `readOnly`: never sent.
    pub read_only: bool,
    /// `writeOnly`: never received.
    pub write_only: bool,
    /// `default`
    pub default: Option<Literal>,
    /// Limits the description states.
    pub constraints: Constraints,
    /// The errors that it causes when it is missing or wrong.
    pub raised: Vec<ErrorTrigger>,
    /// Texts.
    pub doc: Doc,
}

/// Limits on a value, kept as documentation and for checks before sending.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, an ECMA-262 expression.
    pub pattern: Option<String>,
    /// `minimum`
    pub minimum: Option<Literal>,
    /// `maximum`
    pub maximum: Option<Literal>,
    /// `minimum` itself is excluded.
    pub exclusive_minimum: bool,
    /// `maximum` itself is excluded.
    pub exclusive_maximum: bool,
    /// `multipleOf`
    pub multiple_of: Option<Literal>,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
    /// Limits on the items of a list or the values of a map.
    pub items: Option<Box<Constraints>>,
}

/// A value written in a description.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// An integer.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// Anything else.
    Json(serde_json::Value),
}

/// A choice of literal values. Every enum is open: a value that is not listed survives.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The listed values, all text or all integers, without repetition and without `null`.
    pub values: Vec<EnumValue>,
    /// Whether the source allows any other value beside them.
    pub any: bool,
}

/// A listed value of an [`Enum`].
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The value: [`Literal::Text`] or [`Literal::Int`].
    pub wire: Literal,
    /// A name the source gives it (`x-enum-varnames`), if any.
    pub name: Option<String>,
    /// What the source says of it (`x-enum-descriptions`), if anything.
    pub description: Option<String>,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The alternatives, in the order of the source.
    pub variants: Vec<Variant>,
    /// How the alternatives are told apart, where the source says so.
    pub tag: Option<Tag>,
}

/// An alternative of a [`Union`].
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Words its name is made of: a component's key, a title, a primitive's name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The tag values that select it; empty in an untagged union.
    pub tags: Vec<String>,
    /// Texts.
    pub doc: Doc,
}

/// `discriminator`
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The member that holds the tag.
    pub wire: String,
}

/// A use of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Any JSON value.
    Any,
    /// A built-in type.
    Scalar(Scalar),
    /// A named type.
    Named(TypeId),
    /// A list.
    List(Box<Type>),
    /// A map from text.
    Map(Box<Type>),
    /// The type or `null`, where no [`Field`] says so: items, map values, bodies, aliases.
    Nullable(Box<Type>),
}

/// A built-in type. The table of what each is in Rust stands in `plan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `string`
    Text,
    /// A string that is never printed.
    Secret,
    /// `boolean`
    Bool,
    /// `integer` with `format: int32`
    Int32,
    /// `integer`, `format: int64` or without
    Int64,
    /// `integer` with an unsigned 64-bit format (`uint64`, `uint`)
    Uint64,
    /// `number`
    Number,
    /// `string` with `format: decimal`
    Decimal,
    /// `string` with `format: date-time`
    DateTime,
    /// `string` with `format: date`
    Date,
    /// `string` with `format: uuid`
    Uuid,
    /// `string` with `format: uri` or `url`
    Uri,
    /// `string` with `format: byte`: base64
    Base64,
    /// `string` with `format: binary`: bytes outside JSON
    Binary,
}
