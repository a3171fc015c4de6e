//! The work to read and generate an API grows linearly with its size.
//!
//! The work is counted in allocated bytes, which are the same in every run: every stage allocates
//! what it produces. A comparison of all pairs that allocates nothing would not be noticed.

use docwright::{
    CrateOptions, Input, LoadedApi, Report, RuntimeDependency, Sources, Vendor, generate_crate,
    load_api,
};
use serde_json::{Map, Value};

use crate::acme;

/// Returns the allocated bytes.
fn measure(work: impl FnOnce()) -> u64 {
    allocation_counter::measure(work).bytes_total
}

fn generate(file: &str, bytes: Vec<u8>) -> usize {
    let input = Input { file: file.to_owned(), bytes };
    let vendor = Vendor { name: "acme".into(), inputs: vec![input], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    let options = CrateOptions { name: "acme".into(), runtime, example: false };
    generate_crate(&vendor, &options).unwrap().vendors[0].operations
}

/// Adds a suffix to all references and operation ids.
fn add_suffix(value: &mut Value, suffix: &str) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match (key.as_str(), &mut *value) {
                    ("$ref" | "operationId", Value::String(text)) => text.push_str(suffix),
                    ("mapping", Value::Object(targets)) => {
                        targets.values_mut().for_each(|target| {
                            *target = format!("{}{suffix}", target.as_str().unwrap()).into();
                        });
                    }
                    _ => add_suffix(value, suffix),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| add_suffix(item, suffix)),
        _ => {}
    }
}

fn rename_keys(map: &Value, name: impl Fn(&str) -> String) -> Map<String, Value> {
    let entries = map.as_object().into_iter().flatten();
    entries.map(|(key, value)| (name(key), value.clone())).collect()
}

/// Returns a document with `copies` copies of all paths and components.
fn repeat_document(document: &Value, copies: usize) -> Vec<u8> {
    let (mut paths, mut components) = (Map::new(), Map::<String, Value>::new());
    for copy in 0..copies {
        let suffix = format!("Copy{copy}");
        let mut copied = document.clone();
        add_suffix(&mut copied, &suffix);
        paths.extend(rename_keys(&copied["paths"], |path| format!("/{suffix}{path}")));
        for (section, entries) in copied["components"].as_object().unwrap() {
            let keeps_names = section == "securitySchemes";
            let entries = rename_keys(entries, |name| match keeps_names {
                true => name.to_owned(),
                false => format!("{name}{suffix}"),
            });
            let section = components.entry(section).or_insert_with(|| Value::Object(Map::new()));
            section.as_object_mut().unwrap().extend(entries);
        }
    }
    let mut repeated = document.clone();
    repeated["paths"] = Value::Object(paths);
    repeated["components"] = Value::Object(components);
    serde_json::to_vec(&repeated).unwrap()
}

/// Generates 1, 2, 4, … copies of the API in one document. `DOCWRIGHT_GROWTH` sets the maximum.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the environment")]
fn work_grows_linearly_with_the_size() {
    let max_copies = std::env::var("DOCWRIGHT_GROWTH").ok();
    let max_copies: usize =
        max_copies.map_or(8, |value| value.parse().expect("DOCWRIGHT_GROWTH is a number"));
    let document = load(&acme::document());
    let operations = document.api.operations.len();
    let document = document.openapi.root().to_json();
    let mut per_copy = Vec::new();
    for copies in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n <= max_copies) {
        let bytes = repeat_document(&document, copies);
        let size = bytes.len();
        let work = measure(|| assert_eq!(generate("copies.json", bytes), operations * copies));
        let work = work / u64::try_from(copies).unwrap();
        println!("{copies:3} copies, {size:9} bytes: {work:11} bytes allocated per copy");
        per_copy.push(work);
    }
    let (first, last) = (per_copy[0], per_copy[per_copy.len() - 1]);
    assert!(last < first * 5 / 4, "one of {max_copies} copies takes {last} bytes, alone {first}");
}

/// Returns a page with one operation, with its own components and components shared by all pages.
fn page(number: usize) -> Input {
    let mut text = format!(
        "# Get order {number}\n\n## OpenAPI\n\n````yaml openapi.yaml get /orders/{number}\n\
         openapi: 3.0.3\ninfo: {{ title: Acme, version: '1' }}\nservers:\n  - url: https://api.acme.example\n\
         paths:\n  /orders/{number}:\n    get:\n      operationId: get-order-{number}\n      responses:\n        '200':\n          \
         description: An order\n          content:\n            application/json:\n              schema:\n                \
         $ref: '#/components/schemas/Order{number}'\ncomponents:\n  schemas:\n"
    );
    let own = [format!("Order{number}"), format!("Line{number}")];
    let shared = (0..6).map(|n| format!("Shared{n}"));
    for name in own.into_iter().chain(shared) {
        text.push_str(&format!("    {name}:\n      type: object\n      properties:\n"));
        for property in 0..4 {
            text.push_str(&format!(
                "        property_{property}: {{ type: string, description: Property {property} }}\n"
            ));
        }
        text.push_str("        next:\n          $ref: '#/components/schemas/Shared1'\n");
    }
    text.push_str("````\n");
    Input { file: format!("order-{number:03}.md"), bytes: text.into_bytes() }
}

fn load(vendor: &Vendor) -> LoadedApi {
    load_api(vendor, &mut Sources::default(), &mut Report::default()).unwrap()
}

/// Returns the work to read pages, each with one operation, as one API.
fn measure_pages(inputs: &[Input]) -> u64 {
    let vendor = Vendor { name: "acme".to_owned(), inputs: inputs.to_vec(), ..Vendor::default() };
    measure(|| {
        let loaded = load(&vendor);
        assert_eq!(loaded.api.operations.len(), inputs.len());
    })
}

#[test]
fn many_pages_take_little_more_work_than_single_pages() {
    let pages: Vec<Input> = (0..100).map(page).collect();
    let separate: u64 = pages.iter().map(|page| measure_pages(std::slice::from_ref(page))).sum();
    let together = measure_pages(&pages);
    println!("100 pages: {together} bytes allocated, {separate} for all of them separately");
    assert!(together < separate * 3 / 2, "{together} bytes for all, {separate} separately");
}

/// Returns the work to generate a union of unnamed objects.
fn measure_union(alternatives: usize) -> u64 {
    let list: String = (0..alternatives)
        .map(|n| format!("        - {{type: object, properties: {{a{n}: {{type: string}}}}}}\n"))
        .collect();
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'200': {{description: OK, \
         content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}}}}}}}\n\
         components:\n  schemas:\n    A:\n      oneOf:\n{list}"
    );
    measure(|| assert_eq!(generate("union.yaml", text.into_bytes()), 1))
}

#[test]
fn unnamed_alternatives_take_linear_work() {
    let (few, many) = (measure_union(400), measure_union(1_600));
    // Comparing each pair of alternatives would take sixteen times the work.
    assert!(many < few * 5, "{many} bytes for four times as many alternatives as {few} bytes");
}
