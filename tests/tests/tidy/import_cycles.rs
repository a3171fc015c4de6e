//! There are no import cycles.
//!
//! In every folder, the files and folders in it are compared as wholes: if one of them uses
//! something inside another one, directly or through others, that one must not use anything inside
//! the first. The file of a folder itself (`mod.rs`, `lib.rs`) is not compared with what is in the
//! folder: it calls those files, and may define the types that they share.

use std::collections::{BTreeMap, BTreeSet};

use crate::assert_none;
use crate::scan::{Code, scan};

/// The accepted cycles, by folder: the modules, and the recursion that makes them depend on each
/// other. An entry that no longer applies is a violation too.
const ACCEPTED: &[(&str, &[&str], &str)] = &[
    (
        "codegen/src/dialect/endpoint",
        &["alternatives", "entry"],
        "an entry may have alternatives, which are entries",
    ),
    (
        "codegen/src/lower",
        &["document", "reference"],
        "a document caches the targets of its references, which are parts of it",
    ),
    ("codegen/src/lower", &["union", "variant"], "an alternative of a union may be a union"),
    (
        "codegen/src/lower/samples",
        &["array", "number", "string", "validation", "view"],
        "a sample value contains sample values, and is checked against its schema",
    ),
    (
        "codegen/src/plan",
        &["builder", "operation_servers", "overrides", "servers"],
        "the overrides are checked against the builder's methods, whose names may be overridden",
    ),
    ("codegen/src/plan", &["model", "rust_type"], "the plan looks up the types of components"),
];

/// The path of a module in its package, such as `["source", "parse"]`.
type ModulePath = Vec<String>;

/// The modules of a package, each with its names and the paths that it uses.
struct Modules {
    source_folder: String,
    modules: BTreeMap<ModulePath, Code>,
}

impl Modules {
    fn new(source_folder: &str) -> Self {
        let module_path = |code: &Code| -> ModulePath {
            let path = code.path.strip_prefix(source_folder).unwrap_or(&code.path);
            let parts = path.trim_matches('/').trim_end_matches(".rs").split('/');
            parts.filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect()
        };
        let scanned = scan(source_folder).into_iter();
        let modules = scanned.map(|code| (module_path(&code), code)).collect();
        Self { source_folder: source_folder.to_owned(), modules }
    }

    /// Returns the module that defines what `path` refers to in the module `from`. Re-exports are
    /// followed. Returns `None` for paths into other packages.
    fn target(&self, from: &[String], path: &str) -> Option<ModulePath> {
        let mut segments = path.split("::").peekable();
        let mut current = from.to_vec();
        match segments.peek() {
            Some(&"crate") => current.clear(),
            Some(&("super" | "self")) => {}
            _ => return None,
        }
        while let Some(start) = segments.next_if(|it| matches!(*it, "crate" | "super" | "self")) {
            if start == "super" {
                current.pop();
            }
        }
        self.descend(current, segments, &mut BTreeSet::new())
    }

    /// Follows the segments of a path from the module `current`. `followed` holds the re-exports on
    /// the way, since two modules may re-export each other's names.
    fn descend<'p>(
        &self,
        mut current: ModulePath,
        segments: impl Iterator<Item = &'p str>,
        followed: &mut BTreeSet<(ModulePath, String)>,
    ) -> Option<ModulePath> {
        let mut segments = segments.map(str::to_owned).collect::<Vec<_>>().into_iter();
        while let Some(segment) = segments.next() {
            let child = [current.as_slice(), std::slice::from_ref(&segment)].concat();
            if self.modules.contains_key(&child) {
                current = child;
                continue;
            }
            let imports = self.modules.get(&current).map_or(&[][..], |code| &code.imports);
            let import = imports.iter().find(|(name, _)| *name == segment);
            let Some((_, path)) = import else { return Some(current) };
            if !followed.insert((current.clone(), segment)) {
                return None;
            }
            let rest: Vec<String> = segments.collect();
            let mut parts: Vec<&str> = path.split("::").collect();
            match parts.first() {
                Some(&"crate") => current.clear(),
                Some(&("super" | "self")) => {}
                // The path starts with a module in this one, or with another package.
                Some(first) => {
                    let child = [current.as_slice(), &[(*first).to_owned()]].concat();
                    if !self.modules.contains_key(&child) {
                        return None;
                    }
                }
                None => {}
            }
            while let Some(&("crate" | "super" | "self")) = parts.first() {
                if parts.remove(0) == "super" {
                    current.pop();
                }
            }
            let all = parts.into_iter().chain(rest.iter().map(String::as_str));
            return self.descend(current, all, followed);
        }
        Some(current)
    }

    /// Returns, for each folder, which of the modules in it use which others, with an example.
    fn uses(&self) -> BTreeMap<String, Uses> {
        let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
        for (from, code) in &self.modules {
            for (path, line) in &code.paths {
                let Some(to) = self.target(from, path) else { continue };
                let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
                let (Some(user), Some(used)) = (from.get(common), to.get(common)) else { continue };
                let parts = [std::slice::from_ref(&self.source_folder), &from[..common]].concat();
                let example = format!("{}:{line} uses {path}", code.path);
                let folder = uses.entry(parts.join("/")).or_default();
                folder.entry((user.clone(), used.clone())).or_insert(example);
            }
        }
        uses
    }
}

/// The uses among the modules of a folder: the user and the used module, and an example.
type Uses = BTreeMap<(String, String), String>;

/// Returns the modules that `start` uses, directly or through others.
fn reachable<'u>(uses: &'u Uses, start: &'u str) -> BTreeSet<&'u str> {
    let mut reached = BTreeSet::new();
    let mut pending = vec![start];
    while let Some(module) = pending.pop() {
        for (_, used) in uses.keys().filter(|(user, _)| user == module) {
            if reached.insert(used.as_str()) {
                pending.push(used);
            }
        }
    }
    reached
}

/// Returns the groups of modules of which each uses all others, directly or through others.
fn cycles(uses: &Uses) -> Vec<Vec<&str>> {
    let modules: BTreeSet<&str> = uses.keys().map(|(user, _)| user.as_str()).collect();
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        modules.into_iter().map(|module| (module, reachable(uses, module))).collect();
    let mut cycles: Vec<Vec<&str>> = Vec::new();
    for (module, from_it) in &reached {
        if from_it.contains(module) && !cycles.iter().any(|cycle| cycle.contains(module)) {
            let is_in_cycle =
                |other: &&str| reached.get(*other).is_some_and(|it| it.contains(module));
            cycles.push(from_it.iter().copied().filter(|it| is_in_cycle(it)).collect());
        }
    }
    cycles
}

fn check(source_folder: &str) {
    let uses = Modules::new(source_folder).uses();
    let is_here =
        |folder: &str| folder == source_folder || folder.starts_with(&format!("{source_folder}/"));
    let mut listed: Vec<_> = ACCEPTED.iter().filter(|(folder, ..)| is_here(folder)).collect();
    let mut found = Vec::new();
    for (folder, uses) in &uses {
        for cycle in cycles(uses) {
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
}

#[test]
fn cycles_of_two_and_more_modules_are_found() {
    let uses = |pairs: &[(&str, &str)]| -> Uses {
        let entry = |(a, b): &(&str, &str)| (((*a).to_owned(), (*b).to_owned()), String::new());
        pairs.iter().map(entry).collect()
    };
    let found = uses(&[("a", "b"), ("b", "c"), ("c", "b"), ("d", "e"), ("e", "f"), ("f", "d")]);
    assert_eq!(cycles(&found), [vec!["b", "c"], vec!["d", "e", "f"]]);
    assert!(cycles(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
}

#[test]
fn a_path_leads_to_the_module_that_defines_the_item() {
    let code = |imports: &[(&str, &str)]| {
        let imports = imports.iter().map(|(name, path)| ((*name).into(), (*path).into()));
        Code { imports: imports.collect(), ..Code::default() }
    };
    let module = |path: &str| -> ModulePath {
        path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let modules = BTreeMap::from([
        (module(""), code(&[("Input", "source::Input")])),
        (module("page"), code(&[])),
        (module("source"), code(&[("Input", "input::Input"), ("Arc", "std::sync::Arc")])),
        (module("source/input"), code(&[])),
        (module("source/parse"), code(&[])),
    ]);
    let modules = Modules { source_folder: "src".into(), modules };
    for (from, path, target) in [
        ("page", "crate::Input", Some("source/input")),
        ("page", "crate::source::Node", Some("source")),
        ("source/parse", "super::input::MAX_BYTES", Some("source/input")),
        ("source/parse", "super::Input", Some("source/input")),
        ("source/parse", "super::Node", Some("source")),
        ("source/parse", "super::super::page::Page", Some("page")),
        ("source/parse", "super::Arc", None),
        ("page", "std::sync::Arc", None),
    ] {
        assert_eq!(modules.target(&module(from), path), target.map(module), "{from}: {path}");
    }
}
