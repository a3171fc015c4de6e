//! Hashes, and the encodings that vendors apply to signatures.

use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use super::profile::{Encoding, PreHash};

pub(crate) fn sha256(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

pub(crate) fn sha512(bytes: &[u8]) -> Vec<u8> {
    Sha512::digest(bytes).to_vec()
}

/// Returns the bytes that are signed: the signature base or a hash of it.
pub(super) fn pre_hash(kind: PreHash, base: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(match kind {
        PreHash::None => base.to_vec(),
        PreHash::Sha256 => sha256(base),
        PreHash::Sha512 => sha512(base),
        PreHash::Sha256Hex => hex(&sha256(base), b"0123456789abcdef"),
        PreHash::Sha512Hex => hex(&sha512(base), b"0123456789abcdef"),
    })
}

/// Encodes a signature, before it is written as base64.
pub(super) fn encode_signature(encoding: Encoding, signature: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    match encoding {
        Encoding::Raw => signature.into(),
        Encoding::LowerHex => hex(signature, b"0123456789abcdef").into(),
        Encoding::UpperHex => hex(signature, b"0123456789ABCDEF").into(),
    }
}

/// Decodes a signature, after it was read as base64.
pub(super) fn decode_signature(encoding: Encoding, encoded: Vec<u8>) -> Option<Vec<u8>> {
    if encoding == Encoding::Raw { Some(encoded) } else { from_hex(&encoded) }
}

/// Decodes hexadecimal digits of either case.
pub(crate) fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    text.chunks(2).map(pair).collect()
}

fn hex(bytes: &[u8], digits: &[u8; 16]) -> Vec<u8> {
    let digit = |half: u8| digits[usize::from(half & 15)];
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
