//! How requests are signed, as a static; the builder's methods for it; what operations say of it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::operation::method_ident;
use super::print::{Piece, literal};
use super::webhooks;
use crate::manifest::{Algorithm, Component, Open, Parameter, Signature};
use crate::plan::{Choice, IdempotencyKey, Operation, SettingMethod, Signing};

/// ```text
/// pub use runtime::signature::SigningKey;
///
/// use runtime::Method;
/// use runtime::signature::{Component, Parameter, PreHash, Profile};
///
/// /// How requests are signed. …
/// pub static PROFILE: Profile = Profile::RFC
///     .components(&[
///         Component::new("@method"),
///         Component::new("X-Key").methods(&[Method::Post]).if_present(),
///     ])
///     .parameters(&[Parameter::KeyId, Parameter::Created])
///     .pre_hash(PreHash::Sha512);
/// ```
///
/// It is laid out here: one component in a line is what a reader compares with the vendor's page.
pub fn emit(signing: &Signing) -> Vec<Piece> {
    let Signing { profile, choices, doc, .. } = signing;
    let mut names = vec!["Component", "Profile"];
    names.extend(profile.algorithm.map(|_| "Algorithm"));
    names.extend(profile.parameters.as_ref().map(|_| "Parameter"));
    names.extend(choices.iter().map(|choice| choice.ty));
    names.sort_unstable();
    let method = profile.components.iter().any(|component| !component.methods.is_empty());
    let method = if method { "use runtime::Method;\n" } else { "" };
    let uses = format!("{method}use runtime::signature::{{{}}};\n", names.join(", "));
    let key = "pub use runtime::signature::SigningKey;\n".to_owned();
    let doc: String = doc.0.iter().map(|line| format!("/// {line}\n")).collect();
    let item = format!("{doc}pub static PROFILE: Profile = Profile::RFC{};\n", settings(signing));
    vec![Piece::Table(key), Piece::Table(uses), Piece::Table(item)]
}

/// `.label("sig1").names(Names::AsWritten)`: what differs from the RFC, a line each.
fn settings(signing: &Signing) -> String {
    let Signature {
        operations: _,
        algorithm,
        label,
        components,
        parameters,
        tag,
        lifetime,
        // These are the choices.
        names: _,
        target_uri: _,
        absent_query: _,
        pre_hash: _,
        encoding: _,
        open: _,
    } = &signing.profile;
    let mut all = Vec::new();
    all.extend(algorithm.map(|it| format!("algorithm(Algorithm::{})", webhooks::algorithm(it))));
    all.extend(label.as_ref().map(|label| format!("label({})", literal(label))));
    let components: String =
        components.iter().map(|it| format!("        {},\n", component(it))).collect();
    all.push(format!("components(&[\n{components}    ])"));
    all.extend(parameters.as_ref().map(|parameters| {
        let parameters: Vec<_> = parameters.iter().map(|it| parameter(*it, tag)).collect();
        format!("parameters(&[{}])", parameters.join(", "))
    }));
    all.extend(lifetime.map(|seconds| format!("lifetime({seconds})")));
    all.extend(signing.choices.iter().map(|choice| {
        let Choice { open, ty, variant } = choice;
        format!("{}({ty}::{variant})", open.key())
    }));
    all.iter().map(|setting| format!("\n    .{setting}")).collect()
}

fn parameter(parameter: Parameter, tag: &Option<String>) -> String {
    let variant = match parameter {
        Parameter::Created => "Created",
        Parameter::Expires => "Expires",
        Parameter::KeyId => "KeyId",
        Parameter::Alg => "Alg",
        Parameter::Nonce => "Nonce",
        Parameter::Tag => {
            return format!("Parameter::Tag({})", literal(tag.as_deref().unwrap_or_default()));
        }
    };
    format!("Parameter::{variant}")
}

/// `Component::new("X-Key").methods(&[Method::Post]).if_present()`
fn component(component: &Component) -> String {
    let Component { name, parameters, methods, if_present, from, line } = component;
    let mut out = format!("Component::new({})", literal(name));
    if !parameters.is_empty() {
        out.push_str(&format!(".parameters({})", literal(parameters)));
    }
    if !methods.is_empty() {
        let methods: Vec<_> =
            methods.iter().map(|it| format!("Method::{}", method_ident(*it))).collect();
        out.push_str(&format!(".methods(&[{}])", methods.join(", ")));
    }
    if *if_present {
        out.push_str(".if_present()");
    }
    for (method, text) in [("from", from), ("line", line)] {
        if let Some(text) = text {
            out.push_str(&format!(".{method}({})", literal(text)));
        }
    }
    out
}

/// ```text
/// /// The key that requests are signed with: …
/// pub fn signing_key(self, key: impl runtime::signature::Signer + 'static) -> Self {
///     Self(self.0.signing_key(key))
/// }
///
/// /// What of the signature base is signed. …
/// pub fn signature_pre_hash(self, pre_hash: runtime::signature::PreHash) -> Self {
///     Self(self.0.adjust_signature(move |profile| profile.pre_hash(pre_hash)))
/// }
/// ```
pub fn builder(signing: &Signing) -> TokenStream {
    let options = signing.options.iter().map(option);
    quote! {
        #[doc = " The key that requests are signed with: a"]
        #[doc = " [`SigningKey`](runtime::signature::SigningKey), or a service that holds one and never shows it."]
        pub fn signing_key(self, key: impl runtime::signature::Signer + 'static) -> Self {
            Self(self.0.signing_key(key))
        }

        #(#options)*
    }
}

fn option(option: &SettingMethod) -> TokenStream {
    let SettingMethod { open, method, doc } = option;
    let (argument, ty) = match open {
        Open::Components => ("components", quote!(&'static [runtime::signature::Component])),
        Open::Parameters => ("parameters", quote!(&'static [runtime::signature::Parameter])),
        Open::Lifetime => ("lifetime", quote!(u32)),
        Open::Names => ("names", quote!(runtime::signature::Names)),
        Open::TargetUri => ("target_uri", quote!(runtime::signature::TargetUri)),
        Open::AbsentQuery => ("absent_query", quote!(runtime::signature::AbsentQuery)),
        Open::PreHash => ("pre_hash", quote!(runtime::signature::PreHash)),
        Open::Encoding => ("encoding", quote!(runtime::signature::Encoding)),
    };
    let argument = ident(argument);
    quote! {
        #doc
        pub fn #method(self, #argument: #ty) -> Self {
            Self(self.0.adjust_signature(move |profile| profile.#argument(#argument)))
        }
    }
}

/// `.digest(&[runtime::signature::Digest::Sha512]).idempotency(&["Idempotency-Key"]).signature(&signature::PROFILE)`
pub fn operation(operation: &Operation) -> TokenStream {
    let digest = (!operation.digest.is_empty()).then(|| {
        let algorithms = operation.digest.iter().map(|algorithm| {
            ident(match algorithm {
                Algorithm::Sha256 => "Sha256",
                Algorithm::Sha512 => "Sha512",
            })
        });
        quote!(.digest(&[#(runtime::signature::Digest::#algorithms),*]))
    });
    let idempotency = operation
        .idempotency
        .as_ref()
        .map(|IdempotencyKey { headers, .. }| quote!(.idempotency(&[#(#headers),*])));
    let signature = operation.signed.then(|| quote!(.signature(&signature::PROFILE)));
    quote!(#digest #idempotency #signature)
}

/// ```text
/// /// The idempotency key of this call, …
/// pub fn idempotency_key(self, key: &str) -> Self { Self(self.0.idempotency_key(key)) }
/// ```
pub fn request_method(operation: &Operation) -> Option<TokenStream> {
    let IdempotencyKey { doc, .. } = operation.idempotency.as_ref()?;
    Some(quote! {
        #doc
        pub fn idempotency_key(self, key: &str) -> Self { Self(self.0.idempotency_key(key)) }
    })
}

fn ident(word: &str) -> Ident {
    Ident::new(word, Span::call_site())
}
