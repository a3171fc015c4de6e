//! `cargo xtask corpus --round-trip`: every example of a description and values made from its schemas
//! go through their types and come back as they were.

mod compare;
mod judge;
mod listed;
mod program;
mod samples;
mod table;
mod tally;
mod tried;

use std::collections::{BTreeMap, BTreeSet};

use docwright::plan::{self, Item, Mode, Plan};
use docwright::report::{Location, Problem};
use docwright::{Description, Files, Report, Vendor, describe, lower};
use serde_json::Value;

use super::cargo::Workbench;
use super::subjects::Subject;
use super::trial;
use compare::{Outcome, compare};
use judge::{Judge, Verdict};
pub use listed::{LISTED, Listed};
use samples::Maker;
pub use table::{close, line};
pub use tally::{Finding, Kind, Trip};
use tried::{Tried, tried};

/// How many values are made of a type.
const SAMPLES: usize = 20;
/// How many attempts are made for them.
const ATTEMPTS: usize = 160;

/// A value to be put through a type.
struct Sent<'t> {
    tried: &'t Tried,
    kind: Kind,
    value: Value,
}

/// Generates the crate, builds its program and puts every value through it.
///
/// # Errors
///
/// A description that is no crate, a crate that does not compile, a program that does not run.
pub fn run(subject: &Subject, bench: &Workbench) -> Result<Trip, Report> {
    let vendor = Vendor {
        name: subject.name.replace('-', "_"),
        inputs: subject.inputs.clone(),
        ..Vendor::default()
    };
    let mut report = Report { lenient: !vendor.strict, ..Report::default() };
    let Some(Description { api, openapi, .. }) = describe(&vendor, &mut report) else {
        return Err(report);
    };
    let keys = lower::type_keys(&api, &openapi);
    let fixed =
        plan::NameOverrides { manifest: &vendor.manifest, recorded: &vendor.recorded, keys: &keys };
    let plan: Plan = plan::plan(&vendor.name, &fixed, &api);
    let mut tried = tried(&api, &plan, &openapi);
    let judge = Judge::new(&openapi).map_err(|what| failed(subject, what))?;
    let mut trip = Trip::new(&subject.name, tried.iter().filter(|it| it.is_named).count());
    let verdicts: Vec<_> = tried.iter().map(|it| judge.of(&it.pointer)).collect();
    for (tried, verdict) in tried.iter_mut().zip(&verdicts) {
        // A type does not say whether `null` may stand in its location: that is for what holds it.
        let is_nullable = verdict.as_ref().is_ok_and(|it| it.allows(&Value::Null));
        if is_nullable && !tried.ty.starts_with("Option<") {
            tried.ty = format!("Option<{}>", tried.ty);
        }
    }
    let mut sent = Vec::new();
    for (tried, verdict) in tried.iter().zip(verdicts) {
        match verdict {
            Ok(verdict) => {
                examples(tried, &verdict, &mut trip, &mut sent);
                if tried.is_named {
                    let seed = format!("{} {}", subject.name, tried.pointer);
                    made(tried, &verdict, Maker::new(&openapi, &seed), &mut trip, &mut sent);
                }
            }
            Err(what) => trip.unjudged.push(format!("{}: {what}", tried.pointer)),
        }
    }
    if !sent.is_empty() {
        put_through(subject, bench, &plan, &sent, &mut trip)?;
    }
    Ok(trip)
}

/// Builds the program of the crate, and notes what becomes of the values.
fn put_through(
    subject: &Subject,
    bench: &Workbench,
    plan: &Plan,
    sent: &[Sent<'_>],
    trip: &mut Trip,
) -> Result<(), Report> {
    let types: BTreeSet<&str> = sent.iter().map(|it| it.tried.ty.as_str()).collect();
    let numbers: BTreeMap<&str, usize> = types.iter().copied().zip(0..).collect();
    let values: Vec<(usize, &Value)> =
        sent.iter().map(|it| (numbers[it.tried.ty.as_str()], &it.value)).collect();
    let mut files: Files = trial::generate(subject, &bench.runtime).result?.files;
    files.0.insert(program::FILE.to_owned(), program::text(&subject.name, &types));
    let built = bench.build(&subject.name, &files, "round_trip")?;
    trip.built = built.took;
    let plain = plain_options(plan);
    let responses = program::run(&built.program, &built.folder, &values)?;
    for (sent, response) in sent.iter().zip(&responses) {
        let outcome = match response {
            Ok(after) => compare(&sent.value, after, &plain),
            Err(why) => Outcome::Refused(why.clone()),
        };
        trip.add(sent.kind, &sent.tried.ty, &sent.value, outcome);
    }
    if let Some(sent) = sent.get(responses.len()) {
        let outcome = Outcome::Refused("the program stopped here".to_owned());
        trip.add(sent.kind, &sent.tried.ty, &sent.value, outcome);
    }
    Ok(())
}

/// The members that are a plain `Option`: no caller can send them, and a `null` that is received means
/// what a missing member means.
fn plain_options(plan: &Plan) -> BTreeSet<&str> {
    let structs = plan.types.iter().filter_map(|item| match item {
        Item::Struct(item) => Some(item),
        Item::Enum(_) | Item::Union(_) => None,
    });
    let fields = structs.flat_map(|item| &item.fields);
    fields.filter(|it| it.mode == Mode::Optional).map(|it| it.wire.as_str()).collect()
}

fn failed(subject: &Subject, what: String) -> Report {
    Problem::error(Location::File(subject.name.clone()), what).into()
}

/// The examples that their schema allows.
fn examples<'t>(tried: &'t Tried, verdict: &Verdict, trip: &mut Trip, sent: &mut Vec<Sent<'t>>) {
    for value in &tried.examples {
        let kind = match (verdict.allows(value), verdict.knows(value)) {
            (false, _) => {
                trip.invalid += 1;
                continue;
            }
            (true, true) => Kind::Example,
            (true, false) => Kind::NoTypedError,
        };
        sent.push(Sent { tried, kind, value: value.clone() });
    }
}

/// Values made from the schema.
fn made<'t>(
    tried: &'t Tried,
    verdict: &Verdict,
    mut maker: Maker<'_>,
    trip: &mut Trip,
    sent: &mut Vec<Sent<'t>>,
) {
    let mut count = 0;
    for attempt in 0..ATTEMPTS {
        if count == SAMPLES {
            return;
        }
        // The first two are of a kind of their own, and are tried anew until they succeed.
        let Some(value) = maker.sample(&tried.pointer, count.max(attempt / 20)) else { continue };
        if verdict.allows(&value) {
            count += 1;
            sent.push(Sent { tried, kind: Kind::Made, value });
        }
    }
    if count < SAMPLES {
        trip.short.push(format!("{} ({count})", tried.ty));
    }
}
