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

#[cfg(test)]
mod tests {
    use crate::{Client, ClientBuilder, Media, Method, Operation, Setting, Settings, Style};

    use super::Call;

    static ACCOUNT: Setting = Setting::header("account", "Acme-Account");
    static VERSION: Setting = Setting::query("version", "v").default("1");
    static TENANT: Setting = Setting::path("tenant", "tenant");
    static GET: Operation = Operation::new("get", Method::Get, "/{tenant}/a").body(&[Media::JSON]);

    fn client() -> Client {
        let builder = ClientBuilder::new("https://example.com").setting(&TENANT, "t1".to_owned());
        builder.setting(&ACCOUNT, "a1".to_owned()).build().unwrap()
    }

    fn call(client: &Client) -> Call<'_> {
        Call::new(client, &GET).setting(&TENANT).setting(&VERSION).setting(&ACCOUNT)
    }

    fn sent(call: Call<'_>) -> String {
        let request = call.prepare().unwrap();
        let account = request.headers["acme-account"].to_str().unwrap().to_owned();
        let url = request.url;
        format!("{}?{} {account}", url.path(), url.query().unwrap())
    }

    #[test]
    fn a_call_takes_precedence_over_a_scoped_client_its_client_and_the_default() {
        let client = client();
        assert_eq!(sent(call(&client)), "/t1/a?v=1 a1");
        let settings = Settings::default().set(&ACCOUNT, "a2".to_owned()).set(&VERSION, 2_i64);
        let scoped = client.with(settings);
        assert_eq!(sent(call(&scoped)), "/t1/a?v=2 a2");
        assert_eq!(sent(call(&client)), "/t1/a?v=1 a1", "the client itself is unchanged");
        let nested = scoped.with(Settings::default().set(&TENANT, "t3".to_owned()));
        assert_eq!(sent(call(&nested)), "/t3/a?v=2 a2");
        let replaced = call(&nested).without_query("v").query("v", &4_i64, Style::FORM);
        let replaced = replaced.header("Acme-Account", &"a4").path("tenant", &"t4");
        assert_eq!(sent(replaced), "/t4/a?v=4 a4");
    }

    #[test]
    fn a_setting_without_a_value_is_an_error_unless_the_call_sets_it() {
        let client: Client = ClientBuilder::new("https://example.com").build().unwrap();
        let error = call(&client).path("tenant", &"t").prepare().err().unwrap();
        assert_eq!(
            error.message(),
            "`account` is not set: call `.account(…)` on the client's builder or on the request"
        );
        let complete = call(&client).path("tenant", &"t").header("Acme-Account", &"a");
        assert_eq!(sent(complete), "/t/a?v=1 a");
    }

    #[test]
    fn printing_settings_shows_no_value() {
        let settings = Settings::default().set(&ACCOUNT, "hunter2".to_owned());
        assert_eq!(format!("{settings:?}"), r#"["account"]"#);
    }

    #[test]
    fn an_empty_body_is_an_object() {
        let client = client();
        let request = call(&client).empty_body().prepare().unwrap();
        assert_eq!(request.body.unwrap().bytes().unwrap(), "{}");
    }
}
