//! A string that is never printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;

use super::{Decode, DecodeError, Encode, Node, View};

/// A credential, which is wiped from memory when it is dropped, compared in constant time, and printed
/// as `[redacted]`.
///
/// It is sent like any other string, and [`expose`](Self::expose) returns it. It implements neither
/// `Display` nor serde's `Serialize`, so it is not logged by accident. But the struct around it can be
/// serialized, to be sent or stored, and then contains the credential like any other field.
///
/// Only the value itself is wiped. A request that contains it, such as a header or a body, is not: the
/// HTTP client owns and copies its bytes.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Returns the secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl PartialEq for Secret {
    /// Compares in a time that depends on the lengths only.
    fn eq(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Decode for Secret {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        node.as_str().map(Self::from).ok_or_else(|| node.expected("a string"))
    }
}

impl Encode for Secret {
    fn view(&self) -> View<'_> {
        View::Secret(self.expose())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::from("hunter2");
        assert_eq!(
            format!("{secret:?} {:#?}", Some(&secret)),
            "[redacted] Some(\n    [redacted],\n)"
        );
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn secrets_can_be_compared() {
        assert_eq!(Secret::from("a"), Secret::from("a".to_owned()));
        assert_eq!(Secret::from("a"), Secret::from(&"a".to_owned()));
        assert_ne!(Secret::from("a"), Secret::from("b"));
        assert_ne!(Secret::from("a"), Secret::from("ab"));
    }
}
