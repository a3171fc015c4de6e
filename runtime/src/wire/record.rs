//! Structs: the table of their fields, and the reader that it uses.

use super::decode::{map_of, push};
use super::keys::{KeyHash, Keys};
use super::map::Map;
use super::patch::Patch;
use super::steps::count_steps;
use super::{Decode, DecodeError, Decoded, Node};

/// Reads the fields of an object into a struct. Lookup resumes after the last match, so a document in the
/// order of the struct is read in one pass; the other fields of a wide object are found by its index.
pub struct FieldReader<'t> {
    object: Node<'t>,
    end: usize,
    keys: Keys<'t>,
    has_duplicates: bool,
    /// The number of fields that have not been read yet.
    remaining: u32,
    /// The tape index of the next expected field, and its position in the object.
    next: usize,
    position: u32,
    /// A bit set of the first 64 fields that have been read.
    taken: u64,
    /// Bit sets of the other fields.
    more_taken: Vec<u64>,
    /// The first error in an optional field, which [`finish`](Self::finish) returns. Checking after each
    /// field instead would make a struct take a third longer to compile.
    error: Option<DecodeError>,
}

impl<'t> FieldReader<'t> {
    /// Starts reading the object at `node`.
    ///
    /// # Errors
    /// If the value is not an object.
    pub fn new(node: Node<'t>) -> Result<Self, DecodeError> {
        let object = node.object().ok_or_else(|| node.expected("an object"))?;
        Ok(Self {
            object: node,
            end: object.end,
            keys: object.keys,
            has_duplicates: object.has_duplicates,
            remaining: object.len,
            next: node.index() + 1,
            position: 0,
            taken: 0,
            more_taken: Vec::new(),
            error: None,
        })
    }

    /// Reads a required field.
    ///
    /// # Errors
    /// If the field is missing or invalid, or an earlier field is invalid.
    pub fn required<T: Decode>(&mut self, name: &'static str) -> Result<T, DecodeError> {
        match self.find(name) {
            Some(node) => T::decode(node).map_err(|error| error.in_field(name)),
            None => Err(self.missing_error(name)),
        }
    }

    /// Reads a field that may be absent; `null` counts as absent.
    pub fn optional<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        match self.find(name) {
            Some(node) if !node.is_null() => self.read(name, node),
            _ => None,
        }
    }

    /// Reads a field that may be `null`; an absent field counts as `null`.
    pub fn nullable<T: Decode>(&mut self, name: &'static str) -> Option<T> {
        match self.find(name) {
            Some(node) => self.read::<Option<T>>(name, node)?,
            None => {
                self.object.count_generic();
                None
            }
        }
    }

    /// Reads a field for which absent and `null` are different.
    pub fn patch<T: Decode>(&mut self, name: &'static str) -> Patch<T> {
        let value = self.find(name).and_then(|node| self.read(name, node));
        value.unwrap_or(Patch::Absent)
    }

    /// Reads all remaining fields. It has to be the last entry of the table.
    pub fn rest<T: Decode>(&mut self) -> Map<T> {
        let mut rest = Vec::new();
        for (position, (key, node)) in (0..).zip(self.object.entries().into_iter().flatten()) {
            if self.remaining == 0 {
                break; // All fields are read, or there was an error.
            }
            count_steps(1);
            if self.take(position) {
                node.count_generic();
                let value = T::decode(node).map_err(|error| error.in_key(key));
                if let Err(error) = value.and_then(|value| push(&mut rest, (key.to_owned(), value)))
                {
                    self.set_error(error);
                }
            }
        }
        if self.error.is_none() {
            match map_of(rest) {
                Ok(map) => return map.into(),
                Err(error) => self.set_error(error),
            }
        }
        Map::new()
    }

    /// Returns the struct, and counts the fields that were not read as unmatched.
    ///
    /// # Errors
    /// If a field was invalid.
    pub fn finish<T>(self, record: T) -> Decoded<T> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if self.remaining > 0 {
            self.object.count_unmatched(self.remaining);
        }
        Ok(record)
    }

    /// Reads an optional field. An error is kept for [`finish`](Self::finish).
    fn read<T: Decode>(&mut self, name: &'static str, node: Node<'_>) -> Option<T> {
        match T::decode(node) {
            Ok(value) => Some(value),
            Err(error) => {
                self.set_error(error.in_field(name));
                None
            }
        }
    }

    /// Keeps the first error, and stops finding fields, so that it stays the only one.
    #[cold]
    fn set_error(&mut self, error: DecodeError) {
        self.error = Some(error);
        self.remaining = 0;
    }

    /// Returns the error for a required field that was not found: an earlier error, if there is one.
    #[cold]
    fn missing_error(&mut self, name: &'static str) -> DecodeError {
        self.error.take().unwrap_or_else(|| DecodeError::missing().in_field(name))
    }

    /// Finds a field, unless there was an error. In a document in the order of the struct, it is always the
    /// next one.
    fn find(&mut self, name: &'static str) -> Option<Node<'t>> {
        let (at, tape) = (self.next, self.object.tape());
        count_steps(1);
        if self.remaining > 0
            && !self.has_duplicates
            && at < self.end
            && tape.key(at) == name.as_bytes()
        {
            let (_, next) = tape.key_link(at)?;
            return Some(self.take_value(at, self.position, next));
        }
        self.find_other(name)
    }

    /// Finds a field that is not the next one, or may appear twice, which is an error: parsers differ in
    /// which value they use (RFC 8259 §4).
    #[inline(never)]
    fn find_other(&mut self, name: &'static str) -> Option<Node<'t>> {
        if self.remaining == 0 {
            return None;
        }
        if self.has_duplicates && self.object.is_duplicate(name) {
            self.set_error(DecodeError::duplicate().in_field(name));
            return None;
        }
        let hash = KeyHash::new(name.as_bytes());
        match self.keys {
            Keys::Few(hashes) if !hashes.may_contain(hash) => None,
            Keys::Few(_) => self
                .scan(name, hash, self.next, self.position, self.end)
                .or_else(|| self.scan(name, hash, self.object.index() + 1, 0, self.next)),
            Keys::Many(keys) => {
                let tape = self.object.tape();
                let key = tape.find_keys(keys, name).next()?;
                let at = key.at as usize;
                let (_, next) = tape.key_link(at)?;
                Some(self.take_value(at, key.position, next))
            }
        }
    }

    /// Searches for the field `name` from index `at` up to `end`.
    fn scan(
        &mut self,
        name: &str,
        hash: KeyHash,
        mut at: usize,
        mut position: u32,
        end: usize,
    ) -> Option<Node<'t>> {
        let tape = self.object.tape();
        while at < end {
            count_steps(1);
            let (key_hash, next) = tape.key_link(at)?;
            if key_hash == hash && tape.key(at) == name.as_bytes() {
                return Some(self.take_value(at, position, next));
            }
            at = next;
            position += 1;
        }
        None
    }

    /// Marks the field whose key is at index `at` as read, and returns its value.
    fn take_value(&mut self, at: usize, position: u32, next: usize) -> Node<'t> {
        self.take(position);
        self.next = next;
        self.position = position + 1;
        self.object.with(at + 1)
    }

    /// Marks the field at a position of the object as read; returns false if it was already.
    fn take(&mut self, position: u32) -> bool {
        let (taken, bit) = match 1_u64.checked_shl(position) {
            Some(bit) => (&mut self.taken, bit),
            None => match take_more(&mut self.more_taken, position) {
                Some(taken) => (taken, 1 << (position % u64::BITS)),
                None => return false,
            },
        };
        let is_new = *taken & bit == 0;
        *taken |= bit;
        self.remaining -= u32::from(is_new);
        is_new
    }
}

/// Returns the bit set of a field after the first 64.
#[cold]
fn take_more(more_taken: &mut Vec<u64>, position: u32) -> Option<&mut u64> {
    let set = (position / u64::BITS) as usize;
    if more_taken.len() <= set {
        count_steps(set + 1 - more_taken.len());
        more_taken.resize(set + 1, 0);
    }
    more_taken.get_mut(set)
}

/// Implements reading and writing for a struct, from the table of its fields: the name of each on the wire
/// and how it is read and written.
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
///     required id = "id",          // T: has to be present, always written
///     optional name = "fullName",  // Option<T>: None is not written; absent or null is read as None
///     nullable email = "email",    // Option<T>: None is written as null; absent or null is read as None
///     patch note = "note",         // Patch<T>: absent, null and a value are distinct
///     rest other,                  // Map<T>: all other fields; has to be last
/// });
///
/// let person: Person = docwright_runtime::from_slice(br#"{"id":"p1","note":null,"vip":true}"#)?;
/// assert_eq!(person.note, Patch::Null);
/// assert_eq!(serde_json::to_string(&person)?, r#"{"id":"p1","email":null,"note":null,"vip":true}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A generic type is written with its type parameters.
///
/// ```
/// use docwright_runtime::record;
///
/// #[derive(Debug, PartialEq)]
/// pub struct List<T> {
///     pub data: Vec<T>,
///     pub has_more: bool,
/// }
///
/// record!(List<T> { required data = "data", required has_more = "has_more" });
///
/// let ids: List<String> = docwright_runtime::from_slice(br#"{"data":["a"],"has_more":false}"#)?;
/// assert_eq!(ids.data, ["a"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A type that is sent may list the documented constraints of its fields. With the feature `validate`, it has
/// a method `validate` that checks them.
///
/// ```
/// use docwright_runtime::{Limit, record};
///
/// pub struct Address {
///     pub zip: String,
/// }
///
/// record!(Address { required zip = "zip" }, limits [
///     Limit::field("zip").length(Some(5), Some(5)),
/// ]);
/// ```
#[macro_export]
macro_rules! record {
    ($name:ident $(<$($parameter:ident),+>)? { $($table:tt)* }) => {
        $crate::record!($name $(<$($parameter),+>)? { $($table)* } ());
    };
    ($name:ident $(<$($parameter:ident),+>)? { $($table:tt)* }, limits [$($limits:tt)*]) => {
        $crate::record!($name $(<$($parameter),+>)? { $($table)* } ([$($limits)*]));
        $crate::validate_method!($name $(<$($parameter),+>)?);
    };
    ($name:ident $(<$($parameter:ident),+>)? { $($mode:ident $field:ident $(= $wire:literal)?),* $(,)? } ($($limits:tt)*)) => {
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Decode),+>)? $crate::wire::Decode
            for $name $(<$($parameter),+>)?
        {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                #[allow(unused_mut)]
                let mut fields = $crate::wire::FieldReader::new(node)?;
                let record = Self { $($field: $crate::read_field!(fields $mode $($wire)?),)* };
                fields.finish(record)
            }
        }
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Encode),+>)? $crate::wire::Encode
            for $name $(<$($parameter),+>)?
        {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::Object(self)
            }
            #[allow(unused_variables)]
            fn fields(&self, fields: &mut $crate::wire::FieldVisitor<'_>) {
                $($crate::wire::FieldVisitor::$mode(fields $(, $wire)?, &self.$field);)*
            }
            $crate::field_limits!($($limits)*);
        }
        $crate::impl_serde!($name $(<$($parameter),+>)?);
    };
}

/// Reads one field of a struct.
#[doc(hidden)]
#[macro_export]
macro_rules! read_field {
    // With `?` a struct would take a third longer to compile.
    ($fields:ident required $wire:literal) => {
        match $crate::wire::FieldReader::required(&mut $fields, $wire) {
            $crate::wire::Decoded::Ok(value) => value,
            $crate::wire::Decoded::Err(error) => return $crate::wire::Decoded::Err(error),
        }
    };
    ($fields:ident $mode:ident $($wire:literal)?) => {
        $crate::wire::FieldReader::$mode(&mut $fields $(, $wire)?)
    };
}

/// Implements serde's traits by means of [`Encode`](crate::Encode) and [`Decode`](crate::Decode).
#[doc(hidden)]
#[macro_export]
macro_rules! impl_serde {
    ($name:ident $(<$($parameter:ident),+>)?) => {
        #[allow(deprecated)]
        impl $(<$($parameter: $crate::wire::Encode),+>)? $crate::serde::Serialize
            for $name $(<$($parameter),+>)?
        {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::serialize(self, to)
            }
        }
        #[allow(deprecated)]
        impl<'de $($(, $parameter: $crate::wire::Decode + 'static)+)?> $crate::serde::Deserialize<'de>
            for $name $(<$($parameter),+>)?
        {
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
