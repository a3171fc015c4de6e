//! A document split into several files generates the same code as in one file.

use docwright::{CrateOptions, Input, RuntimeDependency, Vendor, generate_crate, referenced_files};

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

/// Generates a crate and returns its files, or the rendered problems.
fn generate(inputs: Vec<Input>, referenced: Vec<Input>) -> Result<Vec<(String, String)>, String> {
    let vendor = Vendor { name: "acme".into(), inputs, referenced, ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".into());
    let options = CrateOptions { name: "acme".into(), runtime, example: false };
    match generate_crate(&vendor, &options) {
        Ok(output) => Ok(output.files.0.into_iter().collect()),
        Err(diagnostics) => Err(diagnostics.render(false)),
    }
}

#[test]
fn split_files_generate_the_same_code_as_one_file() {
    let expected = generate(vec![input(&("acme/api.yaml", WHOLE))], Vec::new()).unwrap();
    let parts: Vec<Input> = PARTS.iter().map(input).collect();
    assert_eq!(generate(parts.clone(), Vec::new()).unwrap(), expected, "all files are inputs");
    let (first, rest) = parts.split_first().unwrap();
    assert_eq!(
        generate(vec![first.clone()], rest.to_vec()).unwrap(),
        expected,
        "one file is the input"
    );
}

#[test]
fn referenced_files_are_found_in_the_text() {
    let references =
        |part: &(&str, &str)| referenced_files(&input(part)).into_iter().collect::<Vec<_>>();
    let first = ["acme/paths/pets.yaml", "acme/responses.json", "acme/schemas/pet.yaml"];
    assert_eq!(references(&PARTS[0]), first);
    assert_eq!(references(&PARTS[4]), [""; 0]);
    assert_eq!(references(&PARTS[5]), ["acme/api.yaml"]);
    for (text, files) in [
        ("a: {$ref: b.YAML}", &["b.YAML"][..]),
        ("{\"a\": {\"$ref\": \"b\\u002ejson#/c\"}}", &["b.json"]),
        ("a:\n  $ref:\n    my file.yml", &["my file.yml"]),
        ("a: {mapping: {x: 'd/e.json#/f'}}", &["d/e.json"]),
        ("a: see https://x.example/b.json or /c.json or a.jsonl", &[]),
    ] {
        assert_eq!(references(&("a.yaml", text)), files, "{text}");
    }
}

#[test]
fn a_missing_file_is_reported_at_each_reference() {
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
    let text = generate_crate(&vendor, &options).unwrap_err().render(false);
    assert!(
        text.contains("the reference `./schemas/pet.yaml#/animals/pet` cannot be resolved"),
        "{text}"
    );
    assert!(text.contains("acme/api.yaml:9:"), "{text}");
    assert!(text.contains("acme/paths/pets.yaml:7:"), "{text}");
}

#[test]
fn circular_references_between_files_terminate() {
    let files = [
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {title: a, version: '1'}\npaths: {/a: {$ref: a.yaml}}\ncomponents: {schemas: {A: {$ref: a.yaml}}}\n",
        ),
        ("a.yaml", "{$ref: b.yaml}\n"),
        ("b.yaml", "{$ref: a.yaml}\n"),
    ];
    assert!(generate(files.iter().map(input).collect(), Vec::new()).is_err());
}
