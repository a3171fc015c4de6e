//! A parser for structured fields (RFC 9651), limited to what signatures and digests use. It keeps the
//! source text of each part: the signature covers the text, not the parsed value.

/// Parses a dictionary (§3.2). Of a repeated key, the last value is used.
pub(crate) fn parse_dictionary(text: &str) -> Option<Vec<(&str, Entry<'_>)>> {
    let mut parser = Parser { text, at: 0 };
    let mut entries: Vec<(&str, Entry<'_>)> = Vec::new();
    parser.skip(" ");
    while !parser.is_done() {
        let key = parser.parse_key()?;
        let entry = if parser.take('=') { parser.parse_entry()? } else { parser.parse_flag()? };
        match entries.iter_mut().find(|(other, _)| *other == key) {
            Some(previous) => previous.1 = entry,
            None => entries.push((key, entry)),
        }
        parser.skip(" \t");
        if parser.is_done() {
            break;
        }
        if !parser.take(',') {
            return None;
        }
        parser.skip(" \t");
        if parser.is_done() {
            return None;
        }
    }
    Some(entries)
}

/// Parses a single item with its parameters (§3.3).
pub(crate) fn parse_item(text: &str) -> Option<Item<'_>> {
    let mut parser = Parser { text, at: 0 };
    let item = parser.parse_item()?;
    parser.is_done().then_some(item)
}

/// The value of a key in a dictionary.
pub(crate) struct Entry<'t> {
    /// The source text, including the parameters.
    pub(crate) text: &'t str,
    pub(crate) value: Value<'t>,
    pub(crate) parameters: Parameters<'t>,
}

pub(crate) enum Value<'t> {
    Item(BareItem<'t>),
    InnerList(Vec<Item<'t>>),
}

pub(crate) struct Item<'t> {
    /// The source text, including the parameters.
    pub(crate) text: &'t str,
    pub(crate) value: BareItem<'t>,
    pub(crate) parameters: Parameters<'t>,
}

/// Parameters (§3.1.2). Of a repeated key, the last value is used.
pub(crate) type Parameters<'t> = Vec<(&'t str, BareItem<'t>)>;

/// Returns the value of a parameter.
pub(crate) fn parameter<'p, 't>(
    parameters: &'p Parameters<'t>,
    name: &str,
) -> Option<&'p BareItem<'t>> {
    parameters.iter().find(|(other, _)| *other == name).map(|(_, value)| value)
}

/// A bare item (§3.3). Types that signatures do not use are kept as source text.
#[derive(Debug, PartialEq)]
pub(crate) enum BareItem<'t> {
    Integer(i64),
    String(String),
    /// The base64 between the colons.
    ByteSequence(&'t str),
    Boolean(bool),
    Other(&'t str),
}

impl BareItem<'_> {
    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(string) => Some(string),
            _ => None,
        }
    }

    pub(crate) fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

/// Serializes a string (§4.1.6); returns `None` if it contains characters other than printable ASCII.
pub(crate) fn quoted_string(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn take(&mut self, expected: char) -> bool {
        let taken = self.rest().starts_with(expected);
        self.at += if taken { expected.len_utf8() } else { 0 };
        taken
    }

    fn skip(&mut self, any_of: &str) {
        self.take_while(|c| any_of.contains(c));
    }

    fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let start = self.at;
        self.at = self.text.len() - self.rest().trim_start_matches(is_part).len();
        self.since(start)
    }

    /// Parses a key (§4.2.3.3).
    fn parse_key(&mut self) -> Option<&'t str> {
        self.rest().starts_with(|c: char| c.is_ascii_lowercase() || c == '*').then_some(())?;
        Some(
            self.take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.*".contains(c)),
        )
    }

    fn parse_entry(&mut self) -> Option<Entry<'t>> {
        let start = self.at;
        if !self.rest().starts_with('(') {
            let Item { text, value, parameters } = self.parse_item()?;
            return Some(Entry { text, value: Value::Item(value), parameters });
        }
        let items = self.parse_inner_list()?;
        let parameters = self.parse_parameters()?;
        Some(Entry { text: self.since(start), value: Value::InnerList(items), parameters })
    }

    /// Parses the entry of a key without a value, which is true.
    fn parse_flag(&mut self) -> Option<Entry<'t>> {
        let start = self.at;
        let parameters = self.parse_parameters()?;
        let value = Value::Item(BareItem::Boolean(true));
        Some(Entry { text: self.since(start), value, parameters })
    }

    /// Parses an inner list (§4.2.1.2).
    fn parse_inner_list(&mut self) -> Option<Vec<Item<'t>>> {
        let mut items = Vec::new();
        self.take('(').then_some(())?;
        loop {
            self.skip(" ");
            if self.take(')') {
                return Some(items);
            }
            items.push(self.parse_item()?);
            self.rest().starts_with([' ', ')']).then_some(())?;
        }
    }

    fn parse_item(&mut self) -> Option<Item<'t>> {
        let start = self.at;
        let value = self.parse_bare_item()?;
        let parameters = self.parse_parameters()?;
        Some(Item { text: self.since(start), value, parameters })
    }

    fn parse_parameters(&mut self) -> Option<Parameters<'t>> {
        let mut parameters: Parameters<'t> = Vec::new();
        while self.take(';') {
            self.skip(" ");
            let name = self.parse_key()?;
            let value =
                if self.take('=') { self.parse_bare_item()? } else { BareItem::Boolean(true) };
            parameters.retain(|(other, _)| *other != name);
            parameters.push((name, value));
        }
        Some(parameters)
    }

    fn parse_bare_item(&mut self) -> Option<BareItem<'t>> {
        let start = self.at;
        match self.rest().chars().next()? {
            '"' => self.parse_string().map(BareItem::String),
            ':' => {
                self.take(':');
                let base64 = self.take_while(|c| c.is_ascii_alphanumeric() || "+/=".contains(c));
                self.take(':').then_some(BareItem::ByteSequence(base64))
            }
            '?' => {
                self.take('?');
                let value = self.take('1');
                (value || self.take('0')).then_some(BareItem::Boolean(value))
            }
            c if c.is_ascii_digit() || c == '-' => {
                self.take('-');
                let digits = self.take_while(|c| c.is_ascii_digit());
                if digits.is_empty() || digits.len() > 15 {
                    return None;
                }
                if !self.take('.') {
                    return self.since(start).parse().ok().map(BareItem::Integer);
                }
                let fraction = self.take_while(|c| c.is_ascii_digit());
                let is_valid = digits.len() <= 12 && (1..=3).contains(&fraction.len());
                is_valid.then(|| BareItem::Other(self.since(start)))
            }
            c if c.is_ascii_alphabetic() || c == '*' => {
                self.take_while(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(c));
                Some(BareItem::Other(self.since(start)))
            }
            '%' => self.parse_display_string().map(|()| BareItem::Other(self.since(start))),
            '@' => {
                self.take('@');
                self.take('-');
                let digits = self.take_while(|c| c.is_ascii_digit());
                let is_valid = (1..=15).contains(&digits.len());
                is_valid.then(|| BareItem::Other(self.since(start)))
            }
            _ => None,
        }
    }

    /// Parses a display string (§4.2.10): printable ASCII, in which `%` begins an encoded byte of UTF-8.
    fn parse_display_string(&mut self) -> Option<()> {
        let mut bytes = Vec::new();
        (self.take('%') && self.take('"')).then_some(())?;
        loop {
            let c = self.rest().chars().next()?;
            self.at += c.len_utf8();
            match c {
                '"' => return std::str::from_utf8(&bytes).is_ok().then_some(()),
                '%' => {
                    let digits = self.rest().as_bytes().get(..2)?;
                    let is_upper_case = digits.iter().any(u8::is_ascii_uppercase);
                    bytes.extend(super::hash::from_hex(digits).filter(|_| !is_upper_case)?);
                    self.at += 2;
                }
                ' '..='~' => bytes.push(u8::try_from(c).ok()?),
                _ => return None,
            }
        }
    }

    /// Parses a string (§4.2.5).
    fn parse_string(&mut self) -> Option<String> {
        let mut value = String::new();
        self.take('"').then_some(())?;
        loop {
            let c = self.rest().chars().next()?;
            self.at += c.len_utf8();
            match c {
                '"' => return Some(value),
                '\\' => {
                    let escaped = self.rest().chars().next().filter(|c| matches!(c, '"' | '\\'))?;
                    self.at += 1;
                    value.push(escaped);
                }
                ' '..='~' => value.push(c),
                _ => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_text_is_kept() {
        let text = r#"a=("X-B";req  "c" );z="1";y=-2 , b=:AA==:;t, c"#;
        let entries = parse_dictionary(text).unwrap();
        let texts: Vec<_> = entries.iter().map(|(key, it)| (*key, it.text)).collect();
        assert_eq!(texts, [("a", r#"("X-B";req  "c" );z="1";y=-2"#), ("b", ":AA==:;t"), ("c", "")]);
        let Value::InnerList(items) = &entries[0].1.value else { panic!() };
        assert_eq!((items[0].text, items[0].value.as_str()), (r#""X-B";req"#, Some("X-B")));
        assert_eq!(parameter(&items[0].parameters, "req"), Some(&BareItem::Boolean(true)));
        assert_eq!(parameter(&entries[0].1.parameters, "y"), Some(&BareItem::Integer(-2)));
        assert_eq!(quoted_string(r#"a"b\"#).unwrap(), r#""a\"b\\""#);
        assert_eq!(parse_item(r#""a\"b\\""#).unwrap().value.as_str(), Some(r#"a"b\"#));
    }

    #[test]
    fn the_last_value_of_a_key_is_used() {
        let entries = parse_dictionary("a=1, b=2, a=3").unwrap();
        assert_eq!(
            entries.iter().map(|(k, m)| (*k, m.text)).collect::<Vec<_>>(),
            [("a", "3"), ("b", "2")]
        );
    }

    #[test]
    fn it_accepts_the_same_dictionaries_as_sfv() {
        for text in [
            "",
            " ",
            "a",
            "a,",
            "a=1,,b",
            "a=1, b",
            "A=1",
            "a=()",
            "a=(\"b\"",
            "a=(\"b\"\"c\")",
            "a=(1 2)",
            "a=1.",
            "a=1.5",
            "a=1.2345",
            "a=-",
            "a=1234567890123456",
            "a=:AA==:",
            "a=:A A:",
            "a=?1",
            "a=?2",
            "a=tok/en:x",
            "a=@12",
            "a=%\"f%c3%bc a\", b",
            "a=%\"%C3%BC\"",
            "a=%\"%c3\"",
            "a=%\"%c\"",
            "a=%\"%zz\"",
            "a=%\"a",
            "a=%\"\u{fc}\"",
            "a=%a",
            "a=\"é\"",
            "a=\"\\x\"",
            "a;b;c=1",
            "a=1 ;b",
            "a; b=2",
            "a=\"x",
            "*a=1",
            "-a=1",
            "a=1\t,\tb=2",
            "a=(1  2 );c",
            "a=b;C=1",
            "a=000",
            "a=-0",
            "a=(a b);x=\"y\", c=:aGk=:",
            "a==1",
            "a= 1",
            "a=1 b=2",
        ] {
            let theirs = sfv::Parser::new(text).parse::<sfv::Dictionary>();
            let ours = parse_dictionary(text);
            assert_eq!(ours.is_some(), theirs.is_ok(), "{text:?}");
            let (Some(ours), Ok(theirs)) = (ours, theirs) else { continue };
            let keys: Vec<_> = theirs.keys().map(|key| key.as_str()).collect();
            assert_eq!(ours.iter().map(|(key, _)| *key).collect::<Vec<_>>(), keys, "{text:?}");
        }
    }
}
