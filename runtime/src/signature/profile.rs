//! The signature profile of a vendor, as data. The defaults are those of RFC 9421.

use super::algorithm::Algorithm;
use crate::message::method::Method;

/// How messages are signed and verified. [`RFC`](Self::RFC) covers no components: the vendor always
/// defines them.
///
/// ```
/// use docwright_runtime::signature::{Component, Parameter, PreHash, Profile};
///
/// static SIGNATURE: Profile = Profile::RFC
///     .components(&[Component::new("@method"), Component::new("content-digest").if_present()])
///     .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires])
///     .lifetime(100)
///     .pre_hash(PreHash::Sha512);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    pub(crate) algorithm: Option<Algorithm>,
    pub(crate) label: &'static str,
    pub(crate) components: &'static [Component],
    pub(crate) parameters: &'static [Parameter],
    pub(crate) lifetime: u32,
    pub(crate) names: FieldNames,
    pub(crate) target_uri: TargetUri,
    pub(crate) absent_query: AbsentQuery,
    pub(crate) pre_hash: PreHash,
    pub(crate) encoding: Encoding,
}

impl Profile {
    /// The defaults of RFC 9421: the label `sig1` and the parameters `created` and `keyid`.
    pub const RFC: Self = Self {
        algorithm: None,
        label: "sig1",
        components: &[],
        parameters: &[Parameter::Created, Parameter::KeyId],
        lifetime: 300,
        names: FieldNames::LowerCase,
        target_uri: TargetUri::Whole,
        absent_query: AbsentQuery::QuestionMark,
        pre_hash: PreHash::None,
        encoding: Encoding::Raw,
    };

    /// Sets the only accepted algorithm. Default: the algorithm of the key.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// Sets the label of the signature (§4.1).
    #[must_use]
    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// Sets the covered components, in this order (§2).
    #[must_use]
    pub const fn components(mut self, components: &'static [Component]) -> Self {
        self.components = components;
        self
    }

    /// Sets the parameters, in this order (§2.3).
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets the seconds between `created` and `expires`.
    #[must_use]
    pub const fn lifetime(mut self, seconds: u32) -> Self {
        self.lifetime = seconds;
        self
    }

    /// Sets how field names are written.
    #[must_use]
    pub const fn names(mut self, names: FieldNames) -> Self {
        self.names = names;
        self
    }

    /// Sets the value of `@target-uri`.
    #[must_use]
    pub const fn target_uri(mut self, target_uri: TargetUri) -> Self {
        self.target_uri = target_uri;
        self
    }

    /// Sets the value of `@query` for a request without a query.
    #[must_use]
    pub const fn absent_query(mut self, absent_query: AbsentQuery) -> Self {
        self.absent_query = absent_query;
        self
    }

    /// Sets whether the signature base is hashed before it is signed.
    #[must_use]
    pub const fn pre_hash(mut self, pre_hash: PreHash) -> Self {
        self.pre_hash = pre_hash;
        self
    }

    /// Sets how the signature is encoded inside the base64 of the `Signature` header.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }
}

/// A component (§2), and when it is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Component {
    pub(crate) name: &'static str,
    pub(crate) parameters: &'static str,
    pub(crate) methods: &'static [Method],
    pub(crate) if_present: bool,
    pub(crate) from: Option<&'static str>,
    pub(crate) line: Option<&'static str>,
}

impl Component {
    /// Creates a component from the name of a header, or a derived component such as `@method`. It is
    /// covered in every request, and required.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, parameters: "", methods: &[], if_present: false, from: None, line: None }
    }

    /// Sets the parameters of the component in serialized form, such as `;name="page"` (§2.1, §2.2.8).
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static str) -> Self {
        self.parameters = parameters;
        self
    }

    /// Covers the component only in requests with these methods.
    #[must_use]
    pub const fn methods(mut self, methods: &'static [Method]) -> Self {
        self.methods = methods;
        self
    }

    /// Covers the component only if the request contains it.
    #[must_use]
    pub const fn if_present(mut self) -> Self {
        self.if_present = true;
        self
    }

    /// Sets the header that provides the value, if its name differs from that of the component.
    #[must_use]
    pub const fn from(mut self, header: &'static str) -> Self {
        self.from = Some(header);
        self
    }

    /// Sets the prefix of the component's line in the signature base, instead of the quoted name and `: `.
    #[must_use]
    pub const fn line(mut self, line: &'static str) -> Self {
        self.line = Some(line);
        self
    }
}

/// A parameter of a signature (§2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// The creation time, in seconds since 1970.
    Created,
    /// The expiration time, in seconds since 1970.
    Expires,
    /// The id of the key.
    KeyId,
    /// The algorithm.
    Alg,
    /// A nonce of 128 random bits.
    Nonce,
    /// An application-specific tag.
    Tag(&'static str),
}

/// How field names are written in the signature base and in `Signature-Input`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldNames {
    /// In lower case (§2.1).
    LowerCase,
    /// As passed to [`Component::new`].
    AsWritten,
}

/// The value of `@target-uri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetUri {
    /// The whole URI with path and query (§2.2.2).
    Whole,
    /// Only the scheme and authority.
    Origin,
}

/// The value of `@query` in a request without a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentQuery {
    /// `?` (§2.2.7).
    QuestionMark,
    /// An empty string.
    Empty,
    /// The component is not covered.
    Omitted,
}

/// Whether and how the signature base is hashed before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreHash {
    /// The signature base itself is signed (§3.3).
    None,
    /// Its SHA-256, as bytes.
    Sha256,
    /// Its SHA-512, as bytes.
    Sha512,
    /// Its SHA-256 in lower-case hexadecimal.
    Sha256Hex,
    /// Its SHA-512 in lower-case hexadecimal.
    Sha512Hex,
}

/// How the signature is encoded inside the base64 of the `Signature` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As bytes (§4.2).
    Raw,
    /// In lower-case hexadecimal.
    LowerHex,
    /// In upper-case hexadecimal.
    UpperHex,
}
