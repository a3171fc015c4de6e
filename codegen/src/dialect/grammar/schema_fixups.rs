//! Repairs of what real documents often get wrong in schemas.

use super::Audit;
use super::suggest::closest;
use crate::dialect::detect::Dialect;
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node, escape};

const TYPES: [&str; 7] = ["string", "number", "integer", "boolean", "array", "object", "null"];

/// Words of other type systems, with the format that goes with them.
const OTHER_WORDS: [(&str, &str, Option<&str>); 22] = [
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
    ("decimal", "number", None),
    ("bool", "boolean", None),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
];

impl Audit<'_> {
    /// A schema that is not a map: `true`, `false`, a type's name, an empty list. It is dealt with
    /// if the response is `true`.
    pub(super) fn schema_in_short(&mut self, node: &mut Node) -> bool {
        let location = Location::Member(node.origin);
        match &node.kind {
            Kind::Bool(flag) => {
                if self.dialect == Dialect::OpenApi30 {
                    self.note(
                        location,
                        format!("the schema `{flag}` is read as OpenAPI 3.1 reads it"),
                    );
                }
                true
            }
            Kind::String(word) if TYPES.contains(&word.as_str()) => {
                self.note(location, format!("the schema `{word}` is read as `type: {word}`"));
                let word = Node::string(word.clone(), node.origin);
                node.kind = Kind::Object(Map::from_iter([("type".to_owned(), word)]));
                true
            }
            Kind::Array(items) if items.is_empty() => {
                self.note(location, "an empty list in a schema's location is read as any value");
                node.kind = Kind::Object(Map::new());
                true
            }
            Kind::Null | Kind::Number(_) | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => {
                false
            }
        }
    }
}

/// `type: String`, `type: int`, `type: any`, `type: ''`.
pub(super) fn type_words(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(mut node) = map.shift_remove("type") else { return };
    let mut format = None;
    let keep = match &mut node.kind {
        Kind::Array(words) => {
            words.retain_mut(|word| word.as_str().is_none() || type_word(word, &mut format, audit));
            !words.is_empty()
        }
        Kind::String(_) => type_word(&mut node, &mut format, audit),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => true,
    };
    let origin = node.origin;
    if keep {
        map.shift_insert(0, "type".to_owned(), node);
    } else {
        audit.account.drop(origin, "type");
    }
    if let Some(format) = format {
        map.entry("format".to_owned()).or_insert_with(|| Node::string(format, origin));
    }
}

fn type_word(node: &mut Node, format: &mut Option<&'static str>, audit: &mut Audit<'_>) -> bool {
    let Some(word) = node.as_str().map(str::to_owned) else { return true };
    if TYPES.contains(&word.as_str()) {
        return true;
    }
    let lower = word.trim().to_ascii_lowercase();
    let location = Location::Member(node.origin);
    if matches!(lower.as_str(), "any" | "mixed" | "") {
        audit.note(location, format!("`type: {word}` is read as any value"));
        return false;
    }
    let known = TYPES.iter().find(|known| **known == lower).map(|known| (*known, None));
    let other = OTHER_WORDS.iter().find(|(other, ..)| *other == lower);
    if let Some((known, its)) = known.or(other.map(|(_, known, its)| (*known, *its))) {
        audit.note(location, format!("`type: {word}` is read as `type: {known}`"));
        *format = format.or(its);
        node.kind = Kind::String(known.to_owned());
        return true;
    }
    let what = format!("`{word}` is not a type; the schema is read as any value");
    let mut problem = Problem::warning(location, what);
    problem.help = closest(&word, TYPES.into_iter()).map(|word| format!("did you mean `{word}`?"));
    audit.problem(problem);
    false
}

/// `discriminator: kind` for `discriminator: {propertyName: kind}`, and one that names nothing.
pub(super) fn discriminator_parts(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get_mut("discriminator") else { return };
    let location = Location::Member(node.origin);
    match &node.kind {
        Kind::String(_) => {
            let name = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
            node.kind = Kind::Object(Map::from_iter([("propertyName".to_owned(), name)]));
            audit.note(location, "`discriminator` as text is read as its `propertyName`");
        }
        Kind::Object(members) if !members.contains_key("propertyName") => {
            let what = "the discriminator names no member; the types are told apart by their shape";
            audit.problem(
                Problem::warning(location, what)
                    .help("name the member that holds the tag under `propertyName`"),
            );
            audit.account.drop(node.origin, "discriminator");
            map.shift_remove("discriminator");
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) | Kind::Object(_) => {}
    }
}

/// `items` as a list: JSON Schema's older way to write `prefixItems`.
pub(super) fn items_as_tuple(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get("items") else { return };
    if matches!(&node.kind, Kind::Array(items) if !items.is_empty())
        && !map.contains_key("prefixItems")
    {
        let location = Location::Member(node.origin);
        audit.note(location, "`items` as a list is read as `prefixItems`");
        if let Some(items) = map.shift_remove("items") {
            map.insert("prefixItems".to_owned(), items);
        }
    }
}

/// `required: true` on a property, as JSON Schema had it once: the object's own list says it.
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
        let taken = property.as_object_mut().and_then(|map| map.shift_remove("required"));
        let Some(node) = taken else { continue };
        let what = if flag {
            format!("`required: true` on `{name}` is read as its name in the object's `required`")
        } else {
            format!("`required: false` on `{name}` is left out; it is so unless listed")
        };
        audit.problem(
            Problem::note(Location::Member(node.origin), what)
                .help("list the names of the required properties under the object's `required`"),
        );
        if flag {
            names.push(Node::string(name.clone(), node.origin));
            audit.account.keep(node.origin);
        } else {
            audit.account.drop(node.origin, "required");
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

/// `anyOf: [X, {nullable: true}]`: read by the letter, that is any value, and `X` says nothing. Tools
/// that make descriptions from code mean null by it.
pub(super) fn null_alternative(map: &mut Map, audit: &mut Audit<'_>) {
    for key in ["anyOf", "oneOf"] {
        let Some(Kind::Array(members)) = map.get_mut(key).map(|node| &mut node.kind) else {
            continue;
        };
        if members.len() < 2 {
            continue;
        }
        for member in members {
            let origin = member.origin;
            let Some(inner) = member.as_object_mut() else { continue };
            let nullable = inner.get("nullable").and_then(Node::as_bool) == Some(true);
            if nullable && inner.len() == 1 {
                let what = "`nullable: true` alone as an alternative is read as null";
                audit.note(Location::Member(origin), what);
                let null = Node { kind: Kind::Null, origin };
                inner.insert("enum".to_owned(), Node::array(vec![null], origin));
            }
        }
    }
}

/// `type: number` with the format of an integer: read as a float it would lose digits.
pub(super) fn whole_numbers(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(format) = map.get("format").and_then(Node::as_str) else { return };
    if !matches!(format, "int32" | "int64") {
        return;
    }
    let what = format!("`type: number` with `format: {format}` is read as `type: integer`");
    let Some(node) = map.get_mut("type") else { return };
    let location = Location::Member(node.origin);
    let words = match &mut node.kind {
        Kind::Array(words) => words.as_mut_slice(),
        Kind::String(_) => std::slice::from_mut(node),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::Object(_) => return,
    };
    for word in words.iter_mut().filter(|word| word.as_str() == Some("number")) {
        word.kind = Kind::String("integer".to_owned());
        audit.note(location.clone(), what.clone());
    }
}

/// What `nullable` was called before OpenAPI 3.0.
pub(in crate::dialect) const NULLABLE: &str = "x-nullable";

/// `x-nullable: true`, what `nullable` was called before OpenAPI 3.0.
pub(super) fn nullable_extension(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get(NULLABLE) else { return };
    if node.as_bool() == Some(true) && !map.contains_key("nullable") {
        audit.note(Location::Member(node.origin), "`x-nullable` is read as `nullable`");
        let node = Node::bool(true, node.origin);
        map.insert("nullable".to_owned(), node);
    }
}

/// `#/$defs/Name` where the document has no such thing but a schema round the reference does.
pub(super) fn local_definitions(map: &mut Map, audit: &mut Audit<'_>) {
    for key in ["$defs", "definitions"] {
        if let Some(members) = map.get(key).and_then(Node::as_object) {
            let tokens = audit.path.iter().map(|token| format!("/{}", escape(token)));
            let pointer = format!("{}/{key}", tokens.collect::<String>());
            audit.definitions.push((pointer, members.keys().cloned().collect()));
        }
    }
    let Some(reference) = map.get_mut("$ref") else { return };
    let Some(name) = reference.as_str().and_then(|text| {
        text.strip_prefix("#/$defs/").or_else(|| text.strip_prefix("#/definitions/"))
    }) else {
        return;
    };
    let round = audit.definitions.iter().rev();
    let found = round.clone().find(|(_, names)| names.iter().any(|known| known == name));
    if let Some((pointer, _)) = found {
        let text = format!("#{pointer}/{}", escape(name));
        *reference = Node::string(text, reference.origin);
    }
}
