//! From a value to what can be seen of it: the trait, and the built-in types.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use crate::{Map, Patch};

/// A type that can be written. Its methods are few and take no type parameters, so that one writer
/// per target (JSON, form, parameter) serves every type.
pub trait Encode {
    /// What the value looks like.
    fn view(&self) -> View<'_>;

    /// Names every member; only for what is a [`View::Record`].
    fn members(&self, members: &mut Members<'_>) {
        let _ = members;
    }

    /// Shows every item; only for what is a [`View::List`].
    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        let _ = each;
    }

    /// What the description asks of it, for checks before sending.
    #[cfg(feature = "validate")]
    fn limits(&self) -> crate::validate::Limits {
        crate::validate::Limits::None
    }
}

/// What a value looks like on the wire.
#[derive(Clone, Copy)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are JSON's and Rust's own")]
pub enum View<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Text(&'a str),
    /// Bytes outside JSON; inside, they have to be text.
    Bytes(&'a [u8]),
    /// The same, with what a multipart body says of it.
    File(&'a crate::File),
    /// The value's [`items`](Encode::items) tell the rest.
    List(&'a dyn Encode),
    /// The value's [`members`](Encode::members) tell the rest.
    Record(&'a dyn Encode),
}

/// Takes the members of a record, one after the other. The methods are the modes of [`record!`].
///
/// [`record!`]: crate::record
pub struct Members<'a> {
    each: &'a mut dyn FnMut(&str, &dyn Encode),
}

impl<'a> Members<'a> {
    /// Hands every member to `each`.
    pub fn new(each: &'a mut dyn FnMut(&str, &dyn Encode)) -> Self {
        Self { each }
    }

    /// A member that is always written.
    pub fn required<T: Encode>(&mut self, name: &str, value: &T) {
        (self.each)(name, value);
    }

    /// A member that is written if there is a value.
    pub fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            (self.each)(name, value);
        }
    }

    /// A member that is `null` if there is no value.
    pub fn nullable<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        (self.each)(name, value);
    }

    /// A member that may be missing, `null` or a value.
    pub fn patch<T: Encode>(&mut self, name: &str, value: &Patch<T>) {
        if !value.is_absent() {
            (self.each)(name, value);
        }
    }

    /// Members beside the named ones.
    pub fn rest<T: Encode>(&mut self, rest: &Map<T>) {
        for (name, value) in rest {
            (self.each)(name, value);
        }
    }

    /// The members of a variant, with the tag in front where they do not hold it themselves.
    pub fn tagged(&mut self, name: &str, tag: &str, variant: &dyn Encode) {
        let View::Record(record) = variant.view() else { return };
        let mut owned = false;
        record.members(&mut Members::new(&mut |member, _| owned |= member == name));
        if !owned {
            (self.each)(name, &tag);
        }
        record.members(self);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    #[cfg(feature = "validate")]
    fn limits(&self) -> crate::validate::Limits {
        (**self).limits()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    #[cfg(feature = "validate")]
    fn limits(&self) -> crate::validate::Limits {
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
    /// Whole numbers are written without a fraction as far as every one has a float of its own
    /// (±2^53): `3600` that was read as `3600.0` is `3600` again.
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
        View::Text(self)
    }
}

impl Encode for String {
    fn view(&self) -> View<'_> {
        View::Text(self)
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

    #[cfg(feature = "validate")]
    fn limits(&self) -> crate::validate::Limits {
        self.as_ref().map_or(crate::validate::Limits::None, Encode::limits)
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self {
            each(item);
        }
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Record(self)
    }

    fn members(&self, members: &mut Members<'_>) {
        members.rest(self);
    }
}

impl Encode for Value {
    /// Numbers are written as they are.
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(it) => View::Bool(*it),
            Self::String(it) => View::Text(it),
            Self::Array(_) => View::List(self),
            Self::Object(_) => View::Record(self),
            Self::Number(it) => match (it.as_i64(), it.as_u64()) {
                (Some(it), _) => View::I64(it),
                (_, Some(it)) => View::U64(it),
                _ => View::F64(it.as_f64().unwrap_or(f64::NAN)),
            },
        }
    }

    fn members(&self, members: &mut Members<'_>) {
        for (name, value) in self.as_object().into_iter().flatten() {
            members.required(name, value);
        }
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self.as_array().into_iter().flatten() {
            each(item);
        }
    }
}
