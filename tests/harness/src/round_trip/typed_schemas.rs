//! Collects the types of a crate, each with the pointer and the examples of its schema.

use std::collections::BTreeSet;

use docwright::emit::{Referrer, type_text};
use docwright::ir::{Api, Field, Media, MediaKind, Shape, Status, Type, TypeDef, TypeName};
use docwright::plan::{Plan, RustType};
use docwright::source::{Node, escape};
use serde_json::Value;

/// A type and its schema.
#[derive(Debug, Clone)]
pub struct TypedSchema {
    /// The type in the source of the program.
    pub ty: String,
    /// The same type.
    pub rust_type: RustType,
    /// The JSON pointer of the schema in the normalised document.
    pub pointer: String,
    /// The examples of the schema.
    pub examples: Vec<Value>,
    /// Whether the type is a named one, for which values are generated.
    pub is_named: bool,
}

impl TypedSchema {
    fn new(rust_type: RustType, pointer: &str, examples: Vec<Value>, is_named: bool) -> Self {
        let ty = type_text(&rust_type, Referrer::Sibling);
        Self { ty, rust_type, pointer: pointer.to_owned(), examples, is_named }
    }
}

/// Collects every named type in the order of the API, then every other schema that has examples.
pub fn collect_typed_schemas(api: &Api, plan: &Plan, openapi: &Node) -> Vec<TypedSchema> {
    let mut walk = SchemaWalk { api, plan, openapi, seen: BTreeSet::new(), found: Vec::new() };
    for (def, name) in api.types.iter().zip(&plan.type_names) {
        let Some(node) = openapi.pointer(&def.pointer) else { continue };
        if let Some(name) = name
            && matches_schema(def, node)
        {
            walk.add(RustType::Named(name.clone()), &def.pointer, node, true);
        }
        if matches!(def.name, TypeName::Component(_)) && walk.seen.insert(def.pointer.clone()) {
            walk.visit_shape(def, node, &def.pointer);
        }
    }
    for (key, ty) in &api.components {
        let pointer = format!("/components/schemas/{}", escape(key));
        if let Some(node) = openapi.pointer(&pointer) {
            walk.visit_schema(node, &pointer, ty);
        }
    }
    for operation in &api.operations {
        let Some(node) = openapi.pointer(&operation.pointer) else { continue };
        if let Some(body) = &operation.body {
            walk.visit_content(
                node.get("requestBody"),
                &operation.pointer,
                "requestBody",
                &body.media,
            );
        }
        let responses = node.get("responses");
        for (status, response_node) in responses.and_then(Node::as_object).into_iter().flatten() {
            let is_same = |it: &Status| is_same_status(*it, status);
            if let Some(response) = operation.responses.iter().find(|it| is_same(&it.status)) {
                let path = format!("responses/{}", escape(status));
                walk.visit_content(Some(response_node), &operation.pointer, &path, &response.media);
            }
        }
    }
    walk.found
}

fn is_same_status(status: Status, key: &str) -> bool {
    match status {
        Status::Code(code) => key == code.to_string(),
        Status::Range(digit) => key.to_ascii_uppercase() == format!("{digit}XX"),
        Status::Default => key == "default",
    }
}

/// Returns whether a type is the result of its schema alone.
///
/// A property that two parts of an `allOf` declare can have a type merged from two schemas. Such a
/// type is only tested as a part of the type that contains it.
fn matches_schema(def: &TypeDef, node: &Node) -> bool {
    let is_composed = ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| node.get(key).is_some());
    match &def.shape {
        Shape::Struct(shape) if !is_composed => {
            let properties = node.get("properties").and_then(Node::as_object);
            let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
            let is_required = |name: &str| required.iter().any(|it| it.as_str() == Some(name));
            let is_declared = |name: &str| properties.is_some_and(|all| all.contains_key(name));
            shape.fields.iter().all(|field| {
                let required = is_required(&field.wire);
                (is_declared(&field.wire) || required) && field.required == required
            })
        }
        Shape::Union(_) => is_composed,
        Shape::Struct(_) | Shape::Enum(_) | Shape::Id => true,
    }
}

struct SchemaWalk<'a> {
    api: &'a Api,
    plan: &'a Plan,
    openapi: &'a Node,
    /// The pointers of visited schemas.
    seen: BTreeSet<String>,
    found: Vec<TypedSchema>,
}

impl<'a> SchemaWalk<'a> {
    fn add(&mut self, ty: RustType, pointer: &str, node: &Node, is_named: bool) {
        let example = node.get("example").into_iter();
        let list = node.get("x-docwright-examples").and_then(Node::as_array).unwrap_or_default();
        let mut examples: Vec<Value> = Vec::new();
        for example in example.chain(list).map(Node::to_json) {
            if !examples.contains(&example) {
                examples.push(example);
            }
        }
        if is_named || !examples.is_empty() {
            self.found.push(TypedSchema::new(ty, pointer, examples, is_named));
        }
    }

    /// Visits the media types of a body or a response.
    fn visit_content(
        &mut self,
        node: Option<&'a Node>,
        operation: &str,
        path: &str,
        media: &[Media],
    ) {
        let pointer = format!("{operation}/{path}");
        let Some((node, pointer)) = node.and_then(|node| self.resolve(node, pointer)) else {
            return;
        };
        let has_json_value = |it: &Media| {
            matches!(it.kind, MediaKind::Json | MediaKind::Form | MediaKind::Multipart)
        };
        let Some(content) = node.get("content") else { return };
        for media in media.iter().filter(|it| has_json_value(it)) {
            let entry = content.get(&media.content_type);
            let Some(schema) = entry.and_then(|entry| entry.get("schema")) else { continue };
            let pointer = format!("{pointer}/content/{}/schema", escape(&media.content_type));
            if self.seen.contains(&pointer) {
                continue;
            }
            if !media.examples.is_empty() {
                let ty = self.plan.rust_type(&media.ty);
                self.found.push(TypedSchema::new(ty, &pointer, media.examples.clone(), false));
            }
            self.visit_schema(schema, &pointer, &media.ty);
        }
    }

    /// Returns the target of a chain of references and its pointer.
    fn resolve(&self, node: &'a Node, pointer: String) -> Option<(&'a Node, String)> {
        let (mut node, mut pointer) = (node, pointer);
        for _ in 0..8 {
            let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
                return Some((node, pointer));
            };
            pointer = reference.strip_prefix('#')?.to_owned();
            node = self.openapi.pointer(&pointer)?;
        }
        None
    }

    /// Visits a schema; references are skipped, since components are visited by themselves.
    fn visit_schema(&mut self, node: &'a Node, pointer: &str, ty: &Type) {
        if node.get("$ref").is_some() || !self.seen.insert(pointer.to_owned()) {
            return;
        }
        let is_named = self.found.iter().any(|it| it.is_named && it.pointer == pointer);
        if !is_named {
            let ty = self.plan.rust_type(ty);
            self.add(ty, pointer, node, false);
        }
        self.visit_children(node, pointer, ty);
    }

    fn visit_children(&mut self, node: &'a Node, pointer: &str, ty: &Type) {
        let child = |key: &str| Some((node.get(key)?, format!("{pointer}/{key}")));
        match ty {
            Type::Nullable(inner) => self.visit_children(node, pointer, inner),
            Type::List(inner) => {
                if let Some((items, pointer)) = child("items") {
                    self.visit_schema(items, &pointer, inner);
                }
            }
            Type::Map(inner) => {
                if let Some((values, pointer)) = child("additionalProperties") {
                    self.visit_schema(values, &pointer, inner);
                }
            }
            Type::Named(id) => {
                let inline = self.api.types.get(id.0);
                let inline = inline.filter(|def| matches!(def.name, TypeName::Inline(_)));
                if let Some(def) = inline {
                    self.visit_shape(def, node, pointer);
                }
            }
            Type::Any | Type::Scalar(_) => (),
        }
    }

    fn visit_shape(&mut self, def: &'a TypeDef, node: &'a Node, pointer: &str) {
        match &def.shape {
            Shape::Struct(shape) => {
                self.visit_properties(node, pointer, &shape.fields);
                if let (Some(ty), Some(values)) =
                    (&shape.additional, node.get("additionalProperties"))
                {
                    self.visit_schema(values, &format!("{pointer}/additionalProperties"), ty);
                }
            }
            Shape::Union(shape) => {
                for key in ["oneOf", "anyOf"] {
                    let list = node.get(key).and_then(Node::as_array).unwrap_or_default();
                    for (index, node) in list.iter().enumerate() {
                        let pointer = format!("{pointer}/{key}/{index}");
                        let is_alternative = |ty: &&Type| self.has_pointer(ty, &pointer);
                        let mut types = shape.variants.iter().map(|it| &it.ty);
                        let ty = types.find(is_alternative);
                        if let Some(ty) = ty {
                            self.visit_schema(node, &pointer, ty);
                        }
                    }
                }
            }
            Shape::Enum(_) | Shape::Id => (),
        }
    }

    fn has_pointer(&self, ty: &Type, pointer: &str) -> bool {
        let Type::Named(id) = ty else { return false };
        self.api.types.get(id.0).is_some_and(|def| def.pointer == pointer)
    }

    /// Visits the properties of a schema and of the parts of its `allOf`.
    fn visit_properties(&mut self, node: &'a Node, pointer: &str, fields: &[Field]) {
        let properties = node.get("properties").and_then(Node::as_object);
        for (name, node) in properties.into_iter().flatten() {
            let Some(field) = fields.iter().find(|it| it.wire == *name) else { continue };
            let pointer = format!("{pointer}/properties/{}", escape(name));
            let ty = match field.nullable {
                true => Type::Nullable(Box::new(field.ty.clone())),
                false => field.ty.clone(),
            };
            self.visit_schema(node, &pointer, &ty);
        }
        let parts = node.get("allOf").and_then(Node::as_array).unwrap_or_default();
        for (index, part) in parts.iter().enumerate() {
            self.visit_properties(part, &format!("{pointer}/allOf/{index}"), fields);
        }
    }
}
