//! The values of a call that messages must not repeat: credentials, secrets, personal and card data.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use url::Url;

use crate::wire::secret::Secret;
use crate::wire::{Encode, FieldVisitor, View};

/// Shorter values are not masked, because they occur in ordinary words.
const MIN_LENGTH: usize = 3;

/// The ends of the names of values that are hidden even if their type is an ordinary string, in lower
/// case without separators. Types say the rest: [`Secret`].
const HIDDEN_NAMES: [&str; 40] = [
    "accesskey",
    "accesstoken",
    "accountnumber",
    "apikey",
    "apisecret",
    "authorization",
    "authtoken",
    "bban",
    "birthdate",
    "cardno",
    "cardnumber",
    "cardholdername",
    "clabe",
    "clientsecret",
    "cookie",
    "cvc",
    "cvv",
    "dateofbirth",
    "driverlicensenumber",
    "driverslicensenumber",
    "iban",
    "idtoken",
    "itin",
    "nationalid",
    "pan",
    "passphrase",
    "passportnumber",
    "passwd",
    "password",
    "privatekey",
    "refreshtoken",
    "routingnumber",
    "secret",
    "secretkey",
    "sessiontoken",
    "socialsecuritynumber",
    "ssn",
    "taxid",
    "taxidentificationnumber",
    "taxpayerid",
];

/// Values that are replaced in messages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Secrets(Vec<Secret>);

impl Secrets {
    /// Adds a value.
    pub(crate) fn add(&mut self, text: &str) {
        if text.len() >= MIN_LENGTH {
            self.0.push(Secret::from(text));
        }
    }

    /// Adds the value of a header with a credential: the whole value, the part after the scheme, and
    /// the password of `Basic`.
    pub(crate) fn add_credential(&mut self, value: &HeaderValue) {
        let Ok(text) = std::str::from_utf8(value.as_bytes()) else { return };
        self.add(text);
        for part in text.split([' ', ';']) {
            let cookie = part.split_once('=').map(|(_, value)| value);
            for value in [Some(part), cookie].into_iter().flatten().filter(|it| it.len() >= 8) {
                self.add(value);
            }
        }
        let pair = text.strip_prefix("Basic ").and_then(|text| BASE64_STANDARD.decode(text).ok());
        let pair = pair.and_then(|pair| String::from_utf8(pair).ok());
        if let Some((_, password)) = pair.as_ref().and_then(|pair| pair.split_once(':')) {
            self.add(password);
        }
    }

    /// Adds the values of the query parameters whose name is hidden or in `names`.
    pub(crate) fn add_query(&mut self, url: &Url, names: &[&str]) {
        for (name, value) in url.query_pairs() {
            if names.contains(&&*name) || is_hidden(&name) {
                self.add(&value);
            }
        }
    }

    /// Adds the value of a parameter, if it is a secret.
    pub(crate) fn add_secret(&mut self, value: &dyn Encode) {
        if let View::Secret(text) = value.view() {
            self.add(text);
        }
    }

    /// Adds the secrets in a value, and everything in fields whose name is hidden.
    pub(crate) fn add_value(&mut self, value: &dyn Encode) {
        self.add_fields(value, false);
    }

    fn add_fields(&mut self, value: &dyn Encode, is_named: bool) {
        match value.view() {
            View::Secret(text) => self.add(text),
            View::String(text) if is_named => self.add(text),
            View::I64(number) if is_named => self.add(&number.to_string()),
            View::U64(number) if is_named => self.add(&number.to_string()),
            View::Number(text) if is_named => self.add(&text),
            View::Array(array) => array.items(&mut |item| self.add_fields(item, is_named)),
            View::Object(object) => object.fields(&mut FieldVisitor::new(&mut |name, value| {
                self.add_fields(value, is_named || is_hidden(name));
            })),
            _ => {}
        }
    }

    /// Replaces all values in a text, and everything that looks like the number of a payment card.
    pub(crate) fn mask(&self, text: &str) -> String {
        let mut values: Vec<&str> = self.0.iter().map(Secret::expose).collect();
        // A value may contain another one.
        values.sort_unstable_by_key(|value| std::cmp::Reverse(value.len()));
        let masked = values.iter().fold(text.to_owned(), |text, value| text.replace(value, MASK));
        mask_card_numbers(&masked)
    }
}

const MASK: &str = "[redacted]";

/// Whether values with this name are hidden.
pub(crate) fn is_hidden(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    // Short names end ordinary words, such as `span`.
    HIDDEN_NAMES.iter().any(|hidden| match hidden.len() {
        ..=3 => name == *hidden,
        _ => name.ends_with(hidden),
    })
}

/// Masks runs of 13 to 19 digits, with or without separators, that pass the Luhn check (ISO/IEC
/// 7812-1).
fn mask_card_numbers(text: &str) -> String {
    let is_in_number = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-');
    let mut masked = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        let (run, after) =
            run.split_at(run.find(|letter| !is_in_number(letter)).unwrap_or(run.len()));
        let number = run.trim_end_matches([' ', '-']);
        masked.push_str(before);
        match is_card_number(number) {
            true => {
                masked.push_str(MASK);
                masked.push_str(run.strip_prefix(number).unwrap_or_default());
            }
            false => masked.push_str(run),
        }
        rest = after;
    }
    masked + rest
}

fn is_card_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let values = digits.iter().rev().enumerate().map(|(index, digit)| match index % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    });
    (13..=19).contains(&digits.len()) && values.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_masked_longest_first() {
        let mut secrets = Secrets::default();
        secrets.add("abc");
        secrets.add("abcdef");
        secrets.add("no");
        assert_eq!(secrets.mask("abcdef abc no"), "[redacted] [redacted] no");
        secrets.add_credential(&HeaderValue::from_static("Basic bWU6aHVudGVyMg=="));
        assert_eq!(secrets.mask("hunter2 of bWU6aHVudGVyMg=="), "[redacted] of [redacted]");
    }

    #[test]
    fn values_with_hidden_names_are_masked() {
        let body = json!({"id": "or_1", "card": {"cardNumber": "1234"}, "ssn": 123_456_789});
        let mut secrets = Secrets::default();
        secrets.add_value(&body);
        assert_eq!(secrets.mask("or_1 1234 123456789"), "or_1 [redacted] [redacted]");
        assert!(is_hidden("X-Api-Key") && is_hidden("holder_iban") && is_hidden("client_secret"));
        assert!(!is_hidden("span") && !is_hidden("tax_identity") && !is_hidden("token_type"));
    }

    #[test]
    fn card_numbers_are_masked() {
        let secrets = Secrets::default();
        let mask = |text| secrets.mask(text);
        assert_eq!(mask("card 4111 1111-1111 1111 is invalid"), "card [redacted] is invalid");
        assert_eq!(mask("4111111111111111."), "[redacted].");
        assert_eq!(mask("order 4111111111111112, 12"), "order 4111111111111112, 12");
        assert_eq!(mask("2024-01-31 10"), "2024-01-31 10");
    }
}
