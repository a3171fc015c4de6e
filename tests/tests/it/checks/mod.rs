//! Validation before sending, in a complete generated client: for each error annotation of a large
//! document, an invalid value is reported with the error code that the vendor would respond with.

mod program;
mod schema;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use docwright::ir::{self, Api, CauseTarget};
use docwright::source::Node;
use docwright::{
    CrateOptions, Input, LoadedApi, Report, RuntimeDependency, Sources, Vendor, lower, plan,
};
use docwright_tests::root;
use serde_json::Value;

use program::{Programs, RequestArgs, Violation};
use schema::ValuePath;
use values::{invalid, sample};

/// The number of annotations that cannot be checked, by reason. All others are checked.
const NOT_CHECKED: [(&str, usize); 6] = [
    // `minLength: 1` is the only rule, and a missing value has its own code.
    ("an empty string counts as missing", 13),
    // The version header.
    ("callers do not pass the value: the client writes the only allowed one", 122),
    ("the document states no rule", 7),
    ("the property is optional", 2),
    // Numbers, times and objects that are required.
    ("the type has no empty value", 18),
    // Ids and times, whose types cannot hold an invalid value, and objects.
    ("the type has no invalid value", 63),
];

/// The output of `responses.rs`: error bodies that only one operation has.
const RESPONSES: &str = "\
duplicate_account_details: Some(Person) Some(\"p-1\")
invalid_account_number: None
invalid_statement_code: Some(2)
";

/// Loads the vendor of `specs/orum` with its complete document instead of the one page.
fn vendor() -> Vendor {
    let file = docwright_tests::corpus().join("specs/orum.yaml");
    let bytes = std::fs::read(&file).expect("the corpus contains the document");
    let loaded = docwright::cli::load_vendor(&root().join("specs/orum"), "specs/orum", "orum");
    let loaded = loaded.unwrap_or_else(|report| panic!("{report:?}"));
    let inputs = vec![Input { file: "orum.yaml".to_owned(), bytes }];
    Vendor { inputs, ..loaded.vendor }
}

/// A cause of an error, and the invalid value that triggers it.
struct Case<'a> {
    annotation: &'a str,
    code: &'a str,
    /// The path of the invalid value, as reported in a violation.
    path: String,
}

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn annotated_errors_are_found_before_sending() {
    let vendor = vendor();
    let mut report = Report::default();
    let loaded = load_api(&vendor, &mut report);
    let LoadedApi { api, openapi, .. } = &loaded;
    let openapi = openapi.root();
    let keys = lower::type_keys(api, openapi);
    let overrides =
        plan::NameOverrides { manifest: &vendor.manifest, recorded: &vendor.recorded, keys: &keys };
    let planned = plan::plan(&vendor.name, &overrides, api, openapi, &mut report);
    let planned = planned.expect("an API with operations");
    let options = CrateOptions {
        name: "checks".to_owned(),
        runtime: RuntimeDependency::Path(root().join("runtime").to_string_lossy().into_owned()),
        example: false,
    };
    let output = docwright::generate_crate(&vendor, &options);
    let files = output.unwrap_or_else(|report| panic!("{report:?}")).files;
    let programs = Programs::build(files, &planned);
    assert_eq!(programs.responses(), RESPONSES);

    let mut requests: Vec<RequestArgs> = valid_requests(api, openapi);
    let operations = requests.len();
    let mut cases = Vec::new();
    let mut reasons: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, cause) in causes(api) {
        match invalid_request(api, openapi, cause, &requests) {
            Ok((request, path)) => {
                requests.push(request);
                cases.push(Case { annotation: &cause.pointer, code: &code.wire, path });
            }
            Err(reason) => drop(reasons.insert(&cause.pointer, reason)),
        }
    }
    let results = programs.requests(&requests);
    assert_eq!(results.len(), requests.len(), "the program stopped early");
    let (of_valid, of_invalid) = results.split_at(operations);
    for (request, found) in requests.iter().zip(of_valid) {
        let RequestArgs { operation, args } = request;
        assert_eq!(found, &Ok(Vec::new()), "{operation} rejects a valid request: {args:?}");
    }
    let mut unexpected = Vec::new();
    for ((case, found), request) in cases.iter().zip(of_invalid).zip(&requests[operations..]) {
        let as_expected = |it: &Violation| it.code == case.code && it.path.starts_with(&case.path);
        if !found.as_ref().is_ok_and(|found| found.iter().any(as_expected)) {
            let Case { annotation, code, path } = case;
            let args = &request.args;
            unexpected.push(format!("{annotation}: {code} at {path}: {found:?} for {args:?}"));
        }
    }
    assert!(unexpected.is_empty(), "{}\n{}", unexpected.len(), unexpected.join("\n"));
    assert_coverage(&cases, reasons);
}

/// Prints how many annotations are checked and why others are not, and compares the numbers with
/// `NOT_CHECKED`.
fn assert_coverage(cases: &[Case<'_>], mut reasons: BTreeMap<&str, &str>) {
    let checked: BTreeSet<&str> = cases.iter().map(|case| case.annotation).collect();
    // An annotation that is checked in one request need not be checked in another.
    reasons.retain(|annotation, _| !checked.contains(annotation));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in reasons.values() {
        *counts.entry(reason).or_default() += 1;
    }
    let (checked, all) = (checked.len(), checked.len() + reasons.len());
    println!("{checked} of {all} annotations checked, in {} requests", cases.len());
    for (reason, count) in &counts {
        println!("{count:>4} not checked: {reason}");
    }
    assert_eq!(all, 450);
    assert_eq!(counts, BTreeMap::from(NOT_CHECKED));
}

fn load_api(vendor: &Vendor, report: &mut Report) -> LoadedApi {
    docwright::load_api(vendor, &mut Sources::default(), report)
        .unwrap_or_else(|| panic!("{report:?}"))
}

fn causes(api: &Api) -> impl Iterator<Item = (&ir::ErrorCode, &ir::Cause)> {
    let codes = api.errors.iter().flat_map(|errors| &errors.codes);
    codes.flat_map(|code| code.causes.iter().map(move |cause| (code, cause)))
}

/// Builds a valid request for each operation.
fn valid_requests(api: &Api, openapi: &Node) -> Vec<RequestArgs> {
    let valid_request = |(index, operation): (usize, &ir::Operation)| {
        let mut args = BTreeMap::new();
        for (key, node) in schema::parameters(openapi, &operation.pointer) {
            args.insert(key, sample(openapi, &[node], ValuePath::EMPTY));
        }
        if let Some(body) = schema::body(openapi, &operation.pointer) {
            args.insert("body".to_owned(), sample(openapi, &[body], ValuePath::EMPTY));
        }
        RequestArgs { operation: index, args }
    };
    api.operations.iter().enumerate().map(valid_request).collect()
}

/// Returns a request in which the value of a cause is invalid, and the path of that value; or the
/// reason why there is no such request.
fn invalid_request(
    api: &Api,
    openapi: &Node,
    cause: &ir::Cause,
    valid: &[RequestArgs],
) -> Result<(RequestArgs, String), &'static str> {
    let operation = &api.operations[cause.operation];
    if is_constant(operation, &cause.target) {
        return Err("callers do not pass the value: the client writes the only allowed one");
    }
    let mut args = valid[cause.operation].args.clone();
    let (key, steps) = match &cause.target {
        CauseTarget::Parameter(location, wire) => {
            (schema::parameter_key(*location, wire), Vec::new())
        }
        CauseTarget::Body(steps) => ("body".to_owned(), steps.clone()),
    };
    let root = match &cause.target {
        CauseTarget::Parameter(..) => schema::parameters(openapi, &operation.pointer).remove(&key),
        CauseTarget::Body(..) => schema::body(openapi, &operation.pointer),
    };
    let root = root.unwrap_or_else(|| panic!("{key} of {}", operation.template));
    let annotated =
        cause.pointer.rsplit_once('/').and_then(|(pointer, _)| openapi.pointer(pointer));
    let end = annotated.filter(|_| !steps.is_empty());
    let value_path = ValuePath { steps: &steps, end };
    let target = schema::follow(openapi, root, value_path);
    let required = match &cause.target {
        CauseTarget::Parameter(location, wire) => {
            schema::is_required(openapi, &operation.pointer, *location, wire)
        }
        CauseTarget::Body(..) => target.required,
    };
    let missing_has_own_code = causes(api).any(|(_, it)| {
        it.kind == "missing" && it.operation == cause.operation && it.target == cause.target
    });
    let value = invalid(openapi, &target.schemas, &cause.kind, required, missing_has_own_code)?;
    if steps.is_empty() {
        args.insert(key.clone(), value);
    } else {
        let mut body = sample(openapi, &[root], value_path);
        put(&mut body, &steps, value);
        args.insert(key.clone(), body);
    }
    let path = match &cause.target {
        CauseTarget::Parameter(_, wire) => wire.clone(),
        CauseTarget::Body(steps) => steps.join(".").replace(".[]", "[0]"),
    };
    Ok((RequestArgs { operation: cause.operation, args }, path))
}

/// Returns whether the target of a cause is a parameter that the client writes.
fn is_constant(operation: &ir::Operation, target: &CauseTarget) -> bool {
    let CauseTarget::Parameter(location, wire) = target else { return false };
    operation.parameters.iter().any(|parameter| {
        parameter.location == *location && parameter.wire == *wire && parameter.constant.is_some()
    })
}

/// Replaces the value at a path.
fn put(target: &mut Value, steps: &[String], value: Value) {
    let Some((step, rest)) = steps.split_first() else { return *target = value };
    let inner = match step.as_str() {
        "[]" => &mut target[0],
        name => &mut target[name],
    };
    put(inner, rest, value);
}
