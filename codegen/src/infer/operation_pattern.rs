//! Patterns of operations, such as `GET /v1/*`.

/// Returns whether a pattern, in which `*` stands for any text, matches the key of an operation.
pub fn matches_pattern(pattern: &str, key: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == key };
    let Some(mut key) = key.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match key.split_once(part) {
            Some((_, after)) => key = after,
            None => return false,
        }
    }
    key.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::matches_pattern;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, expected) in [
            ("GET /v1/pets", true),
            ("GET /v1/*", true),
            ("*", true),
            ("* /v1/pets", true),
            ("GET */pets", true),
            ("GET *v1*pets*", true),
            ("GET /v1", false),
            ("POST *", false),
            ("*pets/*", false),
        ] {
            assert_eq!(matches_pattern(pattern, "GET /v1/pets"), expected, "{pattern}");
        }
    }
}
