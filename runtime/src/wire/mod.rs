//! Serialization: how values are read from and written to the wire.
//!
//! A type is a plain struct or enum; a macro invocation next to it is the table of its names on the
//! wire. Deriving serde's traits would compile a state machine per type, which is three quarters of
//! the compile time of a large client. Here a document of any format is read once into a flat
//! [`Tape`], and every type reads its fields from that; one writer per target walks the [`View`] of
//! any value. The code compiled per type is one call per field.

mod builder;
pub(crate) mod decimal;
mod decode;
mod encode;
pub(crate) mod error;
pub(crate) mod file;
mod fit;
pub(crate) mod format;
mod id;
pub(crate) mod json;
mod keys;
pub(crate) mod limit;
pub(crate) mod list;
pub(crate) mod map;
mod node;
mod number;
mod open_enum;
pub(crate) mod patch;
mod read;
mod record;
mod redacted;
mod scan;
pub(crate) mod secret;
mod steps;
mod syntax_error;
mod tape;
mod union;
pub(crate) mod unix_time;
mod write;

pub use decode::{Decode, Decoded};
pub use encode::{Encode, FieldVisitor, View};
pub use error::{DecodeError, EncodeError};
pub use node::Node;
pub use open_enum::{decode_integer_enum, decode_string_enum};
pub(crate) use read::read_json;
pub use read::{deserialize, from_slice};
pub use record::FieldReader;
pub use redacted::{Redacted, field_name};
pub use tape::Tape;
pub use union::{UnionMatcher, decode_unknown, decode_variant, tagged_view};
pub use write::{AsSerialize, scalar_text, serialize, to_json};
