//! Request signatures and idempotency keys.
//!
//! A `variant` is the name of a variant of one of the runtime's enums.

use super::DocText;
use crate::ir::Method;
use crate::plan::naming::Name;

/// How requests are signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// The settings of the profile that differ from RFC 9421, in the order in which it sets them.
    pub profile: Vec<ProfileSetting>,
    /// Its documentation.
    pub doc: DocText,
    /// The settings that callers can change, as methods of the client's builder.
    pub options: Vec<SettingMethod>,
}

/// A setting of a signature profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileSetting {
    /// The algorithm, as a variant.
    Algorithm(&'static str),
    /// The label of the signature.
    Label(String),
    /// The covered components, in order.
    Components(Vec<SignedComponent>),
    /// The signature parameters, in order.
    Parameters(Vec<SignatureParameter>),
    /// The seconds from `created` to `expires`.
    Lifetime(u32),
    /// A setting with a fixed set of values.
    Choice(SettingChoice),
}

/// The value of a setting with a fixed set of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingChoice {
    /// The profile's method that sets it.
    pub setter: &'static str,
    /// The runtime's enum.
    pub ty: &'static str,
    /// The selected variant.
    pub variant: &'static str,
}

/// A component that a signature covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedComponent {
    /// The name of a header, or of a derived component such as `@method`.
    pub name: String,
    /// The component's parameters in their serialized form. If empty, it has none.
    pub parameters: String,
    /// The methods of the requests in which it is covered. If empty, all.
    pub methods: Vec<Method>,
    /// Whether it is covered only if the request has it.
    pub if_present: bool,
    /// The header that its value is taken from, if that has another name.
    pub from: Option<String>,
    /// The start of its line in the signature base, if it differs from RFC 9421.
    pub line: Option<String>,
}

/// A parameter of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureParameter {
    /// The variant.
    pub variant: &'static str,
    /// The value, if the variant has one.
    pub value: Option<String>,
}

/// A method of the client's builder that changes a setting of the signature profile.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingMethod {
    /// The profile's method that sets it; also the name of the argument.
    pub setter: &'static str,
    /// The type of the argument.
    pub ty: SettingType,
    /// The method.
    pub method: Name,
    /// Its documentation.
    pub doc: DocText,
}

/// The type of a setting of a signature profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingType {
    /// A list of items of this type of the runtime.
    List(&'static str),
    /// A number of seconds.
    Seconds,
    /// This enum of the runtime.
    Enum(&'static str),
}

/// The idempotency key of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The headers that carry it; all have the same value.
    pub headers: Vec<String>,
    /// The field of the body that carries it, too.
    pub field: Option<String>,
    /// The documentation of the method that sets it.
    pub doc: DocText,
}
