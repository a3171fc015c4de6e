//! Values that are set in the body of a call in addition to the caller's: the cursor and the size of a page.

use super::Call;
use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::wire::json::Json;
use crate::wire::map::Map;
use crate::wire::{Encode, from_slice, to_json};

/// A value, and the path of field names where it is set.
pub(super) type BodyValue = (&'static [&'static str], Json);

impl Call<'_> {
    /// Sets a value in the body, at a path of field names. The rest of the body is sent as it is set,
    /// with all digits of its numbers.
    pub fn body_value(mut self, path: &'static [&'static str], value: &dyn Encode) -> Self {
        match to_untyped(value) {
            Ok(value) => {
                self.body_values.retain(|(set, _)| *set != path);
                self.body_values.push((path, value));
            }
            Err(error) => self.fail(error.0),
        }
        self
    }

    /// Returns the string or number at a path of the body.
    pub(crate) fn body_text(&self, path: &[&str]) -> Option<String> {
        let body = with_values(&self.body, &self.body_values).ok()?;
        let value = path.iter().try_fold(&body, |value, name| value.get(name))?;
        match value {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }
}

/// Returns the body with other values set in it.
pub(super) fn with_values(body: &Body<'_>, values: &[BodyValue]) -> Result<Json, RequestError> {
    let mut tree = match body {
        Body::None => Json::Object(Map::new()),
        Body::Typed(body) => to_untyped(*body)?,
        Body::File(_) => {
            return Err(RequestError("a body of bytes can't contain the cursor of a page".into()));
        }
    };
    for (path, value) in values {
        let mut target = &mut tree;
        for name in *path {
            if !matches!(target, Json::Object(_)) {
                *target = Json::Object(Map::new());
            }
            let Json::Object(fields) = target else { break };
            target = fields.entry((*name).to_owned()).or_default();
        }
        *target = value.clone();
    }
    Ok(tree)
}

fn to_untyped(value: &dyn Encode) -> Result<Json, RequestError> {
    let invalid = |error: &dyn std::fmt::Display| RequestError(format!("the body: {error}"));
    let text = to_json(value).map_err(|error| invalid(&error))?;
    from_slice(&text).map_err(|error| invalid(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_set_beside_those_of_the_caller() {
        let text = r#"{"amount":12345678901234567.890,"options":{"count":2},"page":null}"#;
        let body: Json = text.parse().unwrap();
        let values: [BodyValue; 3] = [
            (&["options", "offset"], Json::from(3)),
            (&["page", "cursor"], Json::from("c")),
            (&["options", "count"], Json::from(5)),
        ];
        assert_eq!(
            with_values(&Body::Typed(&body), &values).unwrap().to_string(),
            r#"{"amount":12345678901234567.890,"options":{"count":5,"offset":3},"page":{"cursor":"c"}}"#
        );
        let only_value = with_values(&Body::None, &values[1..2]).unwrap();
        assert_eq!(only_value.to_string(), r#"{"page":{"cursor":"c"}}"#);
    }
}
