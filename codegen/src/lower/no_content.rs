//! Responses that HTTP gives no body: whatever the document declares for them is dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Method, Status};
use crate::report::{Location, Origin, Problem, Report};

/// The `content` of all responses: where it is read, and where it is dropped. A component may be the
/// response of several operations and statuses, and its `content` is reported only once.
#[derive(Debug, Default)]
pub struct ResponseContents {
    read: BTreeSet<Origin>,
    dropped: BTreeMap<Origin, String>,
}

impl ResponseContents {
    /// Adds the `content` of a response at `origin`. Returns whether the response can have a body.
    pub fn add(&mut self, origin: Origin, method: Method, status: Status) -> bool {
        match bodiless_response(method, status) {
            Some(message) => {
                self.dropped.entry(origin).or_insert(message);
                false
            }
            None => {
                self.read.insert(origin);
                true
            }
        }
    }

    /// Reports each `content` that was dropped. It counts as skipped if no other response reads it.
    pub fn report_dropped(self, report: &mut Report) {
        for (origin, response) in self.dropped {
            let location = Location::Entry(origin);
            let problem = if self.read.contains(&origin) {
                let message = format!("{response} has no body: this `content` is not read for it");
                Problem::note(location, message)
            } else {
                let message = format!("{response} has no body: this `content` is skipped");
                Problem::skip_note(location, message)
            };
            report.push(problem.help("to get the body, declare the status that it is sent with"));
        }
    }
}

/// Returns whether HTTP gives the response a body.
pub fn may_have_body(method: Method, status: Status) -> bool {
    bodiless_response(method, status).is_none()
}

/// Describes a response that has no body, with the section of HTTP. Returns `None` for any other.
fn bodiless_response(method: Method, status: Status) -> Option<String> {
    if method == Method::Head {
        return Some("a response to HEAD (RFC 9110 §9.3.2)".to_owned());
    }
    let (status, section) = match status {
        Status::Code(code @ 100..=199) => (code.to_string(), "15.2"),
        Status::Range(1) => ("1XX".to_owned(), "15.2"),
        Status::Code(204) => ("204".to_owned(), "15.3.5"),
        Status::Code(205) => ("205".to_owned(), "15.3.6"),
        Status::Code(304) => ("304".to_owned(), "15.4.5"),
        Status::Code(_) | Status::Range(_) | Status::Default => return None,
    };
    Some(format!("a response with the status {status} (RFC 9110 §{section})"))
}
