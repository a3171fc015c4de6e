//! Inferences: conclusions about the API that the document does not state.

use super::{IdempotencyKey, Pagination, ParameterIn, TypeId};
use crate::report::Location;

/// A conclusion about a part of the API, with its reason and whether it is applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Inference {
    /// What it is about.
    pub subject: Subject,
    /// The key of the subject in `vendor.toml`, such as `GET /orders` or `Order.amount`.
    pub key: String,
    /// The conclusion.
    pub conclusion: Conclusion,
    /// Why it is drawn.
    pub evidence: Evidence,
    /// Whether it is applied.
    pub state: State,
}

/// The part of the API that an inference is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An operation (index into [`Api::operations`](super::Api::operations)).
    Operation(usize),
    /// A parameter of an operation.
    Parameter(usize, ParameterIn, String),
    /// A header of an operation's responses.
    ResponseHeader(usize, String),
    /// A named type.
    Type(TypeId),
    /// A field of a struct, by its name on the wire.
    Field(TypeId, String),
    /// A security scheme (index into [`Api::schemes`](super::Api::schemes)).
    Scheme(usize),
}

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conclusion {
    /// The operation's idempotency key is sent there.
    IdempotencyKey(IdempotencyKey),
    /// The operation only reads, so its requests may be sent again.
    Repeatable,
    /// The operation returns a list page by page. If `None`, how is unknown.
    Pagination(Option<Pagination>),
    /// The bodies of the operation's errors have the vendor's code at one of these locations.
    ErrorCodeAt(Vec<String>),
    /// The bodies of the operation's errors have the vendor's message at one of these locations.
    ErrorMessageAt(Vec<String>),
    /// The value of this property selects the variant of the union.
    Tag(String),
    /// The operation is this method of a resource: `customers.subscriptions.list`.
    Resource(String),
    /// This is the only allowed value, which the client writes.
    Constant(String),
    /// The parameter is set once for all calls of a client.
    ClientSetting,
    /// The body repeats a credential of the client, which callers do not pass again.
    BodyCredential,
    /// The value is secret.
    Secret,
    /// The value is personal or card data, which `Debug` does not print.
    PersonalData,
    /// The value means more than its type in the document says.
    Meaning(Meaning),
    /// The string is an id of the kind with this type, such as `CustomerId`.
    Id(String),
    /// The client fetches the tokens of the scheme from this operation, such as `POST /token`, or
    /// this URL. If `None`, it cannot.
    TokenSource(Option<String>),
    /// The operation issues tokens, so that credentials for every call are not sent to it.
    IssuesTokens,
}

/// What a value means beyond its type in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The number is an amount of money.
    Money,
    /// The string is a point in time (RFC 3339).
    DateTime,
    /// The string is a date (`YYYY-MM-DD`).
    Date,
    /// The number is the seconds since 1970-01-01T00:00:00Z.
    UnixTime,
    /// The part of a multipart body is a file.
    File,
}

/// Why an inference is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where the document or `vendor.toml` has it.
    pub location: Location,
    /// What was found there.
    pub rule: String,
}

/// Whether an inference is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It follows from the document and is applied.
    Inferred,
    /// `vendor.toml` states it, and it is applied.
    Pinned,
    /// It is not applied.
    Rejected(Rejection),
}

/// Why an inference is not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// `vendor.toml` excludes it.
    Manifest,
    /// The document contradicts it or does not suffice, for this reason.
    Document(String),
}
