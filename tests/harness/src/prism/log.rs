//! Parses Prism's log of the requests that it received.

/// A request and its validation results.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method and path: `get /pets/1`.
    pub line: String,
    /// Whether the request passed the validation.
    pub passed: bool,
    /// The problems of the request.
    pub violations: Vec<String>,
    /// The problems of the response that Prism generated.
    pub response_problems: Vec<String>,
}

/// Returns the requests of a log in order.
pub fn parse_log(log: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for line in log.lines() {
        if let Some((start, _)) = line.split_once("Request received") {
            let line = start.split("[HTTP SERVER]").nth(1).unwrap_or_default();
            let words: Vec<&str> = line.split_whitespace().take(2).collect();
            requests.push(Request { line: words.join(" "), ..Request::default() });
            continue;
        }
        let Some(request) = requests.last_mut() else { continue };
        let text_after =
            |mark: &str| line.split_once(mark).map(|(_, message)| message.trim().to_owned());
        if line.contains("passed the validation rules") {
            request.passed = true;
        } else if let Some(message) = text_after("Violation: response") {
            request.response_problems.push(format!("response{message}"));
        } else if line.contains("[VALIDATOR]") && line.contains("did not pass") {
            continue;
        } else if let Some(message) = text_after("Request terminated with error:") {
            match message.contains("#VIOLATIONS") || message.contains("#UNPROCESSABLE_ENTITY") {
                true => request.response_problems.extend((request.passed).then_some(message)),
                false if request.passed => request.response_problems.push(message),
                false => request.violations.push(message),
            }
        } else if line.contains("[VALIDATOR]")
            && let Some(message) = text_after(" error ").or_else(|| text_after(" warning "))
        {
            request.violations.push(message);
        }
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::parse_log;

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
    fn problems_are_assigned_to_their_request() {
        let requests = parse_log(LOG);
        let lines: Vec<&str> = requests.iter().map(|it| it.line.as_str()).collect();
        assert_eq!(lines, ["get /a/1", "post /b", "get /c"]);
        assert!(!requests[0].passed && requests[0].response_problems.is_empty());
        assert_eq!(requests[0].violations, ["Request query parameter q must be integer"]);
        assert!(requests[1].passed && requests[1].violations.is_empty());
        assert_eq!(requests[1].response_problems.len(), 1);
        assert!(!requests[2].passed && requests[2].violations[0].contains("NO_PATH_MATCHED"));
    }
}
