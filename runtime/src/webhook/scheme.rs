//! The signature scheme of webhooks, as data.

use crate::signature::{Algorithm, Profile};

/// How a vendor signs its webhooks. Generated code contains one constant of this type.
///
/// ```
/// use docwright_runtime::signature::{Algorithm, Component, Profile};
/// use docwright_runtime::webhook::{KeyFormat, SignatureScheme, SignedPart, TextEncoding};
///
/// // The body, signed with a shared secret.
/// static BODY: SignatureScheme = SignatureScheme::header("X-Signature", Algorithm::HmacSha256, &[SignedPart::Body])
///     .prefix("sha256=")
///     .encoding(TextEncoding::Hex);
/// // The body and a time in it, which must not be older than a day.
/// static TIMED: SignatureScheme = SignatureScheme::header(
///     "Signature",
///     Algorithm::RsaV15Sha256,
///     &[SignedPart::Body, SignedPart::Field(&["created_at"])],
/// )
/// .time(SignedPart::Field(&["created_at"]))
/// .window(86_400);
/// // RFC 9421, with a digest of the body (RFC 9530).
/// static PROFILE: Profile = Profile::RFC.components(&[Component::new("content-digest")]);
/// static RFC_9421: SignatureScheme =
///     SignatureScheme::message(&PROFILE, Algorithm::Ed25519).covers(&["content-digest"]).key_format(KeyFormat::OpenSsh);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SignatureScheme {
    pub(super) kind: SignatureKind,
    pub(super) algorithm: Algorithm,
    pub(super) key_format: KeyFormat,
    pub(super) window: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum SignatureKind {
    /// RFC 9421: the profile, and the components that have to be covered.
    Message(&'static Profile, &'static [&'static str]),
    Header(HeaderSignature),
}

/// A signature in a vendor-specific header.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeaderSignature {
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) encoding: TextEncoding,
    pub(super) signed: &'static [SignedPart],
    pub(super) time: Option<SignedPart>,
}

/// A part of the signed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedPart {
    /// The bytes of the body.
    Body,
    /// The value of a field of the JSON body, given by its path.
    Field(&'static [&'static str]),
    /// The value of a header.
    Header(&'static str),
    /// A literal text.
    Text(&'static str),
}

/// How a signature is encoded in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// Base64 (RFC 4648 §4)
    Base64,
    /// Hexadecimal, in either case
    Hex,
}

/// The format in which the vendor provides the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFormat {
    /// A shared secret, used as the UTF-8 bytes of the text.
    Secret,
    /// A public key in PEM.
    Pem,
    /// A public key in OpenSSH format.
    OpenSsh,
}

impl SignatureScheme {
    /// Creates a scheme for signatures by RFC 9421, which have to cover what the profile covers unless
    /// [`covers`](Self::covers) lists other components.
    #[must_use]
    pub const fn message(profile: &'static Profile, algorithm: Algorithm) -> Self {
        Self::new(SignatureKind::Message(profile, &[]), algorithm)
    }

    /// Creates a scheme for a signature of the concatenated parts, as base64 in a header.
    #[must_use]
    pub const fn header(
        name: &'static str,
        algorithm: Algorithm,
        signed: &'static [SignedPart],
    ) -> Self {
        let encoding = TextEncoding::Base64;
        let header = HeaderSignature { name, prefix: "", encoding, signed, time: None };
        Self::new(SignatureKind::Header(header), algorithm)
    }

    const fn new(kind: SignatureKind, algorithm: Algorithm) -> Self {
        let key_format = match algorithm {
            Algorithm::HmacSha256 => KeyFormat::Secret,
            _ => KeyFormat::Pem,
        };
        Self { kind, algorithm, key_format, window: 300 }
    }

    /// Sets the components that a signature by RFC 9421 has to cover, instead of those of the profile. With `content-digest` among them, the
    /// digest of the body is verified, too.
    #[must_use]
    pub const fn covers(mut self, components: &'static [&'static str]) -> Self {
        if let SignatureKind::Message(profile, _) = self.kind {
            self.kind = SignatureKind::Message(profile, components);
        }
        self
    }

    /// Sets the prefix of the signature in the header, such as `sha256=`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        if let SignatureKind::Header(header) = self.kind {
            self.kind = SignatureKind::Header(HeaderSignature { prefix, ..header });
        }
        self
    }

    /// Sets how the signature is encoded in the header. Default: base64.
    #[must_use]
    pub const fn encoding(mut self, encoding: TextEncoding) -> Self {
        if let SignatureKind::Header(header) = self.kind {
            self.kind = SignatureKind::Header(HeaderSignature { encoding, ..header });
        }
        self
    }

    /// Sets the part that contains the time of the webhook, in RFC 3339 or in seconds since 1970. It should
    /// be one of the signed parts. A signature by RFC 9421 contains its own time.
    #[must_use]
    pub const fn time(mut self, time: SignedPart) -> Self {
        if let SignatureKind::Header(header) = self.kind {
            self.kind = SignatureKind::Header(HeaderSignature { time: Some(time), ..header });
        }
        self
    }

    /// Sets the maximum age of a webhook in seconds. If the vendor retries webhooks for a day with the time
    /// of the event, it has to be longer than a day. Default: 300.
    #[must_use]
    pub const fn window(mut self, seconds: u32) -> Self {
        self.window = seconds;
        self
    }

    /// Sets the format in which the vendor provides the key. Default: a shared secret as text, a public key
    /// in PEM.
    #[must_use]
    pub const fn key_format(mut self, format: KeyFormat) -> Self {
        self.key_format = format;
        self
    }
}
