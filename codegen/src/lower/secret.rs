//! Marks properties, parameters and headers that hold a secret.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::ir::{Api, Scalar, Shape, Type};
use crate::manifest::Manifest;
use crate::report::{Location, Problem, Report};
use crate::source::Node;

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
pub fn mark_secrets(api: &mut Api, manifest: &Manifest, openapi: &Node, report: &mut Report) {
    let mut found = BTreeSet::new();
    let mut mark = |wire: &str, ty: &mut Type, pointer: &str| {
        let is_listed = manifest.secrets.iter().any(|s| s == wire);
        if is_listed {
            found.insert(wire.to_owned());
        }
        let is_marked = (is_listed || is_secret_name(wire)) && make_secret(ty);
        if is_listed && !is_marked {
            let message = format!(
                "`{wire}` is listed in `secrets` but is not a string: its value is not hidden"
            );
            let node = openapi.pointer(pointer);
            let location = node.map_or(Location::Run, |node| Location::Entry(node.origin));
            report.push(Problem::warning(location, message).help(
                "correct its type in overlay.yaml, or remove it from `secrets` in vendor.toml",
            ));
        }
    };
    for def in &mut api.types {
        let Shape::Struct(shape) = &mut def.shape else { continue };
        for field in &mut shape.fields {
            mark(&field.wire, &mut field.ty, &def.pointer);
        }
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            mark(&parameter.wire, &mut parameter.ty, &operation.pointer);
        }
        for header in operation.responses.iter_mut().flat_map(|response| &mut response.headers) {
            mark(&header.wire, &mut header.ty, &operation.pointer);
        }
    }
    for wire in manifest.secrets.iter().filter(|wire| !found.contains(*wire)) {
        let message = format!(
            "`secrets` in vendor.toml lists `{wire}`, but no property, parameter or response \
             header has that name"
        );
        report
            .push(Problem::warning(Location::Run, message).help("correct the name, or remove it"));
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
        | Scalar::Decimal => false,
    }
}

fn is_secret_name(wire: &str) -> bool {
    let name = wire.to_snake_case();
    let name = name.strip_prefix("x_").unwrap_or(&name);
    SECRET_NAMES.binary_search(&name).is_ok()
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
        assert!(!is_secret_name("secretary"));
        assert!(!is_secret_name("token_type"));
    }
}
