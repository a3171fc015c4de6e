//! `docwright generate`

use std::fs;

use crate::folder::Folder;
use crate::{Ran, arguments, run};

fn generate(rest: &[&str]) -> Ran {
    let rest = [&["generate"], rest].concat();
    run(|console| docwright::cli::run(arguments("docwright", &rest), console))
}

/// A page of the repository.
fn page() -> String {
    let path = docwright_tests::root().join("specs/orum/request-access-token.md");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_page_becomes_a_crate_and_a_second_run_changes_nothing() {
    let folder = Folder::new();
    let out = folder.text_path("My Client");
    generate(&[&page(), "--out", &out]).exits(0).says("1 operation").says("0 removed");
    assert!(folder.read("My Client/Cargo.toml").contains("name = \"my-client\""));
    assert!(folder.holds("My Client/src/lib.rs"));
    let before = folder.snapshot("My Client");
    generate(&[&page(), "--out", &out]).exits(0).says("0 files written");
    assert_eq!(folder.snapshot("My Client"), before, "times included");
}

#[test]
fn the_manifest_says_what_the_command_line_says() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out, "--name", "acme-pay"]).exits(0);
    let manifest: toml::Table = folder.read("crate/Cargo.toml").parse().expect("TOML");
    assert_eq!(manifest["package"]["name"].as_str(), Some("acme-pay"));
    let released = manifest["dependencies"]["docwright-runtime"].clone();
    let version = released.as_str().or_else(|| released["version"].as_str());
    assert!(version.is_some_and(|version| version.starts_with("0.1")), "{released}");

    let runtime = docwright_tests::root().join("runtime");
    let runtime = runtime.to_str().expect("UTF-8");
    generate(&[&page(), "--out", &out, "--runtime-path", runtime]).exits(0);
    let manifest: toml::Table = folder.read("crate/Cargo.toml").parse().expect("TOML");
    let path = manifest["dependencies"]["docwright-runtime"]["path"].as_str();
    let path = path.map(|path| folder.path("crate").join(path));
    assert!(path.is_some_and(|path| path.join("Cargo.toml").is_file()), "{manifest:?}");
}

#[test]
fn problems_leave_no_folder() {
    let folder = Folder::new();
    folder.write("page.md", "# A page without a description\n");
    folder.write("other.md", "# Another one\n");
    let (one, two, out) =
        (folder.text_path("page.md"), folder.text_path("other.md"), folder.text_path("a/b"));
    generate(&[&one, &two, "--out", &out]).exits(1).warns(&one).warns(&two).says("");
    assert!(!folder.holds("a"));
}

#[test]
fn problems_leave_an_older_crate_as_it_was() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out]).exits(0);
    let before = folder.snapshot("crate");
    folder.write("page.md", "# A page without a description\n");
    generate(&[&folder.text_path("page.md"), "--out", &out]).exits(1);
    assert_eq!(folder.snapshot("crate"), before);
}

#[test]
fn a_description_without_operations_is_an_error() {
    let folder = Folder::new();
    folder.write("api.yaml", "openapi: 3.0.3\ninfo:\n  title: A\n  version: '1'\npaths: {}\n");
    let out = folder.text_path("crate");
    generate(&[&folder.text_path("api.yaml"), "--out", &out]).exits(1).warns("no operation");
    assert!(!folder.holds("crate"));
}

#[test]
fn wrong_usage_is_told_from_wrong_input() {
    let folder = Folder::new();
    folder.write("file", "x");
    folder.write("empty/notes.txt", "x");
    let (out, file) = (folder.text_path("crate"), folder.text_path("file"));
    let (nothing, empty) = (folder.text_path("nothing.md"), folder.text_path("empty"));
    let page = page();
    let lines: [&[&str]; 9] = [
        &[],
        &[&page],
        &["--out", &out],
        &[&nothing, "--out", &out],
        &[&empty, "--out", &out],
        &[&page, "--out", &file],
        &[&page, "--out", &out, "--name", "2 words"],
        &[&page, "--out", &out, "--runtime-path", &empty],
        &[&page, "--out", &out, "--manifest", &nothing],
    ];
    for line in lines {
        let ran = generate(line).exits(2);
        assert!(ran.err.contains("error"), "{ran:?}");
        assert!(!folder.holds("crate"), "{line:?}");
    }
    run(|console| docwright::cli::run(arguments("docwright", &["--version"]), console)).exits(0);
    run(|console| docwright::cli::run(arguments("docwright", &[]), console)).exits(2);
}

#[test]
fn a_folder_stands_for_its_pages_and_its_vendor_toml() {
    let folder = Folder::with_specs();
    let (specs, out) = (folder.text_path("specs/orum"), folder.text_path("crate"));
    generate(&[&specs, "--out", &out]).exits(0);
    let first = folder.snapshot("crate");
    let page = folder.text_path("specs/orum/request-access-token.md");
    // A page that is named twice counts once.
    generate(&[&specs, &page, "--out", &out]).exits(0).says("0 files written");
    let manifest = folder.text_path("specs/orum/vendor.toml");
    generate(&[&page, "--manifest", &manifest, "--out", &out]).exits(0).says("0 files written");
    assert_eq!(folder.snapshot("crate"), first);
    folder.write("specs/orum/vendor.toml", "secret = 1\n");
    generate(&[&specs, "--out", &out]).exits(1).warns("vendor.toml:1:1");
    let mesh = folder.text_path("specs/mesh");
    generate(&[&specs, &mesh, "--out", &out]).exits(2).warns("--manifest");
}

#[test]
fn files_of_others_are_kept() {
    let folder = Folder::new();
    let out = folder.text_path("crate");
    generate(&[&page(), "--out", &out]).exits(0);
    let ours = "// @generated by `docwright generate`. Do not edit.\npub struct Old;\n";
    for path in ["crate/src/mine.rs", "crate/Cargo.lock", "crate/notes/todo.txt"] {
        folder.write(path, "# This file is automatically @generated by Cargo.\n");
    }
    // Generated, but not where this crate's files are.
    for path in ["crate/target/old.rs", "crate/.git/old.rs", "crate/other/src/lib.rs"] {
        folder.write(path, ours);
    }
    folder.write("crate/other/Cargo.toml", "[package]\n");
    folder.write("crate/src/gone/old.rs", ours);
    let kept = folder.snapshot("crate").len() - 1;
    generate(&[&page(), "--out", &out]).exits(0).says("0 files written").says("1 removed");
    assert!(!folder.holds("crate/src/gone"));
    assert_eq!(folder.snapshot("crate").len(), kept);
}

#[test]
fn a_file_of_others_is_never_replaced() {
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
fn what_is_written_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.write("plain", "x");
    generate(&[&page(), "--out", &folder.text_path("crate")]).exits(0);
    let mode =
        |path: &str| fs::metadata(folder.path(path)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode("crate/src/lib.rs"), mode("plain"));
}

#[test]
fn problems_are_given_as_json_on_request() {
    let folder = Folder::new();
    folder.write("page.md", "# A page without a description\n");
    let (page, out) = (folder.text_path("page.md"), folder.text_path("crate"));
    let ran = generate(&[&page, "--out", &out, "--message-format", "json"]).exits(1);
    let stream = serde_json::from_str::<serde_json::Value>(&ran.err);
    assert!(stream.is_ok_and(|problems| !problems.is_null()), "{}", ran.err);
    generate(&[&page, "--out", &out, "--message-format", "xml"]).exits(2);
}

#[test]
fn the_command_of_the_readme_works() {
    let root = docwright_tests::root();
    let readme = fs::read_to_string(root.join("README.md")).expect("a README");
    let command =
        readme.lines().find_map(|line| line.split_once("-- generate ")).expect("a command").1;
    let folder = Folder::new();
    let mut rest: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    for word in &mut rest {
        // The folders are given from the repository's own.
        if word.starts_with("target/") {
            *word = folder.text_path("crate");
        } else if root.join(word.as_str()).exists() {
            *word = root.join(word.as_str()).to_str().expect("UTF-8").to_owned();
        }
    }
    generate(&rest.iter().map(String::as_str).collect::<Vec<_>>()).exits(0).says("1 operation");
    assert!(folder.read("crate/Cargo.toml").contains("my-client"));
}

#[test]
fn names_that_were_recorded_beside_the_manifest_are_kept() {
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
fn pages_that_contradict_each_other_are_a_warning_that_names_the_one_that_holds() {
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
        .warns("warning: `GET /a` is described in two ways; the one of `")
        .warns("pages/a--2026-08-22.yaml` holds, because its date is the later one")
        .warns("operation = \"GET /a\"");
}

#[test]
fn files_beside_a_document_are_read_and_others_are_not() {
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
    generate(&[&input, "--out", &out]).exits(0).says("1 operation");
    assert!(folder.read("crate/src/types.rs").contains("pub chip: Option<i64>"));
    folder.write("api/pets.yaml", &document("'../secret.yaml'"));
    generate(&[&input, "--out", &out])
        .warns("`../secret.yaml` is not in this document")
        .warns("in its folder or below")
        .is_silent_about("hunter2");
}
