//! The body of a call, and values that are set in it in addition to the caller's: the cursor and the size of
//! a page, and the idempotency key.

use std::borrow::Cow;

use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::message::payload::Payload;
use crate::operation::Operation;
use crate::wire::json::Json;
use crate::wire::limit::Limits;
use crate::wire::{Encode, FieldVisitor, View, from_slice, scalar_text, to_json};

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
        values => Some(EditedBody::new(&body, values)?),
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
    text_at(&EditedBody::new(body, values).ok()?, path)
}

/// Returns the string or number at a path of field names.
pub(super) fn text_at(value: &dyn Encode, path: &[&str]) -> Option<String> {
    let Some((name, rest)) = path.split_first() else {
        return match value.view() {
            View::Null | View::Bool(_) | View::Array(_) | View::Object(_) => None,
            _ => scalar_text(value).ok().flatten(),
        };
    };
    let View::Object(object) = value.view() else { return None };
    let mut text = None;
    object.fields(&mut FieldVisitor::new(&mut |field, value| {
        if field == *name {
            text = text_at(value, rest);
        }
    }));
    text
}

/// A body with other values set in it.
struct EditedBody<'b> {
    body: Option<&'b dyn Encode>,
    values: Vec<(&'b [&'static str], &'b Json)>,
}

impl<'b> EditedBody<'b> {
    /// Creates the body from the caller's and the values.
    ///
    /// # Errors
    /// If the caller's body consists of bytes.
    fn new(body: &'b Body<'_>, values: &'b [BodyValue]) -> Result<Self, RequestError> {
        let body: Option<&dyn Encode> = match body {
            Body::None => None,
            Body::Typed(body) => Some(*body),
            Body::File(_) => {
                let message = "a body of bytes can't contain the cursor of a page";
                return Err(RequestError::body(message));
            }
        };
        Ok(Self { body, values: values.iter().map(|(path, value)| (*path, value)).collect() })
    }
}

impl Encode for EditedBody<'_> {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        let mut seen: Vec<&str> = Vec::new();
        let mut names: Vec<&'static str> = Vec::new();
        for name in self.values.iter().filter_map(|(path, _)| path.first().copied()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let mut visit = |name: &str, body: Option<&dyn Encode>| {
            let below = self.values.iter().filter_map(|(path, value)| {
                let (first, rest) = path.split_first()?;
                (*first == name).then_some((rest, *value))
            });
            let values: Vec<(&[&str], &Json)> = below.collect();
            match (values.iter().rfind(|(rest, _)| rest.is_empty()), body) {
                (Some((_, value)), _) => fields.required(name, value),
                (None, Some(body)) if values.is_empty() => fields.required(name, &body),
                (None, body) => fields.required(name, &EditedBody { body, values }),
            }
        };
        if let Some(View::Object(body)) = self.body.map(Encode::view) {
            body.fields(&mut FieldVisitor::new(&mut |name, value| {
                seen.extend(names.iter().find(|it| **it == name));
                visit(name, Some(value));
            }));
        }
        for name in names.iter().filter(|name| !seen.contains(name)) {
            visit(name, None);
        }
    }

    fn limits(&self) -> Limits {
        self.body.map_or(Limits::None, Encode::limits)
    }
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

    fn with_values(body: &Body<'_>, values: &[BodyValue]) -> String {
        let edited = EditedBody::new(body, values).unwrap();
        String::from_utf8(to_json(&edited).unwrap()).unwrap()
    }

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
            with_values(&Body::Typed(&body), &values),
            r#"{"amount":12345678901234567.890,"options":{"count":5,"offset":3},"page":{"cursor":"c"}}"#
        );
        assert_eq!(with_values(&Body::None, &values[1..2]), r#"{"page":{"cursor":"c"}}"#);
    }

    #[test]
    fn strings_and_numbers_are_found_by_their_path() {
        let body: Json = r#"{"a":{"n":1.50,"s":"x","o":{}},"s":null}"#.parse().unwrap();
        for (path, expected) in [
            (&["a", "n"][..], Some("1.50")),
            (&["a", "s"], Some("x")),
            (&["a", "o"], None),
            (&["s"], None),
            (&["s", "s"], None),
        ] {
            assert_eq!(text_at(&body, path).as_deref(), expected, "{path:?}");
        }
    }
}
