//! Resolves `$ref`s: to components, or to any other node of the document.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
    SecurityScheme,
};
use serde::de::DeserializeOwned;

use super::cursor::{NodeCursor, RefOr, SchemaAt};
use super::document::{Document, deserialize_node};
use crate::source::{Kind, Node, escape, unescape};

/// How long a chain of references may be.
pub const MAX_HOPS: usize = 32;

/// The targets of references by JSON pointer. Each is deserialized on first use, unless it is a
/// component, which the typed model has already.
#[derive(Debug, Default)]
pub struct DeepRefCache(BTreeMap<String, TypedNode>);

/// A node, deserialized as the kinds of object it is used as.
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

/// Boxed to save space: a node is used as at most one kind of object in most documents.
type Cell<T> = OnceCell<Option<Box<ReferenceOr<T>>>>;
type Section<T> = IndexMap<String, ReferenceOr<T>>;

/// A kind of object that a `$ref` can refer to.
pub trait RefTarget: DeserializeOwned {
    /// Returns the section of `components` for this kind, with the section's key.
    fn section(components: &Components) -> Option<(&'static str, &Section<Self>)>;
    /// Returns the cell for this kind of a node outside `components`.
    fn cell(node: &TypedNode) -> &Cell<Self>;
}

macro_rules! ref_targets {
    ($($ty:ident: $key:literal $section:ident, $cell:ident;)+) => {$(
        impl RefTarget for $ty {
            fn section(components: &Components) -> Option<(&'static str, &Section<Self>)> {
                Some(($key, &components.$section))
            }
            fn cell(node: &TypedNode) -> &Cell<Self> {
                &node.$cell
            }
        }
    )+};
}

ref_targets! {
    Schema: "schemas" schemas, schema;
    Parameter: "parameters" parameters, parameter;
    Response: "responses" responses, response;
    RequestBody: "requestBodies" request_bodies, body;
    Header: "headers" headers, header;
    Example: "examples" examples, example;
    SecurityScheme: "securitySchemes" security_schemes, scheme;
}

impl RefTarget for PathItem {
    fn section(_: &Components) -> Option<(&'static str, &Section<Self>)> {
        None // OpenAPI 3.0 has none. `components.pathItems` of 3.1 is read like any other node.
    }
    fn cell(node: &TypedNode) -> &Cell<Self> {
        &node.path
    }
}

impl DeepRefCache {
    /// Creates empty entries for all targets of references in the document.
    pub fn new(root: &Node) -> Self {
        let mut entries = BTreeMap::new();
        collect_targets(root, &mut entries);
        Self(entries)
    }
}

/// Collects the targets of references. The parser limits the depth of a tree, so this recursion is
/// bounded.
fn collect_targets(node: &Node, entries: &mut BTreeMap<String, TypedNode>) {
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(|item| collect_targets(item, entries)),
        Kind::Object(map) => {
            if let Some(pointer) = map.get("$ref").and_then(Node::as_str).and_then(local_pointer) {
                entries.entry(pointer).or_default();
            }
            map.values().for_each(|value| collect_targets(value, entries));
        }
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => (),
    }
}

/// Returns the JSON pointer of a reference into the same document, percent-decoded and in canonical
/// form.
pub fn local_pointer(reference: &str) -> Option<String> {
    let fragment = percent_decode(reference.strip_prefix('#')?);
    let canonical = |pointer: &str| {
        pointer.split('/').map(|t| escape(&unescape(t))).collect::<Vec<_>>().join("/")
    };
    (fragment.is_empty() || fragment.starts_with('/')).then(|| canonical(&fragment))
}

/// Returns the key of the schema component at a JSON pointer.
pub fn schema_key(pointer: &str) -> Option<String> {
    component_key(pointer, "schemas")
}

fn component_key(pointer: &str, section: &str) -> Option<String> {
    let key = pointer.strip_prefix("/components/")?.strip_prefix(section)?.strip_prefix('/')?;
    (!key.contains('/')).then(|| unescape(key))
}

fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        let hex = bytes.get(index + 1..index + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *byte == b'%') {
            Some(decoded) => {
                out.push(decoded);
                index += 3;
            }
            None => {
                out.push(*byte);
                index += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

impl<'a> Document<'a> {
    /// Resolves an item or reference to the item and its cursor, or returns the reference that
    /// cannot be resolved.
    pub fn resolve<T: RefTarget>(
        &'a self,
        item_or_reference: &'a ReferenceOr<T>,
        cursor: &NodeCursor<'a>,
    ) -> Result<(&'a T, NodeCursor<'a>), String> {
        let mut current = item_or_reference;
        let mut cursor = cursor.clone();
        for _ in 0..MAX_HOPS {
            match current {
                ReferenceOr::Item(item) => return Ok((item, cursor)),
                ReferenceOr::Reference { reference } => {
                    (current, cursor) = self.target(reference).ok_or_else(|| reference.clone())?;
                }
            }
        }
        Err(cursor.pointer)
    }

    /// Resolves a schema or reference to the schema and its cursor, like [`Self::resolve`].
    pub fn follow(
        &'a self,
        schema_at: &SchemaAt<'a>,
    ) -> Result<(&'a Schema, NodeCursor<'a>), String> {
        match schema_at.schema {
            RefOr::Item(schema) => Ok((schema, schema_at.cursor.clone())),
            RefOr::Reference(reference) => {
                let (target, cursor) =
                    self.target(reference).ok_or_else(|| reference.to_owned())?;
                self.resolve(target, &cursor)
            }
        }
    }

    /// Returns the direct target of a reference, which may be a reference itself.
    pub fn target<T: RefTarget>(
        &'a self,
        reference: &str,
    ) -> Option<(&'a ReferenceOr<T>, NodeCursor<'a>)> {
        let pointer = local_pointer(reference)?;
        let node = self.root.pointer(&pointer)?;
        let component = self
            .openapi
            .components
            .as_ref()
            .and_then(T::section)
            .and_then(|(name, section)| section.get(&component_key(&pointer, name)?));
        let target = match component {
            Some(component) => component,
            None => T::cell(self.deep_refs.0.get(&pointer)?)
                .get_or_init(|| deserialize_node(node).ok().map(Box::new))
                .as_deref()?,
        };
        Some((target, NodeCursor { node, pointer }))
    }
}

#[cfg(test)]
mod tests {
    use super::{local_pointer, schema_key};

    #[test]
    fn a_fragment_is_percent_decoded() {
        let pointer = local_pointer("#/paths/~1pets~1%7Bid%7D/get");
        assert_eq!(pointer.as_deref(), Some("/paths/~1pets~1{id}/get"));
        assert_eq!(local_pointer("#/a/100%").as_deref(), Some("/a/100%"));
        assert_eq!(local_pointer("pets.yaml#/Pet"), None);
    }

    #[test]
    fn only_a_whole_component_has_a_key() {
        assert_eq!(schema_key("/components/schemas/a~1b").as_deref(), Some("a/b"));
        assert_eq!(schema_key("/components/schemas/A/properties/b"), None);
    }
}
