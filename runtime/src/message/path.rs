//! Expansion of path templates.

use super::error::RequestError;

/// Expands a path template. A value that turns a segment into an empty one, `.` or `..` is an error, since
/// the URL would address another resource (RFC 3986 §5.2.4).
pub(crate) fn fill_template(
    template: &str,
    values: &[(&str, String)],
) -> Result<String, RequestError> {
    let mut path = String::with_capacity(template.len() + 16);
    for segment in template.split_inclusive('/') {
        let (segment, slash) = match segment.strip_suffix('/') {
            Some(segment) => (segment, "/"),
            None => (segment, ""),
        };
        let filled = fill_segment(segment, values)?;
        if filled != segment && matches!(filled.as_str(), "" | "." | "..") {
            return Err(RequestError::parameter(format!(
                "the path segment `{segment}` must not be empty, `.` or `..`"
            )));
        }
        path.push_str(&filled);
        path.push_str(slash);
    }
    Ok(path)
}

fn fill_segment(segment: &str, values: &[(&str, String)]) -> Result<String, RequestError> {
    let mut filled = String::new();
    let mut rest = segment;
    while let Some((before, name, after)) = next_parameter(rest) {
        let value = values.iter().find(|(other, _)| *other == name);
        let (_, value) = value.ok_or_else(|| {
            RequestError::parameter(format!("the path parameter `{name}` is missing"))
        })?;
        if value.is_empty() {
            return Err(RequestError::parameter(format!("the path parameter `{name}` is empty")));
        }
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// Splits the text at the next `{name}` into the text before, the name and the text after.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
