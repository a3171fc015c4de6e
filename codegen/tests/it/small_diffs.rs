//! A small change of a document is a small change of the crate.

use docwright::{Names, Output};

use crate::resources::{BY_PATH, document, generate, with_types};

/// Returns the lines of the sources that only the first output has, each with its file.
fn lost_lines(output: &Output, other: &Output) -> Vec<String> {
    let mut lost = Vec::new();
    for (file, text) in output.files.0.iter().filter(|(file, _)| file.starts_with("src/")) {
        let others = other.files.0.get(file).map(String::as_str).unwrap_or_default();
        let mut others: Vec<&str> = others.lines().collect();
        for line in text.lines() {
            match others.iter().position(|it| *it == line) {
                Some(index) => drop(others.swap_remove(index)),
                None => lost.push(format!("{file}: {line}")),
            }
        }
    }
    lost
}

/// Generates a crate, and another one from a changed document with the names of the first. Returns the lines that
/// only the first has, and those that only the second has.
fn diff(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    assert_ne!(before, after);
    let first = generate(before, "", &Names::default());
    let second = generate(after, "", &first.vendors[0].names);
    (lost_lines(&first, &second), lost_lines(&second, &first))
}

#[test]
fn a_second_run_changes_nothing() {
    let first = generate(&with_types(""), "", &Names::default());
    let second = generate(&with_types(""), "", &first.vendors[0].names);
    assert_eq!(first.files.0, second.files.0);
    assert_eq!(first.vendors[0].names, second.vendors[0].names);
}

#[test]
fn a_changed_description_is_two_lines() {
    let describe = |text: &str| {
        let property = format!("number: {{type: string, description: {text}}}");
        with_types("").replace("number: {type: string}", &property)
    };
    let (removed, added) = diff(&describe("As printed."), &describe("As embossed."));
    assert_eq!((removed.len(), added.len()), (1, 1), "{removed:#?} {added:#?}");
}

#[test]
fn an_added_property_is_at_most_twelve_lines() {
    let before = with_types("");
    let after =
        before.replace("number: {type: string}", "number: {type: string}, note: {type: string}");
    let (removed, added) = diff(&before, &after);
    assert!(removed.len() + added.len() <= 12, "{removed:#?} {added:#?}");
}

#[test]
fn an_added_operation_only_adds_lines() {
    let mut operations = BY_PATH.to_vec();
    operations.push("POST /v1/charges/{charge}/release");
    let (removed, added) = diff(&document(&BY_PATH), &document(&operations));
    // The front page lists the methods of each resource in a line.
    let removed: Vec<&String> = removed.iter().filter(|it| !it.starts_with("src/lib.rs")).collect();
    assert!(removed.is_empty(), "{removed:#?}");
    assert!(added.iter().any(|line| line.contains("pub fn release(")), "{added:#?}");
}
