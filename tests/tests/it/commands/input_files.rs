//! Tests of `docwright generate` with several files: overlays, and documents of unrelated APIs.

use super::docwright;
use super::folder::Folder;

/// Returns a document with one operation.
fn document(host: &str, path: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\nservers: [{{url: 'https://{host}'}}]\n\
         paths: {{{path}: {{get: {{operationId: read, responses: {{'204': {{description: ok}}}}}}}}}}\n"
    )
}

#[test]
fn an_overlay_is_passed_like_a_document_and_recorded() {
    let folder = Folder::new();
    folder.write("pets.yaml", &document("api.pets.test", "/pets"));
    let overlay = "overlay: 1.0.0\ninfo: {title: Names, version: '1'}\nactions:\n\
                   - {target: $.paths.*.get, update: {operationId: find everything, summary: Finds pets}}\n";
    folder.write("names.overlay.yaml", overlay);
    let path = |name: &str| folder.text_path(name);
    let (pets, names, client) = (path("pets.yaml"), path("names.overlay.yaml"), path("client"));
    docwright(&["generate", &pets, &names, "--out", &client]).exits(0);
    assert!(folder.read("client/names.toml").contains("\"find_everything\""));
    docwright(&["check", &client]).exits(0);
    folder.replace("names.overlay.yaml", "$.paths.*.get", "$.paths.*.put");
    docwright(&["check", &client]).exits(1).warns("selects nothing").warns("names.overlay.yaml:4:");
}

#[test]
fn unrelated_documents_become_one_client_only_on_request() {
    let folder = Folder::new();
    folder.write("pets.yaml", &document("api.pets.test", "/pets"));
    folder.write("cats.yaml", &document("api.cats.test", "/cats"));
    let path = |name: &str| folder.text_path(name);
    let (pets, cats, client) = (path("pets.yaml"), path("cats.yaml"), path("client"));
    let generate = ["generate", &pets, &cats, "--out", &client];
    docwright(&generate).exits(1).warns("no server in common").warns("--merge-unrelated");
    assert!(!folder.contains("client"));
    docwright(&[&generate[..], &["--merge-unrelated"]].concat()).exits(0);
    assert!(folder.read("client/docwright.toml").contains("merge_unrelated = true"));
    docwright(&["check", &client]).exits(0);
}
