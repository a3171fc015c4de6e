//! What each value raises, at the value itself: checks before sending tell it.

use super::Codes;
use crate::ir::{Api, ErrorTrigger, Shape};
use crate::lower::errors::{Annotation, Annotations, Holder};

/// Tells every member, parameter and body.
pub fn fill(api: &mut Api, annotations: &Annotations, codes: &Codes<'_>) {
    let raised = |holder: &Holder| -> Vec<ErrorTrigger> {
        let found = annotations.get(holder).into_iter().flatten();
        found.filter_map(|annotation| one(annotation, codes)).collect()
    };
    for def in &mut api.types {
        if let Shape::Struct(shape) = &mut def.shape {
            for field in &mut shape.fields {
                field.raised = raised(&Holder::Member(def.pointer.clone(), field.wire.clone()));
            }
        }
    }
    for operation in &mut api.operations {
        let own = &operation.pointer;
        for parameter in &mut operation.parameters {
            let wire = parameter.wire.clone();
            parameter.raised = raised(&Holder::Parameter(own.clone(), parameter.location, wire));
        }
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
            media.raised = raised(&Holder::Body(own.clone()));
        }
    }
}

fn one(annotation: &Annotation, codes: &Codes<'_>) -> Option<ErrorTrigger> {
    let (code, own) = codes.at.get(&annotation.pointer)?;
    // The name of a code has the code's message where there is one alone.
    let message = own.clone().or_else(|| match codes.codes.get(code)?.messages.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    });
    Some(ErrorTrigger {
        why: annotation.why.clone(),
        code: code.clone(),
        message,
        lists: annotation.lists,
    })
}
