//! The types of requests: what a method of a generated client returns.

/// Makes a newtype over [`Call`](crate::Call) a request: it is sent when it is awaited, and takes
/// options of its own before that. Says what a success holds (`json T`, `text`, `bytes`, `empty`, or
/// `one_of T` where the type depends on the status) and which enum types the error bodies.
///
/// ```no_run
/// use docwright_runtime::{ResponseEnum, Call, Client, Method, Operation, Style, NoTypedError, Value};
///
/// static LIST_ORDERS: Operation = Operation::new("list_orders", Method::Get, "/orders");
///
/// /// Lists orders.
/// #[derive(Debug)]
/// #[must_use = "a request is sent when it is awaited"]
/// pub struct ListOrders<'a>(Call<'a>);
///
/// impl ListOrders<'_> {
///     pub fn page(self, page: i64) -> Self {
///         Self(self.0.query("page", &page, Style::FORM))
///     }
/// }
///
/// docwright_runtime::request!(ListOrders => json Value, NoTypedError);
///
/// # async fn call(client: &Client) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let orders = ListOrders(Call::new(client, &LIST_ORDERS)).page(2).await?;
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
            /// How long this call may take, whatever the client's own limit is.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }
            /// How this call is repeated, whatever the client's own policy is.
            pub fn retry(self, retry: $crate::Retry) -> Self {
                Self(self.0.retry(retry))
            }
            /// Where this call goes, whatever server the client or the operation has. The
            /// credentials go there too.
            pub fn base_url(self, url: impl ::core::convert::Into<$crate::BaseUrl>) -> Self {
                Self(self.0.base_url(url))
            }
            /// Sends a header beside those of the operation, or instead of one of them.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.header(name, &value))
            }
            /// Sends a query parameter beside those of the operation.
            pub fn query(self, name: &str, value: &str) -> Self {
                Self(self.0.query(name, &value, $crate::Style::FORM))
            }
        }
        $crate::validate_request!($name);
        #[allow(deprecated)]
        impl<'a> $name<'a> {
            /// Sends the request; the body of a success is read while it comes. The timeout is for
            /// the head of the response, and then for each piece of the body.
            pub fn send_stream(self) -> $crate::ResponseFuture<'a, $crate::ByteStream, $error> {
                self.0.stream()
            }
            /// Sends the request; a success is a stream of server-sent events, which is asked for,
            /// with JSON of a type of yours in each.
            pub fn send_events<T: $crate::JsonBody + ::core::marker::Send + 'static>(
                self,
            ) -> $crate::ResponseFuture<'a, $crate::EventStream<T, $error>, $error> {
                self.0.events()
            }
            /// Sends the request; what comes back is given as it is, whatever its status.
            pub fn send_raw(self) -> $crate::RawFuture<'a> {
                self.0.raw()
            }
            /// The request that would be sent first, complete with authorization and signature;
            /// nothing is sent. What it holds may be secret.
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
