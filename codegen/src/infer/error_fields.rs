//! Infers where the error bodies of an operation have the vendor's code and message.
//! `[error_fields]` in `vendor.toml` replaces the inference.

use heck::ToSnakeCase;

use super::Context;
use crate::ir::{
    Api, Conclusion, ErrorFields, Inference, MediaKind, Operation, Rejection, Response, Scalar,
    Shape, State, Status, Subject, Type,
};
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
pub fn infer(api: &mut Api, context: &Context<'_>) -> Vec<Inference> {
    let manifest = context.manifest;
    let pinned = &manifest.error_fields;
    let mut inferences = Vec::new();
    let mut all_fields = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let types: Vec<&Type> = error_types(api, manifest, operation).collect();
        let code = find_locations(api, &types, CODES, is_code);
        let mut message = find_locations(api, &types, MESSAGES, is_message);
        // In RFC 6749, `error` is the code, and a message only where there is no other.
        if message.iter().any(|location| !code.contains(location)) {
            message.retain(|location| !code.contains(location));
        }
        let known = |locations: Vec<String>| (!locations.is_empty()).then_some(locations);
        let mut conclude = |key: &str, pinned: &Option<Vec<String>>, found: Vec<String>| {
            let subject = Subject::Operation(index);
            let conclusion = |locations: &[String]| match key {
                "code" => Conclusion::ErrorCodeAt(locations.to_vec()),
                _ => Conclusion::ErrorMessageAt(locations.to_vec()),
            };
            let rule = "the declared error bodies have a common form";
            let infer =
                |state| context.infer(api, subject.clone(), conclusion(&found), state, rule);
            inferences.extend(match pinned.as_deref() {
                None => (!found.is_empty()).then(|| infer(State::Inferred)),
                Some([]) => {
                    (!found.is_empty()).then(|| infer(State::Rejected(Rejection::Manifest)))
                }
                Some(locations) => {
                    let rule = format!("`[error_fields]` lists them in `{key}`");
                    let keys = ["error_fields", key];
                    Some(context.pin(api, subject.clone(), conclusion(locations), &keys, rule))
                }
            });
            pinned.clone().or_else(|| known(found))
        };
        // With `[error_codes]`, the catalogue determines where the code is.
        let has_catalogue = manifest.error_codes.is_some();
        let code = if has_catalogue { None } else { conclude("code", &pinned.code, code) };
        all_fields
            .push(ErrorFields { code, message: conclude("message", &pinned.message, message) });
    }
    for (operation, fields) in api.operations.iter_mut().zip(all_fields) {
        operation.error_fields = fields;
    }
    inferences
}

/// Returns the types of an operation's JSON error bodies.
pub(super) fn error_types<'a>(
    api: &'a Api,
    manifest: &'a Manifest,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a Type> {
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
    let errors = operation.responses.iter().filter(|it| is_error(it)).flat_map(json);
    errors.filter_map(move |ty| if *ty == Type::Any { untyped() } else { Some(ty) })
}

/// Whether a response may be an error.
pub(super) fn is_error(response: &Response) -> bool {
    match response.status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => true,
    }
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
