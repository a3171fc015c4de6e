//! Where the client has each operation.

use super::DocText;
use crate::plan::naming::Name;

/// How callers reach an operation: `client.customers().subscriptions().list()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallPath {
    /// The methods that return the resource: `customers`, `subscriptions`. Empty: the client has the method.
    pub accessors: Vec<Name>,
    /// The type that has the method: `Client`, or that of the resource.
    pub owner: Name,
    /// The method.
    pub method: Name,
}

impl CallPath {
    /// Returns whether the client itself has the method.
    pub fn is_on_client(&self) -> bool {
        self.accessors.is_empty()
    }

    /// Returns the text of a call without its arguments: `customers().list`.
    pub fn text(&self) -> String {
        let accessors: String = self.accessors.iter().map(|name| format!("{name}().")).collect();
        format!("{accessors}{}", self.method)
    }

    /// Returns a link to the method for documentation. `operations` is the path of the module of the
    /// operations, and `client` is that of the client.
    pub fn link(&self, client: &str, operations: &str) -> String {
        let module = if self.is_on_client() { client } else { operations };
        let method = format!("{}::{}", self.owner, self.method);
        match module {
            "" => format!("[`{method}`]"),
            module => format!("[`{method}`]({module}::{method})"),
        }
    }
}

/// A resource: a type whose methods are operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its type: `CustomersSubscriptionsResource`.
    pub ty: Name,
    /// The method that returns it: `subscriptions`.
    pub accessor: Name,
    /// The type with that method: `Client` or another resource.
    pub owner: Name,
    /// Whether the client has the method.
    pub is_on_client: bool,
    /// The source file that contains it, without `.rs`.
    pub file: Name,
    /// Its documentation.
    pub doc: DocText,
    /// The documentation of the method.
    pub accessor_doc: DocText,
    /// The documentation of the type of the same name in the mock server.
    pub mock_doc: DocText,
    /// The documentation of the method of the mock server.
    pub mock_accessor_doc: DocText,
}
