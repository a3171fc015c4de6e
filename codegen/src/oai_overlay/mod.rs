//! Overlays of the OpenAPI Initiative (Overlay Specification 1.0 to 1.2): corrections as a document of
//! their own, with JSONPath queries as targets.
//!
//! They are applied to the documents as published, before the audit, because their targets are written
//! for these. So what an overlay adds is audited like everything else, and its problems are shown in the
//! overlay. An action that selects nothing is reported: the document may have changed.

mod action;
mod budget;
mod comparison;
mod edit;
mod extends;
mod query;
#[cfg(test)]
mod tests;

use crate::manifest::Source;
use crate::page::Page;
use crate::report::{Location, Problem, Report};
use crate::source::Node;

use action::{Action, Change};
use budget::Budget;
use query::Query;

const SYNTAX_HELP: &str = "a query is written as in RFC 9535: a key with characters other than letters, \
                           digits and `_` is in brackets and quotes, `$.paths['/pets'].get`";

/// Returns whether a parsed file is an overlay.
pub fn is_overlay(root: &Node) -> bool {
    root.get("overlay").is_some() && root.get("openapi").is_none()
}

/// Applies the overlay in `file` to the documents that it extends, or to all if it does not name one.
/// `published` lists where the documents were fetched from.
pub fn apply(
    file: &str,
    overlay: &Node,
    documents: &mut [(Page, Node)],
    published: &[Source],
    report: &mut Report,
) {
    let Some(actions) = action::parse_overlay(overlay, report) else { return };
    let extended = match extends::extended_documents(file, overlay, documents, published) {
        Ok(extended) => extended,
        Err(problem) => return report.push(problem),
    };
    let mut budget = Budget::default();
    for action in &actions {
        let mut is_matched = false;
        let targets = documents.iter_mut().enumerate().filter(|(i, _)| extended.contains(i));
        let result: Result<(), Problem> = targets.into_iter().try_for_each(|(_, (_, root))| {
            is_matched |= apply_action(action, root, &mut budget)?;
            Ok(())
        });
        match result {
            Err(problem) => report.push(problem),
            Ok(()) if !is_matched => {
                let message =
                    format!("the target `{}` of this action selects nothing", action.target.text);
                let help = "compare it with the document, which may have changed; then change or \
                            remove the action";
                let location = Location::Entry(action.node.origin);
                report.error_or_warn(Problem::warning(location, message).help(help));
            }
            Ok(()) => {}
        }
    }
}

/// Applies an action to a document. Returns whether it selects anything.
fn apply_action(
    action: &Action<'_>,
    root: &mut Node,
    budget: &mut Budget,
) -> Result<bool, Problem> {
    let target = &action.target;
    let fail = |message: String| Problem::error(Location::Entry(target.node.origin), message);
    let parse = |text: &str| Query::parse(text).map_err(|it| fail(it).help(SYNTAX_HELP));
    let mut paths: Vec<Vec<usize>> = parse(target.text)?
        .select(root, budget)
        .map_err(fail)?
        .into_iter()
        .map(|found| found.path)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    if paths.is_empty() {
        return Ok(false);
    }
    match action.change {
        Change::Remove => edit::remove(root, &paths).map_err(fail)?,
        Change::Update(update) => {
            let fail = |message| Problem::error(Location::Entry(update.origin), message);
            edit::update(root, &paths, update, budget).map_err(fail)?;
        }
        Change::Copy(ref copy) => {
            let fail = |message| Problem::error(Location::Entry(copy.node.origin), message);
            let query = Query::parse(copy.text).map_err(|it| fail(it).help(SYNTAX_HELP))?;
            let value = match query.select(root, budget).map_err(fail)?.as_slice() {
                [only] => only.node.clone(),
                found => {
                    let count = found.len();
                    return Err(fail(format!("`copy` selects {count} values instead of one")));
                }
            };
            edit::update(root, &paths, &value, budget).map_err(fail)?;
        }
    }
    Ok(true)
}
