//! Texts that only repeat a name.

/// Returns whether a text says no more than a name: `Client ID.` above `client_id`.
pub fn is_echo(text: &str, name: &str) -> bool {
    // A longer text has more to say than the longest name.
    text.len() <= 200 && !bare(text).is_empty() && bare(text) == bare(name)
}

/// Returns the letters and digits, without an article at the start and the plural at the end.
fn bare(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let articles = ["the ", "a ", "an "];
    let start = articles.iter().find_map(|article| lower.strip_prefix(article));
    let bare: String = start.unwrap_or(&lower).chars().filter(|c| c.is_alphanumeric()).collect();
    bare.strip_suffix('s').map(str::to_owned).unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::is_echo;

    #[test]
    fn a_text_that_repeats_the_name_is_an_echo() {
        for (text, name, expected) in [
            ("ClientID.", "client_id", true),
            ("The client id", "client_id", true),
            ("`Map`", "Map", true),
            ("accounts", "Account", true),
            ("`2022-09-21`", "V20220921", false),
            ("The id of the client.", "client_id", false),
            ("", "client_id", false),
        ] {
            assert_eq!(is_echo(text, name), expected, "{text:?} {name:?}");
        }
    }
}
