//! Tests of `docwright generate`.

use std::fs;

use super::folder::Folder;
use super::{CommandResult, docwright};

fn generate(rest: &[&str]) -> CommandResult {
    docwright(&[&["generate"], rest].concat())
}

/// Returns the path of a page of the repository.
fn page() -> String {
    let path = docwright_tests::root().join("specs/orum/request-access-token.md");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_page_becomes_a_crate_and_a_second_run_changes_nothing() {
    let folder = Folder::new();
    let out = folder.text_path("My Client");
    generate(&[&page(), "--out", &out]).exits(0).prints("1 operation").prints("0 removed");
    assert!(folder.read("My Client/Cargo.toml").contains("name = \"my-client\""));
    assert!(folder.contains("My Client/src/lib.rs"));
    let before = folder.snapshot("My Client");
    generate(&[&page(), "--out", &out]).exits(0).prints("0 files written");
    assert_eq!(folder.snapshot("My Client"), before, "files or modification times changed");
}

#[test]
fn the_manifest_has_the_name_and_runtime_of_the_command_line() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out, "--name", "acme-pay"]).exits(0);
    let manifest: toml::Table = folder.read("crate/Cargo.toml").parse().expect("TOML");
    assert_eq!(manifest["package"]["name"].as_str(), Some("acme-pay"));
    let runtime = |source: &str| {
        generate(&[&page(), "--out", &out, "--runtime", source]).exits(0);
        let manifest: toml::Table = folder.read("crate/Cargo.toml").parse().expect("TOML");
        // The name of an earlier run stays.
        assert_eq!(manifest["package"]["name"].as_str(), Some("acme-pay"));
        manifest["dependencies"]["docwright-runtime"].clone()
    };
    let string = toml::Value::from;
    assert_eq!(runtime("vendored")["path"], string("../docwright-runtime"));
    assert!(folder.contains("docwright-runtime/src/lib.rs"));
    assert_eq!(runtime("registry")["version"], string(env!("CARGO_PKG_VERSION")));
    assert_eq!(runtime("git=https://acme.test/x#v1")["rev"], string("v1"));
    assert!(runtime("git")["git"].as_str().is_some_and(|url| url.starts_with("https://")));
    let own = format!("path={}", docwright_tests::root().join("runtime").display());
    let path = runtime(&own)["path"].as_str().map(|path| folder.path("crate").join(path));
    assert!(path.is_some_and(|path| path.join("Cargo.toml").is_file()));
}

#[test]
fn no_folder_is_created_if_there_are_errors() {
    let folder = Folder::new();
    folder.write("page.md", "# A page without an OpenAPI block\n");
    folder.write("other.md", "# Another one\n");
    let (one, two, out) =
        (folder.text_path("page.md"), folder.text_path("other.md"), folder.text_path("a/b"));
    generate(&[&one, &two, "--out", &out]).exits(1).warns(&one).warns(&two).prints("");
    assert!(!folder.contains("a"));
}

#[test]
fn an_existing_crate_is_not_changed_if_there_are_errors() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out]).exits(0);
    let before = folder.snapshot("crate");
    folder.write("page.md", "# A page without an OpenAPI block\n");
    generate(&[&folder.text_path("page.md"), "--out", &out]).exits(1);
    assert_eq!(folder.snapshot("crate"), before);
}

#[test]
fn a_document_without_operations_is_an_error() {
    let folder = Folder::new();
    folder.write("api.yaml", "openapi: 3.0.3\ninfo:\n  title: A\n  version: '1'\npaths: {}\n");
    let out = folder.text_path("crate");
    generate(&[&folder.text_path("api.yaml"), "--out", &out]).exits(1).warns("no operation");
    assert!(!folder.contains("crate"));
}

#[test]
fn invalid_arguments_have_their_own_exit_status() {
    let folder = Folder::new();
    folder.write("file", "x");
    folder.write("empty/notes.txt", "x");
    let (out, file) = (folder.text_path("crate"), folder.text_path("file"));
    let (missing, empty) = (folder.text_path("nothing.md"), folder.text_path("empty"));
    let page = page();
    let command_lines: [&[&str]; 9] = [
        &[],
        &[&page],
        &["--out", &out],
        &[&missing, "--out", &out],
        &[&empty, "--out", &out],
        &[&page, "--out", &file],
        &[&page, "--out", &out, "--name", "2 words"],
        &[&page, "--out", &out, "--runtime", &format!("path={empty}")],
        &[&page, "--out", &out, "--manifest", &missing],
    ];
    for command_line in command_lines {
        let result = generate(command_line).exits(2);
        assert!(result.err.contains("error"), "{result:?}");
        assert!(!folder.contains("crate"), "{command_line:?}");
    }
    docwright(&["--version"]).exits(0);
    docwright(&[]).exits(2);
}

#[test]
fn a_folder_includes_its_pages_and_its_vendor_toml() {
    let folder = Folder::with_specs();
    let (specs, out) = (folder.text_path("specs/orum"), folder.text_path("crate"));
    generate(&[&specs, "--out", &out]).exits(0);
    let first = folder.snapshot("crate/src");
    let page = folder.text_path("specs/orum/request-access-token.md");
    // A page that is given twice is read once. Only the recorded inputs change.
    generate(&[&specs, &page, "--out", &out]).exits(0).prints("1 file written");
    let manifest = folder.text_path("specs/orum/vendor.toml");
    generate(&[&page, "--manifest", &manifest, "--out", &out]).exits(0).prints("1 file written");
    assert_eq!(folder.snapshot("crate/src"), first);
    folder.write("specs/orum/vendor.toml", "secret = 1\n");
    generate(&[&specs, "--out", &out]).exits(1).warns("vendor.toml:1:1");
    let mesh = folder.text_path("specs/mesh");
    generate(&[&specs, &mesh, "--out", &out]).exits(2).warns("--manifest");
}

#[test]
fn other_files_in_the_folder_are_kept() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out]).exits(0);
    let generated = "// @generated by `docwright generate`. Do not edit.\npub struct Old;\n";
    for path in ["crate/src/mine.rs", "crate/Cargo.lock", "crate/notes/todo.txt"] {
        folder.write(path, "# This file is automatically @generated by Cargo.\n");
    }
    // Generated, but outside the folders of this crate's files.
    for path in ["crate/target/old.rs", "crate/.git/old.rs", "crate/other/src/lib.rs"] {
        folder.write(path, generated);
    }
    folder.write("crate/other/Cargo.toml", "[package]\n");
    folder.write("crate/src/gone/old.rs", generated);
    let kept = folder.snapshot("crate").len() - 1;
    generate(&[&page(), "--out", &out]).exits(0).prints("0 files written").prints("1 removed");
    assert!(!folder.contains("crate/src/gone"));
    assert_eq!(folder.snapshot("crate").len(), kept);
}

#[test]
fn a_file_that_is_not_generated_is_never_replaced() {
    for path in ["crate/src/lib.rs", "crate/Cargo.toml", "crate/src", "crate/src/lib.rs/x"] {
        let folder = Folder::new();
        folder.write(path, "mine");
        let before = folder.snapshot("crate");
        let out = folder.text_path("crate");
        generate(&[&page(), "--out", &out]).exits(1).warns("crate");
        assert_eq!(folder.snapshot("crate"), before, "{path}");
    }
}

#[test]
#[cfg(unix)]
fn written_files_have_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.write("plain", "x");
    generate(&[&page(), "--out", &folder.text_path("crate")]).exits(0);
    let mode =
        |path: &str| fs::metadata(folder.path(path)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode("crate/src/lib.rs"), mode("plain"));
}

#[test]
fn problems_can_be_printed_as_json() {
    let folder = Folder::new();
    folder.write("page.md", "# A page without an OpenAPI block\n");
    let (page, out) = (folder.text_path("page.md"), folder.text_path("crate"));
    let result = generate(&[&page, "--out", &out, "--format", "json"]).exits(1);
    let json = serde_json::from_str::<serde_json::Value>(&result.out).expect("JSON");
    assert!(json["problems"][0]["message"].is_string(), "{json}");
    generate(&[&page, "--out", &out, "--format", "xml"]).exits(2);
}

#[test]
fn the_command_of_the_readme_works() {
    let root = docwright_tests::root();
    let readme = fs::read_to_string(root.join("README.md")).expect("a README");
    let command =
        readme.lines().find_map(|line| line.split_once("-- generate ")).expect("a command").1;
    let folder = Folder::new();
    let mut rest: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    for argument in &mut rest {
        // The paths are relative to the repository's root folder.
        if argument.starts_with("../") {
            *argument = folder.text_path("crate");
        } else if root.join(argument.as_str()).exists() {
            *argument = root.join(argument.as_str()).to_str().expect("UTF-8").to_owned();
        }
    }
    generate(&rest.iter().map(String::as_str).collect::<Vec<_>>()).exits(0).prints("1 operation");
    assert!(folder.read("crate/Cargo.toml").contains("my-client"));
}

#[test]
fn recorded_names_beside_the_manifest_are_used() {
    let folder = Folder::with_specs();
    let record = folder.read("specs/orum/names.toml");
    let record = record.replace("\"post_oauth_token\"", "\"fetch_token\"");
    folder.write("specs/orum/names.toml", &record);
    let page = folder.text_path("specs/orum/request-access-token.md");
    let manifest = folder.text_path("specs/orum/vendor.toml");
    generate(&[&page, "--manifest", &manifest, "--out", &folder.text_path("kept")]).exits(0);
    assert!(folder.read("kept/src/operations.rs").contains("fn fetch_token"));
    generate(&[&page, "--out", &folder.text_path("fresh")]).exits(0);
    assert!(folder.read("fresh/src/operations.rs").contains("fn post_oauth_token"));
}

#[test]
fn conflicting_pages_are_a_warning_with_the_page_that_is_used() {
    let folder = Folder::new();
    let page = |status: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\nservers: [{{url: https://a.test}}]\n\
             paths: {{/a: {{get: {{operationId: a, responses: {{'{status}': {{description: ok}}}}}}}}}}\n"
        )
    };
    folder.write("pages/a--2026-08-22.yaml", &page("200"));
    folder.write("pages/b.yaml", &page("201"));
    let out = folder.text_path("crate");
    generate(&[&folder.text_path("pages"), "--out", &out])
        .exits(0)
        .warns("warning: `GET /a` has conflicting definitions; the one in `")
        .warns("pages/a--2026-08-22.yaml` takes precedence because its date is later")
        .warns("operation = \"GET /a\"");
}

#[test]
fn referenced_files_are_read_only_from_the_folder_of_the_document() {
    let folder = Folder::new();
    let document = |schema: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: get pet\n      \
             responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{$ref: {schema}}}}}}}}}}}\n"
        )
    };
    folder.write("api/pets.yaml", &document("'schemas/pet.yaml'"));
    folder.write("api/schemas/pet.yaml", "{type: object, properties: {chip: {type: integer}}}\n");
    folder.write("secret.yaml", "password: hunter2\n");
    let (input, out) = (folder.text_path("api/pets.yaml"), folder.text_path("crate"));
    generate(&[&input, "--out", &out]).exits(0).prints("1 operation");
    assert!(folder.read("crate/src/types.rs").contains("pub chip: Option<i64>"));
    folder.write("api/pets.yaml", &document("'../secret.yaml'"));
    generate(&[&input, "--out", &out])
        .warns("the reference `../secret.yaml` cannot be resolved")
        .warns("in its folder or below")
        .omits("hunter2");
}
