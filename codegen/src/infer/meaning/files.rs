//! Parts of multipart bodies that are files, but whose schema is a string or an object without
//! properties.

use super::values::Value;
use crate::ir::{Api, Scalar, Shape, Type};

/// Last words of the names of files.
const NAMES: [&str; 6] = ["file", "files", "attachment", "attachments", "upload", "document"];

/// How the description of a file begins, or what it contains.
const PHRASES: [&str; 11] = [
    "file to upload",
    "file to be uploaded",
    "file contents",
    "contents of the file",
    "content of the file",
    "binary content",
    "binary data",
    "raw bytes",
    "uploaded file",
    "image file",
    "the file object",
];

/// How documents describe values that only refer to files or describe them.
const NOT_A_FILE: [&str; 11] = [
    "base64",
    "base-64",
    "url",
    "uri",
    " id ",
    "identifier",
    "path",
    "file name",
    "filename",
    "json",
    "name of",
];

/// Whether a part of this type can be a file instead.
pub fn can_be_file(value: &Value<'_>, api: &Api) -> bool {
    let ty = match value.ty.without_null() {
        Type::List(inner) => inner.without_null(),
        ty => ty,
    };
    let is_plain = match ty {
        Type::Any | Type::Scalar(Scalar::String) => true,
        Type::Map(inner) => **inner == Type::Any,
        // An object without properties.
        Type::Named(_) => {
            matches!(api.shape(ty), Some(Shape::Struct(shape)) if shape.fields.is_empty())
        }
        Type::Scalar(_) | Type::List(_) | Type::Nullable(_) => false,
    };
    value.is_part && is_plain
}

/// Returns why a part of a multipart body is a file, if it is.
pub fn find_file(value: &Value<'_>, api: &Api) -> Option<String> {
    let description = value.description.to_lowercase();
    if !can_be_file(value, api) || NOT_A_FILE.iter().any(|words| description.contains(words)) {
        return None;
    }
    let last = value.words.iter().rfind(|word| word.parse::<u32>().is_err())?;
    if NAMES.contains(&last.as_str()) {
        return Some(format!("the name `{}` of a part of a multipart body", value.wire));
    }
    let phrase = PHRASES.iter().find(|phrase| description.contains(**phrase))?;
    Some(format!("the description's “{phrase}”"))
}
