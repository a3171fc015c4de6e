//! Infers where the error bodies of an operation have the vendor's code and message.
//! `[error_fields]` in `vendor.toml` replaces the inference.

use std::collections::BTreeMap;

use heck::ToSnakeCase;

use crate::ir::{Api, ErrorFields, MediaKind, Operation, Response, Scalar, Shape, Status, Type};
use crate::manifest::{Manifest, ReadAs};
use crate::source::escape;

/// Where error bodies usually have a code, in the order of lookup: names in snake case, and `[]` for
/// the first item of an array. The runtime reads the same forms where no schema is declared.
const CODES: &[&[&str]] = &[
    &["error", "code"],
    &["error_code"],
    &["errors", "[]", "code"],
    &["code"],
    &["error", "type"],
    &["error"],
];

/// Where error bodies usually have a message for people.
const MESSAGES: &[&[&str]] = &[
    &["detail"],
    &["error", "message"],
    &["error_description"],
    &["error_message"],
    &["errors", "[]", "message"],
    &["errors", "[]", "detail"],
    &["message"],
    &["title"],
    &["error"],
];

/// The maximum number of unions inside each other that are searched.
const MAX_UNIONS: usize = 4;

/// Sets the locations of code and message for each operation.
pub fn infer_error_fields(api: &mut Api, manifest: &Manifest) {
    let pinned = &manifest.error_fields;
    let inferred = api.operations.iter().map(|operation| {
        let types: Vec<&Type> = error_types(api, manifest, operation).collect();
        let code = find_locations(api, &types, CODES, is_code);
        let mut message = find_locations(api, &types, MESSAGES, is_message);
        // In RFC 6749, `error` is the code, and a message only where there is no other.
        if message.iter().any(|location| !code.contains(location)) {
            message.retain(|location| !code.contains(location));
        }
        let known = |locations: Vec<String>| (!locations.is_empty()).then_some(locations);
        ErrorFields {
            code: pinned.code.clone().or_else(|| known(code)),
            message: pinned.message.clone().or_else(|| known(message)),
        }
    });
    let inferred: Vec<ErrorFields> = inferred.collect();
    for (operation, fields) in api.operations.iter_mut().zip(inferred) {
        operation.error_fields = fields;
    }
}

/// Returns the types of an operation's JSON error bodies.
fn error_types<'a>(
    api: &'a Api,
    manifest: &'a Manifest,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a Type> {
    let is_error = |response: &Response| match response.status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => true,
    };
    let json = |response: &'a Response| {
        response.media.iter().filter(|media| media.kind == MediaKind::Json).map(|media| &media.ty)
    };
    let untyped = move || match manifest.untyped_errors.as_ref().map(|rule| &rule.read_as) {
        Some(ReadAs::Component(key)) => api.components.get(key),
        Some(ReadAs::Success) => {
            operation.responses.iter().find(|it| !is_error(it)).and_then(|it| json(it).next())
        }
        None => None,
    };
    let errors = operation.responses.iter().filter(move |it| is_error(it)).flat_map(json);
    errors.filter_map(move |ty| if *ty == Type::Any { untyped() } else { Some(ty) })
}

/// Returns the locations of these forms in values of any of the types, whose type `is_valid`.
fn find_locations(api: &Api, types: &[&Type], forms: &[&[&str]], is_valid: IsValid) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for form in forms {
        for ty in types {
            let location = find_steps(api, ty, form, is_valid, 0).map(|steps| location(&steps));
            found.extend(location.filter(|location| !found.contains(location)));
        }
    }
    found
}

/// Returns the name of a field, or a JSON pointer.
fn location(steps: &[String]) -> String {
    match steps {
        [name] if !name.starts_with('/') => name.clone(),
        steps => steps.iter().map(|step| format!("/{}", escape(step))).collect(),
    }
}

/// Whether a type is that of a code or of a message.
type IsValid = fn(&Api, &Type) -> bool;

/// Returns the field names and array indexes that lead to this form. A union has the form if one of
/// its variants has it.
fn find_steps(
    api: &Api,
    ty: &Type,
    form: &[&str],
    is_valid: IsValid,
    depth: usize,
) -> Option<Vec<String>> {
    let Some((step, rest)) = form.split_first() else { return is_valid(api, ty).then(Vec::new) };
    let (name, ty) = match (ty.without_null(), api.shape(ty)) {
        (Type::List(item), _) if *step == "[]" => ("0", item.as_ref()),
        (_, Some(Shape::Struct(shape))) => {
            let field = shape.fields.iter().find(|field| field.wire.to_snake_case() == *step)?;
            (field.wire.as_str(), &field.ty)
        }
        (_, Some(Shape::Union(shape))) if depth < MAX_UNIONS => {
            let mut variants = shape.variants.iter();
            return variants
                .find_map(|variant| find_steps(api, &variant.ty, form, is_valid, depth + 1));
        }
        _ => return None,
    };
    let mut steps = vec![name.to_owned()];
    steps.extend(find_steps(api, ty, rest, is_valid, depth)?);
    Some(steps)
}

fn is_code(api: &Api, ty: &Type) -> bool {
    let is_integer = matches!(ty.without_null(), Type::Scalar(Scalar::Int32 | Scalar::Int64));
    let is_enum = matches!(api.shape(ty), Some(Shape::Enum(_)));
    is_integer || is_enum || is_message(api, ty)
}

fn is_message(_: &Api, ty: &Type) -> bool {
    matches!(ty.without_null(), Type::Scalar(Scalar::String))
}

/// Returns a line for each group of locations that was inferred, so that users can check it.
pub fn summarize_inferred(api: &Api, manifest: &Manifest) -> Vec<String> {
    let pinned = &manifest.error_fields;
    let is_code_pinned = pinned.code.is_some() || manifest.error_codes.is_some();
    let mut groups: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
    for fields in api.operations.iter().map(|operation| &operation.error_fields) {
        let code = fields.code.as_deref().filter(|_| !is_code_pinned);
        let message = fields.message.as_deref().filter(|_| pinned.message.is_none());
        for (kind, found) in [("code", code), ("message", message)] {
            if let Some(locations) = found {
                *groups.entry((kind, locations)).or_default() += 1;
            }
        }
    }
    let line = |((kind, locations), count): ((&str, &[String]), usize)| {
        let locations: Vec<String> = locations.iter().map(|it| format!("`{it}`")).collect();
        let have = if count == 1 { "operation has" } else { "operations have" };
        format!("{count} {have} the {kind} of an error at {}", locations.join(" or "))
    };
    groups.into_iter().map(line).collect()
}
