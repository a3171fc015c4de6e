//! Path templates.

use crate::ir::Segment;

/// Splits a path template into segments. Unclosed braces are literal text.
pub fn parse_template(template: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut literal = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after
            .split_once('}')
            .filter(|(name, _)| !name.is_empty() && !name.contains(['/', '{']))
        else {
            literal.push_str(before);
            literal.push('{');
            rest = after;
            continue;
        };
        literal.push_str(before);
        if !literal.is_empty() {
            segments.push(Segment::Literal(std::mem::take(&mut literal)));
        }
        segments.push(Segment::Parameter(name.to_owned()));
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        segments.push(Segment::Literal(literal));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::{Segment, parse_template};

    fn shown(template: &str) -> String {
        let show = |s: Segment| match s {
            Segment::Literal(text) => format!("[{text}]"),
            Segment::Parameter(name) => format!("<{name}>"),
        };
        parse_template(template).into_iter().map(show).collect()
    }

    #[test]
    fn parameters_may_be_anywhere_in_a_segment() {
        assert_eq!(shown("/pets/{id}"), "[/pets/]<id>");
        assert_eq!(shown("/{a}{b}/x.{format}"), "[/]<a><b>[/x.]<format>");
        assert_eq!(shown("/"), "[/]");
    }

    #[test]
    fn unclosed_and_empty_braces_are_literal_text() {
        assert_eq!(shown("/a{b"), "[/a{b]");
        assert_eq!(shown("/a{}/{b}"), "[/a{}/]<b>");
    }
}
