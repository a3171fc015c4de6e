//! What came of it: a line for each document, and every finding.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::known::{Entry, KNOWN, Known};
use super::log::Request;
use super::{Call, Mode};

/// How many findings of a document are shown in full.
const SHOWN: usize = 40;

/// How much is shown of one.
const LONGEST: usize = 600;

/// Something that the judge or the client finds wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The operation.
    pub operation: String,
    /// What is wrong.
    pub what: String,
}

/// What the judge says of one document's client.
#[derive(Debug)]
pub struct Verdict {
    name: String,
    operations: usize,
    called: BTreeSet<String>,
    /// Requests that were judged.
    requests: usize,
    violations: Vec<Finding>,
    responses: usize,
    decoded: usize,
    undecoded: Vec<Finding>,
    /// Calls that were not sent, and runs that do not add up.
    broken: Vec<Finding>,
}

impl Verdict {
    /// Nothing was called yet.
    pub fn new(name: &str, operations: usize) -> Self {
        Self {
            name: name.to_owned(),
            operations,
            called: BTreeSet::new(),
            requests: 0,
            violations: Vec::new(),
            responses: 0,
            decoded: 0,
            undecoded: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// What the judge says of the requests of a run.
    pub fn judged(&mut self, mode: Mode, calls: &[Call], requests: &[Request]) {
        for (call, request) in self.pairs(calls, requests) {
            self.called.insert(call.operation.clone());
            self.requests += 1;
            let with = if mode == Mode::All { " (with all parameters)" } else { "" };
            let whats = match (request.passed, request.violations.is_empty()) {
                (true, true) => continue,
                (false, true) => vec!["did not pass".to_owned()],
                _ => request.violations.clone(),
            };
            self.violations.extend(whats.into_iter().map(|what| Finding {
                operation: call.operation.clone(),
                what: format!("{}{with}: {what}", request.line),
            }));
        }
    }

    /// What became of made-up responses.
    pub fn responded(&mut self, calls: &[Call], requests: &[Request]) {
        for (call, request) in self.pairs(calls, requests) {
            self.responses += 1;
            if call.is_decoded() {
                self.decoded += 1;
                continue;
            }
            let own = request.own.first().map(|own| format!(" [{own}]")).unwrap_or_default();
            let status = call.status.map(|it| it.to_string()).unwrap_or_default();
            let what = format!("{status} {}{own}", call.text);
            self.undecoded.push(Finding { operation: call.operation.clone(), what });
        }
    }

    /// Each call that was sent with what the judge received; both are in one order.
    fn pairs<'a>(
        &mut self,
        calls: &'a [Call],
        requests: &'a [Request],
    ) -> Vec<(&'a Call, &'a Request)> {
        for call in calls.iter().filter(|call| !call.sent) {
            let what = format!("not sent: {}", call.text);
            self.broken.push(Finding { operation: call.operation.clone(), what });
        }
        let sent: Vec<&Call> = calls.iter().filter(|call| call.sent).collect();
        if sent.len() != requests.len() {
            let (sent, received) = (sent.len(), requests.len());
            let what = format!("{sent} requests were sent, and the judge received {received}");
            self.broken.push(Finding { operation: String::new(), what });
        }
        sent.into_iter().zip(requests).collect()
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.broken.iter().chain(&self.violations).chain(&self.undecoded)
    }

    fn count(&self, findings: &[Finding], known: &Known) -> (usize, usize) {
        let listed = |it: &&Finding| known.entry(&self.name, it).is_some();
        let listed = findings.iter().filter(listed).count();
        (findings.len() - listed, listed)
    }
}

/// ```text
/// museum      8 operations   8 called   16 requests   0 violations (0 known)   160 responses   160 decoded
/// ```
pub fn line(verdict: &Verdict, known: &Known) -> String {
    let (violations, excused) = verdict.count(&verdict.violations, known);
    let (_, misjudged) = verdict.count(&verdict.undecoded, known);
    format!(
        "{:24} {:>4} operations {:>4} called {:>5} requests {:>3} violations (and {excused} known) {:>6} responses {:>6} decoded (and {misjudged} known)\n",
        verdict.name,
        verdict.operations,
        verdict.called.len(),
        verdict.requests,
        violations,
        verdict.responses,
        verdict.decoded,
    )
}

/// Everything that is wrong with one document, and is not listed; nothing if nothing is.
pub fn findings(verdict: &Verdict, known: &Known) -> String {
    let mut text = String::new();
    let mut groups: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for finding in verdict.findings() {
        if known.entry(&verdict.name, finding).is_none() {
            let what = finding.what.chars().take(LONGEST).collect();
            *groups.entry((finding.operation.as_str(), what)).or_default() += 1;
        }
    }
    let uncalled = verdict.operations.saturating_sub(verdict.called.len());
    if uncalled > 0 {
        let _ = writeln!(text, "  {uncalled} operations were not called");
    }
    for ((operation, what), count) in groups.iter().take(SHOWN) {
        let _ = writeln!(text, "  {operation} ×{count}: {what}");
    }
    if groups.len() > SHOWN {
        let _ = writeln!(text, "  … and {} more", groups.len() - SHOWN);
    }
    text
}

/// Which entries of the list were needed, and whether all of them were.
pub fn close(verdicts: &[Verdict], known: &Known) -> (String, bool) {
    let (mut text, mut fine) = (String::new(), true);
    for verdict in verdicts {
        let used: BTreeSet<usize> =
            verdict.findings().filter_map(|it| known.entry(&verdict.name, it)).collect();
        let entries = known.known.iter().enumerate();
        for (index, entry) in entries.filter(|(_, it)| it.document == verdict.name) {
            let Entry { document, what, reason, .. } = entry;
            if used.contains(&index) {
                let _ = writeln!(text, "{document}, as listed: {what}\n  {reason}");
            } else {
                fine = false;
                let _ = writeln!(text, "{document}: nothing says `{what}`: take it out of {KNOWN}");
            }
        }
    }
    (text, fine)
}
