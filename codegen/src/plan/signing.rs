//! The headers that the client computes: signatures, digests, idempotency keys.

use super::{
    Context, DocText, IdempotencyKey, Operation, ProfileSetting, SettingChoice, SettingMethod,
    SettingType, SignatureParameter, SignedComponent, Signing, constraints, doc, webhooks,
};
use crate::ir;
use crate::manifest::{
    AbsentQuery, Algorithm, Component, ConfigurableSetting, Encoding, FieldNames, Parameter,
    PreHash, Signature, TargetUri,
};

/// The method of a request that sets its idempotency key.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// Plans how requests are signed.
pub(super) fn plan(context: &Context<'_>) -> Option<Signing> {
    let signature = context.manifest.signature.as_ref()?;
    let option = |(setting, reason): (&ConfigurableSetting, &String)| {
        Some(SettingMethod {
            setter: setting.key(),
            ty: setting_type(signature, *setting),
            method: context.names.signature_settings.get(setting)?.clone(),
            doc: setting_doc(context, signature, *setting, reason),
        })
    };
    let options = signature.configurable.iter().filter_map(option).collect();
    let text = "The signature profile of requests. A \
                [`Verifier`](docwright_runtime::signature::Verifier) verifies them with the same \
                profile.";
    Some(Signing { doc: doc::wrapped(text), profile: profile_settings(signature), options })
}

/// Returns the settings of a profile that differ from RFC 9421.
fn profile_settings(signature: &Signature) -> Vec<ProfileSetting> {
    let Signature { algorithm, label, components, parameters, tag, lifetime, .. } = signature;
    let algorithm = algorithm.map(|it| ProfileSetting::Algorithm(webhooks::algorithm_variant(it)));
    let label = label.clone().map(ProfileSetting::Label);
    let components = components.iter().map(signed_component).collect();
    let parameter = |it: &Parameter| signature_parameter(*it, tag.as_deref());
    let parameters = parameters
        .as_ref()
        .map(|all| ProfileSetting::Parameters(all.iter().map(parameter).collect()));
    let lifetime = lifetime.map(ProfileSetting::Lifetime);
    let rfc_9421 = Signature::default();
    let choices = CHOICES.into_iter().filter_map(|setting| {
        let choice = setting_choice(signature, setting)?;
        (setting_choice(&rfc_9421, setting) != Some(choice))
            .then_some(ProfileSetting::Choice(choice))
    });
    let components = Some(ProfileSetting::Components(components));
    let settings = [algorithm, label, components, parameters, lifetime];
    settings.into_iter().flatten().chain(choices).collect()
}

fn signed_component(component: &Component) -> SignedComponent {
    let Component { name, parameters, methods, if_present, from, line } = component.clone();
    SignedComponent { name, parameters, methods, if_present, from, line }
}

fn signature_parameter(parameter: Parameter, tag: Option<&str>) -> SignatureParameter {
    let (variant, value) = match parameter {
        Parameter::Created => ("Created", None),
        Parameter::Expires => ("Expires", None),
        Parameter::KeyId => ("KeyId", None),
        Parameter::Alg => ("Alg", None),
        Parameter::Nonce => ("Nonce", None),
        Parameter::Tag => ("Tag", Some(tag.unwrap_or_default().to_owned())),
    };
    SignatureParameter { variant, value }
}

fn setting_type(signature: &Signature, setting: ConfigurableSetting) -> SettingType {
    match (setting, setting_choice(signature, setting)) {
        (_, Some(choice)) => SettingType::Enum(choice.ty),
        (ConfigurableSetting::Components, None) => SettingType::List("Component"),
        (ConfigurableSetting::Parameters, None) => SettingType::List("Parameter"),
        (_, None) => SettingType::Seconds,
    }
}

/// Documents a setting: what it sets, its default, and why it is configurable.
fn setting_doc(
    context: &Context<'_>,
    profile: &Signature,
    setting: ConfigurableSetting,
    reason: &str,
) -> DocText {
    let purpose = match setting {
        ConfigurableSetting::Components => "Sets the components that signatures cover, in order",
        ConfigurableSetting::Parameters => "Sets the parameters of signatures, in order",
        ConfigurableSetting::Lifetime => "Sets how many seconds a signature is valid",
        ConfigurableSetting::Names => "Sets the case of header names in the signature base",
        ConfigurableSetting::TargetUri => "Sets the value of the component `@target-uri`",
        ConfigurableSetting::AbsentQuery => {
            "Sets the value of the component `@query` for requests without a query"
        }
        ConfigurableSetting::PreHash => "Sets how the signature base is hashed before it is signed",
        ConfigurableSetting::Encoding => {
            "Sets how the signature is encoded before it is written as base64"
        }
    };
    let default = match (setting_choice(profile, setting), setting) {
        (Some(SettingChoice { ty, variant, .. }), _) => format!("Default: `{ty}::{variant}`."),
        (None, ConfigurableSetting::Lifetime) => {
            format!("Default: {}.", profile.lifetime.unwrap_or(300))
        }
        (None, _) => "Default: see [`PROFILE`](super::signature::PROFILE).".to_owned(),
    };
    let reason = reason.trim().trim_end_matches('.');
    let reason = format!("The API documentation is unclear here: {reason}.");
    let text = doc::wrapped(&format!("{purpose}. {default}"));
    doc::join(text, doc::markdown(&context.links, &reason))
}

/// The settings of a profile that have a fixed set of values.
const CHOICES: [ConfigurableSetting; 5] = [
    ConfigurableSetting::Names,
    ConfigurableSetting::TargetUri,
    ConfigurableSetting::AbsentQuery,
    ConfigurableSetting::PreHash,
    ConfigurableSetting::Encoding,
];

/// Returns the value of a setting with a fixed set of values: the one in `vendor.toml`, or else the
/// one of RFC 9421.
fn setting_choice(profile: &Signature, setting: ConfigurableSetting) -> Option<SettingChoice> {
    let (ty, variant) = match setting {
        ConfigurableSetting::Components
        | ConfigurableSetting::Parameters
        | ConfigurableSetting::Lifetime => return None,
        ConfigurableSetting::Names => match profile.names {
            Some(FieldNames::LowerCase) | None => ("FieldNames", "LowerCase"),
            Some(FieldNames::AsWritten) => ("FieldNames", "AsWritten"),
        },
        ConfigurableSetting::TargetUri => match profile.target_uri {
            Some(TargetUri::Whole) | None => ("TargetUri", "Whole"),
            Some(TargetUri::Origin) => ("TargetUri", "Origin"),
        },
        ConfigurableSetting::AbsentQuery => match profile.absent_query {
            Some(AbsentQuery::QuestionMark) | None => ("AbsentQuery", "QuestionMark"),
            Some(AbsentQuery::Empty) => ("AbsentQuery", "Empty"),
            Some(AbsentQuery::Omitted) => ("AbsentQuery", "Omitted"),
        },
        ConfigurableSetting::PreHash => match profile.pre_hash {
            Some(PreHash::None) | None => ("PreHash", "None"),
            Some(PreHash::Sha256) => ("PreHash", "Sha256"),
            Some(PreHash::Sha512) => ("PreHash", "Sha512"),
            Some(PreHash::Sha256Hex) => ("PreHash", "Sha256Hex"),
            Some(PreHash::Sha512Hex) => ("PreHash", "Sha512Hex"),
        },
        ConfigurableSetting::Encoding => match profile.encoding {
            Some(Encoding::Raw) | None => ("Encoding", "Raw"),
            Some(Encoding::LowerHex) => ("Encoding", "LowerHex"),
            Some(Encoding::UpperHex) => ("Encoding", "UpperHex"),
        },
    };
    Some(SettingChoice { setter: setting.key(), ty, variant })
}

/// Returns the algorithms of the digests of an operation's request body, as variants of the
/// runtime's enum.
pub(super) fn digest(context: &Context<'_>, operation: &ir::Operation) -> Vec<&'static str> {
    let digest = context.manifest.digest.as_ref().filter(|_| operation.computed.digest);
    let variant = |algorithm: &Algorithm| match algorithm {
        Algorithm::Sha256 => "Sha256",
        Algorithm::Sha512 => "Sha512",
    };
    digest.iter().flat_map(|digest| &digest.algorithms).map(variant).collect()
}

/// Plans the idempotency key of an operation, if it has one.
pub(super) fn idempotency(
    context: &Context<'_>,
    operation: &ir::Operation,
) -> Option<IdempotencyKey> {
    let ir::IdempotencyKey { headers, field } = operation.computed.idempotency.as_ref()?;
    let parameter = operation.parameters.iter().find(|p| is_key_header(operation, p));
    let parameter_doc = parameter
        .map(|p| constraints::field_doc(&context.links, &p.doc, &p.constraints, None, &p.wire));
    let text = format!(
        "Sets the idempotency key, sent in the {} of every attempt. By default, the client \
         generates one. Store the key that [`get_idempotency_key`](Self::get_idempotency_key) \
         returns before you send the request: if its outcome is unknown, it is safe to repeat with \
         the same key.",
        key_places(headers, field.as_deref())
    );
    let doc = doc::join(doc::wrapped(&text), parameter_doc.unwrap_or_default());
    Some(IdempotencyKey { headers: headers.clone(), field: field.clone(), doc })
}

/// Returns where a key is sent: "headers `A` and `B`", "header `A` and the field `b` of the body".
fn key_places(headers: &[String], field: Option<&str>) -> String {
    let word = if headers.len() == 1 { "header" } else { "headers" };
    let names: Vec<String> = headers.iter().map(|header| doc::inline_code(header)).collect();
    let headers = (!names.is_empty()).then(|| format!("{word} {}", names.join(" and ")));
    let field = field.map(|field| format!("field {} of the body", doc::inline_code(field)));
    let places: Vec<String> = headers.into_iter().chain(field).collect();
    places.join(" and the ")
}

/// Returns whether a parameter is a header that carries the idempotency key.
pub(super) fn is_key_header(operation: &ir::Operation, parameter: &ir::Parameter) -> bool {
    let mut headers = operation.computed.idempotency.iter().flat_map(|key| &key.headers);
    parameter.computed && headers.any(|header| header.eq_ignore_ascii_case(&parameter.wire))
}

/// Returns the runtime features that the calls of a module need. A document that does not say how
/// keys sign leaves the choice to the caller, among the algorithms that compile everywhere.
pub(super) fn runtime_features(
    context: &Context<'_>,
    operations: &[Operation],
) -> Vec<&'static str> {
    let digest = operations.iter().any(|operation| !operation.digest.is_empty());
    match context.manifest.signature.as_ref().map(|signature| signature.algorithm) {
        Some(Some(algorithm)) => vec![webhooks::feature(algorithm)],
        Some(None) => vec!["ed25519", "hmac"],
        None => digest.then_some("signature").into_iter().collect(),
    }
}
