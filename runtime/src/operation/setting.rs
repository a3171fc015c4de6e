//! Parameters that are set once for all calls of a client.

use std::fmt;
use std::sync::Arc;

use crate::wire::Encode;

/// A parameter that most operations require, such as an account or a version: its value is set on the
/// client's builder, for a scoped client or for a call.
///
/// ```
/// use docwright_runtime::Setting;
///
/// static VERSION: Setting = Setting::header("version", "Acme-Version").default("2024-01-31");
/// assert_eq!(VERSION.name(), "version");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    name: &'static str,
    pub(crate) location: SettingLocation,
    pub(crate) wire: &'static str,
    pub(crate) default: Option<&'static str>,
}

/// Where a setting is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SettingLocation {
    Path,
    Query,
    Header,
}

impl Setting {
    /// Creates a setting that is sent as a path parameter. `name` is the name of the methods that set
    /// it.
    #[must_use]
    pub const fn path(name: &'static str, wire: &'static str) -> Self {
        Self { name, location: SettingLocation::Path, wire, default: None }
    }

    /// Creates a setting that is sent as a query parameter.
    #[must_use]
    pub const fn query(name: &'static str, wire: &'static str) -> Self {
        Self { name, location: SettingLocation::Query, wire, default: None }
    }

    /// Creates a setting that is sent as a header.
    #[must_use]
    pub const fn header(name: &'static str, wire: &'static str) -> Self {
        Self { name, location: SettingLocation::Header, wire, default: None }
    }

    /// Sets the value that is sent unless another one is set.
    #[must_use]
    pub const fn default(mut self, text: &'static str) -> Self {
        self.default = Some(text);
        self
    }

    /// Returns the name of the methods that set it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    fn is_same(&self, other: &Self) -> bool {
        self.location == other.location && self.wire == other.wire
    }
}

/// The values of settings. Printing them shows no value, since some may be secret.
#[derive(Clone, Default)]
pub struct Settings(Vec<(&'static Setting, SettingValue)>);

pub(crate) type SettingValue = Arc<dyn Encode + Send + Sync>;

impl Settings {
    /// Sets or replaces a value.
    #[must_use]
    pub fn set(
        mut self,
        setting: &'static Setting,
        value: impl Encode + Send + Sync + 'static,
    ) -> Self {
        self.insert(setting, Arc::new(value));
        self
    }

    /// Returns these values, and those of `other`, which take precedence.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        for (setting, value) in other.0 {
            self.insert(setting, value);
        }
        self
    }

    pub(crate) fn get(&self, setting: &Setting) -> Option<&SettingValue> {
        self.0.iter().find(|(existing, _)| existing.is_same(setting)).map(|(_, value)| value)
    }

    fn insert(&mut self, setting: &'static Setting, value: SettingValue) {
        self.0.retain(|(existing, _)| !existing.is_same(setting));
        self.0.push((setting, value));
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(setting, _)| setting.name)).finish()
    }
}
