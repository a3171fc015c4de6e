//! How webhooks are signed: data.

use crate::signature::{Algorithm, Profile};

/// How a vendor signs its calls to you. Generated code holds one constant for it.
///
/// ```
/// use docwright_runtime::signature::{Algorithm, Component, Profile};
/// use docwright_runtime::webhook::{KeyForm, Piece, Scheme, TextEncoding};
///
/// // The whole body, with a shared secret.
/// static ONE: Scheme = Scheme::header("X-Signature", Algorithm::HmacSha256, &[Piece::Body])
///     .prefix("sha256=")
///     .encoding(TextEncoding::Hex);
/// // The body and a time that stands in it, which is not older than a day.
/// static TWO: Scheme = Scheme::header(
///     "Signature",
///     Algorithm::RsaV15Sha256,
///     &[Piece::Body, Piece::Member(&["created_at"])],
/// )
/// .time(Piece::Member(&["created_at"]))
/// .window(86_400);
/// // RFC 9421, with a digest of the body (RFC 9530).
/// static PROFILE: Profile = Profile::RFC.components(&[Component::new("content-digest")]);
/// static THREE: Scheme =
///     Scheme::message(&PROFILE, Algorithm::Ed25519).covers(&["content-digest"]).keys(KeyForm::OpenSsh);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    pub(super) proof: Proof,
    pub(super) algorithm: Algorithm,
    pub(super) keys: KeyForm,
    pub(super) window: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Proof {
    /// RFC 9421: the profile, and what has to be covered.
    Message(&'static Profile, &'static [&'static str]),
    Header(Header),
}

/// A signature in one header.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) encoding: TextEncoding,
    pub(super) signed: &'static [Piece],
    pub(super) time: Option<Piece>,
}

/// A piece of what is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// The bytes of the body.
    Body,
    /// The text of a member of the body, which is JSON, by the members that lead to it.
    Member(&'static [&'static str]),
    /// The value of a header.
    Header(&'static str),
    /// This text.
    Text(&'static str),
}

/// How a signature is written in a header of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// Base64 (RFC 4648 §4)
    Base64,
    /// Hexadecimal, in either case
    Hex,
}

/// In which form the vendor hands out the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyForm {
    /// A text whose bytes in UTF-8 are the shared secret.
    Secret,
    /// A public key in PEM.
    Pem,
    /// A public key as OpenSSH writes it.
    OpenSsh,
}

impl Scheme {
    /// RFC 9421, as a profile says. Nothing has to be covered yet: see [`covers`](Self::covers).
    #[must_use]
    pub const fn message(profile: &'static Profile, algorithm: Algorithm) -> Self {
        Self::new(Proof::Message(profile, &[]), algorithm)
    }

    /// The signature of these pieces, one behind the other, as base64 in a header.
    #[must_use]
    pub const fn header(
        name: &'static str,
        algorithm: Algorithm,
        signed: &'static [Piece],
    ) -> Self {
        let encoding = TextEncoding::Base64;
        let header = Header { name, prefix: "", encoding, signed, time: None };
        Self::new(Proof::Header(header), algorithm)
    }

    const fn new(proof: Proof, algorithm: Algorithm) -> Self {
        let keys = match algorithm {
            Algorithm::HmacSha256 => KeyForm::Secret,
            _ => KeyForm::Pem,
        };
        Self { proof, algorithm, keys, window: 300 }
    }

    /// The components that a signature by RFC 9421 has to cover. With `content-digest` among them,
    /// the body has to be the one of the digest.
    #[must_use]
    pub const fn covers(mut self, components: &'static [&'static str]) -> Self {
        if let Proof::Message(profile, _) = self.proof {
            self.proof = Proof::Message(profile, components);
        }
        self
    }

    /// What stands in the header before the signature, such as `sha256=`.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        if let Proof::Header(header) = self.proof {
            self.proof = Proof::Header(Header { prefix, ..header });
        }
        self
    }

    /// How the signature is written in the header.
    #[must_use]
    pub const fn encoding(mut self, encoding: TextEncoding) -> Self {
        if let Proof::Header(header) = self.proof {
            self.proof = Proof::Header(Header { encoding, ..header });
        }
        self
    }

    /// Where the time stands that the call was made at: RFC 3339, or seconds since 1970. It should be
    /// among what is signed. A signature by RFC 9421 has one of its own.
    #[must_use]
    pub const fn time(mut self, time: Piece) -> Self {
        if let Proof::Header(header) = self.proof {
            self.proof = Proof::Header(Header { time: Some(time), ..header });
        }
        self
    }

    /// For how many seconds a call is taken after its time. A vendor that repeats calls for a day with
    /// the time of the event needs more than that; it is five minutes otherwise.
    #[must_use]
    pub const fn window(mut self, seconds: u32) -> Self {
        self.window = seconds;
        self
    }

    /// In which form the vendor hands out the key: without this, a shared secret is its text, and a
    /// public key PEM.
    #[must_use]
    pub const fn keys(mut self, form: KeyForm) -> Self {
        self.keys = form;
        self
    }
}
