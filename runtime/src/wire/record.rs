//! Structs: a table of members, and the reader it calls.

use super::tape::{Item, Tag, Tags};
use super::{Decode, DecodeError, Decoded, Node};
use crate::{Map, Patch};

/// The members of an object, while a struct picks its own. A member is looked for behind the one
/// found last, so that a document in the order of the struct is read in one pass.
pub struct Fields<'t> {
    object: Node<'t>,
    items: &'t [Item<'t>],
    end: usize,
    tags: Tags,
    /// Members nobody has asked for so far.
    left: u32,
    /// Where the next member is expected, and the how many-eth it is.
    next: usize,
    ordinal: u32,
    /// Which of the first 64 members are taken; [`Tape::taken`](super::Tape) has the others.
    taken: u64,
    /// What was wrong with a member that may be missing: the record has no value for it, and will not
    /// be. A reader that had to look after each member would take a third more to compile.
    failed: Option<DecodeError>,
}

impl<'t> Fields<'t> {
    /// The members of the object at `node`.
    ///
    /// # Errors
    /// If there is no object.
    pub fn of(node: Node<'t>) -> Result<Self, DecodeError> {
        let (left, end, tags) = node.object().ok_or_else(|| node.expected("an object"))?;
        if left > u64::BITS {
            // What another variant of a union has taken before.
            node.tape().taken.borrow_mut().retain(|at| !(node.at()..end).contains(at));
        }
        let next = node.at() + 1;
        Ok(Self {
            object: node,
            items: &node.tape().items,
            end,
            tags,
            left,
            next,
            ordinal: 0,
            taken: 0,
            failed: None,
        })
    }

    /// A member that has to be there.
    ///
    /// # Errors
    /// If it is missing or not what it should be, or a member before it was not.
    pub fn required<T: Decode>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        match self.find(name) {
            Some(node) => T::decode(node).map_err(|error| error.in_member(name)),
            None => Err(self.missing(name)),
        }
    }

    /// A member that may be missing; `null` counts as missing.
    pub fn optional<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        match self.find(name) {
            Some(node) if !node.is_null() => self.read(name, node),
            _ => None,
        }
    }

    /// A member that may be `null`; missing counts as `null`.
    pub fn nullable<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        match self.find(name) {
            Some(node) => self.read::<Option<T>>(name, node)?,
            None => {
                self.object.loose();
                None
            }
        }
    }

    /// A member for which missing and `null` are two things.
    pub fn patch<T: Decode>(&mut self, name: &'static str) -> Patch<T> {
        let value = self.find(name).and_then(|node| self.read(name, node));
        value.unwrap_or(Patch::Absent)
    }

    /// Every member that has not been taken yet: has to be the last in the table.
    pub fn rest<T: Decode>(&mut self) -> Map<T> {
        let mut rest = Map::new();
        for (ordinal, (key, node)) in (0..).zip(self.object.entries().into_iter().flatten()) {
            if self.left == 0 {
                break; // None is left, or none is looked for after an error.
            }
            if self.take(ordinal, node.at() - 1) {
                node.loose();
                match T::decode(node) {
                    Ok(value) => drop(rest.insert(key.to_owned(), value)),
                    Err(error) => self.fail(error.in_key(key)),
                }
            }
        }
        rest
    }

    /// The record, after the members that nobody asked for were counted.
    ///
    /// # Errors
    /// If a member was not what it should be.
    pub fn finish<T>(self, record: T) -> Decoded<T> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        if self.left > 0 {
            self.object.misfit(self.left);
        }
        Ok(record)
    }

    /// The value of a member that is not needed for a record to be made.
    fn read<T: Decode>(&mut self, name: &'static str, node: Node<'_>) -> Option<T> {
        match T::decode(node) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error.in_member(name));
                None
            }
        }
    }

    /// After an error no more members are found; it is the one that is told.
    #[cold]
    fn fail(&mut self, error: DecodeError) {
        self.failed = Some(error);
        self.left = 0;
    }

    /// Why there is no value for a member that has to be there.
    #[cold]
    fn missing(&mut self, name: &'static str) -> DecodeError {
        self.failed.take().unwrap_or_else(|| DecodeError::missing().in_member(name))
    }

    fn find(&mut self, name: &str) -> Option<Node<'t>> {
        let tag = Tag::of(name);
        if self.left == 0 || !self.tags.may_hold(tag) {
            return None;
        }
        // In a document in the order of the struct, the first look finds it.
        self.scan(name, tag, self.next, self.ordinal, self.end)
            .or_else(|| self.scan(name, tag, self.object.at() + 1, 0, self.next))
    }

    /// Looks for `name` among the members from `at` up to `end`.
    fn scan(
        &mut self,
        name: &str,
        tag: Tag,
        mut at: usize,
        mut ordinal: u32,
        end: usize,
    ) -> Option<Node<'t>> {
        while at < end {
            let (Item::Key { tag: its, next, .. } | Item::MadeKey { tag: its, next, .. }) =
                self.items.get(at)?
            else {
                return None;
            };
            if *its == tag && self.object.with(at).as_str() == Some(name) {
                return Some(self.found(at, ordinal, *next));
            }
            at = *next as usize;
            ordinal += 1;
        }
        None
    }

    /// The value of the member whose key stands at `at`.
    fn found(&mut self, at: usize, ordinal: u32, next: u32) -> Node<'t> {
        self.take(ordinal, at);
        self.next = next as usize;
        self.ordinal = ordinal + 1;
        self.object.with(at + 1)
    }

    /// Takes the member whose key stands at `at`; false if it was taken before.
    fn take(&mut self, ordinal: u32, at: usize) -> bool {
        let new = match 1_u64.checked_shl(ordinal) {
            Some(bit) => {
                let new = self.taken & bit == 0;
                self.taken |= bit;
                new
            }
            None => self.object.tape().taken.borrow_mut().insert(at),
        };
        self.left -= u32::from(new);
        new
    }
}

/// The table of a struct: what its members are called on the wire, and how each is read and written.
///
/// ```
/// use docwright_runtime::{Map, Patch, Value, record};
///
/// #[derive(Debug, PartialEq)]
/// pub struct Person {
///     pub id: String,
///     pub name: Option<String>,
///     pub email: Option<String>,
///     pub note: Patch<String>,
///     pub other: Map<Value>,
/// }
///
/// record!(Person {
///     required id = "id",          // T: has to be there, always written
///     optional name = "fullName",  // Option<T>: None is not written; missing or null reads as None
///     nullable email = "email",    // Option<T>: None is written as null; missing or null reads as None
///     patch note = "note",         // Patch<T>: missing, null and a value are three things
///     rest other,                  // Map<T>: every other member; comes last
/// });
///
/// let person: Person = docwright_runtime::from_slice(br#"{"id":"p1","note":null,"vip":true}"#)?;
/// assert_eq!(person.note, Patch::Null);
/// assert_eq!(serde_json::to_string(&person)?, r#"{"id":"p1","email":null,"note":null,"vip":true}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What is sent may say what the description asks of its members; with the feature `validate`, the
/// type has a method that checks it.
///
/// ```
/// use docwright_runtime::{Limit, record};
///
/// pub struct Address {
///     pub zip: String,
/// }
///
/// record!(Address { required zip = "zip" }, limits [
///     Limit::of("zip").length(Some(5), Some(5)),
/// ]);
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident { $($table:tt)* }) => {
        $crate::record!($name { $($table)* } ());
    };
    ($name:ident { $($table:tt)* }, limits [$($limits:tt)*]) => {
        $crate::record!($name { $($table)* } ([$($limits)*]));
        $crate::validate_method!($name);
    };
    ($name:ident { $($mode:ident $field:ident $(= $wire:literal)?),* $(,)? } ($($limits:tt)*)) => {
        #[allow(deprecated)]
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                #[allow(unused_mut)]
                let mut fields = $crate::wire::Fields::of(node)?;
                let record = Self { $($field: $crate::member!(fields $mode $($wire)?),)* };
                fields.finish(record)
            }
        }
        #[allow(deprecated)]
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Record(self)
            }
            #[allow(unused_variables)]
            fn members(&self, members: &mut $crate::wire::Members<'_>) {
                $($crate::wire::Members::$mode(members $(, $wire)?, &self.$field);)*
            }
            $crate::own_limits!($($limits)*);
        }
        $crate::serde_by_table!($name);
    };
}

/// A member of a record as its reader asks for it.
#[doc(hidden)]
#[macro_export]
macro_rules! member {
    // A `?` here would cost a third of what a type takes to compile.
    ($fields:ident required $wire:literal) => {
        match $crate::wire::Fields::required(&mut $fields, $wire) {
            $crate::wire::Decoded::Ok(value) => value,
            $crate::wire::Decoded::Err(error) => return $crate::wire::Decoded::Err(error),
        }
    };
    ($fields:ident $mode:ident $($wire:literal)?) => {
        $crate::wire::Fields::$mode(&mut $fields $(, $wire)?)
    };
}

/// serde's traits, handed over to the wire core.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_by_table {
    ($name:ident) => {
        #[allow(deprecated)]
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, to)
            }
        }
        #[allow(deprecated)]
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::deserialize(from)
            }
        }
    };
}

#[cfg(test)]
mod tests;
