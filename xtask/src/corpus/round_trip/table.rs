//! The table: a line for each crate, sums, and what did not survive.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::listed::{LISTED, Listed};
use super::tally::{Count, Finding, Kind, Trip};

/// How many findings of a crate are shown in full.
const SHOWN: usize = 12;

/// ```text
/// museum             12 types   14/14 examples (2 invalid)   240/240 made   0 with a null gone   build 2.1 s
/// ```
pub fn line(trip: &Trip) -> String {
    let (example, undeclared) = (trip.count(Kind::Example), trip.count(Kind::NoTypedError));
    let made = trip.count(Kind::Made);
    let mut text = format!(
        "{:30} {:>5} types {:>5}/{:<5} examples {:>3}/{:<3} undeclared {:>4} invalid {:>6}/{:<6} made {:>5} nulls",
        trip.name,
        trip.types,
        example.survived,
        example.all,
        undeclared.survived,
        undeclared.all,
        trip.invalid,
        made.survived,
        made.all,
        example.nulls + made.nulls,
    );
    if !trip.short.is_empty() {
        let _ = write!(text, "   {} short", trip.short.len());
    }
    if !trip.unjudged.is_empty() {
        let _ = write!(text, "   {} unjudged", trip.unjudged.len());
    }
    if let Some(took) = trip.built {
        let _ = write!(text, "   build {:.1} s", took.as_secs_f64());
    }
    text + "\n"
}

/// What the run came to, and whether everything survived but what is listed. Only a `whole` run can
/// tell that an entry of the list has no use.
pub fn close(trips: &[Trip], listed: &Listed, whole: bool) -> (String, bool) {
    let mut text = String::new();
    let mut fine = true;
    let mut used = BTreeMap::<usize, usize>::new();
    for trip in trips {
        let mut groups: BTreeMap<(Kind, &str, String), Vec<&Finding>> = BTreeMap::new();
        for finding in &trip.findings {
            match listed.entry(&trip.name, finding) {
                Some(index) => *used.entry(index).or_default() += 1,
                None => {
                    fine = false;
                    let key = (finding.kind, finding.ty.as_str(), without_values(&finding.what));
                    groups.entry(key).or_default().push(finding);
                }
            }
        }
        if !groups.is_empty() || !trip.short.is_empty() || !trip.unjudged.is_empty() {
            let _ = writeln!(text, "\n{}", trip.name);
        }
        for ((kind, ty, _), findings) in groups.iter().take(SHOWN) {
            let Some(first) = findings.first() else { continue };
            let value: String = first.value.chars().take(400).collect();
            let _ =
                writeln!(text, "  {kind:?} {ty} ×{}: {}\n    {value}", findings.len(), first.what);
        }
        if groups.len() > SHOWN {
            let _ = writeln!(text, "  … and {} more", groups.len() - SHOWN);
        }
        if !trip.short.is_empty() {
            let _ = writeln!(text, "  fewer values than wanted: {}", trip.short.join(", "));
        }
        for what in trip.unjudged.iter().take(SHOWN) {
            let _ = writeln!(text, "  not judged: {what}");
        }
    }
    for (index, known) in listed.known.iter().enumerate() {
        let what = [known.name.as_str(), known.ty.as_str(), known.what.as_str()];
        let what: Vec<&str> = what.into_iter().filter(|it| !it.is_empty()).collect();
        let (what, reason) = (what.join(" "), known.reason.as_str());
        match used.get(&index) {
            Some(count) => drop(writeln!(text, "\n{count}× {what}, as listed: {reason}")),
            None if whole => {
                fine = false;
                let _ = writeln!(text, "\n{what} survives: take it out of {LISTED}");
            }
            None => (),
        }
    }
    text.push_str(&sums(trips));
    (text, fine)
}

/// What is different, without the values in it: one line for all of a kind.
fn without_values(what: &str) -> String {
    what.split(": ").next().unwrap_or_default().to_owned()
}

fn sums(trips: &[Trip]) -> String {
    let mut text = String::from("\n");
    let kinds = [
        (Kind::Example, "valid examples"),
        (Kind::NoTypedError, "valid examples with members that their schema does not name"),
        (Kind::Made, "made values"),
    ];
    for (kind, words) in kinds {
        let mut sum = Count::default();
        for count in trips.iter().map(|trip| trip.count(kind)) {
            sum.all += count.all;
            sum.survived += count.survived;
            sum.nulls += count.nulls;
        }
        #[allow(clippy::cast_precision_loss, reason = "a percentage")]
        let share = 100.0 * sum.survived as f64 / sum.all.max(1) as f64;
        let _ = writeln!(
            text,
            "{} of {} {words} survive, {share:.3} %; in {} of them a null is missing afterwards",
            sum.survived, sum.all, sum.nulls
        );
    }
    text
}
