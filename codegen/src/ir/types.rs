//! Types, as the document declares them.

use std::fmt;

use super::{ErrorTrigger, StringFormat};

/// Index into [`Api::types`](super::Api::types).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

impl fmt::Debug for TypeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// The definition of a named type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// The source of its name.
    pub name: TypeName,
    /// Its documentation.
    pub doc: Doc,
    /// Its definition.
    pub shape: Shape,
    /// JSON pointer into the normalised document.
    pub pointer: String,
}

impl TypeDef {
    /// Returns the keys of the schemas that the type stands for. `own` is the key of the type.
    pub fn keys<'k>(&'k self, own: Option<&'k str>) -> Vec<&'k str> {
        match &self.name {
            TypeName::Shared { uses, .. } => uses.iter().map(|it| it.key.as_str()).collect(),
            TypeName::Component(_) | TypeName::Inline(_) => own.into_iter().collect(),
        }
    }
}

/// The source of a type's name. `plan` derives the Rust identifier from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypeName {
    /// A component: its key under `components.schemas`.
    Component(String),
    /// An inline schema, named after its location: the words of its owner and its own, such as
    /// `["Auth", "scope"]` or `["post-oauth-token", "request"]`.
    Inline(Vec<String>),
    /// Several equal inline schemas.
    Shared {
        /// Words for its name, the preferred ones first.
        words: Vec<String>,
        /// The schemas, in the order of the document.
        uses: Vec<TypeUse>,
    },
}

/// An inline schema that shares its type with others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeUse {
    /// Its key in `vendor.toml` and `names.toml`.
    pub key: String,
    /// Its JSON pointer in the normalised document.
    pub pointer: String,
}

/// Documentation for readers of the generated code.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Doc {
    /// `title` or `summary`
    pub title: Option<String>,
    /// `description`, trimmed, with line ends normalised to LF.
    pub description: Option<String>,
    /// `deprecated: true`
    pub deprecated: bool,
    /// The first example.
    pub example: Option<serde_json::Value>,
}

/// The definition of a named type.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An object with declared properties.
    Struct(Struct),
    /// One of several literal values.
    Enum(Enum),
    /// `oneOf` or `anyOf`: one of several types.
    Union(Union),
    /// A string that is the id of one kind of resource. The document does not declare it.
    Id,
}

impl Shape {
    /// Calls `f` for each type that a value directly consists of.
    pub fn for_each_type<'s>(&'s self, f: &mut dyn FnMut(&'s Type)) {
        match self {
            Self::Struct(shape) => {
                shape.fields.iter().map(|f| &f.ty).chain(&shape.additional).for_each(f);
            }
            Self::Union(shape) => shape.variants.iter().for_each(|v| f(&v.ty)),
            Self::Enum(_) | Self::Id => {}
        }
    }

    /// Calls `f` for each type that a value directly consists of, for modification.
    pub fn for_each_type_mut(&mut self, f: &mut dyn FnMut(&mut Type)) {
        match self {
            Self::Struct(shape) => {
                shape.fields.iter_mut().map(|f| &mut f.ty).chain(&mut shape.additional).for_each(f);
            }
            Self::Union(shape) => shape.variants.iter_mut().for_each(|v| f(&mut v.ty)),
            Self::Enum(_) | Self::Id => {}
        }
    }
}

/// An object with declared properties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Struct {
    /// The declared properties, in the order of the document.
    pub fields: Vec<Field>,
    /// The type of all other properties (`additionalProperties`), if the document allows them
    /// explicitly: with `true` or a schema.
    pub additional: Option<Type>,
    /// The constraints on those.
    pub additional_constraints: Option<Box<Constraints>>,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The property's name on the wire.
    pub wire: String,
    /// Its type, without an outermost [`Type::Nullable`]: see `nullable`.
    pub ty: Type,
    /// The strings that its schema lists, if they may be fewer than those of its type: an `enum`
    /// beside an `allOf`, or in one of several declarations.
    pub narrowed_to: Vec<String>,
    /// Whether `required` lists it.
    pub required: bool,
    /// Whether it may be `null`.
    pub nullable: bool,
    /// `readOnly`: never sent.
    pub read_only: bool,
    /// `writeOnly`: never received.
    pub write_only: bool,
    /// Whether the client sets it in each request body that lacks it.
    pub computed: bool,
    /// Whether it holds personal or card data, which is not printed by `Debug`.
    pub personal: bool,
    /// Its only value, which the client writes: a string or an integer.
    pub constant: Option<Literal>,
    /// `default`
    pub default: Option<Literal>,
    /// The constraints of its schema.
    pub constraints: Constraints,
    /// The errors that the server raises if it is missing or invalid.
    pub error_triggers: Vec<ErrorTrigger>,
    /// Its documentation.
    pub doc: Doc,
}

/// Constraints on a value, documented in the generated code and checked before sending.
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
    /// `exclusiveMinimum`
    pub exclusive_minimum: bool,
    /// `exclusiveMaximum`
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
    /// Constraints on the items of an array or the values of a map.
    pub items: Option<Box<Constraints>>,
}

/// A literal value in the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A string.
    String(String),
    /// An integer.
    Int(i128),
    /// Any other number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// `null`, an array or an object.
    Json(serde_json::Value),
}

impl Literal {
    /// Returns the value as text, a string without quotes.
    pub fn text(&self) -> String {
        match self {
            Self::String(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Json(value) => value.to_string(),
        }
    }
}

/// One of several literal values. Generated enums keep values that are not listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The listed values: all strings or all integers, without duplicates and without `null`.
    pub values: Vec<EnumValue>,
    /// Whether the document explicitly allows values other than the listed ones.
    pub allows_other: bool,
}

/// A listed value of an [`Enum`].
#[derive(Debug, Clone, PartialEq)]
pub struct EnumValue {
    /// The value: [`Literal::String`] or [`Literal::Int`].
    pub wire: Literal,
    /// Its name in the document (`x-enum-varnames`).
    pub name: Option<String>,
    /// Its description in the document (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The alternatives, in the order of the document.
    pub variants: Vec<Variant>,
    /// The property whose value selects the variant. If `None`, the variant is matched by best fit.
    pub tag: Option<Tag>,
    /// Whether the document has a `discriminator` for it, even one that is not usable as a tag.
    pub has_discriminator: bool,
}

/// An alternative of a [`Union`].
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The source of its name: a component's key, a title or the name of a built-in type.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The tag values that select it. Empty in an untagged union.
    pub tags: Vec<String>,
    /// Its documentation.
    pub doc: Doc,
}

/// The property whose value selects the variant of a union, as in `discriminator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The property's name.
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
    /// An array.
    List(Box<Type>),
    /// A map with string keys.
    Map(Box<Type>),
    /// The type or `null`. Used for items, map values and bodies; a [`Field`] has a flag instead.
    Nullable(Box<Type>),
}

impl Type {
    /// Returns the type without an outermost [`Type::Nullable`].
    pub fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(inner) => inner,
            ty => ty,
        }
    }

    /// Returns the named type inside arrays, maps and `null`, if there is one.
    pub fn innermost_id(&self) -> Option<TypeId> {
        match self {
            Self::Named(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.innermost_id(),
            Self::Any | Self::Scalar(_) => None,
        }
    }

    /// Returns the named type inside arrays, maps and `null` for modification, if there is one.
    pub fn innermost_id_mut(&mut self) -> Option<&mut TypeId> {
        match self.innermost_mut() {
            Self::Named(id) => Some(id),
            _ => None,
        }
    }

    /// Returns the type inside arrays, maps and `null` for modification.
    pub fn innermost_mut(&mut self) -> &mut Self {
        match self {
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.innermost_mut(),
            Self::Any | Self::Scalar(_) | Self::Named(_) => self,
        }
    }
}

/// A built-in type. `plan` maps each to a Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scalar {
    /// `string`
    String,
    /// A string that is never logged or printed
    Secret,
    /// `boolean`
    Bool,
    /// `integer` with `format: int32`
    Int32,
    /// `integer` with `format: int64` or without a format
    Int64,
    /// `integer` with an unsigned 64-bit format (`uint64`, `uint`)
    Uint64,
    /// `number`
    Number,
    /// `number` with `format: decimal`
    Decimal,
    /// `integer` or `number` that is a Unix time in seconds
    UnixTime,
    /// `string` with `format: decimal`
    DecimalString,
    /// `string` with one of these formats
    Format(StringFormat),
    /// `string` with `format: uri` or `url`
    Uri,
    /// `string` with `format: byte`: base64
    Base64,
    /// `string` with `format: binary`: bytes outside JSON
    Binary,
}
