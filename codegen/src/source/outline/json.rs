//! Locates the values of a JSON document. A YAML parser would work for most documents, but not for
//! escapes that only JSON has.

use super::{Builder, Outline};

/// Returns the outline of a JSON document, or `None` if the text is not JSON.
pub(super) fn outline(text: &str) -> Option<Outline> {
    let bytes = text.as_bytes();
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at = match byte {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => at + 1,
            b'{' | b'[' if builder.expects_key() => return None,
            b'{' | b'[' => {
                builder.open(start, *byte == b'{');
                at + 1
            }
            b'}' | b']' if builder.open.is_empty() => return None,
            b'}' | b']' => {
                builder.close(Some(at + 1));
                at + 1
            }
            b'"' => string_end(bytes, at + 1)?,
            b'-' | b'0'..=b'9' | b'a'..=b'z' if !builder.expects_key() => word_end(bytes, at),
            _ => return None,
        };
        if matches!(byte, b'"' | b'-' | b'0'..=b'9' | b'a'..=b'z') {
            if builder.expects_key() {
                builder.key(start..at);
            } else {
                builder.leaf(start..at, None);
            }
        }
    }
    builder.open.is_empty().then(|| builder.finish())
}

/// Returns the offset after the closing quotation mark.
fn string_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Returns the offset after a number, `true`, `false` or `null`.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
    start + rest.iter().take_while(|b| is_part(b)).count().max(1)
}
