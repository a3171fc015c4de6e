//! Types that are equal up to the types of some of their parts: instances of a generic type.

use docwright::{
    CrateOptions, Input, Inspection, Manifest, Names, RuntimeDependency, Vendor, generate_crate,
    inspect,
};

use crate::lowering::fixture;

/// Returns a document with these components, and an operation that responds with each of them and
/// takes each of `sent`.
fn document(components: &[(&str, String)], sent: &[&str]) -> String {
    let reference = |name: &str| {
        format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}")
    };
    let operation = |(name, _): &(&str, String)| {
        let responses = format!("{{'200': {{description: OK, content: {}}}}}", reference(name));
        let body = format!("requestBody: {{content: {}}}, ", reference(name));
        let body = if sent.contains(name) { body } else { String::new() };
        format!("/{name}: {{post: {{{body}responses: {responses}}}}}")
    };
    let paths: Vec<String> = components.iter().map(operation).collect();
    let schemas: Vec<String> =
        components.iter().map(|(name, schema)| format!("{name}: {schema}")).collect();
    let (paths, schemas) = (paths.join(", "), schemas.join(", "));
    fixture::with_required_keys(&format!(
        "paths: {{{paths}}}\ncomponents: {{schemas: {{{schemas}}}}}"
    ))
}

fn list(items: &str, others: &str) -> String {
    let data = format!("data: {{type: array, items: {items}}}");
    format!("{{type: object, required: [data], properties: {{{data}, {others}}}}}")
}

fn vendor(document: &str, toml: &str, recorded: &Names) -> Vendor {
    Vendor {
        name: "acme".into(),
        inputs: vec![Input { file: "acme.yaml".into(), bytes: document.into() }],
        manifest: Manifest::parse("vendor.toml", toml).unwrap(),
        recorded: recorded.clone(),
        ..Vendor::default()
    }
}

fn inspected(document: &str, toml: &str, recorded: &Names) -> Inspection {
    match inspect(&vendor(document, toml, recorded)) {
        Ok(inspection) => inspection,
        Err(diagnostics) => panic!("{}", diagnostics.render(false)),
    }
}

/// Returns the aliases of instances in the generated code.
fn aliases(document: &str, toml: &str, recorded: &Names) -> Vec<String> {
    let runtime = RuntimeDependency::Version("1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    let output = generate_crate(&vendor(document, toml, recorded), &options).unwrap();
    let lines = output.files.0.values().flat_map(|text| text.lines());
    let aliases = lines.filter_map(|line| line.strip_prefix("pub type ")).map(str::to_owned);
    aliases.filter(|line| line.contains(" = ") && !line.contains("Error")).collect()
}

const MORE: &str = "more: {type: boolean}";

fn three_lists() -> Vec<(&'static str, String)> {
    let items =
        [("Ids", "{type: string}"), ("Sizes", "{type: integer}"), ("Flags", "{type: boolean}")];
    items.map(|(name, items)| (name, list(items, MORE))).to_vec()
}

#[test]
fn lists_that_differ_in_their_items_are_one_generic_type() {
    let found = aliases(&document(&three_lists(), &[]), "", &Names::default());
    assert_eq!(found, ["Flags = List<bool>;", "Ids = List<String>;", "Sizes = List<i64>;"]);
}

#[test]
fn lists_that_differ_in_anything_else_stay_separate() {
    for others in [
        "more: {type: string}",
        "more: {type: boolean, nullable: true}",
        "more: {type: boolean}, next: {type: string}",
        "total: {type: boolean}",
    ] {
        let mut lists = three_lists();
        lists[0].1 = list("{type: string}", others);
        assert_eq!(aliases(&document(&lists, &[]), "", &Names::default()), [""; 0], "{others}");
    }
}

#[test]
fn limits_of_values_that_are_sent_are_part_of_the_meaning() {
    let mut lists = three_lists();
    lists[0].1 =
        list("{type: string}", "more: {type: boolean}, next_page: {type: string, maxLength: 3}");
    for (name, schema) in &mut lists[1..] {
        let items = if *name == "Sizes" { "{type: integer}" } else { "{type: boolean}" };
        *schema = list(items, "more: {type: boolean}, next_page: {type: string}");
    }
    assert_eq!(aliases(&document(&lists, &[]), "", &Names::default()).len(), 3);
    assert_eq!(aliases(&document(&lists, &["Ids"]), "", &Names::default()), [""; 0]);
}

#[test]
fn an_object_with_an_array_that_nothing_describes_is_no_list() {
    let mut lists = three_lists();
    for (_, schema) in &mut lists {
        *schema = schema.replace("more:", "currency:");
    }
    assert_eq!(aliases(&document(&lists, &[]), "", &Names::default()), [""; 0]);
}

#[test]
fn two_components_with_the_same_items_stay_two_types() {
    let mut lists = three_lists();
    lists.push(("Words", list("{type: string}", MORE)));
    let found = aliases(&document(&lists, &[]), "", &Names::default());
    assert_eq!(found, ["Flags = List<bool>;", "Ids = List<String>;", "Sizes = List<i64>;"]);
}

#[test]
fn vendor_toml_rejects_instances() {
    let document = document(&three_lists(), &[]);
    let rejected = "generics = {exclude = [\"*\"]}";
    assert_eq!(aliases(&document, rejected, &Names::default()), [""; 0]);
    let unknown = inspected(&document, "generics = {exclude = [\"Nothing\"]}", &Names::default());
    let messages: Vec<&str> = unknown.report.problems.iter().map(|it| &*it.message).collect();
    assert_eq!(messages, ["`Nothing` has no effect: it matches no type"]);
}

#[test]
fn an_instance_of_an_earlier_run_stays_one() {
    let lists = three_lists();
    let first = inspected(&document(&lists, &[]), "", &Names::default()).summary.names;
    assert_eq!(first.generics["Ids"], "List");
    let after = aliases(&document(&lists[..1], &[]), "", &first);
    assert_eq!(after, ["Ids = List<String>;"]);
}

/// Returns three objects, and three values that are the id of one or the whole.
fn expandables() -> Vec<(&'static str, String)> {
    let object = |field: &str| {
        format!(
            "{{type: object, required: [id], properties: {{id: {{type: string}}, {field}: {{type: string}}}}}}"
        )
    };
    let or_id = |name: &str| {
        format!("{{oneOf: [{{type: string}}, {{$ref: '#/components/schemas/{name}'}}]}}")
    };
    vec![
        ("A", object("a")),
        ("B", object("b")),
        ("C", object("c")),
        ("AnyA", or_id("A")),
        ("AnyB", or_id("B")),
        ("AnyC", or_id("C")),
    ]
}

#[test]
fn an_id_or_its_object_is_expandable_only_if_it_is_received() {
    let received = aliases(&document(&expandables(), &[]), "", &Names::default());
    assert_eq!(
        received,
        ["AnyA = Expandable<A>;", "AnyB = Expandable<B>;", "AnyC = Expandable<C>;"]
    );
    let sent = aliases(&document(&expandables(), &["AnyA", "AnyB", "AnyC"]), "", &Names::default());
    assert_eq!(sent, ["AnyA = StringOr<A>;", "AnyB = StringOr<B>;", "AnyC = StringOr<C>;"]);
}

#[test]
fn a_third_union_does_not_rename_the_variants_of_two() {
    let mut components = expandables();
    let third = components.pop().unwrap();
    let first = inspected(&document(&components, &[]), "", &Names::default()).summary.names;
    components.push(third);
    assert_eq!(aliases(&document(&components, &[]), "", &first), [""; 0]);
}

#[test]
fn an_alias_never_stands_for_itself() {
    let mut lists = three_lists();
    lists[0].1 = list("{$ref: '#/components/schemas/Ids'}", MORE);
    lists.push(("Days", list("{type: string, format: date}", MORE)));
    let found = aliases(&document(&lists, &[]), "", &Names::default());
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|line| !line.starts_with("Ids")), "{found:?}");
}
