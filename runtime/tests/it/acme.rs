//! A hand-written client in the shape that the generator emits.

use docwright_runtime::{
    Bytes, Call, ClientBuilder, Map, Media, Method, NoTypedError, Operation, Patch, Secret, Status,
    Style, Untyped, Value, open_enum, record, request, responses, union,
};

#[derive(Debug, Clone, PartialEq)]
pub struct TokenBody {
    pub client_id: String,
    pub client_secret: Secret,
    pub scope: Option<Vec<String>>,
    pub note: Patch<String>,
}
record!(TokenBody {
    required client_id = "client_id",
    required client_secret = "client_secret",
    optional scope = "scope",
    patch note = "note",
});

#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    pub access_token: Secret,
    pub expires_in: f64,
    pub status: TokenStatus,
}
record!(Token {
    required access_token = "access_token",
    required expires_in = "expires_in",
    required status = "status",
});

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TokenStatus {
    Active,
    Revoked,
    Unknown(String),
}
open_enum!(TokenStatus { Active = "active", Revoked = "revoked" });

#[derive(Debug, Clone, PartialEq)]
pub struct ErrorResponse {
    pub code: ResponseCode,
    pub message: String,
    pub details: Option<Map<Value>>,
}
record!(ErrorResponse {
    required code = "code",
    required message = "message",
    nullable details = "details",
});

#[derive(Debug, Clone, PartialEq)]
pub enum ResponseCode {
    Text(String),
    Number(i64),
    Unknown(Value),
}
union!(ResponseCode { Text(String), Number(i64) });

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    InvalidClientId,
    RateLimited,
    Unknown(String),
}
open_enum!(ErrorCode { InvalidClientId = "invalid_client_id", RateLimited = "429" });

#[derive(Debug, Clone, PartialEq)]
pub enum CreateTokenError {
    BadRequest(ErrorResponse),
    Forbidden(Untyped<ErrorResponse>),
    ServerError(String),
    Default(ErrorResponse),
}
responses!(CreateTokenError {
    code 400 => BadRequest json ErrorResponse,
    code 403 => Forbidden json Untyped<ErrorResponse>,
    range 5 => ServerError text,
    default => Default json ErrorResponse,
}, code at "code": ErrorCode);

#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub id: String,
    pub lines: Vec<Line>,
}
record!(Order { required id = "id", required lines = "lines" });

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub quantity: i64,
}
record!(Line { required quantity = "quantity" });

#[derive(Debug, Clone, PartialEq)]
pub enum PutOrderResponse {
    Ok(Order),
    Accepted,
}
responses!(PutOrderResponse { code 200 => Ok json Order, code 202 => Accepted });

static CREATE_TOKEN: Operation = Operation::new("create_token", Method::Post, "/oauth/token")
    .accept("application/json")
    .body(&[Media::JSON, Media::FORM])
    .success(&[Status::Code(200)]);
static GET_ORDER: Operation = Operation::new("get_order", Method::Get, "/orders/{id}")
    .accept("application/json")
    .success(&[Status::Code(200)]);
static PUT_ORDER: Operation = Operation::new("put_order", Method::Put, "/orders/{id}")
    .accept("application/json")
    .body(&[Media::JSON])
    .success(&[Status::Code(200), Status::Code(202)]);
static DELETE_ORDER: Operation =
    Operation::new("delete_order", Method::Delete, "/orders/{id}").success(&[Status::Code(204)]);
static DOWNLOAD_ORDER: Operation =
    Operation::new("download_order", Method::Get, "/orders/{id}/download").accept("text/csv, */*");

#[derive(Debug, Clone)]
pub struct Client {
    core: docwright_runtime::Client,
}

impl From<docwright_runtime::Client> for Client {
    fn from(core: docwright_runtime::Client) -> Self {
        Self { core }
    }
}

impl Client {
    pub fn builder(server: impl Into<docwright_runtime::BaseUrl>) -> ClientBuilder<Self> {
        ClientBuilder::new(server)
    }

    pub fn create_token<'a>(&'a self, body: &'a TokenBody) -> CreateToken<'a> {
        CreateToken(Call::new(&self.core, &CREATE_TOKEN).body(body))
    }

    pub fn get_order(&self, id: &str) -> GetOrder<'_> {
        GetOrder(Call::new(&self.core, &GET_ORDER).path("id", &id))
    }

    pub fn put_order<'a>(&'a self, id: &str, body: &'a Order) -> PutOrder<'a> {
        PutOrder(Call::new(&self.core, &PUT_ORDER).path("id", &id).body(body))
    }

    pub fn delete_order(&self, id: &str) -> DeleteOrder<'_> {
        DeleteOrder(Call::new(&self.core, &DELETE_ORDER).path("id", &id))
    }

    pub fn download_order(&self, id: &str) -> DownloadOrder<'_> {
        DownloadOrder(Call::new(&self.core, &DOWNLOAD_ORDER).path("id", &id))
    }

    pub fn download_text(&self, id: &str) -> DownloadText<'_> {
        DownloadText(Call::new(&self.core, &DOWNLOAD_ORDER).path("id", &id))
    }
}

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct CreateToken<'a>(Call<'a>);

impl CreateToken<'_> {
    pub fn form(self) -> Self {
        Self(self.0.media(1))
    }
}
request!(CreateToken => json Token, CreateTokenError);

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct GetOrder<'a>(Call<'a>);

impl GetOrder<'_> {
    pub fn expand(self, expand: &[&str]) -> Self {
        let expand: Vec<_> = expand.to_vec();
        Self(self.0.query("expand[]", &expand, Style::FORM))
    }
}
request!(GetOrder => json Order, NoTypedError);

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct PutOrder<'a>(Call<'a>);
request!(PutOrder => one_of PutOrderResponse, NoTypedError);

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct DeleteOrder<'a>(Call<'a>);
request!(DeleteOrder => empty, NoTypedError);

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct DownloadOrder<'a>(Call<'a>);
request!(DownloadOrder => bytes, NoTypedError);

#[derive(Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct DownloadText<'a>(Call<'a>);
request!(DownloadText => text, NoTypedError);

/// Returns a request body with every kind of field.
pub fn body() -> TokenBody {
    TokenBody {
        client_id: "me".to_owned(),
        client_secret: Secret::from("s3cr&t"),
        scope: Some(vec!["read".to_owned(), "write".to_owned()]),
        note: Patch::Null,
    }
}

/// Returns the JSON of a successful token response.
pub fn token() -> Bytes {
    Bytes::from_static(b"{\"access_token\":\"t0ken\",\"expires_in\":3600,\"status\":\"paused\"}")
}
