//! The rendered messages of broken copies of the pages in `specs/`.

use docwright::source::render::render;
use docwright::{CrateOptions, RuntimeDependency, Vendor, generate_crate};

use crate::vendors::load_vendor;

/// A broken copy of a vendor's page: each pair of `edits` is a string and its replacement.
struct BrokenPage {
    vendor: &'static str,
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
}

const fn broken_page(
    vendor: &'static str,
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
) -> BrokenPage {
    BrokenPage { vendor, name, edits }
}

const BROKEN_PAGES: &[BrokenPage] = &[
    broken_page("orum", "bad_yaml", &[("\npaths:\n", "\npaths: [\n")]),
    broken_page("mesh", "bad_yaml", &[("  method: post\n", "  method: post: x\n")]),
    broken_page("pipevest", "bad_yaml", &[("\nservers:\n", "\n servers:\n")]),
    broken_page("orum", "missing_fence", &[("````yaml", "yaml")]),
    broken_page("mesh", "missing_fence", &[("````yaml", "yaml")]),
    broken_page("pipevest", "missing_fence", &[("````yaml", "yaml")]),
    broken_page(
        "orum",
        "unresolvable_reference",
        &[("'#/components/schemas/OauthTokenBody'", "'#/components/schemas/Nowhere'")],
    ),
    broken_page(
        "mesh",
        "unresolvable_reference",
        &[(
            "'#/components/schemas/AuthenticationStatus'",
            "'#/components/schemas/AuthenticatonStatus'",
        )],
    ),
    broken_page(
        "pipevest",
        "unresolvable_reference",
        &[("'#/components/parameters/Signature'", "'#/components/parameters/Nowhere'")],
    ),
    broken_page(
        "orum",
        "required_true",
        &[("required:\n        - error_code\n        - message\n", "required: true\n")],
    ),
    broken_page(
        "mesh",
        "required_true",
        &[(
            "    OAuthTokenResponse:\n      type: object\n",
            "    OAuthTokenResponse:\n      type: object\n      required: true\n",
        )],
    ),
    broken_page(
        "pipevest",
        "required_true",
        &[(
            "      required:\n        - id\n        - name\n        - clientId\n",
            "      required: true\n",
        )],
    ),
    broken_page(
        "orum",
        "unknown_keyword",
        &[("      title: OauthTokenResponse\n", "      titel: OauthTokenResponse\n")],
    ),
    broken_page(
        "mesh",
        "unknown_keyword",
        &[("          format: int64\n", "          fromat: int64\n")],
    ),
    broken_page(
        "pipevest",
        "unknown_keyword",
        &[(
            "      description: Organization details associated with the token\n",
            "      desciption: Organization details\n",
        )],
    ),
    broken_page(
        "orum",
        "several_problems",
        &[
            ("'#/components/schemas/OauthTokenBody'", "'#/components/schemas/Nowhere'"),
            ("required:\n        - error_code\n        - message\n", "required: true\n"),
            ("      title: OauthTokenResponse\n", "      titel: OauthTokenResponse\n"),
        ],
    ),
];

/// Generates a vendor; returns whether it is generated, and the rendered problems.
fn generate_and_render(vendor: &Vendor) -> String {
    let options = CrateOptions {
        name: "client".to_owned(),
        runtime: RuntimeDependency::Version("0.1".to_owned()),
        example: false,
    };
    match generate_crate(vendor, &options) {
        Ok(output) => format!("generated\n\n{}", render(&output.sources, &output.report, false)),
        Err(diagnostics) => format!("rejected\n\n{}", diagnostics.render(false)),
    }
}

fn assert_snapshot(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "broken" }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn broken_pages_have_clear_messages() {
    for BrokenPage { vendor: name, name: kind, edits } in BROKEN_PAGES {
        let mut vendor = load_vendor(name);
        for (text, replacement) in *edits {
            let [input] = vendor.inputs.as_mut_slice() else { panic!("{name} has one page") };
            let page = String::from_utf8(input.bytes.clone()).expect("a page is UTF-8");
            assert!(page.contains(text), "{name} does not contain {text:?}");
            input.bytes = page.replace(text, replacement).into_bytes();
        }
        assert_snapshot(&format!("{name}_{kind}"), &generate_and_render(&vendor));
    }
}

#[test]
fn duplicate_operation_names_have_clear_messages() {
    for (name, path) in
        [("orum", "/oauth/token"), ("pipevest", "/oauth/token"), ("mesh", "/admin/api/v1/Token")]
    {
        let mut vendor = load_vendor(name);
        let mut copy = vendor.inputs.first().expect("a page").clone();
        let page = String::from_utf8(copy.bytes).expect("a page is UTF-8");
        copy.bytes = page.replace(path, "/elsewhere").into_bytes();
        copy.file = format!("specs/{name}/second.md");
        vendor.inputs.push(copy);
        assert_snapshot(&format!("{name}_duplicate_operation_name"), &generate_and_render(&vendor));
    }
}
