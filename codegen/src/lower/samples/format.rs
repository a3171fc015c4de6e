//! Formats of text: a value of each, and what a value of it looks like.

/// A format: a value that no other value of it is likely to be, and an expression that all match.
struct Format {
    names: &'static [&'static str],
    sample: &'static str,
    /// The same for the second of several that differ; `#` is its number.
    further: &'static str,
    pattern: &'static str,
}

const DAY: &str =
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)";

const FORMATS: &[Format] = &[
    Format {
        names: &["date-time"],
        sample: "2024-01-31T10:00:00Z",
        further: "2024-01-31T10:00:##Z",
        pattern: "^[0-9]{4}-DAYT([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-][01][0-9]:[0-5][0-9])$",
    },
    Format {
        names: &["date"],
        sample: "2024-01-31",
        further: "20##-01-31",
        pattern: "^[0-9]{4}-DAY$",
    },
    Format {
        names: &["time"],
        sample: "10:00:00Z",
        further: "10:00:##Z",
        pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][01][0-9]:[0-5][0-9])$",
    },
    Format {
        names: &["duration"],
        sample: "P1D",
        further: "P##D",
        pattern: "^P[0-9]+(D|W|M|Y)$|^PT[0-9]+(H|M|S)$",
    },
    Format {
        names: &["uuid"],
        sample: "01937261-e216-754f-99ba-c1170d65dd28",
        further: "01937261-e216-754f-99ba-c1170d65dd##",
        pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$",
    },
    Format {
        names: &["uri", "url", "iri"],
        sample: "https://example.com",
        further: "https://example.com/##",
        pattern: "^[a-zA-Z][a-zA-Z0-9+.-]*:(//[a-zA-Z0-9.:-]+)?[a-zA-Z0-9/._~?#%&=+,;:@!$'()*-]*$",
    },
    Format {
        names: &["email", "idn-email"],
        sample: "jane@example.com",
        further: "jane##@example.com",
        pattern: "^[a-zA-Z0-9._+-]+@[a-zA-Z0-9-]+([.][a-zA-Z0-9-]+)+$",
    },
    Format {
        names: &["hostname", "idn-hostname"],
        sample: "example.com",
        further: "host##.example.com",
        pattern: "^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?([.][a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$",
    },
    Format {
        names: &["ipv4", "ip"],
        sample: "192.0.2.1",
        further: "192.0.2.##",
        pattern: "^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])([.]|$)){4}$",
    },
    Format {
        names: &["ipv6"],
        sample: "2001:db8::1",
        further: "2001:db8::##",
        pattern: "^[0-9a-fA-F:]*:[0-9a-fA-F:]*$",
    },
    Format {
        names: &["byte", "base64"],
        sample: "aGVsbG8=",
        further: "aGVsbG##",
        pattern: "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    },
    Format {
        names: &["decimal"],
        sample: "12.50",
        further: "12.##",
        pattern: "^-?[0-9]+([.][0-9]+)?$",
    },
    Format { names: &["json-pointer"], sample: "/a", further: "/##", pattern: "^(/[^/~]*)*$" },
    Format { names: &["regex"], sample: "^a$", further: "^a##$", pattern: "^[a-z0-9^$]*$" },
];

fn find(format: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|it| it.names.contains(&format))
}

/// A value; the `number`th of several that differ.
pub fn sample(format: &str, number: usize) -> Option<String> {
    let format = find(format)?;
    Some(match number {
        0 => format.sample.to_owned(),
        number => format.further.replace("##", &format!("{:02}", number + 10)),
    })
}

/// Whether a text is in a format; any text is in one that is not known.
pub fn fits(format: &str, text: &str) -> bool {
    let Some(format) = find(format) else { return true };
    let pattern = format.pattern.replace("DAY", DAY);
    super::pattern::matches(&pattern, text).unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use super::{FORMATS, fits, sample};

    #[test]
    fn every_sample_is_in_its_format() {
        for format in FORMATS {
            for number in 0..20 {
                let name = format.names[0];
                let text = sample(name, number).unwrap();
                assert!(fits(name, &text), "{name}: {text}");
            }
        }
    }

    #[test]
    fn what_is_in_another_format_is_not() {
        for (format, text) in [
            ("date-time", "2024-01-31"),
            ("date", "2024-02-30"),
            ("uuid", "order-1"),
            ("uri", "a b"),
            ("email", "jane"),
            ("ipv4", "256.0.0.1"),
            ("byte", "a*"),
        ] {
            assert!(!fits(format, text), "{format}: {text}");
        }
    }
}
