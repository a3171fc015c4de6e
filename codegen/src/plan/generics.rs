//! Generic types, and the types that are instances of one.

use super::naming::{Case, Name, name};
use super::types::type_item;
use super::{Context, DocText, GenericInstance, RustType, TypeForm, TypeItem};
use crate::ir::{Generic, TypeDef, TypeName};

/// Names of type parameters, without those of the runtime's macros.
const PARAMETERS: &[&str] = &["T", "U", "Item", "Other"];

/// Makes the types that are instances of generic types aliases, and returns the generic types. `items`
/// are the types by their index in the API.
pub(super) fn plan(context: &Context<'_>, items: &mut [Option<TypeItem>]) -> Vec<TypeItem> {
    let generics = context.api.generics.iter().zip(&context.names.generics);
    generics.filter_map(|(generic, name)| plan_generic(context, generic, name, items)).collect()
}

fn plan_generic(
    context: &Context<'_>,
    generic: &Generic,
    name: &Name,
    items: &mut [Option<TypeItem>],
) -> Option<TypeItem> {
    let ids = || generic.instances.iter().map(|instance| instance.id);
    let is_sent = |id: &crate::ir::TypeId| context.usage.get(id.0).is_some_and(|it| it.sent);
    let first = ids().find(is_sent).or_else(|| ids().next())?;
    let def = TypeDef {
        name: TypeName::Inline(Vec::new()),
        doc: generic.doc.clone(),
        shape: generic.shape.clone(),
        pointer: String::new(),
    };
    let is_boxed = ids().any(|id| {
        let item = items.get(id.0).and_then(Option::as_ref);
        item.is_some_and(|item| has_boxed(item, &generic.parameters))
    });
    let parameters = parameter_names(context, generic.parameters.len());
    let mut planned = type_item(context, first, &def, name, DocText::default())?;
    for (parameter, index) in parameters.iter().zip(&generic.parameters) {
        set_parameter(&mut planned, *index, RustType::Parameter(parameter.clone()), is_boxed);
    }
    if let TypeItem::Struct(item) = &mut planned {
        // The derived implementation would require a default of each type parameter.
        item.derives.retain(|derive| *derive != "Default");
        let limits = ids().filter_map(|id| match items.get(id.0) {
            Some(Some(TypeItem::Struct(item))) => item.limits.clone(),
            _ => None,
        });
        item.limits = limits.reduce(|first, _| first);
    }
    *planned.form_mut()? = TypeForm::Generic(parameters);
    for instance in &generic.instances {
        let Some(Some(item)) = items.get_mut(instance.id.0) else { continue };
        let arguments = instance.arguments.iter().map(|it| context.rust_type(it));
        let arguments: Vec<RustType> = arguments.collect();
        if let (TypeItem::Struct(item), TypeItem::Struct(planned)) = (&mut *item, &planned) {
            item.construction = planned.construction.clone();
        }
        if let TypeItem::Union(union) = item {
            for (index, argument) in generic.parameters.iter().zip(&arguments) {
                if let Some(variant) = union.variants.get_mut(*index) {
                    variant.ty = boxed_if(is_boxed, argument.clone());
                }
            }
        }
        if let Some(form) = item.form_mut() {
            let generic = RustType::Named(name.clone());
            *form = TypeForm::Alias(GenericInstance { generic, arguments });
        }
    }
    Some(planned)
}

/// Returns the names of type parameters, none of which is the name of a type.
fn parameter_names(context: &Context<'_>, count: usize) -> Vec<Name> {
    let names = PARAMETERS.iter().map(|words| name(words, Case::Pascal));
    let types = || context.names.types.iter().flatten().chain(&context.names.generics);
    names.filter(|name| !types().any(|other| other == name)).take(count).collect()
}

fn has_boxed(item: &TypeItem, indexes: &[usize]) -> bool {
    let TypeItem::Union(union) = item else { return false };
    let variants = indexes.iter().filter_map(|index| union.variants.get(*index));
    variants.into_iter().any(|variant| matches!(variant.ty, RustType::Boxed(_)))
}

fn set_parameter(item: &mut TypeItem, index: usize, parameter: RustType, is_boxed: bool) {
    match item {
        TypeItem::Struct(item) => {
            if let Some(field) = item.fields.get_mut(index) {
                field.ty = RustType::List(Box::new(parameter));
            }
        }
        TypeItem::Union(item) => {
            if let Some(variant) = item.variants.get_mut(index) {
                variant.ty = boxed_if(is_boxed, parameter);
            }
        }
        TypeItem::Enum(_) | TypeItem::Id(_) => {}
    }
}

fn boxed_if(is_boxed: bool, ty: RustType) -> RustType {
    if is_boxed { RustType::Boxed(Box::new(ty)) } else { ty }
}
