//! What is read from several input files: overlays, documents of unrelated APIs, and files of which
//! nothing is used.

use docwright::source::Diagnostics;
use docwright::{Input, LoadedApi, Sources, Vendor, load_api};

const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.pets.test/v1'}]
paths:
  /pets:
    get:
      operationId: list pets
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, properties: {id: {type: string}}}
";

const OVERLAY: &str = "overlay: 1.1.0
info: {title: Ids can be null, version: '1'}
extends: pets.yaml
actions:
- target: $.components.schemas.*.properties.id
  update: {type: [string, 'null']}
- target: $.components.schemas.*.properties.id.type
  update: string
";

fn input(file: &str, text: &str) -> Input {
    Input { file: file.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// Loads an API and returns it with the rendered problems.
fn load(vendor: &Vendor) -> (Option<LoadedApi>, String) {
    let mut diagnostics = Diagnostics { sources: Sources::default(), ..Diagnostics::default() };
    diagnostics.report.strict = vendor.strict;
    let loaded = load_api(vendor, &mut diagnostics.sources, &mut diagnostics.report);
    (loaded, diagnostics.render(false))
}

fn load_inputs(files: &[(&str, &str)]) -> (Option<LoadedApi>, String) {
    let inputs = files.iter().map(|(file, text)| input(file, text)).collect();
    load(&Vendor { inputs, ..Vendor::default() })
}

#[test]
fn an_overlay_is_applied_before_the_document_is_converted() {
    let update = "update: {minLength: 1, description: The id, type: [string, 'null']}";
    let overlay = OVERLAY.replace("  update: {type: [string, 'null']}\n", &format!("  {update}\n"));
    let pets = PETS.replace("type: string", "format: uuid");
    let overlay = overlay.split("- target: $.components.schemas.*.properties.id.type").next();
    let overlay = overlay.expect("an overlay");
    let is_applied = |vendor: &Vendor| {
        let (loaded, problems) = load(vendor);
        assert_eq!(problems, "");
        let loaded = loaded.expect("an API");
        assert_eq!(loaded.pages, 1);
        let id = loaded.openapi.pointer("/components/schemas/Pet/properties/id").expect("a schema");
        id.to_json()
            == serde_json::json!({
                "format": "uuid", "minLength": 1, "description": "The id", "type": "string", "nullable": true,
            })
    };
    let (document, overlay) = (input("a/pets.yaml", &pets), input("a/a.overlay.yaml", overlay));
    let inputs = vec![overlay.clone(), document.clone()];
    assert!(is_applied(&Vendor { inputs, ..Vendor::default() }), "among the input");
    let (inputs, overlay) =
        (vec![document], Some(Input { file: "a/overlay.yaml".into(), ..overlay }));
    assert!(is_applied(&Vendor { inputs, overlay, ..Vendor::default() }), "as overlay.yaml");
}

#[test]
fn problems_of_an_overlay_are_located_in_it() {
    let overlay = OVERLAY.replace("{type: [string, 'null']}", "{maxLenght: 3}");
    let (_, problems) = load_inputs(&[("pets.yaml", PETS), ("pets.overlay.yaml", &overlay)]);
    assert!(problems.contains("unknown key `maxLenght`"), "{problems}");
    assert!(problems.contains("--> pets.overlay.yaml:6:12"), "{problems}");

    let overlay = OVERLAY.replace("schemas.*", "schemas.Cat");
    let files = [("pets.yaml", PETS), ("pets.overlay.yaml", &overlay)];
    let (loaded, problems) = load_inputs(&files);
    assert!(loaded.is_some(), "{problems}");
    assert!(problems.contains("warning: the target `$.components.schemas.Cat"), "{problems}");
    assert!(problems.contains("--> pets.overlay.yaml:5:3"), "{problems}");
    let inputs = files.iter().map(|(file, text)| input(file, text)).collect();
    let (loaded, problems) = load(&Vendor { inputs, strict: true, ..Vendor::default() });
    assert!(loaded.is_none() && problems.contains("error: the target"), "{problems}");
}

/// Returns a document with one operation and these servers.
fn document(path: &str, servers: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\nservers: {servers}\n\
         paths: {{{path}: {{get: {{responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

#[test]
fn documents_without_a_common_server_are_merged_only_on_request() {
    let related = [
        "[{url: 'https://api.acme.test/v1'}]",
        "[{url: 'https://API.acme.test:443/v2'}, {url: 'https://sandbox.acme.test'}]",
        "[{url: 'https://{env}.acme.test', variables: {env: {default: sandbox}}}]",
        "[{url: /v1}]",
        "[]",
    ];
    let unrelated = "[{url: 'https://api.other.test/v1'}]";
    let load = |servers: &[&str], merge_unrelated| {
        let documents = servers.iter().enumerate().map(|(index, servers)| {
            input(&format!("{index}.yaml"), &document(&format!("/{index}"), servers))
        });
        load(&Vendor { inputs: documents.collect(), merge_unrelated, ..Vendor::default() })
    };
    let (loaded, problems) = load(&related, false);
    assert_eq!(loaded.map(|it| it.api.operations.len()), Some(5), "{problems}");
    // The second document relates the first to the third, whatever the order.
    let reordered = [related[0], related[2], related[1]];
    assert!(load(&reordered, false).0.is_some());
    let all = [&related[..], &[unrelated]].concat();
    let (loaded, problems) = load(&all, false);
    assert!(loaded.is_none());
    assert!(problems.contains("`5.yaml` and `0.yaml` have no server in common"), "{problems}");
    assert!(problems.contains("--> 5.yaml:3:") && problems.contains("0.yaml:3:"), "{problems}");
    assert_eq!(problems.matches("error: ").count(), 1, "{problems}");
    assert_eq!(load(&all, true).0.map(|it| it.api.operations.len()), Some(6));
}

#[test]
fn documents_of_one_page_are_related() {
    let block = |host: &str| {
        let servers = format!("[{{url: 'https://{host}'}}]");
        format!("```yaml\n{}\n```\n", document(&format!("/{host}"), &servers))
    };
    let page = format!("# Files\n\n{}\n{}", block("api.acme.test"), block("files.test"));
    let (loaded, problems) = load_inputs(&[("files.md", &page)]);
    assert_eq!(loaded.map(|it| it.api.operations.len()), Some(2), "{problems}");
}

#[test]
fn every_file_of_which_nothing_is_used_is_named() {
    let empty = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\npaths: {}\n";
    let (_, problems) =
        load_inputs(&[("copy.yaml", PETS), ("empty.yaml", empty), ("pets.yaml", PETS)]);
    assert_eq!(
        problems.matches("the client contains nothing of this document").count(),
        2,
        "{problems}"
    );
    assert!(problems.contains("warning: the client contains nothing of this document: it has"));
    assert!(problems.contains("--> empty.yaml"), "{problems}");
    assert!(problems.contains("note: the client contains nothing of this document: others"));
    assert!(problems.contains("--> pets.yaml") || problems.contains("--> copy.yaml"), "{problems}");
}
