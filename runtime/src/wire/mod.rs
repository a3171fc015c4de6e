//! Serialization: how values are read from and written to the wire.
//!
//! A type is a plain struct or enum; a macro invocation next to it is the table of its names on the
//! wire. Deriving serde's traits would compile a state machine per type, which is three quarters of
//! the compile time of a large client. Here a document of any format is read once into a flat
//! [`Tape`], and every type reads its fields from that; one writer per target walks the [`View`] of
//! any value. The code compiled per type is one call per field.

mod decode;
mod duplicate_keys;
mod encode;
pub(crate) mod error;
pub(crate) mod file;
mod fit;
pub(crate) mod format;
pub(crate) mod json;
pub(crate) mod limit;
pub(crate) mod list;
pub(crate) mod map;
mod open_enum;
pub(crate) mod patch;
mod read;
mod record;
pub(crate) mod secret;
mod tape;
mod union;
mod write;

pub use decode::{Decode, Decoded};
pub use encode::{Encode, FieldVisitor, View};
pub use error::{DecodeError, EncodeError};
pub use open_enum::{decode_integer_enum, decode_string_enum};
pub(crate) use read::read_json;
pub use read::{deserialize, from_slice};
pub use record::FieldReader;
pub use tape::{Node, Tape};
pub use union::{UnionMatcher, decode_unknown, decode_variant, tagged_view};
pub use write::{AsSerialize, scalar_text, serialize, to_json};
