//! A covered component: a name, or a table with options.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use crate::method::Method;

/// A component that a signature covers (RFC 9421 §2): a name such as `"@method"`, or a table with
/// options.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Component {
    /// The name of a header, or of a derived component such as `@method`.
    pub name: String,
    /// The component's parameters in their serialized form, such as `;name="page"`.
    pub parameters: String,
    /// The methods of the requests in which it is covered. If empty, all.
    pub methods: Vec<Method>,
    /// Whether it is covered only if the request has it.
    pub if_present: bool,
    /// The header that its value is taken from, if that has another name.
    pub from: Option<String>,
    /// The start of its line in the signature base, instead of the quoted name and `: `.
    pub line: Option<String>,
}

/// The table form of a component.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ComponentTable {
    /// The name of a header, or of a derived component such as `@method`.
    name: String,
    /// The component's parameters in their serialized form, such as `;name="page"`.
    #[serde(default)]
    parameters: String,
    /// The methods of the requests in which it is covered. If empty, all.
    #[serde(default)]
    methods: Vec<Method>,
    /// Whether it is covered only if the request has it.
    #[serde(default)]
    if_present: bool,
    /// The header that its value is taken from, if that has another name.
    from: Option<String>,
    /// The start of its line in the signature base, instead of the quoted name and `: `.
    line: Option<String>,
}

/// A component that a signature covers: a name such as `"@method"`, or a table with options.
#[derive(JsonSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "only its schema is used")]
enum ComponentForm {
    Name(String),
    Table(ComponentTable),
}

impl JsonSchema for Component {
    fn schema_name() -> Cow<'static, str> {
        "Component".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        ComponentForm::json_schema(generator)
    }
}

impl<'de> Deserialize<'de> for Component {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ComponentVisitor)
    }
}

/// Accepts both forms. An untagged enum would not report which key of a table is invalid.
struct ComponentVisitor;

impl<'de> Visitor<'de> for ComponentVisitor {
    type Value = Component;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a component, or a table with its `name`")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Component, E> {
        Ok(Component { name: name.to_owned(), ..Component::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Component, A::Error> {
        let ComponentTable { name, parameters, methods, if_present, from, line } =
            ComponentTable::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Component { name, parameters, methods, if_present, from, line })
    }
}
