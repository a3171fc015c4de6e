//! Named types.

use super::{DocText, Limit};
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// A named type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeItem {
    /// A struct and its field table.
    Struct(Struct),
    /// An open enum of strings or integers.
    Enum(Enum),
    /// A union.
    Union(Union),
    /// The type of the ids of one kind of resource.
    Id(Id),
}

/// Whether a type is one of its own, generic, or an alias.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeForm {
    /// A type of its own.
    Own,
    /// A generic type with these type parameters.
    Generic(Vec<Name>),
    /// An alias of an instance of a generic type, which has the same fields or variants.
    Alias(GenericInstance),
}

/// An instance of a generic type.
#[derive(Debug, Clone, PartialEq)]
pub struct GenericInstance {
    /// The generic type.
    pub generic: RustType,
    /// What its type parameters stand for.
    pub arguments: Vec<RustType>,
}

impl TypeItem {
    /// Returns whether its code names the runtime; that of an alias may not.
    pub fn uses_runtime(&self) -> bool {
        match self.form() {
            TypeForm::Alias(instance) => instance.arguments.iter().any(RustType::uses_runtime),
            TypeForm::Own | TypeForm::Generic(_) => true,
        }
    }

    /// Returns the type's documentation.
    pub fn doc(&self) -> &DocText {
        match self {
            Self::Struct(item) => &item.doc,
            Self::Enum(item) => &item.doc,
            Self::Union(item) => &item.doc,
            Self::Id(item) => &item.doc,
        }
    }

    /// Returns the form of a struct or union; all others are types of their own.
    pub fn form(&self) -> &TypeForm {
        match self {
            Self::Struct(item) => &item.form,
            Self::Union(item) => &item.form,
            Self::Enum(_) | Self::Id(_) => &TypeForm::Own,
        }
    }

    /// Returns the form of a struct or union for modification.
    pub fn form_mut(&mut self) -> Option<&mut TypeForm> {
        match self {
            Self::Struct(item) => Some(&mut item.form),
            Self::Union(item) => Some(&mut item.form),
            Self::Enum(_) | Self::Id(_) => None,
        }
    }

    /// Returns the type's name.
    pub fn name(&self) -> &Name {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Id(item) => &item.name,
        }
    }
}

/// The type of the ids of one kind of resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Id {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// Whether it is a type of its own, generic, or an alias.
    pub form: TypeForm,
    /// The traits that it derives, in order.
    pub derives: Vec<&'static str>,
    /// Its fields, in the order of the schema's properties.
    pub fields: Vec<Field>,
    /// The field for additional properties: its name and the type of the values.
    pub additional: Option<(Name, RustType)>,
    /// How callers construct it.
    pub construction: Construction,
    /// Whether only mocks construct it, since it is never sent.
    pub only_mocked: bool,
    /// The limits on its fields; `None` if it is never sent.
    pub limits: Option<Vec<Limit>>,
}

/// How callers construct a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Construction {
    /// `Type::new(required…)`
    New,
    /// `Type::default()`, since no field is required.
    Default,
    /// `Type::new(TypeRequiredFields { … })`, since there are too many required fields for arguments: the
    /// name of the struct that has them.
    NewFromFields(Name),
}

/// Whether a field can be missing or `null`; the variants are named as in the runtime's field
/// table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// May be missing.
    Optional,
    /// Always present, may be `null`.
    Nullable,
    /// Missing, `null` or a value, since a patch distinguishes all three.
    Patch,
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it can be missing or `null`.
    pub presence: Presence,
    /// Its type, without the `Option` or `Patch` of [`Presence`].
    pub ty: RustType,
    /// Its value unless the caller sets another one; if it may be missing, the value that its setter
    /// sets.
    pub constant: Option<FieldConstant>,
    /// Whether `Debug` prints `[redacted]` instead of its value.
    pub redacted: bool,
    /// Its documentation.
    pub doc: DocText,
    /// The name of its setter, if it has one.
    pub setter: Option<Name>,
}

impl Field {
    /// Returns whether every value of the struct has the field.
    pub fn is_always_present(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Nullable)
    }

    /// Returns whether the constructor of the struct takes it.
    pub fn is_argument(&self) -> bool {
        self.is_always_present() && self.constant.is_none()
    }

    /// Returns whether its setter takes no argument.
    pub fn has_setter_without_argument(&self) -> bool {
        self.constant.is_some() && !self.is_always_present()
    }
}

/// A value of a field that callers need not pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldConstant {
    /// The variant of the field's type.
    pub variant: Name,
    /// Whether it is the only allowed value.
    pub is_only: bool,
}

/// An open enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub doc: DocText,
    /// Its values.
    pub values: EnumValues,
    /// The variant for any other value.
    pub other: Name,
    /// Whether the schema allows any other value too.
    pub allows_other: bool,
}

/// The values of an open enum: variant, value, documentation.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumValues {
    /// Strings.
    String(Vec<(Name, String, DocText)>),
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
    /// Whether it is a type of its own, generic, or an alias.
    pub form: TypeForm,
    /// The traits that it derives.
    pub derives: Vec<&'static str>,
    /// The field that selects the variant, if there is one.
    pub tag: Option<String>,
    /// The variants.
    pub variants: Vec<Variant>,
    /// The variant for any other value.
    pub other: Name,
}

/// A variant of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: RustType,
    /// The values of the tag that select it.
    pub tags: Vec<String>,
    /// Its documentation.
    pub doc: DocText,
}
