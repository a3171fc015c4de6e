//! Repairs of what real documents often get wrong outside schemas and parameters. Each says what it
//! did; none guesses where two readings are possible.

use super::Audit;
use crate::dialect::detect::Dialect;
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node};

pub(super) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl Audit<'_> {
    /// Says that something was read in another way than it was written.
    pub(super) fn note(&mut self, location: Location, what: impl Into<String>) {
        self.problem(Problem::note(location, what));
    }

    /// An empty string for the member `key`, with a note.
    pub(super) fn insert_empty(&mut self, map: &mut Map, key: &str, owner: &str) {
        if !map.contains_key(key) {
            let what = format!("{owner} has no `{key}`; it is read as empty");
            self.note(Location::Value(self.origin), what);
            map.insert(key.to_owned(), Node::string("", self.origin));
        }
    }
}

/// A document of OpenAPI 3.1 may hold webhooks or components alone.
pub(super) fn webhooks_only(map: &mut Map, audit: &mut Audit<'_>) {
    let alone = ["webhooks", "components"].iter().any(|key| map.contains_key(*key));
    if audit.dialect == Dialect::OpenApi31 && alone && !map.contains_key("paths") {
        map.insert("paths".to_owned(), Node::object(Map::new(), audit.origin));
    }
}

/// `tags: [pets]` at the root: names where maps with a `name` are expected.
pub(super) fn tags_as_text(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(Kind::Array(tags)) = map.get_mut("tags").map(|tags| &mut tags.kind) else { return };
    for tag in tags.iter_mut().filter(|tag| tag.as_str().is_some()) {
        let name = Node { kind: std::mem::replace(&mut tag.kind, Kind::Null), ..*tag };
        tag.kind = Kind::Object(Map::from_iter([("name".to_owned(), name)]));
        audit.note(Location::Value(tag.origin), "a tag given as text is read as its name");
    }
}

/// `summary` where there is no `description`.
pub(super) fn summary_as_description(map: &mut Map, _: &mut Audit<'_>) {
    if !map.contains_key("description")
        && let Some(summary) = map.shift_remove("summary")
    {
        map.insert("description".to_owned(), summary);
    }
}

/// A server variable without `default`: the first of its values.
pub(super) fn default_from_enum(map: &mut Map, audit: &mut Audit<'_>) {
    if map.contains_key("default") {
        return;
    }
    if let Some(first) = map.get("enum").and_then(|values| values.as_array()?.first()).cloned() {
        let what = "the variable has no `default`; its first value is taken";
        audit.note(Location::Value(audit.origin), what);
        map.insert("default".to_owned(), first);
    }
}

/// `GET:` for `get:`.
pub(super) fn methods_in_capitals(map: &mut Map, audit: &mut Audit<'_>) {
    for method in METHODS {
        let found = map.keys().position(|k| k != method && k.eq_ignore_ascii_case(method));
        let Some((index, false)) = found.map(|index| (index, map.contains_key(method))) else {
            continue;
        };
        let Some((key, node)) = map.shift_remove_index(index) else { continue };
        audit.note(Location::Member(node.origin), format!("`{key}` is read as `{method}`"));
        map.shift_insert(index, method.to_owned(), node);
    }
}

/// OpenAPI 3.0 asks for `responses`, 3.1 does not.
pub(super) fn responses_missing(map: &mut Map, audit: &mut Audit<'_>) {
    if audit.dialect == Dialect::OpenApi30 && !map.contains_key("responses") {
        let what = "the operation has no `responses`; any response is handed over as it came";
        audit.note(Location::Value(audit.origin), what);
    }
}

/// `examples` as a list, as schemas have it, where a map by name is expected.
pub(super) fn examples_as_list(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(examples) = map.get_mut("examples") else { return };
    let location = Location::Member(examples.origin);
    let Kind::Array(items) = &mut examples.kind else { return };
    let named = std::mem::take(items).into_iter().enumerate().map(|(index, item)| {
        let origin = item.origin;
        let item = match item.get("value") {
            Some(_) => item,
            None => Node::object(Map::from_iter([("value".to_owned(), item)]), origin),
        };
        (format!("example{}", index + 1), item)
    });
    examples.kind = Kind::Object(named.collect());
    audit.note(location, "`examples` is a map by name here; the list is read as one");
}

/// An example's value without the map round it that holds `value`.
pub(super) fn examples_bare(map: &mut Map, audit: &mut Audit<'_>) {
    const MEMBERS: [&str; 6] =
        ["summary", "description", "value", "externalValue", "dataValue", "$ref"];
    let Some(Kind::Object(examples)) = map.get_mut("examples").map(|node| &mut node.kind) else {
        return;
    };
    for (_, example) in examples {
        let known = |key: &String| MEMBERS.contains(&key.as_str()) || key.starts_with("x-");
        let is_example = match &example.kind {
            Kind::Object(map) => map.is_empty() || map.keys().any(known),
            Kind::Null => true,
            Kind::Bool(_) | Kind::Number(_) | Kind::String(_) | Kind::Array(_) => false,
        };
        if !is_example {
            let what = "an example's value stands under `value`; the whole is read as the value";
            audit.note(Location::Member(example.origin), what);
            let value = Node { kind: std::mem::replace(&mut example.kind, Kind::Null), ..*example };
            example.kind = Kind::Object(Map::from_iter([("value".to_owned(), value)]));
        }
    }
}

/// Types of security schemes that OpenAPI 3.0 has no word for.
pub(super) fn scheme_type(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(node) = map.get("type") else { return };
    let (Some(word), origin) = (node.as_str().map(str::to_ascii_lowercase), node.origin) else {
        return;
    };
    let scheme = match word.as_str() {
        "basic" | "bearer" => {
            let what = format!("`type: {word}` is read as `type: http` with that scheme");
            audit.note(Location::Member(origin), what);
            word.as_str()
        }
        "mutualtls" => "mutualTLS",
        _ => return,
    };
    map.insert("type".to_owned(), Node::string("http", origin));
    map.insert("scheme".to_owned(), Node::string(scheme, origin));
}

/// What each type of security scheme needs.
pub(super) fn scheme_needs(map: &mut Map, audit: &mut Audit<'_>) {
    let Some((word, origin)) = map.get("type").and_then(|it| Some((it.as_str()?, it.origin)))
    else {
        return;
    };
    let needed: &[&str] = match word {
        "apiKey" => &["name", "in"],
        "http" => &["scheme"],
        "oauth2" => {
            if !map.contains_key("flows") {
                let what = "the scheme has no `flows`; where tokens come from is not known";
                audit.note(Location::Value(audit.origin), what);
                map.insert("flows".to_owned(), Node::object(Map::new(), audit.origin));
            }
            &[]
        }
        "openIdConnect" => {
            audit.insert_empty(map, "openIdConnectUrl", "the scheme");
            &[]
        }
        _ => &[],
    };
    let missing: Vec<_> = needed.iter().filter(|key| !map.contains_key(**key)).collect();
    for key in missing {
        let what = format!("a security scheme of this type needs `{key}`");
        audit.tolerate(Problem::error(Location::Value(audit.origin), what));
        map.retain(|key, _| !["name", "in"].contains(&key.as_str()));
        map.insert("type".to_owned(), Node::string("http", origin));
        map.insert("scheme".to_owned(), Node::string("unknown", origin));
    }
}

/// The addresses that each OAuth flow needs.
pub(super) fn flow_addresses(map: &mut Map, audit: &mut Audit<'_>) {
    const NEEDED: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, needed) in NEEDED {
        if let Some(Kind::Object(flow)) = map.get_mut(flow).map(|node| &mut node.kind) {
            for key in needed {
                audit.insert_empty(flow, key, "the flow");
            }
        }
    }
}
