//! The layers of the runtime, and the files that name its features.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};

use crate::modules::{Modules, cycles, top};
use crate::{assert_none, sources};

/// The modules of `runtime/src/` by layer, the lowest first. A module uses itself and the layers
/// below it, and nothing beside or above it. `lib.rs` only declares and re-exports.
const LAYERS: [&[&str]; 11] = [
    &["platform"],
    &["wire"],
    &["validate"],
    &["message"],
    &["signature", "retry", "transport"],
    &["operation"],
    &["auth"],
    &["call"],
    &["attempt"],
    &["client"],
    &["blocking", "events", "mock", "paginate", "signing", "validation", "webhook"],
];

/// Files that use each other, since their subject is recursive.
const RECURSIONS: [&[&str]; 2] = [
    // A call may need a token, which is fetched by a call.
    &[
        "attempt::authorization",
        "attempt::instrumented",
        "attempt::run",
        "attempt::steps",
        "attempt::token",
    ],
    // An operation has security schemes, and a scheme may have an operation that returns a token.
    &["operation", "operation::scheme", "operation::token_request"],
];

/// The maximum number of files that name a feature, and of conditions on features in the runtime.
const FILES_PER_FEATURE: usize = 2;
const MOST_CONDITIONS: usize = 20;

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&top(module)))
}

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let runtime = Modules::read("runtime/src");
    let mut found = Vec::new();
    for (module, code) in runtime.modules.iter().filter(|(module, _)| !module.is_empty()) {
        let Some(here) = layer(module) else {
            found.push(format!("{} is in no layer", code.path));
            continue;
        };
        for (path, line) in &code.paths {
            let Some(absolute) = runtime.absolute(module, path) else { continue };
            let definer = runtime.definer(&absolute).unwrap_or_default();
            let is_below = layer(definer).is_some_and(|used| used < here);
            if top(definer) != top(module) && !is_below {
                found.push(format!("{}:{line}: {path}", code.path));
            }
        }
    }
    let order: Vec<String> = LAYERS.iter().map(|layer| layer.join(", ")).collect();
    assert_none(&format!("the layers are {}", order.join(" → ")), &found);
}

#[test]
fn files_of_a_layer_use_each_other_in_one_direction() {
    let runtime = Modules::read("runtime/src");
    let uses: BTreeMap<&str, BTreeSet<&str>> = runtime
        .modules
        .iter()
        .map(|(module, code)| {
            let mut used = runtime.uses(module, code);
            used.remove(module.as_str());
            (module.as_str(), used)
        })
        .collect();
    let cycles = BTreeSet::from_iter(cycles(&uses));
    let allowed: BTreeSet<Vec<&str>> = RECURSIONS.iter().map(|group| group.to_vec()).collect();
    let unexpected = cycles.difference(&allowed).map(|cycle| cycle.join(", "));
    let stale = allowed.difference(&cycles).map(|group| format!("no cycle: {}", group.join(", ")));
    assert_none("files import each other", &unexpected.chain(stale).collect::<Vec<_>>());
}

#[test]
fn a_feature_is_named_in_few_files() {
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut conditions = Vec::new();
    for source in sources("runtime/src") {
        let tokens: TokenStream = source.text.parse().expect("Rust");
        for (features, line) in feature_conditions(tokens) {
            conditions.push(format!("{}:{line}: {}", source.path, features.join(", ")));
            for feature in features {
                files.entry(feature).or_default().insert(source.path.clone());
            }
        }
    }
    let spread: Vec<String> = files
        .into_iter()
        .filter(|(_, files)| files.len() > FILES_PER_FEATURE)
        .map(|(feature, files)| format!("{feature}: {}", Vec::from_iter(files).join(", ")))
        .collect();
    assert_none(&format!("a feature is named in at most {FILES_PER_FEATURE} files"), &spread);
    let (count, list) = (conditions.len(), conditions.join("\n  "));
    assert!(
        count <= MOST_CONDITIONS,
        "{count} conditions on features, at most {MOST_CONDITIONS}:\n  {list}"
    );
}

/// Returns the features in each `cfg`, `cfg_attr` and `cfg!`, with its line.
fn feature_conditions(tokens: TokenStream) -> Vec<(Vec<String>, usize)> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let words = trees.get(at.saturating_sub(2)..at).unwrap_or_default();
        let condition = words.iter().find_map(|word| match word {
            TokenTree::Ident(name) if name == "cfg" || name == "cfg_attr" => Some(name.span()),
            _ => None,
        });
        match condition {
            Some(span) => {
                let features = features(group.stream());
                if !features.is_empty() {
                    found.push((features, span.start().line));
                }
            }
            None => found.extend(feature_conditions(group.stream())),
        }
    }
    found
}

/// Returns every `NAME` of `feature = "NAME"`.
fn features(tokens: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        match (tree, trees.get(at + 2)) {
            (TokenTree::Ident(name), Some(TokenTree::Literal(value))) if name == "feature" => {
                found.push(value.to_string().trim_matches('"').to_owned());
            }
            (TokenTree::Group(group), _) => found.extend(features(group.stream())),
            _ => {}
        }
    }
    found
}

#[test]
fn conditions_are_found_anywhere_in_a_file() {
    let text = r#"
        #[cfg(all(feature = "a", not(unix)))] mod a;
        macro_rules! m { () => { #[cfg_attr(not(feature = "b"), allow(x))] struct S; } }
        fn f() -> bool { cfg!(any(feature = "a", feature = "c")) && cfg!(unix) }
        /// `cfg(feature = "d")`
        fn g() {}
    "#;
    let found = feature_conditions(text.parse().expect("Rust"));
    let found: Vec<(String, usize)> =
        found.into_iter().map(|(features, line)| (features.join(","), line)).collect();
    assert_eq!(found, [("a".to_owned(), 2), ("b".to_owned(), 3), ("a,c".to_owned(), 4)]);
}
