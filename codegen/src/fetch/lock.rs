//! `sources.lock`: where and when each file of a folder was fetched.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::network::Validators;

/// The name of the file.
pub const FILE: &str = "sources.lock";

const HEADER: &str = "\
# Where and when `docwright fetch` received each file. It reads this file in the next run: commit it.
";

/// The contents of `sources.lock`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The addresses that were passed.
    pub sites: Vec<Url>,
    /// The files, sorted by name.
    #[serde(default, rename = "source", skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
}

/// A file that was fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The path of the file, with `/` between its parts.
    pub file: String,
    /// The address that was requested.
    pub url: Url,
    /// When this version was received first (RFC 3339).
    pub time: String,
    /// The SHA-256 of the file.
    pub sha256: String,
    /// The validators of the response.
    #[serde(flatten)]
    pub validators: Validators,
}

impl Lock {
    /// Parses the file.
    ///
    /// # Errors
    ///
    /// Returns a message if it is not valid.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lock: Self = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        match lock.sources.iter().find(|source| !crate::files::stays_inside(&source.file)) {
            Some(source) => Err(format!("the path `{}` is outside the folder", source.file)),
            None => Ok(lock),
        }
    }

    /// Returns the text of the file.
    ///
    /// # Errors
    ///
    /// Returns a message if a value cannot be printed as TOML.
    pub fn to_toml(&self) -> Result<String, String> {
        let text = toml::to_string(self).map_err(|error| error.to_string())?;
        Ok(format!("{HEADER}{text}"))
    }

    /// Returns the source with this address.
    pub fn find(&self, url: &Url) -> Option<&Source> {
        self.sources.iter().find(|source| source.url == *url)
    }
}

/// Returns the SHA-256 of bytes in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns a time as RFC 3339 writes it, in UTC and whole seconds.
pub(super) fn format_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // The Gregorian calendar repeats after 400 years; years start in March, so that leap days are last.
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (1_795_953_600, "2026-11-29T12:00:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(format_time(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn a_printed_lock_is_parsed_again() {
        let url = Url::parse("https://docs.acme.test/orders/create.md").unwrap();
        let validators = Validators { etag: Some("W/\"a\\\"".to_owned()), last_modified: None };
        let lock = Lock {
            sites: vec![Url::parse("https://docs.acme.test").unwrap()],
            sources: vec![Source {
                file: "orders/create.md".to_owned(),
                url,
                time: "2026-11-29T12:00:00Z".to_owned(),
                sha256: sha256(b""),
                validators,
            }],
        };
        let text = lock.to_toml().unwrap();
        assert_eq!(Lock::parse(&text), Ok(lock), "{text}");
        let outside = text.replace("orders/create.md\"\nurl", "../create.md\"\nurl");
        assert!(Lock::parse(&outside).unwrap_err().contains("outside"), "{outside}");
    }
}
