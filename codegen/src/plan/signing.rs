//! What the client computes for requests: signatures, digests, idempotency keys.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Case, Name, name};
use super::{Choice, Context, DocText, IdempotencyKey, Operation, SettingMethod, Signing, doc};
use crate::ir;
use crate::manifest::{
    AbsentQuery, Algorithm, Encoding, FieldNames, Manifest, Open, PreHash, Signature, TargetUri,
};

/// The method of a request that sets its idempotency key.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency_key";

/// The methods of the client's builder that signing needs.
pub(super) fn builder_methods(manifest: &Manifest) -> Vec<String> {
    let Some(signature) = &manifest.signature else { return Vec::new() };
    let open = signature.open.keys().map(|open| method(*open).as_str().to_owned());
    std::iter::once("signing_key".to_owned()).chain(open).collect()
}

fn method(open: Open) -> Name {
    name(&format!("signature {}", open.key()), Case::Snake)
}

/// How requests are signed.
pub(super) fn plan(context: &Context<'_>) -> Option<Signing> {
    let profile = context.manifest.signature.clone()?;
    let option = |(open, reason): (&Open, &String)| SettingMethod {
        open: *open,
        method: method(*open),
        doc: option_doc(context, &profile, *open, reason),
    };
    let options = profile.open.iter().map(option).collect();
    let said = CHOICES.into_iter().filter_map(|open| choice(&profile, open));
    let rfc = Signature::default();
    let differs = said.filter(|said| choice(&rfc, said.open) != Some(*said)).collect();
    let about = "How requests are signed. The same profile verifies them: see \
                 [`Verifier`](docwright_runtime::signature::Verifier).";
    Some(Signing { doc: doc::own(about), choices: differs, options, profile })
}

/// What an option is for, its default, and why the vendor leaves it open.
fn option_doc(context: &Context<'_>, profile: &Signature, open: Open, reason: &str) -> DocText {
    let what = match open {
        Open::Components => "What signatures cover, in this order",
        Open::Parameters => "The parameters of signatures, in this order",
        Open::Lifetime => "For how many seconds a signature holds",
        Open::Names => "How signatures write the names of headers",
        Open::TargetUri => "What the component `@target-uri` of signatures holds",
        Open::AbsentQuery => {
            "What the component `@query` of signatures is in a request without a query"
        }
        Open::PreHash => "What of the signature base is signed",
        Open::Encoding => "What the base64 of the header `Signature` holds",
    };
    let default = match (choice(profile, open), open) {
        (Some(Choice { ty, variant, .. }), _) => format!("Without it, `{ty}::{variant}`."),
        (None, Open::Lifetime) => format!("Without it, {}.", profile.lifetime.unwrap_or(300)),
        (None, _) => "Without it, those of [`PROFILE`](super::signature::PROFILE).".to_owned(),
    };
    let why = format!("The API leaves it open: {}.", reason.trim().trim_end_matches('.'));
    doc::join(doc::own(&format!("{what}. {default}")), doc::text(&context.links, &why))
}

/// What of a profile is one of a few ways.
const CHOICES: [Open; 5] =
    [Open::Names, Open::TargetUri, Open::AbsentQuery, Open::PreHash, Open::Encoding];

/// The way that holds: the vendor's, else that of RFC 9421, which need not be said.
fn choice(profile: &Signature, open: Open) -> Option<Choice> {
    let (ty, variant) = match open {
        Open::Components | Open::Parameters | Open::Lifetime => return None,
        Open::Names => match profile.names {
            Some(FieldNames::LowerCase) | None => ("Names", "Lower"),
            Some(FieldNames::AsWritten) => ("Names", "AsWritten"),
        },
        Open::TargetUri => match profile.target_uri {
            Some(TargetUri::Whole) | None => ("TargetUri", "Whole"),
            Some(TargetUri::Origin) => ("TargetUri", "Origin"),
        },
        Open::AbsentQuery => match profile.absent_query {
            Some(AbsentQuery::QuestionMark) | None => ("AbsentQuery", "QuestionMark"),
            Some(AbsentQuery::Empty) => ("AbsentQuery", "Empty"),
            Some(AbsentQuery::Omitted) => ("AbsentQuery", "Omitted"),
        },
        Open::PreHash => match profile.pre_hash {
            Some(PreHash::None) | None => ("PreHash", "None"),
            Some(PreHash::Sha256) => ("PreHash", "Sha256"),
            Some(PreHash::Sha512) => ("PreHash", "Sha512"),
            Some(PreHash::Sha256Hex) => ("PreHash", "Sha256Hex"),
            Some(PreHash::Sha512Hex) => ("PreHash", "Sha512Hex"),
        },
        Open::Encoding => match profile.encoding {
            Some(Encoding::Raw) | None => ("Encoding", "Raw"),
            Some(Encoding::LowerHex) => ("Encoding", "LowerHex"),
            Some(Encoding::UpperHex) => ("Encoding", "UpperHex"),
        },
    };
    Some(Choice { open, ty, variant })
}

/// The algorithms of the digests of an operation's bodies.
pub(super) fn digest(context: &Context<'_>, operation: &ir::Operation) -> Vec<Algorithm> {
    let digest = context.manifest.digest.as_ref().filter(|_| operation.computed.digest);
    digest.map(|digest| digest.algorithms.clone()).unwrap_or_default()
}

/// An operation's idempotency key, and what is said of the method that sets it.
pub(super) fn idempotency(
    context: &Context<'_>,
    operation: &ir::Operation,
) -> Option<IdempotencyKey> {
    let ir::IdempotencyKey { headers, inferred } = operation.computed.idempotency.as_ref()?;
    let declared = operation.parameters.iter().find(|p| is_key(operation, p));
    let own = declared.map(|p| doc::field(&context.links, &p.doc, &p.constraints, None));
    let word = if headers.len() == 1 { "header" } else { "headers" };
    let about = format!(
        "The idempotency key of this call, the same for all its attempts: the {word} {}. Without it, one is made.",
        listed(headers)
    );
    let doc = doc::join(doc::own(&about), own.unwrap_or_default());
    Some(IdempotencyKey { headers: headers.clone(), doc, inferred: *inferred })
}

fn listed(headers: &[String]) -> String {
    let headers: Vec<String> = headers.iter().map(|header| doc::code(header)).collect();
    headers.join(" and ")
}

/// Whether a parameter is a header of the idempotency key.
pub(super) fn is_key(operation: &ir::Operation, parameter: &ir::Parameter) -> bool {
    let mut headers = operation.computed.idempotency.iter().flat_map(|key| &key.headers);
    parameter.computed && headers.any(|header| header.eq_ignore_ascii_case(&parameter.wire))
}

/// A line for each header that the description alone shows to be one of an idempotency key, for
/// people to look at.
pub fn inferred(operations: &[Operation]) -> Vec<String> {
    let mut by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for operation in operations {
        let Some(key) = operation.idempotency.as_ref().filter(|key| key.inferred) else { continue };
        by.entry(listed(&key.headers)).or_default().push(operation.method.as_str());
    }
    let line = |(header, methods): (String, Vec<&str>)| {
        let (count, some) = (methods.len(), methods.iter().take(3).copied().collect::<Vec<_>>());
        let more = if count > some.len() { ", …" } else { "" };
        let word = if count == 1 { "operation has" } else { "operations have" };
        let some = some.join(", ");
        format!("{count} {word} an idempotency key, in the header {header}: {some}{more}")
    };
    by.into_iter().map(line).collect()
}

/// The features of the runtime that a module needs.
pub(super) fn runtime_features(
    context: &Context<'_>,
    operations: &[Operation],
) -> Vec<&'static str> {
    let signature = context.manifest.signature.as_ref();
    let digest = operations.iter().any(|operation| !operation.digest.is_empty());
    let own = (signature.is_some() || digest).then_some("signature");
    let webhooks = context.manifest.webhooks.as_ref().map(|webhooks| webhooks.algorithm);
    let keys = signature.and_then(|signature| signature.algorithm).into_iter().chain(webhooks);
    let features: BTreeSet<_> = own.into_iter().chain(keys.map(super::webhooks::feature)).collect();
    features.into_iter().collect()
}
