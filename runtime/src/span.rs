//! A span for each attempt, named by OpenTelemetry's conventions for HTTP clients ("Semantic
//! conventions for HTTP spans" 1.27). The URL is not among its fields, since its query may hold
//! anything; the path template is.

use tracing::field::Empty;
use tracing::{Span, info_span};

use crate::hook::{Attempt, Outcome};

/// The span of an attempt.
pub(crate) fn of(attempt: &Attempt<'_>) -> Span {
    let method = http::Method::from(attempt.method());
    let span = info_span!(
        "http_request",
        otel.name = format_args!("{method} {}", attempt.path()),
        otel.kind = "client",
        otel.status_code = Empty,
        operation = attempt.operation(),
        http.request.method = method.as_str(),
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        http.response.body.size = Empty,
        url.scheme = attempt.scheme(),
        url.template = attempt.path(),
        server.address = attempt.host(),
        server.port = attempt.port(),
        error.type = Empty,
    );
    if attempt.number() > 1 {
        span.record("http.request.resend_count", attempt.number() - 1);
    }
    span
}

/// Notes in the span of the attempt what came of it.
pub(crate) fn record(outcome: &Outcome<'_>) {
    let span = Span::current();
    if let Some(response) = outcome.response() {
        span.record("http.response.status_code", response.status().as_u16());
        span.record("http.response.body.size", response.body().len());
    }
    let wrong = match (outcome.error(), outcome.status()) {
        (Some(error), _) if error.is_timeout() => "timeout",
        (Some(error), _) if error.is_connect() => "connect",
        (Some(error), _) if error.is_too_large() => "too_large",
        (Some(_), _) => "broken_off",
        (None, Some(status)) if status.is_client_error() || status.is_server_error() => {
            span.record("error.type", status.as_str());
            span.record("otel.status_code", "ERROR");
            return;
        }
        (None, _) => return,
    };
    span.record("error.type", wrong);
    span.record("otel.status_code", "ERROR");
}
