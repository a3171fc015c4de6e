//! Structured fields (RFC 9651), as far as signatures and digests are made of them, with the text of
//! each part as it came: what is signed is the text, not what was made of it.

/// A dictionary (§3.2): labels and what they hold, each label once, the last value of it.
pub(crate) fn dictionary(text: &str) -> Option<Vec<(&str, Member<'_>)>> {
    let mut reader = Reader { text, at: 0 };
    let mut members: Vec<(&str, Member<'_>)> = Vec::new();
    reader.skip(" ");
    while !reader.is_done() {
        let key = reader.key()?;
        let member = if reader.take('=') { reader.member()? } else { reader.flag()? };
        match members.iter_mut().find(|(there, _)| *there == key) {
            Some(there) => there.1 = member,
            None => members.push((key, member)),
        }
        reader.skip(" \t");
        if reader.is_done() {
            break;
        }
        if !reader.take(',') {
            return None;
        }
        reader.skip(" \t");
        if reader.is_done() {
            return None;
        }
    }
    Some(members)
}

/// One item with its parameters and nothing else (§3.3).
pub(crate) fn item(text: &str) -> Option<Item<'_>> {
    let mut reader = Reader { text, at: 0 };
    let item = reader.item()?;
    reader.is_done().then_some(item)
}

/// What a label of a dictionary holds.
pub(crate) struct Member<'t> {
    /// Its text, parameters included.
    pub(crate) text: &'t str,
    pub(crate) value: Value<'t>,
    pub(crate) parameters: Parameters<'t>,
}

pub(crate) enum Value<'t> {
    Bare(Bare<'t>),
    List(Vec<Item<'t>>),
}

pub(crate) struct Item<'t> {
    /// Its text, parameters included.
    pub(crate) text: &'t str,
    pub(crate) value: Bare<'t>,
    pub(crate) parameters: Parameters<'t>,
}

/// Parameters (§3.1.2), each name once, the last value of it.
pub(crate) type Parameters<'t> = Vec<(&'t str, Bare<'t>)>;

/// The value of a parameter.
pub(crate) fn parameter<'p, 't>(all: &'p Parameters<'t>, name: &str) -> Option<&'p Bare<'t>> {
    all.iter().find(|(there, _)| *there == name).map(|(_, value)| value)
}

/// A value by itself (§3.3), as its canonical text where it is of a kind that nobody asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum Bare<'t> {
    Integer(i64),
    Text(String),
    /// The base64 between the colons.
    Bytes(&'t str),
    Flag(bool),
    Other(&'t str),
}

impl Bare<'_> {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }
}

/// A string as it is written (§4.1.6); `None` if it can't be.
pub(crate) fn quoted(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return None;
    }
    Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn is_done(&self) -> bool {
        self.rest().is_empty()
    }

    fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn take(&mut self, wanted: char) -> bool {
        let taken = self.rest().starts_with(wanted);
        self.at += if taken { wanted.len_utf8() } else { 0 };
        taken
    }

    fn skip(&mut self, any_of: &str) {
        self.while_it(|c| any_of.contains(c));
    }

    fn while_it(&mut self, is: impl Fn(char) -> bool) -> &'t str {
        let start = self.at;
        self.at = self.text.len() - self.rest().trim_start_matches(is).len();
        self.since(start)
    }

    /// §4.2.3.3
    fn key(&mut self) -> Option<&'t str> {
        self.rest().starts_with(|c: char| c.is_ascii_lowercase() || c == '*').then_some(())?;
        Some(self.while_it(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.*".contains(c)))
    }

    fn member(&mut self) -> Option<Member<'t>> {
        let start = self.at;
        if !self.rest().starts_with('(') {
            let Item { text, value, parameters } = self.item()?;
            return Some(Member { text, value: Value::Bare(value), parameters });
        }
        let items = self.inner_list()?;
        let parameters = self.parameters()?;
        Some(Member { text: self.since(start), value: Value::List(items), parameters })
    }

    /// A label without a value is true.
    fn flag(&mut self) -> Option<Member<'t>> {
        let start = self.at;
        let parameters = self.parameters()?;
        let value = Value::Bare(Bare::Flag(true));
        Some(Member { text: self.since(start), value, parameters })
    }

    /// §4.2.1.2
    fn inner_list(&mut self) -> Option<Vec<Item<'t>>> {
        let mut items = Vec::new();
        self.take('(').then_some(())?;
        loop {
            self.skip(" ");
            if self.take(')') {
                return Some(items);
            }
            items.push(self.item()?);
            self.rest().starts_with([' ', ')']).then_some(())?;
        }
    }

    fn item(&mut self) -> Option<Item<'t>> {
        let start = self.at;
        let value = self.bare()?;
        let parameters = self.parameters()?;
        Some(Item { text: self.since(start), value, parameters })
    }

    fn parameters(&mut self) -> Option<Parameters<'t>> {
        let mut parameters: Parameters<'t> = Vec::new();
        while self.take(';') {
            self.skip(" ");
            let name = self.key()?;
            let value = if self.take('=') { self.bare()? } else { Bare::Flag(true) };
            parameters.retain(|(there, _)| *there != name);
            parameters.push((name, value));
        }
        Some(parameters)
    }

    fn bare(&mut self) -> Option<Bare<'t>> {
        let start = self.at;
        match self.rest().chars().next()? {
            '"' => self.string().map(Bare::Text),
            ':' => {
                self.take(':');
                let bytes = self.while_it(|c| c.is_ascii_alphanumeric() || "+/=".contains(c));
                self.take(':').then_some(Bare::Bytes(bytes))
            }
            '?' => {
                self.take('?');
                let yes = self.take('1');
                (yes || self.take('0')).then_some(Bare::Flag(yes))
            }
            c if c.is_ascii_digit() || c == '-' => {
                self.take('-');
                let digits = self.while_it(|c| c.is_ascii_digit());
                if digits.is_empty() || digits.len() > 15 {
                    return None;
                }
                if !self.take('.') {
                    return self.since(start).parse().ok().map(Bare::Integer);
                }
                let fraction = self.while_it(|c| c.is_ascii_digit());
                let fits = digits.len() <= 12 && (1..=3).contains(&fraction.len());
                fits.then(|| Bare::Other(self.since(start)))
            }
            c if c.is_ascii_alphabetic() || c == '*' => {
                self.while_it(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~:/".contains(c));
                Some(Bare::Other(self.since(start)))
            }
            '@' => {
                self.take('@');
                self.take('-');
                let digits = self.while_it(|c| c.is_ascii_digit());
                let fits = (1..=15).contains(&digits.len());
                fits.then(|| Bare::Other(self.since(start)))
            }
            _ => None,
        }
    }

    /// §4.2.5
    fn string(&mut self) -> Option<String> {
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
    fn text_is_kept_as_it_came() {
        let text = r#"a=("X-B";req  "c" );z="1";y=-2 , b=:AA==:;t, c"#;
        let members = dictionary(text).unwrap();
        let texts: Vec<_> = members.iter().map(|(key, it)| (*key, it.text)).collect();
        assert_eq!(texts, [("a", r#"("X-B";req  "c" );z="1";y=-2"#), ("b", ":AA==:;t"), ("c", "")]);
        let Value::List(items) = &members[0].1.value else { panic!() };
        assert_eq!((items[0].text, items[0].value.text()), (r#""X-B";req"#, Some("X-B")));
        assert_eq!(parameter(&items[0].parameters, "req"), Some(&Bare::Flag(true)));
        assert_eq!(parameter(&members[0].1.parameters, "y"), Some(&Bare::Integer(-2)));
        assert_eq!(quoted(r#"a"b\"#).unwrap(), r#""a\"b\\""#);
        assert_eq!(item(r#""a\"b\\""#).unwrap().value.text(), Some(r#"a"b\"#));
    }

    #[test]
    fn the_last_of_a_label_holds() {
        let members = dictionary("a=1, b=2, a=3").unwrap();
        assert_eq!(
            members.iter().map(|(k, m)| (*k, m.text)).collect::<Vec<_>>(),
            [("a", "3"), ("b", "2")]
        );
    }

    /// What is a dictionary, and what its integers, texts and bytes are, is what `sfv` says.
    #[test]
    fn it_reads_what_sfv_reads() {
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
            let ours = dictionary(text);
            assert_eq!(ours.is_some(), theirs.is_ok(), "{text:?}");
            let (Some(ours), Ok(theirs)) = (ours, theirs) else { continue };
            let keys: Vec<_> = theirs.keys().map(|key| key.as_str()).collect();
            assert_eq!(ours.iter().map(|(key, _)| *key).collect::<Vec<_>>(), keys, "{text:?}");
        }
    }
}
