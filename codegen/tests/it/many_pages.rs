//! Reading many pages as one API takes little more time than reading each page separately.

#![allow(clippy::disallowed_methods, reason = "a test may read the clock")]

use std::time::{Duration, Instant};

use docwright::{Input, Report, Vendor, load_api};

const PAGES: usize = 100;
const RUNS: usize = 3;

/// Returns a page with one operation, with its own components and components shared by all pages.
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
        for property in 0..4 {
            text.push_str(&format!(
                "        property_{property}: {{ type: string, description: Property {property} }}\n"
            ));
        }
        text.push_str("        next:\n          $ref: '#/components/schemas/Shared1'\n");
    }
    text.push_str("````\n");
    Input { file: format!("order-{number:03}.md"), bytes: text.into_bytes() }
}

/// Measures the time to read pages, each with one operation, as one API.
fn measure(inputs: &[Input]) -> Duration {
    let vendor = Vendor { name: "acme".to_owned(), inputs: inputs.to_vec(), ..Vendor::default() };
    let start = Instant::now();
    let mut report = Report::default();
    let loaded = load_api(&vendor, &mut report).expect("the pages can be read");
    let elapsed = start.elapsed();
    assert_eq!(loaded.api.operations.len(), inputs.len());
    elapsed
}

#[test]
fn many_pages_take_less_than_three_times_the_sum_of_single_pages() {
    let pages: Vec<Input> = (0..PAGES).map(page).collect();
    let ratios = (0..RUNS).map(|_| {
        let separate: Duration = pages.iter().map(|page| measure(std::slice::from_ref(page))).sum();
        measure(&pages).as_secs_f64() / separate.as_secs_f64()
    });
    let best = ratios.fold(f64::INFINITY, f64::min);
    println!("{PAGES} pages as one API: {best:.2} times the sum of single pages");
    assert!(best < 3.0, "{PAGES} pages take {best:.2} times the sum of single pages");
}
