//! Repairs of common mistakes of real documents outside schemas and parameters. Each repair reports
//! what it changed; none applies where two readings are possible.

use super::Audit;
use crate::dialect::detect::Dialect;
use crate::method::Method;
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node};

impl Audit<'_> {
    /// Reports that something is read differently from how it is written.
    pub(super) fn note(&mut self, location: Location, message: impl Into<String>) {
        self.report_problem(Problem::note(location, message));
    }

    /// Inserts an empty string under `key` if the key is missing, with a note.
    pub(super) fn insert_empty_string(&mut self, map: &mut Map, key: &str, owner: &str) {
        if !map.contains_key(key) {
            let message = format!("{owner} has no `{key}`; an empty one is assumed");
            self.note(Location::Value(self.origin), message);
            map.insert(key.to_owned(), Node::string("", self.origin));
        }
    }
}

/// Adds an empty `paths` to a document that has only types and, in OpenAPI 3.1, webhooks.
pub(super) fn without_paths(map: &mut Map, audit: &mut Audit<'_>) {
    let keys = ["webhooks", "components", "definitions"];
    if keys.iter().any(|key| map.contains_key(*key)) && !map.contains_key("paths") {
        map.insert("paths".to_owned(), Node::object(Map::new(), audit.origin));
    }
}

/// Converts `tags: [pets]` at the root to `tags: [{name: pets}]`.
pub(super) fn tags_as_strings(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(Kind::Array(tags)) = map.get_mut("tags").map(|tags| &mut tags.kind) else { return };
    for tag in tags.iter_mut().filter(|tag| tag.as_str().is_some()) {
        let name = Node { kind: std::mem::replace(&mut tag.kind, Kind::Null), ..*tag };
        tag.kind = Kind::Object(Map::from_iter([("name".to_owned(), name)]));
        audit.note(
            Location::Value(tag.origin),
            "the tag is a string; it is read as the `name` of the tag",
        );
    }
}

/// Uses `summary` if there is no `description`.
pub(super) fn summary_as_description(map: &mut Map, _: &mut Audit<'_>) {
    if !map.contains_key("description")
        && let Some(summary) = map.shift_remove("summary")
    {
        map.insert("description".to_owned(), summary);
    }
}

/// Uses the first value of a server variable without a `default`.
pub(super) fn default_from_enum(map: &mut Map, audit: &mut Audit<'_>) {
    if map.contains_key("default") {
        return;
    }
    if let Some(first) = map.get("enum").and_then(|values| values.as_array()?.first()).cloned() {
        let message = "the variable has no `default`; its first value is used";
        audit.note(Location::Value(audit.origin), message);
        map.insert("default".to_owned(), first);
    }
}

/// Converts `GET:` to `get:`.
pub(super) fn uppercase_methods(map: &mut Map, audit: &mut Audit<'_>) {
    for method in Method::ALL.map(Method::key) {
        let found = map.keys().position(|k| k != method && k.eq_ignore_ascii_case(method));
        let Some((index, false)) = found.map(|index| (index, map.contains_key(method))) else {
            continue;
        };
        let Some((key, node)) = map.shift_remove_index(index) else { continue };
        audit.note(Location::Entry(node.origin), format!("`{key}` is read as `{method}`"));
        map.shift_insert(index, method.to_owned(), node);
    }
}

/// Reports missing `responses`, which OpenAPI 3.0 requires, unlike 3.1.
pub(super) fn responses_missing(map: &mut Map, audit: &mut Audit<'_>) {
    if audit.dialect == Dialect::OpenApi30 && !map.contains_key("responses") {
        let message = "the operation has no `responses`; every response is returned as received";
        audit.note(Location::Value(audit.origin), message);
    }
}

/// Converts `examples` from an array, as in schemas, to an object of named examples.
pub(super) fn examples_as_list(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(examples) = map.get_mut("examples") else { return };
    let location = Location::Entry(examples.origin);
    let Kind::Array(items) = &mut examples.kind else { return };
    let examples_by_name = std::mem::take(items).into_iter().enumerate().map(|(index, item)| {
        let origin = item.origin;
        let item = match item.get("value") {
            Some(_) => item,
            None => Node::object(Map::from_iter([("value".to_owned(), item)]), origin),
        };
        (format!("example{}", index + 1), item)
    });
    examples.kind = Kind::Object(examples_by_name.collect());
    audit.note(
        location,
        "`examples` must be an object of named examples; the items of the array are used",
    );
}

/// Wraps an example's value that is not under `value`.
pub(super) fn examples_without_value(map: &mut Map, audit: &mut Audit<'_>) {
    const KEYS: [&str; 6] =
        ["summary", "description", "value", "externalValue", "dataValue", "$ref"];
    let Some(Kind::Object(examples)) = map.get_mut("examples").map(|node| &mut node.kind) else {
        return;
    };
    for (_, example) in examples {
        let known = |key: &String| KEYS.contains(&key.as_str()) || key.starts_with("x-");
        let is_example = match &example.kind {
            Kind::Object(map) => map.is_empty() || map.keys().any(known),
            Kind::Null => true,
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) => false,
        };
        if !is_example {
            let message = "the example has no `value`; the whole example is read as the value";
            audit.note(Location::Entry(example.origin), message);
            let value = Node { kind: std::mem::replace(&mut example.kind, Kind::Null), ..*example };
            example.kind = Kind::Object(Map::from_iter([("value".to_owned(), value)]));
        }
    }
}

/// Converts the types of security schemes that OpenAPI 3.0 does not have.
pub(super) fn scheme_type(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get("type") else { return };
    let (Some(scheme_type), origin) = (node.as_str().map(str::to_ascii_lowercase), node.origin)
    else {
        return;
    };
    let scheme = match scheme_type.as_str() {
        "basic" | "bearer" => {
            let message =
                format!("`type: {scheme_type}` is read as `type: http`, `scheme: {scheme_type}`");
            audit.note(Location::Entry(origin), message);
            scheme_type.as_str()
        }
        "mutualtls" => "mutualTLS",
        _ => return,
    };
    map.insert("type".to_owned(), Node::string("http", origin));
    map.insert("scheme".to_owned(), Node::string(scheme, origin));
}

/// Reports the missing keys of each type of security scheme, and inserts fallbacks.
pub(super) fn scheme_required_keys(map: &mut Map, audit: &mut Audit<'_>) {
    let Some((scheme_type, origin)) =
        map.get("type").and_then(|it| Some((it.as_str()?, it.origin)))
    else {
        return;
    };
    let required: &[&str] = match scheme_type {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => {
            if !map.contains_key("flows") {
                let message = "the scheme has no `flows`; the token URL is unknown";
                audit.note(Location::Value(audit.origin), message);
                map.insert("flows".to_owned(), Node::object(Map::new(), audit.origin));
            }
            &[]
        }
        "openIdConnect" => {
            audit.insert_empty_string(map, "openIdConnectUrl", "the scheme");
            &[]
        }
        _ => &[],
    };
    let missing: Vec<_> = required.iter().filter(|key| !map.contains_key(**key)).collect();
    for key in missing {
        let message = format!("a security scheme of this type requires `{key}`");
        audit.error_or_warn(Problem::error(Location::Value(audit.origin), message));
        map.retain(|key, _| !["name", "in"].contains(&key.as_str()));
        map.insert("type".to_owned(), Node::string("http", origin));
        map.insert("scheme".to_owned(), Node::string("unknown", origin));
    }
}

/// Inserts the URLs that each OAuth flow requires.
pub(super) fn flow_required_urls(map: &mut Map, audit: &mut Audit<'_>) {
    const REQUIRED: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, required) in REQUIRED {
        if let Some(Kind::Object(flow)) = map.get_mut(flow).map(|node| &mut node.kind) {
            for key in required {
                audit.insert_empty_string(flow, key, "the flow");
            }
        }
    }
}
