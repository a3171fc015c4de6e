//! Unions: told apart by a tag, or by what fits best.

use std::any::TypeId;

use serde_json::Value;

use super::{Decode, Decoded, Encode, Members, Node, View};

/// How well a document fits a type; less is better, misfits before looseness.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// Parts that the type has no location for.
    pub(super) misfits: u32,
    /// Values taken by a type that takes any of their kind, and members that have to be there and are
    /// not.
    pub(super) loose: u32,
}

/// A union without a tag, while its variants are tried: the one that takes the document with the
/// fewest parts left over is it. What is left over are ignored members and unknown values of enums.
/// Where two are even, the tighter type wins (an enum that lists the text before a `String`, an
/// integer before a float), and then the first.
pub struct Trial<'t, U> {
    node: Node<'t>,
    before: Fit,
    /// What an earlier trial of the same union at the same location came to.
    decided: Option<Option<usize>>,
    index: usize,
    best: Option<(Fit, usize, U)>,
}

impl<'t, U: 'static> Trial<'t, U> {
    /// Nothing has been tried yet.
    #[must_use]
    pub fn of(node: Node<'t>) -> Self {
        let tape = node.tape();
        let inside = tape.trials.get() > 0;
        let known = || tape.decided.borrow().get(&Self::key(node)).copied();
        let decided = if inside { known() } else { None };
        if decided.is_none() {
            tape.trials.set(tape.trials.get() + 1);
        }
        Self { node, before: tape.fit.get(), decided, index: 0, best: None }
    }

    fn key(node: Node<'_>) -> (usize, TypeId) {
        (node.at(), TypeId::of::<U>())
    }

    /// Tries the next variant.
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
        if self.best.as_ref().is_none_or(|(least, ..)| fit < *least) {
            self.best = Some((fit, index, wrap(value)));
        }
    }

    /// The best of them, or the document itself if no variant takes it.
    ///
    /// # Errors
    /// Never: the last line of a table's reader is this one.
    pub fn or<J: From<Value>>(self, wrap: fn(J) -> U) -> Decoded<U> {
        let tape = self.node.tape();
        if self.decided.is_none() {
            tape.trials.set(tape.trials.get() - 1);
            let fit = self.best.as_ref().map(|best| best.0).unwrap_or_default();
            tape.fit.set(Fit {
                misfits: self.before.misfits.saturating_add(fit.misfits),
                loose: self.before.loose.saturating_add(fit.loose),
            });
            if tape.trials.get() > 0 {
                let way = self.best.as_ref().map(|best| best.1);
                tape.decided.borrow_mut().insert(Self::key(self.node), way);
            } else {
                tape.decided.borrow_mut().clear();
            }
        }
        match self.best {
            Some((.., value)) => Ok(value),
            None => unknown(self.node, wrap),
        }
    }
}

/// The document as it stands, where no variant takes it.
///
/// # Errors
/// Never: the last line of a table's reader is this one.
pub fn unknown<U, J: From<Value>>(node: Node<'_>, wrap: fn(J) -> U) -> Decoded<U> {
    node.misfit(1);
    Ok(wrap(J::from(node.to_value())))
}

/// A variant that a tag selected.
///
/// # Errors
/// If the value is not what the variant holds.
pub fn selected<T: Decode + Encode, U>(node: Node<'_>, tag: &str, wrap: fn(T) -> U) -> Decoded<U> {
    let value = T::decode(node)?;
    if node.is_tried() {
        has_location(node, tag, &value);
    }
    Ok(wrap(value))
}

/// Takes back that the tag is left over, where the variant does not hold it: the union does.
fn has_location(node: Node<'_>, tag: &str, variant: &dyn Encode) {
    let View::Record(record) = variant.view() else { return };
    let mut owned = false;
    record.members(&mut Members::new(&mut |member, _| owned |= member == tag));
    if !owned {
        let fit = node.tape().fit.get();
        node.tape().fit.set(Fit { misfits: fit.misfits.saturating_sub(1), ..fit });
    }
}

/// What a variant of a tagged union looks like: the union itself lists the members, tag included.
pub fn tagged<'a>(union: &'a dyn Encode, variant: &'a dyn Encode) -> View<'a> {
    match variant.view() {
        View::Record(_) => View::Record(union),
        other => other,
    }
}

/// The table of a union: the types of its variants, and the tags that select them if there is a tag.
/// The enum itself has one more variant that holds a [`Value`] no variant takes: `Unknown`, or what
/// `other:` names.
///
/// Without a tag, the variant that fits best is taken, not the first that does: see [`Trial`](crate::wire::Trial).
/// With a tag, a value whose tag is missing or not listed is `Unknown`; the tag is written in front
/// of the variant's own members unless they hold it.
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
    ($name:ident { $($variants:tt)* }) => {
        $crate::union!($name, other: Unknown { $($variants)* });
    };
    ($name:ident by $tag:literal { $($variants:tt)* }) => {
        $crate::union!($name by $tag, other: Unknown { $($variants)* });
    };
    ($name:ident, other: $other:ident { $($variant:ident($ty:ty)),* $(,)? }) => {
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                #[allow(unused_mut)]
                let mut trial = $crate::wire::Trial::of(node);
                $($crate::wire::Trial::variant::<$ty>(&mut trial, Self::$variant);)*
                trial.or(Self::$other)
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(it) => $crate::wire::Encode::view(it),)*
                    Self::$other(it) => $crate::wire::Encode::view(it),
                }
            }
            $crate::union_limits!($($variant)* $other);
        }
        $crate::serde_by_table!($name);
    };
    ($name:ident by $tag:literal, other: $other:ident {
        $($variant:ident($ty:ty) = $first:literal $(| $more:literal)*),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                match node.tag($tag) {
                    $(::core::option::Option::Some($first $(| $more)*) => {
                        $crate::wire::selected::<$ty, _>(node, $tag, Self::$variant)
                    })*
                    _ => $crate::wire::unknown(node, Self::$other),
                }
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(it) => $crate::wire::tagged(self, it),)*
                    Self::$other(it) => $crate::wire::Encode::view(it),
                }
            }
            $crate::union_limits!($($variant)* $other);
            fn members(&self, members: &mut $crate::wire::Members<'_>) {
                match self {
                    $(Self::$variant(it) => members.tagged($tag, $first, it),)*
                    Self::$other(it) => $crate::wire::Encode::members(it, members),
                }
            }
        }
        $crate::serde_by_table!($name);
    };
}

#[cfg(test)]
mod tests;
