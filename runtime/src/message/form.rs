//! Serialization of forms (WHATWG URL §5).

use crate::wire::{Encode, EncodeError, FieldVisitor, View, scalar_text, to_json};

/// The name-value pairs of a field.
pub(crate) type Pairs = Vec<(String, String)>;

/// Writes a value as a form. `pairs` returns the pairs of a field.
pub(crate) fn write_form(
    value: &dyn Encode,
    pairs: &dyn Fn(&str, &dyn Encode) -> Result<Pairs, EncodeError>,
) -> Result<String, EncodeError> {
    let View::Object(object) = value.view() else {
        return Err(EncodeError("a form body must be an object".to_owned()));
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    let mut done = Ok(());
    object.fields(&mut FieldVisitor::new(&mut |name, value| {
        if done.is_ok() {
            done = pairs(name, value).map(|pairs| {
                form.extend_pairs(pairs);
            });
        }
    }));
    done.map(|()| form.finish())
}

/// Returns the pairs of a field without a style: one for each item of an array.
pub(crate) fn field_pairs(
    name: &str,
    value: &dyn Encode,
    as_json: bool,
) -> Result<Pairs, EncodeError> {
    let mut pairs = Vec::new();
    let mut done = Ok(());
    let mut push_pair = |value: &dyn Encode| {
        let text = match as_json {
            true => to_json(value).map(|json| String::from_utf8(json).ok()),
            false => scalar_text(value),
        };
        match text {
            Ok(text) => pairs.push((name.to_owned(), text.unwrap_or_default())),
            Err(error) => done = Err(error),
        }
    };
    match value.view() {
        View::Array(array) => array.items(&mut push_pair),
        _ => push_pair(value),
    }
    done.map(|()| pairs)
}
