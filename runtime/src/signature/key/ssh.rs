//! Public keys in OpenSSH's form: `ssh-ed25519 <base64> <comment>` (RFC 4253 §6.6, RFC 8709 §4).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::KeyError;

/// The 32 bytes of an Ed25519 key.
pub(super) fn ed25519(text: &str) -> Result<[u8; 32], KeyError> {
    const NAME: &[u8] = b"ssh-ed25519";
    let unreadable =
        || KeyError { what: "the key is not in OpenSSH's form: `ssh-ed25519 AAAA…`" };
    let mut words = text.split_ascii_whitespace();
    match words.next() {
        Some("ssh-ed25519") => {}
        Some(other) if other.starts_with("ssh-") || other.starts_with("ecdsa-") => {
            return Err(KeyError { what: "the key is no Ed25519 key (`ssh-ed25519`)" });
        }
        _ => return Err(unreadable()),
    }
    let bytes = BASE64_STANDARD.decode(words.next().ok_or_else(unreadable)?);
    let bytes = bytes.map_err(|_| unreadable())?;
    let (name, rest) = string(&bytes).ok_or_else(unreadable)?;
    let (key, rest) = string(rest).ok_or_else(unreadable)?;
    if name != NAME || !rest.is_empty() {
        return Err(unreadable());
    }
    key.try_into().map_err(|_| unreadable())
}

/// A string with its length before it (RFC 4251 §5), and what is behind.
fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
