//! Path templates.

use crate::error::RequestError;

/// Fills a path template. A segment that a value makes empty, `.` or `..` would address something
/// else (RFC 3986 §5.2.4) and is an error.
pub(crate) fn fill(template: &str, values: &[(&str, String)]) -> Result<String, RequestError> {
    let mut path = String::with_capacity(template.len() + 16);
    for segment in template.split_inclusive('/') {
        let (segment, slash) = match segment.strip_suffix('/') {
            Some(segment) => (segment, "/"),
            None => (segment, ""),
        };
        let filled = fill_segment(segment, values)?;
        if filled != segment && matches!(filled.as_str(), "" | "." | "..") {
            return Err(RequestError(format!("`{segment}` of the path is empty, `.` or `..`")));
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
        let value = values.iter().find(|(given, _)| *given == name);
        let (_, value) = value
            .ok_or_else(|| RequestError(format!("the path parameter `{name}` is not given")))?;
        if value.is_empty() {
            return Err(RequestError(format!("the path parameter `{name}` is empty")));
        }
        filled.push_str(before);
        filled.push_str(value);
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}

/// What stands before the next `{name}`, the name, and what stands behind.
fn next_parameter(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
