//! Reads schemas from the tree.

use std::collections::BTreeMap;
use std::rc::Rc;

use indexmap::IndexMap;

use super::enum_values::listed_values;
use super::{
    AdditionalProperties, Discriminator, Entry, Schema, SchemaId, SchemaMetadata, Schemas,
};
use crate::lower::cursor::NodeCursor;
use crate::source::{Kind, Node, unescape};

impl<'a> Schemas<'a> {
    /// Reads all schema components of a document.
    pub fn read_components(root: &'a Node) -> Self {
        let cursor = NodeCursor::root(root).child("components").child("schemas");
        let components = root.pointer("/components/schemas").and_then(Node::as_object);
        let mut schemas = Self {
            components,
            all: Vec::new(),
            by_pointer: BTreeMap::new(),
            nullable: BTreeMap::new(),
            empty: Rc::new(Schema::empty(NodeCursor::root(root))),
        };
        // Each component gets its id before any is read, so that they can refer to each other.
        let keys: Vec<(SchemaId, &str)> = schemas.component_keys().collect();
        for (_, key) in &keys {
            schemas.reserve(cursor.child(key));
        }
        for (id, key) in keys {
            schemas.fill(id, cursor.child(key));
        }
        schemas
    }

    /// Reads the schema of a parameter, header or body, unless it was read before.
    pub fn read_at(&mut self, cursor: &NodeCursor<'a>) -> SchemaId {
        match self.by_pointer.get(&cursor.pointer) {
            Some(id) => *id,
            None => {
                let id = self.read(cursor.clone());
                self.by_pointer.insert(cursor.pointer.clone(), id);
                id
            }
        }
    }

    /// Reads a schema and those inside it. The audit limits how deep they are nested.
    fn read(&mut self, cursor: NodeCursor<'a>) -> SchemaId {
        let id = self.reserve(cursor.clone());
        self.fill(id, cursor);
        id
    }

    fn reserve(&mut self, cursor: NodeCursor<'a>) -> SchemaId {
        self.all.push(Entry { schema: Rc::new(Schema::empty(cursor)), target: None });
        SchemaId(self.all.len() - 1)
    }

    fn fill(&mut self, id: SchemaId, cursor: NodeCursor<'a>) {
        let reference = cursor.node.get("$ref").and_then(Node::as_str);
        let target = reference.and_then(|reference| self.component_id(reference));
        let schema = target.is_none().then(|| Rc::new(self.read_keywords(cursor)));
        if let Some(entry) = self.all.get_mut(id.0) {
            entry.target = target;
            entry.schema = schema.unwrap_or_else(|| entry.schema.clone());
        }
    }

    /// Returns the component that a reference names. In an audited document, every reference of a
    /// schema names one.
    fn component_id(&self, reference: &str) -> Option<SchemaId> {
        let key = unescape(reference.strip_prefix("#/components/schemas/")?);
        self.components?.get_index_of(&key).map(SchemaId)
    }

    fn read_keywords(&mut self, cursor: NodeCursor<'a>) -> Schema<'a> {
        let node = cursor.node;
        let text = |key: &str| node.get(key).and_then(Node::as_str);
        let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
        Schema {
            metadata: SchemaMetadata::read(node),
            nullable: node.get("nullable").and_then(Node::as_bool).unwrap_or_default(),
            ty: text("type"),
            format: text("format"),
            values: listed_values(node),
            properties: self.read_properties(&cursor),
            required: required.iter().filter_map(Node::as_str).collect(),
            additional: self.read_additional(&cursor),
            items: node.get("items").map(|_| self.read(cursor.child("items"))),
            all_of: self.read_list(&cursor, "allOf"),
            one_of: self.read_list(&cursor, "oneOf"),
            any_of: self.read_list(&cursor, "anyOf"),
            discriminator: self.read_discriminator(node).map(Rc::new),
            not: node.get("not").is_some(),
            cursor,
        }
    }

    fn read_properties(&mut self, cursor: &NodeCursor<'a>) -> IndexMap<&'a str, Vec<SchemaId>> {
        let properties = cursor.node.get("properties").and_then(Node::as_object);
        let names = properties.into_iter().flat_map(|map| map.keys());
        let cursor = cursor.child("properties");
        names.map(|name| (name.as_str(), vec![self.read(cursor.child(name))])).collect()
    }

    fn read_additional(&mut self, cursor: &NodeCursor<'a>) -> AdditionalProperties {
        match cursor.node.get("additionalProperties").map(|node| &node.kind) {
            None => AdditionalProperties::Unspecified,
            Some(Kind::Bool(false)) => AdditionalProperties::Forbidden,
            Some(Kind::Bool(true)) => AdditionalProperties::Any,
            Some(_) => {
                AdditionalProperties::Schema(self.read(cursor.child("additionalProperties")))
            }
        }
    }

    fn read_list(&mut self, cursor: &NodeCursor<'a>, key: &str) -> Vec<SchemaId> {
        let schemas = cursor.node.get(key).and_then(Node::as_array).unwrap_or_default();
        let cursor = cursor.child(key);
        (0..schemas.len()).map(|index| self.read(cursor.item(index))).collect()
    }

    fn read_discriminator(&self, node: &'a Node) -> Option<Discriminator<'a>> {
        let node = node.get("discriminator")?;
        let mapping = node.get("mapping").and_then(Node::as_object).into_iter().flatten();
        let mapping = mapping.filter_map(|(value, target)| {
            Some((value.as_str(), self.component_id(target.as_str()?)?))
        });
        let property = node.get("propertyName")?.as_str()?;
        Some(Discriminator { property, mapping: mapping.collect() })
    }
}
