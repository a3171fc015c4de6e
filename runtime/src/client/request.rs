//! Request types: the return types of the methods of a generated client.

/// Turns a newtype over [`Call`](crate::Call) into a request, which is sent when it is awaited, and
/// adds methods for its options. The arguments are the body of a success (`json T`, `text`,
/// `bytes`, `empty`, or `one_of T` if the type depends on the status) and the enum of typed error
/// bodies.
///
/// ```no_run
/// use docwright_runtime::{ResponseEnum, Call, Client, Method, Operation, Style, NoTypedError, Value};
///
/// static LIST_ORDERS: Operation = Operation::new("list_orders", Method::Get, "/orders");
///
/// /// Lists orders.
/// #[derive(Debug)]
/// #[must_use = "a request is sent when it is awaited"]
/// pub struct ListOrdersRequest<'a>(Call<'a>);
///
/// impl ListOrdersRequest<'_> {
///     pub fn page(self, page: i64) -> Self {
///         Self(self.0.query("page", &page, Style::FORM))
///     }
/// }
///
/// docwright_runtime::request!(ListOrdersRequest => json Value, NoTypedError);
///
/// # async fn call(client: &Client) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let orders = ListOrdersRequest(Call::new(client, &LIST_ORDERS)).page(2).await?;
/// println!("{}: {}", orders.status(), orders["items"]);
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! request {
    ($name:ident => json $success:ty, $error:ty) => {
        $crate::request!($name => $success, $error, json::<$success, $error>);
    };
    ($name:ident => one_of $success:ty, $error:ty) => {
        $crate::request!($name => $success, $error, one_of::<$success, $error>);
    };
    ($name:ident => text, $error:ty) => {
        $crate::request!($name => ::std::string::String, $error, text::<$error>);
    };
    ($name:ident => bytes, $error:ty) => {
        $crate::request!($name => $crate::Bytes, $error, bytes::<$error>);
    };
    ($name:ident => events $item:ty, $error:ty) => {
        $crate::request!(
            $name => $crate::EventStream<$item, $error>, $error, events::<$item, $error>
        );
    };
    ($name:ident => text_events, $error:ty) => {
        $crate::request!(
            $name => $crate::EventStream<::std::string::String, $error>, $error,
            text_events::<$error>
        );
    };
    ($name:ident => empty, $error:ty) => {
        $crate::request!($name => (), $error, empty::<$error>);
    };
    ($name:ident => $success:ty, $error:ty, $($send:tt)+) => {
        #[allow(deprecated)]
        impl $name<'_> {
            /// Overrides the client's timeout for this call.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }
            /// Overrides the client's retry policy for this call.
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }
            /// Marks the call as safe to repeat: the server recognises a repeated request, for example
            /// by a reference in its body, or the request has no effect. The retry policy then treats
            /// it like one with an idempotent method.
            pub fn idempotent(self) -> Self {
                Self(self.0.idempotent())
            }
            /// Returns the idempotency key that the request will be sent with, if any. Store it before
            /// the request is sent: if the outcome of the call is unknown, only a call with the same
            /// key is safe.
            #[must_use]
            pub fn get_idempotency_key(&self) -> ::core::option::Option<&str> {
                self.0.get_idempotency_key()
            }
            /// Overrides the server of the client or operation for this call. The credentials are
            /// sent to this server too.
            pub fn base_url(self, url: impl ::core::convert::Into<$crate::BaseUrl>) -> Self {
                Self(self.0.base_url(url))
            }
            /// Sets an additional header, or replaces one of the operation.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, &value))
            }
            /// Adds a query parameter to those of the operation.
            pub fn query(self, name: &str, value: &str) -> Self {
                Self(self.0.query(name, &value, $crate::Style::FORM))
            }
        }
        $crate::validate_request!($name);
        #[allow(deprecated)]
        impl<'a> $name<'a> {
            /// Sends the request and streams the body of a success. The timeout covers the head of
            /// the response, and then each chunk of the body.
            pub fn send_stream(self) -> $crate::ResponseFuture<'a, $crate::ByteStream, $error> {
                self.0.stream()
            }
            /// Sends the request with `Accept: text/event-stream`; a success is a stream of
            /// server-sent events, each with JSON data that is decoded as `T`.
            pub fn send_events<T: $crate::JsonBody + ::core::marker::Send + 'static>(
                self,
            ) -> $crate::ResponseFuture<'a, $crate::EventStream<T, $error>, $error> {
                self.0.events()
            }
            /// Sends the request and returns the response undecoded, whatever its status, with the
            /// record of all attempts.
            pub fn send_raw(self) -> $crate::RawFuture<'a> {
                self.0.raw()
            }
            /// Builds the request of the first attempt, with authorization and signature, without
            /// sending it. It may contain secrets.
            pub fn into_request(self) -> $crate::RequestFuture<'a> {
                self.0.into_request()
            }
        }
        #[allow(deprecated)]
        impl<'a> ::core::future::IntoFuture for $name<'a> {
            type Output = ::core::result::Result<$crate::Response<$success>, $crate::Error<$error>>;
            type IntoFuture = $crate::ResponseFuture<'a, $success, $error>;
            fn into_future(self) -> Self::IntoFuture {
                self.0.$($send)+()
            }
        }
    };
}
