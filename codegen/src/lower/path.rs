//! Path templates.

use crate::ir::Segment;

/// A template's pieces. Braces that do not close are text.
pub fn segments(template: &str) -> Vec<Segment> {
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
    use super::{Segment, segments};

    fn text(template: &str) -> String {
        let show = |s: Segment| match s {
            Segment::Literal(text) => format!("[{text}]"),
            Segment::Parameter(name) => format!("<{name}>"),
        };
        segments(template).into_iter().map(show).collect()
    }

    #[test]
    fn parameters_stand_anywhere() {
        assert_eq!(text("/pets/{id}"), "[/pets/]<id>");
        assert_eq!(text("/{a}{b}/x.{format}"), "[/]<a><b>[/x.]<format>");
        assert_eq!(text("/"), "[/]");
    }

    #[test]
    fn a_brace_alone_is_text() {
        assert_eq!(text("/a{b"), "[/a{b]");
        assert_eq!(text("/a{}/{b}"), "[/a{}/]<b>");
    }
}
