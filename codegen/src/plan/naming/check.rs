//! Checks the names in `vendor.toml`.

use std::collections::BTreeMap;

use super::identifier::{Case, name};
use super::overrides::NameOverrides;
use super::requests::builder_requests;
use crate::ir::{Api, Operation, TypeName};
use crate::report::{Problem, Report, suggest};

/// Checks `[names]` of `vendor.toml`: every key must name something that is generated, and no two
/// may have the same name.
pub fn check(overrides: &NameOverrides<'_>, api: &Api, report: &mut Report) {
    let names = &overrides.manifest.names;
    let operations: Vec<String> = api.operations.iter().map(Operation::key).collect();
    let pointers = api.types.iter().map(|def| &def.pointer);
    let shared = api.types.iter().flat_map(|def| match &def.name {
        TypeName::Shared { uses, .. } => uses.as_slice(),
        TypeName::Component(_) | TypeName::Inline(_) => &[],
    });
    let shared = shared.flat_map(|it| [&it.key, &it.pointer]);
    let types: Vec<String> = overrides.keys.iter().chain(pointers).chain(shared).cloned().collect();
    let servers: Vec<String> = api.servers.iter().map(|server| server.url.clone()).collect();
    let mut check_table = |table: &str, pins: &BTreeMap<String, String>, case, known: &[String]| {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let noun = if table == "builder" { "builder methods" } else { table };
        for (key, words) in pins {
            let location = overrides.manifest.location(&["names", table, key]);
            if !known.contains(key) {
                let message = format!("`{key}` does not name any of the generated {noun}");
                let otherwise = "run `docwright inspect` for the current keys, then correct or \
                                     remove the line";
                let help = suggest(key, known.iter().map(String::as_str), otherwise);
                report.error_or_warn(Problem::error(location, message).help(help));
                continue;
            }
            let name = name(words, case).to_string();
            if let Some(first) = seen.insert(name.clone(), key) {
                let message = format!("`{name}` is the name of two {noun}");
                let other = overrides.manifest.location(&["names", table, first]);
                let problem = Problem::error(location, message);
                report.push(problem.related(other, "first used here"));
            }
        }
    };
    check_table("operations", &names.operations, Case::Snake, &operations);
    check_table("resources", &names.resources, Case::Snake, &operations);
    check_table("types", &names.types, Case::Pascal, &types);
    let methods = builder_requests(overrides, api);
    let methods: Vec<String> = methods.iter().map(|method| method.id.to_string()).collect();
    check_table("builder", &names.builder, Case::Snake, &methods);
    check_table("servers", &names.servers, Case::Pascal, &servers);
}
