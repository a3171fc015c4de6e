//! The documentation of a type that several schemas share.

use super::known_names::most_frequent;
use crate::ir::{Doc, Shape, TypeDef};

/// Returns the first definition with documentation that suits all of them. A text about the type that
/// not all of them have could be wrong elsewhere, so it is removed. Of the texts about a field, a
/// variant or a value, the most frequent one is used.
pub fn with_common_docs(defs: &[&TypeDef]) -> Option<TypeDef> {
    let mut shared = (*defs.first()?).clone();
    let docs: Vec<&Doc> = defs.iter().map(|def| &def.doc).filter(|doc| has_text(doc)).collect();
    shared.doc = match docs.split_first() {
        Some((first, others)) if others.iter().all(|other| doc_text(first) == doc_text(other)) => {
            (*first).clone()
        }
        _ => Doc { deprecated: shared.doc.deprecated, ..Doc::default() },
    };
    let docs: Vec<Vec<&Doc>> = defs.iter().map(|def| inner_docs(&def.shape)).collect();
    for (index, slot) in inner_docs_mut(&mut shared.shape).into_iter().enumerate() {
        let docs = docs.iter().filter_map(|docs| docs.get(index)).filter(|doc| has_text(doc));
        let docs: Vec<&&Doc> = docs.collect();
        let frequent = most_frequent(docs.iter().map(|doc| doc_text(doc)));
        if let Some(doc) = docs.iter().find(|doc| Some(doc_text(doc)) == frequent) {
            *slot = (**doc).clone();
        }
    }
    if let Shape::Enum(listed) = &mut shared.shape {
        for (index, value) in listed.values.iter_mut().enumerate() {
            let descriptions = defs.iter().filter_map(|def| match &def.shape {
                Shape::Enum(listed) => listed.values.get(index)?.description.as_deref(),
                Shape::Struct(_) | Shape::Id | Shape::Union(_) => None,
            });
            value.description = most_frequent(descriptions).map(str::to_owned);
        }
    }
    Some(shared)
}

fn inner_docs(shape: &Shape) -> Vec<&Doc> {
    match shape {
        Shape::Struct(shape) => shape.fields.iter().map(|field| &field.doc).collect(),
        Shape::Union(shape) => shape.variants.iter().map(|variant| &variant.doc).collect(),
        Shape::Enum(_) | Shape::Id => Vec::new(),
    }
}

fn inner_docs_mut(shape: &mut Shape) -> Vec<&mut Doc> {
    match shape {
        Shape::Struct(shape) => shape.fields.iter_mut().map(|field| &mut field.doc).collect(),
        Shape::Union(shape) => shape.variants.iter_mut().map(|variant| &mut variant.doc).collect(),
        Shape::Enum(_) | Shape::Id => Vec::new(),
    }
}

fn has_text(doc: &Doc) -> bool {
    doc.title.is_some() || doc.description.is_some()
}

fn doc_text(doc: &Doc) -> (Option<&str>, Option<&str>) {
    (doc.title.as_deref(), doc.description.as_deref())
}
