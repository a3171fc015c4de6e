//! Text with a format: dates, identifiers, encoded bytes.
//!
//! Each type keeps the text as it came and reads it when asked. What is received is never refused
//! for its spelling, and goes out as it came in; what is made here is well formed.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::wire::{Decode, DecodeError, Encode, Node, View};

/// The text is not in the format the description names. Does not hold the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not {0}")]
pub struct FormatError(&'static str);

/// A newtype over text: what the formats share.
macro_rules! text_format {
    ($(#[$doc:meta])* $name:ident, $what:literal, $is_valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            const WHAT: FormatError = FormatError($what);

            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = FormatError;

            /// Takes only well-formed text.
            fn from_str(text: &str) -> Result<Self, FormatError> {
                let it = Self(text.to_owned());
                let is_valid: fn(&Self) -> bool = $is_valid;
                if is_valid(&it) { Ok(it) } else { Err(Self::WHAT) }
            }
        }

        impl Decode for $name {
            fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
                let it = Self(node.as_str().ok_or_else(|| node.expected("a string"))?.to_owned());
                if node.is_tried() {
                    let is_valid: fn(&Self) -> bool = $is_valid;
                    node.misfit(u32::from(!is_valid(&it)));
                }
                Ok(it)
            }
        }

        impl Encode for $name {
            fn view(&self) -> View<'_> {
                View::Text(&self.0)
            }
        }

        crate::serde_by_table!($name);
    };
}

text_format! {
    /// A point in time (`date-time`, RFC 3339), or a date and time of day without offset where a
    /// vendor sends that.
    Timestamp, "a date-time", |it| it.instant().is_ok() || it.civil().is_ok()
}

impl Timestamp {
    /// The point in time.
    ///
    /// # Errors
    /// If the text is none: see [`civil`](Self::civil) for one without offset.
    pub fn instant(&self) -> Result<jiff::Timestamp, FormatError> {
        self.0.parse().map_err(|_| Self::WHAT)
    }

    /// The date and time of day as written, whatever the offset.
    ///
    /// # Errors
    /// If the text is no date and time.
    pub fn civil(&self) -> Result<jiff::civil::DateTime, FormatError> {
        let text = self.0.trim_end_matches(['Z', 'z']);
        text.parse().map_err(|_| Self::WHAT)
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(it: jiff::Timestamp) -> Self {
        Self(it.to_string())
    }
}

text_format! {
    /// A day (`date`, RFC 3339 `full-date`).
    Date, "a date", |it| it.get().is_ok()
}

impl Date {
    /// The day.
    ///
    /// # Errors
    /// If the text is none.
    pub fn get(&self) -> Result<jiff::civil::Date, FormatError> {
        self.0.parse().map_err(|_| Self::WHAT)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(it: jiff::civil::Date) -> Self {
        Self(it.to_string())
    }
}

text_format! {
    /// A UUID (RFC 9562).
    Uuid, "a UUID", |it| it.get().is_ok()
}

impl Uuid {
    /// The identifier.
    ///
    /// # Errors
    /// If the text is none.
    pub fn get(&self) -> Result<uuid::Uuid, FormatError> {
        self.0.parse().map_err(|_| Self::WHAT)
    }
}

impl From<uuid::Uuid> for Uuid {
    fn from(it: uuid::Uuid) -> Self {
        Self(it.to_string())
    }
}

text_format! {
    /// Bytes inside text (`byte`, RFC 4648 §4).
    Base64, "base64", |it| it.bytes().is_ok()
}

impl Base64 {
    /// The bytes; padding at the end may be left out.
    ///
    /// # Errors
    /// If the text is no base64.
    pub fn bytes(&self) -> Result<Vec<u8>, FormatError> {
        const CONFIG: GeneralPurposeConfig =
            GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        const ENGINE: GeneralPurpose = GeneralPurpose::new(&ALPHABET, CONFIG);
        ENGINE.decode(&self.0).map_err(|_| Self::WHAT)
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
    /// Says how much there is: documents and keys travel as base64.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} characters)", self.0.len())
    }
}

/// `Debug` and `Display` as the text.
macro_rules! shown_as_text {
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

shown_as_text!(Timestamp Date Uuid);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{from_slice, to_json};

    #[test]
    fn text_comes_back_as_it_was() {
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
    fn a_date_time_with_and_without_offset() {
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
    fn what_is_made_here_is_well_formed() {
        assert_eq!(
            "soon".parse::<Timestamp>().unwrap_err().to_string(),
            "the text is not a date-time"
        );
        assert_eq!("2024-02-30".parse::<Date>().unwrap_err().to_string(), "the text is not a date");
        assert!("2024-02-29".parse::<Date>().is_ok());
        let id = "01937261-E216-754f-99ba-c1170d65dd28".parse::<Uuid>().unwrap();
        assert_eq!(id.get().unwrap().get_version_num(), 7);
        assert_eq!(id.to_string(), "01937261-E216-754f-99ba-c1170d65dd28");
        assert_eq!(Timestamp::from(jiff::Timestamp::UNIX_EPOCH).as_str(), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn bytes_with_and_without_padding() {
        assert_eq!(Base64::from(b"hello".as_slice()).as_str(), "aGVsbG8=");
        assert_eq!("aGVsbG8".parse::<Base64>().unwrap().bytes().unwrap(), b"hello");
        assert!("a*".parse::<Base64>().is_err());
        assert_eq!(format!("{:?}", Base64::from(vec![1, 2, 3])), "Base64(4 characters)");
    }
}
