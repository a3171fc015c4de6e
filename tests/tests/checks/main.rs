//! Checks before sending, in a whole generated client: for each error annotation of a large document,
//! a value that is made wrong yields the very code that the vendor would respond with. The document
//! lies beside the repository; without it this test says so and proves nothing.

mod program;
mod schema;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use docwright::ir::{self, Api, Subject};
use docwright::source::Node;
use docwright::{CrateOptions, Description, Input, Report, RuntimeDependency, Vendor, lower, plan};
use docwright_tests::root;
use serde_json::Value;

use program::{Asked, Found, Programs};
use schema::Way;
use values::{Wrong, sample, wrong};

/// What cannot be checked, by reason, with how many annotations that is. Every other one is checked.
const NOT_CHECKED: [(&str, usize); 5] = [
    // `minLength: 1` alone, where a missing value has a code of its own.
    ("an empty text is called missing", 13),
    ("the description states no rule", 7),
    ("the member may be left out", 2),
    // Numbers, times and objects that are required.
    ("the type has no empty value", 18),
    // Ids and times, which are parsed before, and objects.
    ("the type has no wrong value", 63),
];

/// What error bodies come to that only one operation has: `responses.rs`.
const RESPONSES: &str = "\
duplicate_account_details: Some(Person) Some(\"p-1\")
invalid_account_number: None
invalid_statement_code: Some(2)
";

/// The vendor of `specs/orum` with its whole document instead of the one page.
fn vendor() -> Option<Vendor> {
    let file = root().join("../shared/corpus/specs/orum.yaml");
    let Ok(bytes) = std::fs::read(&file) else {
        println!("skipped: there is no document at {}", file.display());
        return None;
    };
    let loaded = docwright::cli::load(&root().join("specs/orum"), "specs/orum", "orum");
    let loaded = loaded.unwrap_or_else(|report| panic!("{report:?}"));
    let inputs = vec![Input { file: "orum.yaml".to_owned(), bytes }];
    Some(Vendor { inputs, ..loaded.vendor })
}

/// A cause of an error, and a value that is wrong in this way.
struct Case<'a> {
    annotation: &'a str,
    code: &'a str,
    /// The wrong value's path, as a violation has it.
    path: String,
}

#[test]
fn each_annotation_that_can_be_checked_is() {
    let Some(vendor) = vendor() else { return };
    let mut report = Report::default();
    let described = describe(&vendor, &mut report);
    let Description { api, openapi, .. } = &described;
    let keys = lower::type_keys(api, openapi);
    let fixed =
        plan::NameOverrides { manifest: &vendor.manifest, recorded: &vendor.recorded, keys: &keys };
    let planned = plan::plan(&vendor.name, &fixed, api);
    let options = CrateOptions {
        name: "checks".to_owned(),
        runtime: RuntimeDependency::Path(root().join("runtime").to_string_lossy().into_owned()),
        example: false,
    };
    let output = docwright::generate_crate(&vendor, &options);
    let files = output.unwrap_or_else(|report| panic!("{report:?}")).files;
    let programs = Programs::build(files, &planned);
    assert_eq!(programs.responses(), RESPONSES);

    let mut asked: Vec<Asked> = valid(api, openapi);
    let operations = asked.len();
    let mut cases = Vec::new();
    let mut reasons: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, cause) in causes(api) {
        match case(api, openapi, cause, &asked) {
            Ok((wrong, path)) => {
                asked.push(wrong);
                cases.push(Case { annotation: &cause.pointer, code: &code.wire, path });
            }
            Err(reason) => drop(reasons.insert(&cause.pointer, reason)),
        }
    }
    let responses = programs.requests(&asked);
    assert_eq!(responses.len(), asked.len(), "the program stopped early");
    let (right, wrong) = responses.split_at(operations);
    for (asked, found) in asked.iter().zip(right) {
        let Asked { operation, given } = asked;
        assert_eq!(found, &Ok(Vec::new()), "{operation} refuses what is valid: {given:?}");
    }
    let mut unexpected = Vec::new();
    for ((case, found), asked) in cases.iter().zip(wrong).zip(&asked[operations..]) {
        let as_expected = |it: &Found| it.code == case.code && it.path.starts_with(&case.path);
        if !found.as_ref().is_ok_and(|found| found.iter().any(as_expected)) {
            let Case { annotation, code, path } = case;
            let given = &asked.given;
            unexpected.push(format!("{annotation}: {code} at {path}: {found:?} of {given:?}"));
        }
    }
    assert!(unexpected.is_empty(), "{}\n{}", unexpected.len(), unexpected.join("\n"));
    tell(&cases, reasons);
}

/// Prints what is checked and what is not, and compares it with what is known.
fn tell(cases: &[Case<'_>], mut reasons: BTreeMap<&str, &str>) {
    let checked: BTreeSet<&str> = cases.iter().map(|case| case.annotation).collect();
    // What one request can be wrong in need not be checked in the other.
    reasons.retain(|annotation, _| !checked.contains(annotation));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in reasons.values() {
        *counts.entry(reason).or_default() += 1;
    }
    let (some, all) = (checked.len(), checked.len() + reasons.len());
    println!("{some} of {all} annotations checked, in {} requests", cases.len());
    for (reason, count) in &counts {
        println!("{count:>4} not checked: {reason}");
    }
    assert_eq!(all, 450);
    assert_eq!(counts, BTreeMap::from(NOT_CHECKED));
}

fn describe(vendor: &Vendor, report: &mut Report) -> Description {
    docwright::describe(vendor, report).unwrap_or_else(|| panic!("{report:?}"))
}

fn causes(api: &Api) -> impl Iterator<Item = (&ir::ErrorCode, &ir::Cause)> {
    let codes = api.errors.iter().flat_map(|errors| &errors.codes);
    codes.flat_map(|code| code.causes.iter().map(move |cause| (code, cause)))
}

/// A valid request of each operation.
fn valid(api: &Api, openapi: &Node) -> Vec<Asked> {
    let one = |(index, operation): (usize, &ir::Operation)| {
        let mut given = BTreeMap::new();
        for (key, node) in schema::parameters(openapi, &operation.pointer) {
            given.insert(key, sample(openapi, &[node], Way::NONE));
        }
        if let Some(body) = schema::body(openapi, &operation.pointer) {
            given.insert("body".to_owned(), sample(openapi, &[body], Way::NONE));
        }
        Asked { operation: index, given }
    };
    api.operations.iter().enumerate().map(one).collect()
}

/// The request with the value of a cause made wrong, and that value's path; or why there is none.
fn case(
    api: &Api,
    openapi: &Node,
    cause: &ir::Cause,
    valid: &[Asked],
) -> Result<(Asked, String), &'static str> {
    let operation = &api.operations[cause.operation];
    let mut given = valid[cause.operation].given.clone();
    let (key, steps) = match &cause.subject {
        Subject::Parameter(location, wire) => (schema::key(*location, wire), Vec::new()),
        Subject::Body(_, steps) => ("body".to_owned(), steps.clone()),
    };
    let root = match &cause.subject {
        Subject::Parameter(..) => schema::parameters(openapi, &operation.pointer).remove(&key),
        Subject::Body(..) => schema::body(openapi, &operation.pointer),
    };
    let root = root.unwrap_or_else(|| panic!("{key} of {}", operation.template));
    let annotated = cause.pointer.rsplit_once('/').and_then(|(at, _)| openapi.pointer(at));
    let end = annotated.filter(|_| !steps.is_empty());
    let way = Way { steps: &steps, end };
    let at = schema::at(openapi, root, way);
    let required = match &cause.subject {
        Subject::Parameter(location, wire) => {
            schema::is_required(openapi, &operation.pointer, *location, wire)
        }
        Subject::Body(..) => at.required,
    };
    let other = causes(api).any(|(_, it)| {
        it.why == "missing" && it.operation == cause.operation && it.subject == cause.subject
    });
    let Wrong(value) = wrong(openapi, &at.schemas, &cause.why, required, other)?;
    if steps.is_empty() {
        given.insert(key.clone(), value);
    } else {
        let mut body = sample(openapi, &[root], way);
        put(&mut body, &steps, value);
        given.insert(key.clone(), body);
    }
    let path = match &cause.subject {
        Subject::Parameter(_, wire) => wire.clone(),
        Subject::Body(_, steps) => steps.join(".").replace(".[]", "[0]"),
    };
    Ok((Asked { operation: cause.operation, given }, path))
}

/// Puts a value at a path.
fn put(into: &mut Value, steps: &[String], value: Value) {
    let Some((step, rest)) = steps.split_first() else { return *into = value };
    let inner = match step.as_str() {
        "[]" => &mut into[0],
        name => &mut into[name],
    };
    put(inner, rest, value);
}
