//! Webhooks: the signature scheme as a static, and the receiver.

use super::print::{Fragment, literal};
use super::tokens::{Referrer, type_text};
use crate::plan::{SignedPart, WebhookScheme, WebhookSetting, Webhooks};

/// ```text
/// /// The signature scheme of webhooks.
/// pub static SCHEME: SignatureScheme = SignatureScheme::header(
///     "X-Acme-Signature",
///     Algorithm::HmacSha256,
///     &[SignedPart::Body],
/// );
///
/// /// Returns a receiver that verifies and decodes webhooks. …
/// #[must_use]
/// pub fn receiver() -> Receiver<types::Event> {
///     Receiver::new(&SCHEME)
/// }
/// ```
pub fn emit(webhooks: &Webhooks) -> Vec<Fragment> {
    let Webhooks { event, doc, .. } = webhooks;
    let scheme = scheme_expr(webhooks);
    let scheme = format!(
        "/// The signature scheme of webhooks.\npub static SCHEME: SignatureScheme = {scheme};\n"
    );
    let doc: String =
        doc.0.iter().map(|line| format!("/// {line}").trim_end().to_owned() + "\n").collect();
    let event = type_text(event, Referrer::Sibling);
    let receiver = format!(
        "{doc}#[must_use]\npub fn receiver() -> Receiver<{event}> {{\n    Receiver::new(&SCHEME)\n}}\n"
    );
    [scheme, receiver].map(Fragment::Code).into()
}

fn scheme_expr(webhooks: &Webhooks) -> String {
    let scheme = match &webhooks.scheme {
        WebhookScheme::Header { header, algorithm, signed } => {
            let signed: Vec<_> = signed.iter().map(signed_part).collect();
            let (header, signed) = (literal(header), signed.join(", "));
            format!("SignatureScheme::header({header}, Algorithm::{algorithm}, &[{signed}])")
        }
        WebhookScheme::Message { algorithm } => {
            format!("SignatureScheme::message(&super::signature::PROFILE, Algorithm::{algorithm})")
        }
    };
    let settings = webhooks.settings.iter().map(|setting| format!(".{}", setting_call(setting)));
    scheme + &settings.collect::<String>()
}

/// `window(300)`
fn setting_call(setting: &WebhookSetting) -> String {
    match setting {
        WebhookSetting::Covers(names) => {
            let names: Vec<_> = names.iter().map(|name| literal(name)).collect();
            format!("covers(&[{}])", names.join(", "))
        }
        WebhookSetting::Prefix(prefix) => format!("prefix({})", literal(prefix)),
        WebhookSetting::Encoding(variant) => format!("encoding(TextEncoding::{variant})"),
        WebhookSetting::Time(part) => format!("time({})", signed_part(part)),
        WebhookSetting::Window(seconds) => format!("window({seconds})"),
        WebhookSetting::KeyFormat(variant) => format!("key_format(KeyFormat::{variant})"),
    }
}

/// `SignedPart::Field(&["created_at"])`
fn signed_part(part: &SignedPart) -> String {
    match part {
        SignedPart::Body => "SignedPart::Body".to_owned(),
        SignedPart::Field(path) => {
            let path: Vec<_> = path.iter().map(|name| literal(name)).collect();
            format!("SignedPart::Field(&[{}])", path.join(", "))
        }
        SignedPart::Header(name) => format!("SignedPart::Header({})", literal(name)),
        SignedPart::Text(text) => format!("SignedPart::Text({})", literal(text)),
    }
}
