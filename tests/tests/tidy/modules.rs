//! The modules of a package, and which of them use which others.

use std::collections::{BTreeMap, BTreeSet};

use crate::scan::{Code, Import, scan};

/// The modules of a package.
pub struct Modules {
    /// The code of each module by its path, such as `attempt::steps`; empty for `lib.rs`.
    pub modules: BTreeMap<String, Code>,
    /// The macros that are exported from the root, with their modules.
    macros: BTreeMap<String, String>,
}

impl Modules {
    /// Scans the modules in a folder such as `runtime/src`.
    pub fn read(folder: &str) -> Self {
        let codes = scan(folder).into_iter();
        Self::new(codes.map(|code| (module_path(folder, &code.path), code)).collect())
    }

    /// Creates it from the code of each module.
    pub fn new(modules: BTreeMap<String, Code>) -> Self {
        let exported = modules.iter().flat_map(|(module, code)| {
            code.macros.iter().map(move |name| (name.clone(), module.clone()))
        });
        let macros = exported.collect();
        Self { modules, macros }
    }

    /// Returns the path from the crate's root of a path in `module`. `None` if it is one of another
    /// crate, or of something in scope.
    pub fn absolute(&self, module: &str, path: &str) -> Option<String> {
        let (first, rest) = path.split_once("::")?;
        match first {
            "crate" => Some(rest.to_owned()),
            "self" => Some(join(module, rest)),
            "super" => {
                let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
                match rest.starts_with("super::") {
                    true => self.absolute(parent, rest),
                    false => Some(join(parent, rest)),
                }
            }
            _ if self.modules.contains_key(&join(module, first)) => Some(join(module, path)),
            _ => None,
        }
    }

    /// Returns the module that defines what an absolute path names. Re-exports are followed.
    pub fn definer(&self, path: &str) -> Option<&str> {
        let mut module = "";
        let mut rest = path.split("::").peekable();
        while let Some(name) = rest.peek()
            && let Some((found, _)) = self.modules.get_key_value(&join(module, name))
        {
            module = found;
            rest.next();
        }
        // `use module::{self, Item}` names the module itself.
        let Some(name) = rest.next().filter(|name| *name != "self") else { return Some(module) };
        if let Some(definer) = self.macros.get(name).filter(|_| module.is_empty()) {
            return Some(definer);
        }
        let (module, code) = self.modules.get_key_value(module)?;
        match code.imports.iter().find(|import| import.name == name) {
            Some(import) => self.definer(&self.absolute(module, &import.path)?),
            None => Some(module),
        }
    }

    /// Returns the modules that a module uses. A name that it only re-exports is used by others.
    pub fn uses<'r>(&'r self, module: &str, code: &'r Code) -> BTreeSet<&'r str> {
        let only_reexported =
            |import: &&Import| import.is_reexport && !code.names.contains(&import.name);
        let reexports = code.imports.iter().filter(only_reexported);
        let reexports: BTreeSet<&str> = reexports.map(|import| import.path.as_str()).collect();
        let uses = code.paths.iter().filter(|(path, _)| !reexports.contains(path.as_str()));
        uses.filter_map(|(path, _)| self.definer(&self.absolute(module, path)?)).collect()
    }
}

/// Returns the path of a file's module: empty for `lib.rs`.
fn module_path(folder: &str, file: &str) -> String {
    let path = file.strip_prefix(folder).unwrap_or(file).trim_start_matches('/');
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

fn join(module: &str, rest: &str) -> String {
    if module.is_empty() { rest.to_owned() } else { format!("{module}::{rest}") }
}

/// Returns the top module of a module.
pub fn top(module: &str) -> &str {
    module.split("::").next().unwrap_or_default()
}

/// Returns the modules that a module uses, directly or through others.
pub fn reachable<'m>(uses: &BTreeMap<&'m str, BTreeSet<&'m str>>, from: &str) -> BTreeSet<&'m str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&str> = uses.get(from).into_iter().flatten().copied().collect();
    while let Some(module) = waiting.pop() {
        if found.insert(module) {
            waiting.extend(uses.get(module).into_iter().flatten());
        }
    }
    found
}

/// Returns the groups of modules of which each uses all others, directly or through others.
pub fn cycles<'m>(uses: &BTreeMap<&'m str, BTreeSet<&'m str>>) -> Vec<Vec<&'m str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|module| (*module, reachable(uses, module))).collect();
    let mut cycles: Vec<Vec<&str>> = Vec::new();
    for (module, from_it) in &reached {
        if from_it.contains(module) && !cycles.iter().any(|cycle| cycle.contains(module)) {
            let is_in_cycle =
                |other: &&str| reached.get(*other).is_some_and(|it| it.contains(module));
            cycles.push(from_it.iter().copied().filter(is_in_cycle).collect());
        }
    }
    cycles
}

#[test]
fn a_path_leads_to_the_module_that_defines_the_item() {
    let code = |imports: &[(&str, &str)]| {
        let import = |(name, path): &(&str, &str)| Import {
            name: (*name).to_owned(),
            path: (*path).to_owned(),
            is_reexport: true,
        };
        Code { imports: imports.iter().map(import).collect(), ..Code::default() }
    };
    let modules = Modules::new(BTreeMap::from([
        (String::new(), code(&[("Input", "source::Input")])),
        ("page".to_owned(), code(&[])),
        ("source".to_owned(), code(&[("Input", "input::Input"), ("self", "std::sync::self")])),
        ("source::input".to_owned(), code(&[])),
        ("source::parse".to_owned(), code(&[])),
    ]));
    for (from, path, definer) in [
        ("page", "crate::Input", Some("source::input")),
        ("page", "crate::source::Node", Some("source")),
        ("source::parse", "super::input::MAX_BYTES", Some("source::input")),
        ("source::parse", "super::Input", Some("source::input")),
        ("source::parse", "super::Node", Some("source")),
        ("source::parse", "super::super::page::Page", Some("page")),
        ("page", "crate::source", Some("source")),
        ("page", "crate::source::self", Some("source")),
        ("page", "std::sync::Arc", None),
    ] {
        let absolute = modules.absolute(from, path);
        let found = absolute.as_deref().and_then(|absolute| modules.definer(absolute));
        assert_eq!(found, definer, "{from}: {path}");
    }
}
