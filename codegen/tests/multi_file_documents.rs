//! A description in several files gives what it gives in one.

use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, files_beside, generate_crate};

const WHOLE: &str = "
openapi: 3.0.3
info: {title: Acme, version: '1'}
paths:
  /pets:
    parameters:
      - {$ref: '#/components/parameters/Limit'}
    get:
      operationId: list pets
      responses:
        '200': {description: Pets, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
        default: {$ref: '#/components/responses/Failure'}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
  responses:
    Failure: {description: It failed, content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/cat', dog: '#/components/schemas/Dog'}}
    Dog: {type: object, properties: {kind: {type: string}, friends: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    cat: {type: object, properties: {kind: {type: string}, mother: {$ref: '#/components/schemas/cat'}}}
    Problem: {type: object, required: [code], properties: {code: {type: string}, pet: {$ref: '#/components/schemas/Pet'}}}
";

const PARTS: [(&str, &str); 6] = [
    (
        "acme/api.yaml",
        "
openapi: 3.0.3
info: {title: Acme, version: '1'}
paths:
  /pets: {$ref: paths/pets.yaml}
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
  responses: {$ref: 'responses.json'}
  schemas:
    Pet: {$ref: ./schemas/pet.yaml#/animals/pet}
    Dog: {$ref: 'schemas/pet.yaml#/animals/Dog'}
",
    ),
    (
        "acme/paths/pets.yaml",
        "
parameters:
  - {$ref: '../api.yaml#/components/parameters/Limit'}
get:
  operationId: list pets
  responses:
    '200': {description: Pets, content: {application/json: {schema: {type: array, items: {$ref: '../schemas/pet.yaml#/animals/pet'}}}}}
    default: {$ref: '../responses.json#/Failure'}
",
    ),
    (
        "acme/responses.json",
        r#"{"Failure": {"description": "It failed", "content": {"application/json": {"schema": {"$ref": "schemas/Problem.yaml"}}}}}"#,
    ),
    (
        "acme/schemas/pet.yaml",
        "
animals:
  pet:
    oneOf: [{$ref: cat.yaml}, {$ref: '#/animals/Dog'}]
    discriminator: {propertyName: kind, mapping: {cat: cat.yaml, dog: '#/animals/Dog'}}
  Dog: {type: object, properties: {kind: {type: string}, friends: {type: array, items: {$ref: '#/animals/pet'}}}}
",
    ),
    (
        "acme/schemas/cat.yaml",
        "{type: object, properties: {kind: {type: string}, mother: {$ref: '#'}}}\n",
    ),
    (
        "acme/schemas/Problem.yaml",
        "{type: object, required: [code], properties: {code: {type: string}, pet: {$ref: ../api.yaml#/components/schemas/Pet}}}\n",
    ),
];

fn input((file, text): &(&str, &str)) -> Input {
    Input { file: (*file).to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The crate's texts, or the problems.
fn generate(inputs: Vec<Input>, beside: Vec<Input>) -> Result<Vec<(String, String)>, String> {
    let vendor = Vendor { name: "acme".into(), inputs, beside, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    let options = CrateOptions { name: "acme".into(), runtime, example: false };
    match generate_crate(&vendor, &options) {
        Ok(output) => Ok(output.files.0.into_iter().collect()),
        Err(report) => Err(docwright::source::render::render(&report, false)),
    }
}

#[test]
fn in_a_folder_and_named_one_by_one() {
    let whole = generate(vec![input(&("acme/api.yaml", WHOLE))], Vec::new()).unwrap();
    let parts: Vec<Input> = PARTS.iter().map(input).collect();
    assert_eq!(generate(parts.clone(), Vec::new()).unwrap(), whole, "all given");
    let (first, rest) = parts.split_first().unwrap();
    assert_eq!(generate(vec![first.clone()], rest.to_vec()).unwrap(), whole, "one given");
}

#[test]
fn each_file_tells_what_it_refers_to() {
    let named = |part: &(&str, &str)| files_beside(&input(part)).into_iter().collect::<Vec<_>>();
    let first = ["acme/paths/pets.yaml", "acme/responses.json", "acme/schemas/pet.yaml"];
    assert_eq!(named(&PARTS[0]), first);
    assert_eq!(named(&PARTS[4]), [""; 0]);
    assert_eq!(named(&PARTS[5]), ["acme/api.yaml"]);
    for (text, files) in [
        ("a: {$ref: b.YAML}", &["b.YAML"][..]),
        ("{\"a\": {\"$ref\": \"b\\u002ejson#/c\"}}", &["b.json"]),
        ("a:\n  $ref:\n    my file.yml", &["my file.yml"]),
        ("a: {mapping: {x: 'd/e.json#/f'}}", &["d/e.json"]),
        ("a: see https://x.example/b.json or /c.json or a.jsonl", &[]),
    ] {
        assert_eq!(named(&("a.yaml", text)), files, "{text}");
    }
}

#[test]
fn what_is_not_there_is_said_where_it_is_named() {
    let vendor = Vendor {
        strict: true,
        inputs: vec![input(&PARTS[0]), input(&PARTS[1])],
        ..Vendor::default()
    };
    let options = CrateOptions {
        name: "acme".into(),
        runtime: RuntimeDependency::Version("1".into()),
        example: false,
    };
    let report = generate_crate(&vendor, &options).unwrap_err();
    let text = docwright::source::render::render(&report, false);
    assert!(text.contains("`./schemas/pet.yaml#/animals/pet` is not in this document"), "{text}");
    assert!(text.contains("acme/api.yaml:9:"), "{text}");
    assert!(text.contains("acme/paths/pets.yaml:7:"), "{text}");
}

#[test]
fn files_that_only_refer_to_each_other_end() {
    let circle = [
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {$ref: a.yaml}}\ncomponents: {schemas: {A: {$ref: a.yaml}}}\n",
        ),
        ("a.yaml", "{$ref: b.yaml}\n"),
        ("b.yaml", "{$ref: a.yaml}\n"),
    ];
    assert!(generate(circle.iter().map(input).collect(), Vec::new()).is_err());
}
