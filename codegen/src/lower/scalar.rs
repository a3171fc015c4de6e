//! Built-in types.

use crate::ir::{Scalar, StringFormat};

/// One row per `type` and `format`, except for the formats of [`StringFormat`]. The row without a
/// format applies to all other formats.
static SCALARS: &[(&str, Option<&str>, Scalar)] = &[
    ("string", Some("password"), Scalar::Secret),
    ("string", Some("uri"), Scalar::Uri),
    ("string", Some("url"), Scalar::Uri),
    ("string", Some("byte"), Scalar::Base64),
    ("string", Some("binary"), Scalar::Binary),
    ("string", Some("decimal"), Scalar::DecimalString),
    ("string", None, Scalar::String),
    ("integer", Some("int32"), Scalar::Int32),
    ("integer", Some("uint64"), Scalar::Uint64),
    ("integer", Some("uint"), Scalar::Uint64),
    ("integer", Some("unsigned"), Scalar::Uint64),
    ("integer", None, Scalar::Int64),
    ("number", Some("decimal"), Scalar::Decimal),
    ("number", None, Scalar::Number),
    ("boolean", None, Scalar::Bool),
];

/// Returns the built-in type for a `type` and `format`.
pub fn scalar(ty: &str, format: Option<&str>) -> Option<Scalar> {
    if let ("string", Some(format)) = (ty, format.and_then(string_format)) {
        return Some(Scalar::Format(format));
    }
    let rows = || SCALARS.iter().filter(|(t, _, _)| *t == ty);
    let exact = rows().find(|(_, f, _)| f.is_some() && *f == format);
    exact.or_else(|| rows().find(|(_, f, _)| f.is_none())).map(|(_, _, scalar)| *scalar)
}

/// Whether `format` is a format of strings.
pub fn is_string_format(format: &str) -> bool {
    let is_row = |(ty, f, _): &(&str, Option<&str>, Scalar)| *ty == "string" && *f == Some(format);
    string_format(format).is_some() || SCALARS.iter().any(is_row)
}

fn string_format(name: &str) -> Option<StringFormat> {
    StringFormat::ALL.iter().copied().find(|format| format.name() == name)
}

#[cfg(test)]
mod tests {
    use super::{Scalar, scalar};

    #[test]
    fn an_unknown_format_is_ignored() {
        assert_eq!(scalar("string", Some("idn-email")), Some(Scalar::String));
        assert_eq!(scalar("integer", Some("unix-time")), Some(Scalar::Int64));
        assert_eq!(scalar("number", Some("double")), Some(Scalar::Number));
        assert_eq!(scalar("number", Some("decimal")), Some(Scalar::Decimal));
        assert_eq!(scalar("string", Some("decimal")), Some(Scalar::DecimalString));
        assert_eq!(scalar("tuple", None), None);
    }

    #[test]
    fn an_integer_without_a_format_has_64_bits() {
        assert_eq!(scalar("integer", None), Some(Scalar::Int64));
        assert_eq!(scalar("integer", Some("int32")), Some(Scalar::Int32));
        assert_eq!(scalar("integer", Some("uint64")), Some(Scalar::Uint64));
    }
}
