//! The printed table: a line for each document, and its findings.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::log::Request;
use super::{Call, CallMode};
use crate::known::{Finding, KnownFindings};

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
            self.violations.extend(problems.into_iter().map(|message| {
                finding(&call.operation, format!("{}{suffix}: {message}", request.line))
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
            self.decode_failures.push(finding(&call.operation, message));
        }
    }

    /// Pairs each sent call with the request that Prism received, since both have the same order.
    fn pair<'a>(
        &mut self,
        calls: &'a [Call],
        requests: &'a [Request],
    ) -> Vec<(&'a Call, &'a Request)> {
        for call in calls.iter().filter(|call| !call.sent) {
            self.failed_calls.push(finding(&call.operation, format!("not sent: {}", call.text)));
        }
        let sent: Vec<&Call> = calls.iter().filter(|call| call.sent).collect();
        if sent.len() != requests.len() {
            let (sent, received) = (sent.len(), requests.len());
            let message = format!("the client sent {sent} requests, but Prism received {received}");
            self.failed_calls.push(finding("", message));
        }
        sent.into_iter().zip(requests).collect()
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.failed_calls.iter().chain(&self.violations).chain(&self.decode_failures)
    }

    /// Returns the number of new and of known findings.
    fn count(&self, findings: &[Finding], known: &KnownFindings) -> (usize, usize) {
        let is_known = |it: &&Finding| known.covers(&self.name, it);
        let known = findings.iter().filter(is_known).count();
        (findings.len() - known, known)
    }
}

/// Returns the line of a document.
///
/// ```text
/// museum      8 operations   8 called   16 requests   0 violations (and 0 known)   160 responses   160 decoded (and 0 known)
/// ```
pub fn document_line(result: &DocumentResult, known: &KnownFindings) -> String {
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
pub fn findings(result: &DocumentResult, known: &KnownFindings) -> String {
    let mut text = String::new();
    let not_called = result.operations.saturating_sub(result.called.len());
    if not_called > 0 {
        let _ = writeln!(text, "  {not_called} operations were not called");
    }
    text + &known.describe_others(&result.name, result.findings())
}

/// Returns the known findings of the documents, and whether all of them occurred.
pub fn summary(results: &[DocumentResult], known: &KnownFindings) -> (String, bool) {
    let findings = results.iter().map(|it| (it.name.as_str(), it.findings().collect()));
    known.summary(&findings.collect(), false)
}

fn finding(operation: &str, message: String) -> Finding {
    Finding { kind: "", item: operation.to_owned(), message, value: String::new() }
}
