//! Small inputs and their normalised forms. Each file of `dialect/` covers a topic; add a test by
//! adding a case to a file.
//!
//! The input of a case is one of these keys:
//! * `schema`: a schema of a document; `expected` is the schema,
//! * `entries`: the entries of a response in the endpoint dialect; `expected` is the schema,
//! * `endpoint`: keys of an endpoint; `expected` is the operation,
//! * `operation`: an operation of a document; `expected` is the operation,
//! * `swagger`: an operation of a Swagger 2.0 document; `expected` is the operation,
//! * `document`: a complete document; `expected` is the document.
//!
//! `components` is added to the input; `version` is the OpenAPI version of the document.
//! `expected_components` are the normalised components; `problems` are the reported problems.
//! Without `expected`, the input is rejected.

use docwright::dialect::{self, KeywordLedger};
use docwright::page::Page;
use docwright::report::{Origin, Report, Severity};
use docwright::source::Node;
use serde_json::{Map, Value, json};

/// Returns the input document and the pointer to the value that is compared with `expected`.
fn case_input(case: &Map<String, Value>) -> (Value, &'static str) {
    let components = case.get("components").cloned().unwrap_or_else(|| json!({}));
    let version = case.get("version").cloned().unwrap_or_else(|| json!("3.1.0"));
    let document = |paths: Value, components: &Value| {
        let info = json!({"title": "Acme", "version": "1"});
        json!({"openapi": version, "info": info, "paths": paths, "components": components})
    };
    let block = |keys: &Value| {
        let mut endpoint = json!({"path": "/pets", "method": "get", "type": "path"});
        endpoint.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        json!({"paths": endpoint, "components": components})
    };
    if let Some(schema) = case.get("schema") {
        let mut components = components.clone();
        components["schemas"]["It"] = schema.clone();
        return (document(json!({}), &components), "/components/schemas/It");
    }
    if let Some(entries) = case.get("entries") {
        let content = json!({"application/json": {"schemaArray": entries, "examples": {}}});
        let pointer = "/paths/~1pets/get/responses/200/content/application~1json/schema";
        return (block(&json!({"response": {"200": content}})), pointer);
    }
    if let Some(endpoint) = case.get("endpoint") {
        return (block(endpoint), "/paths/~1pets/get");
    }
    if let Some(operation) = case.get("operation") {
        return (document(json!({"/pets": {"get": operation}}), &components), "/paths/~1pets/get");
    }
    if let Some(operation) = case.get("swagger") {
        let (info, paths) =
            (json!({"title": "Acme", "version": "1"}), json!({"/pets": {"get": operation}}));
        return (json!({"swagger": "2.0", "info": info, "paths": paths}), "/paths/~1pets/get");
    }
    (case.get("document").expect("a case has an input").clone(), "")
}

fn check_file(file: &str, text: &str) {
    let cases: Map<String, Value> = serde_yaml::from_str(text).unwrap();
    let lenient = file == "lenient.yaml";
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|(name, case)| {
            let failure = check_case(case, lenient).err()?;
            Some(format!("{name}: {failure}"))
        })
        .collect();
    assert!(failures.is_empty(), "{file}:\n{}", failures.join("\n"));
    if lenient {
        for (name, case) in &cases {
            assert!(is_rejected_if_strict(case), "{file}: {name} is not an error if strict");
        }
    }
}

/// Returns whether the input is rejected in strict mode, with errors instead of the warnings.
fn is_rejected_if_strict(case: &Value) -> bool {
    let mut case = case.clone();
    let map = case.as_object_mut().expect("an object");
    map.remove("expected");
    let problems = map.get_mut("problems").and_then(Value::as_array_mut);
    for line in problems.expect("a case with problems") {
        *line = json!(line.as_str().expect("a string").replace("warning:", "error:"));
    }
    check_case(&case, false).is_ok()
}

/// Normalises the input of a case and returns the first deviation from the expected result.
fn check_case(case: &Value, lenient: bool) -> Result<(), String> {
    let case = case.as_object().ok_or("not an object")?;
    let show = |value: &Value| serde_yaml::to_string(value).unwrap();
    {
        let (value, pointer) = case_input(case);
        let mut report = Report { strict: !lenient, ..Report::default() };
        let node = Node::from_json(&value, Origin::default());
        let page = Page { file: "pets.md".into(), ..Page::default() };
        let normalised =
            dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());

        let problems: Vec<Value> = report
            .problems
            .iter()
            .map(|problem| {
                let severity = match problem.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "note",
                };
                json!(format!("{severity}: {}", problem.message))
            })
            .collect();
        let expected = case.get("problems").cloned().unwrap_or_else(|| json!([]));
        if json!(problems) != expected {
            return Err(format!("problems:\n{}", show(&json!(problems))));
        }
        let Some(expected) = case.get("expected") else {
            return normalised.map_or(Ok(()), |_| Err("is not rejected".to_owned()));
        };
        let mut document = normalised.ok_or("is rejected")?.root().to_json();
        serde_json::from_value::<openapiv3::OpenAPI>(document.clone())
            .map_err(|e| e.to_string())?;
        if let Some(root) = document.as_object_mut() {
            root.remove("x-docwright-endpoint");
        }
        if !pointer.is_empty()
            && let Some(operation) = document.pointer_mut("/paths/~1pets/get")
        {
            operation.as_object_mut().unwrap().remove("x-docwright-page");
        }
        let actual = document.pointer(pointer).unwrap_or(&Value::Null);
        if actual != expected {
            return Err(format!("result:\n{}", show(actual)));
        }
        match (case.get("expected_components"), document.get("components")) {
            (Some(expected), Some(actual)) if actual != expected => {
                Err(format!("components:\n{}", show(actual)))
            }
            _ => Ok(()),
        }
    }
}

macro_rules! topics {
    ($($topic:ident),*) => { $(
        #[test]
        fn $topic() {
            let file = concat!(stringify!($topic), ".yaml");
            check_file(file, include_str!(concat!("dialect/", stringify!($topic), ".yaml")));
        }
    )* };
}

topics!(endpoint, entries, fixups, lenient, openapi31, references, swagger20);
