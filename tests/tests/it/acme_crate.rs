//! The crate of Acme, as its users see it: they write tests with its mock server, which has the resources
//! of the client, find every type at one path, and start at the front page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use docwright::Files;
use docwright_tests::root;
use proc_macro2::TokenTree;

use crate::crates;

/// The features that the programs need. All of them use the same ones, so that the crate is compiled once.
pub const FEATURES: &[&str] = &["mock"];

/// The types that only `types` exports, since the client has an item of that name.
const HIDDEN: &[&str] = &["ErrorCode"];

static FILES: LazyLock<Files> = LazyLock::new(|| crates::generate(&crates::acme("document"), ""));

/// Returns the folder of Acme's crate, with the program that calls it and the tests of its users.
pub fn folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let program = |file: &str| {
            std::fs::read_to_string(root().join("tests/acme").join(file)).expect("a program")
        };
        let mut files = FILES.clone();
        // The name of the binary must not be that of another crate in the same target folder.
        files.0.insert("src/bin/acme_calls.rs".to_owned(), program("calls.rs"));
        let blocks = program("blocks.rs") + &check_paths(&types(&FILES));
        files.0.insert("tests/blocks.rs".to_owned(), blocks);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("acme");
        crates::write(&folder, &files);
        folder
    });
    &FOLDER
}

/// Returns code that compiles if each type is the same at the root of the crate and in `types`.
fn check_paths(types: &BTreeSet<String>) -> String {
    let shown = types.iter().filter(|name| !HIDDEN.contains(&name.as_str()));
    shown
        .map(|name| format!("const _: fn(acme::{name}) -> acme::types::{name} = |it| it;\n"))
        .collect()
}

/// Returns the files of a folder of the crate.
fn files_in<'f>(files: &'f Files, folder: &'f str) -> impl Iterator<Item = (&'f str, syn::File)> {
    let found =
        files.0.iter().filter_map(move |(path, text)| Some((path.strip_prefix(folder)?, text)));
    found.map(|(path, text)| (path, syn::parse_file(text).expect("the file parses")))
}

/// Returns the public types of the API.
fn types(files: &Files) -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    for (path, file) in files_in(files, "src/types/") {
        for item in file.items {
            let name = match item {
                syn::Item::Struct(item) => item.ident,
                syn::Item::Enum(item) => item.ident,
                syn::Item::Type(item) => item.ident,
                syn::Item::Mod(item) => {
                    let is_private = matches!(item.vis, syn::Visibility::Inherited);
                    assert!(is_private, "types have a second path, in {}", item.ident);
                    continue;
                }
                _ => continue,
            };
            assert!(types.insert(name.to_string()), "{path} has another {name}");
        }
    }
    types
}

/// Returns the methods of each resource in a folder, and those of the client or the mock server.
fn methods(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut methods: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |owner: String, method: String| {
        let owner = if owner == "Server" { "Client".to_owned() } else { owner };
        if owner == "Client" || owner.ends_with("Resource") {
            methods.entry(owner).or_default().insert(method);
        }
    };
    for (_, file) in files_in(&FILES, folder).filter(|(path, _)| *path != "mod.rs") {
        for item in file.items {
            match item {
                syn::Item::Impl(item) => {
                    let syn::Type::Path(owner) = *item.self_ty else { continue };
                    let owner = owner.path.segments.last().expect("a name").ident.to_string();
                    for item in item.items {
                        if let syn::ImplItem::Fn(method) = item {
                            add(owner.clone(), method.sig.ident.to_string());
                        }
                    }
                }
                syn::Item::Macro(item)
                    if item.mac.path.segments.last().is_some_and(|it| it.ident == "stub") =>
                {
                    // `list in PaymentsResource as …`, after the attributes.
                    let names = item.mac.tokens.into_iter().filter_map(|token| match token {
                        TokenTree::Ident(name) => Some(name.to_string()),
                        _ => None,
                    });
                    let names: Vec<String> = names.take(3).collect();
                    let [method, _, owner] = names.as_slice() else { panic!("{names:?}") };
                    add(owner.clone(), method.clone());
                }
                _ => {}
            }
        }
    }
    methods
}

#[test]
fn what_users_write_against_the_mock_passes() {
    let printed = crates::test_crate(folder(), FEATURES, "blocks");
    assert!(
        printed.contains("test result: ok.") && !printed.contains("running 0 tests"),
        "{printed}"
    );
}

#[test]
fn the_mock_has_the_resources_and_methods_of_the_client() {
    let client = methods("src/operations/");
    assert!(client["Client"].contains("payments"), "{client:?}");
    assert!(client["PaymentsResource"].contains("list"), "{client:?}");
    assert_eq!(client, methods("src/mock/"));
}

#[test]
fn only_types_with_the_name_of_another_item_are_hidden() {
    let types = types(&FILES);
    let root = &FILES.0["src/lib.rs"];
    let own = syn::parse_file(root).expect("the file parses").items.into_iter();
    let own = own.filter_map(|item| match item {
        syn::Item::Use(item) => Some(quote::quote!(#item).to_string()),
        _ => None,
    });
    let own: String = own.collect();
    let own: BTreeSet<&str> = own.split(|c: char| !c.is_alphanumeric()).collect();
    let hidden: Vec<&String> = types.iter().filter(|name| own.contains(name.as_str())).collect();
    assert_eq!(hidden, HIDDEN);
}

#[test]
fn the_crate_has_a_front_page_a_readme_and_a_page_for_tools() {
    let page = &FILES.0["src/lib.rs"];
    let readme = &FILES.0["README.md"];
    let expected = ["Quick start", "Authentication", "Operations", "Errors", "Features"];
    assert_eq!(headings(page, "//! # "), expected);
    assert_eq!(headings(readme, "## "), expected);
    for text in [page, readme] {
        assert!(text.contains("client.customers().list().await?"), "{text}");
    }
    assert!(FILES.0["llms.txt"].contains("\n# acme\n"));
}

/// Returns what follows `marker` at the start of lines outside of code blocks.
fn headings<'t>(text: &'t str, marker: &str) -> Vec<&'t str> {
    let outside = text.split("```").step_by(2).flat_map(str::lines);
    outside.filter_map(|line| line.strip_prefix(marker)).collect()
}
