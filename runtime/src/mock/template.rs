//! Matching paths against path templates.

use percent_encoding::percent_decode_str;

/// Matches a path against a template, and returns the decoded values of the path parameters.
pub(super) fn match_path(
    template: &'static str,
    path: &str,
) -> Option<Vec<(&'static str, String)>> {
    let template = template.split('?').next().unwrap_or_default();
    let (templates, segments) =
        (template.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    if templates.clone().count() != segments.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (template, segment) in templates.zip(segments) {
        match_segment(template, segment, &mut values)?;
    }
    Some(values)
}

/// Returns the length of a template without its parameters.
pub(super) fn literal_len(template: &str) -> usize {
    let parameters = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    template.len() - parameters.map(|(name, _)| name.len() + 2).sum::<usize>()
}

/// Matches one segment. Each value is the shortest one possible.
fn match_segment(
    template: &'static str,
    segment: &str,
    values: &mut Vec<(&'static str, String)>,
) -> Option<()> {
    let Some((prefix, rest)) = template.split_once('{') else {
        return (percent_decode(template) == percent_decode(segment)).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let segment = segment.strip_prefix(prefix)?;
    let next = rest.split('{').next().unwrap_or_default();
    let end = if next.is_empty() { segment.len() } else { segment.get(1..)?.find(next)? + 1 };
    let (value, remainder) =
        segment.split_at_checked(end).filter(|(value, _)| !value.is_empty())?;
    values.push((name, percent_decode(value)));
    match_segment(rest, remainder, values)
}

fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_match(template: &'static str, path: &str) -> Option<String> {
        let values = match_path(template, path)?;
        Some(values.iter().map(|(name, value)| format!("{name}={value} ")).collect())
    }

    #[test]
    fn values_are_extracted_from_matching_paths() {
        for (template, path, values) in [
            ("/", "/", Some("")),
            ("/pets", "/pets", Some("")),
            ("/pets", "/pets/7", None),
            ("/pets/{id}", "/pets", None),
            ("/pets/{id}", "/pets/a%2Fb%20c", Some("id=a/b c ")),
            ("/pets/{id}/toys", "/pets/7/toys", Some("id=7 ")),
            ("/pets/{id}.{format}", "/pets/7.json", Some("id=7 format=json ")),
            ("/pets/{id}.{format}", "/pets/json", None),
            ("/pets:{verb}", "/pets:feed", Some("verb=feed ")),
            ("/pets/{id}?view=full", "/pets/7", Some("id=7 ")),
        ] {
            assert_eq!(format_match(template, path).as_deref(), values, "{template} {path}");
        }
    }

    #[test]
    fn literal_text_is_counted_without_parameters() {
        assert!(literal_len("/pets/mine") > literal_len("/pets/{id}"));
        assert_eq!(literal_len("/pets/{id}"), "/pets/".len());
    }
}
