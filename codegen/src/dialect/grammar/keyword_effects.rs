//! Inserts each keyword of each table into a document: the coverage report must list it exactly once,
//! and the code must change if the keyword is listed as generated.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::keyword_hosts::find_host;
use super::{ObjectKind, Rule, ValueKind};
use crate::Vendor;
use crate::report::{Location, Origin};
use crate::source::{self, Diagnostics, Input, Node};

/// Collects every kind of object below `object`, `object` itself first.
pub(super) fn collect_kinds(object: ObjectKind, found: &mut Vec<ObjectKind>) {
    if found.contains(&object) {
        return;
    }
    found.push(object);
    let grammar = object.grammar();
    let value_kinds = grammar.keywords.iter().filter_map(|(_, rule)| rule.value_kind());
    for value_kind in value_kinds.chain(grammar.other_keys) {
        match value_kind {
            ValueKind::Object(inner) | ValueKind::Array(inner) | ValueKind::Map(_, inner) => {
                collect_kinds(inner, found)
            }
            ValueKind::SchemaOrBool => collect_kinds(ObjectKind::Schema, found),
            _ => {}
        }
    }
}

/// Returns a valid value of this keyword that has an effect.
fn sample_value(object: ObjectKind, keyword: &str, value_kind: ValueKind) -> Value {
    match (object, keyword) {
        (ObjectKind::SecurityScheme, "type") => return json!("http"),
        (ObjectKind::Entry, "type") => return json!("integer"),
        (ObjectKind::Root, "openapi") => return json!("3.0.3"),
        (ObjectKind::SwaggerRoot, "swagger") => return json!("2.0"),
        (ObjectKind::SwaggerOperation, "schemes") => return json!(["https"]),
        (ObjectKind::SwaggerSecurityScheme, "type") => return json!("basic"),
        (_, "explode") => return json!(false),
        (ObjectKind::EndpointParameter, "style") => return json!("pipeDelimited"),
        (ObjectKind::Endpoint, "type") => return json!("path"),
        (ObjectKind::Entry, "refIdentifier") => return json!("#/components/schemas/Planted"),
        (_, "style") => return json!("spaceDelimited"),
        (ObjectKind::Operation, "operationId") => return json!("planted"),
        (_, "$ref") => return json!("#/components/schemas/Cat"),
        (_, "in") => return json!("header"),
        (_, "format") => return json!("int32"),
        (_, "mapping") => return json!({"dog": "#/components/schemas/Cat"}),
        (ObjectKind::Components, "pathItems") => return json!({"x": {}}),
        (_, "contentEncoding") => return json!("base64"),
        (_, "contentMediaType") => return json!("image/png"),
        (ObjectKind::Server, "url") => return json!("https://{region}.other.test"),
        (ObjectKind::Endpoint, "path") => return json!("/b"),
        (ObjectKind::Endpoint, "method") => return json!("get"),
        (ObjectKind::Encoding, "contentType") => return json!("application/json"),
        _ => {}
    }
    match value_kind {
        ValueKind::String | ValueKind::Prose => json!("planted"),
        ValueKind::Bool => json!(true),
        ValueKind::Count | ValueKind::Number | ValueKind::BoolOrNumber => json!(7),
        ValueKind::TypeNames => json!("integer"),
        ValueKind::OneOf(words) => json!(words.last()),
        ValueKind::Strings | ValueKind::PropertyNames => json!(["p"]),
        ValueKind::StringMap => json!({"planted": "text"}),
        ValueKind::SecurityRequirements => json!([{"key": []}]),
        ValueKind::Any => json!("planted"),
        ValueKind::AnyArray | ValueKind::SchemaExamples => json!(["planted", "other"]),
        ValueKind::Object(inner) => object_sample(inner),
        ValueKind::Array(inner) => json!([object_sample(inner)]),
        ValueKind::Map(super::KeyRule::Path, inner) => json!({"/planted": object_sample(inner)}),
        ValueKind::Map(super::KeyRule::Status, inner) => json!({"201": object_sample(inner)}),
        ValueKind::Map(_, inner) => json!({"planted": object_sample(inner)}),
        ValueKind::SchemaOrBool => json!({"type": "integer"}),
    }
}

/// Returns a small object of this kind.
fn object_sample(object: ObjectKind) -> Value {
    match object {
        ObjectKind::Info => json!({"title": "Acme", "version": "1", "description": "planted"}),
        ObjectKind::Schema | ObjectKind::WrappedSchema | ObjectKind::Entry => {
            json!({"type": "integer"})
        }
        ObjectKind::Operation | ObjectKind::SwaggerOperation => json!({"responses": {}}),
        ObjectKind::SwaggerParameter => json!({"name": "n", "in": "query", "type": "integer"}),
        ObjectKind::SwaggerItems | ObjectKind::SwaggerHeader => json!({"type": "integer"}),
        ObjectKind::SwaggerSecurityScheme => json!({"type": "basic"}),
        ObjectKind::Parameter => {
            json!({"name": "n", "in": "query", "schema": {"type": "integer"}})
        }
        ObjectKind::Server => json!({"url": "https://planted.test"}),
        ObjectKind::PathItem | ObjectKind::SwaggerPathItem => json!({"get": {"responses": {}}}),
        ObjectKind::Tag => json!({"name": "planted"}),
        ObjectKind::Response | ObjectKind::SwaggerResponse => json!({"description": "planted"}),
        ObjectKind::MediaType | ObjectKind::Header => json!({"schema": {"type": "integer"}}),
        ObjectKind::Example => json!({"value": "planted"}),
        ObjectKind::RequestBody => {
            json!({"content": {"application/json": {"schema": {"type": "integer"}}}})
        }
        ObjectKind::SecurityScheme | ObjectKind::SecurityParameter => {
            json!({"type": "http", "scheme": "bearer"})
        }
        ObjectKind::Discriminator => json!({"propertyName": "kind"}),
        ObjectKind::Flow => {
            json!({"tokenUrl": "https://a.test/t", "authorizationUrl": "https://a.test/a", "scopes": {"planted": "text"}})
        }
        ObjectKind::EndpointParameter => json!({"schema": [{"type": "integer"}]}),
        ObjectKind::Content => json!({"schemaArray": [{"type": "string"}], "examples": {}}),
        _ => json!({}),
    }
}

/// Returns the siblings that a keyword needs to have an effect.
fn required_siblings(object: ObjectKind, keyword: &str) -> Value {
    let is_schema = matches!(
        object,
        ObjectKind::Schema
            | ObjectKind::Entry
            | ObjectKind::SwaggerParameter
            | ObjectKind::SwaggerItems
            | ObjectKind::SwaggerHeader
    );
    if !is_schema {
        return match (object, keyword) {
            (ObjectKind::SwaggerSecurityScheme, "name" | "in") => {
                json!({"type": "apiKey", "in": "query", "name": "k"})
            }
            (ObjectKind::SecurityScheme, "scheme" | "bearerFormat") => {
                json!({"type": "http", "scheme": "bearer"})
            }
            (ObjectKind::SecurityScheme, "name" | "in") => {
                json!({"type": "apiKey", "in": "query", "name": "k"})
            }
            (ObjectKind::SecurityScheme, "type") => json!({"scheme": "bearer"}),
            (ObjectKind::SecurityScheme, "openIdConnectUrl") => json!({"type": "openIdConnect"}),
            (ObjectKind::Parameter, "content") => json!({"schema": null}),
            (ObjectKind::SecurityParameter, "scheme") => json!({"type": "http"}),
            _ => json!({}),
        };
    }
    match keyword {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "enum"
        | "const" => {
            json!({"type": "string"})
        }
        "multipleOf" | "minimum" | "maximum" | "format" => json!({"type": "integer"}),
        "exclusiveMinimum" | "exclusiveMaximum" if object == ObjectKind::Schema => {
            json!({"type": "integer"})
        }
        "exclusiveMinimum" => json!({"type": "integer", "minimum": 1}),
        "exclusiveMaximum" => json!({"type": "integer", "maximum": 9}),
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" => {
            json!({"type": "array"})
        }
        "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "properties"
        | "patternProperties"
        | "unevaluatedProperties" => json!({"type": "object"}),
        "required" | "requiredProperties" => {
            json!({"type": "object", "properties": {"p": {"type": "string"}}})
        }
        "nullable" | "deprecated" | "readOnly" | "writeOnly" | "title" | "description"
        | "default" | "example" | "examples" => json!({"type": "string"}),
        "refIdentifier" => json!({"type": "object", "properties": {"z": [{"type": "string"}]}}),
        "discriminator" => {
            json!({"oneOf": [{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Cat"}]})
        }
        _ => json!({}),
    }
}

/// Returns a document with and without the keyword, and the pointer to the keyword.
fn documents(object: ObjectKind, keyword: &str, value: Value) -> Option<(Value, Value, String)> {
    let (document, pointer) = find_host(object)?;
    let mut with = document();
    // An existing value that contains other objects is better than a sample.
    let existing = with.pointer(&format!("{pointer}/{}", source::escape(keyword)));
    let value = match existing {
        Some(Value::Object(existing)) if !existing.is_empty() => json!(existing),
        Some(Value::Array(existing)) if !existing.is_empty() => json!(existing),
        Some(_) | None => value,
    };
    let host = with.pointer_mut(&pointer)?.as_object_mut()?;
    for (key, value) in required_siblings(object, keyword).as_object()? {
        match value {
            Value::Null => drop(host.remove(key)),
            value => drop(host.insert(key.clone(), value.clone())),
        }
    }
    let mut without = with.clone();
    with.pointer_mut(&pointer)?.as_object_mut()?.insert(keyword.to_owned(), value);
    without.pointer_mut(&pointer)?.as_object_mut()?.shift_remove(keyword);
    Some((with, without, format!("{pointer}/{}", source::escape(keyword))))
}

fn vendor(document: &Value) -> Vendor {
    let input = Input { file: "a.json".into(), bytes: document.to_string().into() };
    Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() }
}

/// Returns all generated files as one string, or the problems if there are errors.
fn generate(document: &Value) -> Result<String, Diagnostics> {
    let options = crate::CrateOptions {
        name: "acme".into(),
        runtime: crate::RuntimeDependency::Version("1".into()),
        example: false,
    };
    let output = crate::generate_crate(&vendor(document), &options)?;
    Ok(output.files.0.into_iter().map(|(path, text)| format!("{path}\n{text}")).collect())
}

/// Returns the parts of the coverage that list the value at `pointer` or its nearest listed parent.
fn coverage_parts(document: &Value, pointer: &str) -> Option<Vec<&'static str>> {
    let inspection = crate::inspect(&vendor(document)).ok()?;
    let root: Node = source::parse(&inspection.sources, 0).ok()?;
    let origin: Origin = root.pointer(pointer)?.origin;
    let coverage = &inspection.summary.coverage;
    let ends = pointer.match_indices('/').map(|(end, _)| end).filter(|end| *end > 0);
    let ancestors: Vec<Origin> =
        ends.filter_map(|end| Some(root.pointer(pointer.get(..end)?)?.origin)).collect();
    let lists = |entry: &crate::coverage::Entry, at: &[Origin]| match entry.location {
        Location::Entry(location) | Location::Value(location) => {
            entry.keywords > 0 && at.contains(&location)
        }
        Location::Text(..) | Location::File(_) | Location::Run => false,
    };
    let parts = |at: &[Origin]| -> Vec<&'static str> {
        let all = [
            ("generated", at == [origin] && coverage.generated.contains(&origin)),
            ("ignored", coverage.ignored.iter().any(|entry| lists(entry, at))),
            ("not generated", coverage.not_generated.iter().any(|entry| lists(entry, at))),
        ];
        all.into_iter().filter(|(_, listed)| *listed).map(|(name, _)| name).collect()
    };
    let nearest = std::iter::once(origin).chain(ancestors.into_iter().rev());
    Some(nearest.map(|at| parts(&[at])).find(|found| !found.is_empty()).unwrap_or_default())
}

/// Generated keywords whose removal alone changes nothing, or that cannot be removed alone.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("Root.openapi", "3.0 and 3.1 differ in what they allow, not in what it means"),
    ("Root.webhooks", "an unsupported webhook is reported once, as a whole"),
    ("Root.x-docwright-webhooks", "the same"),
    ("Root.definitions", "only its referenced entries are generated"),
    ("Root.$defs", "the same"),
    ("Schema.definitions", "the same"),
    ("Schema.$defs", "the same"),
    ("Components.responses", "the same"),
    ("Components.parameters", "the same"),
    ("Components.requestBodies", "the same"),
    ("Components.headers", "the same"),
    ("SwaggerRoot.parameters", "the same"),
    ("SwaggerRoot.responses", "the same"),
    ("SwaggerOperation.tags", "files are named after tags only from twelve operations on"),
    ("Operation.tags", "files are named after tags only from twelve operations on"),
    ("MediaType.encoding", "only an encoding that differs from the default is generated"),
    ("Content.description", "only one of several responses is documented"),
    ("Block.components", "only its referenced entries are generated"),
    ("RequestBody.required", "a body with required properties is required anyway"),
    ("Endpoint.type", "`path` is the default"),
];

#[test]
fn every_keyword_is_in_exactly_one_part_of_the_coverage() {
    let mut objects = Vec::new();
    collect_kinds(ObjectKind::Root, &mut objects);
    collect_kinds(ObjectKind::Block, &mut objects);
    collect_kinds(ObjectKind::SwaggerRoot, &mut objects);
    let mut wrong = Vec::new();
    let mut checked = BTreeSet::new();
    for object in objects {
        for (keyword, rule) in object.grammar().keywords {
            let value = rule
                .value_kind()
                .map_or(json!("planted"), |kind| sample_value(object, keyword, kind));
            let Some(documents) = documents(object, keyword, value) else { continue };
            let name = format!("{object:?}.{keyword}");
            checked.insert(name.clone());
            let error = coverage_error(*rule, &documents, &name);
            wrong.extend(error.map(|error| format!("{name} {error}")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), checked.len(), wrong.join("\n"));
    assert!(checked.len() > 150, "{}", checked.len());
}

/// Returns what is wrong with the coverage of an inserted keyword.
fn coverage_error(rule: Rule, documents: &(Value, Value, String), name: &str) -> Option<String> {
    let (with, without, pointer) = documents;
    let allowed = EXCEPTIONS.iter().any(|(known, _)| *known == name);
    let Some(parts) = coverage_parts(with, pointer) else {
        let diagnostics = crate::inspect(&vendor(with)).err()?;
        return Some(format!("is rejected: {}", diagnostics.render(false)));
    };
    let differs = match (generate(with), generate(without)) {
        (Ok(with), Ok(without)) => with != without,
        (with, without) => with.is_ok() != without.is_ok(),
    };
    match (rule, parts.as_slice()) {
        (Rule::Kept(_), ["generated"]) if !differs && !allowed => {
            Some("is listed as generated but changes nothing".to_owned())
        }
        (Rule::Kept(_), ["generated"]) if differs && allowed => {
            Some("changes the generated code, so it must not be in `EXCEPTIONS`".to_owned())
        }
        (Rule::Kept(_), ["generated" | "ignored" | "not generated"]) => None,
        (Rule::PassThrough(..), ["ignored"]) if differs => {
            Some("is listed as ignored but changes the generated code".to_owned())
        }
        (Rule::PassThrough(..) | Rule::Ignored(_), ["ignored"]) => None,
        // `summary` replaces a missing `description`.
        (Rule::Ignored(_), ["generated"]) if differs => None,
        (Rule::Unsupported(_), ["not generated"]) => None,
        (_, other) => Some(format!("is listed in {other:?}")),
    }
}
