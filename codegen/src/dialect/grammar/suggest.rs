//! Suggestions for `did you mean` help.

/// Returns the word that `key` is most likely a misspelling of.
pub(in crate::dialect) fn closest<'w>(
    key: &str,
    words: impl Iterator<Item = &'w str>,
) -> Option<&'w str> {
    let key = normalise(key);
    let limit = key.chars().count() / 3;
    words
        .map(|word| (distance(&key, &normalise(word)), word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Keeps letters and digits only, in lower case, so that `max_length` equals `maxLength`.
fn normalise(word: &str) -> String {
    word.chars().take(64).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the Levenshtein distance between `a` and `b`.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.chars().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let best =
                (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            next.push(best);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
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
