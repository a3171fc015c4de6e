//! Which fields and parameters have one allowed value, so that callers need not pass it.

use std::collections::BTreeSet;

use super::Context;
use crate::ir::{
    Api, Conclusion, Field, Inference, Literal, Rejection, Shape, State, Subject, Type, TypeId,
};
use crate::report::{Problem, Report, suggest};

/// Marks the fields and parameters whose schema lists one value and not `null`. A type that lists one
/// value but allows others is not a constant.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let excluded = &context.manifest.constants.exclude;
    let mut used = BTreeSet::new();
    let mut inferences = Vec::new();
    for (subject, value) in fields(api).into_iter().chain(parameters(api)) {
        let key = context.key(api, &subject);
        let state = match context.manifest.constants.excluding(&key) {
            Some(index) => {
                used.insert(index);
                State::Rejected(Rejection::Manifest)
            }
            None => State::Inferred,
        };
        let conclusion = Conclusion::Constant(value.text());
        let rule = "the only value that the document allows";
        inferences.push(context.infer(api, subject.clone(), conclusion, state.clone(), rule));
        if state == State::Inferred {
            apply(api, &subject, value);
        }
    }
    for (index, pattern) in excluded.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        let location = context.manifest.location(&["constants", "exclude", &index.to_string()]);
        let message = format!("`{pattern}` has no effect: it matches no constant");
        let known = inferences.iter().map(|it| it.key.as_str()).filter(|key| key != pattern);
        let help = suggest(pattern, known, "correct the key, or remove it");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
    inferences
}

fn fields(api: &Api) -> Vec<(Subject, Literal)> {
    let mut found = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let Shape::Struct(shape) = &def.shape else { continue };
        found.extend(shape.fields.iter().filter_map(|field| {
            let value = field_value(api, field)?;
            Some((Subject::Field(TypeId(index), field.wire.clone()), value))
        }));
    }
    found
}

fn field_value(api: &Api, field: &Field) -> Option<Literal> {
    let listed = only_listed(api, &field.ty);
    match field.narrowed_to.as_slice() {
        _ if field.nullable => None,
        [] => listed,
        [only] => is_listed(api, &field.ty, only).then(|| Literal::String(only.clone())),
        _ => listed,
    }
}

fn parameters(api: &Api) -> Vec<(Subject, Literal)> {
    let mut found = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        found.extend(operation.parameters.iter().filter(|it| !it.computed).filter_map(|it| {
            let value = only_listed(api, &it.ty)?;
            Some((Subject::Parameter(index, it.location, it.wire.clone()), value))
        }));
    }
    found
}

/// Returns the only value of a type.
fn only_listed(api: &Api, ty: &Type) -> Option<Literal> {
    let (Type::Named(_), Some(Shape::Enum(listed))) = (ty, api.shape(ty)) else { return None };
    match listed.values.as_slice() {
        [only] if !listed.allows_other => Some(only.wire.clone()),
        _ => None,
    }
}

fn is_listed(api: &Api, ty: &Type, text: &str) -> bool {
    let (Type::Named(_), Some(Shape::Enum(listed))) = (ty, api.shape(ty)) else { return false };
    listed.values.iter().any(|it| matches!(&it.wire, Literal::String(wire) if wire == text))
}

fn apply(api: &mut Api, subject: &Subject, value: Literal) {
    match subject {
        Subject::Field(id, wire) => {
            let Some(Shape::Struct(shape)) = api.types.get_mut(id.0).map(|def| &mut def.shape)
            else {
                return;
            };
            if let Some(field) = shape.fields.iter_mut().find(|field| field.wire == *wire) {
                field.constant = Some(value);
            }
        }
        Subject::Parameter(index, location, wire) => {
            let operation = api.operations.get_mut(*index);
            let mut parameters = operation.into_iter().flat_map(|it| &mut it.parameters);
            if let Some(parameter) = parameters.find(|it| it.is(*location, wire)) {
                parameter.constant = Some(value);
            }
        }
        Subject::Operation(_)
        | Subject::ResponseHeader(..)
        | Subject::Type(_)
        | Subject::Scheme(_) => {}
    }
}
