//! Checks `[webhooks]` in `vendor.toml` against the document.

use crate::ir::Api;
use crate::manifest::Manifest;
use crate::report::{Problem, Report, suggest};

/// Reports if the component named by `event`, the type of a webhook's body, is missing.
pub fn check_event(api: &Api, manifest: &Manifest, report: &mut Report) {
    let Some(event) = manifest.webhook_event() else { return };
    if !api.components.contains_key(event) {
        let location = manifest.location(&["webhooks", "event"]);
        let problem = Problem::error(location, format!("there is no schema component `{event}`"));
        let otherwise = "name one of `components.schemas`, or add the schema in overlay.yaml";
        let known = api.components.keys().map(String::as_str);
        report.error_or_warn(problem.help(suggest(event, known, otherwise)));
    }
}
