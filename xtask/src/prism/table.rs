//! The printed table: a line for each document, and its findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::known_issues::{Finding, KNOWN_ISSUES, KnownIssue, KnownIssues};
use super::log::Request;
use super::{Call, CallMode};

/// How many findings of a document are shown.
const MAX_FINDINGS: usize = 40;

/// The maximum length of a finding in characters.
const MAX_LENGTH: usize = 600;

/// The result of testing one document's client.
#[derive(Debug)]
pub struct DocumentResult {
    name: String,
    operations: usize,
    called: BTreeSet<String>,
    /// The number of validated requests.
    requests: usize,
    violations: Vec<Finding>,
    responses: usize,
    decoded: usize,
    decode_failures: Vec<Finding>,
    /// Calls that were not sent, and mismatched numbers of calls and requests.
    failed_calls: Vec<Finding>,
}

impl DocumentResult {
    /// Creates an empty result.
    pub fn new(name: &str, operations: usize) -> Self {
        Self {
            name: name.to_owned(),
            operations,
            called: BTreeSet::new(),
            requests: 0,
            violations: Vec::new(),
            responses: 0,
            decoded: 0,
            decode_failures: Vec::new(),
            failed_calls: Vec::new(),
        }
    }

    /// Adds the validation results of a run's requests.
    pub fn add_requests(&mut self, mode: CallMode, calls: &[Call], requests: &[Request]) {
        for (call, request) in self.pair(calls, requests) {
            self.called.insert(call.operation.clone());
            self.requests += 1;
            let suffix = if mode == CallMode::All { " (with all parameters)" } else { "" };
            let problems = match (request.passed, request.violations.is_empty()) {
                (true, true) => continue,
                (false, true) => vec!["did not pass".to_owned()],
                _ => request.violations.clone(),
            };
            self.violations.extend(problems.into_iter().map(|message| Finding {
                operation: call.operation.clone(),
                message: format!("{}{suffix}: {message}", request.line),
            }));
        }
    }

    /// Adds the results of decoding generated responses.
    pub fn add_responses(&mut self, calls: &[Call], requests: &[Request]) {
        for (call, request) in self.pair(calls, requests) {
            self.responses += 1;
            if call.is_decoded() {
                self.decoded += 1;
                continue;
            }
            let problem = request.response_problems.first();
            let problem = problem.map(|problem| format!(" [{problem}]")).unwrap_or_default();
            let status = call.status.map(|it| it.to_string()).unwrap_or_default();
            let message = format!("{status} {}{problem}", call.text);
            self.decode_failures.push(Finding { operation: call.operation.clone(), message });
        }
    }

    /// Pairs each sent call with the request that Prism received, since both have the same order.
    fn pair<'a>(
        &mut self,
        calls: &'a [Call],
        requests: &'a [Request],
    ) -> Vec<(&'a Call, &'a Request)> {
        for call in calls.iter().filter(|call| !call.sent) {
            let message = format!("not sent: {}", call.text);
            self.failed_calls.push(Finding { operation: call.operation.clone(), message });
        }
        let sent: Vec<&Call> = calls.iter().filter(|call| call.sent).collect();
        if sent.len() != requests.len() {
            let (sent, received) = (sent.len(), requests.len());
            let message = format!("the client sent {sent} requests, but Prism received {received}");
            self.failed_calls.push(Finding { operation: String::new(), message });
        }
        sent.into_iter().zip(requests).collect()
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.failed_calls.iter().chain(&self.violations).chain(&self.decode_failures)
    }

    /// Returns the number of new and of known findings.
    fn count(&self, findings: &[Finding], known: &KnownIssues) -> (usize, usize) {
        let is_known = |it: &&Finding| known.entry(&self.name, it).is_some();
        let known = findings.iter().filter(is_known).count();
        (findings.len() - known, known)
    }
}

/// Returns the line of a document.
///
/// ```text
/// museum      8 operations   8 called   16 requests   0 violations (and 0 known)   160 responses   160 decoded (and 0 known)
/// ```
pub fn document_line(result: &DocumentResult, known: &KnownIssues) -> String {
    let (violations, known_violations) = result.count(&result.violations, known);
    let (_, known_failures) = result.count(&result.decode_failures, known);
    format!(
        "{:24} {:>4} operations {:>4} called {:>5} requests {:>3} violations (and {known_violations} known) {:>6} responses {:>6} decoded (and {known_failures} known)\n",
        result.name,
        result.operations,
        result.called.len(),
        result.requests,
        violations,
        result.responses,
        result.decoded,
    )
}

/// Returns the findings of one document that are not known, or an empty string.
pub fn findings(result: &DocumentResult, known: &KnownIssues) -> String {
    let mut text = String::new();
    let mut groups: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for finding in result.findings() {
        if known.entry(&result.name, finding).is_none() {
            let message = finding.message.chars().take(MAX_LENGTH).collect();
            *groups.entry((finding.operation.as_str(), message)).or_default() += 1;
        }
    }
    let not_called = result.operations.saturating_sub(result.called.len());
    if not_called > 0 {
        let _ = writeln!(text, "  {not_called} operations were not called");
    }
    for ((operation, message), count) in groups.iter().take(MAX_FINDINGS) {
        let _ = writeln!(text, "  {operation} ×{count}: {message}");
    }
    if groups.len() > MAX_FINDINGS {
        let _ = writeln!(text, "  … and {} more", groups.len() - MAX_FINDINGS);
    }
    text
}

/// Returns the known issues of the documents, and whether all of them occurred.
pub fn known_issues_summary(results: &[DocumentResult], known: &KnownIssues) -> (String, bool) {
    let (mut text, mut all_used) = (String::new(), true);
    for result in results {
        let used: BTreeSet<usize> =
            result.findings().filter_map(|it| known.entry(&result.name, it)).collect();
        let entries = known.known.iter().enumerate();
        for (index, entry) in entries.filter(|(_, it)| it.document == result.name) {
            let KnownIssue { document, contains, reason, .. } = entry;
            if used.contains(&index) {
                let _ = writeln!(text, "{document}, as expected: {contains}\n  {reason}");
            } else {
                all_used = false;
                let _ = writeln!(
                    text,
                    "{document}: no finding contains `{contains}`: remove the entry from {KNOWN_ISSUES}"
                );
            }
        }
    }
    (text, all_used)
}
