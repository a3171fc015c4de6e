//! [`Api`] → [`Api`] with inferences: what the document means but does not state, such as that a
//! header carries an idempotency key.
//!
//! Each rule has a file of its own. It reads the API and `vendor.toml`, applies what it concludes to
//! the API, and returns every conclusion as an [`Inference`]: with its evidence, and whether it was
//! inferred, pinned by `vendor.toml`, or rejected. `lower` and `plan` infer nothing.
//!
//! | file | conclusion | in `vendor.toml` |
//! |---|---|---|
//! | `secrets` | a value is secret | `secrets` |
//! | `personal_data` | a field holds personal or card data | `[personal_data]` |
//! | `meaning` | a value is money, a date or a file | `[numbers]`, `[dates]`, `[files]` |
//! | `meaning/ids` | a string is the id of a kind of resource | `[ids]` |
//! | `tags` | a property selects the variant of a union | |
//! | `body_credentials` | a body repeats a credential of the client | `[settings]` |
//! | `client_settings` | a parameter is set once for all calls of a client | `[settings]` |
//! | `constants` | a field or parameter has one allowed value | `[constants]` |
//! | `idempotency` | headers or a property of the body carry an idempotency key | `[idempotency]` |
//! | `repeatable` | an operation only reads | `repeatable` |
//! | `tokens` | where the tokens of a security scheme are fetched | `[tokens.<scheme>]` |
//! | `auth` | an operation issues tokens | `token_operations` |
//! | `error_fields` | where error bodies have a code and a message | `[error_fields]` |
//! | `pagination` | how the pages of a list are requested | `[[pagination]]` |
//! | `resources` | which resource an operation belongs to, and its name there | `[names]` |

mod auth;
mod body_credentials;
mod client_settings;
mod computed_headers;
mod constants;
mod error_fields;
mod evidence;
mod idempotency;
mod meaning;
mod pagination;
mod personal_data;
mod repeatable;
mod resources;
mod rule_use;
mod secrets;
mod settings;
mod show;
mod summary;
mod tags;
mod tokens;
mod unmatched_errors;
mod unmatched_webhook_fields;
mod value_at;

use crate::ir::{Api, Conclusion, Evidence, Inference, State, Subject};
use crate::manifest::{Manifest, Names as RecordedNames};
use crate::report::Report;
use crate::source::Node;

pub use resources::{is_verb, singular, split_words};
pub use settings::{Settings, settings};
pub use show::{pagination_value, render_json, render_text};
pub use summary::{Names, summarize};

/// What the rules read besides the API.
struct Context<'a> {
    manifest: &'a Manifest,
    /// The document that the API was read from.
    openapi: &'a Node,
    /// The key of each type in `vendor.toml`.
    type_keys: &'a [String],
}

/// Draws the conclusions from an API that was read from `openapi`, and adds them to it. `type_keys`
/// are the keys of its types in `vendor.toml`, and `recorded` are the names of earlier runs.
pub fn infer(
    api: &mut Api,
    manifest: &Manifest,
    openapi: &Node,
    type_keys: &[String],
    recorded: &RecordedNames,
    report: &mut Report,
) {
    let context = Context { manifest, openapi, type_keys };
    auth::apply(api, manifest, report);
    let mut inferences = secrets::infer(api, &context, report);
    inferences.extend(personal_data::infer(api, &context, report));
    inferences.extend(tags::infer(api, &context));
    inferences.extend(constants::infer(api, &context, report));
    computed_headers::mark_computed_headers(api, &context, report);
    inferences.extend(idempotency::infer(api, &context, report));
    inferences.extend(body_credentials::infer(api, &context, report));
    inferences.extend(repeatable::infer(api, &context, report));
    // A token request must not require headers, except for those that the client computes.
    inferences.extend(tokens::infer(api, &context, report));
    inferences.extend(auth::infer(api, &context, report));
    unmatched_errors::report(api, &context, report);
    unmatched_webhook_fields::report(api, &context, report);
    inferences.extend(error_fields::infer(api, &context));
    // The types of cursors and offsets are part of how a list is paginated.
    inferences.extend(meaning::infer(api, &context, report));
    inferences.extend(pagination::infer(api, &context, report));
    inferences.extend(meaning::infer_ids(api, &context, report));
    inferences.extend(resources::infer(api, &context, recorded, report));
    // A setting has the type of its parameters, with its meaning.
    inferences.extend(client_settings::infer(api, &context, report));
    api.inferences = inferences;
}

impl<'a> Context<'a> {
    /// Returns the key of the component that webhooks carry.
    fn event(&self) -> Option<&'a str> {
        self.manifest.webhook_event()
    }

    /// Returns a conclusion about a subject, drawn from what the document has at its location.
    fn infer(
        &self,
        api: &Api,
        subject: Subject,
        conclusion: Conclusion,
        state: State,
        rule: impl Into<String>,
    ) -> Inference {
        let evidence = Evidence { location: self.location(api, &subject), rule: rule.into() };
        Inference { key: self.key(api, &subject), subject, conclusion, evidence, state }
    }

    /// Returns a conclusion that `vendor.toml` states at `keys`.
    fn pin(
        &self,
        api: &Api,
        subject: Subject,
        conclusion: Conclusion,
        keys: &[&str],
        rule: impl Into<String>,
    ) -> Inference {
        let evidence = Evidence { location: self.manifest.location(keys), rule: rule.into() };
        let key = self.key(api, &subject);
        Inference { key, subject, conclusion, evidence, state: State::Pinned }
    }
}
