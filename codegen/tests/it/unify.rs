//! One type for one structure.
//!
//! A test is a file, as for `lower`: `NAME.yaml` in `tests/it/unify` (and `NAME.toml` if it needs a
//! manifest), with a snapshot of the API after equal types were merged. `<address x3>` stands for a
//! type that three inline schemas share.

use crate::infer::infer_document;
use crate::lowering::{fixture, read, show};
use docwright::ir::{Api, Shape, TypeName};
use docwright::lower::type_keys;
use docwright::unify::unify_types;
use docwright::{Input, Manifest, Names, Report, Vendor, inspect};

#[test]
fn equal_types_of_each_fixture_are_merged() {
    fixture::check_folder("unify", |manifest, document| {
        let (api, _) = unify_document(manifest, document, &Names::default());
        show::render_api(Some(&api), &Report::default())
    });
}

/// Returns the API after equal types were merged, and the keys of its types.
fn unify_document(manifest: &Manifest, document: &str, recorded: &Names) -> (Api, Vec<String>) {
    let (mut api, _) = infer_document(manifest, document);
    let tree = read::normalise("acme.yaml", document, &mut Report::default()).unwrap();
    let mut keys = type_keys(&api, tree.root());
    unify_types(&mut api, &mut keys, manifest, recorded);
    (api, keys)
}

/// Returns a document in which two components have an inline object with these keywords.
fn two_objects(a: &str, b: &str) -> String {
    let schema = |name: &str, keywords: &str| {
        let settings =
            format!("{{type: object, properties: {{a: {{type: string}}, b: {keywords}}}}}");
        format!("{name}: {{type: object, properties: {{settings: {settings}}}}}")
    };
    let schemas = format!("{}, {}", schema("Left", a), schema("Right", b));
    fixture::with_required_keys(&format!("components: {{schemas: {{{schemas}}}}}"))
}

/// Returns whether the two objects are one type.
fn are_merged(a: &str, b: &str) -> bool {
    let (api, keys) = unify_document(&Manifest::default(), &two_objects(a, b), &Names::default());
    assert_eq!(api.types.len(), keys.len());
    api.types.iter().any(|def| matches!(def.name, TypeName::Shared { .. }))
}

#[test]
fn types_that_differ_in_their_documentation_are_equal() {
    let rows = [
        "{type: integer}",
        "{type: integer, description: One}",
        "{type: integer, title: One, description: Other}",
    ];
    for row in rows {
        assert!(are_merged("{type: integer}", row), "{row}");
    }
}

#[test]
fn types_that_differ_in_anything_else_are_not_equal() {
    let rows = [
        ("{type: integer}", "{type: integer, format: int32}"),
        ("{type: integer}", "{type: integer, minimum: 1}"),
        ("{type: integer}", "{type: integer, default: 1}"),
        ("{type: integer}", "{type: integer, nullable: true}"),
        ("{type: integer}", "{type: integer, deprecated: true}"),
        ("{type: integer}", "{type: integer, readOnly: true}"),
        ("{type: string}", "{type: string, format: date}"),
        ("{type: string}", "{type: string, format: password}"),
        ("{type: string}", "{type: string, maxLength: 3}"),
        ("{type: string, enum: [x, y]}", "{type: string, enum: [x, z]}"),
        ("{type: array, items: {type: string}}", "{type: array, items: {type: integer}}"),
        (
            "{type: array, items: {type: string}}",
            "{type: array, items: {type: string, maxLength: 3}}",
        ),
    ];
    for (a, b) in rows {
        assert!(are_merged(a, a), "{a}");
        assert!(!are_merged(a, b), "{b}");
    }
}

/// Returns the names to record after a run with these recorded names.
fn recorded(document: &str, recorded: &Names) -> Names {
    let vendor = Vendor {
        name: "acme".into(),
        inputs: vec![Input { file: "acme.yaml".into(), bytes: document.into() }],
        recorded: recorded.clone(),
        ..Vendor::default()
    };
    match inspect(&vendor) {
        Ok(inspection) => inspection.summary.names,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    }
}

/// Returns a document in which each component has an inline object with these properties.
fn objects(components: &[(&str, &str)]) -> String {
    let schema = |(name, properties): &(&str, &str)| {
        let object = format!("{{type: object, properties: {{{properties}}}}}");
        format!("{name}: {{type: object, properties: {{settings: {object}}}}}")
    };
    let schemas: Vec<String> = components.iter().map(schema).collect();
    let paths = "paths: {/a: {get: {responses: {'204': {description: OK}}}}}";
    fixture::with_required_keys(&format!(
        "{paths}\ncomponents: {{schemas: {{{}}}}}",
        schemas.join(", ")
    ))
}

const FLAG: &str = "a: {type: string}, b: {type: boolean}";
const TEXT: &str = "a: {type: string}, b: {type: string}";

fn settings_key(owner: &str) -> String {
    format!("/components/schemas/{owner}/properties/settings")
}

#[test]
fn a_use_that_diverges_gets_a_new_name_and_the_others_keep_theirs() {
    let first = recorded(&objects(&[("A", FLAG), ("B", FLAG), ("C", FLAG)]), &Names::default());
    for owner in ["A", "B", "C"] {
        assert_eq!(first.types[&settings_key(owner)], "Settings", "{owner}");
    }
    // The first use diverges: it does not take the name with it.
    let second = recorded(&objects(&[("A", TEXT), ("B", FLAG), ("C", FLAG)]), &first);
    assert_eq!(second.types[&settings_key("A")], "ASettings");
    assert_eq!(second.types[&settings_key("B")], "Settings");
    assert_eq!(second.types[&settings_key("C")], "Settings");
}

#[test]
fn types_that_become_equal_keep_their_names() {
    let first = recorded(&objects(&[("A", FLAG), ("B", TEXT)]), &Names::default());
    let second = recorded(&objects(&[("A", FLAG), ("B", FLAG), ("C", FLAG)]), &first);
    assert_eq!(second.types[&settings_key("A")], "ASettings");
    assert_eq!(second.types[&settings_key("B")], "BSettings");
    // A new use joins one of them.
    assert_eq!(second.types[&settings_key("C")], "ASettings");
}

#[test]
fn a_new_use_renames_nothing() {
    let first = recorded(&objects(&[("B", FLAG)]), &Names::default());
    assert_eq!(first.types[&settings_key("B")], "BSettings");
    let second = recorded(&objects(&[("A", FLAG), ("B", FLAG), ("C", FLAG)]), &first);
    assert_eq!(second.types[&settings_key("B")], "BSettings");
    assert_eq!(second.types[&settings_key("A")], "BSettings");
}

#[test]
fn alternatives_with_the_same_words_have_different_keys() {
    let alternatives = [
        "{type: object, properties: {id: {type: string}, card: {type: string}}}",
        "{type: object, properties: {id: {type: string}, bank: {type: string}}}",
        "{title: card, type: object, properties: {number: {type: string}}}",
    ];
    let document =
        format!("components: {{schemas: {{A: {{anyOf: [{}]}}}}}}", alternatives.join(", "));
    let document = fixture::with_required_keys(&document);
    let (_, keys) = unify_document(&Manifest::default(), &document, &Names::default());
    assert_eq!(keys.len(), 4, "{keys:?}");
    assert_eq!(keys.iter().collect::<std::collections::BTreeSet<_>>().len(), 4, "{keys:?}");
}

#[test]
fn swapping_two_alternatives_renames_nothing() {
    let union = |alternatives: [&str; 4]| {
        let schema = format!("A: {{anyOf: [{}]}}", alternatives.join(", "));
        let paths = "paths: {/a: {get: {responses: {'204': {description: OK}}}}}";
        fixture::with_required_keys(&format!("{paths}\ncomponents: {{schemas: {{{schema}}}}}"))
    };
    let [card, bank, now, list] = [
        "{type: object, properties: {id: {type: string}, card: {type: string, enum: [a, b]}}}",
        "{type: object, properties: {id: {type: string}, bank: {type: string, enum: [c, d]}}}",
        "{type: string, enum: [now]}",
        "{type: array, items: {type: object, properties: {x: {type: string}, y: {type: string}}}}",
    ];
    let before = union([card, bank, now, list]);
    let first = recorded(&before, &Names::default());
    let names: Vec<&str> = first.types.values().map(String::as_str).collect();
    assert_eq!(names, ["ABank", "ABankBank", "ACard", "ACardCard", "AList", "ANow"]);
    let after = union([list, now, bank, card]);
    for names in [Names::default(), first.clone()] {
        assert_eq!(recorded(&after, &names).types, first.types);
    }
    let variants = |document: &str| {
        let (api, _) = unify_document(&Manifest::default(), document, &Names::default());
        let Some(Shape::Union(union)) = api.types.first().map(|def| def.shape.clone()) else {
            panic!("not a union");
        };
        let names = union.variants.into_iter().map(|variant| variant.name);
        names.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(variants(&before), variants(&after));
}
