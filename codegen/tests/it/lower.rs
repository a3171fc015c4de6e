//! Lowering of single constructs.
//!
//! A test is a file: add `NAME.yaml` to `tests/it/lower` (and `NAME.toml` if it needs a manifest), run
//! the tests and review the snapshot. Missing `openapi`, `info` and `paths` are added.

use crate::lowering::{fixture, read, show};
use docwright::lower::lower;
use docwright::{Manifest, Report};

#[test]
fn each_fixture_is_lowered() {
    fixture::check_folder("lower", lower_and_show);
}

fn lower_and_show(manifest: &Manifest, document: &str) -> String {
    let mut report = Report::default();
    let tree = read::normalise("acme.yaml", document, &mut report);
    let api = tree.and_then(|tree| lower(manifest, &tree, &mut report));
    assert_eq!(api.is_none(), report.has_errors(), "there must be either an API or an error");
    show::render_api(api.as_ref(), &report)
}
