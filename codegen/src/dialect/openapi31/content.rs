//! Converts `contentEncoding` and `contentMediaType`.

use crate::source::{Map, Node};

/// `contentEncoding: base64` → `format: byte`; a media type without an encoding, other than text, JSON or
/// XML → `format: binary`. The original values are kept as `x-docwright-content-encoding` and
/// `x-docwright-content-media-type`, because `format` cannot express all of them.
pub(super) fn rewrite(map: &mut Map) {
    super::rename_key(map, "contentEncoding", "x-docwright-content-encoding");
    super::rename_key(map, "contentMediaType", "x-docwright-content-media-type");
    if map.contains_key("format") {
        return;
    }
    let string = |key: &str| map.get(key).and_then(|n| Some((n.as_str()?, n.origin)));
    let format =
        match (string("x-docwright-content-encoding"), string("x-docwright-content-media-type")) {
            (Some(("base64", origin)), _) => Some(("byte", origin)),
            (Some(("binary", origin)), _) => Some(("binary", origin)),
            (None, Some((media_type, origin))) if !is_text(media_type) => Some(("binary", origin)),
            (Some(_) | None, _) => None,
        };
    if let Some((format, origin)) = format {
        map.insert("format".to_owned(), Node::string(format, origin));
    }
}

fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type.ends_with("json") || media_type.ends_with("xml")
}
