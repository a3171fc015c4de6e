//! Writing values: the trait [`Encode`], and the built-in types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use super::file::File;
use super::limit::Limits;
use super::patch::Patch;

/// A type that can be written. The trait has few methods and no generic ones, so that one writer per
/// target (JSON, form, parameter) serves every type.
pub trait Encode {
    /// Returns the wire form of the value.
    fn view(&self) -> View<'_>;

    /// Visits every field, if the value is a [`View::Object`].
    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        let _ = fields;
    }

    /// Passes every item to `each`, if the value is a [`View::Array`].
    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        let _ = each;
    }

    /// Returns the documented constraints of the type, which are checked before a value is sent.
    fn limits(&self) -> Limits {
        Limits::None
    }
}

/// The wire form of a value.
#[derive(Clone)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the variants are named as in JSON and Rust")]
pub enum View<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    /// A number as JSON text, which no other variant represents exactly.
    Number(Cow<'a, str>),
    String(&'a str),
    /// A string that messages and logs must not contain.
    Secret(&'a str),
    /// Bytes. In JSON they have to be UTF-8.
    Bytes(&'a [u8]),
    /// Bytes with a file name and a media type for a multipart body.
    File(&'a File),
    /// An array, whose items are visited by [`items`](Encode::items).
    Array(&'a dyn Encode),
    /// An object, whose fields are visited by [`fields`](Encode::fields).
    Object(&'a dyn Encode),
}

/// Visits the fields of an object, one after the other. Its methods are the field modes of [`record!`].
///
/// [`record!`]: crate::record
pub struct FieldVisitor<'a> {
    each: &'a mut dyn FnMut(&str, &dyn Encode),
}

impl<'a> FieldVisitor<'a> {
    /// Creates a visitor that passes every field to `each`.
    pub fn new(each: &'a mut dyn FnMut(&str, &dyn Encode)) -> Self {
        Self { each }
    }

    /// Visits a field that is always written.
    pub fn required<T: Encode>(&mut self, name: &str, value: &T) {
        (self.each)(name, value);
    }

    /// Visits a field that is written if it has a value.
    pub fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            (self.each)(name, value);
        }
    }

    /// Visits a field that is written as `null` if it has no value.
    pub fn nullable<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        (self.each)(name, value);
    }

    /// Visits a field that may be absent, `null` or a value.
    pub fn patch<T: Encode>(&mut self, name: &str, value: &Patch<T>) {
        if !value.is_absent() {
            (self.each)(name, value);
        }
    }

    /// Visits the fields that have no name in the table.
    pub fn rest<T: Encode>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            (self.each)(name, value);
        }
    }

    /// Visits the fields of a variant, preceded by the tag unless the variant has a field for it.
    pub fn tagged(&mut self, name: &str, tag: &str, variant: &dyn Encode) {
        let View::Object(object) = variant.view() else { return };
        let mut has_tag = false;
        object.fields(&mut FieldVisitor::new(&mut |field, _| has_tag |= field == name));
        if !has_tag {
            (self.each)(name, &tag);
        }
        object.fields(self);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn limits(&self) -> Limits {
        (**self).limits()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn limits(&self) -> Limits {
        (**self).limits()
    }
}

impl Encode for bool {
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Encode for i32 {
    fn view(&self) -> View<'_> {
        View::I64((*self).into())
    }
}

impl Encode for i64 {
    fn view(&self) -> View<'_> {
        View::I64(*self)
    }
}

impl Encode for u64 {
    fn view(&self) -> View<'_> {
        View::U64(*self)
    }
}

impl Encode for f64 {
    /// Whole numbers are written without a fraction, up to ±2^53, where floats represent integers
    /// exactly: `3600` that was read as `3600.0` is written as `3600` again.
    fn view(&self) -> View<'_> {
        const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53
        let negative_zero = *self == 0.0 && self.is_sign_negative();
        if self.fract() == 0.0 && self.abs() <= EXACT && !negative_zero {
            View::I64(*self as i64)
        } else {
            View::F64(*self)
        }
    }
}

impl Encode for str {
    fn view(&self) -> View<'_> {
        View::String(self)
    }
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::String(self)
    }
}

impl Encode for Bytes {
    fn view(&self) -> View<'_> {
        View::Bytes(self)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, Encode::view)
    }

    fn limits(&self) -> Limits {
        self.as_ref().map_or(Limits::None, Encode::limits)
    }
}

impl<T: Encode> Encode for Patch<T> {
    fn view(&self) -> View<'_> {
        self.value().map_or(View::Null, Encode::view)
    }

    fn limits(&self) -> Limits {
        self.value().map_or(Limits::None, Encode::limits)
    }
}

impl Encode for File {
    fn view(&self) -> View<'_> {
        View::File(self)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self {
            each(item);
        }
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }

    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        fields.rest(self);
    }
}

impl Encode for Value {
    /// Writes numbers as they are, with all digits if `serde_json` keeps them.
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(it) => View::Bool(*it),
            Self::String(it) => View::String(it),
            Self::Array(_) => View::Array(self),
            Self::Object(_) => View::Object(self),
            Self::Number(it) => match (it.as_i64(), it.as_u64()) {
                // `-0` may be kept, too.
                (Some(it), _) if it != 0 => View::I64(it),
                (_, Some(it)) if it != 0 => View::U64(it),
                _ => View::Number(it.to_string().into()),
            },
        }
    }

    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        for (name, value) in self.as_object().into_iter().flatten() {
            fields.required(name, value);
        }
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self.as_array().into_iter().flatten() {
            each(item);
        }
    }
}
