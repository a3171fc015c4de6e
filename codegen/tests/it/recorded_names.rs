//! Recorded names do not change when pages are added.

use std::collections::BTreeMap;

use docwright::report::{Location, Severity};
use docwright::source::locate;
use docwright::{Diagnostics, Input, Inspection, Manifest, Names, Vendor, inspect};

fn input(file: &str, text: &str) -> Input {
    Input { file: format!("specs/acme/{file}"), bytes: text.into() }
}

/// Returns a page about one path, with further entries of its operation and the schema of its
/// response.
fn page(title: &str, path: &str, entries: &str, schema: &str) -> Input {
    let file = format!("{}.md", path.trim_matches('/').replace('/', "-"));
    let text = format!(
        "# {title}\n\n## OpenAPI\n\n````yaml get {path}\nopenapi: 3.0.3\n\
         info: {{title: Acme, version: '1'}}\n\
         servers: [{{url: 'https://api.acme.test'}}]\npaths:\n  {path}:\n    get:\n{entries}      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n\
         ````\n"
    );
    input(&file, &text)
}

fn list_page(path: &str) -> Input {
    let schema = "{type: object, properties: {state: {type: string, enum: [open, done]}}}";
    page("List", path, "", schema)
}

fn vendor(inputs: &[Input], manifest: &str, recorded: &Names) -> Vendor {
    Vendor {
        name: "acme".into(),
        manifest: Manifest::parse("specs/acme/vendor.toml", manifest).unwrap(),
        inputs: inputs.to_vec(),
        recorded: recorded.clone(),
        merge_unrelated: true,
        ..Vendor::default()
    }
}

fn try_inspect(
    inputs: &[Input],
    manifest: &str,
    recorded: &Names,
) -> Result<Inspection, Diagnostics> {
    inspect(&vendor(inputs, manifest, recorded))
}

fn inspect_pages(inputs: &[Input], recorded: &Names) -> Inspection {
    try_inspect(inputs, "", recorded)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)))
}

/// Returns every generated name by the key of its operation, type or server.
fn generated_names(inspection: &Inspection) -> BTreeMap<String, String> {
    let operations = inspection.operations.iter();
    let operations = operations.flat_map(|o| {
        [
            (format!("{} {}", o.method, o.path), o.name.clone()),
            (format!("request {} {}", o.method, o.path), o.request.clone()),
        ]
    });
    let types = inspection.types.iter().map(|t| (t.key.clone(), t.name.clone()));
    operations.chain(types).chain(inspection.summary.names.servers.clone()).collect()
}

/// Checks that keys in both maps have the same name.
fn assert_unchanged(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
    context: &str,
) {
    for (key, name) in before {
        if let Some(new) = after.get(key) {
            assert_eq!(new, name, "{key}, {context}");
        }
    }
}

#[test]
fn a_third_page_with_the_same_title_does_not_rename_the_first_two() {
    let pages = [list_page("/b"), list_page("/c"), list_page("/a")];
    let first = inspect_pages(&pages[..1], &Names::default());
    assert_eq!(first.operations[0].name, "list");
    let second = inspect_pages(&pages[..2], &first.summary.names);
    assert_unchanged(&generated_names(&first), &generated_names(&second), "with a second page");
    let third = inspect_pages(&pages, &second.summary.names);
    assert_unchanged(&generated_names(&second), &generated_names(&third), "with a third page");
    let names: Vec<_> = third.operations.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["get_a", "list", "get_c"]);
    let messages: Vec<_> = third.report.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages, ["3 operations have the title `List`; `GET /a` is named `get_a`"]);
}

#[test]
fn without_recorded_names_the_order_of_pages_does_not_matter() {
    let mut pages = [list_page("/b"), list_page("/c"), list_page("/a")];
    let before = generated_names(&inspect_pages(&pages, &Names::default()));
    pages.reverse();
    assert_eq!(generated_names(&inspect_pages(&pages, &Names::default())), before);
    assert_eq!(before["GET /a"], "get_a");
}

#[test]
fn without_recorded_names_another_page_changes_names() {
    let first = generated_names(&inspect_pages(&[list_page("/b")], &Names::default()));
    let second =
        generated_names(&inspect_pages(&[list_page("/b"), list_page("/a")], &Names::default()));
    assert_ne!(first["GET /b"], second["GET /b"], "otherwise recorded names would not be needed");
}

#[test]
fn duplicate_ids_and_derived_names_are_unchanged() {
    let with_id = |id: &str, path: &str| {
        page("x", path, &format!("      operationId: {id}\n"), "{type: object}")
    };
    let pages = [
        with_id("list", "/m"),
        with_id("list", "/a"),
        with_id("list_error", "/b"),
        with_id("list2", "/c"),
    ];
    let mut previous: Option<Inspection> = None;
    for count in 1..=pages.len() {
        let recorded = previous.as_ref().map(|it| it.summary.names.clone()).unwrap_or_default();
        let current = inspect_pages(&pages[..count], &recorded);
        if let Some(previous) = &previous {
            assert_unchanged(
                &generated_names(previous),
                &generated_names(&current),
                &format!("with page {count}"),
            );
        }
        previous = Some(current);
    }
}

#[test]
fn a_new_parameter_does_not_take_the_type_name_of_another() {
    let parameters = |names: &[&str]| {
        let mut text = "      parameters:\n".to_owned();
        for name in names {
            text += &format!(
                "        - {{name: {name}, in: query, schema: {{type: string, enum: [{name}1, {name}2]}}}}\n"
            );
        }
        page("List", "/a", &text, "{type: object}")
    };
    let before = inspect_pages(&[parameters(&["state"])], &Names::default());
    let after = inspect_pages(&[parameters(&["kind", "state"])], &before.summary.names);
    let (before, after) = (generated_names(&before), generated_names(&after));
    let key = "/paths/~1a/get/parameters/query:state/schema";
    assert_eq!(before[key], after[key]);
    assert_ne!(after["/paths/~1a/get/parameters/query:kind/schema"], before[key]);
}

#[test]
fn a_new_server_does_not_take_the_name_of_another() {
    let page_with_server = |path: &str, url: &str| {
        let Input { file, bytes } = list_page(path);
        let text = String::from_utf8(bytes).unwrap();
        let server = format!("{{url: '{url}', description: Sandbox}}");
        let text = text.replace("{url: 'https://api.acme.test'}", &server);
        Input { file, bytes: text.into() }
    };
    let existing = page_with_server("/m", "https://one.acme.test");
    let before = inspect_pages(std::slice::from_ref(&existing), &Names::default());
    let after = inspect_pages(
        &[page_with_server("/a", "https://two.acme.test"), existing],
        &before.summary.names,
    );
    let url = "https://one.acme.test";
    assert_eq!(generated_names(&before)[url], "Sandbox");
    assert_eq!(generated_names(&after)[url], "Sandbox");
}

#[test]
fn a_request_type_never_shares_a_name_with_a_component() {
    let create = page("x", "/a", "      operationId: create_pet\n", "{type: string}");
    let Input { file, bytes } =
        page("y", "/b", "", "{$ref: '#/components/schemas/CreatePetRequest'}");
    let text = String::from_utf8(bytes).unwrap();
    let text = text.trim_end().trim_end_matches('`').to_owned()
        + "components: {schemas: {CreatePetRequest: {type: object, properties: {id: {type: string}}}}}\n````\n";
    let component = Input { file, bytes: text.into() };

    let both = inspect_pages(&[create.clone(), component.clone()], &Names::default());
    let names = generated_names(&both);
    assert_eq!(names["CreatePetRequest"], "CreatePetRequest");
    assert_eq!(names["request GET /a"], "CreatePetCall");
    let later = inspect_pages(std::slice::from_ref(&create), &both.summary.names);
    assert_eq!(generated_names(&later)["request GET /a"], "CreatePetCall");

    // A component that is added later does not rename the request.
    let first = inspect_pages(std::slice::from_ref(&create), &Names::default());
    assert_eq!(generated_names(&first)["request GET /a"], "CreatePetRequest");
    let mut recorded = first.summary.names;
    for _ in 0..2 {
        let later = inspect_pages(&[create.clone(), component.clone()], &recorded);
        let names = generated_names(&later);
        assert_eq!(names["request GET /a"], "CreatePetRequest");
        assert_eq!(names["CreatePetRequest"], "CreatePetRequestObject");
        recorded = later.summary.names;
    }
}

#[test]
fn only_names_that_can_change_are_recorded() {
    let schema = "{type: object, properties: {state: {type: string, enum: [open, done]}}}";
    let Input { file, bytes } = page("List", "/a", "", "{$ref: '#/components/schemas/Pet'}");
    let mut text = String::from_utf8(bytes).unwrap();
    let components = format!(
        "components: {{schemas: {{Pet: {schema}, pet_kind: {schema}, Option: {schema}}}}}\n````\n"
    );
    text = text.trim_end().trim_end_matches('`').to_owned() + &components;
    let inputs = [Input { file, bytes: text.into() }];
    let names = inspect_pages(&inputs, &Names::default()).summary.names;
    let types: Vec<_> = names.types.iter().map(|(k, v)| format!("{k} = {v}")).collect();
    assert_eq!(
        types,
        [
            "/components/schemas/Option/properties/state = State",
            "/components/schemas/Pet/properties/state = State",
            "/components/schemas/pet_kind/properties/state = State",
            "Option = OptionObject",
            "pet_kind = PetKind",
        ]
    );
    let overrides = "[names.operations]\n\"GET /a\" = \"all\"\n[names.types]\npet_kind = \"Kind\"\n\
                  [names.servers]\n\"https://api.acme.test\" = \"Live\"\n";
    let inspection = try_inspect(&inputs, overrides, &names).unwrap();
    let recorded = &inspection.summary.names;
    assert!(recorded.operations.is_empty() && recorded.servers.is_empty(), "{recorded:?}");
    assert!(!recorded.types.contains_key("pet_kind"), "{recorded:?}");
    assert_eq!(generated_names(&inspection)["pet_kind"], "Kind", "vendor.toml takes precedence");
    assert_eq!(generated_names(&inspection)["GET /a"], "all");
}

#[test]
fn names_of_removed_operations_are_not_recorded() {
    let before = inspect_pages(&[list_page("/a"), list_page("/b")], &Names::default());
    let after = inspect_pages(&[list_page("/a")], &before.summary.names);
    assert!(!after.summary.names.operations.contains_key("GET /b"));
    assert_eq!(
        after.operations[0].name, "get_a",
        "the name is unchanged although the title is now unique"
    );
}

#[test]
fn a_recorded_name_taken_by_an_override_is_reported() {
    let before = inspect_pages(&[list_page("/a"), list_page("/b")], &Names::default());
    let overrides = "[names.operations]\n\"GET /b\" = \"get_a\"\n";
    let after =
        try_inspect(&[list_page("/a"), list_page("/b")], overrides, &before.summary.names).unwrap();
    let messages: Vec<_> = after.report.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(messages, ["`GET /a` was named `get_a` and is now `get_a2`"]);
}

/// Returns the errors with their locations and related locations.
fn located_errors(Diagnostics { sources, report }: &Diagnostics) -> Vec<String> {
    let lines = report.problems.iter().filter(|p| p.severity == Severity::Error).map(|problem| {
        let line = |location: &Location| {
            let position = locate::position(sources, location).expect("a location");
            format!("{}:{}", position.file, position.line)
        };
        let related: Vec<_> = problem.related.iter().map(|(location, _)| line(location)).collect();
        format!("{} {related:?} {}", line(&problem.location), problem.message)
    });
    lines.collect()
}

#[test]
fn one_name_for_two_operations_is_an_error_in_vendor_toml() {
    let overrides = "[names.operations]\n\"GET /a\" = \"all\"\n\"GET /b\" = \"All\"\n";
    let diagnostics =
        try_inspect(&[list_page("/a"), list_page("/b")], overrides, &Names::default()).unwrap_err();
    assert_eq!(
        located_errors(&diagnostics),
        [
            r#"specs/acme/vendor.toml:3 ["specs/acme/vendor.toml:2"] `all` is the name of two operations"#
        ]
    );
}

#[test]
fn a_name_for_an_unknown_key_is_an_error_in_vendor_toml() {
    let overrides = "[names.operations]\n\"GET /z\" = \"all\"\n\n[names.types]\nPet = \"Dog\"\n\
                [names.servers]\n\"https://x.test\" = \"X\"\n";
    let vendor = vendor(&[list_page("/a")], overrides, &Names::default());
    let diagnostics = inspect(&Vendor { strict: true, ..vendor }).unwrap_err();
    assert_eq!(
        located_errors(&diagnostics),
        [
            "specs/acme/vendor.toml:2 [] `GET /z` does not name any of the generated operations",
            "specs/acme/vendor.toml:5 [] `Pet` does not name any of the generated types",
            "specs/acme/vendor.toml:7 [] `https://x.test` does not name any of the generated servers",
        ]
    );
}

#[test]
fn invalid_recorded_names_are_ignored() {
    let mut recorded = Names::default();
    for (key, name) in [("GET /a", "NotSnake"), ("GET /b", "../x"), ("GET /c", "new")] {
        recorded.operations.insert(key.to_owned(), name.to_owned());
    }
    let key = "/paths/~1a/get/responses/200/content/application~1json/schema";
    recorded.types.insert(key.to_owned(), "a b".to_owned());
    let inspection = inspect_pages(&[list_page("/a"), list_page("/b"), list_page("/c")], &recorded);
    let names: Vec<_> = inspection.operations.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["get_a", "get_b", "get_c"]);
    assert_ne!(generated_names(&inspection)[key], "a b");
}

/// Adds the pages of real vendors a few at a time.
#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn names_are_unchanged_when_pages_of_real_vendors_are_added() {
    let folder = crate::corpus::folder().join("pages");
    let mut vendors: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    for form in ["a", "b", "a-synth/mesh-integration", "b-synth/mesh-integration"] {
        for entry in std::fs::read_dir(folder.join(form)).unwrap() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let vendor = if form.contains('/') { "" } else { file.split('-').next().unwrap() };
            let bytes = std::fs::read(&path).unwrap();
            vendors.entry(format!("{form} {vendor}")).or_default().push(Input { file, bytes });
        }
    }
    let mut checked = 0;
    for (vendor, mut pages) in vendors.into_iter().filter(|(_, pages)| pages.len() > 2) {
        // An arbitrary order, independent of the names.
        pages.sort_by_key(|page| {
            page.bytes.iter().fold(7_u32, |n, b| n.wrapping_mul(31) + u32::from(*b))
        });
        let (mut recorded, mut previous) = (Names::default(), BTreeMap::new());
        let step = pages.len().div_ceil(4).max(1);
        for count in (step..=pages.len()).step_by(step) {
            let Ok(inspection) = try_inspect(&pages[..count], "", &recorded) else { continue };
            let current = generated_names(&inspection);
            assert_unchanged(&previous, &current, &format!("{vendor}: {count} pages"));
            checked += previous.keys().filter(|key| current.contains_key(*key)).count();
            previous = current;
            recorded = inspection.summary.names;
        }
    }
    println!("{checked} names compared");
    assert!(checked > 500, "{checked}");
}

/// Returns a page with an operation that sends a body with the property `kind`, and requires the
/// parameter `mode`. Both allow these values.
fn page_with_constants(values: &str) -> Input {
    let entries = format!(
        "      parameters: [{{name: mode, in: query, required: true, schema: {{type: string, enum: {values}}}}}]\n"
    );
    let kind = format!(
        "{{type: object, required: [kind], properties: {{kind: {{type: string, enum: {values}}}}}}}"
    );
    page("List", "/list", &entries, &kind)
}

#[test]
fn a_constant_stays_the_default_if_another_value_is_allowed_later() {
    let constants = |values: &str, recorded: &Names| {
        let names = inspect_pages(&[page_with_constants(values)], recorded).summary.names;
        names.constants.values().cloned().collect::<Vec<_>>()
    };
    let names = inspect_pages(&[page_with_constants("[a]")], &Names::default()).summary.names;
    assert_eq!(names.constants.len(), 2, "{names:?}");
    assert_eq!(constants("[a]", &names), ["a", "a"]);
    assert_eq!(constants("[b, a]", &names), ["a", "a"]);
    assert_eq!(constants("[b, c]", &names), [""; 0], "the server no longer accepts the value");
    assert_eq!(constants("[b]", &names), ["b", "b"]);
    assert_eq!(constants("[b, a]", &Names::default()), [""; 0]);
}

#[test]
fn a_constant_of_a_merged_type_stays_the_default_if_its_first_use_is_new() {
    let sends = |title: &str, path: &str, values: &str| {
        let entry = format!(
            "{{type: object, required: [kind], properties: {{amount: {{type: integer}}, kind: {{type: string, enum: {values}}}}}}}"
        );
        page(title, path, "", &entry)
    };
    let pages = [sends("Middle", "/m", "[a]"), sends("Last", "/z", "[a]")];
    let names = inspect_pages(&pages, &Names::default()).summary.names;
    assert_eq!(names.constants.len(), 2, "one for each schema: {names:?}");

    let pages = [("First", "/a"), ("Middle", "/m"), ("Last", "/z")];
    let pages = pages.map(|(title, path)| sends(title, path, "[b, a]"));
    let names = inspect_pages(&pages, &names).summary.names;
    assert_eq!(names.constants.values().collect::<Vec<_>>(), ["a"; 3]);
}
