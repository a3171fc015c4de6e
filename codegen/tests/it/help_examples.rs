//! The examples of the help are run as they are written, with the binary, in a folder that has the files
//! which they name.
#![allow(clippy::disallowed_methods, reason = "the binary is run, which reads files")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /v2/pets:
    get: {tags: [Pets], responses: {'200': {description: ok}}}
    delete: {tags: [Admin], responses: {'204': {description: ok}}}
";

/// The files that examples name, each with its document.
const INPUTS: [&str; 7] = [
    "openapi.yaml",
    "openapi.json",
    "pages/pets.yaml",
    "old.yaml",
    "new.yaml",
    "old-pages/pets.yaml",
    "new-pages/pets.yaml",
];

fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_docwright"))
}

/// Returns the help of a command, or of `docwright` itself.
fn help(command: Option<&str>) -> String {
    let output =
        Command::new(binary()).arg("help").args(command).output().expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Returns the indented lines below a heading.
fn indented_lines<'t>(text: &'t str, heading: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| line.starts_with("  ")).map(str::trim).collect()
}

/// Creates a folder with every input and two configurations.
fn new_folder(with_clients: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for input in INPUTS {
        let path = folder.path().join(input);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, PETS).expect("a file");
    }
    if with_clients {
        let config = "[[client]]\ninputs = [\"openapi.yaml\"]\nout = \"other\"\n";
        fs::write(folder.path().join("docwright.toml"), config).expect("a file");
        run("docwright generate", folder.path());
        run("docwright generate openapi.yaml --out client", folder.path());
    }
    folder
}

/// Runs a line with a shell, and panics if it fails. Standard input is a document.
fn run(line: &str, folder: &Path) {
    let directory = binary().parent().expect("a folder").to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([directory].into_iter().chain(std::env::split_paths(&path)));
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", line]).current_dir(folder).env("PATH", path.expect("a path"));
    shell.stdin(File::open(folder.join("openapi.json")).expect("a file"));
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{line}: {output:#?}");
}

#[test]
#[cfg(unix)]
fn every_example_of_the_help_succeeds() {
    let commands = help(None);
    let commands = indented_lines(&commands, "Commands:");
    let names: Vec<&str> = commands.iter().filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"generate"), "{names:?}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let text = help(Some(name));
        assert!(text.contains("\nExit status: "), "`docwright help {name}` has no exit status");
        let examples = indented_lines(&text, "Examples:");
        assert!(!examples.is_empty(), "`docwright help {name}` has no example");
        let folder = new_folder(name != "init");
        // A site cannot be reached here. `fetch` is tested with a local server.
        let needs_site = |line: &str| name == "fetch" || line.contains("https://");
        for example in examples.iter().filter(|line| !needs_site(line)) {
            run(example, folder.path());
        }
    }
}

#[test]
fn the_color_of_problems_is_as_requested() {
    let folder = new_folder(false);
    fs::write(folder.path().join("invalid.yaml"), "openapi: 1\n").expect("a file");
    let is_coloured = |arguments: &[&str], variable: &str| {
        let mut command = Command::new(binary());
        command.args(arguments).current_dir(folder.path()).env_clear().env(variable, "1");
        let output = command.output().expect("the binary runs");
        assert!(!output.status.success() && !output.stderr.is_empty(), "{output:?}");
        output.stderr.contains(&b'\x1b')
    };
    let inspect = |color: &'static str| ["inspect", "invalid.yaml", "--color", color];
    assert!(!is_coloured(&["inspect", "invalid.yaml"], "ANY"));
    assert!(!is_coloured(&inspect("auto"), "NO_COLOR"));
    assert!(is_coloured(&inspect("auto"), "CLICOLOR_FORCE"));
    assert!(!is_coloured(&inspect("never"), "CLICOLOR_FORCE"));
    assert!(is_coloured(&inspect("always"), "NO_COLOR"));
    assert!(is_coloured(&["--color=always", "--nosuch"], "NO_COLOR"));
    assert!(!is_coloured(&["--color=never", "--nosuch"], "CLICOLOR_FORCE"));
}
