//! Attaches error triggers to the properties, parameters and bodies that cause them, for the checks
//! before sending.

use super::Codes;
use crate::ir::{Api, ErrorTrigger, Shape};
use crate::lower::error_annotations::{Annotation, AnnotationOwner, Annotations};

/// Sets the error triggers of all properties, parameters and bodies.
pub fn attach_triggers(api: &mut Api, annotations: &Annotations, codes: &Codes<'_>) {
    let triggers = |owner: &AnnotationOwner| -> Vec<ErrorTrigger> {
        let annotations = annotations.get(owner).into_iter().flatten();
        annotations.filter_map(|annotation| error_trigger(annotation, codes)).collect()
    };
    for def in &mut api.types {
        if let Shape::Struct(shape) = &mut def.shape {
            for field in &mut shape.fields {
                let owner = AnnotationOwner::Property(def.pointer.clone(), field.wire.clone());
                field.error_triggers = triggers(&owner);
            }
        }
    }
    for operation in &mut api.operations {
        let pointer = &operation.pointer;
        for parameter in &mut operation.parameters {
            let (location, wire) = (parameter.location, parameter.wire.clone());
            let owner = AnnotationOwner::Parameter(pointer.clone(), location, wire);
            parameter.error_triggers = triggers(&owner);
        }
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
            media.error_triggers = triggers(&AnnotationOwner::Body(pointer.clone()));
        }
    }
}

fn error_trigger(annotation: &Annotation, codes: &Codes<'_>) -> Option<ErrorTrigger> {
    let (code, own_message) = codes.annotated.get(&annotation.pointer)?;
    // An annotation that only refers to a code has the code's message, if there is just one.
    let message =
        own_message.clone().or_else(|| match codes.codes.get(code)?.messages.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
    Some(ErrorTrigger {
        kind: annotation.kind.clone(),
        code: code.clone(),
        message,
        item_depth: annotation.item_depth,
    })
}
