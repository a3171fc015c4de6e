//! The body of a call, and values that are set in it in addition to the caller's: the cursor and the size of
//! a page.

use std::borrow::Cow;

use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::message::payload::Payload;
use crate::operation::Operation;
use crate::wire::json::Json;
use crate::wire::map::Map;
use crate::wire::{Encode, FieldVisitor, View, from_slice, to_json};

/// An object without fields.
pub(super) struct EmptyObject;

impl Encode for EmptyObject {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn fields(&self, _: &mut FieldVisitor<'_>) {}
}

/// A value, and the path of field names where it is set.
pub(super) type BodyValue = (&'static [&'static str], Json);

/// Encodes the body, and returns it with its `Content-Type`.
pub(super) fn encode_body(
    operation: &Operation,
    media: usize,
    body: Body<'_>,
    values: &[BodyValue],
) -> Result<Option<(Cow<'static, str>, Payload)>, RequestError> {
    let edited = match values {
        [] => None,
        values => Some(with_values(&body, values)?),
    };
    let body: &dyn Encode = match (&body, &edited) {
        (_, Some(body)) => body,
        (Body::None, None) => return Ok(None),
        (Body::Typed(body), None) => *body,
        (Body::File(file), None) => file,
    };
    let no_media =
        || RequestError::body(format!("the operation has no media type with index {media}"));
    let encoded = operation.media.get(media).ok_or_else(no_media)?.write(body);
    encoded.map(Some).map_err(|error| RequestError::body(format!("the body: {error}")))
}

/// Returns the string or number at a path of the body.
pub(super) fn body_text(body: &Body<'_>, values: &[BodyValue], path: &[&str]) -> Option<String> {
    let body = with_values(body, values).ok()?;
    match path.iter().try_fold(&body, |value, name| value.get(name))? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the body with other values set in it.
fn with_values(body: &Body<'_>, values: &[BodyValue]) -> Result<Json, RequestError> {
    let mut tree = match body {
        Body::None => Json::Object(Map::new()),
        Body::Typed(body) => to_untyped(*body)?,
        Body::File(_) => {
            return Err(RequestError::body("a body of bytes can't contain the cursor of a page"));
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

/// Converts a value into the tree of its JSON.
pub(super) fn to_untyped(value: &dyn Encode) -> Result<Json, RequestError> {
    let invalid = |error: &dyn std::fmt::Display| RequestError::body(format!("the body: {error}"));
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
