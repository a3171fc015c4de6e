//! Small pairs of an operation in OpenAPI and in the endpoint dialect, from `known_losses.yaml`.
//!
//! A case has `operation`, `path_parameters` and `components` in OpenAPI, and `endpoint` and
//! `schemas` in the dialect. Each case shows which rules explain its differences; the last one has
//! differences that no rule explains.

use std::collections::BTreeSet;

use docwright::Input;
use serde_json::{Value, json};

use super::compare::compare_forms;
use super::form::{ApiForm, normalise_inputs};
use super::rules::{FormPair, RULES, Rule};

fn read_form(block: &Value) -> ApiForm {
    let yaml = serde_yaml::to_string(block).unwrap();
    let text = format!("# List pets\n\n## OpenAPI\n\n````yaml get /pets\n{yaml}\n````\n");
    let input = Input { file: "pets.md".to_owned(), bytes: text.into_bytes() };
    ApiForm::from_pages(normalise_inputs(&[input]))
}

fn read_forms(case: &Value) -> (ApiForm, ApiForm) {
    let entry = |key: &str| case.get(key).cloned().unwrap_or_else(|| json!({}));
    let shared = case.get("path_parameters").cloned().unwrap_or_else(|| json!([]));
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Acme", "version": "1"},
        "paths": {"/pets": {"parameters": shared, "get": entry("operation")}},
        "components": entry("components"),
    });
    let mut endpoint = json!({"path": "/pets", "method": "get", "type": "path"});
    endpoint.as_object_mut().unwrap().extend(entry("endpoint").as_object().unwrap().clone());
    let page = json!({"paths": endpoint, "components": {"schemas": entry("schemas")}});
    (read_form(&document), read_form(&page))
}

/// Returns the differences of every case with the rules that explain them, and checks that only the
/// rules in `without_case` have no case.
pub fn explain_cases(without_case: &[&str]) -> String {
    let cases: Value = serde_yaml::from_str(include_str!("known_losses.yaml")).unwrap();
    let (mut text, mut used) = (String::new(), BTreeSet::new());
    for (name, case) in cases.as_object().unwrap() {
        let (openapi, dialect) = read_forms(case);
        let forms = FormPair { openapi: &openapi, dialect: &dialect, changed: None };
        text.push_str(&format!("{name}:\n"));
        for difference in compare_forms(&openapi, &dialect).differences {
            let rule = Rule::find(&difference, &forms).map(|rule| rule.name);
            used.extend(rule);
            let explanation = rule.unwrap_or("unexplained");
            text.push_str(&format!("  {difference}\n    {explanation}\n"));
        }
    }
    let unused = RULES.iter().map(|rule| rule.name).filter(|name| !used.contains(name));
    assert_eq!(unused.collect::<Vec<_>>(), without_case, "rules without a case\n{text}");
    text
}
