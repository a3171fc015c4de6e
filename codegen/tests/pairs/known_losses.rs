//! Small pairs of what an operation says and what the dialect leaves of it, in `losses.yaml`:
//! `operation` and `components` are OpenAPI, `endpoint` and `schemas` the dialect. Each shows rules at
//! work, the last one differences that none explains.

use std::collections::BTreeSet;

use docwright::Input;
use serde_json::{Value, json};

use super::compare::compare;
use super::rules::{Forms, RULES, Rule};
use super::side::{Side, read_texts};

fn side(block: &Value) -> Side {
    let yaml = serde_yaml::to_string(block).unwrap();
    let text = format!("# List pets\n\n## OpenAPI\n\n````yaml get /pets\n{yaml}\n````\n");
    Side::of(read_texts(&[Input { file: "pets.md".to_owned(), bytes: text.into_bytes() }]))
}

fn forms(case: &Value) -> (Side, Side) {
    let member = |key: &str| case.get(key).cloned().unwrap_or_else(|| json!({}));
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Acme", "version": "1"},
        "paths": {"/pets": {"get": member("operation")}},
        "components": member("components"),
    });
    let mut endpoint = json!({"path": "/pets", "method": "get", "type": "path"});
    endpoint.as_object_mut().unwrap().extend(member("endpoint").as_object().unwrap().clone());
    (
        side(&document),
        side(&json!({"paths": endpoint, "components": {"schemas": member("schemas")}})),
    )
}

/// What comes of every case; every rule but those in `elsewhere` has one.
pub fn shown(elsewhere: &[&str]) -> String {
    let cases: Value = serde_yaml::from_str(include_str!("losses.yaml")).unwrap();
    let (mut text, mut used) = (String::new(), BTreeSet::new());
    for (name, case) in cases.as_object().unwrap() {
        let (a, b) = forms(case);
        let forms = Forms { a: &a, b: &b, changed: None };
        text.push_str(&format!("{name}:\n"));
        for difference in compare(&a, &b).differences {
            let rule = Rule::of(&difference, &forms).map(|rule| rule.name);
            used.extend(rule);
            let why = rule.unwrap_or("unexplained");
            text.push_str(&format!("  {difference}\n    {why}\n"));
        }
    }
    let unused = RULES.iter().map(|rule| rule.name).filter(|name| !used.contains(name));
    assert_eq!(unused.collect::<Vec<_>>(), elsewhere, "rules without a case\n{text}");
    text
}
