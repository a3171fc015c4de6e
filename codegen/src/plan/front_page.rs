//! The first page of the documentation.

use std::collections::BTreeMap;

use super::layout::ONE_FILE;
use super::{
    BodyType, Credential, Environment, Expr, FrontPage, Operation, SampleBody, Scheme, Server, doc,
};
use crate::method::Method;

/// Plans the first page.
pub fn plan(
    environment: &Environment,
    servers: &[Server],
    schemes: &[Scheme],
    operations: &[Operation],
) -> FrontPage {
    FrontPage {
        server: match (servers.first(), &environment.default) {
            (Some(server), _) if server.variables.is_empty() => format!("Server::{}", server.name),
            (_, Some(url)) => format!("{url:?}"),
            (_, None) => "\"https://api.example.com\"".to_owned(),
        },
        login: login(schemes),
        operation: first_operation(operations),
        credentials: credentials(schemes),
        groups: groups(operations),
    }
}

/// Returns the call that sets credentials in the first example.
fn login(schemes: &[Scheme]) -> String {
    let token = schemes.iter().find_map(|scheme| scheme.token.as_ref());
    match (token, schemes.first()) {
        (Some(token), _) => format!(".{}(\"client id\", \"client secret\")", token.setter),
        (None, Some(scheme)) => match scheme.credential {
            Credential::Basic => format!(".{}(\"user\", \"password\")", scheme.setter),
            Credential::Bearer => format!(".{}(\"token\")", scheme.setter),
            Credential::Header(_) | Credential::Query(_) | Credential::Cookie(_) => {
                format!(".{}(\"key\")", scheme.setter)
            }
        },
        (None, None) => ".bearer(\"token\")".to_owned(),
    }
}

/// Returns the builder's methods for credentials.
fn credentials(schemes: &[Scheme]) -> Vec<(String, String)> {
    let mut methods = Vec::new();
    for scheme in schemes {
        if let Some(token) = &scheme.token {
            let text = "a client id and secret, with which the client fetches tokens";
            methods.push((token.setter.to_string(), text.to_owned()));
        }
        let text = match &scheme.credential {
            Credential::Header(wire) => {
                format!("a key in the header {}", doc::inline_code(wire))
            }
            Credential::Query(wire) => {
                format!("a key in the query parameter {}", doc::inline_code(wire))
            }
            Credential::Cookie(wire) => {
                format!("a key in the cookie {}", doc::inline_code(wire))
            }
            Credential::Bearer => "a bearer token".to_owned(),
            Credential::Basic => "a user name and a password".to_owned(),
        };
        methods.push((scheme.setter.to_string(), text));
    }
    methods
}

/// Returns the operation that is easiest to call: one that reads, with few arguments and a small body.
fn first_operation(operations: &[Operation]) -> Option<usize> {
    let cost = |operation: &Operation| {
        let sample = operation.sample.as_ref();
        let sample = sample.filter(|it| it.arguments.iter().all(Expr::is_listed))?;
        let body = operation.body.as_ref().filter(|body| body.ty != BodyType::Empty);
        let body = match (body, &sample.body) {
            (None, _) => 0,
            (Some(_), Some(SampleBody::Value { example: Some(it), .. })) => 1 + it.size(),
            // Its example takes the body as an argument.
            (Some(_), Some(SampleBody::Value { example: None, .. })) => return None,
            (Some(body), Some(SampleBody::File(_)) | None) if body.required => return None,
            (Some(_), Some(SampleBody::File(_)) | None) => 0,
        };
        let reads = operation.http == Method::Get;
        Some((operation.deprecated, operation.is_public, !reads, operation.arguments.len(), body))
    };
    let costs = operations.iter().enumerate().filter_map(|(index, it)| Some((cost(it)?, index)));
    costs.min().map(|(_, index)| index)
}

/// Groups the operations by their file.
fn groups(operations: &[Operation]) -> Vec<(String, Vec<usize>)> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        groups.entry(operation.file.as_str()).or_default().push(index);
    }
    let words = |file: &str| match file {
        ONE_FILE => "All operations".to_owned(),
        file => {
            let words = file.replace('_', " ");
            let mut chars = words.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            first + chars.as_str()
        }
    };
    groups.into_iter().map(|(file, indexes)| (words(file), indexes)).collect()
}
