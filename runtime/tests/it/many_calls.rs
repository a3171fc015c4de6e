//! Ten thousand calls, a hundred at once: none fails, and memory does not grow.

use docwright_runtime::{
    Call, Client, ClientBuilder, Method, NoTypedError, Operation, Value, request,
};

static LIST: Operation = Operation::new("list", Method::Get, "/pets").accept("application/json");

#[derive(Debug)]
struct List<'a>(Call<'a>);
request!(List => json Value, NoTypedError);

/// Makes `calls` calls, a hundred of them concurrently, and returns how many succeed.
async fn make_calls(client: &Client, calls: usize) -> usize {
    let calls_per_task = calls / 100;
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut succeeded = 0;
                for _ in 0..calls_per_task {
                    succeeded += usize::from(List(Call::new(&client, &LIST)).await.is_ok());
                }
                succeeded
            })
        })
        .collect();
    let mut succeeded = 0;
    for task in tasks {
        succeeded += task.await.expect("no call panics");
    }
    succeeded
}

#[test]
fn ten_thousand_calls_do_not_leak_memory() {
    let base = crate::json_server::start(r#"{"pets":[{"name":"Rex"},{"name":"Mia"}]}"#);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let client: Client = ClientBuilder::new(base.as_str()).build().unwrap();
    // Until all pooled connections are open and their buffers have their final size.
    for _ in 0..2 {
        assert_eq!(runtime.block_on(make_calls(&client, 5_000)), 5_000, "the warm-up");
    }
    let memory = allocation_counter::measure(|| {
        assert_eq!(runtime.block_on(make_calls(&client, 10_000)), 10_000);
    });
    println!(
        "10 000 calls: {} allocations, {} bytes more than before",
        memory.count_total, memory.bytes_current
    );
    // A leak in each call would add up to far more than a byte per call.
    assert!(memory.bytes_current < 10_000, "{} bytes were not freed", memory.bytes_current);
}
