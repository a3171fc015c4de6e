//! Finds the annotated parts of an operation's request.

use crate::depth::MAX_VISITED_PROPERTIES;
use crate::ir::{Api, CauseTarget, Operation, Shape, Type, TypeId};
use crate::lower::error_annotations::{Annotation, AnnotationOwner, Annotations};

/// Returns the annotated parts of an operation's request, and whether all of it was visited.
pub fn find_causes<'w>(
    api: &'w Api,
    annotations: &'w Annotations,
    operation: &'w Operation,
) -> (Vec<(&'w Annotation, CauseTarget)>, bool) {
    let mut walk = Walk { api, annotations, found: Vec::new(), budget: MAX_VISITED_PROPERTIES };
    walk.operation(operation);
    (walk.found, walk.budget > 0)
}

/// A walk through one operation's request.
struct Walk<'w> {
    api: &'w Api,
    annotations: &'w Annotations,
    found: Vec<(&'w Annotation, CauseTarget)>,
    /// How many properties may still be visited.
    budget: usize,
}

impl<'w> Walk<'w> {
    fn operation(&mut self, operation: &'w Operation) {
        for parameter in &operation.parameters {
            let (location, wire) = (parameter.location, &parameter.wire);
            let owner =
                AnnotationOwner::Parameter(operation.pointer.clone(), location, wire.clone());
            for annotation in self.annotations.get(&owner).into_iter().flatten() {
                let target = CauseTarget::Parameter(location, wire.clone());
                self.found.push((annotation, target));
            }
        }
        let Some(body) = &operation.body else { return };
        for media in &body.media {
            let owner = AnnotationOwner::Body(operation.pointer.clone());
            for annotation in self.annotations.get(&owner).into_iter().flatten() {
                let target = CauseTarget::Body(annotated_path(&[], annotation));
                self.found.push((annotation, target));
            }
            self.visit_type(&media.ty, &mut Vec::new(), &mut Vec::new());
        }
    }

    /// Visits the properties of a type. `active` are the types that enclose it, which are not visited
    /// again inside themselves.
    fn visit_type(&mut self, ty: &'w Type, path: &mut Vec<String>, active: &mut Vec<TypeId>) {
        match ty {
            Type::Any | Type::Scalar(_) => (),
            Type::Nullable(inner) => self.visit_type(inner, path, active),
            Type::List(inner) => self.visit_child("[]", inner, path, active),
            Type::Map(inner) => self.visit_child("{}", inner, path, active),
            Type::Named(id) => {
                let Some(def) = self.api.types.get(id.0) else { return };
                if active.contains(id) {
                    return;
                }
                active.push(*id);
                match &def.shape {
                    Shape::Enum(_) | Shape::Id => (),
                    Shape::Union(union) => {
                        union.variants.iter().for_each(|v| self.visit_type(&v.ty, path, active))
                    }
                    Shape::Struct(shape) => {
                        for field in &shape.fields {
                            self.add_property(&def.pointer, &field.wire, path);
                            self.visit_child(&field.wire, &field.ty, path, active);
                        }
                    }
                }
                active.pop();
            }
        }
    }

    /// Adds the annotations of a property.
    fn add_property(&mut self, pointer: &str, wire: &str, path: &[String]) {
        let owner = AnnotationOwner::Property(pointer.to_owned(), wire.to_owned());
        for annotation in self.annotations.get(&owner).into_iter().flatten() {
            let mut path = path.to_vec();
            path.push(wire.to_owned());
            let target = CauseTarget::Body(annotated_path(&path, annotation));
            self.found.push((annotation, target));
        }
    }

    fn visit_child(
        &mut self,
        name: &str,
        ty: &'w Type,
        path: &mut Vec<String>,
        active: &mut Vec<TypeId>,
    ) {
        self.budget = self.budget.saturating_sub(1);
        if self.budget > 0 {
            path.push(name.to_owned());
            self.visit_type(ty, path, active);
            path.pop();
        }
    }
}

/// Returns the path of an annotation's value: `path`, and `[]` for each array level below it.
fn annotated_path(path: &[String], annotation: &Annotation) -> Vec<String> {
    let items = std::iter::repeat_n("[]".to_owned(), annotation.item_depth);
    path.iter().cloned().chain(items).collect()
}
