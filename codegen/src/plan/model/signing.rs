//! Request signatures and idempotency keys.

use super::{DocText, Name};
use crate::manifest::{ConfigurableSetting, Signature};

/// How requests are signed.
#[derive(Debug, Clone, PartialEq)]
pub struct Signing {
    /// The signature profile in `vendor.toml`.
    pub profile: Signature,
    /// The settings of the profile that differ from RFC 9421.
    pub settings: Vec<ProfileSetting>,
    /// Its documentation.
    pub doc: DocText,
    /// The settings that callers can change, as methods of the client's builder.
    pub options: Vec<SettingMethod>,
}

/// A setting of a signature profile with a fixed set of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProfileSetting {
    /// The setting.
    pub setting: ConfigurableSetting,
    /// The runtime's enum.
    pub ty: &'static str,
    /// The selected variant.
    pub variant: &'static str,
}

/// A method of the client's builder that changes a setting of the signature profile.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingMethod {
    /// The setting.
    pub setting: ConfigurableSetting,
    /// The method.
    pub method: Name,
    /// Its documentation.
    pub doc: DocText,
}

/// The idempotency key of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The headers that carry it; all have the same value.
    pub headers: Vec<String>,
    /// The documentation of the method that sets it.
    pub doc: DocText,
    /// Whether it was inferred from the OpenAPI document instead of set in `vendor.toml`.
    pub inferred: bool,
}
