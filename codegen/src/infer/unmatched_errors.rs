//! Reports the settings on error bodies in `vendor.toml` that match nothing.

use super::Context;
use super::error_fields::{error_types, is_error};
use crate::depth::MAX_COMPARED_DEPTH;
use crate::ir::{Api, MediaKind, Shape, Type};
use crate::manifest::ReadAs;
use crate::report::{Problem, Report, suggest};
use crate::source::unescape;

/// Reports a component of `[untyped_errors]` that does not exist, that table if all errors have a schema, and
/// locations of codes and messages that no declared error body has.
pub fn report(api: &Api, context: &Context<'_>, report: &mut Report) {
    report_untyped(api, context, report);
    let manifest = context.manifest;
    let types: Vec<&Type> =
        api.operations.iter().flat_map(|it| error_types(api, manifest, it)).collect();
    if types.is_empty() {
        // Errors may have any form.
        return;
    }
    let fields =
        [("code", &manifest.error_fields.code), ("message", &manifest.error_fields.message)];
    let mut locations: Vec<(Vec<&str>, &str)> = Vec::new();
    for (key, listed) in fields {
        let listed = listed.iter().flatten();
        locations.extend(listed.map(|location| (vec!["error_fields", key], location.as_str())));
    }
    let catalogue = manifest.error_codes.as_ref().map(|rule| rule.field.as_str());
    locations.extend(catalogue.map(|field| (vec!["error_codes", "field"], field)));
    for (keys, location) in locations {
        let steps: Vec<String> = match location.strip_prefix('/') {
            Some(pointer) => pointer.split('/').map(unescape).collect(),
            None => vec![location.to_owned()],
        };
        if types.iter().any(|ty| has_location(api, ty, &steps, 0)) {
            continue;
        }
        let message = format!("no declared error body has a value at `{location}`");
        let names = types.iter().flat_map(|ty| field_names(api, ty));
        let help = suggest(location, names, "correct the location, or remove it");
        // Servers may send what the document lacks.
        report.push(Problem::warning(manifest.location(&keys), message).help(help));
    }
}

fn report_untyped(api: &Api, context: &Context<'_>, report: &mut Report) {
    let Some(rule) = &context.manifest.untyped_errors else { return };
    if let ReadAs::Component(key) = &rule.read_as
        && !api.components.contains_key(key)
    {
        let location = context.manifest.location(&["untyped_errors", "read_as"]);
        let message = format!("there is no schema component `{key}`");
        let known = api.components.keys().map(String::as_str).chain(["success"]);
        let help = suggest(key, known, "use `success` or the key of a schema component");
        return report.error_or_warn(Problem::error(location, message).help(help));
    }
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let media = responses.filter(|it| is_error(it)).flat_map(|response| &response.media);
    if !media.into_iter().any(|media| media.kind == MediaKind::Json && media.ty == Type::Any) {
        let location = context.manifest.location(&["untyped_errors"]);
        let message = "`[untyped_errors]` applies to nothing: every JSON error has a schema";
        report.error_or_warn(Problem::error(location, message).help("remove the table"));
    }
}

/// Whether values of a type may have a value at the location with these steps.
fn has_location(api: &Api, ty: &Type, steps: &[String], depth: usize) -> bool {
    let Some((step, rest)) = steps.split_first() else { return true };
    if depth > MAX_COMPARED_DEPTH {
        return false;
    }
    match (ty.without_null(), api.shape(ty)) {
        (Type::Any, _) => true,
        (Type::List(item), _) => {
            step.parse::<usize>().is_ok() && has_location(api, item, rest, depth + 1)
        }
        (Type::Map(value), _) => has_location(api, value, rest, depth + 1),
        (_, Some(Shape::Struct(shape))) => {
            let mut fields = shape.fields.iter().filter(|field| field.wire == *step);
            let additional = shape.additional.as_ref();
            fields.any(|field| has_location(api, &field.ty, rest, depth + 1))
                || additional.is_some_and(|ty| has_location(api, ty, rest, depth + 1))
        }
        (_, Some(Shape::Union(shape))) => {
            shape.variants.iter().any(|it| has_location(api, &it.ty, steps, depth + 1))
        }
        _ => false,
    }
}

fn field_names<'a>(api: &'a Api, ty: &Type) -> Vec<&'a str> {
    match api.shape(ty) {
        Some(Shape::Struct(shape)) => shape.fields.iter().map(|it| it.wire.as_str()).collect(),
        _ => Vec::new(),
    }
}
