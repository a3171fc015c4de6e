//! The way through one operation's request, to everything that is annotated.

use super::resolved;
use crate::ir::{Api, Operation, Shape, Subject, Type, TypeId};
use crate::lower::errors::{Annotation, Annotations, Holder};

/// How many members of one operation's body are looked at.
const MOST_MEMBERS: usize = 20_000;

/// What an operation's request can raise, and whether that is all.
pub fn raised<'w>(
    api: &'w Api,
    annotations: &'w Annotations,
    operation: &'w Operation,
) -> (Vec<(&'w Annotation, Subject)>, bool) {
    let mut walk = Walk { api, annotations, found: Vec::new(), left: MOST_MEMBERS };
    walk.operation(operation);
    (walk.found, walk.left > 0)
}

/// The way through one operation's request.
struct Walk<'w> {
    api: &'w Api,
    annotations: &'w Annotations,
    found: Vec<(&'w Annotation, Subject)>,
    left: usize,
}

impl<'w> Walk<'w> {
    fn operation(&mut self, operation: &'w Operation) {
        for parameter in &operation.parameters {
            let holder = Holder::Parameter(
                operation.pointer.clone(),
                parameter.location,
                parameter.wire.clone(),
            );
            for annotation in self.annotations.get(&holder).into_iter().flatten() {
                self.found.push((
                    annotation,
                    Subject::Parameter(parameter.location, parameter.wire.clone()),
                ));
            }
        }
        let Some(body) = &operation.body else { return };
        for media in &body.media {
            if let Type::Named(id) = media.ty {
                let holder = Holder::Body(operation.pointer.clone());
                for annotation in self.annotations.get(&holder).into_iter().flatten() {
                    self.found.push((annotation, Subject::Body(id, path(&[], annotation))));
                }
            }
            self.members(&media.ty, &mut Vec::new(), &mut Vec::new());
        }
    }

    /// `open` are the types that the way leads through; a type inside itself is not entered again.
    fn members(&mut self, ty: &'w Type, at: &mut Vec<String>, open: &mut Vec<TypeId>) {
        match ty {
            Type::Any | Type::Scalar(_) => (),
            Type::Nullable(inner) => self.members(inner, at, open),
            Type::List(inner) => self.below("[]", inner, at, open),
            Type::Map(inner) => self.below("{}", inner, at, open),
            Type::Named(id) => {
                let Some((id, shape)) = resolved(self.api, *id) else { return };
                if open.contains(&id) {
                    return;
                }
                open.push(id);
                match shape {
                    Shape::Alias(inner) => self.members(inner, at, open),
                    Shape::Enum(_) => (),
                    Shape::Union(union) => {
                        union.variants.iter().for_each(|v| self.members(&v.ty, at, open))
                    }
                    Shape::Struct(shape) => {
                        let pointer = self
                            .api
                            .types
                            .get(id.0)
                            .map(|def| def.pointer.as_str())
                            .unwrap_or_default();
                        for field in &shape.fields {
                            self.member(id, pointer, &field.wire, at);
                            self.below(&field.wire, &field.ty, at, open);
                        }
                    }
                }
                open.pop();
            }
        }
    }

    fn member(&mut self, id: TypeId, owner: &str, wire: &str, at: &[String]) {
        let holder = Holder::Member(owner.to_owned(), wire.to_owned());
        for annotation in self.annotations.get(&holder).into_iter().flatten() {
            let mut at = at.to_vec();
            at.push(wire.to_owned());
            self.found.push((annotation, Subject::Body(id, path(&at, annotation))));
        }
    }

    fn below(&mut self, name: &str, ty: &'w Type, at: &mut Vec<String>, open: &mut Vec<TypeId>) {
        self.left = self.left.saturating_sub(1);
        if self.left > 0 {
            at.push(name.to_owned());
            self.members(ty, at, open);
            at.pop();
        }
    }
}

fn path(at: &[String], annotation: &Annotation) -> Vec<String> {
    at.iter().cloned().chain(std::iter::repeat_n("[]".to_owned(), annotation.lists)).collect()
}
