//! Every sample value is valid, according to the crate `jsonschema`.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use docwright::report::Origin;
use docwright::samples::{OptionalProperties, plain_sample, random_sample};
use docwright::source::{Node, escape};
use docwright::{Input, LoadedApi, Report, Sources, Vendor, load_api};
use docwright_harness::validator::DocumentSchemas;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("a repository")
}

/// Returns the YAML and JSON files in a folder and the folders in it, sorted.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|it| ["yaml", "yml", "json"].iter().any(|known| it == *known))
    };
    let inner = folders.iter().flat_map(|folder| documents(folder));
    files.into_iter().filter(is_document).chain(inner).collect()
}

/// Loads a document, unless it is one that is rejected.
fn load(path: &Path) -> Option<LoadedApi> {
    let file = path.file_name()?.to_string_lossy().into_owned();
    let inputs = vec![Input { file, bytes: std::fs::read(path).ok()? }];
    let vendor = Vendor { inputs, ..Vendor::default() };
    load_api(&vendor, &mut Sources::default(), &mut Report::default())
}

/// Returns the pointers of all schemas of bodies, parameters, headers and components.
fn schema_pointers(node: &Node, pointer: &str, found: &mut Vec<String>) {
    for (key, value) in node.as_object().into_iter().flatten() {
        let inner = format!("{pointer}/{}", escape(key));
        match key.as_str() {
            "schema" => found.push(inner),
            "schemas" if pointer == "/components" => {
                let names = value.as_object().into_iter().flatten();
                found.extend(names.map(|(name, _)| format!("{inner}/{}", escape(name))));
            }
            "example" | "examples" => (),
            _ => schema_pointers(value, &inner, found),
        }
    }
    for (index, value) in node.as_array().into_iter().flatten().enumerate() {
        schema_pointers(value, &format!("{pointer}/{index}"), found);
    }
}

/// Collects the names of properties that are `readOnly`, directly or in a schema that they refer to.
fn read_only_names(document: &Value, value: &Value, found: &mut BTreeSet<String>) {
    let is_read_only = |schema: &Value| {
        let target = schema["$ref"].as_str().and_then(|it| document.pointer(it.strip_prefix('#')?));
        target.unwrap_or(schema)["readOnly"] == true
    };
    let properties = value["properties"].as_object().into_iter().flatten();
    let read_only = properties.filter(|(_, schema)| is_read_only(schema));
    found.extend(read_only.map(|(name, _)| name.clone()));
    let inner = value.as_object().into_iter().flat_map(|map| map.values());
    for inner in inner.chain(value.as_array().into_iter().flatten()) {
        read_only_names(document, inner, found);
    }
}

/// Makes properties optional.
fn without_required(value: &mut Value, names: &BTreeSet<String>) {
    if let Value::Object(map) = value {
        if let Some(Value::Array(required)) = map.get_mut("required") {
            required.retain(|name| !name.as_str().is_some_and(|it| names.contains(it)));
        }
        map.values_mut().for_each(|inner| without_required(inner, names));
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(|inner| without_required(inner, names));
    }
}

/// Returns the schemas of a document that have no valid sample, and the number of all schemas.
fn failures(openapi: &Node) -> (Vec<String>, usize) {
    let document = openapi.to_json();
    let mut request = document.clone();
    // Requests have no `readOnly` properties.
    let mut read_only = BTreeSet::new();
    read_only_names(&document, &document, &mut read_only);
    without_required(&mut request, &read_only);
    let request = Node::from_json(&request, Origin::default());
    let schemas = |openapi| DocumentSchemas::new(openapi).expect("a supported document");
    let mut of_requests = schemas(&request);
    of_requests.formats = true;
    let of_responses = schemas(openapi);
    let mut pointers = Vec::new();
    schema_pointers(openapi, "", &mut pointers);
    let mut found = Vec::new();
    for pointer in &pointers {
        let schema = openapi.pointer(pointer).expect("a schema");
        let Ok(validator) = of_requests.validator(pointer) else { continue };
        match plain_sample(openapi, schema, "body", &[], OptionalProperties::Small) {
            Some(value) if validator.allows(&value) => (),
            Some(value) => found.push(format!("{pointer}: invalid: {value}")),
            None => found.push(format!("{pointer}: no sample")),
        }
        let Ok(validator) = of_responses.validator(pointer) else { continue };
        let mut random = (0..20).filter_map(|number| {
            random_sample(openapi, schema, &number.to_string(), OptionalProperties::Random)
        });
        if !random.any(|value| validator.allows(&value)) {
            found.push(format!("{pointer}: no valid random sample"));
        }
    }
    (found, pointers.len())
}

/// Returns the failures of each document that is not rejected, with its name, and the number of its
/// schemas. Compiling the validators takes minutes, so each core takes the next document.
fn all_failures(paths: &[PathBuf]) -> Vec<(Vec<String>, usize)> {
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let check_documents = || {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(LoadedApi { openapi, .. }) = load(path) else { continue };
            let (failures, count) = failures(openapi.root());
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let failures = failures.into_iter().map(|failure| format!("{file} {failure}"));
            results.lock().expect("no panic").push((failures.collect(), count));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(check_documents);
        }
    });
    results.into_inner().expect("no panic")
}

/// Asserts that every schema of the documents has a valid sample, except `known` ones, which are
/// given by the beginning of their line.
fn assert_valid(folders: &[PathBuf], known: &[&str]) {
    let paths: Vec<PathBuf> = folders.iter().flat_map(|folder| documents(folder)).collect();
    let results = all_failures(&paths);
    let documents_count = results.len();
    let schemas: usize = results.iter().map(|(_, count)| count).sum();
    let mut found: Vec<String> = results.into_iter().flat_map(|(failures, _)| failures).collect();
    println!("{schemas} schemas of {documents_count} documents");
    let unused = known.iter().filter(|known| !found.iter().any(|it| it.starts_with(**known)));
    let unused: Vec<_> = unused.collect();
    found.sort();
    found.retain(|failure| !known.iter().any(|known| failure.starts_with(known)));
    assert!(found.is_empty(), "{} failures:\n{}", found.len(), found.join("\n"));
    assert!(unused.is_empty(), "these do not fail: {unused:?}");
    assert!(documents_count >= 20, "only {documents_count} documents are read");
}

/// Schemas of the corpus that allow no value, for which the maker has no valid one, or that the validator does not support.
const CONTRADICTIONS: [&str; 10] = [
    // An empty `oneOf`.
    "cohere.yaml /components/schemas/TruncationStrategy",
    // Patterns with `(?i)`, which ECMA-262 does not have, and one that requires `^P$`.
    "okta-management.yaml ",
    "paypal-invoicing.json /components/parameters/fields",
    // `required` lists a name twice, which JSON Schema forbids.
    "openai.yaml /paths/~1containers",
    "openai.yaml /components/schemas/Container",
    // `not` forbids two optional properties beside each other, and the sample has both.
    "openai.yaml /components/schemas/ImageRefParam",
    // The pattern `YYYY-MM-DDThh:mm:ssZ`, which no date matches.
    "pagerduty.json /components/parameters/change_",
    // One part of an `allOf` forbids the properties of the other one.
    "pyclient-baseline-30.json /components/schemas/Extended",
    "pyclient-baseline-31.yaml /components/schemas/Extended",
    // The parts of an `allOf` have different types.
    "readme-schema-types-31.json /paths/~1anything~1quirks~1polymorphism",
];

#[test]
fn samples_of_the_fixtures_are_valid() {
    let folders = ["codegen/tests", "tests/generate", "tests/wire"].map(|it| root().join(it));
    assert_valid(&folders, &[]);
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn samples_of_the_corpus_are_valid() {
    let corpus = std::env::var_os("DOCWRIGHT_CORPUS").expect("the folder of the corpus");
    assert_valid(&[root().join(corpus).join("specs")], &CONTRADICTIONS);
}
