//! `cargo xtask corpus --round-trip`: deserializes and serializes the examples of each document,
//! and values generated from its schemas, and checks that they are unchanged.

mod compare;
mod optional_fields;
mod program;
mod stats;
mod table;
mod typed_schemas;

use std::collections::{BTreeMap, BTreeSet};

use docwright::plan::{self, Plan};
use docwright::report::{Location, Problem};
use docwright::samples::{OptionalProperties, random_sample};
use docwright::source::Node;
use docwright::{Diagnostics, Files, LoadedApi, Report, Sources, load_api, lower};
use serde_json::Value;

use crate::subjects::Subject;
use crate::validator::{DocumentSchemas, SchemaValidator};
use crate::workbench::Workbench;
use compare::{Outcome, compare};
use optional_fields::OptionalFields;
use stats::{DocumentStats, ValueKind};
pub use table::{document_line, summary};
use typed_schemas::{TypedSchema, collect_typed_schemas};

/// The file of known differences, relative to the repository.
pub const KNOWN: &str = "tests/corpus/round_trip.toml";

/// How many values are generated for a type.
const SAMPLES: usize = 20;
/// How many attempts are made to generate them.
const ATTEMPTS: usize = 160;

/// A value and its type.
struct TypedValue<'t> {
    schema: &'t TypedSchema,
    kind: ValueKind,
    value: Value,
}

/// Generates the crate of a document, builds its program and runs every value through it.
///
/// # Errors
///
/// Returns an error if the crate cannot be generated or compiled, or if the program fails.
pub fn run(subject: &Subject, bench: &Workbench) -> Result<DocumentStats, Diagnostics> {
    let vendor = subject.vendor();
    let mut sources = Sources::default();
    let mut report = Report { strict: vendor.strict, ..Report::default() };
    let Some(LoadedApi { api, openapi, .. }) = load_api(&vendor, &mut sources, &mut report) else {
        return Err(Diagnostics { sources, report });
    };
    let openapi = openapi.root();
    let keys = lower::type_keys(&api, openapi);
    let overrides =
        plan::NameOverrides { manifest: &vendor.manifest, recorded: &vendor.recorded, keys: &keys };
    let Some(plan) = plan::plan(&vendor.name, &overrides, &api, openapi, &mut report) else {
        return Err(Diagnostics { sources, report });
    };
    let mut schemas = collect_typed_schemas(&api, &plan, openapi);
    let document =
        DocumentSchemas::new(openapi).map_err(|message| validator_error(subject, message))?;
    let named_types = schemas.iter().filter(|it| it.is_named).count();
    let mut stats = DocumentStats::new(&subject.name, named_types);
    let validators: Vec<_> = schemas.iter().map(|it| document.validator(&it.pointer)).collect();
    for (schema, validator) in schemas.iter_mut().zip(&validators) {
        // A named type does not express that the value can be `null`: the field that holds it does.
        let is_nullable = validator.as_ref().is_ok_and(|it| it.allows(&Value::Null));
        if is_nullable && !schema.ty.starts_with("Option<") {
            schema.ty = format!("Option<{}>", schema.ty);
        }
    }
    let mut values = Vec::new();
    for (schema, validator) in schemas.iter().zip(validators) {
        match validator {
            Ok(validator) => {
                add_examples(schema, &validator, &mut stats, &mut values);
                if schema.is_named {
                    let seed = format!("{} {}", subject.name, schema.pointer);
                    add_generated(schema, &validator, openapi, &seed, &mut stats, &mut values);
                }
            }
            Err(message) => stats.unsupported.push(format!("{}: {message}", schema.pointer)),
        }
    }
    if !values.is_empty() {
        run_program(subject, bench, &plan, &values, &mut stats)?;
    }
    Ok(stats)
}

/// Builds and runs the program of the crate, and adds the outcome of each value.
fn run_program(
    subject: &Subject,
    bench: &Workbench,
    plan: &Plan,
    values: &[TypedValue<'_>],
    stats: &mut DocumentStats,
) -> Result<(), Diagnostics> {
    let types: BTreeSet<&str> = values.iter().map(|it| it.schema.ty.as_str()).collect();
    let numbers: BTreeMap<&str, usize> = types.iter().copied().zip(0..).collect();
    let input: Vec<(usize, &Value)> =
        values.iter().map(|it| (numbers[it.schema.ty.as_str()], &it.value)).collect();
    let mut files: Files = subject.generate(&bench.runtime).result?.files;
    files.0.insert(program::FILE.to_owned(), program::source_text(&subject.name, &types));
    let built = bench.build(&subject.name, &files, "round_trip")?;
    stats.built = built.took;
    let optional = OptionalFields::new(plan);
    let results = program::run(&built.program, &built.folder, &input)?;
    for (value, result) in values.iter().zip(&results) {
        let outcome = match result {
            Ok(after) => compare(&value.value, after, &value.schema.rust_type, &optional),
            Err(error) => Outcome::Rejected(error.clone()),
        };
        stats.add(value.kind, &value.schema.ty, &value.value, outcome);
    }
    if let Some(value) = values.get(results.len()) {
        let outcome = Outcome::Rejected("the program stopped at this value".to_owned());
        stats.add(value.kind, &value.schema.ty, &value.value, outcome);
    }
    Ok(())
}

fn validator_error(subject: &Subject, message: String) -> Report {
    Problem::error(Location::File(subject.name.clone()), message).into()
}

/// Adds the examples that the schema allows.
fn add_examples<'t>(
    schema: &'t TypedSchema,
    validator: &SchemaValidator,
    stats: &mut DocumentStats,
    values: &mut Vec<TypedValue<'t>>,
) {
    for value in &schema.examples {
        let kind = match (validator.allows(value), validator.declares_fields(value)) {
            (false, _) => {
                stats.invalid += 1;
                continue;
            }
            (true, true) => ValueKind::Example,
            (true, false) => ValueKind::UndeclaredFields,
        };
        values.push(TypedValue { schema, kind, value: value.clone() });
    }
}

/// Adds values generated from the schema.
fn add_generated<'t>(
    schema: &'t TypedSchema,
    validator: &SchemaValidator,
    openapi: &Node,
    seed: &str,
    stats: &mut DocumentStats,
    values: &mut Vec<TypedValue<'t>>,
) {
    let mut count = 0;
    let Some(node) = openapi.pointer(&schema.pointer) else { return };
    for attempt in 0..ATTEMPTS {
        if count == SAMPLES {
            return;
        }
        // The first two samples are special (all fields, required fields only), so each of them is
        // attempted several times.
        let optional = match count.max(attempt / 20) {
            0 => OptionalProperties::All,
            1 => OptionalProperties::Omit,
            _ => OptionalProperties::Random,
        };
        let seed = format!("{seed} {attempt}");
        let Some(value) = random_sample(openapi, node, &seed, optional) else { continue };
        if validator.allows(&value) {
            count += 1;
            values.push(TypedValue { schema, kind: ValueKind::Generated, value });
        }
    }
    if count < SAMPLES {
        stats.incomplete.push(format!("{} ({count})", schema.ty));
    }
}
