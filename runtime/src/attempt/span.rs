//! A span for each attempt, with fields from OpenTelemetry's "Semantic conventions for HTTP spans"
//! 1.27. The URL is omitted, since its query may contain secrets; the path template is included.

use tracing::field::Empty;
use tracing::instrument::Instrumented;
use tracing::{Instrument, Span, info_span};

use crate::call::hook::{Attempt, Outcome};

/// Runs the work of an attempt inside a span of its own.
pub(super) fn in_span<F: Future>(attempt: &Attempt<'_>, work: F) -> Instrumented<F> {
    work.instrument(attempt_span(attempt))
}

/// Creates the span of an attempt.
fn attempt_span(attempt: &Attempt<'_>) -> Span {
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

/// Records the outcome of an attempt in the current span.
pub(super) fn record_outcome(outcome: &Outcome<'_>) {
    let span = Span::current();
    if let Some(response) = outcome.response() {
        span.record("http.response.status_code", response.status().as_u16());
        span.record("http.response.body.size", response.body().len());
    }
    let error_type = match (outcome.error(), outcome.status()) {
        (Some(error), _) if error.is_timeout() => "timeout",
        (Some(error), _) if error.is_connect() => "connect",
        (Some(error), _) if error.is_unprocessed() => "rejected",
        (Some(error), _) if error.is_too_large() => "too_large",
        (Some(error), _) if error.is_redirected() => "redirected",
        (Some(_), _) => "exchange_failed",
        (None, Some(status)) if status.is_client_error() || status.is_server_error() => {
            span.record("error.type", status.as_str());
            span.record("otel.status_code", "ERROR");
            return;
        }
        (None, _) => return,
    };
    span.record("error.type", error_type);
    span.record("otel.status_code", "ERROR");
}
