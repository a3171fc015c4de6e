//! Reports the fields in `[webhooks]` of `vendor.toml` that the body of webhooks does not have.

use super::Context;
use super::value_at::{field_names, has_value_at};
use crate::ir::Api;
use crate::manifest::SignedPart;
use crate::report::{Problem, Report, suggest};

/// Reports the fields under `signed` and `time` that the component named by `event` does not have.
pub fn report(api: &Api, context: &Context<'_>, report: &mut Report) {
    let Some(webhooks) = &context.manifest.webhooks else { return };
    let Some(event) = &webhooks.event else { return };
    let Some(ty) = api.components.get(event) else { return };
    let signed = webhooks.signed.iter().flatten().map(|part| ("signed", part));
    for (key, part) in signed.chain(webhooks.time.iter().map(|part| ("time", part))) {
        let SignedPart::Field(path) = part else { continue };
        let steps: Vec<String> = path.split('.').map(str::to_owned).collect();
        if has_value_at(api, ty, &steps) {
            continue;
        }
        let message = format!("the webhook body `{event}` has no field `{path}`");
        let otherwise = "correct the path, or add the field in overlay.yaml";
        let help = suggest(path, field_names(api, ty).into_iter(), otherwise);
        let location = context.manifest.location(&["webhooks", key]);
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}
