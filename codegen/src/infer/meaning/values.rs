//! The fields and parameters of an API, with what the document says about them.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use heck::ToSnakeCase;

use super::super::Context;
use crate::depth::MAX_SEARCHED_SCHEMAS;
use crate::ir::{
    Api, Constraints, Doc, Field, Literal, MediaKind, Parameter, ParameterIn, Scalar, Shape,
    Subject, Type, TypeId,
};
use crate::samples::resolve_ref;
use crate::source::{Node, escape};

/// A field of a struct, or a parameter of an operation.
pub struct Value<'n> {
    /// What it is.
    pub subject: Subject,
    /// Its name on the wire.
    pub wire: String,
    /// The words of its name, in lower case.
    pub words: Vec<String>,
    /// The names on the wire of the values beside it.
    pub neighbors: Rc<[String]>,
    /// Its type.
    pub ty: Type,
    /// `title` and `description`.
    pub description: String,
    /// `maximum`
    pub maximum: Option<f64>,
    /// The words of the key of its schema, if that is a component.
    pub component: Vec<String>,
    /// Its schema in the document, unless that was merged from several.
    pub schema: Option<&'n Node>,
    /// The parts of the `allOf` of its schema, such as a component whose description it replaces.
    pub parts: Vec<&'n Node>,
    /// Whether it is a part of a multipart body, and of nothing else.
    pub is_part: bool,
}

impl<'n> Value<'n> {
    /// Returns the built-in type of the value, or of the items of its array or map.
    pub fn scalar(&self) -> Option<Scalar> {
        let inner = match self.ty.without_null() {
            Type::List(inner) | Type::Map(inner) => inner.without_null(),
            ty => ty,
        };
        match inner {
            Type::Scalar(scalar) => Some(*scalar),
            Type::Any | Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    /// Returns the examples of its schema, and of the components that it refers to.
    pub fn examples(&self) -> impl Iterator<Item = &'n Node> + use<'n> {
        self.schema.into_iter().chain(self.parts.clone()).flat_map(|schema| {
            let list = schema.get("x-docwright-examples").and_then(Node::as_array);
            schema.get("example").into_iter().chain(list.unwrap_or_default())
        })
    }

    /// Returns the text of a keyword of its schema or of the schema of its items.
    pub fn keyword(&self, name: &str) -> Option<&'n str> {
        let schema = self.schema?;
        let text = |node: &'n Node| node.get(name).and_then(Node::as_str);
        text(schema).or_else(|| schema.get("items").and_then(text))
    }
}

/// Returns every field, and every parameter in a path, query or cookie. Headers are not included:
/// the client computes some of them, and their names and formats are those of HTTP.
pub fn collect_values<'n>(api: &Api, context: &Context<'n>) -> Vec<Value<'n>> {
    let mut values = Vec::new();
    let parts = multipart_types(api);
    for (index, def) in api.types.iter().enumerate() {
        let Shape::Struct(shape) = &def.shape else { continue };
        let id = TypeId(index);
        let owner = context.openapi.pointer(&def.pointer);
        let names: Rc<[String]> = shape.fields.iter().map(|field| field.wire.clone()).collect();
        let group = Group { openapi: context.openapi, names, is_parts: parts.contains(&id) };
        values.extend(shape.fields.iter().map(|Field { wire, ty, doc, constraints, .. }| {
            let declared = owner.and_then(|it| find_property(context.openapi, it, wire));
            let subject = Subject::Field(id, wire.clone());
            group.value(subject, wire, ty, doc, constraints, declared)
        }));
    }
    for (index, operation) in api.operations.iter().enumerate() {
        let names: Rc<[String]> = operation.parameters.iter().map(|it| it.wire.clone()).collect();
        let parameters =
            operation.parameters.iter().filter(|it| it.location != ParameterIn::Header);
        let group = Group { openapi: context.openapi, names, is_parts: false };
        values.extend(parameters.map(
            |Parameter { wire, location, ty, doc, constraints, .. }| {
                let node = context.find_parameter(operation, *location, wire);
                let declared = node.and_then(|node| node.get("schema"));
                let subject = Subject::Parameter(index, *location, wire.clone());
                group.value(subject, wire, ty, doc, constraints, declared)
            },
        ));
    }
    values
}

/// The fields of a struct, or the parameters of an operation.
struct Group<'n> {
    openapi: &'n Node,
    /// Their names on the wire.
    names: Rc<[String]>,
    /// Whether they are parts of a multipart body, and of nothing else.
    is_parts: bool,
}

impl<'n> Group<'n> {
    /// Returns one of them. `declared` is its schema, before references are resolved.
    fn value(
        &self,
        subject: Subject,
        wire: &str,
        ty: &Type,
        doc: &Doc,
        constraints: &Constraints,
        declared: Option<&'n Node>,
    ) -> Value<'n> {
        Value {
            subject,
            wire: wire.to_owned(),
            words: split_words(wire),
            neighbors: Rc::clone(&self.names),
            ty: ty.clone(),
            description: description(doc),
            maximum: constraints.maximum.as_ref().and_then(number),
            component: declared.map(component).unwrap_or_default(),
            schema: declared.map(|schema| resolve_ref(self.openapi, schema)),
            parts: declared.map(|it| find_parts(self.openapi, it)).unwrap_or_default(),
            is_part: self.is_parts,
        }
    }
}

/// Returns the types that are the bodies of multipart requests and nothing else.
fn multipart_types(api: &Api) -> BTreeSet<TypeId> {
    let mut parts = BTreeSet::new();
    let mut others = BTreeSet::new();
    for operation in &api.operations {
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let types = if media.kind == MediaKind::Multipart { &mut parts } else { &mut others };
            types.extend(media.ty.innermost_id());
        }
        others.extend(operation.parameters.iter().filter_map(|it| it.ty.innermost_id()));
        let received = operation.responses.iter().flat_map(|response| &response.media);
        others.extend(received.filter_map(|media| media.ty.innermost_id()));
    }
    for def in &api.types {
        def.shape.for_each_type(&mut |ty| others.extend(ty.innermost_id()));
    }
    parts.difference(&others).copied().collect()
}

/// Changes the type of a field or parameter.
pub fn change_type(api: &mut Api, subject: &Subject, change: &dyn Fn(&mut Type)) {
    match subject {
        Subject::Field(id, wire) => {
            let def = api.types.get_mut(id.0).map(|def| &mut def.shape);
            let Some(Shape::Struct(shape)) = def else { return };
            let fields = shape.fields.iter_mut().filter(|field| field.wire == *wire);
            fields.for_each(|field| change(&mut field.ty));
        }
        Subject::Parameter(index, location, wire) => {
            let Some(operation) = api.operations.get_mut(*index) else { return };
            let parameters = operation.parameters.iter_mut().filter(|it| it.is(*location, wire));
            parameters.for_each(|parameter| change(&mut parameter.ty));
        }
        Subject::Operation(_)
        | Subject::ResponseHeader(..)
        | Subject::Type(_)
        | Subject::Scheme(_) => {}
    }
}

/// Returns the parts of the `allOf` of a schema, and the parts of these.
fn find_parts<'n>(root: &'n Node, schema: &'n Node) -> Vec<&'n Node> {
    let mut parts = Vec::new();
    let mut queue = VecDeque::from([schema]);
    while let Some(node) = queue.pop_front().filter(|_| parts.len() < MAX_SEARCHED_SCHEMAS) {
        let all = resolve_ref(root, node).get("allOf").and_then(Node::as_array);
        for part in all.unwrap_or_default() {
            parts.push(resolve_ref(root, part));
            queue.push_back(part);
        }
    }
    parts
}

/// Returns the words of the key of the component that a schema refers to.
fn component(schema: &Node) -> Vec<String> {
    let reference = schema.get("$ref").and_then(Node::as_str).unwrap_or_default();
    reference.rsplit('/').next().map(split_words).unwrap_or_default()
}

/// Returns the words of a name, in lower case.
pub fn split_words(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').map(str::to_owned).collect()
}

fn description(doc: &Doc) -> String {
    let texts = [&doc.title, &doc.description];
    texts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(". ")
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Int(number) => Some(*number as f64),
        Literal::Float(number) => Some(*number),
        Literal::String(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}

/// Returns the schema of a property, before references are resolved: the first that the schema or
/// a part of its `allOf` declares.
fn find_property<'n>(root: &'n Node, owner: &'n Node, wire: &str) -> Option<&'n Node> {
    let pointer = format!("/properties/{}", escape(wire));
    let mut queue = VecDeque::from([owner]);
    for _ in 0..MAX_SEARCHED_SCHEMAS {
        let schema = resolve_ref(root, queue.pop_front()?);
        if let Some(property) = schema.pointer(&pointer) {
            return Some(property);
        }
        queue.extend(schema.get("allOf").and_then(Node::as_array).unwrap_or_default());
    }
    None
}
