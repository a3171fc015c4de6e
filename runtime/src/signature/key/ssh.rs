//! Parsing of public keys in OpenSSH format: `ssh-ed25519 <base64> <comment>` (RFC 4253 §6.6, RFC 8709 §4).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::KeyError;

/// Parses an Ed25519 key into its 32 bytes.
pub(super) fn parse_ed25519(text: &str) -> Result<[u8; 32], KeyError> {
    const NAME: &[u8] = b"ssh-ed25519";
    let malformed =
        || KeyError { what: "the key is not in OpenSSH format: expected `ssh-ed25519 AAAA…`" };
    let mut parts = text.split_ascii_whitespace();
    match parts.next() {
        Some("ssh-ed25519") => {}
        Some(other) if other.starts_with("ssh-") || other.starts_with("ecdsa-") => {
            return Err(KeyError {
                what: "the key is not an Ed25519 key: expected `ssh-ed25519 AAAA…`",
            });
        }
        _ => return Err(malformed()),
    }
    let bytes = BASE64_STANDARD.decode(parts.next().ok_or_else(malformed)?);
    let bytes = bytes.map_err(|_| malformed())?;
    let (name, rest) = split_string(&bytes).ok_or_else(malformed)?;
    let (key, rest) = split_string(rest).ok_or_else(malformed)?;
    if name != NAME || !rest.is_empty() {
        return Err(malformed());
    }
    key.try_into().map_err(|_| malformed())
}

/// Splits off a length-prefixed string (RFC 4251 §5).
fn split_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
