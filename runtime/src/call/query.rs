//! Changes to the query of a call.

use super::Call;
use crate::message::param::Style;

impl Call<'_> {
    /// Returns the decoded value of a query parameter, if it is set.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// Sets a query parameter, and removes its previous values.
    pub(crate) fn with_query_value(self, name: &str, value: &str) -> Self {
        self.without_query(name).query(name, &value, Style::FORM)
    }

    /// Removes the values of a query parameter.
    pub fn without_query(mut self, name: &str) -> Self {
        let has_name = |pair: &&str| {
            form_urlencoded::parse(pair.as_bytes()).next().is_some_and(|(key, _)| key == name)
        };
        let others: Vec<&str> = self.query.split('&').filter(|pair| !has_name(pair)).collect();
        self.query = others.join("&");
        self
    }

    /// Replaces the query with one that is already encoded.
    pub(crate) fn with_query(self, query: String) -> Self {
        Self { query, ..self }
    }
}
