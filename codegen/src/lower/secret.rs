//! Members and parameters that hold a secret.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use crate::ir::{Api, Scalar, Shape, Type, TypeDef};
use crate::manifest::Manifest;
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// Names, in snake case, that are a secret's in every API. What only some vendors keep secret
/// (`token`, `account_number`) stands in `vendor.toml`.
static NAMES: &[&str] = &[
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

/// Gives every text that is secret by its name the type that is never printed.
pub fn mark(api: &mut Api, manifest: &Manifest, openapi: &Node, report: &mut Report) {
    let plain: Vec<bool> = (0..api.types.len()).map(|index| is_text(&api.types, index)).collect();
    let text = |ty: &Type| match ty {
        Type::Scalar(scalar) => is_textual(*scalar),
        Type::Named(id) => plain.get(id.0).copied().unwrap_or_default(),
        _ => false,
    };
    let mut named = BTreeSet::new();
    let mut mark = |wire: &str, ty: &mut Type, cursor: &str| {
        let listed = manifest.secrets.iter().any(|s| s == wire);
        if listed {
            named.insert(wire.to_owned());
        }
        let wanted = listed || is_secret(wire);
        let hidden = wanted && hide(ty, &text);
        if listed && !hidden {
            let what = format!(
                "`{wire}` is to be secret, but is no text: it is printed like any other value"
            );
            let location =
                openapi.pointer(cursor).map_or(Location::Run, |node| Location::Member(node.origin));
            report.push(Problem::warning(location, what).help(
                "correct its type in an overlay.yaml, or take it out of `secrets` in vendor.toml",
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
    for wire in manifest.secrets.iter().filter(|wire| !named.contains(*wire)) {
        let what = format!(
            "`secrets` of vendor.toml names `{wire}`, and no member or parameter is called so"
        );
        report.push(Problem::warning(Location::Run, what).help("correct the name, or take it out"));
    }
}

/// Makes a type secret, or the items of a list; false if it is no text.
fn hide(ty: &mut Type, text: &dyn Fn(&Type) -> bool) -> bool {
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Map(inner) => hide(inner, text),
        other if text(other) => {
            *other = Type::Scalar(Scalar::Secret);
            true
        }
        Type::Any | Type::Scalar(_) | Type::Named(_) => false,
    }
}

/// Whether a built-in type is a string in JSON: what a format says of a secret matters less than
/// that it is one.
fn is_textual(scalar: Scalar) -> bool {
    match scalar {
        Scalar::Text
        | Scalar::Secret
        | Scalar::Decimal
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Uuid
        | Scalar::Uri
        | Scalar::Base64
        | Scalar::Binary => true,
        Scalar::Bool | Scalar::Int32 | Scalar::Int64 | Scalar::Uint64 | Scalar::Number => false,
    }
}

fn is_secret(wire: &str) -> bool {
    let name = wire.to_snake_case();
    let name = name.strip_prefix("x_").unwrap_or(&name);
    NAMES.binary_search(&name).is_ok()
}

/// Whether a type is another name for plain text.
fn is_text(types: &[TypeDef], index: usize) -> bool {
    let mut index = index;
    for _ in 0..types.len() {
        match types.get(index).map(|def| &def.shape) {
            Some(Shape::Alias(Type::Scalar(scalar))) => return is_textual(*scalar),
            Some(Shape::Alias(Type::Named(id))) => index = id.0,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{NAMES, is_secret};

    #[test]
    fn the_table_is_sorted() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn spelling_does_not_count() {
        assert!(is_secret("clientSecret"));
        assert!(is_secret("X-Client-Secret"));
        assert!(is_secret("Password"));
        assert!(!is_secret("secretary"));
        assert!(!is_secret("token_type"));
    }
}
