//! The names and texts of generic types.

use super::candidate::Pattern;
use crate::infer::singular;
use crate::ir::{Doc, Field, Generic, Shape, Type, Union};

/// Names of arrays that say nothing about their items.
const GENERIC_WORDS: &[&str] = &[
    "content",
    "data",
    "elements",
    "entries",
    "items",
    "list",
    "objects",
    "records",
    "resources",
    "results",
    "rows",
    "values",
];

/// Adds words for names, and documentation. `generics` are those of each pattern, the most frequent
/// ones first: they have the shortest names.
pub fn assign(generics: &mut [(Pattern, Generic)]) {
    for index in 0..generics.len() {
        let (before, rest) = generics.split_at_mut(index);
        let Some((pattern, generic)) = rest.first_mut() else { continue };
        let before: Vec<&Generic> =
            before.iter().filter(|(other, _)| other == pattern).map(|(_, it)| it).collect();
        match (*pattern, &mut generic.shape) {
            (Pattern::List, Shape::Struct(shape)) => {
                let parameter = generic.parameters.first().copied().unwrap_or_default();
                generic.words = list_words(&shape.fields, parameter, &before);
                generic.doc = described("A list of items, or a page of one.");
            }
            (Pattern::Expandable, Shape::Union(union)) => {
                generic.words = match union.variants.len() {
                    2 => vec!["Expandable".to_owned()],
                    _ => vec!["Expandable or deleted".to_owned()],
                };
                generic.doc = described("The id of an object, or the whole object.");
                describe_variants(
                    union,
                    &[
                        ("Id", "The id of the object."),
                        ("Object", "The whole object."),
                        ("Deleted", "What is left of a deleted object."),
                    ],
                );
            }
            (Pattern::Alternative, Shape::Union(union)) => {
                generic.words.extend(describe_alternative(generic.parameters.first(), union));
                generic.doc = described("A value, or something in its place.");
            }
            (_, Shape::Struct(_) | Shape::Enum(_) | Shape::Id | Shape::Union(_)) => {}
        }
    }
}

/// Returns the words for a list. One with a telling name is named for it; of several that differ in
/// other fields, the less frequent ones are named for the first difference.
fn list_words(fields: &[Field], parameter: usize, before: &[&Generic]) -> Vec<String> {
    let wire = fields.get(parameter).map(|field| field.wire.as_str()).unwrap_or_default();
    let base = match GENERIC_WORDS.contains(&wire.to_lowercase().as_str()) {
        true => "List".to_owned(),
        false => format!("{} list", singular(&wire.to_lowercase())),
    };
    let others = || {
        before.iter().filter_map(|it| match &it.shape {
            Shape::Struct(shape) => Some(&shape.fields),
            Shape::Enum(_) | Shape::Id | Shape::Union(_) => None,
        })
    };
    // The first field of which no list before has the same.
    let different = |is_same: &dyn Fn(&Field, &Field) -> bool| {
        let is_new = |field: &&Field| {
            let mut others = others().flatten();
            field.wire != wire && !others.any(|it| it.wire == field.wire && is_same(field, it))
        };
        fields.iter().find(is_new)
    };
    let mut words = vec![base.clone()];
    if let Some(field) = different(&|_, _| true) {
        words.push(format!("{base} with {}", field.wire));
    }
    if let Some(field) = different(&|a, b| presence(a) == presence(b)) {
        words.push(format!("{base} with {} {}", presence(field), field.wire));
    }
    if let Some(field) = different(&|a, b| a.ty == b.ty) {
        let kind = match &field.ty {
            Type::Scalar(scalar) => format!("{scalar:?}"),
            Type::Any | Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => {
                "other".to_owned()
            }
        };
        words.push(format!("{base} with {kind} {}", field.wire));
    }
    words
}

/// Returns whether a field may be missing or `null`, in a word.
fn presence(field: &Field) -> &'static str {
    match (field.required, field.nullable) {
        (true, false) => "required",
        (true, true) => "nullable",
        (false, _) => "optional",
    }
}

/// Names the variants of an object or one other value, and returns the words for their type.
fn describe_alternative(parameter: Option<&usize>, union: &mut Union) -> Option<String> {
    let parameter = *parameter?;
    let other = union.variants.iter().enumerate().find(|(index, _)| *index != parameter)?;
    let other = other.1.name.clone();
    let variant = union.variants.get_mut(parameter)?;
    "Value".clone_into(&mut variant.name);
    variant.doc = described("The value.");
    Some(match parameter {
        0 => format!("Or {other}"),
        _ => format!("{other} or"),
    })
}

fn describe_variants(union: &mut Union, texts: &[(&str, &str)]) {
    for (variant, (name, text)) in union.variants.iter_mut().zip(texts) {
        (*name).clone_into(&mut variant.name);
        variant.doc = described(text);
    }
}

fn described(text: &str) -> Doc {
    Doc { description: Some(text.to_owned()), ..Doc::default() }
}
