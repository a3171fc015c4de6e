//! The values that callers need not pass: the only allowed ones, and those that were the only ones in an
//! earlier run.

use super::overrides::NameOverrides;
use crate::ir::{Api, Field, Literal, Operation, Parameter, ParameterIn, Shape, Type, TypeId};

/// A value that the client writes.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// The value: a string or an integer.
    pub value: Literal,
    /// Whether it is the only allowed value; otherwise callers can set another one.
    pub is_only: bool,
}

/// Returns the constant of a field.
pub fn field_constant(
    overrides: &NameOverrides<'_>,
    api: &Api,
    id: TypeId,
    field: &Field,
) -> Option<Constant> {
    if let Some(value) = only_value(field.constant.as_ref()) {
        return Some(value);
    }
    if !field.required || field.nullable {
        return None;
    }
    let keys = field_keys(overrides, api, id, field);
    keys.iter().find_map(|key| recorded_constant(overrides, api, key, &field.ty))
}

/// Returns the constant of a parameter.
pub fn parameter_constant(
    overrides: &NameOverrides<'_>,
    api: &Api,
    operation: &Operation,
    parameter: &Parameter,
) -> Option<Constant> {
    if let Some(value) = only_value(parameter.constant.as_ref()) {
        return Some(value);
    }
    // A cookie is added to those that are set already, so it cannot be overridden.
    if !parameter.required || parameter.location == ParameterIn::Cookie {
        return None;
    }
    recorded_constant(overrides, api, &parameter_key(operation, parameter), &parameter.ty)
}

/// Returns the key and text of each constant that callers do not pass, for the next run.
pub(super) fn constants_to_record(
    overrides: &NameOverrides<'_>,
    api: &Api,
) -> impl Iterator<Item = (String, String)> {
    let mut found = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let Shape::Struct(shape) = &def.shape else { continue };
        for field in shape.fields.iter().filter(|field| field.required) {
            let Some(constant) = field_constant(overrides, api, TypeId(index), field) else {
                continue;
            };
            let keys = field_keys(overrides, api, TypeId(index), field).into_iter();
            found.extend(keys.map(|key| (key, constant.value.text())));
        }
    }
    for operation in &api.operations {
        found.extend(operation.parameters.iter().filter(|it| it.required).filter_map(|it| {
            let constant = parameter_constant(overrides, api, operation, it)?;
            Some((parameter_key(operation, it), constant.value.text()))
        }));
    }
    found.into_iter()
}

fn only_value(value: Option<&Literal>) -> Option<Constant> {
    value.map(|value| Constant { value: value.clone(), is_only: true })
}

/// Returns the value of an earlier run, if the type still lists it.
fn recorded_constant(
    overrides: &NameOverrides<'_>,
    api: &Api,
    key: &str,
    ty: &Type,
) -> Option<Constant> {
    let recorded = overrides.recorded.constants.get(key)?;
    if overrides.manifest.constants.excluding(key).is_some() {
        return None;
    }
    let (Type::Named(_), Some(Shape::Enum(listed))) = (ty, api.shape(ty)) else { return None };
    let value = listed.values.iter().map(|it| &it.wire).find(|it| it.text() == *recorded)?;
    Some(Constant { value: value.clone(), is_only: false })
}

/// Returns the keys of a field: one for each schema that its type stands for.
fn field_keys(overrides: &NameOverrides<'_>, api: &Api, id: TypeId, field: &Field) -> Vec<String> {
    let owners = overrides.type_keys(id.0, api).into_iter();
    owners.map(|owner| format!("{owner}.{}", field.wire)).collect()
}

fn parameter_key(operation: &Operation, parameter: &Parameter) -> String {
    format!("{} {}:{}", operation.key(), parameter.location.name(), parameter.wire)
}
