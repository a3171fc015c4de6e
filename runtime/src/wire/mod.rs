//! How a value reaches the wire and comes back.
//!
//! A type is a plain struct or enum; a macro invocation beside it is the table of what it is called
//! on the wire. Deriving serde's traits would compile a state machine per type, which is three
//! quarters of the compile time of a large client. Here a document is read once into a flat
//! [`Tape`], whatever the format, and every type picks its members from that; a value is written by
//! one walker over [`View`]s, whatever the target. What is compiled per type is one call per member.

mod decode;
mod encode;
mod error;
mod open_enum;
mod read;
mod record;
mod repeat;
mod tape;
mod union;
mod walk;

pub use decode::{Decode, Decoded};
pub use encode::{Encode, Members, View};
pub use error::{DecodeError, EncodeError};
#[cfg(feature = "validate")]
pub(crate) use error::{is_plain_key, push_index, push_name};
pub use open_enum::{decode_integer_enum, decode_text_enum};
pub(crate) use read::read_json;
pub use read::{deserialize, from_slice};
pub use record::Fields;
pub use tape::{Node, Tape};
pub use union::{Trial, selected, tagged, unknown};
pub use walk::{Written, scalar_text, serialize, to_json};
