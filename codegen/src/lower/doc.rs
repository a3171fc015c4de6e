//! Texts for a reader.

use openapiv3::SchemaData;

use crate::ir::Doc;

/// A text with plain line ends and without blanks around it; nothing if it says nothing.
pub fn text(text: Option<&str>) -> Option<String> {
    let text = text?.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// What a schema says of itself.
pub fn of_schema(data: &SchemaData) -> Doc {
    Doc {
        title: text(data.title.as_deref()),
        description: text(data.description.as_deref()),
        deprecated: data.deprecated,
        example: data.example.clone(),
    }
}

/// `doc` with its gaps filled from `other`.
pub fn over(doc: Doc, other: Doc) -> Doc {
    Doc {
        title: doc.title.or(other.title),
        description: doc.description.or(other.description),
        deprecated: doc.deprecated || other.deprecated,
        example: doc.example.or(other.example),
    }
}
