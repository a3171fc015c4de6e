//! The environment variables that a client can be built from.

use super::naming::{Case, Scope};
use super::server_urls::{absolute, with_defaults};
use super::{Context, Credential, DocText, EnvCredential, EnvVariables, Environment, Scheme, doc};

/// The methods of every builder that set credentials for every call, where no security scheme has a
/// method of that name.
pub const LOGIN_METHODS: &[&str] = &["bearer", "basic", "header"];

/// Returns the methods that set credentials for every call.
pub fn login_methods(schemes: &[Scheme]) -> Vec<&'static str> {
    let is_free = |method: &&&'static str| {
        let tokens = schemes.iter().filter_map(|scheme| scheme.token.as_ref());
        let setters = schemes.iter().map(|it| &it.setter).chain(tokens.map(|it| &it.setter));
        setters.into_iter().all(|setter| setter.as_str() != **method)
    };
    LOGIN_METHODS.iter().filter(is_free).copied().collect()
}

/// Plans the variables of a module.
pub fn plan(context: &Context<'_>, module: &str, schemes: &[Scheme]) -> Environment {
    let mut variables = Scope::new(Case::Shouty);
    let mut claim = |words: &str| variables.claim(&format!("{module} {words}")).to_string();
    let base_url = claim("base url");
    let default = absolute(context.api).next().map(with_defaults);
    let mut credentials = Vec::new();
    for scheme in schemes {
        let constant = Some(scheme.constant.clone());
        if let Some(token) = &scheme.token {
            let words = token.setter.as_str().trim_end_matches("credentials");
            let [id, secret] =
                ["id", "secret"].map(|part| claim(&format!("{words} client {part}")));
            let (setter, scheme) = (token.setter.clone(), constant.clone());
            credentials.push((
                setter,
                EnvCredential { scheme, variables: EnvVariables::Client(id, secret) },
            ));
        }
        let setter = scheme.setter.as_str();
        let variables = match scheme.credential {
            Credential::Basic => EnvVariables::User(
                claim(&format!("{setter} user")),
                claim(&format!("{setter} password")),
            ),
            Credential::Header(_)
            | Credential::Query(_)
            | Credential::Cookie(_)
            | Credential::Bearer => EnvVariables::Key(claim(setter)),
        };
        credentials.push((scheme.setter.clone(), EnvCredential { scheme: constant, variables }));
    }
    let mut lines = vec![match &default {
        Some(url) => format!(
            "- {}: the server. Default: {}.",
            doc::inline_code(&base_url),
            doc::inline_code(url)
        ),
        None => format!("- {}: the server. Required.", doc::inline_code(&base_url)),
    }];
    for (setter, credential) in &credentials {
        lines.push(format!("- {}: as for [`{setter}`](Self::{setter}).", names(credential)));
    }
    if credentials.is_empty() {
        let variables = EnvVariables::Key(claim("token"));
        let credential = EnvCredential { scheme: None, variables };
        lines.push(format!("- {}: a bearer token. Optional.", names(&credential)));
        credentials.push((super::naming::name("bearer", Case::Snake), credential));
    }
    let mut text = doc::wrapped("Creates a builder with the settings of environment variables:");
    text = doc::join(text, DocText(lines));
    if schemes.len() > 1 {
        let several = "The credentials that are set are used; at least one has to be.";
        text = doc::join(text, doc::wrapped(several));
    }
    Environment {
        base_url,
        default,
        credentials: credentials.into_iter().map(|(_, credential)| credential).collect(),
        doc: text,
    }
}

/// Returns the names of the variables of a credential, as text of a doc comment.
fn names(credential: &EnvCredential) -> String {
    match &credential.variables {
        EnvVariables::Key(name) => doc::inline_code(name),
        EnvVariables::User(one, other) | EnvVariables::Client(one, other) => {
            format!("{} and {}", doc::inline_code(one), doc::inline_code(other))
        }
    }
}
