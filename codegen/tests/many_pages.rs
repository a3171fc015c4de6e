//! Reading many pages of one vendor as one API costs little more than reading each alone.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::time::{Duration, Instant};

use docwright::{Input, Report, Vendor, describe};

const PAGES: usize = 100;
const RUNS: usize = 3;

/// A page of one operation, with components of its own and some that all pages share.
fn page(number: usize) -> Input {
    let mut text = format!(
        "# Get order {number}\n\n## OpenAPI\n\n````yaml openapi.yaml get /orders/{number}\n\
         openapi: 3.0.3\ninfo: {{ title: Acme, version: '1' }}\nservers:\n  - url: https://api.acme.example\n\
         paths:\n  /orders/{number}:\n    get:\n      operationId: get-order-{number}\n      responses:\n        '200':\n          \
         description: An order\n          content:\n            application/json:\n              schema:\n                \
         $ref: '#/components/schemas/Order{number}'\ncomponents:\n  schemas:\n"
    );
    let own = [format!("Order{number}"), format!("Line{number}")];
    let shared = (0..6).map(|n| format!("Shared{n}"));
    for name in own.into_iter().chain(shared) {
        text.push_str(&format!("    {name}:\n      type: object\n      properties:\n"));
        for member in 0..4 {
            text.push_str(&format!(
                "        member_{member}: {{ type: string, description: Member {member} }}\n"
            ));
        }
        text.push_str("        next:\n          $ref: '#/components/schemas/Shared1'\n");
    }
    text.push_str("````\n");
    Input { file: format!("order-{number:03}.md"), bytes: text.into_bytes() }
}

/// How long it takes to read pages as one API, which has as many operations as there are pages.
fn time(inputs: &[Input]) -> Duration {
    let vendor = Vendor { name: "acme".to_owned(), inputs: inputs.to_vec(), ..Vendor::default() };
    let start = Instant::now();
    let mut report = Report::default();
    let described = describe(&vendor, &mut report).expect("the pages can be read");
    let elapsed = start.elapsed();
    assert_eq!(described.api.operations.len(), inputs.len());
    elapsed
}

#[test]
fn many_pages_cost_less_than_three_times_the_sum_of_each() {
    let pages: Vec<Input> = (0..PAGES).map(page).collect();
    let ratios = (0..RUNS).map(|_| {
        let alone: Duration = pages.iter().map(|page| time(std::slice::from_ref(page))).sum();
        time(&pages).as_secs_f64() / alone.as_secs_f64()
    });
    let best = ratios.fold(f64::INFINITY, f64::min);
    println!("{PAGES} pages as one API: {best:.2} times the sum of reading each alone");
    assert!(best < 3.0, "{PAGES} pages take {best:.2} times the sum of reading each alone");
}
