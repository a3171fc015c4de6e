//! Where the client has each operation: resources, short names, and names that never change.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use docwright::{
    CrateOptions, Input, Inspection, Layout, Manifest, Names, Output, RuntimeDependency, Vendor,
    generate_crate, inspect,
};

use crate::corpus;

/// A document with these operations: lines of a method, a path, an id, tags, and the kind of the response:
/// `list`, a `page` of one, or an `account` that contains one.
pub fn document(operations: &[&str]) -> String {
    let mut paths: BTreeMap<&str, String> = BTreeMap::new();
    for line in operations {
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap_or("-");
        let (method, path, id, tag, shape) = (next(), next(), next(), next(), next());
        let list = "{type: array, items: {type: string}}";
        let ty = match shape {
            "list" => "array, items: {type: string}".to_owned(),
            "page" => {
                format!(
                    "object, properties: {{data: {list}, has_more: {{type: boolean}}, total: {{type: integer}}}}"
                )
            }
            "account" => format!("object, properties: {{id: {{type: string}}, cards: {list}}}"),
            _ => "object".to_owned(),
        };
        let text = paths.entry(path).or_default();
        let _ = writeln!(text, "    {}:", method.to_lowercase());
        if id != "-" {
            let _ = writeln!(text, "      operationId: {id}");
        }
        if tag != "-" {
            let _ = writeln!(text, "      tags: [{tag}]");
        }
        let _ = writeln!(
            text,
            "      responses: {{'200': {{description: OK, content: {{application/json: {{schema: {{type: {ty}}}}}}}}}}}"
        );
    }
    let mut text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\n\
                    servers: [{url: 'https://api.acme.test'}]\npaths:\n"
        .to_owned();
    for (path, operations) in paths {
        let _ = write!(text, "  {path}:\n    parameters:\n");
        for name in path.split('{').skip(1).filter_map(|it| it.split('}').next()) {
            let _ = writeln!(
                text,
                "    - {{name: {name}, in: path, required: true, schema: {{type: string}}}}"
            );
        }
        if !path.contains('{') {
            text.truncate(text.len() - "    parameters:\n".len());
        }
        text.push_str(&operations);
    }
    text
}

fn inspect_text(text: &[u8], manifest: &str, recorded: &Names) -> Inspection {
    let vendor = Vendor {
        name: "acme".into(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: "acme.yaml".to_owned(), bytes: text.into() }],
        recorded: recorded.clone(),
        ..Vendor::default()
    };
    inspect(&vendor).unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

pub fn inspect_operations(operations: &[&str], manifest: &str, recorded: &Names) -> Inspection {
    inspect_text(document(operations).as_bytes(), manifest, recorded)
}

/// Returns the call of each operation by its key.
pub fn calls(inspection: &Inspection) -> BTreeMap<String, String> {
    let operations = inspection.operations.iter();
    operations.map(|it| (format!("{} {}", it.method, it.path), it.call.clone())).collect()
}

/// An API without tags, whose ids repeat the method and path.
pub const BY_PATH: [&str; 14] = [
    "GET /v1/customers GetCustomers - list",
    "POST /v1/customers PostCustomers",
    "GET /v1/customers/{customer} GetCustomersCustomer",
    "POST /v1/customers/{customer} PostCustomersCustomer",
    "DELETE /v1/customers/{customer} DeleteCustomersCustomer",
    "GET /v1/customers/{customer}/subscriptions - - list",
    "PUT /v1/customers/{customer}/subscriptions/{id}",
    "PATCH /v1/customers/{customer}/subscriptions/{id}",
    "GET /v1/customers/search - - list",
    "GET /v1/balance GetBalance",
    "GET /v1/charges/{charge}",
    "POST /v1/charges/{charge}/capture PostChargesChargeCapture",
    "POST /v1/charges/{charge}/hold",
    "PUT /v1/charges/{charge} putCharge",
];

#[test]
fn resources_follow_from_paths_without_tags() {
    let calls = calls(&inspect_operations(&BY_PATH, "", &Names::default()));
    let expected = [
        ("DELETE /v1/customers/{customer}", "customers().delete"),
        ("GET /v1/balance", "balance().get"),
        ("GET /v1/charges/{charge}", "charges().get"),
        ("GET /v1/customers", "customers().list"),
        ("GET /v1/customers/search", "customers().search"),
        ("GET /v1/customers/{customer}", "customers().get"),
        ("GET /v1/customers/{customer}/subscriptions", "customers().subscriptions().list"),
        ("PATCH /v1/customers/{customer}/subscriptions/{id}", "customers().subscriptions().update"),
        ("POST /v1/charges/{charge}/capture", "charges().capture"),
        ("POST /v1/charges/{charge}/hold", "charges().hold"),
        ("POST /v1/customers", "customers().create"),
        ("POST /v1/customers/{customer}", "customers().update"),
        ("PUT /v1/charges/{charge}", "charges().update"),
        ("PUT /v1/customers/{customer}/subscriptions/{id}", "customers().subscriptions().replace"),
    ];
    let calls: Vec<(&str, &str)> = calls.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(calls, expected);
}

#[test]
fn resources_follow_from_tags_that_distinguish_them() {
    let operations = [
        "GET /transfers listTransfers Transfers list",
        "POST /transfers createTransfer Transfers",
        "GET /transfers/{id} getTransferById Transfers",
        "GET /transfers/{id}/history get-transfer-history Transfers",
        "GET /transfers/reference/{reference} - Transfers",
        "POST /transfers/{id}/cancel CancelTransfer Transfers",
        "POST /transfers/bulk BulkCreateTransfers Transfers",
        "GET /people listUsers Users list",
        "GET /people/{id}/groups users/list-groups Users list",
        "GET /people/{id}/keys - Users list",
        "GET /teams/{id}/people - Users list",
        "GET /status users.ping",
    ];
    let calls = calls(&inspect_operations(&operations, "", &Names::default()));
    let expected = [
        ("GET /people", "users().list"),
        ("GET /people/{id}/groups", "users().list_groups"),
        ("GET /people/{id}/keys", "users().list_people_keys"),
        ("GET /status", "status().ping"),
        ("GET /teams/{id}/people", "users().list_teams_people"),
        ("GET /transfers", "transfers().list"),
        ("GET /transfers/reference/{reference}", "transfers().get_reference"),
        ("GET /transfers/{id}", "transfers().get"),
        ("GET /transfers/{id}/history", "transfers().get_history"),
        ("POST /transfers", "transfers().create"),
        ("POST /transfers/bulk", "transfers().bulk_create"),
        ("POST /transfers/{id}/cancel", "transfers().cancel"),
    ];
    let calls: Vec<(&str, &str)> = calls.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(calls, expected);
}

#[test]
fn equal_names_are_distinguished_by_the_path() {
    let mut operations = BY_PATH.to_vec();
    operations.extend([
        "GET /v1/balance/{account}",
        "GET /v2/balance",
        "POST /v1/charges/{id}/hold/{reason}",
    ]);
    let calls = calls(&inspect_operations(&operations, "", &Names::default()));
    let expected = [
        ("GET /v1/balance", "balance().get"),
        ("GET /v1/balance/{account}", "balance().get_by_account"),
        ("GET /v2/balance", "balance().get_v2"),
    ];
    for (key, call) in expected {
        assert_eq!(calls[key], call);
    }
}

#[test]
fn a_small_api_is_flat_and_stays_flat() {
    let small = inspect_operations(&BY_PATH[..11], "", &Names::default());
    assert_eq!(calls(&small)["GET /v1/customers"], "get_customers");
    assert_eq!(small.summary.names.layout, Some(Layout::Flat));
    let grown = inspect_operations(&BY_PATH, "", &small.summary.names);
    assert_eq!(calls(&grown)["GET /v1/customers"], "get_customers");
    let problem = grown.report.problems.iter().find(|it| it.message.contains("of `Client`"));
    let help = problem.and_then(|it| it.help.clone()).unwrap_or_default();
    assert!(help.contains("`layout = \"resources\"` in `[names]`"), "{help}");
    let manifest = "[names]\nlayout = \"resources\"\n";
    let changed = inspect_operations(&BY_PATH, manifest, &small.summary.names);
    assert_eq!(calls(&changed)["GET /v1/customers"], "customers().list");
}

#[test]
fn vendor_toml_takes_precedence() {
    let manifest = "[names.resources]\n\"GET /v1/balance\" = \"accounts.balance.show\"\n\
                    \"GET /v1/charges/{charge}\" = \"charge\"\n";
    let pinned = calls(&inspect_operations(&BY_PATH, manifest, &Names::default()));
    assert_eq!(pinned["GET /v1/balance"], "accounts().balance().show");
    assert_eq!(pinned["GET /v1/charges/{charge}"], "charge");
    let flat =
        calls(&inspect_operations(&BY_PATH, "[names]\nlayout = \"flat\"\n", &Names::default()));
    assert_eq!(flat["GET /v1/balance"], "get_balance");
}

#[test]
fn a_resource_and_a_method_never_share_a_name() {
    let manifest = "[names.resources]\n\"GET /v1/balance\" = \"customers.subscriptions\"\n";
    let calls = calls(&inspect_operations(&BY_PATH, manifest, &Names::default()));
    assert_eq!(calls["GET /v1/balance"], "customers().subscriptions");
    let nested = &calls["GET /v1/customers/{customer}/subscriptions"];
    assert_eq!(nested, "customers().customers_subscriptions().list");
}

#[test]
fn a_new_operation_moves_no_other() {
    let before = inspect_operations(&BY_PATH, "", &Names::default());
    // Without recorded names, each of them would change others.
    for new in [
        "GET /v1/charges/{charge}/hold",
        "GET /v1/customers/{customer}/capture/{id}",
        "PATCH /v1/charges/{charge}",
        "GET /v3 - - list",
        "GET /balance",
    ] {
        let mut operations = BY_PATH.to_vec();
        operations.push(new);
        let after = calls(&inspect_operations(&operations, "", &before.summary.names));
        for (key, call) in calls(&before) {
            assert_eq!(after[&key], call, "{new}");
        }
    }
}

/// Customers and charges share `Money`; only charges have a `Card`.
pub fn with_types(more: &str) -> String {
    let mut text = document(&BY_PATH);
    text = text.replace(
        "      operationId: PostChargesChargeCapture\n      responses: {'200': {description: OK, content: {application/json: {schema: {type: object}}}}}",
        "      operationId: PostChargesChargeCapture\n      responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/Charge'}}}}}",
    );
    text = text.replace(
        "      operationId: PostCustomers\n      responses: {'200': {description: OK, content: {application/json: {schema: {type: object}}}}}",
        &format!("      operationId: PostCustomers\n      responses: {{'200': {{description: OK, content: {{application/json: {{schema: {{type: object, properties: {{balance: {{$ref: '#/components/schemas/Money'}}{more}}}}}}}}}}}}}"),
    );
    text + "components:\n  schemas:\n    Money: {type: object, properties: {amount: {type: integer}}}\n    \
            Card: {type: object, properties: {number: {type: string}}}\n    \
            Charge: {type: object, properties: {card: {$ref: '#/components/schemas/Card'}, amount: {$ref: '#/components/schemas/Money'}}}\n"
}

pub fn generate(text: &str, manifest: &str, recorded: &Names) -> Output {
    let vendor = Vendor {
        name: "acme".into(),
        manifest: Manifest::parse("vendor.toml", manifest).unwrap(),
        inputs: vec![Input { file: "acme.yaml".to_owned(), bytes: text.into() }],
        recorded: recorded.clone(),
        ..Vendor::default()
    };
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    generate_crate(&vendor, &options)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns the file that defines a type.
fn file_of<'o>(output: &'o Output, ty: &str) -> &'o str {
    let files = output.files.0.iter();
    let mut files = files.filter(|(_, text)| text.contains(&format!("pub struct {ty} {{")));
    files.next().map_or("", |(path, _)| path.as_str())
}

#[test]
fn a_type_is_in_the_file_of_its_only_resource_and_stays_there() {
    let before = generate(&with_types(""), "", &Names::default());
    assert_eq!(file_of(&before, "Card"), "src/types/charges.rs");
    assert_eq!(file_of(&before, "Money"), "src/types/shared.rs");
    // Another resource uses the type, too.
    let text = with_types(", card: {$ref: '#/components/schemas/Card'}");
    let names = &before.vendors[0].names;
    assert_eq!(file_of(&generate(&text, "", names), "Card"), "src/types/charges.rs");
    assert_eq!(file_of(&generate(&text, "", &Names::default()), "Card"), "src/types/shared.rs");
}

#[test]
fn a_feature_enables_the_types_of_its_resource() {
    let output = generate(&with_types(""), "[names]\nfeatures = true\n", &Names::default());
    assert_eq!(file_of(&output, "Money"), "src/types/money.rs");
    let manifest: toml::Table = output.files.0["Cargo.toml"].parse().unwrap();
    let features = manifest["features"].as_table().unwrap();
    let enabled = |name: &str| features[name].to_string();
    assert_eq!(enabled("charges"), r#"["types-money"]"#);
    assert_eq!(enabled("balance"), "[]");
    assert!(enabled("default").contains(r#""balance", "charges", "customers", "#), "{manifest}");
    let types = &output.files.0["src/types/mod.rs"];
    assert!(types.contains("#[cfg(feature = \"types-money\")]\nmod money;\n"), "{types}");
    let operations = &output.files.0["src/operations/mod.rs"];
    assert!(operations.contains("#[cfg(feature = \"charges\")]\npub use charges::*;\n"));
}

#[test]
fn the_documentation_of_stubs_links_to_the_methods_of_the_client() {
    let output = generate(&with_types(""), "[names]\nfeatures = true\n", &Names::default());
    let mock = &output.files.0["src/mock/charges.rs"];
    // The files of the folder import the module of the client's operations.
    assert!(mock.contains("use super::super::operations;\n"), "{mock}");
    assert!(mock.contains("[`ChargesResource::get`](operations::ChargesResource::get)"), "{mock}");
    assert!(mock.contains("/// The stubs of the charges API: `mock.charges()`.\n"), "{mock}");
}

#[test]
fn whether_there_are_features_is_decided_once() {
    let first = generate(&with_types(""), "", &Names::default());
    assert_eq!(first.vendors[0].names.features, Some(false));
    let large: Vec<String> = (0..100).map(|it| format!("GET /v1/things{it}/{{id}}")).collect();
    let lines: Vec<&str> = large.iter().map(String::as_str).collect();
    let names = generate(&document(&lines), "", &Names::default()).vendors[0].names.clone();
    assert_eq!(names.features, Some(true));
    let small = generate(&document(&lines[..99]), "", &names);
    assert_eq!(small.vendors[0].names.features, Some(true));
    let grown = generate(&document(&lines), "", &first.vendors[0].names);
    assert_eq!(grown.vendors[0].names.features, Some(false));
}

#[test]
#[ignore = "needs the corpus"]
fn no_file_of_the_corpus_is_too_long() {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(corpus::folder().join("specs")).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let vendor = Vendor {
            name: "acme".into(),
            inputs: vec![Input { file: file.clone(), bytes: std::fs::read(&path).unwrap() }],
            ..Vendor::default()
        };
        let runtime = RuntimeDependency::Version("0.1".to_owned());
        let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
        let Ok(output) = generate_crate(&vendor, &options) else { continue };
        let lines = output.files.0.iter().map(|(path, text)| (text.lines().count(), path));
        found.extend(
            lines.filter(|(lines, _)| *lines > 3000).map(|(n, p)| format!("{file}: {p}: {n}")),
        );
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
#[ignore = "needs the corpus"]
fn an_operation_added_to_a_large_api_moves_nothing() {
    let path = corpus::folder().join("specs/stripe-2020.json");
    let text = std::fs::read_to_string(path).unwrap();
    let before = inspect_text(text.as_bytes(), "", &Names::default());
    let mut document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema = serde_json::json!({"$ref": "#/components/schemas/customer"});
    let response = serde_json::json!({"description": "OK", "content": {"application/json": {"schema": schema}}});
    let operation = serde_json::json!({"responses": {"200": response}});
    document["paths"]["/v1/aaa"] = serde_json::json!({"post": operation.clone()});
    // Its inline types are those of an operation that comes later in the document.
    let mut copy = document["paths"]["/v1/customers"].clone();
    for method in ["get", "post"] {
        copy[method].as_object_mut().unwrap().remove("operationId");
    }
    document["paths"]["/v1/aaa/copies"] = copy;
    let parameter = |name| serde_json::json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}});
    document["paths"]["/v1/charges/{charge}/capture/{part}"] = serde_json::json!({"get": operation, "parameters": [parameter("charge"), parameter("part")]});
    let after = inspect_text(document.to_string().as_bytes(), "", &before.summary.names);
    assert_eq!(after.operations.len(), before.operations.len() + 4);
    let (calls_before, calls_after) = (calls(&before), calls(&after));
    for (key, call) in &calls_before {
        assert_eq!(&calls_after[key], call);
    }
    assert_eq!(calls_before["GET /v1/customers"], "customers().list");
    let names: BTreeSet<_> = after.types.iter().map(|it| &it.name).collect();
    for ty in &before.types {
        assert!(names.contains(&ty.name), "{}", ty.name);
    }
    for (key, name) in &before.summary.names.types {
        assert_eq!(&after.summary.names.types[key], name);
    }
    for (key, file) in &before.summary.names.files {
        assert_eq!(&after.summary.names.files[key], file);
    }
}
