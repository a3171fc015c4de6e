//! What Prism writes about the requests it receives.

/// A request, and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// `get /pets/1`
    pub line: String,
    /// Whether the request is what the document says.
    pub passed: bool,
    /// What is wrong with the request.
    pub violations: Vec<String>,
    /// What is wrong with the response that Prism made itself.
    pub own: Vec<String>,
}

/// Every request of a log, in order.
pub fn requests(log: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for line in log.lines() {
        if let Some((start, _)) = line.split_once("Request received") {
            let line = start.split("[HTTP SERVER]").nth(1).unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().take(2).collect();
            requests.push(Request { line: words.join(" "), ..Request::default() });
            continue;
        }
        let Some(request) = requests.last_mut() else { continue };
        let said = |mark: &str| line.split_once(mark).map(|(_, what)| what.trim().to_owned());
        if line.contains("passed the validation rules") {
            request.passed = true;
        } else if let Some(what) = said("Violation: response") {
            request.own.push(format!("response{what}"));
        } else if line.contains("[VALIDATOR]") && line.contains("did not pass") {
            continue;
        } else if let Some(what) = said("Request terminated with error:") {
            match what.contains("#VIOLATIONS") || what.contains("#UNPROCESSABLE_ENTITY") {
                true => request.own.extend((request.passed).then_some(what)),
                false if request.passed => request.own.push(what),
                false => request.violations.push(what),
            }
        } else if line.contains("[VALIDATOR]")
            && let Some(what) = said(" error ").or_else(|| said(" warning "))
        {
            request.violations.push(what);
        }
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::requests;

    const LOG: &str = "\
[8:14:30 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:4999
[8:14:32 AM] › [HTTP SERVER] get /a/1 ℹ  info      Request received
[8:14:32 AM] ›     [NEGOTIATOR] ℹ  info      Request contains an accept header: */*
[8:14:32 AM] ›     [VALIDATOR] ⚠  warning   Request did not pass the validation rules
[8:14:32 AM] ›     [VALIDATOR] ✖  error     Request query parameter q must be integer
[8:14:33 AM] › [HTTP SERVER] get /a/1 ✖  error     Request terminated with error: https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY: Invalid request
[8:14:33 AM] › [HTTP SERVER] post /b ℹ  info      Request received
[8:14:33 AM] ›     [VALIDATOR] ✔  success   The request passed the validation rules. Looking for the best response
[8:14:33 AM] ›     [VALIDATOR] ✖  error     Violation: response.body.a Response body property a must match format \"byte\"
[8:14:34 AM] › [HTTP SERVER] get /c ℹ  info      Request received
[8:14:34 AM] › [HTTP SERVER] get /c ✖  error     Request terminated with error: https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR: Route not resolved, no path matched
";

    #[test]
    fn what_is_wrong_is_told_by_request() {
        let all = requests(LOG);
        let lines: Vec<&str> = all.iter().map(|it| it.line.as_str()).collect();
        assert_eq!(lines, ["get /a/1", "post /b", "get /c"]);
        assert!(!all[0].passed && all[0].own.is_empty());
        assert_eq!(all[0].violations, ["Request query parameter q must be integer"]);
        assert!(all[1].passed && all[1].violations.is_empty());
        assert_eq!(all[1].own.len(), 1);
        assert!(!all[2].passed && all[2].violations[0].contains("NO_PATH_MATCHED"));
    }
}
