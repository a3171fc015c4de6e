//! The schemas of a document. Each is read once, from the audited tree, into a [`Schema`]; a
//! [`SchemaId`] stands for it from then on.
//!
//! The typed model is not used for schemas: real documents mix `allOf`, `type`, `properties` and
//! `enum` in one schema, and the model rounds wide numbers.

pub mod constraints;
pub mod enum_values;
mod limits;
pub mod literal;
mod metadata;
mod nullable;
mod read;

use std::collections::BTreeMap;
use std::rc::Rc;

use indexmap::IndexMap;

use super::cursor::NodeCursor;
use crate::ir::EnumValue;
use crate::source::Map;
use enum_values::lists_only_null;

pub use metadata::SchemaMetadata;

/// Index of a schema in [`Schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaId(usize);

/// All schemas that were read.
#[derive(Debug)]
pub struct Schemas<'a> {
    /// The components, in the order of the document: the id of a component is its index.
    components: Option<&'a Map>,
    all: Vec<Entry<'a>>,
    /// The schemas of parameters, headers and bodies by JSON pointer: a component may be used often.
    by_pointer: BTreeMap<String, SchemaId>,
    /// Whether a schema allows `null`, once it is known.
    nullable: BTreeMap<SchemaId, bool>,
    empty: Rc<Schema<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    schema: Rc<Schema<'a>>,
    /// The component that it refers to, if it is a `$ref`.
    target: Option<SchemaId>,
}

/// A schema with one field for each keyword.
#[derive(Debug, Clone)]
pub struct Schema<'a> {
    /// Its node in the document.
    pub cursor: NodeCursor<'a>,
    /// Its metadata.
    pub metadata: SchemaMetadata,
    /// `nullable`
    pub nullable: bool,
    /// `type`
    pub ty: Option<&'a str>,
    /// `format`
    pub format: Option<&'a str>,
    /// `enum` without `null`
    pub values: Vec<EnumValue>,
    /// `properties`. A property that several parts of an `allOf` declare has several schemas.
    pub properties: IndexMap<&'a str, Vec<SchemaId>>,
    /// `required`
    pub required: Vec<&'a str>,
    /// `additionalProperties`
    pub additional: AdditionalProperties,
    /// `items`
    pub items: Option<SchemaId>,
    /// `allOf`
    pub all_of: Vec<SchemaId>,
    /// `oneOf`
    pub one_of: Vec<SchemaId>,
    /// `anyOf`
    pub any_of: Vec<SchemaId>,
    /// `discriminator`
    pub discriminator: Option<Rc<Discriminator<'a>>>,
    /// Whether it has `not`, which no Rust type can express.
    pub not: bool,
}

/// `additionalProperties`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdditionalProperties {
    /// The keyword is absent.
    Unspecified,
    /// `false`
    Forbidden,
    /// `true`
    Any,
    /// A schema.
    Schema(SchemaId),
}

/// `discriminator`
#[derive(Debug)]
pub struct Discriminator<'a> {
    /// `propertyName`
    pub property: &'a str,
    /// `mapping`: values of the property, each with the component that it selects.
    pub mapping: Vec<(&'a str, SchemaId)>,
}

impl<'a> Schemas<'a> {
    /// Returns a schema. If it is a `$ref`, it has no keywords.
    pub fn get(&self, id: SchemaId) -> Rc<Schema<'a>> {
        self.all.get(id.0).map_or_else(|| self.empty.clone(), |entry| entry.schema.clone())
    }

    /// Returns the component that a schema refers to, if it is a `$ref`.
    pub fn target(&self, id: SchemaId) -> Option<SchemaId> {
        self.all.get(id.0)?.target
    }

    /// Whether a schema is a `$ref`.
    pub fn is_reference(&self, id: SchemaId) -> bool {
        self.target(id).is_some()
    }

    /// Follows references. The audit removed those that lead back to themselves, so this ends.
    pub fn resolve(&self, id: SchemaId) -> SchemaId {
        let chain = std::iter::successors(Some(id), |id| self.target(*id));
        chain.take(self.all.len()).last().unwrap_or(id)
    }

    /// Returns the schema that a schema is or refers to.
    pub fn resolved(&self, id: SchemaId) -> Rc<Schema<'a>> {
        self.get(self.resolve(id))
    }

    /// Returns the key of a component.
    pub fn component_key(&self, id: SchemaId) -> Option<&'a str> {
        self.components?.get_index(id.0).map(|(key, _)| key.as_str())
    }

    /// Returns the ids and keys of all components, in the order of the document.
    pub fn component_keys(&self) -> impl Iterator<Item = (SchemaId, &'a str)> + use<'a> {
        let keys = self.components.into_iter().flat_map(|map| map.keys().map(String::as_str));
        keys.enumerate().map(|(index, key)| (SchemaId(index), key))
    }
}

impl SchemaId {
    /// Returns the index of a component among the components.
    pub fn index(self) -> usize {
        self.0
    }
}

impl<'a> Schema<'a> {
    /// Creates a schema without keywords.
    pub fn empty(cursor: NodeCursor<'a>) -> Self {
        Self {
            cursor,
            metadata: SchemaMetadata::default(),
            nullable: false,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: IndexMap::new(),
            required: Vec::new(),
            additional: AdditionalProperties::Unspecified,
            items: None,
            all_of: Vec::new(),
            one_of: Vec::new(),
            any_of: Vec::new(),
            discriminator: None,
            not: false,
        }
    }

    /// Returns the alternatives of `oneOf`, or else of `anyOf`.
    pub fn alternatives(&self) -> &[SchemaId] {
        if self.one_of.is_empty() { &self.any_of } else { &self.one_of }
    }

    /// Whether it has `allOf`, `oneOf` or `anyOf`.
    pub fn is_composed(&self) -> bool {
        !(self.all_of.is_empty() && self.one_of.is_empty() && self.any_of.is_empty())
    }

    /// Whether it only has metadata and does not restrict the type of a value.
    pub fn is_annotation(&self) -> bool {
        self.ty.is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.additional == AdditionalProperties::Unspecified
            && !self.is_composed()
    }

    /// Whether it allows only `null`.
    pub fn is_null(&self) -> bool {
        lists_only_null(self.cursor.node) || (self.nullable && self.is_annotation() && !self.not)
    }

    /// Whether it is lowered to a named type (a struct, enum or union) and not to a built-in type,
    /// an array or a map.
    pub fn is_nominal(&self) -> bool {
        !self.properties.is_empty() || !self.values.is_empty() || self.is_composed()
    }
}
