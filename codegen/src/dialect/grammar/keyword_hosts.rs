//! Documents that contain every kind of object, for tests that insert keywords.

use serde_json::{Value, json};

use super::ObjectKind;

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

fn swagger() -> Value {
    json!({
        "swagger": "2.0",
        "info": {"title": "Acme", "version": "1"},
        "host": "acme.test",
        "basePath": "/v1",
        "schemes": ["http"],
        "consumes": ["application/vnd.acme+json"],
        "produces": ["application/vnd.acme+json"],
        "paths": {"/a/{id}": {"post": {
            "operationId": "make",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "type": "string"},
                {"name": "limit", "in": "query", "type": "array", "items": {"type": "string"}},
                {"name": "pet", "in": "body", "schema": {"$ref": "#/definitions/Pet"}},
            ],
            "responses": {"404": {"description": "no"}, "200": {
                "description": "ok",
                "headers": {"X-Rate": {"type": "integer"}},
                "schema": {"$ref": "#/definitions/Pet"},
            }},
        }}},
        "definitions": {"Pet": {"type": "object", "properties": {"x": {}}}, "Cat": {"type": "object"}},
        "securityDefinitions": {"key": {"type": "oauth2", "flow": "application", "tokenUrl": "https://a.test/t", "scopes": {}}},
    })
}

/// A document, and the pointer to an object in it.
type Host = (fn() -> Value, String);

const ENCODING: &str =
    "/paths/~1a~1{id}/put/requestBody/content/application~1x-www-form-urlencoded/encoding/p";
const FLOW: &str = "/components/securitySchemes/key/flows/clientCredentials";

/// Returns an object of this kind.
pub(super) fn find_host(object: ObjectKind) -> Option<Host> {
    let root = |rest: &str| Some((openapi as fn() -> Value, rest.to_owned()));
    let post = |rest: &str| root(&format!("/paths/~1a~1{{id}}/post{rest}"));
    let swagger = |rest: &str| Some((swagger as fn() -> Value, rest.to_owned()));
    let swagger_post = |rest: &str| swagger(&format!("/paths/~1a~1{{id}}/post{rest}"));
    let endpoint = |rest: &str| Some((endpoint as fn() -> Value, format!("/paths{rest}")));
    match object {
        ObjectKind::Root => root(""),
        ObjectKind::Info => root("/info"),
        ObjectKind::Server => root("/servers/0"),
        ObjectKind::ServerVariable => root("/servers/0/variables/region"),
        ObjectKind::PathItem => root("/paths/~1a~1{id}"),
        ObjectKind::Operation => post(""),
        ObjectKind::Parameter => post("/parameters/1"),
        ObjectKind::RequestBody => post("/requestBody"),
        ObjectKind::MediaType => post("/responses/200/content/application~1json"),
        ObjectKind::Encoding => root(ENCODING),
        ObjectKind::Response => post("/responses/404"),
        ObjectKind::Header => post("/responses/200/headers/X-Rate"),
        ObjectKind::Example => post("/responses/200/content/application~1json/examples/one"),
        ObjectKind::Tag => root("/tags/0"),
        ObjectKind::Components => root("/components"),
        ObjectKind::Schema => root("/components/schemas/Pet/properties/x"),
        ObjectKind::Discriminator => root("/components/schemas/Any/discriminator"),
        ObjectKind::SecurityScheme => root("/components/securitySchemes/key"),
        ObjectKind::Flows => root("/components/securitySchemes/key/flows"),
        ObjectKind::Flow => root(FLOW),
        ObjectKind::SwaggerRoot => swagger(""),
        ObjectKind::SwaggerPathItem => swagger("/paths/~1a~1{id}"),
        ObjectKind::SwaggerOperation => swagger_post(""),
        ObjectKind::SwaggerParameter => swagger_post("/parameters/1"),
        ObjectKind::SwaggerItems => swagger_post("/parameters/1/items"),
        ObjectKind::SwaggerResponse => swagger_post("/responses/404"),
        ObjectKind::SwaggerHeader => swagger_post("/responses/200/headers/X-Rate"),
        ObjectKind::SwaggerSecurityScheme => swagger("/securityDefinitions/key"),
        ObjectKind::Block => Some((self::endpoint, String::new())),
        ObjectKind::Endpoint => endpoint(""),
        ObjectKind::Request => endpoint("/request"),
        ObjectKind::SecurityOption => endpoint("/request/security/0"),
        ObjectKind::SecurityParametersByLocation => endpoint("/request/security/0/parameters"),
        ObjectKind::SecurityParameter => endpoint("/request/security/0/parameters/header/X-Key"),
        ObjectKind::ParametersByLocation => endpoint("/request/parameters"),
        ObjectKind::EndpointParameter => endpoint("/request/parameters/query/q"),
        ObjectKind::Content => endpoint("/response/200/application~1json"),
        ObjectKind::Entry => {
            endpoint("/request/body/application~1json/schemaArray/0/properties/p/0")
        }
        // These have no keywords of their own.
        ObjectKind::ContentByMediaType | ObjectKind::WrappedSchema => None,
    }
}
