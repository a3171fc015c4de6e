//! Which operations only read, whatever their method, so that their requests may be sent again: those that
//! `repeatable` in `vendor.toml` lists.

use super::Context;
use crate::ir::{Api, Conclusion, Inference, Subject};
use crate::report::Report;

/// Marks the operations that `repeatable` lists.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let patterns = &context.manifest.repeatable;
    let known = api.operation_keys();
    context.manifest.report_unknown_operations(&["repeatable"], patterns, &known, report);
    for operation in &mut api.operations {
        operation.repeatable = patterns.iter().any(|pattern| operation.is_named(pattern));
    }
    let listed = api.operations.iter().enumerate().filter(|(_, operation)| operation.repeatable);
    let pin = |(index, _)| {
        let (subject, rule) = (Subject::Operation(index), "`repeatable` lists the operation");
        context.pin(api, subject, Conclusion::Repeatable, &["repeatable"], rule)
    };
    listed.map(pin).collect()
}
