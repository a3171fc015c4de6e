//! Which operation a path is of.

use percent_encoding::percent_decode_str;

/// The values of a path template's parameters, decoded, if `path` is of it.
pub(super) fn values(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let template = template.split('?').next().unwrap_or_default();
    let (of, is) = (template.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    if of.clone().count() != is.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (of, is) in of.zip(is) {
        segment(of, is, &mut values)?;
    }
    Some(values)
}

/// How many characters of a template are no parameter's.
pub(super) fn own_text(template: &str) -> usize {
    let parameters = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    template.len() - parameters.map(|(name, _)| name.len() + 2).sum::<usize>()
}

/// The values of one segment: each is as short as what follows it allows.
fn segment(of: &'static str, is: &str, values: &mut Vec<(&'static str, String)>) -> Option<()> {
    let Some((before, rest)) = of.split_once('{') else {
        return (decoded(of) == decoded(is)).then_some(());
    };
    let (name, rest) = rest.split_once('}')?;
    let is = is.strip_prefix(before)?;
    let next = rest.split('{').next().unwrap_or_default();
    let end = if next.is_empty() { is.len() } else { is.get(1..)?.find(next)? + 1 };
    let (value, behind) = is.split_at_checked(end).filter(|(value, _)| !value.is_empty())?;
    values.push((name, decoded(value)));
    segment(rest, behind, values)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &'static str, path: &str) -> Option<String> {
        let values = values(template, path)?;
        Some(values.iter().map(|(name, value)| format!("{name}={value} ")).collect())
    }

    #[test]
    fn a_path_has_the_values_of_its_template() {
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
            assert_eq!(shown(template, path).as_deref(), values, "{template} {path}");
        }
    }

    #[test]
    fn what_a_template_says_itself_counts() {
        assert!(own_text("/pets/mine") > own_text("/pets/{id}"));
        assert_eq!(own_text("/pets/{id}"), "/pets/".len());
    }
}
