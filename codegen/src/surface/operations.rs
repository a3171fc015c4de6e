//! The public items of operations.

use super::locations::{locate, locate_parameter, locate_response};
use super::{Direction, Item, ItemKind, Owner};
use crate::emit::{Referrer, type_text};
use crate::ir::{self, Api, Status};
use crate::plan::{
    Argument, Body, BodyType, Operation, Output, PageSize, Plan, ResponseBody, ResponseEnum,
    RustType,
};
use crate::source::Node;

/// Lists the operations with their parameters and responses.
pub(super) fn read_operations(plan: &Plan, api: &Api, openapi: &Node) -> Vec<Owner> {
    let operations = plan.operations.iter().zip(&api.operations);
    operations.map(|(planned, declared)| read_operation(planned, declared, openapi)).collect()
}

fn read_operation(operation: &Operation, declared: &ir::Operation, openapi: &Node) -> Owner {
    let pointer = &declared.pointer;
    let mut item = Item::new(ItemKind::Operation, operation.call.text(), Direction::Both)
        .key(declared.key())
        .ty(operation.request.as_str());
    item.deprecated = operation.deprecated;
    item.location = locate(openapi, pointer);
    let mut parts = Vec::new();
    for (kind, parameters) in
        [(ItemKind::Argument, &operation.arguments), (ItemKind::Option, &operation.options)]
    {
        parts.extend(parameters.iter().map(|parameter| {
            let location = locate_parameter(openapi, pointer, parameter.location, &parameter.wire);
            Item { location, ..read_parameter(kind, parameter) }
        }));
    }
    // A parameter in the path is what the path says, whatever its name.
    let in_path = parts.iter_mut().filter(|part| part.key.starts_with("path:"));
    in_path.enumerate().for_each(|(index, part)| part.key = format!("path:{index}"));
    parts.extend(operation.body.iter().flat_map(read_body));
    parts.extend(read_methods(operation));
    let status_location = |status: &str| locate_response(openapi, pointer, status);
    let success = operation.success.first().map(|status| status_key(*status));
    let output = Item::new(ItemKind::Response, "response", Direction::Received)
        .ty(output_text(&operation.output));
    parts.push(Item { location: success.and_then(|it| status_location(&it)), ..output });
    if let Output::OneOf(responses) = &operation.output {
        parts.extend(read_statuses(responses, &status_location));
    }
    parts.extend(read_errors(operation, &status_location));
    if let Some(headers) = &operation.headers {
        parts.extend(headers.fields.iter().map(|field| {
            let ty = type_text(&field.ty, Referrer::Types);
            let ty = if field.list { format!("Vec<{ty}>") } else { ty };
            Item::new(ItemKind::Header, field.name.as_str(), Direction::Received)
                .key(field.wire.as_str())
                .ty(format!("Option<{ty}>"))
        }));
    }
    for part in &mut parts {
        part.location = part.location.take().or_else(|| item.location.clone());
    }
    Owner { item, parts }
}

fn read_parameter(kind: ItemKind, parameter: &Argument) -> Item {
    let ty = match parameter.is_without_value() {
        true => String::new(),
        false => type_text(&parameter.ty, Referrer::Types),
    };
    Item::new(kind, parameter.name.as_str(), Direction::Sent)
        .key(format!("{}:{}", parameter.location.name(), parameter.wire))
        .ty(ty)
        .required(kind == ItemKind::Argument)
}

fn read_body(body: &Body) -> Vec<Item> {
    let ty = match &body.ty {
        BodyType::Value(ty) => type_text(ty, Referrer::Types),
        BodyType::Bytes => "runtime::File".to_owned(),
        BodyType::Empty => return Vec::new(),
        BodyType::OneOf(item) => item.name.to_string(),
    };
    let kind = if body.required { ItemKind::Argument } else { ItemKind::Option };
    let item = Item::new(kind, body.name.as_str(), Direction::Sent).key("body").ty(ty);
    let mut items = vec![item.required(body.required)];
    if let BodyType::OneOf(bodies) = &body.ty {
        items.extend(bodies.variants.iter().zip(&body.media).map(|(variant, media)| {
            let ty = variant.value.as_ref().map(|ty| type_text(ty, Referrer::Types));
            Item::new(ItemKind::Variant, variant.name.as_str(), Direction::Sent)
                .key(media.content_type.as_str())
                .ty(ty.unwrap_or_else(|| "runtime::File".to_owned()))
        }));
    }
    items
}

/// Lists the methods of a request that do not set a parameter.
fn read_methods(operation: &Operation) -> Vec<Item> {
    let method = |name: &str, ty: String| {
        Item::new(ItemKind::RequestMethod, name, Direction::Sent).key(name).ty(ty)
    };
    let setters = operation.body.iter().flat_map(|body| &body.media_setters);
    let mut items: Vec<Item> =
        setters.map(|(name, ..)| method(name.as_str(), String::new())).collect();
    items.extend(operation.clears.iter().map(|it| method(it.method.as_str(), String::new())));
    items.extend(operation.idempotency.iter().map(|_| method("idempotency_key", String::new())));
    items.extend(operation.accept_variants.iter().map(|variant| {
        let item = method(variant.method.as_str(), body_text(&variant.body));
        Item { direction: Direction::Received, ..item }
    }));
    if let Some(pagination) = &operation.pagination {
        let text = |ty: &RustType| type_text(ty, Referrer::Types);
        let ty = format!("{}, {}", text(&pagination.page), text(&pagination.item));
        items.extend(pagination.methods.iter().map(|name| {
            let item = method(name.as_str(), ty.clone());
            Item { direction: Direction::Received, ..item }
        }));
        match &pagination.page_size {
            Some(PageSize::Option(argument)) => {
                let name = argument.name.as_str();
                items.push(method(name, type_text(&argument.ty, Referrer::Types)));
            }
            Some(PageSize::Body { name, .. }) => items.push(method(name.as_str(), "i64".into())),
            None => {}
        }
    }
    items
}

/// Lists the type of the errors, and its variants if it is not shared.
fn read_errors(
    operation: &Operation,
    location: &dyn Fn(&str) -> Option<crate::report::Location>,
) -> Vec<Item> {
    let error = Item::new(ItemKind::Error, "error", Direction::Received);
    let Some(errors) = &operation.errors else { return vec![error.ty("runtime::NoTypedError")] };
    let name = operation.shared_errors.as_ref().unwrap_or(&errors.name);
    let codes = if errors.has_known_codes { " with ErrorCode" } else { "" };
    let mut items = vec![error.ty(format!("{name}{codes}"))];
    if operation.shared_errors.is_none() {
        items.extend(read_statuses(errors, location));
    }
    items
}

/// Lists the variants of an enum of responses.
pub(super) fn read_statuses(
    responses: &ResponseEnum,
    location: &dyn Fn(&str) -> Option<crate::report::Location>,
) -> Vec<Item> {
    let variants = responses.variants.iter().map(|variant| {
        let key = status_key(variant.status);
        let item = Item::new(ItemKind::Status, variant.name.as_str(), Direction::Received);
        Item { location: location(&key), ..item.key(key).ty(body_text(&variant.body)) }
    });
    variants.collect()
}

fn status_key(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

fn output_text(output: &Output) -> String {
    match output {
        Output::Json(ty) => type_text(ty, Referrer::Types),
        Output::Text => "String".to_owned(),
        Output::Bytes => "runtime::Bytes".to_owned(),
        Output::Events(Some(ty)) => format!("events of {}", type_text(ty, Referrer::Types)),
        Output::Events(None) => "events of text".to_owned(),
        Output::Empty => "()".to_owned(),
        Output::OneOf(responses) => responses.name.to_string(),
    }
}

fn body_text(body: &ResponseBody) -> String {
    match body {
        ResponseBody::Json(ty) => type_text(ty, Referrer::Types),
        ResponseBody::Untyped(ty) => {
            format!("runtime::Untyped<{}>", type_text(ty, Referrer::Types))
        }
        ResponseBody::Text => "String".to_owned(),
        ResponseBody::Bytes => "runtime::Bytes".to_owned(),
        ResponseBody::Empty => String::new(),
    }
}
