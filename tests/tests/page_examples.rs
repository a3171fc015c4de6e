//! Every example on the pages of `specs/` is read into its type and written again as the same JSON.

use std::path::Path;

use docwright::ir::Status;
use docwright::{Report, cli, describe};
use docwright_tests::root;
use fintech_clients::runtime::serde::Serialize;
use fintech_clients::runtime::serde::de::DeserializeOwned;
use fintech_clients::{mesh, pipevest};
use serde_json::Value;

/// The example once through its type.
fn through<T: DeserializeOwned + Serialize>(example: &Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<T>(example.clone())?)
}

type Through = fn(&Value) -> Result<Value, serde_json::Error>;

/// What each page's examples are, by vendor and status; a request has no status.
const TYPES: &[(&str, Option<u16>, Through)] = &[
    ("mesh", Some(200), through::<mesh::OAuthTokenResponseApiResult>),
    ("mesh", Some(400), through::<mesh::OAuthTokenResponseApiResult>),
    ("mesh", Some(403), through::<mesh::OAuthTokenResponseApiResult>),
    ("pipevest", Some(201), through::<pipevest::Auth>),
];

#[test]
fn examples_survive() {
    let mut found = 0;
    for name in ["mesh", "orum", "pipevest"] {
        for (status, example) in examples(name) {
            let types = TYPES.iter().find(|(vendor, of, _)| *vendor == name && *of == status);
            let (_, _, through) = types.unwrap_or_else(|| {
                panic!("{name} has an example for {status:?}: add its type above")
            });
            let again =
                through(&example).unwrap_or_else(|error| panic!("{name} {status:?}: {error}"));
            assert_eq!(again, example, "{name} {status:?}");
            found += 1;
        }
    }
    assert_eq!(found, TYPES.len(), "an example is gone from the pages: take its type out above");
}

/// The examples of a vendor's bodies and responds.
fn examples(name: &str) -> Vec<(Option<u16>, Value)> {
    let folder: &Path = &root().join("specs").join(name);
    let vendor = cli::load(folder, name, name).expect("a folder with pages").vendor;
    let described = describe(&vendor, &mut Report::default()).expect("the pages can be read");
    let api = described.api;
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
