//! `[signature]` in `vendor.toml` alone determines how requests are signed: clients that differ only in
//! these settings sign the request of the vendor's example, and the signatures are compared.

use std::fs;
use std::path::Path;

use docwright::{Input, Manifest, Vendor, cli, generate_workspace_crate};
use docwright_tests::root;

use crate::crates;

const INPUT: &str = "sig1=(\"Authorization\" \"Content-Digest\" \"Content-Length\" \"Content-Type\" \"X-Client-Id\" \
    \"X-Idempotency-Key\" \"@method\" \"@target-uri\" \"@path\" \"@query\");keyid=\"staging-pipevest-ed25519\";\
    created=1732893484;expires=1732893584";

/// Three readings of the vendor's page about the component `@query`, as lines of `vendor.toml`: that of
/// its table (`GET` and `DELETE` only), that of its example with the missing quotation mark added, and
/// that of its example as printed.
const QUERY: [&str; 3] = [
    r#"{ name = "@query", methods = ["GET", "DELETE"] },"#,
    r#""@query","#,
    r#"{ name = "@query", line = "\"@query: " },"#,
];

/// A name, the lines of `vendor.toml` that select the hash and the encoding, and the expected
/// signatures with and without the quotation mark. The signatures were computed with another library,
/// since the vendor has published none.
const VARIANTS: [(&str, &str, [&str; 2]); 4] = [
    (
        "a",
        "",
        [
            "tdqQyJiJ1Bkzh0z+NdOcvauBYJ7oklRz3wJ4Cj6lBDJCTmJ/lKOgKAdscZF047gSXo5WzMwkzdobSn//mzPxCA==",
            "K+2gcoGNs040T3bf0m1HKO3N99eMVI51B9IlsNbkKU6vYLegfP4HD4PtYskZF+dKtS828+bFsNLPpXQlxItYBQ==",
        ],
    ),
    (
        "b",
        "pre_hash = \"sha-512\"\n",
        [
            "3PzrYNl0d5mjPcimPzfTj+PxI4BPHKisPydnxUY5NssmUC9J0kWy/e69MQaZEcJkjWdnoL72PAFKT44hAMrUDQ==",
            "rjOLCd3tef9+COZ3XZ6iMx8hIDuwVilgBlWK6BKso1I8OlSlU2ZJ3iOAGRVlO0NBRWT6IISKD3FK6ikXg6AMAQ==",
        ],
    ),
    (
        "c",
        "pre_hash = \"sha-512-hex\"\n",
        [
            "XWeKF0/OoZsr2mvn27mGQ2n+8T0YYRriIFYfwWddjieEm10UgFe87+i9kSVj858grilyFprBjXlY+xmj7+0zBQ==",
            "b/bmLsKUbSTSjU7ho87MUflRvYeF+BZzf+6iGPj4FWk/luKpJzKfHHS2cOFBPdCSzjDsy8GDhnYlTnXR9j+xDw==",
        ],
    ),
    (
        "d",
        "pre_hash = \"sha-512\"\nencoding = \"upper_hex\"\n",
        [
            "RENGQ0VCNjBEOTc0Nzc5OUEzM0RDOEE2M0YzN0QzOEZFM0YxMjM4MDRGMUNBOEFDM0YyNzY3QzU0NjM5MzZDQjI2NTAyRjQ5RDI0NUIyRkRFRUJEMzEwNjk5MTFDMjY0OEQ2NzY3QTBCRUY2M0MwMTRBNEY4RTIxMDBDQUQ0MEQ=",
            "QUUzMzhCMDlEREVENzlGRjdFMDhFNjc3NUQ5RUEyMzMxRjIxMjAzQkIwNTYyOTYwMDY1NThBRTgxMkFDQTM1MjNDM0E1NEE1NTM2NjQ5REUyMzgwMTkxNTY1M0I0MzQxNDU2NEZBMjA4NDhBMEY3MTRBRUEyOTE3ODNBMDBDMDE=",
        ],
    ),
];

#[test]
fn signature_variants_differ_in_vendor_toml_alone() {
    let specs = root().join("specs/pipevest");
    let text = fs::read_to_string(specs.join("vendor.toml")).expect("vendor.toml");
    let mut vendors = Vec::new();
    let mut expected = String::new();
    for (name, lines, signatures) in VARIANTS {
        for (suffix, query, signature) in
            [("", QUERY[1], signatures[0]), ("_unquoted", QUERY[2], signatures[1])]
        {
            let text = replace_line(&text, QUERY[0], query);
            let text = replace_line(&text, "pre_hash = \"sha-512\"\n", lines);
            vendors.push(vendor(&specs, &format!("{name}{suffix}"), &text));
            expected.push_str(&format!("{INPUT}\nsig1=:{signature}:\n"));
        }
    }
    assert_eq!(run(&vendors), expected);
}

/// Returns the text with one line replaced.
fn replace_line(text: &str, line: &str, other: &str) -> String {
    assert_eq!(
        text.matches(line).count(),
        1,
        "specs/pipevest/vendor.toml does not contain {line:?} exactly once"
    );
    text.replace(line, other)
}

/// Loads the vendor with an additional document and another `vendor.toml`.
fn vendor(specs: &Path, name: &str, text: &str) -> Vendor {
    let mut vendor =
        cli::load_vendor(specs, "specs/pipevest", name).expect("a folder with pages").vendor;
    let file = root().join("tests/signature/customers.yaml");
    let bytes = fs::read(file).expect("the document");
    vendor.inputs.push(Input { file: "customers.yaml".to_owned(), bytes });
    vendor.manifest = Manifest::parse("vendor.toml", text).expect("a manifest");
    vendor
}

/// Builds and runs a crate with a module for each vendor, and returns its output.
fn run(vendors: &[Vendor]) -> String {
    let output = generate_workspace_crate(vendors)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, text) in &output.files.0 {
        let file = folder.path().join(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    }
    let generated: toml::Table = output.files.0["Cargo.toml"].parse().expect("a manifest");
    let features = toml::to_string(&generated["features"]).expect("the features");
    let runtime = root().join("runtime");
    let manifest = format!(
        "[package]\nname = \"variants\"\nedition = \"2024\"\n\n[features]\n{features}\n[dependencies]\n\
         docwright-runtime = {{ path = {runtime:?} }}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
    );
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
    let main = root().join("tests/signature/main.rs");
    fs::copy(main, folder.path().join("src/main.rs")).expect("a file");
    crates::run_crate(folder.path(), &[], &[])
}
