//! Reports the settings on error bodies in `vendor.toml` that match nothing.

use super::Context;
use super::error_fields::{error_types, is_error};
use super::value_at::{field_names, has_value_at};
use crate::ir::{Api, MediaKind, Type};
use crate::manifest::ReadAs;
use crate::report::{Problem, Report, suggest};
use crate::source::unescape;

/// Reports a component of `[untyped_errors]` that does not exist, that table if all errors have a schema, and
/// locations of codes and messages that no declared error body, or not the one that is named, has.
pub fn report(api: &Api, context: &Context<'_>, report: &mut Report) {
    report_untyped(api, context, report);
    report_code_fields(api, context, report);
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
        if types.iter().any(|ty| has_value_at(api, ty, &steps(location))) {
            continue;
        }
        let message = format!("no declared error body has a value at `{location}`");
        let names = types.iter().flat_map(|ty| field_names(api, ty));
        let help = suggest(location, names, "correct the location, or remove it");
        report.error_or_warn(Problem::error(manifest.location(&keys), message).help(help));
    }
}

/// Returns the steps of a location: a name, or a JSON pointer.
fn steps(location: &str) -> Vec<String> {
    match location.strip_prefix('/') {
        Some(pointer) => pointer.split('/').map(unescape).collect(),
        None => vec![location.to_owned()],
    }
}

/// Reports the fields of `error_codes.types` that their components do not have.
fn report_code_fields(api: &Api, context: &Context<'_>, report: &mut Report) {
    let rule = context.manifest.error_codes.iter();
    for (key, location) in rule.flat_map(|rule| &rule.types) {
        let Some(ty) = api.components.get(key) else { continue };
        if has_value_at(api, ty, &steps(location)) {
            continue;
        }
        let message = format!("`{key}` has no value at `{location}`");
        let otherwise = "correct the location, or remove the line";
        let help = suggest(location, field_names(api, ty).into_iter(), otherwise);
        let location = context.manifest.location(&["error_codes", "types", key]);
        report.error_or_warn(Problem::error(location, message).help(help));
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
