//! Small pairs of what stands in a description and what it is read as: one file of `dialect/` per
//! topic. Add a case by adding it to a file.
//!
//! A case has one of these:
//! * `schema`: a schema of a document; `becomes` is the schema,
//! * `entries`: the entries of a response in the endpoint dialect; `becomes` is the schema,
//! * `endpoint`: members of an endpoint; `becomes` is the operation,
//! * `operation`: an operation of a document; `becomes` is the operation,
//! * `document`: a whole document; `becomes` is the whole.
//!
//! `components` is added to the input; `version` is the document's OpenAPI version. `defines` are the
//! components that come out; `says` are the problems; without `becomes` the input is refused.

use docwright::dialect::{self, KeywordLedger};
use docwright::page::Page;
use docwright::report::{Origin, Report, Severity};
use docwright::source::Node;
use serde_json::{Map, Value, json};

/// The input document, and the pointer to what `becomes` describes.
fn input(case: &Map<String, Value>) -> (Value, &'static str) {
    let components = case.get("components").cloned().unwrap_or_else(|| json!({}));
    let version = case.get("version").cloned().unwrap_or_else(|| json!("3.1.0"));
    let document = |paths: Value, components: &Value| {
        let info = json!({"title": "Acme", "version": "1"});
        json!({"openapi": version, "info": info, "paths": paths, "components": components})
    };
    let block = |more: &Value| {
        let mut endpoint = json!({"path": "/pets", "method": "get", "type": "path"});
        endpoint.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
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
    (case.get("document").expect("a case has an input").clone(), "")
}

fn run(file: &str, text: &str) {
    let cases: Map<String, Value> = serde_yaml::from_str(text).unwrap();
    let lenient = file == "lenient.yaml";
    let failed: Vec<String> = cases
        .iter()
        .filter_map(|(name, case)| {
            let failed = check(case, lenient).err()?;
            Some(format!("{name}: {failed}"))
        })
        .collect();
    assert!(failed.is_empty(), "{file}:\n{}", failed.join("\n"));
    if lenient {
        for (name, case) in &cases {
            assert!(is_refused(case), "{file}: {name} is no error for others");
        }
    }
}

/// Whether a caller that is not lenient gets nothing.
fn is_refused(case: &Value) -> bool {
    let mut case = case.clone();
    let map = case.as_object_mut().expect("a map");
    map.remove("becomes");
    let says = map.get_mut("says").and_then(Value::as_array_mut).expect("a case says something");
    for line in says {
        *line = json!(line.as_str().expect("text").replace("warning:", "error:"));
    }
    check(&case, false).is_ok()
}

/// What is wrong with what `case` became.
fn check(case: &Value, lenient: bool) -> Result<(), String> {
    let case = case.as_object().ok_or("not a map")?;
    let show = |value: &Value| serde_yaml::to_string(value).unwrap();
    {
        let (value, pointer) = input(case);
        let mut report = Report { lenient, ..Report::default() };
        let node = Node::from_json(&value, Origin::default());
        let page = Page { file: "pets.md".into(), ..Page::default() };
        let read = dialect::normalise(&page, node, &mut report, &mut KeywordLedger::default());

        let said: Vec<Value> = report
            .problems
            .iter()
            .map(|problem| {
                let severity = match problem.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Note => "note",
                };
                json!(format!("{severity}: {}", problem.what))
            })
            .collect();
        let says = case.get("says").cloned().unwrap_or_else(|| json!([]));
        if json!(said) != says {
            return Err(format!("says\n{}", show(&json!(said))));
        }
        let Some(becomes) = case.get("becomes") else {
            return read.map_or(Ok(()), |_| Err("should have been refused".to_owned()));
        };
        let mut read = read.ok_or("was refused")?.to_json();
        serde_json::from_value::<openapiv3::OpenAPI>(read.clone()).map_err(|e| e.to_string())?;
        if let Some(root) = read.as_object_mut() {
            root.remove("x-docwright-endpoint");
        }
        if !pointer.is_empty()
            && let Some(operation) = read.pointer_mut("/paths/~1pets/get")
        {
            operation.as_object_mut().unwrap().remove("x-docwright-page");
        }
        let found = read.pointer(pointer).unwrap_or(&Value::Null);
        if found != becomes {
            return Err(format!("became\n{}", show(found)));
        }
        match (case.get("defines"), read.get("components")) {
            (Some(defines), Some(found)) if found != defines => {
                Err(format!("defines\n{}", show(found)))
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
            run(file, include_str!(concat!("dialect/", stringify!($topic), ".yaml")));
        }
    )* };
}

topics!(openapi31, entries, endpoint, lenient, references, repairs);
