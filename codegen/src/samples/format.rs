//! Formats of strings: samples of each, and a pattern for its values.

use super::choices::Choices;

/// A string format, with a recognisable sample and a pattern that all values match.
struct Format {
    names: &'static [&'static str],
    sample: &'static str,
    /// A template for more samples, in which `##` stands for a number.
    further: &'static str,
    /// Other valid values, which are harder to read.
    unusual: &'static [&'static str],
    /// What matches the plain values.
    pattern: &'static str,
}

const DAY: &str =
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)";

const FORMATS: &[Format] = &[
    Format {
        names: &["date-time"],
        sample: "2024-01-31T10:00:00Z",
        further: "2024-01-31T10:00:##Z",
        unusual: &[
            "2024-01-31T10:00:00.123456789+02:00",
            "1985-04-12t23:20:50.52z",
            "1990-12-31T23:59:60Z",
        ],
        pattern: "^[0-9]{4}-DAYT([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])$",
    },
    Format {
        names: &["date"],
        sample: "2024-01-31",
        further: "20##-01-31",
        unusual: &["2024-02-29", "0001-01-01", "9999-12-31"],
        pattern: "^[0-9]{4}-DAY$",
    },
    Format {
        names: &["time"],
        sample: "10:00:00Z",
        further: "10:00:##Z",
        unusual: &["10:00:00.5+01:00"],
        pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][01][0-9]:[0-5][0-9])$",
    },
    Format {
        names: &["duration"],
        sample: "P1D",
        further: "P##D",
        unusual: &[],
        pattern: "^P[0-9]+(D|W|M|Y)$|^PT[0-9]+(H|M|S)$",
    },
    Format {
        names: &["uuid"],
        sample: "01937261-e216-754f-99ba-c1170d65dd28",
        further: "01937261-e216-754f-99ba-c1170d65dd##",
        unusual: &["F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"],
        pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    },
    Format {
        names: &["uri", "url", "iri"],
        sample: "https://example.com",
        further: "https://example.com/##",
        unusual: &["HTTP://Example.com:80/a%2fb?x=1&y=%20#f", "urn:a:b"],
        pattern: "^[a-zA-Z][a-zA-Z0-9+.-]*:(//[a-zA-Z0-9.:-]+)?[a-zA-Z0-9/._~?#%&=+,;:@!$'()*-]*$",
    },
    Format {
        names: &["uri-reference", "iri-reference"],
        sample: "/a",
        further: "/##",
        unusual: &["", "?b#c", "urn:a:b"],
        pattern: "^[a-zA-Z0-9/._~?#%&=+,;:@!$'()*-]*$",
    },
    Format {
        names: &["email", "idn-email"],
        sample: "jane@example.com",
        further: "jane##@example.com",
        unusual: &["\"a b\"@example.org"],
        pattern: "^[a-zA-Z0-9._+-]+@[a-zA-Z0-9-]+([.][a-zA-Z0-9-]+)+$",
    },
    Format {
        names: &["hostname", "idn-hostname"],
        sample: "example.com",
        further: "host##.example.com",
        unusual: &[],
        pattern: "^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$",
    },
    Format {
        names: &["ipv4", "ip"],
        sample: "192.0.2.1",
        further: "192.0.2.##",
        unusual: &[],
        pattern: "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])([.]|$)){4}$",
    },
    Format {
        names: &["ipv6"],
        sample: "2001:db8::1",
        further: "2001:db8::##",
        unusual: &[],
        pattern: "^[0-9a-fA-F:]*:[0-9a-fA-F:]*$",
    },
    Format {
        names: &["byte", "base64"],
        sample: "aGVsbG8=",
        further: "aGVsbG##",
        unusual: &["aGVsbG8", "", "+/8="],
        pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    },
    Format {
        names: &["decimal"],
        sample: "12.50",
        further: "12.##",
        unusual: &["-0.00000000000000000001", "100000000000000000000.5"],
        pattern: "^-?[0-9]+([.][0-9]+)?$",
    },
    Format {
        names: &["json-pointer"],
        sample: "/a",
        further: "/##",
        unusual: &[],
        pattern: "^(/[^/~]*)*$",
    },
    Format {
        names: &["regex"],
        sample: "^a$",
        further: "^a##$",
        unusual: &[],
        pattern: "^[a-z0-9^$]*$",
    },
];

fn find_format(format: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.names.contains(&format))
}

/// Returns a sample of a format, or `None` if the format is unknown.
pub fn format_sample(format: &str, choices: &mut Choices) -> Option<String> {
    let format = find_format(format)?;
    Some(match choices {
        Choices::Plain(0) => format.sample.to_owned(),
        Choices::Plain(number) => format.further.replace("##", &format!("{:02}", *number + 10)),
        Choices::Random(_) => match choices.index(format.unusual.len() + 1).checked_sub(1) {
            Some(index) => format.unusual.get(index).copied().unwrap_or_default().to_owned(),
            None => format.sample.to_owned(),
        },
    })
}

/// Returns the string if it is valid in a format, and else a sample of the format.
pub fn sample_of_format(format: &str, text: &str) -> String {
    let sample = || format_sample(format, &mut Choices::Plain(0)).unwrap_or_default();
    if matches_format(format, text) { text.to_owned() } else { sample() }
}

/// Whether a string is valid in a format. In an unknown format, all strings are.
pub fn matches_format(format: &str, text: &str) -> bool {
    let Some(format) = find_format(format) else { return true };
    let pattern = format.pattern.replace("DAY", DAY);
    super::pattern::matches_pattern(&pattern, text).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::{Choices, FORMATS, format_sample, matches_format};

    #[test]
    fn every_sample_is_valid_in_its_format() {
        for format in FORMATS {
            for number in 0..20 {
                let name = format.names[0];
                let text = format_sample(name, &mut Choices::Plain(number)).unwrap();
                assert!(matches_format(name, &text), "{name}: {text}");
            }
        }
    }

    #[test]
    fn values_of_other_formats_are_invalid() {
        for (format, text) in [
            ("date-time", "2024-01-31"),
            ("date", "2024-02-30"),
            ("uuid", "order-1"),
            ("uri", "a b"),
            ("email", "jane"),
            ("ipv4", "256.0.0.1"),
            ("byte", "a*"),
        ] {
            assert!(!matches_format(format, text), "{format}: {text}");
        }
    }
}
