//! Ten thousand calls, a hundred at once: none fails, and memory does not grow.

mod server;

use docwright_runtime::{
    Call, Client, ClientBuilder, Method, NoTypedError, Operation, Value, request,
};

static LIST: Operation = Operation::new("list", Method::Get, "/pets").accept("application/json");

#[derive(Debug)]
struct List<'a>(Call<'a>);
request!(List => json Value, NoTypedError);

/// `calls` calls, a hundred of them at any time; gives how many succeed.
async fn call(client: &Client, calls: usize) -> usize {
    let each = calls / 100;
    let hundred: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut good = 0;
                for _ in 0..each {
                    good += usize::from(List(Call::new(&client, &LIST)).await.is_ok());
                }
                good
            })
        })
        .collect();
    let mut good = 0;
    for one in hundred {
        good += one.await.expect("no call panics");
    }
    good
}

#[test]
fn ten_thousand_calls_leave_nothing_behind() {
    let base = server::responding(r#"{"pets":[{"name":"Rex"},{"name":"Mia"}]}"#);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client: Client = ClientBuilder::new(base.as_str()).build().unwrap();
    // Until the connections that stay open are open, and their buffers as large as they get.
    for _ in 0..2 {
        assert_eq!(runtime.block_on(call(&client, 5_000)), 5_000, "the warm-up");
    }
    let memory = allocation_counter::measure(|| {
        assert_eq!(runtime.block_on(call(&client, 10_000)), 10_000);
    });
    println!(
        "10 000 calls: {} allocations, {} bytes more than before",
        memory.count_total, memory.bytes_current
    );
    // What grows with the number of calls would be far above a byte for each.
    assert!(memory.bytes_current < 10_000, "{} bytes were kept", memory.bytes_current);
}
