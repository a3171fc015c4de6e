//! The public items of the client: its servers and its builder.

use super::types::type_item;
use super::{Direction, Item, ItemKind, Owner};
use crate::emit::{Referrer, type_text};
use crate::plan::naming::{scheme_key, token_key, token_parameter_key};
use crate::plan::{Plan, Server, UrlPiece};

/// Lists the servers, the values of their variables, and the methods of the builder.
pub(super) fn read_client(plan: &Plan) -> Vec<Owner> {
    let mut owners = Vec::new();
    if !plan.servers.is_empty() {
        let parts = plan.servers.iter().map(read_server).collect();
        owners.push(Owner { item: type_item("Server", "enum", Direction::Sent), parts });
    }
    for values in &plan.server_values {
        let parts = values.values.iter().map(|(name, wire)| {
            Item::new(ItemKind::Variant, name.as_str(), Direction::Sent).key(wire.as_str())
        });
        let item = type_item(values.name.as_str(), "enum", Direction::Sent);
        owners.push(Owner { item, parts: parts.collect() });
    }
    // Every client has a builder, even if it has no methods of its own.
    let item = type_item("ClientBuilder", "struct", Direction::Sent);
    owners.push(Owner { item, parts: read_builder(plan) });
    owners
}

fn read_server(server: &Server) -> Item {
    let url = server.url.iter().map(|piece| match piece {
        UrlPiece::Literal(text) => text.clone(),
        UrlPiece::Variable(name) => format!("{{{name}}}"),
    });
    let variables = server.variables.iter().map(|variable| {
        let ty = variable.values.as_ref().map_or("String".to_owned(), ToString::to_string);
        format!("{}: {ty}", variable.name)
    });
    let ty = variables.collect::<Vec<_>>().join(", ");
    Item::new(ItemKind::Variant, server.name.as_str(), Direction::Sent)
        .key(url.collect::<String>())
        .ty(ty)
}

fn read_builder(plan: &Plan) -> Vec<Item> {
    let method = |name: &str, key: String| {
        Item::new(ItemKind::BuilderMethod, name, Direction::Sent).key(key)
    };
    let mut items = Vec::new();
    for scheme in &plan.schemes {
        items.push(method(scheme.setter.as_str(), scheme_key(&scheme.key)));
        let Some(token) = &scheme.token else { continue };
        items.push(method(token.setter.as_str(), token_key(&scheme.key)));
        items.extend(token.parameters.iter().map(|parameter| {
            let key = token_parameter_key(&parameter.field, &scheme.key);
            method(parameter.setter.as_str(), key)
        }));
    }
    items.extend(plan.settings.iter().map(|setting| {
        let key = format!("{}:{}", setting.location.name(), setting.wire);
        method(setting.setter.as_str(), key)
            .ty(type_text(&setting.ty, Referrer::Types))
            .required(setting.default.is_none())
    }));
    items.extend(
        plan.operation_servers.iter().map(|server| {
            method(server.setter.as_str(), format!("server {}", server.urls.join(" ")))
        }),
    );
    let options = plan.signing.iter().flat_map(|signing| &signing.options);
    items.extend(options.map(|it| method(it.method.as_str(), it.setter.to_owned())));
    items
}
