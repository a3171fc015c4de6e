//! Marks properties, parameters and headers that hold a secret.

use heck::ToSnakeCase;

use super::Context;
use crate::ir::{
    Api, Conclusion, Field, Inference, Parameter, Rejection, Scalar, Shape, State, Subject, Type,
    TypeId,
};
use crate::manifest::{Manifest, matches_value};
use crate::report::{Problem, Report, suggest};

/// Names, in snake case, of values that are secret in every API. Names that are secret only with some
/// vendors (`token`, `account_number`) are listed in `vendor.toml`.
static SECRET_NAMES: &[&str] = &[
    "access_key",
    "access_token",
    "api_key",
    "api_secret",
    "apikey",
    "auth_token",
    "client_secret",
    "consumer_secret",
    "current_password",
    "cvc",
    "cvv",
    "id_token",
    "new_password",
    "old_password",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "secret_access_key",
    "secret_key",
    "security_token",
    "session_token",
    "signing_secret",
    "webhook_secret",
];

/// Gives all strings with a secret name the type [`Scalar::Secret`], which is never printed.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let listed = &context.manifest.secrets;
    let mut values = Vec::new();
    visit_values(api, &mut |subject, wire, _| values.push((wire.to_owned(), subject)));
    let named = values.iter().map(|(wire, subject)| (wire.as_str(), context.key(api, subject)));
    let named: Vec<(&str, String)> = named.collect();
    let lists = |(wire, key): &(&str, String)| {
        listed.iter().any(|pattern| matches_value(pattern, wire, key))
    };
    let mut are_listed = named.iter().map(lists);
    let mut found = Vec::new();
    visit_values(api, &mut |subject, wire, ty| {
        let is_listed = are_listed.next() == Some(true);
        if is_listed || is_secret_name(wire) {
            found.push((subject, wire.to_owned(), is_listed, make_secret(ty)));
        }
    });
    report_unmatched(context.manifest, &named, report);
    let infer = |(subject, wire, is_listed, is_string): (Subject, String, bool, bool)| {
        let rejected = || State::Rejected(Rejection::Document("it is not a string".to_owned()));
        match (is_listed, is_string) {
            (true, true) => {
                let rule = format!("`secrets` lists `{wire}`");
                context.pin(api, subject, Conclusion::Secret, &["secrets"], rule)
            }
            (true, false) => {
                let rule = format!("`secrets` lists `{wire}`");
                let inference = context.infer(api, subject, Conclusion::Secret, rejected(), rule);
                report.push(not_hidden(&inference, &wire));
                inference
            }
            (false, _) => {
                let state = if is_string { State::Inferred } else { rejected() };
                let rule = format!("the name `{wire}`");
                context.infer(api, subject, Conclusion::Secret, state, rule)
            }
        }
    };
    found.into_iter().map(infer).collect()
}

/// Reports the entries of `secrets` that match none of these values, each with its name and key.
fn report_unmatched(manifest: &Manifest, values: &[(&str, String)], report: &mut Report) {
    let matches =
        |pattern: &str| values.iter().any(|(wire, key)| matches_value(pattern, wire, key));
    for (index, pattern) in manifest.secrets.iter().enumerate().filter(|(_, it)| !matches(it)) {
        let message = format!(
            "`secrets` in vendor.toml lists `{pattern}`, but no property, parameter or response \
             header has that name"
        );
        let location = manifest.location(&["secrets", &index.to_string()]);
        let names = values.iter().map(|(wire, _)| *wire);
        let names = names.chain(values.iter().map(|(_, key)| key.as_str()));
        let help = suggest(pattern, names, "correct the name, or remove it");
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}

fn not_hidden(inference: &Inference, wire: &str) -> Problem {
    let message =
        format!("`{wire}` is listed in `secrets` but is not a string: its value is not hidden");
    let help = "correct its type in overlay.yaml, or remove it from `secrets` in vendor.toml";
    Problem::warning(inference.evidence.location.clone(), message).help(help)
}

/// Calls `visit` for every field, parameter and response header, with its name and type.
fn visit_values(api: &mut Api, visit: &mut dyn FnMut(Subject, &str, &mut Type)) {
    for (index, def) in api.types.iter_mut().enumerate() {
        let Shape::Struct(shape) = &mut def.shape else { continue };
        for Field { wire, ty, .. } in &mut shape.fields {
            visit(Subject::Field(TypeId(index), wire.clone()), wire, ty);
        }
    }
    for (index, operation) in api.operations.iter_mut().enumerate() {
        for Parameter { wire, location, ty, .. } in &mut operation.parameters {
            visit(Subject::Parameter(index, *location, wire.clone()), wire, ty);
        }
        for header in operation.responses.iter_mut().flat_map(|response| &mut response.headers) {
            let subject = Subject::ResponseHeader(index, header.wire.clone());
            visit(subject, &header.wire, &mut header.ty);
        }
    }
}

/// Makes a string type secret, or the string items of an array or map. Returns whether it could.
fn make_secret(ty: &mut Type) -> bool {
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Map(inner) => make_secret(inner),
        Type::Scalar(scalar) if is_string_scalar(*scalar) => {
            *scalar = Scalar::Secret;
            true
        }
        Type::Any | Type::Scalar(_) | Type::Named(_) => false,
    }
}

/// Whether a built-in type is a string in JSON. Hiding a secret is worth more than its format.
fn is_string_scalar(scalar: Scalar) -> bool {
    match scalar {
        Scalar::String
        | Scalar::Secret
        | Scalar::DecimalString
        | Scalar::Format(_)
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Binary => true,
        Scalar::Bool
        | Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint64
        | Scalar::Number
        | Scalar::Decimal
        | Scalar::UnixTime => false,
    }
}

fn is_secret_name(wire: &str) -> bool {
    let name = wire.to_snake_case();
    // A header may start with the vendor's initials: `XI-Api-Key`.
    let prefixed = name.split_once('_').filter(|(prefix, _)| prefix.len() <= 3);
    let is_key = prefixed.is_some_and(|(_, rest)| matches!(rest, "api_key" | "apikey"));
    let name = name.strip_prefix("x_").unwrap_or(&name);
    is_key || SECRET_NAMES.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{SECRET_NAMES, is_secret_name};

    #[test]
    fn the_table_is_sorted() {
        assert!(SECRET_NAMES.is_sorted());
    }

    #[test]
    fn case_separators_and_an_x_prefix_are_ignored() {
        assert!(is_secret_name("clientSecret"));
        assert!(is_secret_name("X-Client-Secret"));
        assert!(is_secret_name("Password"));
        assert!(is_secret_name("xi-api-key"));
        assert!(!is_secret_name("public-api-key"));
        assert!(!is_secret_name("secretary"));
        assert!(!is_secret_name("token_type"));
    }
}
