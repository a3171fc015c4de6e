//! Blocking calls: allowed wherever a thread may be blocked, and an error everywhere else.

use std::io::ErrorKind;

use docwright_runtime::blocking::SendBlocking;
use docwright_runtime::{
    Call, Client, ClientBuilder, Error, Method, NoTypedError, Operation, Value, block_on, request,
};
use tokio::runtime::{Builder, Runtime};

static LIST: Operation = Operation::new("list", Method::Get, "/pets").accept("application/json");

#[derive(Debug)]
struct List<'a>(Call<'a>);
request!(List => json Value, NoTypedError);

fn client() -> Client {
    ClientBuilder::new(crate::json_server::start("[]").as_str()).build().unwrap()
}

fn list(client: &Client) -> List<'_> {
    List(Call::new(client, &LIST))
}

fn runtimes() -> [Runtime; 2] {
    [Builder::new_current_thread(), Builder::new_multi_thread()]
        .map(|mut builder| builder.enable_all().build().unwrap())
}

#[test]
fn transport_blocking_call_works_on_threads_that_may_be_blocked() {
    for runtime in runtimes() {
        let client = client();
        let task = runtime.spawn_blocking({
            let client = client.clone();
            move || {
                list(&client).send_blocking().unwrap();
                block_on(list(&client)).unwrap().unwrap();
            }
        });
        runtime.block_on(task).unwrap();
        let _entered = runtime.enter();
        list(&client).send_blocking().unwrap();
        block_on(list(&client)).unwrap().unwrap();
    }
    let [_, multi_thread] = runtimes();
    let client = client();
    let task = async { tokio::task::block_in_place(|| list(&client).send_blocking().map(drop)) };
    multi_thread.block_on(task).unwrap();
}

#[test]
fn error_of_a_blocking_call_in_asynchronous_code_is_no_panic() {
    for runtime in runtimes() {
        let client = client();
        let (sent, blocked) =
            runtime.block_on(async { (list(&client).send_blocking(), block_on(list(&client))) });
        let Err(Error::Request(error)) = sent else { panic!("{sent:?}") };
        assert_eq!(
            error.to_string(),
            "the request was not sent: `send_blocking` was called from asynchronous code: await the request instead"
        );
        let error = blocked.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Deadlock);
        assert_eq!(
            error.to_string(),
            "`block_on` was called from asynchronous code: await the request instead"
        );
    }
}
