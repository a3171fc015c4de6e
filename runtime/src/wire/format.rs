//! Strings with a `format`: dates, identifiers, base64.
//!
//! Each type keeps the string as received and parses it on demand. A received value is never rejected for
//! its format, and is sent back unchanged; a value created in Rust is always well-formed.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Decode, DecodeError, Encode, Node, View};

/// The error that a string does not have the documented format. It does not contain the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the string is not {0}")]
pub struct FormatError(&'static str);

/// Defines a newtype over a string, with the methods that all formats share.
macro_rules! string_format {
    ($(#[$doc:meta])* $name:ident, $what:literal, $is_valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            const INVALID: FormatError = FormatError($what);

            /// Returns the string as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FormatError;

            /// Accepts only a well-formed string.
            fn from_str(text: &str) -> Result<Self, FormatError> {
                let value = Self(text.to_owned());
                let is_valid: fn(&Self) -> bool = $is_valid;
                if is_valid(&value) { Ok(value) } else { Err(Self::INVALID) }
            }
        }

        impl Decode for $name {
            fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
                let text = node.as_str().ok_or_else(|| node.expected("a string"))?;
                let value = Self(text.to_owned());
                if node.is_union_candidate() {
                    let is_valid: fn(&Self) -> bool = $is_valid;
                    node.count_unmatched(u32::from(!is_valid(&value)));
                }
                Ok(value)
            }
        }

        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::String(&self.0)
            }
        }

        crate::impl_serde!($name);
    };
}

string_format! {
    /// A point in time (`date-time`, RFC 3339). Some vendors send a date and time without offset instead.
    Timestamp, "a date-time", |it| it.instant().is_ok() || it.civil().is_ok()
}

impl Timestamp {
    /// Returns the point in time.
    ///
    /// # Errors
    /// If the string is not a date-time with offset. See [`civil`](Self::civil) for one without.
    pub fn instant(&self) -> Result<jiff::Timestamp, FormatError> {
        self.0.parse().map_err(|_| Self::INVALID)
    }

    /// Returns the date and time of day as written, regardless of the offset.
    ///
    /// # Errors
    /// If the string is not a date and time.
    pub fn civil(&self) -> Result<jiff::civil::DateTime, FormatError> {
        let text = self.0.trim_end_matches(['Z', 'z']);
        text.parse().map_err(|_| Self::INVALID)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(it: jiff::Timestamp) -> Self {
        Self(it.to_string())
    }
}

string_format! {
    /// A date (`date`, RFC 3339 `full-date`).
    Date, "a date", |it| it.get().is_ok()
}

impl Date {
    /// Returns the date.
    ///
    /// # Errors
    /// If the string is not a date.
    pub fn get(&self) -> Result<jiff::civil::Date, FormatError> {
        self.0.parse().map_err(|_| Self::INVALID)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(it: jiff::civil::Date) -> Self {
        Self(it.to_string())
    }
}

string_format! {
    /// A UUID (RFC 9562).
    Uuid, "a UUID", |it| it.get().is_ok()
}

impl Uuid {
    /// Returns the UUID.
    ///
    /// # Errors
    /// If the string is not a UUID.
    pub fn get(&self) -> Result<uuid::Uuid, FormatError> {
        self.0.parse().map_err(|_| Self::INVALID)
    }
}

impl From<uuid::Uuid> for Uuid {
    fn from(it: uuid::Uuid) -> Self {
        Self(it.to_string())
    }
}

string_format! {
    /// Bytes encoded as base64 (`byte`, RFC 4648 §4).
    Base64, "base64", |it| it.bytes().is_ok()
}

impl Base64 {
    /// Decodes the bytes. Padding is optional.
    ///
    /// # Errors
    /// If the string is not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, FormatError> {
        const CONFIG: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        const ENGINE: GeneralPurpose = GeneralPurpose::new(&ALPHABET, CONFIG);
        ENGINE.decode(&self.0).map_err(|_| Self::INVALID)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(base64::engine::general_purpose::STANDARD.encode(bytes))
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl fmt::Debug for Base64 {
    /// Shows only the length, since documents and keys are sent as base64.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

/// Implements `Debug` and `Display` by the string.
macro_rules! impl_display {
    ($($name:ident)*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

impl_display!(Timestamp Date Uuid);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{from_slice, to_json};

    #[test]
    fn strings_round_trip_unchanged() {
        for text in
            ["2024-01-31T10:00:00Z", "2024-01-31T10:00:00.000+02:00", "2024-01-31 10:00", "soon"]
        {
            let json = format!("{text:?}");
            let it: Timestamp = from_slice(json.as_bytes()).unwrap();
            assert_eq!(it.as_str(), text);
            assert_eq!(to_json(&it).unwrap(), json.as_bytes());
        }
        assert!(from_slice::<Timestamp>(b"1706695200").is_err());
    }

    #[test]
    fn a_date_time_is_parsed_with_and_without_offset() {
        let read = |text: &str| Timestamp(text.to_owned());
        assert_eq!(
            read("2024-01-31T10:00:00+02:00").instant().unwrap().to_string(),
            "2024-01-31T08:00:00Z"
        );
        assert_eq!(
            read("2024-01-31T10:00:00+02:00").civil().unwrap().to_string(),
            "2024-01-31T10:00:00"
        );
        assert_eq!(
            read("2024-01-31T10:00:00Z").civil().unwrap().to_string(),
            "2024-01-31T10:00:00"
        );
        assert_eq!(read("2024-01-31T10:00:00").instant(), Err(FormatError("a date-time")));
        assert_eq!(read("2024-01-31T10:00:00").civil().unwrap().to_string(), "2024-01-31T10:00:00");
        assert!(read("soon").civil().is_err());
    }

    #[test]
    fn created_values_are_well_formed() {
        assert_eq!(
            "soon".parse::<Timestamp>().unwrap_err().to_string(),
            "the string is not a date-time"
        );
        assert_eq!(
            "2024-02-30".parse::<Date>().unwrap_err().to_string(),
            "the string is not a date"
        );
        assert!("2024-02-29".parse::<Date>().is_ok());
        let id = "01937261-E216-754f-99ba-c1170d65dd28".parse::<Uuid>().unwrap();
        assert_eq!(id.get().unwrap().get_version_num(), 7);
        assert_eq!(id.to_string(), "01937261-E216-754f-99ba-c1170d65dd28");
        assert_eq!(Timestamp::from(jiff::Timestamp::UNIX_EPOCH).as_str(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn base64_is_decoded_with_and_without_padding() {
        assert_eq!(Base64::from(b"hello".as_slice()).as_str(), "aGVsbG8=");
        assert_eq!("aGVsbG8".parse::<Base64>().unwrap().bytes().unwrap(), b"hello");
        assert!("a*".parse::<Base64>().is_err());
        assert_eq!(format!("{:?}", Base64::from(vec![1, 2, 3])), "Base64(4 characters)");
    }
}
