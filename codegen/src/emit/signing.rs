//! Request signatures: the profile as a static, the builder's methods, and the settings of operations.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::print::{Fragment, literal};
use super::tokens::method_ident;
use crate::plan::{
    IdempotencyKey, Operation, ProfileSetting, SettingMethod, SettingType, SignatureParameter,
    SignedComponent, Signing,
};

/// ```text
/// /// The signature profile of requests. …
/// pub static PROFILE: Profile = Profile::RFC
///     .components(&[
///         Component::new("@method"),
///         Component::new("X-Key").methods(&[Method::Post]).if_present(),
///     ])
///     .parameters(&[Parameter::KeyId, Parameter::Created])
///     .pre_hash(PreHash::Sha512);
/// ```
pub fn emit(signing: &Signing) -> Vec<Fragment> {
    let doc: String = signing.doc.0.iter().map(|line| format!("/// {line}\n")).collect();
    let settings = signing.profile.iter().map(|setting| format!(".{}", setting_call(setting)));
    let settings: String = settings.collect();
    let item = format!("{doc}pub static PROFILE: Profile = Profile::RFC{settings};\n");
    vec![Fragment::Code(item)]
}

/// `label("sig1")`, `names(FieldNames::AsWritten)`
fn setting_call(setting: &ProfileSetting) -> String {
    match setting {
        ProfileSetting::Algorithm(variant) => format!("algorithm(Algorithm::{variant})"),
        ProfileSetting::Label(label) => format!("label({})", literal(label)),
        ProfileSetting::Components(components) => {
            let components: Vec<_> = components.iter().map(component_expr).collect();
            format!("components(&[{}])", components.join(", "))
        }
        ProfileSetting::Parameters(parameters) => {
            let parameters: Vec<_> = parameters.iter().map(parameter_expr).collect();
            format!("parameters(&[{}])", parameters.join(", "))
        }
        ProfileSetting::Lifetime(seconds) => format!("lifetime({seconds})"),
        ProfileSetting::Choice(choice) => {
            format!("{}({}::{})", choice.setter, choice.ty, choice.variant)
        }
    }
}

/// `Parameter::Created`, `Parameter::Tag("text")`
fn parameter_expr(SignatureParameter { variant, value }: &SignatureParameter) -> String {
    let value = value.as_ref().map(|value| format!("({})", literal(value))).unwrap_or_default();
    format!("Parameter::{variant}{value}")
}

/// `Component::new("X-Key").methods(&[Method::Post]).if_present()`
fn component_expr(component: &SignedComponent) -> String {
    let SignedComponent { name, parameters, methods, if_present, from, line } = component;
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
    let SettingMethod { setter, ty, method, doc } = option;
    let setter = ident(setter);
    let ty = match ty {
        SettingType::List(item) => {
            let item = ident(item);
            quote!(&'static [runtime::signature::#item])
        }
        SettingType::Seconds => quote!(u32),
        SettingType::Enum(name) => {
            let name = ident(name);
            quote!(runtime::signature::#name)
        }
    };
    quote! {
        #doc
        pub fn #method(self, #setter: #ty) -> Self {
            Self(self.0.adjust_signature(move |profile| profile.#setter(#setter)))
        }
    }
}

/// `.digest(&[runtime::signature::Digest::Sha512]).idempotency(&["Idempotency-Key"]).signature(&signature::PROFILE)`
pub fn computed_headers(operation: &Operation) -> TokenStream {
    let digest = (!operation.digest.is_empty()).then(|| {
        let algorithms = operation.digest.iter().map(|variant| ident(variant));
        quote!(.digest(&[#(runtime::signature::Digest::#algorithms),*]))
    });
    let idempotency =
        operation.idempotency.as_ref().map(|IdempotencyKey { headers, field, .. }| {
            let headers = (!headers.is_empty()).then(|| quote!(.idempotency(&[#(#headers),*])));
            let field = field.as_ref().map(|field| quote!(.idempotency_field(&[#field])));
            quote!(#headers #field)
        });
    let repeatable = operation.repeatable.then(|| quote!(.repeatable()));
    let signature = operation.signed.then(|| quote!(.signature(&signature::PROFILE)));
    quote!(#digest #idempotency #repeatable #signature)
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
