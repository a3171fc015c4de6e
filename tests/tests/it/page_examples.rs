//! Every example on the pages of `specs/` survives a round trip through its type.

use std::path::Path;

use docwright::ir::Status;
use docwright::{Report, Sources, cli, load_api};
use docwright_tests::root;
use fintech_clients::runtime::serde::Serialize;
use fintech_clients::runtime::serde::de::DeserializeOwned;
use fintech_clients::{mesh, pipevest};
use serde_json::Value;

/// Parses the example as a `T` and serializes it again.
fn round_trip<T: DeserializeOwned + Serialize>(
    example: &Value,
) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(example.clone())?)
}

type RoundTrip = fn(&Value) -> Result<Value, serde_json::Error>;

/// The type of each page's examples, by vendor and status; a request has no status.
const TYPES: &[(&str, Option<u16>, RoundTrip)] = &[
    ("mesh", Some(200), round_trip::<mesh::OAuthTokenResponseApiResult>),
    ("mesh", Some(400), round_trip::<mesh::OAuthTokenResponseApiResult>),
    ("mesh", Some(403), round_trip::<mesh::OAuthTokenResponseApiResult>),
    ("pipevest", Some(201), round_trip::<pipevest::Auth>),
];

#[test]
fn examples_survive_a_round_trip() {
    let mut found = 0;
    for name in ["mesh", "orum", "pipevest"] {
        for (status, example) in examples(name) {
            let types =
                TYPES.iter().find(|(vendor, declared, _)| *vendor == name && *declared == status);
            let (_, _, round_trip) = types.unwrap_or_else(|| {
                panic!("{name} has an example for {status:?}: add its type above")
            });
            let result =
                round_trip(&example).unwrap_or_else(|error| panic!("{name} {status:?}: {error}"));
            assert_eq!(result, example, "{name} {status:?}");
            found += 1;
        }
    }
    assert_eq!(
        found,
        TYPES.len(),
        "the pages have fewer examples: remove the types above that are not needed"
    );
}

/// Returns the examples of a vendor's request and response bodies, each with the response's status.
fn examples(name: &str) -> Vec<(Option<u16>, Value)> {
    let folder: &Path = &root().join("specs").join(name);
    let vendor = cli::load_vendor(folder, name, name).expect("a folder with pages").vendor;
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let loaded = load_api(&vendor, &mut sources, &mut report).expect("the pages can be read");
    let api = loaded.api;
    let mut out = Vec::new();
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|b| &b.media).map(|media| (None, media));
        let responses = operation.responses.iter().flat_map(|response| {
            let status = match response.status {
                Status::Code(code) => Some(code),
                Status::Range(_) | Status::Default => None,
            };
            response.media.iter().map(move |media| (status, media))
        });
        for (status, media) in bodies.chain(responses) {
            out.extend(media.examples.iter().map(|example| (status, example.clone())));
        }
    }
    out
}
