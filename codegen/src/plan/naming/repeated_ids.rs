//! Names for operations with the same `operationId`, as on the pages of a site: each page is a document
//! of its own, in which the id is unique.

use crate::ir::{Operation, Segment};

/// Returns the words for an operation, one of `group` that all have the id `id`: the id with the
/// tags or the versions that distinguish the operations.
pub(super) fn distinct_words(
    id: &str,
    operation: &Operation,
    group: &[&Operation],
) -> Option<String> {
    [tag, version].into_iter().find_map(|part| {
        let mut parts: Vec<String> = Vec::with_capacity(group.len());
        for other in group {
            parts.push(part(other)?);
        }
        parts.sort();
        parts.dedup();
        (parts.len() == group.len()).then(|| part(operation).map(|part| format!("{id} {part}")))?
    })
}

fn tag(operation: &Operation) -> Option<String> {
    let tag = operation.tags.first()?.to_lowercase();
    tag.contains(|c: char| c.is_ascii_alphabetic()).then_some(tag)
}

/// Returns the version in a path, such as `v2`.
fn version(operation: &Operation) -> Option<String> {
    let literals = operation.path.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text),
        Segment::Parameter(_) => None,
    });
    let mut words = literals.flat_map(|text| text.split('/'));
    let is_version = |word: &&str| {
        let number = word.strip_prefix(['v', 'V']).unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    };
    words.find(is_version).map(str::to_lowercase)
}
