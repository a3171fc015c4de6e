//! `contentEncoding` and `contentMediaType`.

use crate::source::{Map, Node};

/// `contentEncoding: base64` → `format: byte`; a media type alone, other than text or JSON →
/// `format: binary`. What `format` cannot say stays as `x-docwright-content-encoding` and
/// `x-docwright-content-media-type`.
pub(super) fn rewrite(map: &mut Map) {
    super::rename(map, "contentEncoding", "x-docwright-content-encoding");
    super::rename(map, "contentMediaType", "x-docwright-content-media-type");
    if map.contains_key("format") {
        return;
    }
    let text = |key: &str| map.get(key).and_then(|n| Some((n.as_str()?, n.origin)));
    let format =
        match (text("x-docwright-content-encoding"), text("x-docwright-content-media-type")) {
            (Some(("base64", origin)), _) => Some(("byte", origin)),
            (Some(("binary", origin)), _) => Some(("binary", origin)),
            (None, Some((media, origin))) if !is_text(media) => Some(("binary", origin)),
            (Some(_) | None, _) => None,
        };
    if let Some((format, origin)) = format {
        map.insert("format".to_owned(), Node::string(format, origin));
    }
}

fn is_text(media: &str) -> bool {
    media.starts_with("text/") || media.ends_with("json") || media.ends_with("xml")
}
