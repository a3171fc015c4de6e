//! The macros compile without a warning for types whose names shadow the prelude, and for
//! deprecated items.

#![deny(warnings, missing_docs, clippy::all, unused_qualifications)]

/// Types named as a hostile OpenAPI document would name them.
pub mod types {
    use docwright_runtime::{open_enum, record, request, responses, union};

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[deprecated]
    pub struct Option {
        /// A deprecated field.
        #[deprecated]
        pub r#type: ::std::string::String,
        /// Additional fields.
        pub rest: docwright_runtime::Map<Vec>,
    }
    record!(Option { required r#type = "type", rest rest });

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Vec {}
    record!(Vec {});

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[deprecated]
    pub enum String {
        /// Shadows a name of the prelude.
        Some,
        /// Shadows a name of the prelude.
        #[deprecated]
        None,
        /// Any other value.
        Unknown(::std::string::String),
    }
    open_enum!(String { Some = "some", None = "none" });

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, Copy, PartialEq)]
    #[deprecated]
    pub enum Box {
        /// Shadows a name of the prelude.
        #[deprecated]
        Ok,
        /// Any other value.
        Err(i64),
    }
    open_enum!(Box: i64, other: Err { Ok = 0 });

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[allow(deprecated)]
    pub enum Result {
        /// A record.
        Ok(Option),
        /// An enum.
        Err(String),
        /// Any other value.
        Unknown(docwright_runtime::Value),
    }
    union!(Result { Ok(Option), Err(String) });

    /// Shadows a name of the prelude.
    #[derive(Debug, Clone, PartialEq)]
    #[allow(deprecated)]
    pub enum Some {
        /// A record.
        Default(Vec),
        /// Any other value.
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
        /// Any other status.
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
fn macros_work_with_names_that_shadow_the_prelude() {
    let value: types::Result =
        docwright_runtime::from_slice(br#"{"type":"t","x":{}}"#).expect("the JSON of a variant");
    assert!(matches!(value, types::Result::Ok(_)));
    let value: types::Some =
        docwright_runtime::from_slice(br#"{"Self":"Default"}"#).expect("the JSON of a variant");
    assert_eq!(value, types::Some::Default(types::Vec {}));
    assert_eq!(
        docwright_runtime::to_json(&value).expect("a value that has JSON"),
        br#"{"Self":"Default"}"#
    );
}
