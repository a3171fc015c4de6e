//! The documentation of types that the document does not describe: where they are used first.

use std::collections::VecDeque;

use super::naming::Name;
use super::{Context, DocText, doc};
use crate::ir::{Operation, Shape, Type, TypeId};

/// How many fields or values a text names.
const MAX_NAMES: usize = 4;

/// Returns a text for each type, by its index in the API: where it is used first, operations before
/// other types.
pub fn plan(context: &Context<'_>) -> Vec<DocText> {
    let mut uses = Uses { found: vec![None; context.api.types.len()], queue: VecDeque::new() };
    for operation in &context.api.operations {
        uses.add_operation(operation);
    }
    let event = context.manifest.webhooks.as_ref().and_then(|it| it.event.as_deref());
    if let Some(ty) = event.and_then(|event| context.api.components.get(event)) {
        uses.add(ty, "body of webhooks".to_owned());
    }
    while let Some(id) = uses.queue.pop_front() {
        uses.add_parts(context, id);
    }
    let mut found = uses.found.into_iter();
    let types = context.api.types.iter();
    types
        .map(|def| {
            let text = found.next().flatten().unwrap_or_else(|| contents(&def.shape));
            doc::wrapped(&text)
        })
        .collect()
}

struct Uses {
    /// The sentence of each type that is used.
    found: Vec<Option<String>>,
    /// The types whose parts are not added yet.
    queue: VecDeque<TypeId>,
}

impl Uses {
    fn add_operation(&mut self, operation: &Operation) {
        let route = doc::inline_code(&operation.key());
        for media in operation.body.iter().flat_map(|body| &body.media) {
            self.add(&media.ty, format!("request body of {route}"));
        }
        let (successes, _) = operation.split_responses();
        for response in &operation.responses {
            let is_success = successes.iter().any(|it| it.status == response.status);
            let what = if is_success { "response body of" } else { "body of an error response to" };
            for media in &response.media {
                self.add(&media.ty, format!("{what} {route}"));
            }
            for header in &response.headers {
                let wire = doc::inline_code(&header.wire);
                self.add(&header.ty, format!("response header {wire} of {route}"));
            }
        }
        for parameter in &operation.parameters {
            let wire = doc::inline_code(&parameter.wire);
            self.add(&parameter.ty, format!("parameter {wire} of {route}"));
        }
    }

    /// Adds a use of a type, unless it has one.
    fn add(&mut self, ty: &Type, place: String) {
        let Some(id) = ty.innermost_id() else { return };
        let Some(found @ None) = self.found.get_mut(id.0) else { return };
        *found = Some(match ty {
            Type::List(_) => format!("An item of the {place}."),
            Type::Map(_) => format!("A value of the {place}."),
            _ => format!("The {place}."),
        });
        self.queue.push_back(id);
    }

    /// Adds the uses in the fields or variants of a type.
    fn add_parts(&mut self, context: &Context<'_>, id: TypeId) {
        let Some(def) = context.api.types.get(id.0) else { return };
        let Some(owner) = context.names.types.get(id.0).and_then(Option::as_ref) else { return };
        let owner = doc::inline_code(Name::as_str(owner));
        match &def.shape {
            Shape::Struct(item) => {
                for field in &item.fields {
                    let wire = doc::inline_code(&field.wire);
                    self.add(&field.ty, format!("property {wire} of {owner}"));
                }
                if let Some(ty) = &item.additional {
                    self.add(ty, format!("additional properties of {owner}"));
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.add(&variant.ty, format!("content of a variant of {owner}"));
                }
            }
            Shape::Enum(_) | Shape::Id => {}
        }
    }
}

/// Describes a type that nothing uses by what it contains.
fn contents(shape: &Shape) -> String {
    let list = |names: Vec<String>| {
        let more = if names.len() > MAX_NAMES { ", …" } else { "" };
        let shown: Vec<String> = names.into_iter().take(MAX_NAMES).collect();
        format!("{}{more}", shown.join(", "))
    };
    match shape {
        Shape::Struct(item) if item.fields.is_empty() => {
            "An object without declared properties.".to_owned()
        }
        Shape::Struct(item) => {
            let names = item.fields.iter().map(|field| doc::inline_code(&field.wire)).collect();
            let noun = if item.fields.len() == 1 { "property" } else { "properties" };
            format!("An object with the {noun} {}.", list(names))
        }
        Shape::Union(_) => "One of several types.".to_owned(),
        Shape::Enum(_) => "One of several values.".to_owned(),
        Shape::Id => "An id.".to_owned(),
    }
}
