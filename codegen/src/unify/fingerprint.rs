//! What is compared of a type, besides the types nested in it.

use crate::ir::{
    self, Api, Doc, MediaKind, Shape, Type, TypeDef, TypeId, TypeName, Usage, compute_usage,
};
use crate::manifest::Manifest;

/// What is compared of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fingerprint {
    /// The type is not merged.
    Unique(TypeId),
    /// The type is merged with others of the same fingerprint.
    Shape {
        /// The shape without documentation and without the numbers of nested types.
        text: String,
        /// Where its values occur, as far as that changes the generated code.
        place: Place,
    },
}

/// Where the values of a struct occur, as far as that changes the generated code.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Only PATCH requests contain it. They distinguish fields that are `null` from missing ones.
    patch_only: bool,
    /// Its fields are parts of multipart bodies.
    multipart: bool,
    /// Whether requests and responses contain it, if that determines which of its fields there are.
    directions: Option<(bool, bool)>,
}

/// Returns the fingerprint of every type.
pub fn fingerprints(api: &Api, manifest: &Manifest) -> Vec<Fingerprint> {
    let places = places(api, &compute_usage(api, manifest.webhook_event()));
    let fingerprint = |(index, (def, place)): (usize, (&TypeDef, Place))| {
        if !matches!(def.name, TypeName::Inline(_)) || matches!(def.shape, Shape::Id) {
            return Fingerprint::Unique(TypeId(index));
        }
        Fingerprint::Shape { text: comparable_text(&def.shape), place }
    };
    api.types.iter().zip(places).enumerate().map(fingerprint).collect()
}

/// Returns where the values of each type occur.
pub fn places(api: &Api, usage: &[Usage]) -> Vec<Place> {
    let multipart = ir::reachable_from(api, multipart_bodies(api));
    let place = |((def, usage), multipart): ((&TypeDef, &Usage), &bool)| match &def.shape {
        Shape::Struct(shape) => Place {
            patch_only: usage.only_patched,
            multipart: *multipart,
            directions: directions(shape, *usage),
        },
        Shape::Enum(_) | Shape::Id | Shape::Union(_) => Place::default(),
    };
    api.types.iter().zip(usage).zip(&multipart).map(place).collect()
}

/// Returns in which directions a struct is used, if it has fields that go in one of them only.
fn directions(shape: &ir::Struct, usage: Usage) -> Option<(bool, bool)> {
    let depends = shape.fields.iter().any(|field| field.read_only || field.write_only);
    depends.then_some((usage.sent, usage.received))
}

fn multipart_bodies(api: &Api) -> impl Iterator<Item = &Type> {
    let media = api.operations.iter().filter_map(|it| it.body.as_ref()).flat_map(|it| &it.media);
    media.filter(|media| media.kind == MediaKind::Multipart).map(|media| &media.ty)
}

/// Returns a text that equal shapes have in common. Every part of a shape is compared unless it is
/// removed here.
fn comparable_text(shape: &Shape) -> String {
    let mut shape = shape.clone();
    shape.for_each_type_mut(&mut |ty| {
        if let Some(id) = ty.innermost_id_mut() {
            *id = TypeId(0); // compared by the partition
        }
    });
    match &mut shape {
        Shape::Struct(shape) => shape.fields.iter_mut().for_each(|it| remove_text(&mut it.doc)),
        Shape::Enum(shape) => shape.values.iter_mut().for_each(|it| it.description = None),
        Shape::Union(shape) => shape.variants.iter_mut().for_each(|it| remove_text(&mut it.doc)),
        Shape::Id => {}
    }
    format!("{shape:?}")
}

/// Removes the texts, in which equal types may differ.
pub fn remove_text(doc: &mut Doc) {
    *doc = Doc { deprecated: doc.deprecated, ..Doc::default() };
}
