//! Members and parameters that hold a secret.

use heck::ToSnakeCase;

use crate::ir::{Api, Scalar, Shape, Type, TypeDef};
use crate::manifest::Manifest;

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
pub fn mark(api: &mut Api, manifest: &Manifest) {
    let plain: Vec<bool> = (0..api.types.len()).map(|index| is_text(&api.types, index)).collect();
    let text = |ty: &Type| match ty {
        Type::Scalar(Scalar::Text) => true,
        Type::Named(id) => plain.get(id.0).copied().unwrap_or_default(),
        _ => false,
    };
    let secret = |wire: &str, ty: &Type| {
        text(ty) && (is_secret(wire) || manifest.secrets.iter().any(|s| s == wire))
    };
    let structs = api.types.iter_mut().filter_map(|def| match &mut def.shape {
        Shape::Struct(shape) => Some(shape),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => None,
    });
    for field in structs.flat_map(|shape| &mut shape.fields) {
        if secret(&field.wire, &field.ty) {
            field.ty = Type::Scalar(Scalar::Secret);
        }
    }
    for parameter in api.operations.iter_mut().flat_map(|operation| &mut operation.parameters) {
        if secret(&parameter.wire, &parameter.ty) {
            parameter.ty = Type::Scalar(Scalar::Secret);
        }
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
            Some(Shape::Alias(Type::Scalar(Scalar::Text))) => return true,
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
