//! Request bodies.

use super::DocText;
use crate::ir;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// The argument's name.
    pub name: Name,
    /// Its type.
    pub ty: BodyType,
    /// Whether every request must have a body.
    pub required: bool,
    /// The media types it can be sent in; the first is the default.
    pub media: Vec<BodyMedia>,
    /// Methods that select another media type: name, index into `media`, documentation.
    pub media_setters: Vec<(Name, usize, DocText)>,
}

impl Body {
    /// Returns whether it is an argument of the client's method.
    pub fn is_argument(&self) -> bool {
        self.required && self.ty != BodyType::Empty
    }
}

/// The type of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyType {
    /// A value that is written as JSON, as a form or as multipart.
    Value(RustType),
    /// Text or bytes, sent unchanged.
    Bytes,
    /// An empty object, which callers do not pass.
    Empty,
    /// An enum with a variant for each media type.
    OneOf(BodyEnum),
}

/// An enum of bodies by media type.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyEnum {
    /// Its name.
    pub name: Name,
    /// Its variants, one for each media type of the body.
    pub variants: Vec<BodyVariant>,
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyVariant {
    /// Its name.
    pub name: Name,
    /// The type of the value; `None` for text or bytes, which are sent unchanged.
    pub value: Option<RustType>,
    /// Whether `From` converts a value to this variant: only for the first variant of its type.
    pub from: bool,
    /// Its documentation.
    pub doc: DocText,
}

/// A media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyMedia {
    /// The value of the header `Content-Type`.
    pub content_type: String,
    /// How a body is written in it.
    pub kind: ir::MediaKind,
    /// The fields that are not written in the default way.
    pub fields: Vec<FormField>,
}

/// A field of a form or a part of a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// How it is written.
    pub encoding: FieldEncoding,
}

/// How a field of a form or a part of a multipart body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldEncoding {
    /// Like a query parameter.
    Style {
        /// `style`
        style: ir::Style,
        /// `explode`
        explode: bool,
        /// `allowReserved`
        allow_reserved: bool,
    },
    /// In its own media type.
    ContentType(String),
}
