//! What `[webhooks]` of `vendor.toml` asks of the description: the type of their body.

use crate::ir::{Api, TypeName};
use crate::manifest::Manifest;
use crate::report::{Problem, Report};

/// Says that there is no component that webhooks could hold.
pub fn check(api: &Api, manifest: &Manifest, report: &mut Report) {
    let event = manifest.webhooks.as_ref().and_then(|webhooks| webhooks.event.as_ref());
    let Some(event) = event else { return };
    let is_event = |name: &TypeName| matches!(name, TypeName::Component(key) if key == event);
    if !api.types.iter().any(|def| is_event(&def.name)) {
        let location = manifest.location(&["webhooks", "event"]);
        let problem = Problem::error(location, format!("there is no component `{event}`"));
        let help = "name one of `components.schemas`; an overlay can add what no page describes";
        report.push(problem.help(help));
    }
}
