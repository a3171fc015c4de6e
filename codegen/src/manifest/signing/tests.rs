//! `[signature]`, `[digest]` and `[idempotency]`, right and wrong.

use crate::manifest::Manifest;
use crate::report::Location;

/// A table, the part of it that is wrong, and how what is said of it begins.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "components = [\"A\"]\nalgorithm = \"rsa-v1_5-sha256\"",
        "algorithm = \"rsa-v1_5-sha256\"",
        "`rsa-v1_5-sha256` only verifies",
    ),
    ("[signature]\n", "[signature]", "a signature needs the `components` that it covers"),
    ("component = [\"@path\"]", "component", "unknown field `component`, expected one of "),
    ("components = [\"@way\"]", "\"@way\"", "`@way` is no derived component of a request"),
    ("components = [\"a b\"]", "\"a b\"", "`a b` is no name of a header"),
    (
        "components = [3]",
        "3",
        "invalid type: integer `3`, expected the name of a component, or a table with its `name`",
    ),
    ("components = [{ name = \"A\", when = 1 }]", "when", "unknown field `when`"),
    ("components = [{ methods = [] }]", "{ methods = [] }", "missing field `name`"),
    (
        "components = [{ name = \"A\", methods = [\"FETCH\"] }]",
        "\"FETCH\"",
        "unknown variant `FETCH`",
    ),
    ("components = [\"A\", \"a\"]", "\"a\"", "`a` is covered already"),
    (
        "components = [{ name = \"A\", parameters = \";sf\" }]",
        "parameters = \";sf\"",
        "a component's parameters are",
    ),
    (
        "components = [\"@query-param\"]",
        "\"@query-param\"",
        "`;name=\"…\"` belongs to `@query-param`",
    ),
    (
        "components = [{ name = \"@path\", parameters = \";bs\" }]",
        "parameters = \";bs\"",
        "`;key` and `;bs` belong to fields",
    ),
    (
        "components = [{ name = \"@path\", from = \"X\" }]",
        "from = \"X\"",
        "`X` is no header that `@path` can come from",
    ),
    (
        "components = [{ name = \"A\", line = \"a\\n\" }]",
        "line = \"a\\n\"",
        "a line begins with printable ASCII",
    ),
    ("components = [\"A\"]\nlabel = \"Sig\"", "label = \"Sig\"", "a label begins with"),
    ("components = [\"A\"]\nlifetime = 9", "lifetime = 9", "without the parameter `expires`"),
    (
        "components = [\"A\"]\nparameters = [\"expires\"]\nlifetime = 0",
        "lifetime = 0",
        "a signature that lives for 0 seconds",
    ),
    (
        "components = [\"A\"]\nparameters = [\"alg\", \"alg\"]",
        "parameters = [\"alg\", \"alg\"]",
        "a parameter is there twice",
    ),
    ("components = [\"A\"]\nparameters = [\"when\"]", "\"when\"", "unknown variant `when`"),
    (
        "components = [\"A\"]\nparameters = [\"tag\"]",
        "parameters = [\"tag\"]",
        "the parameter `tag` needs its text",
    ),
    ("components = [\"A\"]\ntag = \"x\"", "tag = \"x\"", "`tag` is not among the parameters"),
    ("components = [\"A\"]\nnames = \"upper\"", "\"upper\"", "unknown variant `upper`"),
    ("components = [\"A\"]\npre_hash = \"md5\"", "\"md5\"", "unknown variant `md5`"),
    (
        "components = [\"A\"]\nopen = { pre_hash = \" \" }",
        "pre_hash = \" \"",
        "what is left open needs a reason",
    ),
    ("components = [\"A\"]\nopen = { label = \"x\" }", "label", "unknown variant `label`"),
    ("components = [\"A\"]\n[digest]", "[digest]", "a digest needs its `algorithms`"),
    ("components = [\"A\"]\n[digest]\nalgorithms = [\"md5\"]", "\"md5\"", "unknown variant `md5`"),
    (
        "components = [\"A\"]\n[idempotency]",
        "[idempotency]",
        "an idempotency key needs its `headers`",
    ),
    (
        "components = [\"A\"]\n[idempotency]\nheaders = [\"a:b\"]",
        "\"a:b\"",
        "`a:b` is no name of a header",
    ),
];

/// What is said of a text, and the part of it that is pointed at.
fn wrong(text: &str) -> Vec<(String, String)> {
    let report = Manifest::parse("vendor.toml", text).expect_err(text);
    let shown = report.problems.iter().map(|problem| {
        let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
        (text[span.clone()].to_owned(), problem.what.clone())
    });
    shown.collect()
}

#[test]
fn signature_tables_that_are_right() {
    let text = r#"
        [signature]
        operations = "all"
        algorithm = "ed25519"
        label = "sig-2"
        components = [
            "Authorization",
            { name = "Content-Type", methods = ["POST", "PUT"], if_present = true },
            { name = "Content-Type", methods = ["PATCH"] },
            { name = "X-Key", from = "X-Other" },
            { name = "@query-param", parameters = ';name="page"' },
            { name = "@query-param", parameters = ';name="size"' },
            { name = "Priority", parameters = ';key="u"' },
            { name = "Cookie", parameters = ";bs" },
            { name = "@query", line = "\"@query: " },
        ]
        parameters = ["keyid", "created", "expires", "alg", "nonce", "tag"]
        tag = "orders"
        lifetime = 100
        names = "as_written"
        target_uri = "origin"
        absent_query = "omitted"
        pre_hash = "sha-512-hex"
        encoding = "upper_hex"

        [signature.open]
        pre_hash = "nobody says it"

        [digest]
        operations = ["POST /orders"]
        algorithms = ["sha-512", "sha-256"]
        methods = ["POST"]

        [idempotency]
        headers = ["Idempotency-Key"]
    "#;
    let manifest = Manifest::parse("vendor.toml", text).unwrap_or_else(|r| panic!("{r:?}"));
    let signature = manifest.signature.unwrap_or_default();
    assert_eq!(signature.components.len(), 9);
    assert_eq!(signature.components[0].name, "Authorization");
    assert_eq!(signature.components[8].line.as_deref(), Some("\"@query: "));
    assert_eq!(manifest.digest.map(|it| it.algorithms.len()), Some(2));
}

#[test]
fn signature_tables_that_are_wrong_are_errors_at_their_place() {
    for (table, at, what) in WRONG {
        let text = if table.starts_with('[') {
            (*table).to_owned()
        } else {
            format!("[signature]\n{table}\n")
        };
        let said = wrong(&text);
        let [(location, said)] = said.as_slice() else { panic!("{text}: {said:?}") };
        assert_eq!((location.as_str(), said.starts_with(what)), (*at, true), "{text}: {said}");
    }
}
