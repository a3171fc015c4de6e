//! Ids, each kind a type of its own.

/// Implements reading, writing and conversions for the type of the ids of one kind of resource: a string that
/// is not mistaken for the id of another kind. On the wire it is the string.
///
/// ```
/// use docwright_runtime::id;
///
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct CustomerId(String);
/// id!(CustomerId);
///
/// let id = CustomerId::from("cus_1");
/// assert_eq!((id.as_str(), id.to_string()), ("cus_1", "cus_1".to_owned()));
/// assert_eq!(docwright_runtime::to_json(&id)?, br#""cus_1""#);
/// assert_eq!(docwright_runtime::from_slice::<CustomerId>(br#""cus_1""#)?, id);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The id of another kind is not accepted:
///
/// ```compile_fail,E0308
/// use docwright_runtime::id;
///
/// struct CustomerId(String);
/// struct ChargeId(String);
/// id!(CustomerId);
/// id!(ChargeId);
///
/// fn refund(charge: &ChargeId) {}
/// refund(&CustomerId::from("cus_1"));
/// ```
#[macro_export]
macro_rules! id {
    ($name:ident) => {
        impl $name {
            /// Returns the id as a string.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl ::core::convert::From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(::std::borrow::ToOwned::to_owned(id))
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            fn from(id: ::std::string::String) -> Self {
                Self(id)
            }
        }
        impl ::core::convert::From<$name> for ::std::string::String {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(&self.0)
            }
        }
        impl $crate::wire::Decode for $name {
            fn decode(node: $crate::wire::Node<'_>) -> $crate::wire::Decoded<Self> {
                $crate::wire::Decode::decode(node).map(Self)
            }
        }
        impl $crate::wire::Encode for $name {
            fn view(&self) -> $crate::wire::View<'_> {
                $crate::wire::View::String(&self.0)
            }
        }
        $crate::impl_serde!($name);
    };
}

#[cfg(test)]
mod tests {
    use crate::{from_slice, to_json};

    #[derive(Debug)]
    struct CustomerId(String);
    id!(CustomerId);

    #[test]
    fn an_id_reads_what_a_string_reads() {
        for json in [r#""cus_1""#, r#""""#, r#""\u00e4 \" ""#, "1", "null", "true", "[]"] {
            let text = from_slice::<String>(json.as_bytes());
            let id = from_slice::<CustomerId>(json.as_bytes());
            match (text, id) {
                (Ok(text), Ok(id)) => {
                    assert_eq!((id.as_str(), id.as_ref()), (text.as_str(), text.as_str()));
                    assert_eq!(to_json(&id).unwrap(), to_json(&text).unwrap());
                    assert_eq!(String::from(id), text);
                }
                (Err(expected), Err(error)) => assert_eq!(error.to_string(), expected.to_string()),
                (text, id) => panic!("{json}: {text:?}, {id:?}"),
            }
        }
    }
}
