//! The macros in a crate that denies every warning, under names that shadow the prelude's, on
//! deprecated items.

#![deny(warnings, missing_docs, clippy::all, unused_qualifications)]

/// Types as a hostile description would name them.
pub mod types {
    use docwright_runtime::{open_enum, record, request, responses, union};

    /// Shadows the prelude's.
    #[derive(Debug, Clone, PartialEq)]
    #[deprecated]
    pub struct Option {
        /// A member that is deprecated.
        #[deprecated]
        pub r#type: ::std::string::String,
        /// Members beside it.
        pub rest: docwright_runtime::Map<Vec>,
    }
    record!(Option { required r#type = "type", rest rest });

    /// Shadows the prelude's.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Vec {}
    record!(Vec {});

    /// Shadows the prelude's.
    #[derive(Debug, Clone, PartialEq)]
    #[deprecated]
    pub enum String {
        /// Shadows the prelude's.
        Some,
        /// Shadows the prelude's.
        #[deprecated]
        None,
        /// Any other.
        Unknown(::std::string::String),
    }
    open_enum!(String { Some = "some", None = "none" });

    /// Shadows the prelude's.
    #[derive(Debug, Clone, Copy, PartialEq)]
    #[deprecated]
    pub enum Box {
        /// Shadows the prelude's.
        #[deprecated]
        Ok,
        /// Any other.
        Err(i64),
    }
    open_enum!(Box: i64, other: Err { Ok = 0 });

    /// Shadows the prelude's.
    #[derive(Debug, Clone, PartialEq)]
    #[allow(deprecated)]
    pub enum Result {
        /// A record.
        Ok(Option),
        /// An enum.
        Err(String),
        /// Any other.
        Unknown(docwright_runtime::Value),
    }
    union!(Result { Ok(Option), Err(String) });

    /// Shadows the prelude's.
    #[derive(Debug, Clone, PartialEq)]
    #[allow(deprecated)]
    pub enum Some {
        /// A record.
        Default(Vec),
        /// Any other.
        Unknown(docwright_runtime::Value),
    }
    union!(Some by "Self" { Default(Vec) = "Default" });

    /// Error bodies.
    #[derive(Debug)]
    #[allow(deprecated)]
    pub enum Error {
        /// 400
        #[deprecated]
        Ok(Option),
        /// Any other.
        Default,
    }
    responses!(Error {
        code 400 => Ok json Option,
        default => Default,
    }, code at "code": String);

    /// A request.
    #[derive(Debug)]
    #[deprecated]
    pub struct Send<'a>(docwright_runtime::Call<'a>);
    request!(Send => json Vec, Error);
}

#[test]
fn they_work_under_any_name() {
    let value: types::Result =
        docwright_runtime::from_slice(br#"{"type":"t","x":{}}"#).expect("it is one of them");
    assert!(matches!(value, types::Result::Ok(_)));
    let value: types::Some =
        docwright_runtime::from_slice(br#"{"Self":"Default"}"#).expect("so is it");
    assert_eq!(value, types::Some::Default(types::Vec {}));
    assert_eq!(docwright_runtime::to_json(&value).expect("it has JSON"), br#"{"Self":"Default"}"#);
}
