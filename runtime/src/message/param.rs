//! Serialization of parameters: every OpenAPI style for scalars, arrays and objects, escaped for its
//! location.

use super::escape::Escape;
use super::form::{field_pairs, write_form};
use crate::wire::{Encode, EncodeError, FieldVisitor, View, scalar_text, to_json};

/// How the value of a parameter is serialized (OpenAPI 3.0.4, "Style Values" and "Style Examples").
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
    /// `form`, in a query or cookie, with `explode` as by default: `color=blue&color=black`.
    pub const FORM: Self = Self::new(Kind::Form, true);
    /// `spaceDelimited`, in a query: `color=blue%20black`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited, false);
    /// `pipeDelimited`, in a query: `color=blue%7Cblack`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited, false);
    /// `deepObject`, in a query: `color%5BR%5D=100`. OpenAPI does not define arrays and
    /// nested objects: here, each level adds the name or the index in brackets. This keeps the fields of
    /// an item together, and most servers that support brackets accept it.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject, true);
    /// `content` with a JSON media type instead of a style: the value as JSON.
    pub const JSON: Self = Self::new(Kind::Json, false);
    /// `content` with `application/x-www-form-urlencoded` instead of a style: the fields as a form.
    pub const URLENCODED: Self = Self::new(Kind::Urlencoded, false);

    const fn new(kind: Kind, explode: bool) -> Self {
        Self { kind, explode, allow_reserved: false }
    }

    /// Sets `explode`.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Sets `allowReserved`: in a query, `:/?@!$'()*,;` and complete `%xx` are not escaped.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// Serializes a path or header parameter.
    pub(crate) fn to_single_value(
        self,
        name: &str,
        value: &dyn Encode,
        escape: Escape,
    ) -> Result<String, EncodeError> {
        let parts = self.split(value, escape)?;
        Ok(match self.kind {
            Kind::Matrix => self.join_matrix(&escape.apply(name), &parts),
            Kind::Label if matches!(parts, ValueParts::None) => String::new(),
            Kind::Label => {
                let separator = if self.explode { "." } else { "," };
                self.check_separator(&parts, separator)?;
                format!(".{}", self.join(&parts, separator))
            }
            _ => {
                self.check_separator(&parts, ",")?;
                self.join(&parts, ",")
            }
        })
    }

    /// Serializes a query parameter, a cookie or a form field as escaped name-value pairs.
    pub(crate) fn to_pairs(
        self,
        name: &str,
        value: &dyn Encode,
        escape: Escape,
    ) -> Result<Vec<(String, String)>, EncodeError> {
        let mut pairs = Vec::new();
        if self.kind == Kind::DeepObject {
            let escape = if self.allow_reserved { escape.reserved() } else { escape };
            push_deep_object(name, value, escape, &mut pairs)?;
            return Ok(pairs);
        }
        let key = escape.key().apply(name);
        let separator = match (self.kind, escape) {
            (Kind::SpaceDelimited, Escape::Form) => " ",
            (Kind::SpaceDelimited, _) => "%20",
            (Kind::PipeDelimited, Escape::Form) => "|",
            (Kind::PipeDelimited, _) => "%7C",
            _ => ",",
        };
        match self.split(value, escape)? {
            ValueParts::Array(items) if self.explode => {
                pairs.extend(items.into_iter().map(|item| (key.clone(), item)));
            }
            ValueParts::Object(fields) if self.explode => pairs.extend(fields),
            parts if parts.is_empty() => {}
            parts => {
                let style = self.explode(false);
                style.check_separator(&parts, separator)?;
                pairs.push((key, style.join(&parts, separator)));
            }
        }
        Ok(pairs)
    }

    /// Checks that no item contains the separator, if escaping does not prevent it: the server would read
    /// it as two items.
    fn check_separator(self, parts: &ValueParts, separator: &str) -> Result<(), EncodeError> {
        let has_separator = |text: &str| text.contains(separator);
        let is_ambiguous = match parts {
            ValueParts::None | ValueParts::Scalar(_) => false,
            ValueParts::Array(items) => items.iter().any(|item| has_separator(item)),
            ValueParts::Object(fields) => fields.iter().any(|(name, value)| {
                has_separator(name) || has_separator(value) || (self.explode && name.contains('='))
            }),
        };
        match is_ambiguous {
            true => {
                let separator = percent_encoding::percent_decode_str(separator).decode_utf8_lossy();
                Err(EncodeError(format!(
                    "an item contains `{separator}`, which separates the items"
                )))
            }
            false => Ok(()),
        }
    }

    fn join_matrix(self, name: &str, parts: &ValueParts) -> String {
        let pair = |name: &str, value: &str| match value {
            "" => format!(";{name}"),
            value => format!(";{name}={value}"),
        };
        match parts {
            ValueParts::Array(items) if self.explode => {
                items.iter().map(|it| pair(name, it)).collect()
            }
            ValueParts::Object(fields) if self.explode => {
                fields.iter().map(|(name, it)| pair(name, it)).collect()
            }
            parts if parts.is_empty() => String::new(),
            parts => pair(name, &self.join(parts, ",")),
        }
    }

    /// Joins the parts with the separator; an exploded field is written as `name=value`.
    fn join(self, parts: &ValueParts, separator: &str) -> String {
        match parts {
            ValueParts::None => String::new(),
            ValueParts::Scalar(text) => text.clone(),
            ValueParts::Array(items) => items.join(separator),
            ValueParts::Object(fields) => {
                let assign = if self.explode { "=" } else { separator };
                let fields = fields.iter().map(|(name, value)| [name, assign, value].concat());
                fields.collect::<Vec<_>>().join(separator)
            }
        }
    }

    /// Splits a value into escaped parts. Values nested in an array's items or an object's fields are
    /// written as JSON; `null` is omitted (RFC 6570 §2.3).
    fn split(self, value: &dyn Encode, escape: Escape) -> Result<ValueParts, EncodeError> {
        let escape = if self.allow_reserved { escape.reserved() } else { escape };
        if self.kind == Kind::Json {
            let json = String::from_utf8(to_json(value)?).unwrap_or_default();
            return Ok(ValueParts::Scalar(escape.apply(&json)));
        }
        if self.kind == Kind::Urlencoded {
            let form = write_form(value, &|name, value| field_pairs(name, value, false))?;
            return Ok(ValueParts::Scalar(escape.apply(&form)));
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
            View::Array(array) => {
                let mut items = Vec::new();
                array.items(&mut |item| items.extend(text(item)));
                ValueParts::Array(items)
            }
            View::Object(object) => {
                let mut fields = Vec::new();
                object.fields(&mut FieldVisitor::new(&mut |name, value| {
                    fields.extend(text(value).map(|text| (escape.key().apply(name), text)));
                }));
                ValueParts::Object(fields)
            }
            _ => text(value).map_or(ValueParts::None, ValueParts::Scalar),
        };
        done.map(|()| parts)
    }
}

/// The escaped parts of a value.
enum ValueParts {
    None,
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

impl ValueParts {
    /// Whether the parameter is omitted (RFC 6570 §2.3: an empty list is undefined).
    fn is_empty(&self) -> bool {
        match self {
            Self::None => true,
            Self::Scalar(_) => false,
            Self::Array(items) => items.is_empty(),
            Self::Object(fields) => fields.is_empty(),
        }
    }
}

/// Appends the pairs of a value in the style `deepObject`.
fn push_deep_object(
    name: &str,
    value: &dyn Encode,
    escape: Escape,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), EncodeError> {
    let mut done = Ok(());
    let mut inner = |name: &str, value: &dyn Encode| {
        if done.is_ok() {
            done = push_deep_object(name, value, escape, pairs);
        }
    };
    match value.view() {
        View::Array(array) => {
            let mut indices = 0_usize..;
            array.items(&mut |item| {
                inner(&format!("{name}[{}]", indices.next().unwrap_or_default()), item)
            });
        }
        View::Object(object) => object.fields(&mut FieldVisitor::new(&mut |field, value| {
            inner(&format!("{name}[{field}]"), value);
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
