//! `Debug` of structs with personal or card data.

use std::fmt;

use super::patch::Patch;

/// Stands for a value in the output of `Debug`, and is printed as `[redacted]`.
pub struct Redacted;

impl Redacted {
    /// Replaces the value of an optional field.
    pub fn option<T>(value: &Option<T>) -> Option<Self> {
        value.as_ref().map(|_| Self)
    }

    /// Replaces the value of a field that may be absent or `null`.
    pub fn patch<T>(value: &Patch<T>) -> Patch<Self> {
        match value {
            Patch::Absent => Patch::Absent,
            Patch::Null => Patch::Null,
            Patch::Value(_) => Patch::Value(Self),
        }
    }
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Returns the name of a field as the derived `Debug` prints it.
#[must_use]
pub fn field_name(identifier: &'static str) -> &'static str {
    identifier.strip_prefix("r#").unwrap_or(identifier)
}

/// Implements `Debug` for a struct with personal or card data, from the list of its fields. A field with its
/// presence, as in the struct's table, is printed as `[redacted]`; only whether there is a value is shown.
///
/// Unlike a [`Secret`](crate::Secret), such a field has an ordinary type: an application reads, compares and
/// stores these values on purpose, and only has to keep them out of its logs.
///
/// ```
/// use docwright_runtime::redacted_debug;
///
/// pub struct Card {
///     pub id: String,
///     pub card_number: String,
///     pub iban: Option<String>,
/// }
/// redacted_debug!(Card {
///     id,
///     required card_number,
///     optional iban,
/// });
///
/// let card = Card { id: "c1".into(), card_number: "4111111111111111".into(), iban: None };
/// assert_eq!(format!("{card:?}"), r#"Card { id: "c1", card_number: [redacted], iban: None }"#);
/// ```
#[macro_export]
macro_rules! redacted_debug {
    ($name:ident { $($first:ident $($second:ident)?),* $(,)? }) => {
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut fields = f.debug_struct(::core::stringify!($name));
                $($crate::debug_field!(fields, self, $first $($second)?);)*
                fields.finish()
            }
        }
    };
}

/// Prints one field.
#[doc(hidden)]
#[macro_export]
macro_rules! debug_field {
    ($fields:ident, $record:expr, $field:ident) => {
        $fields.field($crate::wire::field_name(::core::stringify!($field)), &$record.$field)
    };
    ($fields:ident, $record:expr, required $field:ident) => {
        $fields.field($crate::wire::field_name(::core::stringify!($field)), &$crate::wire::Redacted)
    };
    ($fields:ident, $record:expr, patch $field:ident) => {
        $fields.field(
            $crate::wire::field_name(::core::stringify!($field)),
            &$crate::wire::Redacted::patch(&$record.$field),
        )
    };
    ($fields:ident, $record:expr, $presence:ident $field:ident) => {
        $fields.field(
            $crate::wire::field_name(::core::stringify!($field)),
            &$crate::wire::Redacted::option(&$record.$field),
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Holder {
        r#type: String,
        ssn: String,
        iban: Option<String>,
        tax_id: Patch<i64>,
    }
    redacted_debug!(Holder { r#type, required ssn, nullable iban, patch tax_id });

    #[test]
    fn only_the_presence_of_a_redacted_value_is_printed() {
        let mut holder = Holder {
            r#type: "natural".to_owned(),
            ssn: "078-05-1120".to_owned(),
            iban: Some("DE89370400440532013000".to_owned()),
            tax_id: Patch::Value(12_345_678),
        };
        let printed = r#"Holder { type: "natural", ssn: [redacted], iban: Some([redacted]), tax_id: Value([redacted]) }"#;
        assert_eq!(format!("{holder:?}"), printed);
        assert_eq!(holder.ssn.get(..3), Some("078"), "the value can be read as before");
        (holder.iban, holder.tax_id) = (None, Patch::Null);
        let printed = r#"Holder { type: "natural", ssn: [redacted], iban: None, tax_id: Null }"#;
        assert_eq!(format!("{holder:?}"), printed);
    }
}
