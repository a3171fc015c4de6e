//! Broken copies of the pages in `specs/`: what is said of each, with file, line and column.

use std::path::Path;

use docwright::source::render::render;
use docwright::{CrateOptions, RuntimeDependency, Vendor, cli, generate_crate};

/// How a page is broken: a text that stands in it, and what it becomes.
struct Damage {
    vendor: &'static str,
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
}

const fn damage(
    vendor: &'static str,
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> Damage {
    Damage { vendor, name, edits }
}

const DAMAGES: &[Damage] = &[
    damage("orum", "bad_yaml", &[("\npaths:\n", "\npaths: [\n")]),
    damage("mesh", "bad_yaml", &[("  method: post\n", "  method: post: x\n")]),
    damage("pipevest", "bad_yaml", &[("\nservers:\n", "\n servers:\n")]),
    damage("orum", "missing_fence", &[("````yaml", "yaml")]),
    damage("mesh", "missing_fence", &[("````yaml", "yaml")]),
    damage("pipevest", "missing_fence", &[("````yaml", "yaml")]),
    damage(
        "orum",
        "reference_to_nowhere",
        &[("'#/components/schemas/OauthTokenBody'", "'#/components/schemas/Nowhere'")],
    ),
    damage(
        "mesh",
        "reference_to_nowhere",
        &[("'#/components/schemas/AuthenticationStatus'", "'#/components/schemas/Nowhere'")],
    ),
    damage(
        "pipevest",
        "reference_to_nowhere",
        &[("'#/components/parameters/Signature'", "'#/components/parameters/Nowhere'")],
    ),
    damage(
        "orum",
        "required_true",
        &[("required:\n        - error_code\n        - message\n", "required: true\n")],
    ),
    damage(
        "mesh",
        "required_true",
        &[(
            "    OAuthTokenResponse:\n      type: object\n",
            "    OAuthTokenResponse:\n      type: object\n      required: true\n",
        )],
    ),
    damage(
        "pipevest",
        "required_true",
        &[(
            "      required:\n        - id\n        - name\n        - clientId\n",
            "      required: true\n",
        )],
    ),
    damage(
        "orum",
        "unknown_keyword",
        &[("      title: OauthTokenResponse\n", "      titel: OauthTokenResponse\n")],
    ),
    damage(
        "mesh",
        "unknown_keyword",
        &[("          format: int64\n", "          fromat: int64\n")],
    ),
    damage(
        "pipevest",
        "unknown_keyword",
        &[(
            "      description: Organization details associated with the token\n",
            "      desciption: Organization details\n",
        )],
    ),
    damage(
        "orum",
        "several_at_once",
        &[
            ("'#/components/schemas/OauthTokenBody'", "'#/components/schemas/Nowhere'"),
            ("required:\n        - error_code\n        - message\n", "required: true\n"),
            ("      title: OauthTokenResponse\n", "      titel: OauthTokenResponse\n"),
        ],
    ),
];

fn vendor(name: &str) -> Vendor {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    let loaded = cli::load(&folder, &format!("specs/{name}"), name);
    let vendor = loaded.unwrap_or_else(|report| panic!("specs/{name}: {report:?}")).vendor;
    Vendor { strict: true, ..vendor }
}

/// What is said of a vendor, and whether anything is generated.
fn said(vendor: &Vendor) -> String {
    let options = CrateOptions {
        name: "client".to_owned(),
        runtime: RuntimeDependency::Version("0.1".to_owned()),
        example: false,
    };
    match generate_crate(vendor, &options) {
        Ok(output) => format!("generated\n\n{}", render(&output.report, false)),
        Err(report) => format!("refused\n\n{}", render(&report, false)),
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "broken" }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn what_is_said_of_broken_pages() {
    for Damage { vendor: name, name: kind, edits } in DAMAGES {
        let mut vendor = vendor(name);
        for (text, replacement) in *edits {
            let [input] = vendor.inputs.as_mut_slice() else { panic!("{name} has one page") };
            let page = String::from_utf8(input.bytes.clone()).expect("a page is UTF-8");
            assert!(page.contains(text), "{name} does not hold {text:?}");
            input.bytes = page.replace(text, replacement).into_bytes();
        }
        snapshot(&format!("{name}_{kind}"), &said(&vendor));
    }
}

#[test]
fn what_is_said_of_two_operations_with_one_name() {
    for (name, path) in
        [("orum", "/oauth/token"), ("pipevest", "/oauth/token"), ("mesh", "/admin/api/v1/Token")]
    {
        let mut vendor = vendor(name);
        let mut copy = vendor.inputs.first().expect("a page").clone();
        let page = String::from_utf8(copy.bytes).expect("a page is UTF-8");
        copy.bytes = page.replace(path, "/elsewhere").into_bytes();
        copy.file = format!("specs/{name}/second.md");
        vendor.inputs.push(copy);
        snapshot(&format!("{name}_two_operations_with_one_name"), &said(&vendor));
    }
}
