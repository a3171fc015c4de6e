//! Request signatures: the profile as a static, the builder's methods, and the settings of operations.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::operation::method_ident;
use super::print::{Fragment, literal};
use super::webhooks;
use crate::manifest::{Algorithm, Component, ConfigurableSetting, Parameter, Signature};
use crate::plan::{IdempotencyKey, Operation, ProfileSetting, SettingMethod, Signing};

/// ```text
/// pub use runtime::signature::SigningKey;
///
/// use runtime::Method;
/// use runtime::signature::{Component, Parameter, PreHash, Profile};
///
/// /// The signature profile of requests. …
/// pub static PROFILE: Profile = Profile::RFC
///     .components(&[
///         Component::new("@method"),
///         Component::new("X-Key").methods(&[Method::Post]).if_present(),
///     ])
///     .parameters(&[Parameter::KeyId, Parameter::Created])
///     .pre_hash(PreHash::Sha512);
/// ```
///
/// It is formatted here with one component a line, to compare it with the vendor's documentation.
pub fn emit(signing: &Signing) -> Vec<Fragment> {
    let Signing { profile, settings, doc, .. } = signing;
    let mut names = vec!["Component", "Profile"];
    names.extend(profile.algorithm.map(|_| "Algorithm"));
    names.extend(profile.parameters.as_ref().map(|_| "Parameter"));
    names.extend(settings.iter().map(|setting| setting.ty));
    names.sort_unstable();
    let method = profile.components.iter().any(|component| !component.methods.is_empty());
    let method = if method { "use runtime::Method;\n" } else { "" };
    let uses = format!("{method}use runtime::signature::{{{}}};\n", names.join(", "));
    let key = "pub use runtime::signature::SigningKey;\n".to_owned();
    let doc: String = doc.0.iter().map(|line| format!("/// {line}\n")).collect();
    let item =
        format!("{doc}pub static PROFILE: Profile = Profile::RFC{};\n", profile_settings(signing));
    vec![Fragment::Table(key), Fragment::Table(uses), Fragment::Table(item)]
}

/// `.label("sig1").names(FieldNames::AsWritten)`: the settings that differ from the RFC, a line each.
fn profile_settings(signing: &Signing) -> String {
    let Signature {
        operations: _,
        algorithm,
        label,
        components,
        parameters,
        tag,
        lifetime,
        // These are in `signing.settings`.
        names: _,
        target_uri: _,
        absent_query: _,
        pre_hash: _,
        encoding: _,
        configurable: _,
    } = &signing.profile;
    let mut settings = Vec::new();
    settings.extend(
        algorithm.map(|it| format!("algorithm(Algorithm::{})", webhooks::algorithm_variant(it))),
    );
    settings.extend(label.as_ref().map(|label| format!("label({})", literal(label))));
    let components: String =
        components.iter().map(|it| format!("        {},\n", component_expr(it))).collect();
    settings.push(format!("components(&[\n{components}    ])"));
    settings.extend(parameters.as_ref().map(|parameters| {
        let parameters: Vec<_> = parameters.iter().map(|it| parameter_expr(*it, tag)).collect();
        format!("parameters(&[{}])", parameters.join(", "))
    }));
    settings.extend(lifetime.map(|seconds| format!("lifetime({seconds})")));
    settings.extend(signing.settings.iter().map(|setting| {
        let ProfileSetting { setting, ty, variant } = setting;
        format!("{}({ty}::{variant})", setting.key())
    }));
    settings.iter().map(|setting| format!("\n    .{setting}")).collect()
}

fn parameter_expr(parameter: Parameter, tag: &Option<String>) -> String {
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
fn component_expr(component: &Component) -> String {
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
/// /// Sets the key that requests are signed with: …
/// pub fn signing_key(self, key: impl runtime::signature::Signer + 'static) -> Self {
///     Self(self.0.signing_key(key))
/// }
///
/// /// Sets how the signature base is hashed before it is signed. …
/// pub fn signature_pre_hash(self, pre_hash: runtime::signature::PreHash) -> Self {
///     Self(self.0.adjust_signature(move |profile| profile.pre_hash(pre_hash)))
/// }
/// ```
pub fn builder_methods(signing: &Signing) -> TokenStream {
    let options = signing.options.iter().map(setting_method);
    quote! {
        #[doc = " Sets the key that requests are signed with: a"]
        #[doc = " [`SigningKey`](runtime::signature::SigningKey), or a signing service such as a KMS."]
        pub fn signing_key(self, key: impl runtime::signature::Signer + 'static) -> Self {
            Self(self.0.signing_key(key))
        }

        #(#options)*
    }
}

fn setting_method(option: &SettingMethod) -> TokenStream {
    let SettingMethod { setting, method, doc } = option;
    let (argument, ty) = match setting {
        ConfigurableSetting::Components => {
            ("components", quote!(&'static [runtime::signature::Component]))
        }
        ConfigurableSetting::Parameters => {
            ("parameters", quote!(&'static [runtime::signature::Parameter]))
        }
        ConfigurableSetting::Lifetime => ("lifetime", quote!(u32)),
        ConfigurableSetting::Names => ("names", quote!(runtime::signature::FieldNames)),
        ConfigurableSetting::TargetUri => ("target_uri", quote!(runtime::signature::TargetUri)),
        ConfigurableSetting::AbsentQuery => {
            ("absent_query", quote!(runtime::signature::AbsentQuery))
        }
        ConfigurableSetting::PreHash => ("pre_hash", quote!(runtime::signature::PreHash)),
        ConfigurableSetting::Encoding => ("encoding", quote!(runtime::signature::Encoding)),
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
pub fn computed_headers(operation: &Operation) -> TokenStream {
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
/// /// Sets the idempotency key, …
/// pub fn idempotency_key(self, key: &str) -> Self { Self(self.0.idempotency_key(key)) }
/// ```
pub fn idempotency_key_method(operation: &Operation) -> Option<TokenStream> {
    let IdempotencyKey { doc, .. } = operation.idempotency.as_ref()?;
    Some(quote! {
        #doc
        pub fn idempotency_key(self, key: &str) -> Self { Self(self.0.idempotency_key(key)) }
    })
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
