//! Valid and invalid `[signature]`, `[digest]` and `[idempotency]` tables.

use crate::manifest::Manifest;
use crate::report::Location;

/// A table, the part of it that the error points at, and the beginning of the message.
const INVALID: &[(&str, &str, &str)] = &[
    (
        "components = [\"A\"]\nalgorithm = \"rsa-v1_5-sha256\"",
        "algorithm = \"rsa-v1_5-sha256\"",
        "`rsa-v1_5-sha256` can only be used to verify signatures",
    ),
    ("[signature]\n", "[signature]", "`[signature]` requires `components`"),
    ("component = [\"@path\"]", "component", "unknown field `component`, expected one of "),
    ("components = [\"@way\"]", "\"@way\"", "`@way` is not a derived component of requests"),
    ("components = [\"a b\"]", "\"a b\"", "`a b` is not a valid header name"),
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
    ("components = [\"A\", \"a\"]", "\"a\"", "the component `a` is listed twice"),
    (
        "components = [{ name = \"A\", parameters = \";sf\" }]",
        "parameters = \";sf\"",
        "a component can have the parameters",
    ),
    (
        "components = [\"@query-param\"]",
        "\"@query-param\"",
        "`@query-param` requires `;name=\"…\"`",
    ),
    (
        "components = [{ name = \"@path\", parameters = \";bs\" }]",
        "parameters = \";bs\"",
        "only headers can have `;key` and `;bs`",
    ),
    (
        "components = [{ name = \"@path\", from = \"X\" }]",
        "from = \"X\"",
        "`@path` is a derived component",
    ),
    (
        "components = [{ name = \"A\", line = \"a\\n\" }]",
        "line = \"a\\n\"",
        "`line` consists of printable ASCII",
    ),
    ("components = [\"A\"]\nlabel = \"Sig\"", "label = \"Sig\"", "a label starts with"),
    (
        "components = [\"A\"]\nlifetime = 9",
        "lifetime = 9",
        "`lifetime` has no effect without the parameter `expires`",
    ),
    (
        "components = [\"A\"]\nparameters = [\"expires\"]\nlifetime = 0",
        "lifetime = 0",
        "a signature with a lifetime of 0 seconds",
    ),
    (
        "components = [\"A\"]\nparameters = [\"alg\", \"alg\"]",
        "parameters = [\"alg\", \"alg\"]",
        "a parameter is listed twice",
    ),
    ("components = [\"A\"]\nparameters = [\"when\"]", "\"when\"", "unknown variant `when`"),
    (
        "components = [\"A\"]\nparameters = [\"tag\"]",
        "parameters = [\"tag\"]",
        "the parameter `tag` requires a value",
    ),
    ("components = [\"A\"]\ntag = \"x\"", "tag = \"x\"", "`tag` has no effect"),
    ("components = [\"A\"]\nnames = \"upper\"", "\"upper\"", "unknown variant `upper`"),
    ("components = [\"A\"]\npre_hash = \"md5\"", "\"md5\"", "unknown variant `md5`"),
    (
        "components = [\"A\"]\nconfigurable = { pre_hash = \" \" }",
        "pre_hash = \" \"",
        "the explanation is empty",
    ),
    ("components = [\"A\"]\nconfigurable = { label = \"x\" }", "label", "unknown variant `label`"),
    ("components = [\"A\"]\n[digest]", "[digest]", "`[digest]` requires `algorithms`"),
    ("components = [\"A\"]\n[digest]\nalgorithms = [\"md5\"]", "\"md5\"", "unknown variant `md5`"),
    ("components = [\"A\"]\n[idempotency]", "[idempotency]", "`[idempotency]` requires `headers`"),
    (
        "components = [\"A\"]\n[idempotency]\nheaders = [\"a:b\"]",
        "\"a:b\"",
        "`a:b` is not a valid header name",
    ),
];

/// Returns the part of the text that each error points at, and its message.
fn errors(text: &str) -> Vec<(String, String)> {
    let report = Manifest::parse("vendor.toml", text).expect_err(text);
    let errors = report.problems.iter().map(|problem| {
        let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
        (text[span.clone()].to_owned(), problem.message.clone())
    });
    errors.collect()
}

#[test]
fn valid_tables_are_parsed() {
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

        [signature.configurable]
        pre_hash = "not specified"

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
fn invalid_tables_are_errors_at_their_location() {
    for (table, part, message) in INVALID {
        let text = if table.starts_with('[') {
            (*table).to_owned()
        } else {
            format!("[signature]\n{table}\n")
        };
        let errors = errors(&text);
        let [(found_part, found)] = errors.as_slice() else { panic!("{text}: {errors:?}") };
        let is_expected = found.starts_with(message);
        assert_eq!((found_part.as_str(), is_expected), (*part, true), "{text}: {found}");
    }
}
