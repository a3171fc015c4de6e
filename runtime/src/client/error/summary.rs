//! What a server says about an error, in a form that can be logged.

use crate::message::secrets::Secrets;

/// The maximum number of characters of a code, a message or an id.
const MAX_LENGTH: usize = 200;

/// Returns the code and the message as `code: message`, without the values of `secrets`.
pub(super) fn summarize(code: Option<&str>, message: Option<&str>, secrets: &Secrets) -> String {
    let code = code.map(|code| printable(&secrets.mask(code)));
    let message = message.map(|message| printable(&secrets.mask(message)));
    match (code, message) {
        (Some(code), Some(message)) if code != message => format!("{code}: {message}"),
        (code, message) => code.or(message).unwrap_or_default(),
    }
}

/// Returns a text of a server with its control characters escaped, and shortened.
pub(super) fn printable(text: &str) -> String {
    let mut printable = String::new();
    for letter in text.trim().chars() {
        match is_harmless(letter) {
            true => printable.push(letter),
            false => printable.extend(letter.escape_default()),
        }
    }
    if let Some((end, _)) = printable.char_indices().nth(MAX_LENGTH) {
        let last = printable[..end].char_indices().next_back().map_or(0, |(index, _)| index);
        printable.truncate(last);
        printable.push('…');
    }
    printable
}

/// Whether a character changes neither the lines of a log nor the direction of its text.
fn is_harmless(letter: char) -> bool {
    !letter.is_control()
        && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summary_is_one_short_line_without_secrets() {
        let mut secrets = Secrets::default();
        secrets.add("hunter2");
        let summarize = |code, message| summarize(code, message, &secrets);
        assert_eq!(
            summarize(Some("no"), Some("hunter2\n\u{1b}[31m")),
            "no: [redacted]\\n\\u{1b}[31m"
        );
        assert_eq!(summarize(None, Some("a\u{202e}b")), "a\\u{202e}b");
        assert_eq!(summarize(Some("same"), Some("same")), "same");
        assert_eq!(summarize(None, None), "");
        let long = "é".repeat(300);
        let shown = summarize(None, Some(&long));
        assert_eq!((shown.chars().count(), shown.ends_with('…')), (200, true));
        assert_eq!(printable(&"é".repeat(200)).chars().count(), 200);
    }
}
