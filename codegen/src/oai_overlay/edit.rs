//! Changes the selected values of a document. A path lists the positions of a value and of those that
//! contain it, in objects and arrays alike.

use super::budget::Budget;
use crate::depth::MAX_PARSED_DEPTH;
use crate::source::{Kind, Map, Node};

/// Removes the values at `paths`, which are sorted.
pub(super) fn remove(root: &mut Node, paths: &[Vec<usize>]) -> Result<(), String> {
    if paths.iter().any(Vec::is_empty) {
        return Err("the root of the document cannot be removed".to_owned());
    }
    let paths: Vec<&[usize]> = paths.iter().map(Vec::as_slice).collect();
    remove_below(root, &paths);
    Ok(())
}

fn remove_below(node: &mut Node, paths: &[&[usize]]) {
    let mut removed = Vec::new();
    for group in paths.chunk_by(|a, b| a.first() == b.first()) {
        let Some((&position, rest)) = group.first().and_then(|path| path.split_first()) else {
            continue;
        };
        if rest.is_empty() {
            removed.push(position);
        } else if let Some(child) = child_mut(node, position) {
            let inner: Vec<&[usize]> = group.iter().filter_map(|path| path.get(1..)).collect();
            remove_below(child, &inner);
        }
    }
    let mut position = 0;
    let mut is_kept = || {
        position += 1;
        removed.binary_search(&(position - 1)).is_err()
    };
    match &mut node.kind {
        Kind::Array(items) => items.retain(|_| is_kept()),
        Kind::Object(map) => map.retain(|_, _| is_kept()),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
}

fn child_mut(node: &mut Node, position: usize) -> Option<&mut Node> {
    match &mut node.kind {
        Kind::Array(items) => items.get_mut(position),
        Kind::Object(map) => map.get_index_mut(position).map(|(_, child)| child),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => None,
    }
}

/// Updates the values at `paths` with `update`.
pub(super) fn update(
    root: &mut Node,
    paths: &[Vec<usize>],
    update: &Node,
    budget: &mut Budget,
) -> Result<(), String> {
    let size = measure(update);
    budget.add(size.values.saturating_mul(paths.len()))?;
    if paths.iter().any(|path| path.len() + size.depth > MAX_PARSED_DEPTH) {
        return Err(format!("the document would be nested deeper than {MAX_PARSED_DEPTH} levels"));
    }
    let mut kind = None;
    for path in paths {
        let Some(target) = path.iter().try_fold(&mut *root, |node, at| child_mut(node, *at)) else {
            continue;
        };
        if *kind.get_or_insert(Form::of(target)) != Form::of(target) {
            let message = "the target selects values of several kinds: objects, arrays or others";
            return Err(message.to_owned());
        }
        update_value(target, update)?;
    }
    Ok(())
}

/// The kinds of values that are updated differently.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Object,
    Array,
    Primitive,
}

impl Form {
    fn of(node: &Node) -> Self {
        match node.kind {
            Kind::Object(_) => Self::Object,
            Kind::Array(_) => Self::Array,
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => Self::Primitive,
        }
    }
}

fn update_value(target: &mut Node, update: &Node) -> Result<(), String> {
    let (found, expected) = (update.kind_name(), target.kind_name());
    let has_same_form = Form::of(target) == Form::of(update);
    match (&mut target.kind, &update.kind) {
        (Kind::Object(map), Kind::Object(update)) => return merge(map, update),
        (Kind::Array(items), Kind::Array(update)) => items.extend(update.iter().cloned()),
        (Kind::Array(items), _) => items.push(update.clone()),
        _ if has_same_form => *target = update.clone(),
        _ => return Err(format!("the target is {expected}, so it cannot be updated with {found}")),
    }
    Ok(())
}

fn merge(map: &mut Map, update: &Map) -> Result<(), String> {
    for (key, update) in update {
        let Some(value) = map.get_mut(key) else {
            map.insert(key.clone(), update.clone());
            continue;
        };
        match (Form::of(value), Form::of(update)) {
            // `components:` without a value updates nothing in the components.
            (Form::Object | Form::Array, Form::Primitive) if update.is_null() => {}
            (old, new) if old == new => update_value(value, update)?,
            _ => {
                let (found, expected) = (update.kind_name(), value.kind_name());
                return Err(format!(
                    "`{key}` of the target is {expected}, so it cannot be updated with {found}"
                ));
            }
        }
    }
    Ok(())
}

/// The size of a value.
#[derive(Default)]
struct Size {
    values: usize,
    depth: usize,
}

fn measure(node: &Node) -> Size {
    let mut size = Size { values: 1, depth: 0 };
    let mut add = |child: &Node| {
        let child = measure(child);
        size.values = size.values.saturating_add(child.values);
        size.depth = size.depth.max(child.depth + 1);
    };
    match &node.kind {
        Kind::Array(items) => items.iter().for_each(&mut add),
        Kind::Object(map) => map.values().for_each(&mut add),
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
    }
    size
}
