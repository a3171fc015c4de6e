//! Every OpenAPI 3.0 document of the corpus that the typed model accepts as it is: no panic, and as
//! many operations as the document has. The corpus lies beside the repository; without it this test
//! says so and proves nothing.

#[path = "lowering/read.rs"]
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use docwright::ir::{Api, Subject};
use docwright::lower::lower;
use docwright::manifest::ErrorCodes;
use docwright::report::Severity;
use docwright::source::Node;
use docwright::{Manifest, Report};

const METHODS: [&str; 8] = ["delete", "get", "head", "options", "patch", "post", "put", "trace"];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/specs");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no corpus at {}", folder.display());
    None
}

#[test]
fn every_document_of_openapi_3_0() {
    let Some(folder) = corpus() else { return };
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut lowered, mut refused, mut newer, mut unread, mut operations) = (0, 0, 0, 0, 0);
    for file in files.iter().filter(|path| path.extension().is_some_and(|e| e != "tsv")) {
        let name = file.file_name().unwrap().to_string_lossy();
        let tree = match read::tree(&std::fs::read_to_string(file).unwrap()) {
            Ok(tree) => tree,
            Err(what) => {
                println!("{name}: not read without the project's own reader: {what}");
                unread += 1;
                continue;
            }
        };
        let version = tree.get("openapi").and_then(Node::as_str).unwrap_or_default();
        if !version.starts_with("3.0") {
            newer += 1;
            continue;
        }
        let mut report = Report::default();
        let api = lower(&Manifest::default(), &tree, &mut report);
        let Some(api) = api else {
            refused += 1;
            for problem in report.problems.iter().filter(|p| p.severity == Severity::Error) {
                println!(
                    "{name}: {} {}",
                    problem.what,
                    problem.label.as_deref().unwrap_or_default()
                );
            }
            continue;
        };
        assert_eq!(api.operations.len(), operations_of(&tree), "{name}");
        lowered += 1;
        operations += api.operations.len();
        account(&name, &api, &report);
    }
    println!(
        "{lowered} documents lowered, {operations} operations; {refused} refused, {newer} not 3.0, {unread} unread"
    );
    assert!(lowered > 20, "most 3.0 documents need no repair");
}

fn operations_of(tree: &Node) -> usize {
    let items =
        tree.get("paths").and_then(Node::as_object).into_iter().flat_map(|map| map.values());
    items.map(|item| METHODS.iter().filter(|method| item.get(method).is_some()).count()).sum()
}

/// One line per document, and one per kind of problem.
fn account(name: &str, api: &Api, report: &Report) {
    println!("{name}: {} operations, {} types", api.operations.len(), api.types.len());
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for problem in &report.problems {
        // Quoted names differ from place to place.
        let what: Vec<&str> = problem.what.split('`').step_by(2).collect();
        *kinds.entry(format!("{:?}: {}", problem.severity, what.join("…"))).or_default() += 1;
    }
    for (kind, count) in kinds {
        println!("  {count:5} × {kind}");
    }
}

/// The counts of the vendor's annotations, found independently of this code.
#[test]
fn every_error_annotation_is_accounted_for() {
    let Some(folder) = corpus() else { return };
    let tree = read::tree(&std::fs::read_to_string(folder.join("orum.yaml")).unwrap()).unwrap();
    let text = |text: &str| Some(text.to_owned());
    let extensions =
        ["missing", "invalid"].map(|why| (why.to_owned(), format!("x-orum-error-{why}")));
    let manifest = Manifest {
        error_codes: Some(ErrorCodes {
            field: "error_code".to_owned(),
            extensions: BTreeMap::from(extensions),
            code: "code".to_owned(),
            message: text("message"),
            status: text("status"),
            reference: text("known-error"),
            references: BTreeMap::new(),
        }),
        ..Manifest::default()
    };
    let mut report = Report::default();
    let api = lower(&manifest, &tree, &mut report).expect("no error");
    let codes = &api.errors.as_ref().expect("a catalogue").codes;
    let inline = codes.iter().filter(|code| !code.messages.is_empty()).count();
    let several = codes.iter().filter(|code| code.messages.len() > 1).count();
    let undefined = codes.iter().filter(|code| !code.defined).count();
    let with_status: Vec<_> =
        codes.iter().filter(|code| !code.statuses.is_empty()).map(|c| c.wire.as_str()).collect();
    let reached: BTreeSet<_> =
        codes.iter().flat_map(|code| &code.causes).map(|cause| &cause.pointer).collect();
    let unreached = report.problems.iter().filter(|p| p.what.starts_with("no request has")).count();
    println!(
        "{} codes, {undefined} undefined, {} reached, {unreached} not",
        codes.len(),
        reached.len()
    );
    assert_eq!(inline, 79);
    assert_eq!(several, 12);
    // 14 of the 87 names are defined by an annotation elsewhere.
    assert_eq!(undefined, 87 - 14);
    assert_eq!(with_status, ["invalid_client_id", "invalid_client_secret"]);
    assert_eq!(reached.len() + unreached, 450);
    let subjects = codes.iter().flat_map(|code| &code.causes).map(|cause| &cause.subject);
    let parameters: BTreeSet<_> = codes
        .iter()
        .flat_map(|code| &code.causes)
        .filter(|cause| matches!(cause.subject, Subject::Parameter(..)))
        .map(|cause| &cause.pointer)
        .collect();
    println!("{} causes, {} annotations at parameters", subjects.count(), parameters.len());
}
