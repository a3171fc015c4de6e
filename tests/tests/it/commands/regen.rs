//! Tests of `cargo xtask regen` and `cargo xtask coverage`.

use super::folder::Folder;
use super::{CommandResult, arguments, run};
use docwright::cli;

const ORUM: &str = "specs/orum/request-access-token.md";
const MESH: &str = "specs/mesh/generate-auth-token.md";

/// Text of a page that is part of the generated documentation.
const ORUM_TEXT: &str = "The time in seconds until the token expires.";
const MESH_TEXT: &str = "Expiration time in seconds.";

fn regen(folder: &Folder, rest: &[&str]) -> CommandResult {
    let rest = [&["regen"], rest].concat();
    run(|console| xtask::run(arguments("xtask", &rest), &folder.path(""), console))
}

/// Creates a folder with `specs/` and the code that is generated from them.
fn generated() -> Folder {
    let folder = Folder::with_specs();
    regen(&folder, &[]).exits(0);
    folder
}

/// Returns the path in `generated/` of one file of a vendor.
fn file_of(folder: &Folder, vendor: &str) -> String {
    let files = folder.snapshot("generated");
    let prefix = format!("src/{vendor}");
    let found = files.into_keys().find(|path| path.starts_with(&prefix));
    found.unwrap_or_else(|| panic!("no file starts with {prefix}"))
}

#[test]
fn without_arguments_the_tasks_are_listed() {
    let folder = Folder::new();
    run(|console| xtask::run(arguments("xtask", &[]), &folder.path(""), console))
        .exits(0)
        .prints("cargo xtask")
        .prints("regen");
}

#[test]
fn the_first_run_writes_and_the_second_changes_nothing() {
    let folder = Folder::with_specs();
    regen(&folder, &[])
        .exits(0)
        .prints("orum")
        .prints("mesh")
        .prints("pipevest")
        .prints("1 operation");
    let before = folder.snapshot("generated");
    assert!(before.contains_key("Cargo.toml") && before.contains_key("src/lib.rs"), "{before:?}");
    regen(&folder, &[])
        .exits(0)
        .prints("unchanged")
        .omits(" changed")
        .prints("0 files written, 0 removed");
    assert_eq!(folder.snapshot("generated"), before, "files or modification times changed");
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn every_generated_file_has_the_header() {
    let folder = generated();
    for (path, (bytes, _)) in folder.snapshot("generated") {
        assert!(docwright::files::is_generated(&bytes), "{path} has no header");
    }
}

#[test]
fn a_check_on_an_empty_folder_lists_every_file_and_writes_none() {
    let folder = Folder::with_specs();
    regen(&folder, &["--check"])
        .exits(1)
        .prints("missing    generated/Cargo.toml")
        .prints("missing    generated/src/lib.rs")
        .prints("cargo xtask regen");
    assert!(!folder.contains("generated"));
}

#[test]
fn a_changed_page_fails_the_check_until_it_is_restored() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.replace(ORUM, ORUM_TEXT, "Seconds that are left.");
    regen(&folder, &["--check"])
        .exits(1)
        .prints("changed    generated/src/orum")
        .prints("+")
        .prints("Seconds that are left.")
        .omits("generated/src/mesh");
    assert_eq!(folder.snapshot("generated"), before, "a check writes nothing");
    folder.replace(ORUM, "Seconds that are left.", ORUM_TEXT);
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn a_page_that_differs_from_its_listed_hash_is_a_warning_and_fails_the_check() {
    let folder = generated();
    folder.replace(ORUM, ORUM_TEXT, "Seconds that are left.");
    let hash = "sha256 = \"";
    regen(&folder, &[]).exits(0).warns("specs/orum/vendor.toml").warns(hash);
    let result = regen(&folder, &["--check"]).exits(1).warns(hash).omits("generated/src");
    let (_, found) = result.err.rsplit_once(hash).expect("the warning has the actual hash");
    let found = found.get(..64).expect("64 digits");
    let listed = "6538f59622c496ab82f35f9d5a78d71243788c9146698f4353f43c0c65c3eafd";
    folder.replace("specs/orum/vendor.toml", listed, found);
    regen(&folder, &["--check"]).exits(0).omits("warning");
}

#[test]
fn leftover_files_are_listed_and_removed_with_their_folders() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write("generated/src/old/deep/types.rs", "pub struct Old;");
    folder.write("generated/notes.txt", "mine");
    folder.write("generated/target/debug/kept", "Cargo's");
    std::fs::create_dir_all(folder.path("generated/src/empty/folder")).expect("a folder");
    regen(&folder, &["--check"])
        .exits(1)
        .prints("left over  generated/notes.txt")
        .prints("left over  generated/src/old/deep/types.rs")
        .omits("target");
    regen(&folder, &[]).exits(0).prints("0 files written, 2 removed");
    assert!(!folder.contains("generated/src/old") && !folder.contains("generated/src/empty"));
    folder.remove("generated/target");
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn only_a_missing_file_is_written() {
    let folder = generated();
    let path = file_of(&folder, "mesh");
    folder.remove(&format!("generated/{path}"));
    regen(&folder, &["--check"])
        .exits(1)
        .prints(&format!("missing    generated/{path}"))
        .prints("1 missing");
    regen(&folder, &[]).exits(0).prints("1 file written, 0 removed");
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn a_difference_in_line_endings_is_reported_as_such() {
    let folder = generated();
    let path = format!("generated/{}", file_of(&folder, "mesh"));
    folder.write(&path, &folder.read(&path).replace('\n', "\r\n"));
    regen(&folder, &["--check"]).exits(1).prints(&path).prints("only the line endings differ");
    regen(&folder, &[]).exits(0).prints("1 file written");
}

#[test]
fn broken_code_and_blocking_paths_are_replaced() {
    let folder = generated();
    let before: Vec<String> = folder.snapshot("generated").into_keys().collect();
    let path = file_of(&folder, "mesh");
    folder.write("generated/src/lib.rs", "fn (");
    folder.remove(&format!("generated/{path}"));
    folder.write(&format!("generated/{path}/stray.rs"), "a folder at the path of a file");
    folder.remove("generated/Cargo.toml");
    folder.write("generated/Cargo.toml/stray", "again");
    regen(&folder, &[]).exits(0).prints("3 files written, 2 removed");
    assert_eq!(folder.snapshot("generated").into_keys().collect::<Vec<_>>(), before);
    folder.remove("generated/src");
    folder.write("generated/src", "a file at the path of a folder");
    regen(&folder, &[]).exits(0);
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn all_broken_pages_are_reported_and_nothing_is_written() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write(ORUM, "# A page without an OpenAPI block\n");
    folder.write(MESH, "# Another one\n");
    for rest in [&[] as &[&str], &["--check"], &["pipevest"]] {
        regen(&folder, rest).exits(1).warns("error").warns(ORUM).warns(MESH);
    }
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn only_the_given_vendors_are_written() {
    let folder = generated();
    folder.replace(ORUM, ORUM_TEXT, "Seconds that are left.");
    folder.replace(MESH, MESH_TEXT, "Seconds that are left.");
    let mesh = folder.snapshot("generated/src/mesh");
    let orum = folder.snapshot("generated/src/orum");
    regen(&folder, &["orum"]).exits(0);
    assert_eq!(folder.snapshot("generated/src/mesh"), mesh);
    assert_ne!(folder.snapshot("generated/src/orum"), orum);
    regen(&folder, &["--check", "mesh"])
        .prints("generated/src/mesh")
        .exits(1)
        .omits("generated/src/orum");
    regen(&folder, &[]).exits(0);
    assert_ne!(folder.snapshot("generated/src/mesh"), mesh);
}

#[test]
fn added_and_removed_vendors_are_always_written() {
    let folder = generated();
    let complete = folder.snapshot("generated");
    folder.remove("specs/mesh");
    regen(&folder, &["orum"]).exits(0).omits("mesh");
    assert!(folder.snapshot("generated").keys().all(|path| !path.contains("mesh")));
    let bytes = |files: super::folder::Snapshot| {
        files.into_iter().map(|(path, (bytes, _))| (path, bytes)).collect::<Vec<_>>()
    };
    let fresh = Folder::with_specs();
    std::fs::rename(fresh.path("specs/mesh"), folder.path("specs/mesh")).expect("the folder back");
    regen(&folder, &["orum"]).exits(0).prints("mesh");
    assert_eq!(bytes(folder.snapshot("generated")), bytes(complete));
}

#[test]
fn an_unknown_vendor_is_a_usage_error() {
    let folder = generated();
    regen(&folder, &["acme"]).exits(2).warns("`acme`").warns("mesh, orum, pipevest");
    regen(&folder, &["--nosuch"]).exits(2).warns("--nosuch");
}

#[test]
fn errors_in_vendor_toml_are_shown_with_their_location() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write("specs/orum/vendor.toml", "title = \"Orum\"\nsecret = [\"token\"]\n");
    folder.replace("specs/mesh/vendor.toml", "date = \"2026-11-22\"", "date = 2026-11-22");
    regen(&folder, &[])
        .exits(1)
        .warns("unknown field `secret`")
        .warns("specs/orum/vendor.toml:2:1")
        .warns("specs/mesh/vendor.toml:10:8");
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn a_listed_page_that_does_not_exist_is_an_error() {
    let folder = generated();
    folder.replace("specs/orum/vendor.toml", "request-access-token.md", "request-token.md");
    regen(&folder, &[]).exits(1).warns("`request-token.md`").warns("specs/orum/vendor.toml:8:8");
}

#[test]
fn a_file_that_is_not_read_is_a_warning() {
    let folder = generated();
    folder.write("specs/orum/vendor.tml", "title = \"Orum\"\n");
    regen(&folder, &[]).exits(0).warns("specs/orum/vendor.tml").warns("is ignored");
    regen(&folder, &["--check"]).exits(1);
}

#[test]
fn folders_that_are_not_vendors_are_errors() {
    for (path, message) in [
        ("specs/2acme/page.md", "specs/2acme"),
        ("specs/type/page.md", "specs/type"),
        ("specs/acme/notes.txt", "no pages or documents"),
    ] {
        let folder = Folder::with_specs();
        folder.write(path, "x");
        regen(&folder, &[]).exits(1).warns(message);
        assert!(!folder.contains("generated"));
    }
    let empty = Folder::new();
    regen(&empty, &[]).exits(1).warns("specs");
}

#[test]
fn the_features_of_the_generated_crate_are_reserved() {
    let folder = generated();
    let manifest: toml::Table = folder.read("generated/Cargo.toml").parse().expect("a manifest");
    let features = manifest["features"].as_table().expect("features");
    let vendors = ["mesh", "orum", "pipevest"];
    // A feature such as `mesh-webhooks` is not the name of a module.
    let is_module = |name: &&String| cli::module_name(name).as_ref() == Some(*name);
    let features = features.keys().filter(is_module);
    for name in features.filter(|name| !vendors.contains(&name.as_str())) {
        let folder = Folder::new();
        folder.write(&format!("specs/{name}/page.md"), "");
        let error = format!("the name `{name}` is reserved in the generated crate");
        regen(&folder, &[]).exits(1).warns(&error);
    }
}

#[test]
fn names_are_recorded_and_read_back() {
    let folder = Folder::with_specs();
    folder.remove("specs/orum/names.toml");
    regen(&folder, &["--check"]).exits(1).prints("missing    specs/orum/names.toml");
    regen(&folder, &[]).exits(0);
    let record = folder.read("specs/orum/names.toml");
    assert!(record.contains("\"POST /oauth/token\" = \"post_oauth_token\""), "{record}");
    regen(&folder, &["--check"]).exits(0);
    // A recorded name is kept, whatever the page says now.
    let old = record.replace("post_oauth_token", "fetch_token");
    let old = old.replace("PostOauthTokenRequest", "FetchTokenRequest");
    folder.write("specs/orum/names.toml", &old);
    regen(&folder, &[]).exits(0);
    assert_eq!(folder.read("specs/orum/names.toml"), old);
    assert!(folder.read("generated/src/orum/operations.rs").contains("fn fetch_token"));
    // An override in vendor.toml takes precedence, and is not recorded.
    let manifest = folder.read("specs/orum/vendor.toml");
    let name_override = "\n[names.operations]\n\"POST /oauth/token\" = \"token\"\n";
    folder.write("specs/orum/vendor.toml", &(manifest + name_override));
    regen(&folder, &["--check"]).exits(1).prints("changed    specs/orum/names.toml");
    regen(&folder, &[]).exits(0);
    assert!(!folder.read("specs/orum/names.toml").contains("[operations]"));
    assert!(folder.read("generated/src/orum/operations.rs").contains("fn token"));
}

#[test]
fn errors_in_recorded_names_are_shown_with_their_location() {
    let folder = generated();
    folder.write("specs/orum/names.toml", "[methods]\n\"POST /oauth/token\" = \"x\"\n");
    regen(&folder, &[]).exits(1).warns("specs/orum/names.toml:1:2").warns("`methods`");
}

#[test]
fn names_are_recorded_only_for_the_given_vendors() {
    let folder = generated();
    folder.remove("specs/orum/names.toml");
    folder.remove("specs/mesh/names.toml");
    regen(&folder, &["orum"]).exits(0).prints("1 file written");
    assert!(folder.contains("specs/orum/names.toml") && !folder.contains("specs/mesh/names.toml"));
}

#[test]
fn conflicting_pages_are_an_error_until_one_is_preferred() {
    let folder = generated();
    let page = folder.read(ORUM);
    let other = page.replace("type: string", "type: integer");
    assert_ne!(page, other);
    folder.write("specs/orum/second.md", &other);
    let result = regen(&folder, &[]).exits(1).warns("has conflicting definitions");
    let (_, help) = result.err.split_once("[[prefer]]").expect("an entry to paste");
    let lines: Vec<&str> = help.lines().skip(1).take(3).map(str::trim).collect();
    let reason = "reason = \"the older one is wrong\"";
    let entry = format!("\n[[prefer]]\n{}\n{}\n{reason}\n", lines[0], lines[1]);
    assert_eq!(lines[2], "reason = \"…\"");
    let manifest = folder.read("specs/orum/vendor.toml");
    folder.write("specs/orum/vendor.toml", &(manifest + &entry));
    let result = regen(&folder, &[]);
    assert!(!result.err.contains(lines[0]), "the preferred page is still reported: {}", result.err);
    folder.remove("specs/orum/second.md");
    regen(&folder, &[])
        .exits(1)
        .warns("this `[[prefer]]` entry has no effect")
        .warns("specs/orum/vendor.toml:");
}

#[test]
fn coverage_lists_the_keywords_that_are_not_generated() {
    let folder = generated();
    regen(&folder, &[])
        .exits(0)
        .prints(" keywords: ")
        .prints(" ignored for a reason, 0 not generated");
    let coverage = |rest: &[&str]| {
        let rest = [&["coverage"], rest].concat();
        run(|console| xtask::run(arguments("xtask", &rest), &folder.path(""), console))
    };
    coverage(&[])
        .exits(0)
        .prints("mesh: ")
        .prints("orum: ")
        .prints("  ignored        specs/orum/request-access-token.md:18:3  `license`: ");
    let result = coverage(&["orum", "--format", "json", "--all"]).exits(0).omits("mesh");
    let json: serde_json::Value = serde_json::from_str(&result.out).expect("JSON");
    let orum = &json["orum"];
    assert_eq!(orum["generated"], orum["generated_keywords"].as_array().expect("an array").len());
    let license = orum["ignored"].as_array().expect("an array").iter();
    assert!(license.into_iter().any(|e| e["keyword"] == "license" && e["line"] == 18));
    coverage(&["orum", "--format", "text"]).exits(0).prints("orum: ");
    coverage(&["acme"]).exits(2).warns("`acme`");
}
