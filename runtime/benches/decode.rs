//! Compares decoding a response of 1 MB through the runtime with serde's derive on the same types. The runs
//! alternate; prints the ratio of the medians. `cargo bench -p docwright-runtime --bench decode` fails
//! above 1.05, and above 1.2 through `serde_json`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use docwright_runtime::Decode;
use serde::de::DeserializeOwned;

/// Defines the types twice: with the macros of the runtime and with serde's derive.
macro_rules! types {
    ($($derive:ident)?) => {
        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Page {
            pub items: Vec<Transfer>,
            pub next: Option<String>,
        }

        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Transfer {
            pub id: String,
            pub reference: String,
            pub amount: i64,
            pub fee: Option<f64>,
            pub currency: String,
            pub status: Status,
            pub source: Account,
            pub destination: Account,
            pub reasons: Vec<Reason>,
            pub description: Option<String>,
            pub created_at: String,
            pub settled: bool,
        }

        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Account {
            pub id: String,
            pub holder: String,
            pub number: Option<String>,
            pub routing: Option<String>,
            pub country: String,
            pub city: Option<String>,
            pub street: Option<String>,
            pub zip: Option<String>,
            pub verified: bool,
            pub opened: i64,
            pub balance: Option<f64>,
            pub tags: Vec<String>,
        }

        #[derive(Debug, Clone, PartialEq)]
        $(#[derive(serde::$derive)])?
        pub struct Reason {
            pub code: i64,
            pub message: String,
        }
    };
}

mod with_derive {
    types!(Deserialize);

    #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Status {
        Created,
        Pending,
        Completed,
        #[serde(untagged)]
        Unknown(String),
    }
}

mod with_runtime {
    use docwright_runtime::{open_enum, record};

    types!();

    #[derive(Debug, Clone, PartialEq)]
    pub enum Status {
        Created,
        Pending,
        Completed,
        Unknown(String),
    }

    open_enum!(Status { Created = "created", Pending = "pending", Completed = "completed" });
    record!(Page { required items = "items", optional next = "next" });
    record!(Transfer {
        required id = "id",
        required reference = "reference",
        required amount = "amount",
        optional fee = "fee",
        required currency = "currency",
        required status = "status",
        required source = "source",
        required destination = "destination",
        required reasons = "reasons",
        optional description = "description",
        required created_at = "created_at",
        required settled = "settled",
    });
    record!(Account {
        required id = "id",
        required holder = "holder",
        optional number = "number",
        optional routing = "routing",
        required country = "country",
        optional city = "city",
        optional street = "street",
        optional zip = "zip",
        required verified = "verified",
        required opened = "opened",
        optional balance = "balance",
        required tags = "tags",
    });
    record!(Reason { required code = "code", required message = "message" });
}

/// Returns a realistic transfer: some fields are absent, some are `null`, and one is unknown.
fn transfer_json(n: usize) -> String {
    let status = ["created", "pending", "completed"][n % 3];
    let account = |side: &str, number: bool| {
        let number = if number {
            format!("\"number\":\"{n:012}\",\"routing\":null,")
        } else {
            String::new()
        };
        format!(
            "{{\"id\":\"acc_{side}_{n:08}\",\"holder\":\"Holder \\\"{n}\\\" of {side}\",{number}\
             \"country\":\"DE\",\"city\":\"Freiburg\",\"zip\":\"79098\",\"verified\":true,\
             \"opened\":{},\"balance\":{n}.25,\"tags\":[\"a\",\"b{n}\"]}}",
            1_600_000_000 + n
        )
    };
    format!(
        "{{\"id\":\"tr_{n:010}\",\"reference\":\"ref-{n}\",\"amount\":{},\"fee\":0.5,\
         \"currency\":\"USD\",\"status\":\"{status}\",\"source\":{},\"destination\":{},\
         \"reasons\":[{{\"code\":{n},\"message\":\"as expected\"}}],\"description\":null,\
         \"created_at\":\"2024-01-31T10:00:00Z\",\"settled\":false,\"trace\":{{\"id\":{n}}}}}",
        n * 100,
        account("source", true),
        account("destination", n.is_multiple_of(2)),
    )
}

fn time_serde<T: DeserializeOwned>(bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let value: T = serde_json::from_slice(bytes).expect("serde reads it");
    let time = start.elapsed();
    drop(black_box(value));
    time
}

fn time_runtime<T: Decode>(bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let value: T = docwright_runtime::from_slice(bytes).expect("the runtime reads it");
    let time = start.elapsed();
    drop(black_box(value));
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let mut text = "{\"items\":[".to_owned();
    let mut n = 0;
    while text.len() < 1_000_000 {
        text.push_str(if n == 0 { "" } else { "," });
        text.push_str(&transfer_json(n));
        n += 1;
    }
    text.push_str("],\"next\":\"cursor\"}");
    let bytes = text.as_bytes();

    let (mut derived, mut direct, mut through_serde) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..301 {
        derived.push(time_serde::<with_derive::Page>(bytes));
        direct.push(time_runtime::<with_runtime::Page>(bytes));
        through_serde.push(time_serde::<with_runtime::Page>(bytes));
    }
    println!("{n} transfers, {} bytes, medians of 301", bytes.len());
    let derived = median(derived);
    println!("serde's derive                        {derived:>8.1?}");
    for (name, times, limit) in
        [("from_slice", direct, 1.05), ("serde_json::from_slice", through_serde, 1.2)]
    {
        let time = median(times);
        let ratio = time.as_secs_f64() / derived.as_secs_f64();
        println!("runtime, {name:<24}     {time:>8.1?}   ratio {ratio:.2}");
        // Figures of a debug build are meaningless.
        assert!(
            cfg!(debug_assertions) || ratio <= limit,
            "decoding takes {ratio:.2} times as long as with serde's derive"
        );
    }
}
