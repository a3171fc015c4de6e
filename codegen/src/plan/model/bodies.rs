//! Request bodies.

use super::{DocText, Name, RustType};
use crate::ir;

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
    pub media: Vec<BodyMedia>,
    /// Methods that choose another media type: name, index into `media`, documentation.
    pub choices: Vec<(Name, usize, DocText)>,
}

/// What a body is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyType {
    /// A value that is written as JSON, as a form or as parts.
    Value(RustType),
    /// Text or bytes as they are.
    Bytes,
    /// One of several, each in a media type of its own.
    OneOf(BodyEnum),
}

/// An enum of bodies by media type.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyEnum {
    /// Its name.
    pub name: Name,
    /// Its variants, one for each of the body's media types.
    pub variants: Vec<BodyVariant>,
}

/// A body in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyVariant {
    /// Its name.
    pub name: Name,
    /// The value's type; nothing for text or bytes as they are.
    pub value: Option<RustType>,
    /// Whether a value alone stands for it: it is the first of its type.
    pub from: bool,
    /// Its documentation.
    pub doc: DocText,
}

/// A media type of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyMedia {
    /// As it is sent.
    pub content_type: String,
    /// How a body is written in it.
    pub kind: ir::MediaKind,
    /// Members that are not written in the usual way.
    pub members: Vec<FormField>,
}

/// A member of a form or a multipart body.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// How it is written.
    pub how: FieldEncoding,
}

/// How a member of a form or a multipart body is written.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldEncoding {
    /// As a query parameter is.
    Style {
        /// `style`
        style: ir::Style,
        /// `explode`
        explode: bool,
        /// `allowReserved`
        allow_reserved: bool,
    },
    /// In a media type of its own.
    ContentType(String),
}
