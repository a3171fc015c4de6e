//! Parameters: every style of OpenAPI for text, lists and objects, escaped for its location.

use crate::body::form;
use crate::escape::Escape;
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
    Urlencoded,
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
    /// `deepObject`, in a query: `color%5BR%5D=100`. OpenAPI says nothing of lists and of what lies
    /// deeper: an object goes on with brackets, the items of a list are numbered in brackets. That
    /// keeps the members of one item together, and is what most servers that know brackets read.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// No style but `content` of JSON: the value as one JSON text.
    pub const JSON: Self = Self::new(Kind::Json, false);
    /// No style but `content` of a form: the members as one `application/x-www-form-urlencoded` text.
    pub const URLENCODED: Self = Self::new(Kind::Urlencoded, false);

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
            Kind::Label if matches!(parts, Parts::None) => String::new(),
            Kind::Label => {
                let separator = if self.explode { "." } else { "," };
                self.keeps_apart(&parts, separator)?;
                format!(".{}", self.joined(&parts, separator))
            }
            _ => {
                self.keeps_apart(&parts, ",")?;
                self.joined(&parts, ",")
            }
        })
    }

    /// The pairs of a query or cookie parameter or of a member of a form, escaped.
    pub(crate) fn pairs(
        self,
        name: &str,
        value: &dyn Encode,
        escape: Escape,
    ) -> Result<Vec<(String, String)>, EncodeError> {
        let mut pairs = Vec::new();
        if self.kind == Kind::DeepObject {
            let escape = if self.allow_reserved { escape.reserved() } else { escape };
            deep(name, value, escape, &mut pairs)?;
            return Ok(pairs);
        }
        let key = escape.key().apply(name);
        let separator = match (self.kind, escape) {
            (Kind::SpaceDelimited, Escape::Later) => " ",
            (Kind::SpaceDelimited, _) => "%20",
            (Kind::PipeDelimited, Escape::Later) => "|",
            (Kind::PipeDelimited, _) => "%7C",
            _ => ",",
        };
        match self.parts(value, escape)? {
            Parts::Many(items) if self.explode => {
                pairs.extend(items.into_iter().map(|item| (key.clone(), item)));
            }
            Parts::Named(members) if self.explode => pairs.extend(members),
            parts if parts.is_empty() => {}
            parts => {
                let style = self.explode(false);
                style.keeps_apart(&parts, separator)?;
                pairs.push((key, style.joined(&parts, separator)));
            }
        }
        Ok(pairs)
    }

    /// That no item holds what separates items, where nothing else tells it apart: it would arrive
    /// as two.
    fn keeps_apart(self, parts: &Parts, separator: &str) -> Result<(), EncodeError> {
        let between = |text: &str| text.contains(separator);
        let broken = match parts {
            Parts::None | Parts::One(_) => false,
            Parts::Many(items) => items.iter().any(|item| between(item)),
            Parts::Named(members) => members.iter().any(|(name, value)| {
                between(name) || between(value) || (self.explode && name.contains('='))
            }),
        };
        match broken {
            true => {
                let what = percent_encoding::percent_decode_str(separator).decode_utf8_lossy();
                Err(EncodeError(format!("an item holds `{what}`, which separates items")))
            }
            false => Ok(()),
        }
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
        if self.kind == Kind::Urlencoded {
            return Ok(Parts::One(escape.apply(&form(value, &[])?)));
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
                    members.extend(text(member).map(|text| (escape.key().apply(name), text)));
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
        View::List(list) => {
            let mut number = 0_usize..;
            list.items(&mut |item| {
                inner(&format!("{name}[{}]", number.next().unwrap_or_default()), item)
            });
        }
        View::Record(record) => record.members(&mut Members::new(&mut |member, value| {
            inner(&format!("{name}[{member}]"), value);
        })),
        _ => {
            if let Some(text) = scalar_text(value)? {
                pairs.push((escape.key().apply(name), escape.apply(&text)));
            }
        }
    }
    done
}

#[cfg(test)]
mod tests;
