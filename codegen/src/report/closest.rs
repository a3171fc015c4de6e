//! Suggestions for `did you mean` help.

/// Returns the word that `key` is most likely a misspelling of.
pub(crate) fn closest<'w>(key: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let key = normalise(key);
    let limit = key.chars().count() / 3;
    words
        .map(|word| (strsim::levenshtein(&key, &normalise(word)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Returns the help on a name that does not exist: the closest of the known names, or else `otherwise`.
pub(crate) fn suggest<'w>(
    name: &str,
    known: impl Iterator<Item = &'w str>,
    otherwise: &str,
) -> String {
    match closest(name, known) {
        Some(close) => format!("did you mean `{close}`?"),
        None => otherwise.to_owned(),
    }
}

/// Keeps letters and digits only, in lower case, so that `max_length` equals `maxLength`.
fn normalise(word: &str) -> String {
    word.chars().take(64).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::closest;

    const WORDS: [&str; 4] = ["required", "maxLength", "readOnly", "type"];

    #[test]
    fn misspelled_keyword_is_recognised() {
        assert_eq!(closest("requierd", WORDS.into_iter()), Some("required"));
        assert_eq!(closest("max_length", WORDS.into_iter()), Some("maxLength"));
        assert_eq!(closest("readonly", WORDS.into_iter()), Some("readOnly"));
    }

    #[test]
    fn unrelated_word_is_not_suggested() {
        assert_eq!(closest("colour", WORDS.into_iter()), None);
        assert_eq!(closest("", WORDS.into_iter()), None);
    }
}
