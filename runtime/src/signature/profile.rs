//! How a vendor signs: data, with what RFC 9421 says as its default.

use super::key::Algorithm;
use crate::operation::Method;

/// How messages are signed and verified. [`RFC`](Self::RFC) covers nothing yet: what is covered is
/// always the vendor's choice.
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
    pub(crate) names: Names,
    pub(crate) target_uri: TargetUri,
    pub(crate) absent_query: AbsentQuery,
    pub(crate) pre_hash: PreHash,
    pub(crate) encoding: Encoding,
}

impl Profile {
    /// RFC 9421 to the letter: the label `sig1`, the parameters `created` and `keyid`.
    pub const RFC: Self = Self {
        algorithm: None,
        label: "sig1",
        components: &[],
        parameters: &[Parameter::Created, Parameter::KeyId],
        lifetime: 300,
        names: Names::Lower,
        target_uri: TargetUri::Whole,
        absent_query: AbsentQuery::QuestionMark,
        pre_hash: PreHash::None,
        encoding: Encoding::Raw,
    };

    /// The one algorithm that there are keys for. Without it, the key says the algorithm.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// The label of the signature (§4.1).
    #[must_use]
    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// What is covered, in this order (§2).
    #[must_use]
    pub const fn components(mut self, components: &'static [Component]) -> Self {
        self.components = components;
        self
    }

    /// The parameters, in this order (§2.3).
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Seconds from `created` to `expires`.
    #[must_use]
    pub const fn lifetime(mut self, seconds: u32) -> Self {
        self.lifetime = seconds;
        self
    }

    /// How the names of fields are written.
    #[must_use]
    pub const fn names(mut self, names: Names) -> Self {
        self.names = names;
        self
    }

    /// What `@target-uri` holds.
    #[must_use]
    pub const fn target_uri(mut self, target_uri: TargetUri) -> Self {
        self.target_uri = target_uri;
        self
    }

    /// What `@query` is if there is none.
    #[must_use]
    pub const fn absent_query(mut self, absent_query: AbsentQuery) -> Self {
        self.absent_query = absent_query;
        self
    }

    /// What of the signature base goes to the algorithm.
    #[must_use]
    pub const fn pre_hash(mut self, pre_hash: PreHash) -> Self {
        self.pre_hash = pre_hash;
        self
    }

    /// What the base64 of the `Signature` field holds.
    #[must_use]
    pub const fn encoding(mut self, encoding: Encoding) -> Self {
        self.encoding = encoding;
        self
    }
}

/// One covered component (§2), and when it is covered.
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
    /// A field by its name, or a derived component such as `@method`. It is covered in every
    /// request, and it is an error if a request does not have it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, parameters: "", methods: &[], if_present: false, from: None, line: None }
    }

    /// The component's own parameters as they are written, such as `;name="page"` (§2.1, §2.2.8).
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static str) -> Self {
        self.parameters = parameters;
        self
    }

    /// Covered only in requests of these methods.
    #[must_use]
    pub const fn methods(mut self, methods: &'static [Method]) -> Self {
        self.methods = methods;
        self
    }

    /// Covered only if the request has it.
    #[must_use]
    pub const fn if_present(mut self) -> Self {
        self.if_present = true;
        self
    }

    /// The header whose value it has, where that goes by another name.
    #[must_use]
    pub const fn from(mut self, header: &'static str) -> Self {
        self.from = Some(header);
        self
    }

    /// What its line of the signature base begins with instead of the quoted name and `: `.
    #[must_use]
    pub const fn line(mut self, line: &'static str) -> Self {
        self.line = Some(line);
        self
    }
}

/// A parameter of a signature (§2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parameter {
    /// When it was made, in seconds since 1970.
    Created,
    /// When it is no longer valid.
    Expires,
    /// Which key it was made with.
    KeyId,
    /// Which algorithm it was made with.
    Alg,
    /// A text that is never used twice: 128 random bits.
    Nonce,
    /// What it was made for.
    Tag(&'static str),
}

/// How the names of fields are written in the signature base and in `Signature-Input`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// In lower case (§2.1).
    Lower,
    /// As [`Component::new`] has them.
    AsWritten,
}

/// What `@target-uri` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetUri {
    /// The whole URI with path and query (§2.2.2).
    Whole,
    /// Scheme and authority alone.
    Origin,
}

/// What `@query` is in a request without a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentQuery {
    /// `?` (§2.2.7).
    QuestionMark,
    /// Nothing.
    Empty,
    /// Not covered.
    Omitted,
}

/// What of the signature base goes to the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreHash {
    /// The base itself (§3.3).
    None,
    /// The bytes of its SHA-256.
    Sha256,
    /// The bytes of its SHA-512.
    Sha512,
    /// Its SHA-256 in lower-case hexadecimal.
    Sha256Hex,
    /// Its SHA-512 in lower-case hexadecimal.
    Sha512Hex,
}

/// What the base64 of the `Signature` field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The bytes of the signature (§4.2).
    Raw,
    /// Their lower-case hexadecimal.
    LowerHex,
    /// Their upper-case hexadecimal.
    UpperHex,
}
