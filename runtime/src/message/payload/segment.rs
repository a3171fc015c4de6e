//! The segments of a payload.

use std::path::PathBuf;

use bytes::Bytes;

use crate::wire::file::OneShotStream;

/// Bytes, a file or a stream, sent one after the other.
#[cfg_attr(
    target_arch = "wasm32",
    allow(dead_code, reason = "browsers cannot read a file or stream while sending")
)]
#[derive(Debug, Clone)]
pub(in crate::message) enum Segment {
    Bytes(Bytes),
    Path(PathBuf),
    Stream(OneShotStream),
}
