//! Named types.

use super::{DocText, Limit, Name, RustType};

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
    /// What is asked of its members before it is sent; nothing where it never is.
    pub limits: Option<Vec<Limit>>,
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
    /// Whether the description allows any other value.
    pub any: bool,
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
