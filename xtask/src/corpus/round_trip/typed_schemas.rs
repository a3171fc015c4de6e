//! What is tried: the types of a crate, each with the location of its schema, and the examples that the
//! description gives for it.

use std::collections::BTreeSet;

use docwright::ir::{Api, Field, Media, MediaKind, Shape, Status, Type, TypeDef, TypeName};
use docwright::plan::{Plan, RustType};
use docwright::source::{Node, escape};
use serde_json::Value;

/// A type and its schema.
#[derive(Debug, Clone)]
pub struct Tried {
    /// The type, as the program names it.
    pub ty: String,
    /// JSON pointer of the schema in the normalised description.
    pub pointer: String,
    /// The values that the description shows for it.
    pub examples: Vec<Value>,
    /// Whether it is a type of its own, of which values are made.
    pub is_named: bool,
}

/// Every named type, in the order of the API; then every other schema that has examples.
pub fn tried(api: &Api, plan: &Plan, openapi: &Node) -> Vec<Tried> {
    let mut walk = Walk { api, plan, openapi, seen: BTreeSet::new(), found: Vec::new() };
    for (def, name) in api.types.iter().zip(&plan.type_names) {
        let Some(node) = openapi.pointer(&def.pointer) else { continue };
        if let Some(name) = name
            && stands_for(def, node)
        {
            let ty = text(&RustType::Named(name.clone()));
            walk.add(ty, &def.pointer, node, true);
        }
        if matches!(def.name, TypeName::Component(_)) {
            walk.definition(def, node);
        }
    }
    for operation in &api.operations {
        let Some(node) = openapi.pointer(&operation.pointer) else { continue };
        if let Some(body) = &operation.body {
            walk.content(node.get("requestBody"), &operation.pointer, "requestBody", &body.media);
        }
        let responses = node.get("responses");
        for (status, written) in responses.and_then(Node::as_object).into_iter().flatten() {
            let is_it = |it: &Status| same_status(*it, status);
            if let Some(response) = operation.responses.iter().find(|it| is_it(&it.status)) {
                let way = format!("responses/{}", escape(status));
                walk.content(Some(written), &operation.pointer, &way, &response.media);
            }
        }
    }
    walk.found
}

fn same_status(status: Status, written: &str) -> bool {
    match status {
        Status::Code(code) => written == code.to_string(),
        Status::Range(digit) => written.to_ascii_uppercase() == format!("{digit}XX"),
        Status::Default => written == "default",
    }
}

/// Whether a type is what its schema alone comes to: a member that two parts of an `allOf` declare can
/// have a type made of two schemas, which is tried as a part of what holds it.
fn stands_for(def: &TypeDef, node: &Node) -> bool {
    let composed = ["$ref", "allOf", "oneOf", "anyOf"].iter().any(|key| node.get(key).is_some());
    match &def.shape {
        Shape::Struct(shape) if !composed => {
            let properties = node.get("properties").and_then(Node::as_object);
            let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
            let says = |name: &str| required.iter().any(|it| it.as_str() == Some(name));
            let named = |name: &str| properties.is_some_and(|all| all.contains_key(name));
            shape.fields.iter().all(|field| {
                (named(&field.wire) || says(&field.wire)) && field.required == says(&field.wire)
            })
        }
        Shape::Union(_) => composed,
        Shape::Struct(_) | Shape::Enum(_) | Shape::Alias(_) => true,
    }
}

/// A type as the program writes it.
fn text(ty: &RustType) -> String {
    match ty {
        RustType::Plain(name) => (*name).to_owned(),
        RustType::Runtime(name) => format!("runtime::{name}"),
        RustType::Named(name) => format!("types::{name}"),
        RustType::List(inner) => format!("Vec<{}>", text(inner)),
        RustType::Map(inner) => format!("runtime::Map<{}>", text(inner)),
        RustType::Option(inner) => format!("Option<{}>", text(inner)),
        RustType::Boxed(inner) => text(inner),
    }
}

struct Walk<'a> {
    api: &'a Api,
    plan: &'a Plan,
    openapi: &'a Node,
    /// Schemas that were entered.
    seen: BTreeSet<String>,
    found: Vec<Tried>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, ty: String, pointer: &str, node: &Node, is_named: bool) {
        let one = node.get("example").into_iter();
        let more = node.get("x-docwright-examples").and_then(Node::as_array).unwrap_or_default();
        let mut examples: Vec<Value> = Vec::new();
        for example in one.chain(more).map(Node::to_json) {
            if !examples.contains(&example) {
                examples.push(example);
            }
        }
        if is_named || !examples.is_empty() {
            self.found.push(Tried { ty, pointer: pointer.to_owned(), examples, is_named });
        }
    }

    /// The media types of a body or a response.
    fn content(&mut self, written: Option<&'a Node>, above: &str, way: &str, media: &[Media]) {
        let pointer = format!("{above}/{way}");
        let Some((node, pointer)) = written.and_then(|node| self.follow(node, pointer)) else {
            return;
        };
        let json = |it: &Media| {
            matches!(it.kind, MediaKind::Json | MediaKind::Form | MediaKind::Multipart)
        };
        let Some(content) = node.get("content") else { return };
        for media in media.iter().filter(|it| json(it)) {
            let entry = content.get(&media.content_type);
            let Some(schema) = entry.and_then(|entry| entry.get("schema")) else { continue };
            let pointer = format!("{pointer}/content/{}/schema", escape(&media.content_type));
            if self.seen.contains(&pointer) {
                continue;
            }
            if !media.examples.is_empty() {
                let ty = text(&self.plan.rust_type(self.api, &media.ty));
                let (pointer, examples) = (pointer.clone(), media.examples.clone());
                self.found.push(Tried { ty, pointer, examples, is_named: false });
            }
            self.schema(schema, &pointer, &media.ty);
        }
    }

    /// What a reference leads to, be it through others.
    fn follow(&self, node: &'a Node, pointer: String) -> Option<(&'a Node, String)> {
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

    /// A schema where it is used: what a reference names is entered as a component.
    fn schema(&mut self, node: &'a Node, pointer: &str, ty: &Type) {
        if node.get("$ref").is_some() || !self.seen.insert(pointer.to_owned()) {
            return;
        }
        let is_own = self.found.iter().any(|it| it.is_named && it.pointer == pointer);
        if !is_own {
            self.add(text(&self.plan.rust_type(self.api, ty)), pointer, node, false);
        }
        self.inside(node, pointer, ty);
    }

    fn inside(&mut self, node: &'a Node, pointer: &str, ty: &Type) {
        let below = |key: &str| Some((node.get(key)?, format!("{pointer}/{key}")));
        match ty {
            Type::Nullable(inner) => self.inside(node, pointer, inner),
            Type::List(inner) => {
                if let Some((items, pointer)) = below("items") {
                    self.schema(items, &pointer, inner);
                }
            }
            Type::Map(inner) => {
                if let Some((values, pointer)) = below("additionalProperties") {
                    self.schema(values, &pointer, inner);
                }
            }
            Type::Named(id) => {
                let inline = self.api.types.get(id.0);
                let inline = inline.filter(|def| matches!(def.name, TypeName::Inline(_)));
                if let Some(def) = inline {
                    self.shape(def, node, pointer);
                }
            }
            Type::Any | Type::Scalar(_) => (),
        }
    }

    fn definition(&mut self, def: &'a TypeDef, node: &'a Node) {
        if let Shape::Alias(ty) = &def.shape {
            self.schema(node, &def.pointer, ty);
        } else if self.seen.insert(def.pointer.clone()) {
            self.shape(def, node, &def.pointer);
        }
    }

    fn shape(&mut self, def: &'a TypeDef, node: &'a Node, pointer: &str) {
        match &def.shape {
            Shape::Struct(shape) => {
                self.members(node, pointer, &shape.fields);
                if let (Some(ty), Some(values)) = (&shape.rest, node.get("additionalProperties")) {
                    self.schema(values, &format!("{pointer}/additionalProperties"), ty);
                }
            }
            Shape::Union(shape) => {
                for key in ["oneOf", "anyOf"] {
                    let all = node.get(key).and_then(Node::as_array).unwrap_or_default();
                    for (index, node) in all.iter().enumerate() {
                        let pointer = format!("{pointer}/{key}/{index}");
                        let mine = |ty: &&Type| self.is_at(ty, &pointer);
                        let ty = shape.variants.iter().map(|it| &it.ty).find(mine);
                        if let Some(ty) = ty {
                            self.schema(node, &pointer, ty);
                        }
                    }
                }
            }
            Shape::Alias(ty) => self.inside(node, pointer, ty),
            Shape::Enum(_) => (),
        }
    }

    fn is_at(&self, ty: &Type, pointer: &str) -> bool {
        let Type::Named(id) = ty else { return false };
        self.api.types.get(id.0).is_some_and(|def| def.pointer == pointer)
    }

    /// The members that stand in a schema and in the parts of its `allOf`.
    fn members(&mut self, node: &'a Node, pointer: &str, fields: &[Field]) {
        let properties = node.get("properties").and_then(Node::as_object);
        for (name, node) in properties.into_iter().flatten() {
            let Some(field) = fields.iter().find(|it| it.wire == *name) else { continue };
            let pointer = format!("{pointer}/properties/{}", escape(name));
            let ty = match field.nullable {
                true => Type::Nullable(Box::new(field.ty.clone())),
                false => field.ty.clone(),
            };
            self.schema(node, &pointer, &ty);
        }
        let parts = node.get("allOf").and_then(Node::as_array).unwrap_or_default();
        for (index, part) in parts.iter().enumerate() {
            self.members(part, &format!("{pointer}/allOf/{index}"), fields);
        }
    }
}
