//! Each keyword of each table, put into a document: the account names it once, and what it calls
//! generated makes a difference to what is generated.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Object, Rule, Shape};
use crate::report::{Location, Origin, Report};
use crate::source::{self, Node};
use crate::{Input, Vendor};

fn openapi() -> Value {
    let schema = json!({"type": "object", "properties": {"p": {"type": "string"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Acme", "version": "1"},
        "servers": [{"url": "https://{region}.acme.test", "variables": {"region": {"default": "eu"}}}],
        "tags": [{"name": "pets"}],
        "paths": {"/a/{id}": {"post": {
            "operationId": "make",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "limit", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            ],
            "requestBody": {"content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
            }},
            "responses": {"404": {"description": "no"}, "200": {
                "description": "ok",
                "headers": {"X-Rate": {"schema": {"type": "integer"}}},
                "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Pet"}, "examples": {"one": {"value": {"id": 1}}},
                }},
            }},
        }, "put": {"requestBody": {"content": {
            "application/x-www-form-urlencoded": {"schema": schema, "encoding": {"p": {}}},
        }}, "responses": {}}}},
        "components": {
            "schemas": {"Pet": {"type": "object", "required": ["x"], "properties": {"x": {}}}, "Cat": {"type": "object"},
                "Any": {"oneOf": [{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Cat"}],
                    "discriminator": {"propertyName": "kind"}}},
            "securitySchemes": {"key": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.test/t", "scopes": {}}}}},
        },
    })
}

fn endpoint() -> Value {
    let entry = json!({"type": "object", "properties": {"p": [{"type": "string"}]}});
    json!({"paths": {
        "path": "/a/{planted}",
        "method": "post",
        "servers": [{"url": "https://acme.test"}],
        "request": {
            "security": [{"title": "key", "parameters": {"query": {}, "header": {"X-Key": {"type": "apiKey"}}, "cookie": {}}}],
            "parameters": {"path": {}, "query": {"q": {"schema": [{"type": "string"}]}}, "header": {}, "cookie": {}},
            "body": {"application/json": {"schemaArray": [entry], "examples": {"one": {"value": {"p": 1}}}}},
        },
        "response": {"200": {"application/json": {"schemaArray": [entry], "examples": {}, "description": "ok"}}},
        "deprecated": false,
        "type": "path",
    }, "components": {"schemas": {}}})
}

/// Where an object of this kind stands in one of the two documents.
fn host(object: Object) -> Option<(bool, &'static str)> {
    let post = |rest: &'static str| Some((false, rest));
    match object {
        Object::Root => post(""),
        Object::Info => post("/info"),
        Object::Server => post("/servers/0"),
        Object::ServerVariable => post("/servers/0/variables/region"),
        Object::PathItem => post("/paths/~1a~1{id}"),
        Object::Operation => post("/paths/~1a~1{id}/post"),
        Object::Parameter => post("/paths/~1a~1{id}/post/parameters/1"),
        Object::RequestBody => post("/paths/~1a~1{id}/post/requestBody"),
        Object::MediaType => post("/paths/~1a~1{id}/post/responses/200/content/application~1json"),
        Object::Encoding => post(
            "/paths/~1a~1{id}/put/requestBody/content/application~1x-www-form-urlencoded/encoding/p",
        ),
        Object::Response => post("/paths/~1a~1{id}/post/responses/404"),
        Object::Header => post("/paths/~1a~1{id}/post/responses/200/headers/X-Rate"),
        Object::Example => {
            post("/paths/~1a~1{id}/post/responses/200/content/application~1json/examples/one")
        }
        Object::Tag => post("/tags/0"),
        Object::Components => post("/components"),
        Object::Schema => post("/components/schemas/Pet/properties/x"),
        Object::Discriminator => post("/components/schemas/Any/discriminator"),
        Object::SecurityScheme => post("/components/securitySchemes/key"),
        Object::Flows => post("/components/securitySchemes/key/flows"),
        Object::Flow => post("/components/securitySchemes/key/flows/clientCredentials"),
        Object::Block => Some((true, "")),
        Object::Endpoint => Some((true, "/paths")),
        Object::Request => Some((true, "/paths/request")),
        Object::SecurityOption => Some((true, "/paths/request/security/0")),
        Object::SecurityPlaces => Some((true, "/paths/request/security/0/parameters")),
        Object::SecurityParameter => {
            Some((true, "/paths/request/security/0/parameters/header/X-Key"))
        }
        Object::ParameterPlaces => Some((true, "/paths/request/parameters")),
        Object::EndpointParameter => Some((true, "/paths/request/parameters/query/q")),
        Object::Content => Some((true, "/paths/response/200/application~1json")),
        Object::Entry => {
            Some((true, "/paths/request/body/application~1json/schemaArray/0/properties/p/0"))
        }
        // It has no keywords of its own.
        Object::Contents | Object::Wrapped => None,
    }
}

/// Every kind of object that stands below `object`, `object` itself first.
fn kinds(object: Object, found: &mut Vec<Object>) {
    if found.contains(&object) {
        return;
    }
    found.push(object);
    let grammar = object.grammar();
    let shapes = grammar.keywords.iter().filter_map(|(_, rule)| rule.shape());
    for shape in shapes.chain(grammar.rest) {
        match shape {
            Shape::One(inner) | Shape::List(inner) | Shape::Map(_, inner) => kinds(inner, found),
            Shape::SchemaOrFlag => kinds(Object::Schema, found),
            _ => {}
        }
    }
}

/// A value that means something for this keyword.
fn sample(object: Object, keyword: &str, shape: Shape) -> Value {
    match (object, keyword) {
        (Object::SecurityScheme, "type") => return json!("http"),
        (Object::Entry, "type") => return json!("integer"),
        (Object::Root, "openapi") => return json!("3.0.3"),
        (_, "explode") => return json!(false),
        (Object::EndpointParameter, "style") => return json!("pipeDelimited"),
        (Object::Endpoint, "type") => return json!("path"),
        (Object::Entry, "refIdentifier") => return json!("#/components/schemas/Planted"),
        (_, "style") => return json!("spaceDelimited"),
        (Object::Operation, "operationId") => return json!("planted"),
        (_, "$ref") => return json!("#/components/schemas/Cat"),
        (_, "in") => return json!("header"),
        (_, "format") => return json!("int32"),
        (_, "mapping") => return json!({"dog": "#/components/schemas/Cat"}),
        (Object::Components, "pathItems") => return json!({"x": {}}),
        (_, "contentEncoding") => return json!("base64"),
        (_, "contentMediaType") => return json!("image/png"),
        (Object::Server, "url") => return json!("https://{region}.other.test"),
        (Object::Endpoint, "path") => return json!("/b"),
        (Object::Endpoint, "method") => return json!("get"),
        (Object::Encoding, "contentType") => return json!("application/json"),
        _ => {}
    }
    match shape {
        Shape::Text | Shape::Prose => json!("planted"),
        Shape::Flag => json!(true),
        Shape::Count | Shape::Number | Shape::Bound => json!(7),
        Shape::TypeWord => json!("integer"),
        Shape::Word(words) => json!(words.last()),
        Shape::Texts | Shape::PropertyNames => json!(["p"]),
        Shape::TextMap => json!({"planted": "text"}),
        Shape::Requirements => json!([{"key": []}]),
        Shape::Json => json!("planted"),
        Shape::JsonList | Shape::Samples => json!(["planted", "other"]),
        Shape::One(inner) => object_sample(inner),
        Shape::List(inner) => json!([object_sample(inner)]),
        Shape::Map(super::Names::Path, inner) => json!({"/planted": object_sample(inner)}),
        Shape::Map(super::Names::Status, inner) => json!({"201": object_sample(inner)}),
        Shape::Map(_, inner) => json!({"planted": object_sample(inner)}),
        Shape::SchemaOrFlag => json!({"type": "integer"}),
    }
}

/// A small object of a kind.
fn object_sample(object: Object) -> Value {
    match object {
        Object::Info => json!({"title": "Acme", "version": "1", "description": "planted"}),
        Object::Schema | Object::Wrapped => json!({"type": "integer"}),
        Object::Entry => json!({"type": "integer"}),
        Object::Operation => json!({"responses": {}}),
        Object::Parameter => {
            json!({"name": "planted", "in": "query", "schema": {"type": "integer"}})
        }
        Object::Server => json!({"url": "https://planted.test"}),
        Object::PathItem => json!({"get": {"responses": {}}}),
        Object::Tag => json!({"name": "planted"}),
        Object::Response => json!({"description": "planted"}),
        Object::MediaType => json!({"schema": {"type": "integer"}}),
        Object::Header => json!({"schema": {"type": "integer"}}),
        Object::Example => json!({"value": "planted"}),
        Object::RequestBody => {
            json!({"content": {"application/json": {"schema": {"type": "integer"}}}})
        }
        Object::SecurityScheme => json!({"type": "http", "scheme": "bearer"}),
        Object::SecurityParameter => json!({"type": "http", "scheme": "bearer"}),
        Object::Discriminator => json!({"propertyName": "kind"}),
        Object::Flow => {
            json!({"tokenUrl": "https://a.test/t", "authorizationUrl": "https://a.test/a", "scopes": {"planted": "text"}})
        }
        Object::EndpointParameter => json!({"schema": [{"type": "integer"}]}),
        Object::Content => json!({"schemaArray": [{"type": "string"}], "examples": {}}),
        _ => json!({}),
    }
}

/// What a keyword needs beside it to mean anything.
fn company(object: Object, keyword: &str) -> Value {
    if !matches!(object, Object::Schema | Object::Entry) {
        return match (object, keyword) {
            (Object::SecurityScheme, "scheme" | "bearerFormat") => {
                json!({"type": "http", "scheme": "bearer"})
            }
            (Object::SecurityScheme, "name" | "in") => {
                json!({"type": "apiKey", "in": "query", "name": "k"})
            }
            (Object::SecurityScheme, "type") => json!({"scheme": "bearer"}),
            (Object::SecurityScheme, "openIdConnectUrl") => json!({"type": "openIdConnect"}),
            (Object::Parameter, "content") => json!({"schema": null}),
            (Object::SecurityParameter, "scheme") => json!({"type": "http"}),
            _ => json!({}),
        };
    }
    match keyword {
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "enum"
        | "const" => {
            json!({"type": "string"})
        }
        "multipleOf" | "minimum" | "maximum" | "format" => json!({"type": "integer"}),
        "exclusiveMinimum" | "exclusiveMaximum" => json!({"type": "integer"}),
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

/// A document with and without the keyword, and where it was planted.
fn documents(object: Object, keyword: &str, value: Value) -> Option<(Value, Value, String)> {
    let (of_endpoint, pointer) = host(object)?;
    let mut with = if of_endpoint { endpoint() } else { openapi() };
    // What holds other objects already is better than a sample.
    let there = with.pointer(&format!("{pointer}/{}", source::escape(keyword)));
    let value = match there {
        Some(Value::Object(there)) if !there.is_empty() => json!(there),
        Some(Value::Array(there)) if !there.is_empty() => json!(there),
        Some(_) | None => value,
    };
    let location = with.pointer_mut(pointer)?.as_object_mut()?;
    for (key, value) in company(object, keyword).as_object()? {
        match value {
            Value::Null => drop(location.remove(key)),
            value => drop(location.insert(key.clone(), value.clone())),
        }
    }
    let mut without = with.clone();
    with.pointer_mut(pointer)?.as_object_mut()?.insert(keyword.to_owned(), value);
    without.pointer_mut(pointer)?.as_object_mut()?.shift_remove(keyword);
    Some((with, without, format!("{pointer}/{}", source::escape(keyword))))
}

fn vendor(document: &Value) -> Vendor {
    let input = Input { file: "a.json".into(), bytes: document.to_string().into() };
    Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() }
}

/// Everything that the generated code says, or the problems if there are errors.
fn printed(document: &Value) -> Result<String, Report> {
    let options = crate::CrateOptions {
        name: "acme".into(),
        runtime: crate::RuntimeDependency::Version("1".into()),
        example: false,
    };
    let output = crate::generate_crate(&vendor(document), &options)?;
    Ok(output.files.0.into_iter().map(|(path, text)| format!("{path}\n{text}")).collect())
}

/// The parts of the account that hold the value at `pointer`: by itself, or with what it is in.
fn buckets(document: &Value, pointer: &str) -> Option<Vec<&'static str>> {
    let inspection = crate::inspect(&vendor(document)).ok()?;
    let root: Node = source::parse(&inspection.report.sources, 0).ok()?;
    let origin: Origin = root.pointer(pointer)?.origin;
    let coverage = &inspection.summary.coverage;
    let ends = pointer.match_indices('/').map(|(end, _)| end).filter(|end| *end > 0);
    let around: Vec<Origin> =
        ends.filter_map(|end| Some(root.pointer(pointer.get(..end)?)?.origin)).collect();
    let stands = |entry: &crate::coverage::Entry, at: &[Origin]| match entry.location {
        Location::Member(location) | Location::Value(location) => {
            entry.keywords > 0 && at.contains(&location)
        }
        Location::Text(..) | Location::File(_) | Location::Run => false,
    };
    let parts = |at: &[Origin]| -> Vec<&'static str> {
        let all = [
            ("generated", at == [origin] && coverage.generated.contains(&origin)),
            ("ignored", coverage.ignored.iter().any(|entry| stands(entry, at))),
            ("not generated", coverage.not_generated.iter().any(|entry| stands(entry, at))),
        ];
        all.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
    };
    let nearest = std::iter::once(origin).chain(around.into_iter().rev());
    Some(nearest.map(|at| parts(&[at])).find(|found| !found.is_empty()).unwrap_or_default())
}

/// Keywords that are generated although taking them alone away changes nothing, or that cannot be
/// tried so.
const STRUCTURE: &[(&str, &str)] = &[
    ("Root.openapi", "3.0 and 3.1 differ in what they allow, not in what they mean"),
    ("Root.webhooks", "a webhook is left out whole, which is said once"),
    ("Root.x-docwright-webhooks", "the same"),
    ("Root.definitions", "what is referred to in it is generated"),
    ("Root.$defs", "the same"),
    ("Schema.definitions", "the same"),
    ("Schema.$defs", "the same"),
    ("Components.responses", "the same"),
    ("Components.parameters", "the same"),
    ("Components.requestBodies", "the same"),
    ("Components.headers", "the same"),
    ("Operation.tags", "files are named after it, from twelve operations on"),
    (
        "MediaType.encoding",
        "how a member is written is told for each, where it is not the usual way",
    ),
    ("Content.description", "only a response that is one of several is described"),
    ("Block.components", "what is referred to in it is generated"),
    ("RequestBody.required", "a body with required members is required anyway"),
    ("Endpoint.type", "a webhook alone is no client"),
    ("Entry.writeOnly", "a member that is only sent has nothing to leave out"),
];

#[test]
fn every_keyword_of_every_table_is_in_one_part_of_the_account() {
    let mut objects = Vec::new();
    kinds(Object::Root, &mut objects);
    kinds(Object::Block, &mut objects);
    let mut wrong = Vec::new();
    let mut checked = BTreeSet::new();
    for object in objects {
        for (keyword, rule) in object.grammar().keywords {
            let value =
                rule.shape().map_or(json!("planted"), |shape| sample(object, keyword, shape));
            let Some(documents) = documents(object, keyword, value) else { continue };
            let name = format!("{object:?}.{keyword}");
            checked.insert(name.clone());
            wrong.extend(fault(*rule, &documents, &name).map(|fault| format!("{name} {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), checked.len(), wrong.join("\n"));
    assert!(checked.len() > 150, "{}", checked.len());
}

/// What is wrong with what the account says of a planted keyword.
fn fault(rule: Rule, documents: &(Value, Value, String), name: &str) -> Option<String> {
    let (with, without, pointer) = documents;
    let allowed = STRUCTURE.iter().any(|(known, _)| *known == name);
    let Some(buckets) = buckets(with, pointer) else {
        let report = crate::inspect(&vendor(with)).err()?;
        return Some(format!("is refused: {}", source::render::render(&report, false)));
    };
    let differs = match (printed(with), printed(without)) {
        (Ok(with), Ok(without)) => with != without,
        (with, without) => with.is_ok() != without.is_ok(),
    };
    match (rule, buckets.as_slice()) {
        (Rule::Kept(_), ["generated"]) if !differs && !allowed => {
            Some("is called generated and changes nothing".to_owned())
        }
        (Rule::Kept(_), ["generated"]) if differs && allowed => {
            Some("changes something, so it need not be allowed".to_owned())
        }
        (Rule::Kept(_), ["generated" | "ignored" | "not generated"]) => None,
        (Rule::Unused(..), ["ignored"]) if differs => {
            Some("is called ignored and changes something".to_owned())
        }
        (Rule::Unused(..) | Rule::Ignored(_), ["ignored"]) => None,
        // It replaces a description that is missing.
        (Rule::Ignored(_), ["generated"]) if differs => None,
        (Rule::Unsupported(_), ["not generated"]) => None,
        (_, other) => Some(format!("is in {other:?}")),
    }
}
