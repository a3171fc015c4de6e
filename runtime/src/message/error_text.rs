//! The code and the message in the body of an error, as text.

use crate::wire::{Decode, Node, read_json};

/// Where error bodies usually have a code: Google's and Stripe's form, flat forms, a list of errors, and
/// RFC 6749 §5.2.
pub(crate) const CODES: &[&str] =
    &["/error/code", "error_code", "errorCode", "/errors/0/code", "code", "/error/type", "error"];

/// Where error bodies usually have a message for people: RFC 9457, the same forms, and RFC 6749 §5.2.
pub(crate) const MESSAGES: &[&str] = &[
    "detail",
    "/error/message",
    "error_description",
    "error_message",
    "errorMessage",
    "/errors/0/message",
    "/errors/0/detail",
    "message",
    "title",
    "error",
];

/// Returns the first string at one of these locations in a JSON body. A location is a field name, or a JSON
/// pointer (RFC 6901) that begins with `/`. A number is returned as its digits: vendors send numbers for
/// codes that they declare as strings.
pub(crate) fn first_text(body: &[u8], locations: &[&str]) -> Option<String> {
    let tape = read_json(body).ok()?;
    locations.iter().find_map(|location| text_at(tape.root(), location))
}

fn text_at(root: Node<'_>, location: &str) -> Option<String> {
    let node = match location.strip_prefix('/') {
        None => root.field(location)?,
        Some(pointer) => pointer.split('/').try_fold(root, |node, step| match node.items() {
            Some(mut items) => items.nth(step.parse().ok()?),
            None => node.field(&step.replace("~1", "/").replace("~0", "~")),
        })?,
    };
    match node.as_str() {
        Some(text) => Some(text.to_owned()),
        None => Some(i64::decode(node).ok()?.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_forms_of_errors_are_read() {
        for (body, code, message) in [
            (
                r#"{"type":"about:blank","title":"No","detail":"no funds","status":403}"#,
                None,
                Some("no funds"),
            ),
            (r#"{"title":"No","detail":[{"loc":["body"]}]}"#, None, Some("No")),
            (
                r#"{"error":"invalid_client","error_description":"who?"}"#,
                Some("invalid_client"),
                Some("who?"),
            ),
            (
                r#"{"error":{"code":"card_declined","message":"no","type":"card_error"}}"#,
                Some("card_declined"),
                Some("no"),
            ),
            (r#"{"error":{"type":"overloaded"}}"#, Some("overloaded"), None),
            (
                r#"{"message":"2 errors","errors":[{"code":7,"message":"bad name"}]}"#,
                Some("7"),
                Some("bad name"),
            ),
            (r#"{"error_code":"E1","code":400,"message":"no"}"#, Some("E1"), Some("no")),
            (r#"{"a/b":1}"#, None, None),
            ("[]", None, None),
            ("<html>", None, None),
        ] {
            assert_eq!(first_text(body.as_bytes(), CODES).as_deref(), code, "{body}");
            assert_eq!(first_text(body.as_bytes(), MESSAGES).as_deref(), message, "{body}");
        }
        assert_eq!(first_text(br#"{"a/b":{"~":1}}"#, &["b", "/a~1b/~0"]).as_deref(), Some("1"));
    }
}
