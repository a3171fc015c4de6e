//! Compares a call through the runtime with the same call written with reqwest and serde. The calls
//! alternate over loopback, with responses of 100 kB. Prints the ratio of the median times and the number
//! of additional allocations. `cargo bench -p docwright-runtime --bench call` fails if the runtime takes
//! more than 5 % longer.

#[path = "../tests/it/json_server.rs"]
mod server;

use std::hint::black_box;
use std::time::{Duration, Instant};

use allocation_counter::AllocationInfo;
use docwright_runtime::{
    Call, Client, ClientBuilder, Method, NoTypedError, Operation, record, request,
};

/// Defines the types twice: with the macros of the runtime and with serde's derive.
macro_rules! types {
    ($($derive:ident)?) => {
        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Page {
            pub orders: Vec<Order>,
        }

        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Order {
            pub id: String,
            pub reference: String,
            pub amount: i64,
            pub fee: Option<f64>,
            pub currency: String,
            pub description: Option<String>,
            pub created_at: String,
            pub settled: bool,
        }
    };
}

mod with_serde {
    types!(Deserialize);
}

mod with_runtime {
    use super::record;

    types!();
    record!(Page { required orders = "orders" });
    record!(Order {
        required id = "id",
        required reference = "reference",
        required amount = "amount",
        optional fee = "fee",
        required currency = "currency",
        optional description = "description",
        required created_at = "created_at",
        required settled = "settled",
    });
}

static LIST: Operation =
    Operation::new("list_orders", Method::Get, "/orders").accept("application/json");

#[derive(Debug)]
struct ListOrders<'a>(Call<'a>);
request!(ListOrders => json with_runtime::Page, NoTypedError);

fn orders_body() -> String {
    let mut orders = Vec::new();
    let mut length = 0;
    for n in 0.. {
        let order = format!(
            "{{\"id\":\"or_{n:010}\",\"reference\":\"ref-{n}\",\"amount\":{},\"fee\":0.5,\"currency\":\"USD\",\
             \"description\":null,\"created_at\":\"2024-01-31T10:00:00Z\",\"settled\":false}}",
            n * 100
        );
        length += order.len() + 1;
        orders.push(order);
        if length > 100_000 {
            break;
        }
    }
    format!("{{\"orders\":[{}]}}", orders.join(","))
}

async fn call_with_reqwest(client: &reqwest::Client, base: &str) -> usize {
    let request = client.get(format!("{base}/orders")).header("Accept", "application/json");
    let response = request.send().await.expect("a response");
    assert!(response.status().is_success());
    let bytes = response.bytes().await.expect("its body");
    let page: with_serde::Page = serde_json::from_slice(&bytes).expect("JSON");
    black_box(page).orders.len()
}

async fn call_with_runtime(client: &Client) -> usize {
    let page = ListOrders(Call::new(client, &LIST)).await.expect("a response");
    black_box(page).orders.len()
}

/// Returns the median time and the median number of allocations of a call.
fn medians(mut calls: Vec<(Duration, AllocationInfo)>) -> (Duration, u64) {
    let mut counts: Vec<u64> = calls.iter().map(|(_, it)| it.count_total).collect();
    counts.sort_unstable();
    calls.sort_by_key(|(time, _)| *time);
    let middle = calls.len() / 2;
    (calls[middle].0, counts[middle])
}

fn main() {
    let body = orders_body();
    let base = server::start(&body);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (http, client) = runtime.block_on(async {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        (http, ClientBuilder::<Client>::new(base.as_str()).build().expect("a client"))
    });
    let (mut baselines, mut calls) = (Vec::new(), Vec::new());
    let measure = |function: &mut dyn FnMut()| {
        let start = Instant::now();
        let allocations = allocation_counter::measure(function);
        (start.elapsed(), allocations)
    };
    for round in 0..1_100 {
        let baseline =
            measure(&mut || assert!(runtime.block_on(call_with_reqwest(&http, &base)) > 0));
        let call = measure(&mut || assert!(runtime.block_on(call_with_runtime(&client)) > 0));
        if round >= 100 {
            baselines.push(baseline);
            calls.push(call);
        }
    }
    let ((baseline, baseline_count), (time, count)) = (medians(baselines), medians(calls));
    let ratio = time.as_secs_f64() / baseline.as_secs_f64();
    println!("responses of {} bytes, medians of 1000", body.len());
    println!("with reqwest  {baseline:>8.1?}   {baseline_count} allocations");
    println!("with runtime  {time:>8.1?}   {count} allocations   ratio {ratio:.3}");
    println!("additional allocations: {}", i128::from(count) - i128::from(baseline_count));
    // Figures of a debug build are meaningless.
    assert!(
        cfg!(debug_assertions) || ratio <= 1.05,
        "a call takes {ratio:.3} times as long as with reqwest"
    );
}
