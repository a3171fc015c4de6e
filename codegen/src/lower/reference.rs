//! What a `$ref` names: a component, or anything else that a local pointer reaches.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde::de::DeserializeOwned;

use super::cursor::{NodeCursor, RefOr, SchemaAt};
use super::document::{Document, typed};
use crate::source::{Kind, Node, escape, unescape};

/// How many references may lead to one another.
pub const MOST_HOPS: usize = 32;

/// Nodes that references name, read into the model when first asked for.
#[derive(Debug, Default)]
pub struct DeepRefCache(BTreeMap<String, TypedNode>);

/// A node in the form in which it was asked for.
#[derive(Debug, Default)]
pub struct TypedNode {
    schema: Cell<Schema>,
    parameter: Cell<Parameter>,
    response: Cell<Response>,
    body: Cell<RequestBody>,
    header: Cell<Header>,
    example: Cell<Example>,
    path: Cell<PathItem>,
    scheme: Cell<SecurityScheme>,
}

/// Boxed: most nodes are asked for in one form, if at all.
type Cell<T> = OnceCell<Option<Box<ReferenceOr<T>>>>;
type Section<T> = IndexMap<String, ReferenceOr<T>>;

/// Something that a `$ref` can name.
pub trait Target: DeserializeOwned {
    /// The section of `components` for its kind, with the section's name.
    fn section(components: &Components) -> Option<(&'static str, &Section<Self>)>;
    /// Where it is kept when it stands elsewhere.
    fn kept(kept: &TypedNode) -> &Cell<Self>;
}

macro_rules! targets {
    ($($ty:ident: $key:literal $section:ident, $cell:ident;)+) => {$(
        impl Target for $ty {
            fn section(components: &Components) -> Option<(&'static str, &Section<Self>)> {
                Some(($key, &components.$section))
            }
            fn kept(kept: &TypedNode) -> &Cell<Self> {
                &kept.$cell
            }
        }
    )+};
}

targets! {
    Schema: "schemas" schemas, schema;
    Parameter: "parameters" parameters, parameter;
    Response: "responses" responses, response;
    RequestBody: "requestBodies" request_bodies, body;
    Header: "headers" headers, header;
    Example: "examples" examples, example;
    SecurityScheme: "securitySchemes" security_schemes, scheme;
}

impl Target for PathItem {
    fn section(_: &Components) -> Option<(&'static str, &Section<Self>)> {
        None // OpenAPI 3.0 has none; what 3.1 keeps in `components.pathItems` is read as any node.
    }
    fn kept(kept: &TypedNode) -> &Cell<Self> {
        &kept.path
    }
}

impl DeepRefCache {
    /// Room for every node that a reference of the tree names.
    pub fn of(root: &Node) -> Self {
        let mut kept = BTreeMap::new();
        collect(root, &mut kept);
        Self(kept)
    }
}

/// The parse caps a tree's depth, so this recursion is bounded.
fn collect(node: &Node, kept: &mut BTreeMap<String, TypedNode>) {
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect(item, kept)),
        Kind::Object(map) => {
            if let Some(pointer) = map.get("$ref").and_then(Node::as_str).and_then(local) {
                kept.entry(pointer).or_default();
            }
            map.values().for_each(|value| collect(value, kept));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

/// The pointer of a reference into the same document, `%XX` decoded and in canonical form.
pub fn local(reference: &str) -> Option<String> {
    let fragment = decode(reference.strip_prefix('#')?);
    let canonical = |pointer: &str| {
        pointer.split('/').map(|t| escape(&unescape(t))).collect::<Vec<_>>().join("/")
    };
    (fragment.is_empty() || fragment.starts_with('/')).then(|| canonical(&fragment))
}

/// The name of the schema component that a pointer names.
pub fn schema_key(pointer: &str) -> Option<String> {
    component_key(pointer, "schemas")
}

fn component_key(pointer: &str, section: &str) -> Option<String> {
    let key = pointer.strip_prefix("/components/")?.strip_prefix(section)?.strip_prefix('/')?;
    (!key.contains('/')).then(|| unescape(key))
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *byte == b'%') {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

impl<'a> Document<'a> {
    /// The item that `written` is or names, and where it stands; the reference that fails otherwise.
    pub fn resolve<T: Target>(
        &'a self,
        written: &'a ReferenceOr<T>,
        cursor: &NodeCursor<'a>,
    ) -> Result<(&'a T, NodeCursor<'a>), String> {
        let mut written = written;
        let mut cursor = cursor.clone();
        for _ in 0..MOST_HOPS {
            match written {
                ReferenceOr::Item(item) => return Ok((item, cursor)),
                ReferenceOr::Reference { reference } => {
                    (written, cursor) = self.target(reference).ok_or_else(|| reference.clone())?;
                }
            }
        }
        Err(cursor.pointer)
    }

    /// The schema that `at` is or names, never a reference itself.
    pub fn follow(&'a self, at: &SchemaAt<'a>) -> Result<(&'a Schema, NodeCursor<'a>), String> {
        match at.schema {
            RefOr::Item(schema) => Ok((schema, at.cursor.clone())),
            RefOr::Reference(reference) => {
                let (written, cursor) =
                    self.target(reference).ok_or_else(|| reference.to_owned())?;
                self.resolve(written, &cursor)
            }
        }
    }

    /// What a reference names.
    pub fn target<T: Target>(
        &'a self,
        reference: &str,
    ) -> Option<(&'a ReferenceOr<T>, NodeCursor<'a>)> {
        let pointer = local(reference)?;
        let node = self.root.pointer(&pointer)?;
        let component = self
            .openapi
            .components
            .as_ref()
            .and_then(T::section)
            .and_then(|(name, section)| section.get(&component_key(&pointer, name)?));
        let written = match component {
            Some(written) => written,
            None => T::kept(self.elsewhere.0.get(&pointer)?)
                .get_or_init(|| typed(node).ok().map(Box::new))
                .as_deref()?,
        };
        Some((written, NodeCursor { node, pointer }))
    }
}

#[cfg(test)]
mod tests {
    use super::{local, schema_key};

    #[test]
    fn a_fragment_is_decoded() {
        let pointer = local("#/paths/~1pets~1%7Bid%7D/get");
        assert_eq!(pointer.as_deref(), Some("/paths/~1pets~1{id}/get"));
        assert_eq!(local("#/a/100%").as_deref(), Some("/a/100%"));
        assert_eq!(local("pets.yaml#/Pet"), None);
    }

    #[test]
    fn only_a_whole_component_has_a_key() {
        assert_eq!(schema_key("/components/schemas/a~1b").as_deref(), Some("a/b"));
        assert_eq!(schema_key("/components/schemas/A/properties/b"), None);
    }
}
