//! The serialization styles of parameters and form fields (OpenAPI 3.0.4, "Style Values").

/// How the value of a parameter or form field is serialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are OpenAPI's own")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Style {
    /// The `style` of every style.
    pub const KEYWORDS: &[&str] =
        &["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject"];
    /// The `style` of each style that path parameters support.
    pub const PATH_KEYWORDS: &[&str] = &["matrix", "label", "simple"];
    /// The `style` of each style that query parameters and form fields support.
    pub const QUERY_KEYWORDS: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

    /// Returns the style with this `style`.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Some(match keyword {
            "matrix" => Self::Matrix,
            "label" => Self::Label,
            "simple" => Self::Simple,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Style;

    #[test]
    fn every_keyword_names_a_style() {
        for keyword in Style::KEYWORDS {
            assert!(Style::from_keyword(keyword).is_some(), "{keyword}");
        }
        for keyword in Style::PATH_KEYWORDS.iter().chain(Style::QUERY_KEYWORDS) {
            assert!(Style::KEYWORDS.contains(keyword), "{keyword}");
        }
    }
}
