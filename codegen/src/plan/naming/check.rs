//! Checks the names in `vendor.toml`.

use std::collections::BTreeMap;

use super::identifier::{Case, name};
use super::overrides::NameOverrides;
use super::requests::builder_requests;
use crate::ir::{Api, Operation, TypeName, TypeUse};
use crate::report::Problem;

/// Checks `[names]` of `vendor.toml`: every key must name something that is generated, and no two
/// may have the same name.
pub fn check(overrides: &NameOverrides<'_>, api: &Api) -> Vec<Problem> {
    let mut problems = Vec::new();
    let names = &overrides.manifest.names;
    let operations: Vec<String> = api.operations.iter().map(Operation::key).collect();
    let is_type = |key: &String| {
        let mut types = api.types.iter().zip(overrides.keys);
        types.any(|(def, type_key)| {
            let is_use = |it: &TypeUse| it.key == *key || it.pointer == *key;
            let is_shared = |name: &TypeName| matches!(name, TypeName::Shared { uses, .. } if uses.iter().any(is_use));
            type_key == key || def.pointer == *key || is_shared(&def.name)
        })
    };
    let is_server = |key: &String| api.servers.iter().any(|server| server.url == *key);
    let mut check_table =
        |table: &str, pins: &BTreeMap<String, String>, case, exists: &dyn Fn(&String) -> bool| {
            let mut seen: BTreeMap<String, &str> = BTreeMap::new();
            let noun = if table == "builder" { "builder methods" } else { table };
            for (key, words) in pins {
                let location = overrides.manifest.location(&["names", table, key]);
                if !exists(key) {
                    let message = format!("`{key}` does not name any of the generated {noun}");
                    let help = "run `docwright inspect` for the current keys, then correct or \
                                remove the line";
                    problems.push(Problem::error(location, message).help(help));
                    continue;
                }
                let name = name(words, case).to_string();
                if let Some(first) = seen.insert(name.clone(), key) {
                    let message = format!("`{name}` is the name of two {noun}");
                    let other = overrides.manifest.location(&["names", table, first]);
                    let problem = Problem::error(location, message);
                    problems.push(problem.related(other, "first used here"));
                }
            }
        };
    check_table("operations", &names.operations, Case::Snake, &|key| operations.contains(key));
    check_table("types", &names.types, Case::Pascal, &is_type);
    let methods = builder_requests(overrides, api);
    let is_method = |key: &String| methods.iter().any(|method| method.id == *key);
    check_table("builder", &names.builder, Case::Snake, &is_method);
    check_table("servers", &names.servers, Case::Pascal, &is_server);
    problems
}
