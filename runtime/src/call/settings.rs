//! The settings of the client that a call sends.

use super::Call;
use crate::message::param::Style;
use crate::operation::setting::{Setting, SettingLocation};
use crate::wire::Encode;

impl Call<'_> {
    /// Sets a parameter to the value that the client has for it, or to its default.
    pub fn setting(mut self, setting: &'static Setting) -> Self {
        let client = self.client;
        match (client.setting(setting), setting.default) {
            (Some(value), _) => self.set_value(setting, &**value),
            (None, Some(default)) => self.set_value(setting, &default),
            (None, None) => {
                self.missing.push(setting);
                self
            }
        }
    }

    fn set_value(self, setting: &'static Setting, value: &dyn Encode) -> Self {
        match setting.location {
            SettingLocation::Path => self.path(setting.wire, value),
            SettingLocation::Query => self.query(setting.wire, value, Style::FORM),
            SettingLocation::Header => self.header(setting.wire, value),
        }
    }

    /// Returns the first setting without a value.
    pub(super) fn missing_setting(&self) -> Option<&'static Setting> {
        let is_set = |setting: &Setting| match setting.location {
            SettingLocation::Path => self.path.iter().any(|(name, _)| *name == setting.wire),
            SettingLocation::Query => self.query_value(setting.wire).is_some(),
            SettingLocation::Header => self.headers.contains_key(setting.wire),
        };
        self.missing.iter().copied().find(|setting| !is_set(setting))
    }
}
