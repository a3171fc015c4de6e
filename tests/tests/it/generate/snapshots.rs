//! Snapshots of the generated code.

use std::path::Path;

use super::{cases, generate};

/// Files that are nearly the same in every module, and only part of the snapshot of cases about
/// them.
const BOILERPLATE: [&str; 3] = ["client.rs", "mock.rs", "mod.rs"];

#[test]
fn every_case_matches_its_snapshot() {
    for case in cases() {
        let name = case.file.trim_end_matches(".yaml").to_owned();
        let output = generate(std::slice::from_ref(&case))
            .unwrap_or_else(|diagnostics| panic!("{name}\n{}", diagnostics.render(false)));
        let mut text = String::new();
        for problem in &output.report.problems {
            text.push_str(&format!("// {:?}: {}\n", problem.severity, problem.message));
        }
        for (path, file) in &output.files.0 {
            let Some(path) = path.strip_prefix(&format!("src/{name}/")) else { continue };
            if BOILERPLATE.contains(&path) && !is_about(&name, path) {
                continue;
            }
            // The header and the imports are the same everywhere.
            let imports = "\nuse docwright_runtime as runtime;\n";
            let body = file.split_once(imports).map_or(&**file, |it| it.1);
            let body = if name == "samples" { body.to_owned() } else { without_examples(body) };
            text.push_str(&format!("\n// {path}\n{}", body.trim_start()));
        }
        insta::with_settings!({
            prepend_module_to_snapshot => false,
            omit_expression => true,
            snapshot_path => Path::new("snapshots"),
        }, { insta::assert_snapshot!(name, text) });
    }
}

/// Removes the examples from documentation: only one case is about them.
fn without_examples(text: &str) -> String {
    let mut out = text.to_owned();
    while let Some((before, rest)) = out.split_once("    ///\n    /// # Example\n") {
        let after = rest.split_once("    /// ```\n").map_or("", |(_, after)| after);
        out = format!("{before}{after}");
    }
    out
}

/// Returns whether a case is about a file that is otherwise nearly the same.
fn is_about(case: &str, path: &str) -> bool {
    let about_client = [
        "login",
        "mutual_tls",
        "servers",
        "operation_servers",
        "retry_headers",
        "security",
        "signature",
        "tokens",
    ]
    .contains(&case);
    let others = [
        ("descriptions", "mod.rs"),
        ("html", "mod.rs"),
        ("responses", "mock.rs"),
        ("types_only", "mod.rs"),
    ];
    (about_client && path == "client.rs") || others.contains(&(case, path))
}
