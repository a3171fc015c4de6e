//! Unions: the variant is selected by a tag, or by the best match.

use std::any::TypeId;

use super::fit::Fit;
use super::{Decode, Decoded, Encode, FieldVisitor, Node, View};

/// Selects the variant of a union without a tag: the one with the fewest unmatched parts, which are
/// unknown fields and unknown values of enums. Among equals, the more specific type wins (an enum that
/// lists the string before a `String`, an integer before a float), then the first one.
pub struct UnionMatcher<'t, U> {
    node: Node<'t>,
    before: Fit,
    /// The variant that was selected before for the same union and value, if any matched.
    decided: Option<Option<usize>>,
    index: usize,
    best: Option<(Fit, usize, U)>,
}

impl<'t, U: 'static> UnionMatcher<'t, U> {
    /// Starts matching the value at `node`.
    #[must_use]
    pub fn new(node: Node<'t>) -> Self {
        let tape = node.tape();
        let inside = tape.open_matches.get() > 0;
        let cached = || tape.decided.borrow().get(&Self::cache_key(node)).copied();
        let decided = if inside { cached() } else { None };
        if decided.is_none() {
            tape.open_matches.set(tape.open_matches.get() + 1);
        }
        Self { node, before: tape.fit.get(), decided, index: 0, best: None }
    }

    fn cache_key(node: Node<'_>) -> (usize, TypeId) {
        (node.index(), TypeId::of::<U>())
    }

    /// Matches the next variant.
    pub fn variant<T: Decode>(&mut self, wrap: fn(T) -> U) {
        let index = self.index;
        self.index += 1;
        if let Some(decided) = self.decided {
            if decided == Some(index) {
                let value = T::decode(self.node).ok();
                self.best = value.map(|value| (Fit::default(), index, wrap(value)));
            }
            return;
        }
        let perfect = |(fit, ..): &(Fit, usize, U)| *fit == Fit::default();
        if self.best.as_ref().is_some_and(perfect) {
            return;
        }
        let tape = self.node.tape();
        tape.fit.set(Fit::default());
        let Ok(value) = T::decode(self.node) else { return };
        let fit = tape.fit.get();
        if self.best.as_ref().is_none_or(|(best, ..)| fit < *best) {
            self.best = Some((fit, index, wrap(value)));
        }
    }

    /// Returns the best match, or the untyped value if no variant matches.
    ///
    /// # Errors
    /// If no variant matches, and a key appears twice in the value.
    pub fn finish<J: Decode>(self, wrap: fn(J) -> U) -> Decoded<U> {
        let tape = self.node.tape();
        if self.decided.is_none() {
            tape.open_matches.set(tape.open_matches.get() - 1);
            let fit = self.best.as_ref().map(|best| best.0).unwrap_or_default();
            tape.fit.set(Fit {
                unmatched: self.before.unmatched.saturating_add(fit.unmatched),
                generic: self.before.generic.saturating_add(fit.generic),
            });
            if tape.open_matches.get() > 0 {
                let variant = self.best.as_ref().map(|best| best.1);
                tape.decided.borrow_mut().insert(Self::cache_key(self.node), variant);
            } else {
                tape.decided.borrow_mut().clear();
            }
        }
        match self.best {
            Some((.., value)) => Ok(value),
            None => decode_unknown(self.node, wrap),
        }
    }
}

/// Reads a value that matches no variant as untyped JSON.
///
/// # Errors
/// If a key appears twice in the value.
pub fn decode_unknown<U, J: Decode>(node: Node<'_>, wrap: fn(J) -> U) -> Decoded<U> {
    node.count_unmatched(1);
    J::decode(node).map(wrap)
}

/// Reads the variant that the tag selects.
///
/// # Errors
/// If the value does not have the type of the variant.
pub fn decode_variant<T: Decode + Encode, U>(
    node: Node<'_>,
    tag: &str,
    wrap: fn(T) -> U,
) -> Decoded<U> {
    let value = T::decode(node)?;
    if node.is_union_candidate() {
        discount_tag(node, tag, &value);
    }
    Ok(wrap(value))
}

/// Does not count the tag as unmatched if the variant has no field for it: the union itself holds it.
fn discount_tag(node: Node<'_>, tag: &str, variant: &dyn Encode) {
    let View::Object(object) = variant.view() else { return };
    let mut has_tag = false;
    object.fields(&mut FieldVisitor::new(&mut |field, _| has_tag |= field == tag));
    if !has_tag {
        let fit = node.tape().fit.get();
        node.tape().fit.set(Fit { unmatched: fit.unmatched.saturating_sub(1), ..fit });
    }
}

/// Returns the view of a variant of a tagged union. An object is visited through the union, which adds
/// the tag.
pub fn tagged_view<'a>(union: &'a dyn Encode, variant: &'a dyn Encode) -> View<'a> {
    match variant.view() {
        View::Object(_) => View::Object(union),
        other => other,
    }
}

/// Implements reading and writing for a union, from the types of its variants and, in a tagged union, the
/// tags that select them. The enum itself has one more variant that holds any other value as JSON:
/// `Unknown`, or the name given by `other:`.
///
/// Without a tag, the best match is selected, not the first one: see [`UnionMatcher`](crate::wire::UnionMatcher).
/// A union without a tag may be generic: `union!(Expandable<T> { Id(String), Object(T) })`.
///
/// With a tag, a value whose tag is missing or unknown is `Unknown`; the tag is written before the
/// fields of the variant unless they contain it.
///
/// ```
/// use docwright_runtime::{Value, record, union};
///
/// #[derive(Debug, PartialEq)]
/// pub enum Code { Text(String), Number(i64), Unknown(Value) }
/// union!(Code { Text(String), Number(i64) });
///
/// #[derive(Debug, PartialEq)]
/// pub struct Cat { pub lives: i64 }
/// record!(Cat { required lives = "lives" });
///
/// #[derive(Debug, PartialEq)]
/// pub enum Pet { Cat(Box<Cat>), Unknown(Value) }
/// union!(Pet by "petType" { Cat(Box<Cat>) = "cat" | "kitten" });
///
/// let code: Code = docwright_runtime::from_slice(b"401")?;
/// assert_eq!(code, Code::Number(401));
/// let pet: Pet = docwright_runtime::from_slice(br#"{"petType":"cat","lives":9}"#)?;
/// assert_eq!(pet, Pet::Cat(Box::new(Cat { lives: 9 })));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"petType":"cat","lives":9}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! union {
    ($name:ident $(<$($parameter:ident),+>)? { $($variants:tt)* }) => {
        $crate::union!($name $(<$($parameter),+>)?, other: Unknown { $($variants)* });
    };
    ($name:ident by $tag:literal { $($variants:tt)* }) => {
        $crate::union!($name by $tag, other: Unknown { $($variants)* });
    };
    ($name:ident $(<$($parameter:ident),+>)?, other: $other:ident {
        $($variant:ident($ty:ty)),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Decode + 'static),+>)? $crate::wire::Decode
            for $name $(<$($parameter),+>)?
        {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                #[allow(unused_mut)]
                let mut matcher = $crate::wire::UnionMatcher::new(node);
                $($crate::wire::UnionMatcher::variant::<$ty>(&mut matcher, Self::$variant);)*
                matcher.finish(Self::$other)
            }
        }
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Encode),+>)? $crate::wire::Encode
            for $name $(<$($parameter),+>)?
        {
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(it) => $crate::wire::Encode::view(it),)*
                    Self::$other(it) => $crate::wire::Encode::view(it),
                }
            }
            $crate::union_limits!($($variant)* $other);
        }
        $crate::impl_serde!($name $(<$($parameter),+>)?);
    };
    ($name:ident by $tag:literal, other: $other:ident {
        $($variant:ident($ty:ty) = $first:literal $(| $more:literal)*),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                match node.tag($tag) {
                    $(::core::option::Option::Some($first $(| $more)*) => {
                        $crate::wire::decode_variant::<$ty, _>(node, $tag, Self::$variant)
                    })*
                    _ => $crate::wire::decode_unknown(node, Self::$other),
                }
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(it) => $crate::wire::tagged_view(self, it),)*
                    Self::$other(it) => $crate::wire::Encode::view(it),
                }
            }
            $crate::union_limits!($($variant)* $other);
            fn fields(&self, fields: &mut $crate::wire::FieldVisitor<'_>) {
                match self {
                    $(Self::$variant(it) => fields.tagged($tag, $first, it),)*
                    Self::$other(it) => $crate::wire::Encode::fields(it, fields),
                }
            }
        }
        $crate::impl_serde!($name);
    };
}

#[cfg(test)]
mod tests;
