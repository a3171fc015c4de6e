//! Turns the findings of the plan into problems: what is not supported, and names that conflict or
//! that changed since an earlier run.

use super::naming::NameConflict;
use super::unsupported::{self, Unsupported};
use crate::ir::Api;
use crate::report::{Location, Problem, Report, Skipped};
use crate::source::Node;

/// Reports the parts of the API that the generated code does not support.
pub(super) fn report_unsupported(api: &Api, openapi: &Node, report: &mut Report) {
    for unsupported in unsupported::collect(api) {
        let Unsupported { pointer, message, help, whole, warn } = unsupported;
        let exact = openapi.pointer(&pointer).or_else(|| path_item_key(openapi, &pointer));
        let parent = || openapi.pointer(pointer.get(..pointer.rfind('/')?)?);
        let skipped = match exact {
            Some(_) if whole => Skipped::Whole,
            Some(_) | None => Skipped::Part,
        };
        let Some(node) = exact.or_else(parent) else { continue };
        let location = Location::Entry(node.origin);
        match (warn, exact) {
            (true, _) => {
                report.push(Problem::warning(location, message).help(help).skipped(skipped));
            }
            (false, Some(_)) => report.push(Problem::skip_note(location, message)),
            // There is no keyword at the pointer that could be skipped.
            (false, None) => {}
        }
    }
}

/// Returns what the path item states for one of its operations, such as `servers`.
fn path_item_key<'n>(openapi: &'n Node, pointer: &str) -> Option<&'n Node> {
    let (operation, key) = pointer.rsplit_once('/')?;
    let (item, _) = operation.rsplit_once('/')?;
    openapi.pointer(&format!("{item}/{key}"))
}

/// Reports that there is nothing to generate.
pub(super) fn report_no_operation(module: &str, openapi: &Node, report: &mut Report) {
    let message = format!("`{module}` has no operation and no type");
    let help = "a client needs at least one operation, and a crate of types needs a schema: see the other \
                problems, or check the input";
    let location = Location::Entry(openapi.get("paths").unwrap_or(openapi).origin);
    report.push(Problem::error(location, message).help(help));
}

/// Reports operations that would have the same name.
pub(super) fn report_name_conflicts(
    conflicts: Vec<NameConflict>,
    openapi: &Node,
    report: &mut Report,
) {
    let origin = |pointer: &str| openapi.pointer(pointer).map(|node| node.origin);
    let keys =
        conflicts.iter().map(|it| (it.name.clone(), origin(&it.pointer).map(|it| it.document)));
    let keys: Vec<_> = keys.collect();
    for (conflict, key) in conflicts.into_iter().zip(&keys) {
        let location = origin(&conflict.pointer).map_or(Location::Run, Location::Entry);
        // Each page of a site may be a document of its own, with ids that are unique in it.
        let shares_document = keys.iter().filter(|other| *other == key).count() > 1;
        let problem = match (conflict.invalid, report.strict) {
            (true, true) => Problem::error(location, conflict.message),
            (true, false) if shares_document => Problem::warning(location, conflict.message),
            (true | false, _) => Problem::note(location, conflict.message),
        };
        report.push(problem.help(conflict.help));
    }
}

/// Reports the names that differ from those of an earlier run.
pub(super) fn report_renamed(messages: &[String], report: &mut Report) {
    for message in messages {
        let help = "callers must use the new name; [names] in vendor.toml can restore the old one";
        report.push(Problem::warning(Location::Run, message).help(help));
    }
}
