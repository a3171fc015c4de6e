//! Formats of strings.

/// A `format` of strings that generated code has a type for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of JSON Schema")]
pub enum StringFormat {
    DateTime,
    Date,
    Uuid,
}

impl StringFormat {
    /// Every format.
    pub const ALL: &[Self] = &[Self::DateTime, Self::Date, Self::Uuid];

    /// Returns its name in a document, such as `date-time`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Uuid => "uuid",
        }
    }
}
