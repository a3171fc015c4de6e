//! `cargo xtask regen`

use crate::folder::Folder;
use crate::{Ran, arguments, run};

const ORUM: &str = "specs/orum/request-access-token.md";
const MESH: &str = "specs/mesh/generate-auth-token.md";

/// Words of a page that reach the generated documentation.
const ORUM_WORDS: &str = "The time in seconds until the token expires.";
const MESH_WORDS: &str = "Expiration time in seconds.";

fn regen(folder: &Folder, rest: &[&str]) -> Ran {
    let rest = [&["regen"], rest].concat();
    run(|console| xtask::run(arguments("xtask", &rest), &folder.path(""), console))
}

/// A folder with specs/ and what they give.
fn generated() -> Folder {
    let folder = Folder::with_specs();
    regen(&folder, &[]).exits(0);
    folder
}

/// A generated file of one vendor, from `generated/`.
fn file_of(folder: &Folder, vendor: &str) -> String {
    let files = folder.snapshot("generated");
    let prefix = format!("src/{vendor}");
    let found = files.into_keys().find(|path| path.starts_with(&prefix));
    found.unwrap_or_else(|| panic!("no file begins with {prefix}"))
}

#[test]
fn no_arguments_print_the_tasks() {
    let folder = Folder::new();
    run(|console| xtask::run(arguments("xtask", &[]), &folder.path(""), console))
        .exits(0)
        .says("cargo xtask")
        .says("regen");
}

#[test]
fn the_first_run_writes_and_the_second_changes_nothing() {
    let folder = Folder::with_specs();
    regen(&folder, &[]).exits(0).says("orum").says("mesh").says("pipevest").says("1 operation");
    let before = folder.snapshot("generated");
    assert!(before.contains_key("Cargo.toml") && before.contains_key("src/lib.rs"), "{before:?}");
    regen(&folder, &[])
        .exits(0)
        .says("unchanged")
        .is_silent_about(" changed")
        .says("0 files written, 0 removed");
    assert_eq!(folder.snapshot("generated"), before, "times included");
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn every_generated_file_says_that_it_is_one() {
    let folder = generated();
    for (path, (bytes, _)) in folder.snapshot("generated") {
        assert!(docwright::files::is_generated(&bytes), "{path} has no header");
    }
}

#[test]
fn a_check_on_an_empty_folder_names_every_file_and_writes_none() {
    let folder = Folder::with_specs();
    regen(&folder, &["--check"])
        .exits(1)
        .says("missing    generated/Cargo.toml")
        .says("missing    generated/src/lib.rs")
        .says("cargo xtask regen");
    assert!(!folder.holds("generated"));
}

#[test]
fn a_touched_page_makes_the_check_fail_until_it_is_restored() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.replace(ORUM, ORUM_WORDS, "Seconds that are left.");
    regen(&folder, &["--check"])
        .exits(1)
        .says("changed    generated/src/orum")
        .says("+")
        .says("Seconds that are left.")
        .is_silent_about("generated/src/mesh");
    assert_eq!(folder.snapshot("generated"), before, "a check writes nothing");
    folder.replace(ORUM, "Seconds that are left.", ORUM_WORDS);
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn a_page_that_differs_from_its_listed_hash_is_a_warning_that_the_check_does_not_let_pass() {
    let folder = generated();
    folder.replace(ORUM, ORUM_WORDS, "Seconds that are left.");
    let hash = "sha256 = \"";
    regen(&folder, &[]).exits(0).warns("specs/orum/vendor.toml").warns(hash);
    let ran = regen(&folder, &["--check"]).exits(1).warns(hash).is_silent_about("generated/src");
    let (_, found) = ran.err.rsplit_once(hash).expect("the warning says what to write");
    let found = found.get(..64).expect("64 digits");
    let listed = "6538f59622c496ab82f35f9d5a78d71243788c9146698f4353f43c0c65c3eafd";
    folder.replace("specs/orum/vendor.toml", listed, found);
    regen(&folder, &["--check"]).exits(0).is_silent_about("warning");
}

#[test]
fn files_left_over_are_named_and_removed_with_their_folders() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write("generated/src/old/deep/types.rs", "pub struct Old;");
    folder.write("generated/notes.txt", "mine");
    folder.write("generated/target/debug/kept", "Cargo's");
    std::fs::create_dir_all(folder.path("generated/src/empty/folder")).expect("a folder");
    regen(&folder, &["--check"])
        .exits(1)
        .says("left over  generated/notes.txt")
        .says("left over  generated/src/old/deep/types.rs")
        .is_silent_about("target");
    regen(&folder, &[]).exits(0).says("0 files written, 2 removed");
    assert!(!folder.holds("generated/src/old") && !folder.holds("generated/src/empty"));
    folder.remove("generated/target");
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn a_missing_file_is_named_and_written_alone() {
    let folder = generated();
    let path = file_of(&folder, "mesh");
    folder.remove(&format!("generated/{path}"));
    regen(&folder, &["--check"])
        .exits(1)
        .says(&format!("missing    generated/{path}"))
        .says("1 missing");
    regen(&folder, &[]).exits(0).says("1 file written, 0 removed");
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn line_endings_are_named_as_the_only_difference() {
    let folder = generated();
    let path = format!("generated/{}", file_of(&folder, "mesh"));
    folder.write(&path, &folder.read(&path).replace('\n', "\r\n"));
    regen(&folder, &["--check"]).exits(1).says(&path).says("only the line endings differ");
    regen(&folder, &[]).exits(0).says("1 file written");
}

#[test]
fn broken_code_and_things_in_the_way_do_not_stop_it() {
    let folder = generated();
    let before: Vec<String> = folder.snapshot("generated").into_keys().collect();
    let path = file_of(&folder, "mesh");
    folder.write("generated/src/lib.rs", "fn (");
    folder.remove(&format!("generated/{path}"));
    folder.write(&format!("generated/{path}/stray.rs"), "a folder where a file has to be");
    folder.remove("generated/Cargo.toml");
    folder.write("generated/Cargo.toml/stray", "again");
    regen(&folder, &[]).exits(0).says("3 files written, 2 removed");
    assert_eq!(folder.snapshot("generated").into_keys().collect::<Vec<_>>(), before);
    folder.remove("generated/src");
    folder.write("generated/src", "a file where a folder has to be");
    regen(&folder, &[]).exits(0);
    regen(&folder, &["--check"]).exits(0);
}

#[test]
fn broken_pages_are_all_reported_and_leave_the_disk_as_it_was() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write(ORUM, "# A page without a description\n");
    folder.write(MESH, "# Another one\n");
    for rest in [&[] as &[&str], &["--check"], &["pipevest"]] {
        regen(&folder, rest).exits(1).warns("error").warns(ORUM).warns(MESH);
    }
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn named_vendors_alone_are_written() {
    let folder = generated();
    folder.replace(ORUM, ORUM_WORDS, "Seconds that are left.");
    folder.replace(MESH, MESH_WORDS, "Seconds that are left.");
    let mesh = folder.snapshot("generated/src/mesh");
    let orum = folder.snapshot("generated/src/orum");
    regen(&folder, &["orum"]).exits(0);
    assert_eq!(folder.snapshot("generated/src/mesh"), mesh);
    assert_ne!(folder.snapshot("generated/src/orum"), orum);
    regen(&folder, &["--check", "mesh"])
        .says("generated/src/mesh")
        .exits(1)
        .is_silent_about("generated/src/orum");
    regen(&folder, &[]).exits(0);
    assert_ne!(folder.snapshot("generated/src/mesh"), mesh);
}

#[test]
fn a_vendor_that_is_new_or_gone_never_leaves_the_crate_in_between() {
    let folder = generated();
    let whole = folder.snapshot("generated");
    folder.remove("specs/mesh");
    regen(&folder, &["orum"]).exits(0).is_silent_about("mesh");
    assert!(folder.snapshot("generated").keys().all(|path| !path.contains("mesh")));
    let bytes = |files: crate::folder::Snapshot| {
        files.into_iter().map(|(path, (bytes, _))| (path, bytes)).collect::<Vec<_>>()
    };
    let fresh = Folder::with_specs();
    std::fs::rename(fresh.path("specs/mesh"), folder.path("specs/mesh")).expect("the folder back");
    regen(&folder, &["orum"]).exits(0).says("mesh");
    assert_eq!(bytes(folder.snapshot("generated")), bytes(whole));
}

#[test]
fn an_unknown_vendor_is_wrong_usage() {
    let folder = generated();
    regen(&folder, &["acme"]).exits(2).warns("`acme`").warns("mesh, orum, pipevest");
    regen(&folder, &["--nosuch"]).exits(2).warns("--nosuch");
}

#[test]
fn a_wrong_vendor_toml_is_shown_at_its_place() {
    let folder = generated();
    let before = folder.snapshot("generated");
    folder.write("specs/orum/vendor.toml", "title = \"Orum\"\nsecret = [\"token\"]\n");
    folder.replace("specs/mesh/vendor.toml", "date = \"2026-11-22\"", "date = 2026-11-22");
    regen(&folder, &[])
        .exits(1)
        .warns("unknown field `secret`")
        .warns("specs/orum/vendor.toml:2:1")
        .warns("specs/mesh/vendor.toml:8:8");
    assert_eq!(folder.snapshot("generated"), before);
}

#[test]
fn a_listed_page_that_is_not_there_is_an_error() {
    let folder = generated();
    folder.replace("specs/orum/vendor.toml", "request-access-token.md", "request-token.md");
    regen(&folder, &[]).exits(1).warns("`request-token.md`").warns("specs/orum/vendor.toml:6:8");
}

#[test]
fn a_file_that_is_not_read_is_mentioned() {
    let folder = generated();
    folder.write("specs/orum/vendor.tml", "title = \"Orum\"\n");
    regen(&folder, &[]).exits(0).warns("specs/orum/vendor.tml").warns("not read");
    regen(&folder, &["--check"]).exits(1);
}

#[test]
fn folders_that_are_no_vendors_are_errors() {
    for (path, what) in [
        ("specs/2acme/page.md", "specs/2acme"),
        ("specs/type/page.md", "specs/type"),
        ("specs/acme/notes.txt", "no page and no document"),
    ] {
        let folder = Folder::with_specs();
        folder.write(path, "x");
        regen(&folder, &[]).exits(1).warns(what);
        assert!(!folder.holds("generated"));
    }
    let empty = Folder::new();
    regen(&empty, &[]).exits(1).warns("specs");
}

#[test]
fn names_are_recorded_and_read_back() {
    let folder = Folder::with_specs();
    folder.remove("specs/orum/names.toml");
    regen(&folder, &["--check"]).exits(1).says("missing    specs/orum/names.toml");
    regen(&folder, &[]).exits(0);
    let record = folder.read("specs/orum/names.toml");
    assert!(record.contains("\"POST /oauth/token\" = \"post_oauth_token\""), "{record}");
    regen(&folder, &["--check"]).exits(0);
    // A name that was given before stays, whatever the page says now.
    let old = record.replace("\"post_oauth_token\"", "\"fetch_token\"");
    folder.write("specs/orum/names.toml", &old);
    regen(&folder, &[]).exits(0);
    assert_eq!(folder.read("specs/orum/names.toml"), old);
    assert!(folder.read("generated/src/orum/operations.rs").contains("fn fetch_token"));
    // What vendor.toml fixes goes first, and need not be recorded.
    let manifest = folder.read("specs/orum/vendor.toml");
    let pin = "\n[names.operations]\n\"POST /oauth/token\" = \"token\"\n";
    folder.write("specs/orum/vendor.toml", &(manifest + pin));
    regen(&folder, &["--check"]).exits(1).says("changed    specs/orum/names.toml");
    regen(&folder, &[]).exits(0);
    assert!(!folder.read("specs/orum/names.toml").contains("[operations]"));
    assert!(folder.read("generated/src/orum/operations.rs").contains("fn token"));
}

#[test]
fn a_record_that_makes_no_sense_is_shown_at_its_place() {
    let folder = generated();
    folder.write("specs/orum/names.toml", "[methods]\n\"POST /oauth/token\" = \"x\"\n");
    regen(&folder, &[]).exits(1).warns("specs/orum/names.toml:1:2").warns("`methods`");
}

#[test]
fn a_record_is_written_with_its_vendors_module_alone() {
    let folder = generated();
    folder.remove("specs/orum/names.toml");
    folder.remove("specs/mesh/names.toml");
    regen(&folder, &["orum"]).exits(0).says("1 file written");
    assert!(folder.holds("specs/orum/names.toml") && !folder.holds("specs/mesh/names.toml"));
}

#[test]
fn pages_that_contradict_each_other_have_to_be_settled() {
    let folder = generated();
    let page = folder.read(ORUM);
    let other = page.replace("type: string", "type: integer");
    assert_ne!(page, other);
    folder.write("specs/orum/second.md", &other);
    let ran = regen(&folder, &[]).exits(1).warns("is described in two ways");
    let (_, help) = ran.err.split_once("[[settle]]").expect("what to write");
    let lines: Vec<&str> = help.lines().skip(1).take(3).map(str::trim).collect();
    let reason = "reason = \"the older one is wrong\"";
    let entry = format!("\n[[settle]]\n{}\n{}\n{reason}\n", lines[0], lines[1]);
    assert_eq!(lines[2], "reason = \"…\"");
    let manifest = folder.read("specs/orum/vendor.toml");
    folder.write("specs/orum/vendor.toml", &(manifest + &entry));
    let ran = regen(&folder, &[]);
    assert!(!ran.err.contains(lines[0]), "what was settled is settled: {}", ran.err);
    folder.remove("specs/orum/second.md");
    regen(&folder, &[]).exits(1).warns("this settles nothing").warns("specs/orum/vendor.toml:");
}

#[test]
fn the_account_says_what_became_of_every_keyword() {
    let folder = generated();
    regen(&folder, &[]).exits(0).says(" keywords: ").says(" ignored for a reason, 0 not generated");
    let account = |rest: &[&str]| {
        let rest = [&["account"], rest].concat();
        run(|console| xtask::run(arguments("xtask", &rest), &folder.path(""), console))
    };
    account(&[])
        .exits(0)
        .says("mesh: ")
        .says("orum: ")
        .says("  ignored        specs/orum/request-access-token.md:18:3  `license`: ");
    let ran = account(&["orum", "--format", "json", "--all"]).exits(0).is_silent_about("mesh");
    let json: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let orum = &json["orum"];
    assert_eq!(orum["generated"], orum["generated_keywords"].as_array().expect("a list").len());
    let license = orum["ignored"].as_array().expect("a list").iter();
    assert!(license.into_iter().any(|e| e["keyword"] == "license" && e["line"] == 18));
    account(&["orum", "--format", "text"]).exits(0).says("orum: ");
    account(&["acme"]).exits(2).warns("`acme`");
}
