//! Where the subject of an inference stands: its location in the document, and its key in
//! `vendor.toml`.

use super::Context;
use crate::ir::{Api, Operation, ParameterIn, Subject, TypeId};
use crate::report::Location;
use crate::samples;
use crate::source::{Node, escape};

impl<'a> Context<'a> {
    /// Returns the key of a subject in `vendor.toml`.
    pub fn key(&self, api: &Api, subject: &Subject) -> String {
        let operation = |index: &usize| api.operations.get(*index).map(Operation::key);
        let ty = |id: &TypeId| self.type_keys.get(id.0).cloned();
        let key = match subject {
            Subject::Operation(index) => operation(index),
            Subject::Parameter(index, location, wire) => operation(index).map(|key| {
                let location = location.name();
                format!("{key} {location}:{wire}")
            }),
            Subject::ResponseHeader(index, wire) => {
                operation(index).map(|key| format!("{key} response:{wire}"))
            }
            Subject::Type(id) => ty(id),
            Subject::Field(id, wire) => ty(id).map(|key| format!("{key}.{wire}")),
            Subject::Scheme(index) => api.schemes.get(*index).map(|scheme| scheme.name.clone()),
        };
        key.unwrap_or_default()
    }

    /// Returns the location of a subject in the document.
    pub fn location(&self, api: &Api, subject: &Subject) -> Location {
        let operation = |index: &usize| api.operations.get(*index);
        let at_operation = |index: &usize| self.openapi.pointer(&operation(index)?.pointer);
        let at_type = |id: &TypeId| self.openapi.pointer(&api.types.get(id.0)?.pointer);
        let node = match subject {
            Subject::Operation(index) | Subject::ResponseHeader(index, _) => at_operation(index),
            Subject::Parameter(index, location, wire) => operation(index)
                .and_then(|it| self.find_parameter(it, *location, wire))
                .or_else(|| at_operation(index)),
            Subject::Type(id) => at_type(id),
            Subject::Field(id, wire) => {
                // Merged schemas have fields that are declared elsewhere.
                at_type(id)
                    .map(|ty| ty.pointer(&format!("/properties/{}", escape(wire))).unwrap_or(ty))
            }
            Subject::Scheme(index) => api.schemes.get(*index).and_then(|scheme| {
                let pointer = format!("/components/securitySchemes/{}", escape(&scheme.name));
                self.openapi.pointer(&pointer)
            }),
        };
        node.map_or(Location::Run, |node| Location::Entry(node.origin))
    }

    /// Returns the node that declares a parameter, in the operation or in its path item.
    pub fn find_parameter(
        &self,
        operation: &Operation,
        location: ParameterIn,
        wire: &str,
    ) -> Option<&'a Node> {
        let operation = operation.pointer.as_str();
        let (path_item, _) = operation.rsplit_once('/')?;
        [operation, path_item].iter().find_map(|owner| {
            let parameters = self.openapi.pointer(&format!("{owner}/parameters"))?.as_array()?;
            let mut parameters = parameters.iter().map(|it| samples::resolve_ref(self.openapi, it));
            parameters.find(|node| {
                let has = |key: &str, value: &str| {
                    let found = node.get(key).and_then(Node::as_str);
                    found.is_some_and(|found| match location {
                        ParameterIn::Header => found.eq_ignore_ascii_case(value),
                        _ => found == value,
                    })
                };
                has("in", location.name()) && has("name", wire)
            })
        })
    }
}
