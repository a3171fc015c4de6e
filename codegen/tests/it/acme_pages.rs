//! Acme's document as documentation pages, one for each operation, in both forms: they are the same
//! API, except for what the endpoint dialect cannot express.

mod endpoint;

use std::collections::BTreeSet;

use docwright::ir::Api;
use docwright::method::Method;
use docwright::source::render::render;
use docwright::{Input, LoadedApi, Report, Sources, Vendor, load_api};
use serde_json::{Map, Value, json};

use crate::acme;
use crate::lowering::show;
use crate::pairs::form::{ApiForm, normalise_inputs};
use crate::pairs::rules::FormPair;
use crate::pairs::stats::Stats;

fn load(vendor: &Vendor) -> LoadedApi {
    let mut report = Report { strict: true, ..Report::default() };
    let mut sources = Sources::default();
    let loaded = load_api(vendor, &mut sources, &mut report);
    loaded.unwrap_or_else(|| panic!("{}", render(&sources, &report, false)))
}

/// Adds the components that `value` refers to, directly or through others.
fn collect_components(value: &Value, document: &Value, components: &mut Map<String, Value>) {
    match value {
        Value::String(text) => {
            let name = text.strip_prefix("#/components/").and_then(|name| name.split_once('/'));
            let Some((section, name)) = name else { return };
            let target = &document["components"][section][name];
            let section = components.entry(section).or_insert_with(|| json!({}));
            if section.get(name).is_none() {
                section[name] = target.clone();
                collect_components(target, document, components);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| collect_components(item, document, components));
        }
        Value::Object(entries) => {
            entries.values().for_each(|entry| collect_components(entry, document, components));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Returns every operation by its path and method.
fn operations(document: &Value) -> Vec<(&str, Method)> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let methods = Method::ALL.into_iter().filter(|method| item.get(method.key()).is_some());
        operations.extend(methods.map(|method| (path.as_str(), method)));
    }
    operations
}

/// Returns a page about an operation with this block.
fn page(document: &Value, (path, method): (&str, Method), block: &Value) -> Input {
    let yaml = serde_yaml::to_string(block).unwrap();
    let title = document["paths"][path][method.key()]["summary"].as_str();
    let title = title.map(|title| format!("# {title}\n\n")).unwrap_or_default();
    let text = format!("{title}## OpenAPI\n\n````yaml {} {path}\n{yaml}\n````\n", method.key());
    let file = format!("{}{}.md", method.key(), path.replace(['/', '{', '}'], "-"));
    Input { file, bytes: text.into_bytes() }
}

/// Returns an operation as a document, with the components that it needs.
fn openapi(document: &Value, path: &str, method: Method) -> Value {
    let mut item = document["paths"][path].clone();
    let is_other = |key: &str| Method::from_key(key).is_some_and(|it| it != method);
    item.as_object_mut().unwrap().retain(|key, _| !is_other(key));
    let mut fragment = document.clone();
    fragment["paths"] = json!({ path: item });
    let schemes = fragment["components"]["securitySchemes"].take();
    fragment["components"] = Value::Null;
    let mut components = Map::new();
    collect_components(&fragment, document, &mut components);
    components.insert("securitySchemes".to_owned(), schemes);
    fragment["components"] = Value::Object(components);
    fragment
}

/// Returns the operations, types and schemes of the API as text, each on its lines.
fn items(api: &Api) -> BTreeSet<String> {
    let mut items: Vec<String> = Vec::new();
    for line in show::render_api(Some(api), &Report::default()).lines() {
        match items.last_mut() {
            Some(item) if line.starts_with(' ') => *item += &format!("\n{line}"),
            _ => items.push(line.to_owned()),
        }
    }
    items.into_iter().collect()
}

#[test]
fn the_document_as_openapi_pages_is_the_same_api() {
    let vendor = acme::document();
    let loaded = load(&vendor);
    let document = loaded.openapi.root().to_json();
    let block = |id: (&str, Method)| page(&document, id, &openapi(&document, id.0, id.1));
    let inputs: Vec<Input> = operations(&document).into_iter().map(block).collect();
    assert_eq!(inputs.len(), loaded.api.operations.len());
    let pages = load(&Vendor { inputs, referenced: Vec::new(), overlay: None, ..vendor });
    let (in_document, in_pages) = (items(&loaded.api), items(&pages.api));
    let different: Vec<_> = in_document.symmetric_difference(&in_pages).collect();
    assert!(different.is_empty(), "{different:#?}");
}

#[test]
fn each_operation_in_the_endpoint_dialect_differs_only_by_known_losses() {
    let document = load(&acme::document()).openapi.root().to_json();
    let mut stats = Stats::default();
    for id in operations(&document) {
        let name = format!("{} {}", id.1.name(), id.0);
        let block = endpoint::endpoint(&document, id.0, id.1);
        let read =
            |block: &Value| ApiForm::from_pages(normalise_inputs(&[page(&document, id, block)]));
        let (openapi, dialect) = (read(&openapi(&document, id.0, id.1)), read(&block));
        let forms = FormPair { openapi: &openapi, dialect: &dialect, changed: None };
        stats.add("Acme", &name, &forms);
    }
    let unexplained = stats.unexplained.iter().map(|(page, it)| format!("{page}: {it}"));
    assert_eq!(unexplained.collect::<Vec<_>>(), [""; 0], "{}", stats.render());
}
