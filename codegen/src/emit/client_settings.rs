//! Parameters that are set once for all calls of a client.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::print::Fragment;
use super::tokens::{Referrer, type_tokens};
use crate::plan::{ClientSetting, Plan};

/// ```text
/// /// Values of parameters for all calls of a client. See [`Client::with`].
/// #[derive(Debug, Clone, Default)]
/// pub struct ClientSettings(pub(super) runtime::Settings);
///
/// impl ClientSettings {
///     /// Sets the header `Acme-Account` of all calls.
///     pub fn account(self, account: impl Into<String>) -> Self {
///         Self(self.0.set(&ACCOUNT, account.into()))
///     }
/// }
///
/// pub(super) static ACCOUNT: runtime::Setting = runtime::Setting::header("account", "Acme-Account");
/// ```
pub fn emit(plan: &Plan) -> Vec<Fragment> {
    let setters = plan.settings.iter().map(|it| setter(it, &quote!(set), &quote!()));
    let settings = quote! {
        #[doc = " Values of parameters for all calls of a client. See [`Client::with`](super::Client::with)."]
        #[derive(Debug, Clone, Default)]
        #[must_use]
        pub struct ClientSettings(pub(super) runtime::Settings);

        impl ClientSettings {
            #[doc = " Creates settings without values."]
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
        }
    };
    let statics = plan.settings.iter().map(setting_static);
    std::iter::once(settings).chain(statics).map(Fragment::Items).collect()
}

/// Returns the method of the client's builder that sets a parameter.
pub fn builder_method(setting: &ClientSetting) -> TokenStream {
    setter(setting, &quote!(setting), &quote!(settings::))
}

fn setter(setting: &ClientSetting, method: &TokenStream, module: &TokenStream) -> TokenStream {
    let ClientSetting { constant, setter, ty, doc, .. } = setting;
    let tokens = type_tokens(ty, Referrer::Sibling);
    let (argument, value) = match ty.is_taken_by_into() {
        true => (quote!(impl Into<#tokens>), quote!(Into::<#tokens>::into(#setter))),
        false => (tokens, quote!(#setter)),
    };
    quote! {
        #doc
        pub fn #setter(self, #setter: #argument) -> Self {
            Self(self.0.#method(&#module #constant, #value))
        }
    }
}

fn setting_static(setting: &ClientSetting) -> TokenStream {
    let ClientSetting { constant, setter, wire, location, default, .. } = setting;
    let location = Ident::new(location.name(), Span::call_site());
    let setter = setter.as_str();
    let default = default.as_ref().map(|text| quote!(.default(#text)));
    quote! {
        pub(super) static #constant: runtime::Setting =
            runtime::Setting::#location(#setter, #wire) #default;
    }
}
