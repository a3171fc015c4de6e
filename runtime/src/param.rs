//! Parameters: every style of OpenAPI for text, lists and objects, escaped for its place.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::wire::{Encode, EncodeError, Members, View, scalar_text, to_json};

/// How a parameter's value is written (OpenAPI 3.0.4, "Style Values" and "Style Examples").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    allow_reserved: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    /// `matrix`, in a path: `;color=blue,black`.
    pub const MATRIX: Self = Self::new(Kind::Matrix, false);
    /// `label`, in a path: `.blue,black`.
    pub const LABEL: Self = Self::new(Kind::Label, false);
    /// `simple`, in a path or header: `blue,black`.
    pub const SIMPLE: Self = Self::new(Kind::Simple, false);
    /// `form`, in a query or cookie, with `explode` as is its default: `color=blue&color=black`.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `spaceDelimited`, in a query: `color=blue%20black`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited, false);
    /// `pipeDelimited`, in a query: `color=blue%7Cblack`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited, false);
    /// `deepObject`, in a query: `color%5BR%5D=100`. OpenAPI says nothing of what lies deeper: an
    /// object goes on with brackets, a list repeats its key.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// No style but `content` of JSON: the value as one JSON text.
    pub const JSON: Self = Self::new(Kind::Json, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self { kind, explode, allow_reserved: false }
    }

    /// With `explode` as given.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// With `allowReserved`: in a query, `:/?@!$'()*,;` and complete `%xx` stay as they are.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The value of a path or header parameter.
    pub(crate) fn text(
        self,
        name: &str,
        value: &dyn Encode,
        escape: Escape,
    ) -> Result<String, EncodeError> {
        let parts = self.parts(value, escape)?;
        Ok(match self.kind {
            Kind::Matrix => self.matrix(&escape.apply(name), &parts),
            Kind::Label => match &parts {
                Parts::None => String::new(),
                parts => format!(".{}", self.joined(parts, if self.explode { "." } else { "," })),
            },
            _ => self.joined(&parts, ","),
        })
    }

    /// The pairs of a query or cookie parameter, escaped.
    pub(crate) fn pairs(
        self,
        name: &str,
        value: &dyn Encode,
        escape: Escape,
    ) -> Result<Vec<(String, String)>, EncodeError> {
        let mut pairs = Vec::new();
        if self.kind == Kind::DeepObject {
            deep(name, value, escape, &mut pairs)?;
            return Ok(pairs);
        }
        let key = escape.apply(name);
        let separator = match self.kind {
            Kind::SpaceDelimited => "%20",
            Kind::PipeDelimited => "%7C",
            _ => ",",
        };
        match self.parts(value, escape)? {
            Parts::Many(items) if self.explode => {
                pairs.extend(items.into_iter().map(|item| (key.clone(), item)));
            }
            Parts::Named(members) if self.explode => pairs.extend(members),
            parts if parts.is_empty() => {}
            parts => pairs.push((key, self.explode(false).joined(&parts, separator))),
        }
        Ok(pairs)
    }

    fn matrix(self, name: &str, parts: &Parts) -> String {
        let pair = |name: &str, value: &str| match value {
            "" => format!(";{name}"),
            value => format!(";{name}={value}"),
        };
        match parts {
            Parts::Many(items) if self.explode => items.iter().map(|it| pair(name, it)).collect(),
            Parts::Named(members) if self.explode => {
                members.iter().map(|(name, it)| pair(name, it)).collect()
            }
            parts if parts.is_empty() => String::new(),
            parts => pair(name, &self.joined(parts, ",")),
        }
    }

    /// The parts one behind the other; an exploded member is `name=value`.
    fn joined(self, parts: &Parts, separator: &str) -> String {
        match parts {
            Parts::None => String::new(),
            Parts::One(text) => text.clone(),
            Parts::Many(items) => items.join(separator),
            Parts::Named(members) => {
                let between = if self.explode { "=" } else { separator };
                let members = members.iter().map(|(name, value)| [name, between, value].concat());
                members.collect::<Vec<_>>().join(separator)
            }
        }
    }

    /// The value taken apart, every part escaped. What lies deeper than a list's items or an
    /// object's members is JSON; `null` is left out (RFC 6570 §2.3).
    fn parts(self, value: &dyn Encode, escape: Escape) -> Result<Parts, EncodeError> {
        let escape = if self.allow_reserved { escape.reserved() } else { escape };
        if self.kind == Kind::Json {
            let json = String::from_utf8(to_json(value)?).unwrap_or_default();
            return Ok(Parts::One(escape.apply(&json)));
        }
        let mut done = Ok(());
        let mut text = |value: &dyn Encode| match scalar_text(value) {
            Ok(text) => text.map(|text| escape.apply(&text)),
            Err(error) => {
                done = Err(error);
                None
            }
        };
        let parts = match value.view() {
            View::List(list) => {
                let mut items = Vec::new();
                list.items(&mut |item| items.extend(text(item)));
                Parts::Many(items)
            }
            View::Record(record) => {
                let mut members = Vec::new();
                record.members(&mut Members::new(&mut |name, member| {
                    members.extend(text(member).map(|text| (escape.apply(name), text)));
                }));
                Parts::Named(members)
            }
            _ => text(value).map_or(Parts::None, Parts::One),
        };
        done.map(|()| parts)
    }
}

/// A value taken apart.
enum Parts {
    None,
    One(String),
    Many(Vec<String>),
    Named(Vec<(String, String)>),
}

impl Parts {
    /// Whether nothing is to be written (RFC 6570 §2.3: an empty list counts as undefined).
    fn is_empty(&self) -> bool {
        match self {
            Self::None => true,
            Self::One(_) => false,
            Self::Many(items) => items.is_empty(),
            Self::Named(members) => members.is_empty(),
        }
    }
}

fn deep(
    name: &str,
    value: &dyn Encode,
    escape: Escape,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), EncodeError> {
    let mut done = Ok(());
    let mut inner = |name: &str, value: &dyn Encode| {
        if done.is_ok() {
            done = deep(name, value, escape, pairs);
        }
    };
    match value.view() {
        View::List(list) => list.items(&mut |item| inner(name, item)),
        View::Record(record) => record.members(&mut Members::new(&mut |member, value| {
            inner(&format!("{name}[{member}]"), value);
        })),
        _ => {
            if let Some(text) = scalar_text(value)? {
                pairs.push((escape.apply(name), escape.apply(&text)));
            }
        }
    }
    done
}

/// Everything but RFC 3986's unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As far as reserved characters have no meaning of their own inside a query's value: `#[]&+` have
/// one (OpenAPI 3.0.4, "allowReserved").
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Everything but RFC 6265's `cookie-octet`, and `%` itself.
const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

/// How characters that mean something in their place are kept from doing so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Percent-encoding of all but unreserved characters: paths and queries.
    Url,
    /// Percent-encoding that leaves reserved characters.
    Reserved,
    /// Percent-encoding of what a cookie can't hold.
    Cookie,
    /// None: headers, which are checked as a whole.
    Header,
}

impl Escape {
    fn reserved(self) -> Self {
        if self == Self::Url { Self::Reserved } else { self }
    }

    pub(crate) fn apply(self, text: &str) -> String {
        let set = match self {
            Self::Header => return text.to_owned(),
            Self::Url => UNRESERVED,
            Self::Cookie => COOKIE,
            Self::Reserved => return reserved(text),
        };
        utf8_percent_encode(text, set).to_string()
    }
}

/// RFC 6570's reserved expansion: what is percent-encoded already stays so.
fn reserved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], RESERVED));
        let triplet = rest
            .get(at..at + 3)
            .filter(|it| it.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit()));
        out.push_str(triplet.unwrap_or("%25"));
        rest = &rest[at + triplet.map_or(1, str::len)..];
    }
    out.extend(utf8_percent_encode(rest, RESERVED));
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn path(style: Style, value: &Value) -> String {
        style.text("color", value, Escape::Url).unwrap()
    }

    fn query(style: Style, value: &Value) -> String {
        let pairs = style.pairs("color", value, Escape::Url).unwrap();
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    /// A row of the table of "Style Examples": the style, then what becomes of the empty text, of
    /// text, of a list and of an object. The object's members stand in alphabetical order.
    type Row = (Style, fn(Style, &Value) -> String, [Option<&'static str>; 4]);

    #[test]
    #[rustfmt::skip]
    fn the_table_of_the_specification() {
        let table: &[Row] = &[
            (Style::MATRIX, path, [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=B,150,G,200,R,100")]),
            (Style::MATRIX.explode(true), path, [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";B=150;G=200;R=100")]),
            (Style::LABEL, path, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".B,150,G,200,R,100")]),
            (Style::LABEL.explode(true), path, [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".B=150.G=200.R=100")]),
            (Style::SIMPLE, path, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B,150,G,200,R,100")]),
            (Style::SIMPLE.explode(true), path, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B=150,G=200,R=100")]),
            (Style::FORM.explode(false), query, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=B,150,G,200,R,100")]),
            (Style::FORM, query, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")]),
            (Style::SPACE_DELIMITED, query, [None, None, Some("color=blue%20black%20brown"), Some("color=B%20150%20G%20200%20R%20100")]),
            (Style::PIPE_DELIMITED, query, [None, None, Some("color=blue%7Cblack%7Cbrown"), Some("color=B%7C150%7CG%7C200%7CR%7C100")]),
            (Style::DEEP_OBJECT, query, [None, None, None, Some("color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100")]),
        ];
        let values = [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"B": 150, "G": 200, "R": 100})];
        for (style, write, row) in table {
            for (value, expected) in values.iter().zip(row) {
                if let Some(expected) = expected {
                    assert_eq!(write(*style, value), *expected, "{style:?} {value}");
                }
            }
        }
    }

    #[test]
    fn values_are_escaped_for_their_place() {
        let value = json!("a/b?c&d=é %41,%");
        assert_eq!(path(Style::SIMPLE, &value), "a%2Fb%3Fc%26d%3D%C3%A9%20%2541%2C%25");
        assert_eq!(query(Style::FORM, &value), "color=a%2Fb%3Fc%26d%3D%C3%A9%20%2541%2C%25");
        assert_eq!(query(Style::FORM.allow_reserved(), &value), "color=a/b?c%26d=%C3%A9%20%41,%25");
        assert_eq!(Style::SIMPLE.text("h", &value, Escape::Header).unwrap(), "a/b?c&d=é %41,%");
        assert_eq!(
            Style::FORM.pairs("c", &json!("a; b=1"), Escape::Cookie).unwrap(),
            [("c".to_owned(), "a%3B%20b=1".to_owned())]
        );
    }

    #[test]
    fn nothing_is_written_for_nothing() {
        for value in [json!(null), json!([]), json!([null]), json!({})] {
            assert_eq!(query(Style::FORM, &value), "");
            assert_eq!(query(Style::FORM.explode(false), &value), "");
            assert_eq!(query(Style::DEEP_OBJECT, &value), "");
            assert_eq!(path(Style::MATRIX, &value), "");
        }
    }

    #[test]
    fn what_no_style_describes() {
        let value = json!({"a": [1, 2], "b": {"c": true}});
        assert_eq!(
            query(Style::DEEP_OBJECT, &value),
            "color%5Ba%5D=1&color%5Ba%5D=2&color%5Bb%5D%5Bc%5D=true"
        );
        assert_eq!(query(Style::FORM, &value), "a=%5B1%2C2%5D&b=%7B%22c%22%3Atrue%7D");
        assert_eq!(query(Style::JSON, &json!([1])), "color=%5B1%5D");
        assert!(Style::FORM.pairs("x", &vec![f64::NAN], Escape::Url).is_err());
    }
}
