//! Which request bodies callers pass: all that carry something.

use crate::ir::{Api, Body, Media, Shape, Type};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// Decides for each operation whether callers pass its body. A body without properties is sent as an
/// empty object if it is required, and not at all if it is optional. A body with required properties
/// is required: without it, the request would be invalid.
pub fn decide_bodies(api: &mut Api, openapi: &Node, report: &mut Report) {
    let decisions: Vec<_> =
        api.operations.iter().map(|it| Some(decide(api, it.body.as_ref()?))).collect();
    for (operation, decision) in api.operations.iter_mut().zip(decisions) {
        let Some(body) = &mut operation.body else { continue };
        match decision {
            Some(Decision::Required) => body.required = true,
            Some(Decision::Empty) if body.required => {
                body.is_empty = true;
                // Its type is not needed.
                body.media.iter_mut().for_each(|media| media.ty = Type::Any);
            }
            Some(Decision::Empty) => {
                let node = openapi.pointer(&format!("{}/requestBody", operation.pointer));
                let location = node.map_or(Location::Run, |node| Location::Entry(node.origin));
                let message = "an optional request body without properties is not offered";
                report.push(Problem::skip_note(location, message));
                operation.body = None;
            }
            Some(Decision::AsDeclared) | None => {}
        }
    }
}

enum Decision {
    /// It is required, even if the document declares it as optional.
    Required,
    /// It has no properties.
    Empty,
    /// It is required if the document declares it so.
    AsDeclared,
}

fn decide(api: &Api, body: &Body) -> Decision {
    let has_required = |media: &Media| match api.shape(&media.ty) {
        Some(Shape::Struct(shape)) => shape.fields.iter().any(|it| it.required && !it.read_only),
        Some(Shape::Enum(_) | Shape::Id | Shape::Union(_)) | None => false,
    };
    if body.media.iter().any(has_required) {
        Decision::Required
    } else if api.has_no_properties(body) {
        Decision::Empty
    } else {
        Decision::AsDeclared
    }
}
