//! One covered component: its name alone, or a table.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::ir::Method;

/// A component that a signature covers (RFC 9421 §2). `"@method"` alone, or a table with more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// A field's name, or that of a derived component, such as `@method`.
    pub name: String,
    /// Its own parameters as they are written, such as `;name="page"`.
    pub parameters: String,
    /// Methods of requests that it is covered in; empty: all.
    pub methods: Vec<Method>,
    /// Covered only if the request has it.
    pub if_present: bool,
    /// The header whose value it has, where that goes by another name.
    pub from: Option<String>,
    /// What its line of the signature base begins with instead of the quoted name and `: `.
    pub line: Option<String>,
}

/// The table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: String,
    #[serde(default)]
    parameters: String,
    #[serde(default)]
    methods: Vec<Method>,
    #[serde(default)]
    if_present: bool,
    from: Option<String>,
    line: Option<String>,
}

impl<'de> Deserialize<'de> for Component {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Either)
    }
}

/// Takes either form, so that what is wrong with a table is told of the table.
struct Either;

impl<'de> Visitor<'de> for Either {
    type Value = Component;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a component, or a table with its `name`")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Component, E> {
        Ok(Component { name: name.to_owned(), ..Component::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Component, A::Error> {
        let Table { name, parameters, methods, if_present, from, line } =
            Table::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Component { name, parameters, methods, if_present, from, line })
    }
}
