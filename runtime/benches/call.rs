//! A call through the runtime, against the same call written by hand with reqwest and serde: taken in
//! turn over loopback, with responses of 100 kB. Prints the ratio of the medians, and how many more
//! allocations a call makes. `cargo bench -p docwright-runtime --bench call` fails above 5 % of time.

#[path = "../tests/server/mod.rs"]
mod server;

use std::hint::black_box;
use std::time::{Duration, Instant};

use allocation_counter::AllocationInfo;
use docwright_runtime::{
    Call, Client, ClientBuilder, Method, NoTypedError, Operation, record, request,
};

/// The same types twice: by table and derived.
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

mod derived {
    types!(Deserialize);
}

mod by_table {
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
request!(ListOrders => json by_table::Page, NoTypedError);

fn body() -> String {
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

async fn by_hand(client: &reqwest::Client, base: &str) -> usize {
    let request = client.get(format!("{base}/orders")).header("Accept", "application/json");
    let response = request.send().await.expect("a response");
    assert!(response.status().is_success());
    let bytes = response.bytes().await.expect("its body");
    let page: derived::Page = serde_json::from_slice(&bytes).expect("JSON");
    black_box(page).orders.len()
}

async fn by_runtime(client: &Client) -> usize {
    let page = ListOrders(Call::new(client, &LIST)).await.expect("a response");
    black_box(page).orders.len()
}

/// The median time and the usual count of allocations of a call.
fn usual(mut calls: Vec<(Duration, AllocationInfo)>) -> (Duration, u64) {
    let mut counts: Vec<u64> = calls.iter().map(|(_, it)| it.count_total).collect();
    counts.sort_unstable();
    calls.sort_by_key(|(time, _)| *time);
    let middle = calls.len() / 2;
    (calls[middle].0, counts[middle])
}

fn main() {
    let body = body();
    let base = server::responding(&body);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    let (hand, client) = runtime.block_on(async {
        let hand = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        (hand, ClientBuilder::<Client>::new(base.as_str()).build().expect("a client"))
    });
    let (mut hands, mut runtimes) = (Vec::new(), Vec::new());
    let measure = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        let allocations = allocation_counter::measure(call);
        (start.elapsed(), allocations)
    };
    for round in 0..1_100 {
        let by_hand = measure(&mut || assert!(runtime.block_on(by_hand(&hand, &base)) > 0));
        let by_runtime = measure(&mut || assert!(runtime.block_on(by_runtime(&client)) > 0));
        if round >= 100 {
            hands.push(by_hand);
            runtimes.push(by_runtime);
        }
    }
    let ((hand, hand_count), (time, count)) = (usual(hands), usual(runtimes));
    let ratio = time.as_secs_f64() / hand.as_secs_f64();
    println!("responses of {} bytes, medians of 1000", body.len());
    println!("by hand       {hand:>8.1?}   {hand_count} allocations");
    println!("by runtime    {time:>8.1?}   {count} allocations   ratio {ratio:.3}");
    println!("extra allocations: {}", i128::from(count) - i128::from(hand_count));
    // Without optimisation the figures say nothing.
    assert!(
        cfg!(debug_assertions) || ratio <= 1.05,
        "a call takes {ratio:.3} times the one by hand"
    );
}
