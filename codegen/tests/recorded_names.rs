//! Names once given stay, whatever page comes next.

use std::collections::BTreeMap;

use docwright::report::{Location, Severity};
use docwright::source::{locate, render};
use docwright::{Input, Inspection, Manifest, Names, Report, Vendor, inspect};

fn input(file: &str, text: &str) -> Input {
    Input { file: format!("specs/acme/{file}"), bytes: text.into() }
}

/// A page with this title about one path, whose response is this schema.
fn page(title: &str, path: &str, more: &str, schema: &str) -> Input {
    let file = format!("{}.md", path.trim_matches('/').replace('/', "-"));
    let text = format!(
        "# {title}\n\n## OpenAPI\n\n````yaml get {path}\nopenapi: 3.0.3\n\
         info: {{title: Acme, version: '1'}}\n\
         servers: [{{url: 'https://api.acme.test'}}]\npaths:\n  {path}:\n    get:\n{more}      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n\
         ````\n"
    );
    input(&file, &text)
}

fn list(path: &str) -> Input {
    let schema = "{type: object, properties: {state: {type: string, enum: [open, done]}}}";
    page("List", path, "", schema)
}

fn run(inputs: &[Input], manifest: &str, recorded: &Names) -> Result<Inspection, Report> {
    let vendor = Vendor {
        name: "acme".into(),
        manifest: Manifest::parse("specs/acme/vendor.toml", manifest).unwrap(),
        inputs: inputs.to_vec(),
        recorded: recorded.clone(),
        ..Vendor::default()
    };
    inspect(&vendor)
}

fn read(inputs: &[Input], recorded: &Names) -> Inspection {
    run(inputs, "", recorded).unwrap_or_else(|report| panic!("{}", render::render(&report, false)))
}

/// Every name, by what it names.
fn given(inspection: &Inspection) -> BTreeMap<String, String> {
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

/// Fails if something that has a name in both has another one.
fn assert_kept(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, when: &str) {
    for (key, name) in before {
        if let Some(now) = after.get(key) {
            assert_eq!(now, name, "{key}, {when}");
        }
    }
}

#[test]
fn a_third_page_of_one_title_does_not_rename_the_first_two() {
    let pages = [list("/b"), list("/c"), list("/a")];
    let first = read(&pages[..1], &Names::default());
    assert_eq!(first.operations[0].name, "list");
    let second = read(&pages[..2], &first.summary.names);
    assert_kept(&given(&first), &given(&second), "with a second page");
    let third = read(&pages, &second.summary.names);
    assert_kept(&given(&second), &given(&third), "with a third page");
    let names: Vec<_> = third.operations.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["get_a", "list", "get_c"]);
    let says: Vec<_> = third.report.problems.iter().map(|p| p.what.as_str()).collect();
    assert_eq!(says, ["3 operations have the title `List`; `GET /a` becomes `get_a`"]);
}

#[test]
fn the_order_of_pages_does_not_matter_where_nothing_was_given_before() {
    let mut pages = [list("/b"), list("/c"), list("/a")];
    let before = given(&read(&pages, &Names::default()));
    pages.reverse();
    assert_eq!(given(&read(&pages, &Names::default())), before);
    assert_eq!(before["GET /a"], "get_a");
}

#[test]
fn without_a_record_another_page_would_rename() {
    let first = given(&read(&[list("/b")], &Names::default()));
    let second = given(&read(&[list("/b"), list("/a")], &Names::default()));
    assert_ne!(first["GET /b"], second["GET /b"], "else the record would be of no use");
}

#[test]
fn ids_that_repeat_and_names_that_follow_from_others_stay() {
    let with_id = |id: &str, path: &str| {
        page("x", path, &format!("      operationId: {id}\n"), "{type: object}")
    };
    let pages = [
        with_id("list", "/m"),
        with_id("list", "/a"),
        with_id("list_error", "/b"),
        with_id("list2", "/c"),
    ];
    let mut before: Option<Inspection> = None;
    for count in 1..=pages.len() {
        let recorded = before.as_ref().map(|b| b.summary.names.clone()).unwrap_or_default();
        let now = read(&pages[..count], &recorded);
        if let Some(before) = &before {
            assert_kept(&given(before), &given(&now), &format!("with page {count}"));
        }
        before = Some(now);
    }
}

#[test]
fn a_parameter_before_another_does_not_take_its_types_name() {
    let parameters = |names: &[&str]| {
        let mut text = "      parameters:\n".to_owned();
        for name in names {
            text += &format!(
                "        - {{name: {name}, in: query, schema: {{type: string, enum: [{name}1, {name}2]}}}}\n"
            );
        }
        page("List", "/a", &text, "{type: object}")
    };
    let before = read(&[parameters(&["state"])], &Names::default());
    let after = read(&[parameters(&["kind", "state"])], &before.summary.names);
    let (before, after) = (given(&before), given(&after));
    let key = "/paths/~1a/get/parameters/query:state/schema";
    assert_eq!(before[key], after[key]);
    assert_ne!(after["/paths/~1a/get/parameters/query:kind/schema"], before[key]);
}

#[test]
fn a_server_of_a_page_that_comes_first_by_name_takes_no_name() {
    let named = |path: &str, url: &str| {
        let Input { file, bytes } = list(path);
        let text = String::from_utf8(bytes).unwrap();
        let server = format!("{{url: '{url}', description: Sandbox}}");
        let text = text.replace("{url: 'https://api.acme.test'}", &server);
        Input { file, bytes: text.into() }
    };
    let old = named("/m", "https://one.acme.test");
    let before = read(std::slice::from_ref(&old), &Names::default());
    let after = read(&[named("/a", "https://two.acme.test"), old], &before.summary.names);
    let url = "https://one.acme.test";
    assert_eq!(given(&before)[url], "Sandbox");
    assert_eq!(given(&after)[url], "Sandbox");
}

#[test]
fn only_what_could_change_is_recorded() {
    let schema = "{type: object, properties: {state: {type: string, enum: [open, done]}}}";
    let Input { file, bytes } = page("List", "/a", "", "{$ref: '#/components/schemas/Pet'}");
    let mut text = String::from_utf8(bytes).unwrap();
    let components = format!(
        "components: {{schemas: {{Pet: {schema}, pet_kind: {schema}, Option: {schema}}}}}\n````\n"
    );
    text = text.trim_end().trim_end_matches('`').to_owned() + &components;
    let inputs = [Input { file, bytes: text.into() }];
    let names = read(&inputs, &Names::default()).summary.names;
    let types: Vec<_> = names.types.iter().map(|(k, v)| format!("{k} = {v}")).collect();
    assert_eq!(
        types,
        [
            "/components/schemas/Option/properties/state = OptionState",
            "/components/schemas/Pet/properties/state = PetState",
            "/components/schemas/pet_kind/properties/state = PetKindState",
            "Option = OptionObject",
            "pet_kind = PetKind",
        ]
    );
    let pinned = "[names.operations]\n\"GET /a\" = \"all\"\n[names.types]\npet_kind = \"Kind\"\n\
                  [names.servers]\n\"https://api.acme.test\" = \"Live\"\n";
    let inspection = run(&inputs, pinned, &names).unwrap();
    let now = &inspection.summary.names;
    assert!(now.operations.is_empty() && now.servers.is_empty(), "{now:?}");
    assert!(!now.types.contains_key("pet_kind"), "{now:?}");
    assert_eq!(given(&inspection)["pet_kind"], "Kind", "vendor.toml goes first");
    assert_eq!(given(&inspection)["GET /a"], "all");
}

#[test]
fn what_is_gone_is_not_recorded_any_more() {
    let before = read(&[list("/a"), list("/b")], &Names::default());
    let after = read(&[list("/a")], &before.summary.names);
    assert!(!after.summary.names.operations.contains_key("GET /b"));
    assert_eq!(after.operations[0].name, "get_a", "the name stays though the title is its own now");
}

#[test]
fn a_name_that_vendor_toml_gives_away_is_told() {
    let before = read(&[list("/a"), list("/b")], &Names::default());
    let pin = "[names.operations]\n\"GET /b\" = \"get_a\"\n";
    let after = run(&[list("/a"), list("/b")], pin, &before.summary.names).unwrap();
    let what: Vec<_> = after.report.problems.iter().map(|p| p.what.as_str()).collect();
    assert_eq!(what, ["`GET /a` was `get_a` so far and is now `get_a2`"]);
}

/// The problems as `severity file:line: what`.
fn located(report: &Report) -> Vec<String> {
    let lines = report.problems.iter().filter(|p| p.severity == Severity::Error).map(|problem| {
        let at = |location: &Location| {
            let position = locate::position(&report.sources, location).expect("a location");
            format!("{}:{}", position.file, position.line)
        };
        let related: Vec<_> = problem.related.iter().map(|(location, _)| at(location)).collect();
        format!("{} {related:?} {}", at(&problem.location), problem.what)
    });
    lines.collect()
}

#[test]
fn one_name_for_two_is_an_error_in_vendor_toml() {
    let pins = "[names.operations]\n\"GET /a\" = \"all\"\n\"GET /b\" = \"All\"\n";
    let report = run(&[list("/a"), list("/b")], pins, &Names::default()).unwrap_err();
    assert_eq!(
        located(&report),
        [
            r#"specs/acme/vendor.toml:3 ["specs/acme/vendor.toml:2"] `all` is the name of two operations"#
        ]
    );
}

#[test]
fn a_name_for_nothing_is_an_error_in_vendor_toml() {
    let pins = "[names.operations]\n\"GET /z\" = \"all\"\n\n[names.types]\nPet = \"Dog\"\n\
                [names.servers]\n\"https://x.test\" = \"X\"\n";
    let report = run(&[list("/a")], pins, &Names::default()).unwrap_err();
    assert_eq!(
        located(&report),
        [
            "specs/acme/vendor.toml:2 [] `GET /z` names none of the operations that are generated",
            "specs/acme/vendor.toml:5 [] `Pet` names none of the types that are generated",
            "specs/acme/vendor.toml:7 [] `https://x.test` names none of the servers that are generated",
        ]
    );
}

#[test]
fn a_record_that_was_written_by_hand_does_no_harm() {
    let mut recorded = Names::default();
    for (key, name) in [("GET /a", "NotSnake"), ("GET /b", "../x"), ("GET /c", "new")] {
        recorded.operations.insert(key.to_owned(), name.to_owned());
    }
    let key = "/paths/~1a/get/responses/200/content/application~1json/schema";
    recorded.types.insert(key.to_owned(), "a b".to_owned());
    let inspection = read(&[list("/a"), list("/b"), list("/c")], &recorded);
    let names: Vec<_> = inspection.operations.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["get_a", "get_b", "get_c"]);
    assert_ne!(given(&inspection)[key], "a b");
}

/// Pages of real vendors, added a few at a time: no name changes.
#[test]
fn names_stay_while_pages_of_real_vendors_are_added() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/pages");
    if !folder.is_dir() {
        return println!("skipped: there is no corpus at {}", folder.display());
    }
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
        // An order that has nothing to do with the names.
        pages.sort_by_key(|page| {
            page.bytes.iter().fold(7_u32, |n, b| n.wrapping_mul(31) + u32::from(*b))
        });
        let (mut recorded, mut before) = (Names::default(), BTreeMap::new());
        let step = pages.len().div_ceil(4).max(1);
        for count in (step..=pages.len()).step_by(step) {
            let Ok(inspection) = run(&pages[..count], "", &recorded) else { continue };
            let now = given(&inspection);
            assert_kept(&before, &now, &format!("{vendor}: {count} pages"));
            checked += before.keys().filter(|key| now.contains_key(*key)).count();
            before = now;
            recorded = inspection.summary.names;
        }
    }
    println!("{checked} names looked at again");
    assert!(checked > 500, "{checked}");
}
