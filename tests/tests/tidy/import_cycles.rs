//! There are no import cycles.
//!
//! In every folder, the files and folders in it are compared as wholes: if one of them uses
//! something inside another one, directly or through others, that one must not use anything inside
//! the first. The file of a folder itself (`mod.rs`, `lib.rs`) is not compared with what is in the
//! folder: it calls those files, and may define the types that they share.

use std::collections::{BTreeMap, BTreeSet};

use crate::assert_none;
use crate::modules::{Modules, cycles};

/// The accepted cycles, by folder: the modules, and the recursion that makes them depend on each
/// other. An entry that no longer applies is a violation too.
const ACCEPTED: &[(&str, &[&str], &str)] = &[
    (
        "codegen/src/dialect/endpoint",
        &["alternatives", "entry"],
        "an entry may have alternatives, which are entries",
    ),
    ("codegen/src/lower", &["union", "variant"], "an alternative of a union may be a union"),
];

/// Returns, for each folder, which of the modules in it use which others.
fn uses_by_folder(source_folder: &str) -> BTreeMap<String, Uses> {
    let modules = Modules::read(source_folder);
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for (from, code) in &modules.modules {
        for (path, line) in &code.paths {
            let absolute = modules.absolute(from, path);
            let Some(to) = absolute.as_deref().and_then(|path| modules.definer(path)) else {
                continue;
            };
            let (from, to): (Vec<&str>, Vec<&str>) = (split(from), split(to));
            let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            let (Some(user), Some(used)) = (from.get(common), to.get(common)) else { continue };
            let folder = [&[source_folder], &from[..common]].concat().join("/");
            let example = format!("{}:{line} uses {path}", code.path);
            let edge = ((*user).to_owned(), (*used).to_owned());
            uses.entry(folder).or_default().entry(edge).or_insert(example);
        }
    }
    uses
}

/// Splits the path of a module.
fn split(module: &str) -> Vec<&str> {
    module.split("::").filter(|part| !part.is_empty()).collect()
}

/// The uses among the modules of a folder: the user and the used module, and an example.
type Uses = BTreeMap<(String, String), String>;

/// Returns the cycles among the modules of a folder.
fn folder_cycles(uses: &Uses) -> Vec<Vec<&str>> {
    let mut used_by: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (user, used) in uses.keys() {
        used_by.entry(user).or_default().insert(used);
    }
    cycles(&used_by)
}

fn check(source_folder: &str) {
    let uses = uses_by_folder(source_folder);
    let is_here =
        |folder: &str| folder == source_folder || folder.starts_with(&format!("{source_folder}/"));
    let mut listed: Vec<_> = ACCEPTED.iter().filter(|(folder, ..)| is_here(folder)).collect();
    let mut found = Vec::new();
    for (folder, uses) in &uses {
        for cycle in folder_cycles(uses) {
            let known = listed.iter().position(|(in_folder, modules, _)| {
                in_folder == folder && cycle.as_slice() == *modules
            });
            if let Some(known) = known {
                listed.remove(known);
                continue;
            }
            found.push(format!("{folder}: {}", cycle.join(", ")));
            let inside = |module: &String| cycle.contains(&module.as_str());
            let examples = uses.iter().filter(|((a, b), _)| inside(a) && inside(b));
            found.extend(examples.map(|((a, b), example)| format!("  {a} → {b}: {example}")));
        }
    }
    let stale = listed.iter().map(|(folder, modules, _)| {
        format!("{folder}: {} is listed but is not a cycle", modules.join(", "))
    });
    found.extend(stale);
    assert_none("there are no import cycles", &found);
}

#[test]
fn the_generator_has_no_import_cycles() {
    check("codegen/src");
}

#[test]
fn the_tasks_have_no_import_cycles() {
    check("xtask/src");
    check("tests/harness/src");
}

#[test]
fn cycles_of_two_and_more_modules_are_found() {
    let uses = |pairs: &[(&str, &str)]| -> Uses {
        let entry = |(a, b): &(&str, &str)| (((*a).to_owned(), (*b).to_owned()), String::new());
        pairs.iter().map(entry).collect()
    };
    let found = uses(&[("a", "b"), ("b", "c"), ("c", "b"), ("d", "e"), ("e", "f"), ("f", "d")]);
    assert_eq!(folder_cycles(&found), [vec!["b", "c"], vec!["d", "e", "f"]]);
    assert!(folder_cycles(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
}
