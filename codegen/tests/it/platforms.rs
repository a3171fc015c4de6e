//! Pages in the forms of several documentation platforms: what is read from them, and the client that
//! they give, each page alone and together with its site.

use std::path::Path;

use docwright::page::{self, Page};
use docwright::report::{Report, Severity};
use docwright::{
    CrateOptions, Input, RuntimeDependency, Sources, Vendor, generate_crate, referenced_files,
};

/// Returns the pages of a platform, sorted by name.
fn site(platform: &str) -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/platforms").join(platform);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let input = |path: std::path::PathBuf| Input {
        file: path.file_name().unwrap().to_str().unwrap().to_owned(),
        bytes: std::fs::read(&path).unwrap(),
    };
    let mut inputs: Vec<Input> = files.map(input).collect();
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    inputs
}

fn only(platform: &str, file: &str) -> Vec<Input> {
    site(platform).into_iter().filter(|input| input.file == file).collect()
}

fn markdown(file: &str, text: &str) -> Input {
    Input { file: file.to_owned(), bytes: text.into() }
}

fn read(inputs: &[Input]) -> (Vec<Page>, Vec<String>) {
    let mut report = Report::default();
    let pages = page::read(inputs, &mut Sources::default(), &mut report);
    (pages, problems(&report))
}

/// Returns the warnings and errors.
fn problems(report: &Report) -> Vec<String> {
    let serious = report.problems.iter().filter(|problem| problem.severity != Severity::Note);
    serious.map(|problem| problem.message.clone()).collect()
}

/// Returns the text of all generated files, without line breaks, and the warnings and errors.
fn generate(inputs: &[Input], referenced: &[Input]) -> (Option<String>, Vec<String>) {
    let vendor = Vendor {
        name: "client".to_owned(),
        inputs: inputs.to_vec(),
        referenced: referenced.to_vec(),
        ..Vendor::default()
    };
    let options = CrateOptions {
        name: "client".to_owned(),
        runtime: RuntimeDependency::Version("0.1".to_owned()),
        example: false,
    };
    match generate_crate(&vendor, &options) {
        Ok(output) => {
            let files = output.files.0.values().cloned();
            let text = files.collect::<Vec<_>>().join("\n");
            let words = text.split_whitespace().filter(|word| *word != "///");
            (Some(words.collect::<Vec<_>>().join(" ")), problems(&output.report))
        }
        Err(diagnostics) => (None, problems(&diagnostics.report)),
    }
}

/// Asserts that the generated code contains each of these texts.
fn assert_contains(code: Option<&str>, expected: &[&str]) {
    let code = code.expect("a client");
    for text in expected {
        assert!(code.contains(text), "no {text:?} in {code}");
    }
}

#[test]
fn a_page_of_readme_has_prose_callouts_and_an_untitled_block() {
    let (pages, problems) = read(&site("readme"));
    assert_eq!(problems, [""; 0], "a guide is a note");
    let [page] = pages.as_slice() else { panic!("{pages:?}") };
    assert_eq!(page.title.as_deref(), Some("Create an order"));
    assert_eq!(page.description.as_deref(), Some("Creates an order and reserves its stock."));
    assert_eq!(page.notes, ["Beta\n\nOrders are in beta."]);
    let (code, problems) = generate(&site("readme"), &[]);
    assert_eq!(problems, [""; 0]);
    // A response without a description may have a body.
    assert_contains(
        code.as_deref(),
        &["Creates an order and reserves its stock.", "request!(CreateOrderCall => bytes"],
    );
}

#[test]
fn a_page_of_gitbook_has_sections_with_several_operations() {
    let (pages, problems) = read(&site("gitbook"));
    assert_eq!(problems, [""; 0]);
    let titles: Vec<_> = pages.iter().map(|page| page.title.as_deref()).collect();
    assert_eq!(titles, [Some("Models"), Some("List orders"), Some("Search orders")]);
    assert_eq!(pages[1].description.as_deref(), Some("Everything about orders."));
    assert_eq!(pages[1].notes, ["Orders are never deleted."]);
    let inputs = site("gitbook");
    let mut report = Report::default();
    page::read(&inputs, &mut Sources::default(), &mut report);
    assert_eq!(report.problems, [], "instructions to agents are not a page");
    let (code, problems) = generate(&inputs, &[]);
    // Only the caller knows the host.
    let host = "https://instance.api.region.acme.test";
    assert_eq!(problems, [format!("the host of a server looks like a placeholder: `{host}`")]);
    // Both pages have the same `operationId`.
    assert_contains(code.as_deref(), &["pub fn execute_v1(", "pub fn execute_v2("]);
}

#[test]
fn a_page_of_fern_states_its_base_url_above_the_block() {
    let (pages, problems) = read(&site("fern"));
    let skipped = "the page documents `POST https://api.acme.test/shop/v1/orders/{id}/cancel` \
                   without an OpenAPI block; the operation is skipped";
    assert_eq!(problems, [skipped]);
    let get = &pages[1];
    assert_eq!(get.description.as_deref(), Some("Returns an order."));
    let reference = "https://docs.acme.test/api-reference/orders/get";
    assert_eq!(get.link.as_deref(), Some(reference));
    let (code, problems) = generate(&site("fern"), &[]);
    assert_eq!(problems, [skipped]);
    assert_contains(
        code.as_deref(),
        &[
            "\"https://api.acme.test/shop/v1\"",
            "\"/orders/{id}\"",
            "pub fn ac_api_key(self, ac_api_key: &runtime::Secret)",
            "Client for client.",
            "Ascending = \"ascending\"",
            "Descending = \"descending\"",
            // HTTP gives a 204 no body, whatever is declared.
            "request!(DeleteRequest => empty",
            // An event cannot hold bytes.
            "request!(PlayRequest => bytes",
            "Media::new(\"image/*\", runtime::MediaKind::Bytes)",
            "The body has a media type that matches `image/*`: set it with `File::content_type`.",
        ],
    );
}

#[test]
fn a_page_of_apidog_has_extensions_in_unusual_places() {
    let (code, problems) = generate(&site("apidog"), &[]);
    assert_eq!(problems, [""; 0]);
    assert_contains(
        code.as_deref(),
        &[
            // A title without ASCII letters is not used as a name.
            "pub fn get_api_v1_orders(",
            "Production",
            "https://api.acme.test",
            "It can change.",
            "Final",
            "**Scopes**",
            "pub fn bearer(",
        ],
    );
    let code = code.unwrap();
    assert!(!code.contains("x-apidog") && !code.contains(":::"), "{code}");
    // A redirect that is the only success returns where it leads.
    assert!(code.contains("location"), "{code}");
}

#[test]
fn each_page_with_an_operation_generates_alone() {
    for platform in ["readme", "gitbook", "fern", "apidog"] {
        for input in site(platform) {
            let has_operation = String::from_utf8_lossy(&input.bytes).contains("responses");
            let (code, _) = generate(std::slice::from_ref(&input), &[]);
            assert!(code.is_some() || !has_operation, "{}", input.file);
        }
    }
}

#[test]
fn pages_that_name_a_document_need_it() {
    let inputs = site("repository");
    let (code, found) = generate(&inputs, &[]);
    assert_eq!(found, [""; 0], "the document is among the files");
    assert_contains(code.as_deref(), &["pub fn create_order(", "pub fn list_orders("]);
    // Without the document, the file is named.
    let (code, found) = generate(&only("repository", "create-order.mdx"), &[]);
    assert!(code.is_none());
    let missing =
        "the page documents `POST /orders` of `openapi.yaml`, which is not among the files";
    assert_eq!(found, [missing]);
    let mut inputs = only("repository", "create-order.mdx");
    inputs.extend(only("repository", "list-orders.md"));
    inputs.extend(site("fern"));
    let (code, found) = generate(&inputs, &[]);
    assert!(code.is_some());
    assert!(found.contains(&missing.to_owned()), "{found:?}");
    let url = "https://docs.acme.test/openapi.yaml";
    let message =
        format!("the page documents `GET /orders` of `{url}`, which is not among the files");
    assert!(found.contains(&message), "{found:?}");
}

#[test]
fn a_document_that_a_page_names_is_read_where_it_is_at_hand() {
    let inputs = only("repository", "create-order.mdx");
    let names: Vec<_> = inputs.iter().flat_map(referenced_files).collect();
    assert_eq!(names, ["openapi.yaml"]);
    let (code, found) = generate(&inputs, &only("repository", "openapi.yaml"));
    assert_eq!(found, [""; 0]);
    assert_contains(code.as_deref(), &["pub fn create_order("]);
}

#[test]
fn the_help_for_a_page_without_a_block_names_the_download() {
    for (file, text, help) in [
        (
            "a.md",
            "# Orders\n\nDownload OpenAPI description\n\n[JSON](https://acme.test/openapi.json)\n",
            "a page of Redocly has no OpenAPI block: use its `Download OpenAPI description`: \
             download `https://acme.test/openapi.json`",
        ),
        (
            "a.md",
            "# Orders\n\nPowered by [Bump.sh](https://bump.sh)\n",
            "a page of Bump.sh has no OpenAPI block: use its download of the API definition",
        ),
        (
            "llms.txt",
            "# Acme\n- [A](https://a.test/a.md)\n- [B](https://a.test/b.md)\n\
             ## OpenAPI Specification\n- [OpenAPI](https://a.test/openapi.yaml)\n",
            "the page links to an OpenAPI document: download `https://a.test/openapi.yaml`",
        ),
        (
            "llms.txt",
            "- [A](https://a.test/a.md)\n- [B](https://a.test/b.md)\n- [C](https://a.test/c.md)\n",
            "the file is an index: download the pages that it links to",
        ),
        (
            "a.html",
            "<!DOCTYPE html>\n<html>\n",
            "the page is HTML: download its Markdown version, whose URL is often that of the page \
             with `.md` appended",
        ),
        (
            "a.md",
            "# A\n\nText\n",
            "use the page of an operation, which has a block that starts with `openapi:`; if the \
             site offers its OpenAPI document as a file, use that instead",
        ),
    ] {
        let mut report = Report::default();
        page::read(&[markdown(file, text)], &mut Sources::default(), &mut report);
        let [problem] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
        assert_eq!(problem.severity, Severity::Error, "{text}");
        assert_eq!(problem.help.as_deref(), Some(help));
    }
}
