//! Repairs of common mistakes of real documents in schemas.

use super::Audit;
use crate::dialect::detect::Dialect;
use crate::report::{Location, Problem, closest};
use crate::source::{Kind, Map, Node, escape};

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// Type names of other type systems: the JSON Schema type, and the format if there is one.
const TYPE_SYNONYMS: [(&str, &str, Option<&str>); 22] = [
    ("str", "string", None),
    ("text", "string", None),
    ("uuid", "string", Some("uuid")),
    ("date", "string", Some("date")),
    ("datetime", "string", Some("date-time")),
    ("date-time", "string", Some("date-time")),
    ("timestamp", "string", Some("date-time")),
    ("email", "string", Some("email")),
    ("url", "string", Some("uri")),
    ("uri", "string", Some("uri")),
    ("enum", "string", None),
    ("file", "string", Some("binary")),
    ("binary", "string", Some("binary")),
    ("int", "integer", None),
    ("long", "integer", Some("int64")),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", Some("decimal")),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
];

impl Audit<'_> {
    /// Expands a schema that is not an object: `true`, `false`, the name of a type, an empty array.
    /// Returns `false` if the schema is something else.
    pub(super) fn expand_short_schema(&mut self, node: &mut Node) -> bool {
        let location = Location::Entry(node.origin);
        match &node.kind {
            Kind::Bool(flag) => {
                if self.dialect == Dialect::OpenApi30 {
                    self.note(
                        location,
                        format!("the schema `{flag}` is OpenAPI 3.1 syntax; it is read as such"),
                    );
                }
                true
            }
            Kind::String(name) if TYPES.contains(&name.as_str()) => {
                self.note(location, format!("the schema `{name}` is read as `type: {name}`"));
                let name = Node::string(name.clone(), node.origin);
                node.kind = Kind::Object(Map::from_iter([("type".to_owned(), name)]));
                true
            }
            Kind::Array(items) if items.is_empty() => {
                self.note(location, "the schema is an empty array; it is read as any value");
                node.kind = Kind::Object(Map::new());
                true
            }
            Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => {
                false
            }
        }
    }
}

/// Corrects `type: String`, `type: int`, `type: any` and `type: ''`.
pub(super) fn type_names(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(mut node) = map.shift_remove("type") else { return };
    let mut implied_format = None;
    let keep = match &mut node.kind {
        Kind::Array(types) => {
            types.retain_mut(|node| {
                node.as_str().is_none() || type_name(node, &mut implied_format, audit)
            });
            !types.is_empty()
        }
        Kind::String(_) => type_name(&mut node, &mut implied_format, audit),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => true,
    };
    let origin = node.origin;
    if keep {
        map.shift_insert(0, "type".to_owned(), node);
    } else {
        audit.ledger.drop(origin, "type");
    }
    if let Some(format) = implied_format {
        map.entry("format".to_owned()).or_insert_with(|| Node::string(format, origin));
    }
}

/// Corrects the name of a type. Returns `false` if the name must be removed.
fn type_name(node: &mut Node, format: &mut Option<&'static str>, audit: &mut Audit<'_>) -> bool {
    let Some(name) = node.as_str().map(str::to_owned) else { return true };
    if TYPES.contains(&name.as_str()) {
        return true;
    }
    let lower = name.trim().to_ascii_lowercase();
    let location = Location::Entry(node.origin);
    if matches!(lower.as_str(), "any" | "mixed" | "") {
        audit.note(location, format!("`type: {name}` is read as any value"));
        return false;
    }
    let known = TYPES.iter().find(|known| **known == lower).map(|known| (*known, None));
    let synonym = TYPE_SYNONYMS.iter().find(|(other, ..)| *other == lower);
    if let Some((known, implied)) = known.or(synonym.map(|(_, known, implied)| (*known, *implied)))
    {
        if (audit.dialect, lower.as_str()) != (Dialect::Swagger20, "file") {
            audit.note(location, format!("`type: {name}` is read as `type: {known}`"));
        }
        *format = format.or(implied);
        node.kind = Kind::String(known.to_owned());
        return true;
    }
    let message = format!("`{name}` is not a JSON Schema type; the schema is read as any value");
    let mut problem = Problem::warning(location, message);
    problem.help =
        closest(&name, TYPES.into_iter()).map(|known| format!("did you mean `{known}`?"));
    audit.report_problem(problem);
    false
}

/// Converts `discriminator: kind` to `discriminator: {propertyName: kind}`, and removes a
/// discriminator without a property.
pub(super) fn discriminator_property(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get_mut("discriminator") else { return };
    let location = Location::Entry(node.origin);
    match &node.kind {
        Kind::String(_) => {
            let name = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
            node.kind = Kind::Object(Map::from_iter([("propertyName".to_owned(), name)]));
            if audit.dialect != Dialect::Swagger20 {
                let message = "`discriminator` is a string; it is read as its `propertyName`";
                audit.note(location, message);
            }
        }
        Kind::Object(inner) if !inner.contains_key("propertyName") => {
            let message = "the discriminator has no `propertyName`; it is skipped, and values are \
                           matched by best fit";
            audit.report_problem(
                Problem::warning(location, message)
                    .help("name the property that contains the tag as `propertyName`"),
            );
            audit.ledger.drop(node.origin, "discriminator");
            map.shift_remove("discriminator");
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) => {}
    }
}

/// Converts an array of `items`, as in older versions of JSON Schema, to `prefixItems`.
pub(super) fn items_as_tuple(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get("items") else { return };
    if matches!(&node.kind, Kind::Array(items) if !items.is_empty())
        && !map.contains_key("prefixItems")
    {
        let location = Location::Entry(node.origin);
        audit.note(location, "`items` is an array; it is read as `prefixItems`");
        if let Some(items) = map.shift_remove("items") {
            map.insert("prefixItems".to_owned(), items);
        }
    }
}

/// Moves `required: true` from a property, as in an early version of JSON Schema, to the `required`
/// array of the object.
pub(super) fn required_on_properties(map: &mut Map, audit: &mut Audit<'_>) {
    if audit.dialect == Dialect::Endpoint {
        return;
    }
    let Some(Kind::Object(properties)) = map.get_mut("properties").map(|node| &mut node.kind)
    else {
        return;
    };
    let mut names = Vec::new();
    for (name, property) in properties.iter_mut() {
        let Some(flag) = property.get("required").and_then(Node::as_bool) else { continue };
        let removed = property.as_object_mut().and_then(|map| map.shift_remove("required"));
        let Some(node) = removed else { continue };
        let message = if flag {
            format!(
                "`required: true` on the property `{name}` is moved to the `required` of the object"
            )
        } else {
            format!("`required: false` on the property `{name}` is ignored; it is the default")
        };
        audit.report_problem(
            Problem::note(Location::Entry(node.origin), message).help(
                "list the names of required properties in the `required` array of the object",
            ),
        );
        if flag {
            names.push(Node::string(name.clone(), node.origin));
            audit.ledger.keep(node.origin);
        } else {
            audit.ledger.drop(node.origin, "required");
        }
    }
    if names.is_empty() {
        return;
    }
    let origin = audit.origin;
    let list = map.entry("required".to_owned()).or_insert_with(|| Node::array(Vec::new(), origin));
    if let Kind::Array(list) = &mut list.kind {
        for name in names {
            if !list.contains(&name) {
                list.push(name);
            }
        }
    }
}

/// Reads `{nullable: true}` in `anyOf: [X, {nullable: true}]` as null. Strictly, that schema allows
/// any value and makes `X` meaningless, but tools that generate documents from code mean null.
pub(super) fn null_alternative(map: &mut Map, audit: &mut Audit<'_>) {
    for key in ["anyOf", "oneOf"] {
        let Some(Kind::Array(alternatives)) = map.get_mut(key).map(|node| &mut node.kind) else {
            continue;
        };
        if alternatives.len() < 2 {
            continue;
        }
        for alternative in alternatives {
            let origin = alternative.origin;
            let Some(inner) = alternative.as_object_mut() else { continue };
            let nullable = inner.get("nullable").and_then(Node::as_bool) == Some(true);
            if nullable && inner.len() == 1 {
                let message = "the alternative `nullable: true` without a type is read as null";
                audit.note(Location::Entry(origin), message);
                let null = Node { kind: Kind::Null, origin };
                inner.insert("enum".to_owned(), Node::array(vec![null], origin));
            }
        }
    }
}

/// Converts `type: number` with the format of an integer to `type: integer`: a float would lose
/// digits.
pub(super) fn integer_formats(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(format) = map.get("format").and_then(Node::as_str) else { return };
    if !matches!(format, "int32" | "int64") {
        return;
    }
    let message = format!("`type: number` with `format: {format}` is read as `type: integer`");
    let Some(node) = map.get_mut("type") else { return };
    let location = Location::Entry(node.origin);
    let types = match &mut node.kind {
        Kind::Array(types) => types.as_mut_slice(),
        Kind::String(_) => std::slice::from_mut(node),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => return,
    };
    for node in types.iter_mut().filter(|node| node.as_str() == Some("number")) {
        node.kind = Kind::String("integer".to_owned());
        audit.note(location.clone(), message.clone());
    }
}

/// The extension that `nullable` replaced in OpenAPI 3.0.
pub(in crate::dialect) const NULLABLE: &str = "x-nullable";

/// Converts `x-nullable: true`, which predates OpenAPI 3.0, to `nullable: true`.
pub(super) fn nullable_extension(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get(NULLABLE) else { return };
    if node.as_bool() == Some(true) && !map.contains_key("nullable") {
        if audit.dialect != Dialect::Swagger20 {
            audit.note(Location::Entry(node.origin), "`x-nullable` is read as `nullable`");
        }
        let node = Node::bool(true, node.origin);
        map.insert("nullable".to_owned(), node);
    }
}

/// Resolves `#/$defs/Name` against the enclosing schemas, if one of them defines the name.
pub(super) fn references_to_local_definitions(map: &mut Map, audit: &mut Audit<'_>) {
    for key in ["$defs", "definitions"] {
        if let Some(definitions) = map.get(key).and_then(Node::as_object) {
            let tokens = audit.path.iter().map(|token| format!("/{}", escape(token)));
            let pointer = format!("{}/{key}", tokens.collect::<String>());
            audit.definitions.push((pointer, definitions.keys().cloned().collect()));
        }
    }
    let Some(reference) = map.get_mut("$ref") else { return };
    let Some(name) = reference.as_str().and_then(|text| {
        text.strip_prefix("#/$defs/").or_else(|| text.strip_prefix("#/definitions/"))
    }) else {
        return;
    };
    let innermost_first = audit.definitions.iter().rev();
    let mut enclosing =
        innermost_first.filter(|(_, names)| names.iter().any(|known| known == name));
    if let Some((pointer, _)) = enclosing.next() {
        let text = format!("#{pointer}/{}", escape(name));
        *reference = Node::string(text, reference.origin);
    }
}
