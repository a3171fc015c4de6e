//! Reading documentation pages: the parts of a page, and the forms of input files.

use docwright::page::{self, Page, Target};
use docwright::report::{Report, Severity};
use docwright::source::{self, Diagnostics};
use docwright::{Input, Problem};

const BLOCK: &str = "````yaml openapi.yaml post /orders\nopenapi: 3.0.0\n````";

fn read(files: &[(&str, &str)]) -> (Vec<Page>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let Diagnostics { sources, report } = &mut diagnostics;
    let inputs =
        files.iter().map(|(file, text)| Input { file: (*file).into(), bytes: (*text).into() });
    let pages = page::read(&inputs.collect::<Vec<_>>(), sources, report);
    (pages, diagnostics)
}

/// Returns the pages of a file that has no problem.
fn read_valid_pages(text: &str) -> Vec<Page> {
    let (pages, diagnostics) = read(&[("acme.md", text)]);
    assert!(diagnostics.report.problems.is_empty(), "{}", diagnostics.render(false));
    for page in &pages {
        let node = source::parse(&diagnostics.sources, page.document).expect("every block is YAML");
        assert!(node.as_object().is_some(), "{}", node.to_json());
    }
    pages
}

/// Returns the only page of a file that has no problem.
fn read_page(text: &str) -> Page {
    let mut pages = read_valid_pages(text);
    assert_eq!(pages.len(), 1, "{pages:#?}");
    pages.remove(0)
}

fn titles(pages: &[Page]) -> Vec<Option<&str>> {
    pages.iter().map(|page| page.title.as_deref()).collect()
}

fn problems(report: &Report) -> Vec<(Severity, &str)> {
    report.problems.iter().map(|p: &Problem| (p.severity, p.message.as_str())).collect()
}

#[test]
fn all_parts_of_a_page_are_read() {
    let text = format!(
        "---\nurl: https://mirror.test/x\nlastmod: 2026-01-01\n---\n\
         > ## Documentation Index\n> Fetch the complete index at: https://acme.test/llms.txt\n\
         > Use this file.\n\n\
         # Source: https://acme.test/orders.md\n\n# Source: https://acme.test/orders-again.md\n\n\
         # Create order\n\n> Creates an order\nand reserves stock.\n\nMore words.\n\n\
         ```json Example theme={{null}}\n{{\"# not a title\": 1}}\n# not a title\n```\n\n\
         <Warning>The hold lasts one hour.</Warning>\n\n<Note>\n  Two lines,\n  one note.\n</Note>\n\n\n\
         ## OpenAPI\n\n{BLOCK}\n\n---\n\n> To find navigation and other pages, see the index.\n\
         Built with [Acme](https://acme.test).\n"
    );
    let page = read_page(&text);
    assert_eq!(page.title.as_deref(), Some("Create order"));
    assert_eq!(page.description.as_deref(), Some("Creates an order\nand reserves stock."));
    assert_eq!(page.link.as_deref(), Some("https://acme.test/orders.md"));
    assert_eq!(page.notes, ["The hold lasts one hour.", "Two lines,\none note."]);
    assert_eq!(page.source.as_deref(), Some("openapi.yaml"));
    let target = Target { method: "post".into(), path: "/orders".into(), webhook: false };
    assert_eq!(page.target, Some(target));
    // Line endings and a byte-order mark make no difference.
    assert_eq!(read_page(&format!("\u{feff}{}", text.replace('\n', "\r\n"))), page);
}

#[test]
fn front_matter_is_used_for_missing_parts() {
    let page = read_page(&format!(
        "---\ntitle: \"List orders\"\ndescription: All of them\nsource: https://acme.test/list\n---\n\n\
         ## OpenAPI\n\n{BLOCK}"
    ));
    assert_eq!(page.title.as_deref(), Some("List orders"));
    assert_eq!(page.description.as_deref(), Some("All of them"));
    assert_eq!(page.link.as_deref(), Some("https://acme.test/list"));
}

#[test]
fn the_first_paragraph_below_the_title_is_the_description() {
    for (text, expected) in [
        ("Some text,\nalso here.\n\n> A quote", Some("Some text,\nalso here.")),
        ("| a |\n|---|\n\n> A quote", None),
        ("## Notes\n\nText.", None),
        ("One of these:\n- a\n- b\n\nMore.", None),
    ] {
        let page = read_page(&format!("# Get\n\n{text}\n\n## OpenAPI\n\n{BLOCK}"));
        assert_eq!(page.description.as_deref(), expected, "{text}");
    }
    let page = read_page(&format!("# Get\n\n>  Endpoint\n>  for orders\n>\n> More\n\n{BLOCK}"));
    assert_eq!(page.description.as_deref(), Some("Endpoint\nfor orders"));
}

#[test]
fn fences_of_any_length_and_info_string_are_read() {
    for (open, close) in [
        ("```yaml post /orders", "```"),
        ("```yaml", "```"),
        ("```", "```"),
        ("`````yml a b webhook paid", "`````"),
        ("````yaml", "`````"),
    ] {
        let text = format!(
            "# A\n\n## OpenAPI\n\n{open}\nopenapi: 3.0.0\ninfo:\n  description: |\n    ```\n    x\n    ```\n\n{close}"
        );
        assert_eq!(titles(&read_valid_pages(&text)), [Some("A")], "{open}");
    }
    let webhook = read_page("# Paid\n\n````yaml webhook order-paid\npaths: {}\n````");
    let target = Target { method: String::new(), path: "order-paid".into(), webhook: true };
    assert_eq!(webhook.target, Some(target));
}

#[test]
fn other_code_blocks_are_ignored() {
    let page = read_page(&format!(
        "# A\n\n```bash theme={{null}}\ncurl x\n````\n```\n\n```json POST /orders\n{{\"id\": 1}}\n```\n\n\
         <CodeGroup>\n    ```yaml\n    openapi: nested\n    ```\n</CodeGroup>\n\n{BLOCK}\n"
    ));
    assert_eq!(page.title.as_deref(), Some("A"));
}

#[test]
fn a_block_outside_of_an_openapi_section_is_recognised_by_its_info_string_or_keys() {
    for block in [
        "```yaml\nopenapi: 3.0.0\n```",
        "```yaml\n# comment\npaths:\n  path: /x\n```",
        "```json\n{\n  \"openapi\": \"3.0.0\"\n}\n```",
        "```yaml get /x\nother: 1\n```",
    ] {
        assert_eq!(titles(&read_valid_pages(&format!("# A\n\n{block}\n"))), [Some("A")], "{block}");
    }
}

#[test]
fn concatenated_pages_are_split() {
    let pages = read_valid_pages(&format!(
        "# One\n\n> First\n\n## OpenAPI\n\n{BLOCK}# Two\n\n## OpenAPI\n\n{BLOCK}> ## Documentation Index\n> x\n\n\
         # Three\n\nText\n\n## OpenAPI\n\n{BLOCK}\n\n{BLOCK}\n"
    ));
    assert_eq!(titles(&pages), [Some("One"), Some("Two"), Some("Three"), None]);
    let documents = pages.iter().map(|page| page.document).collect::<Vec<_>>();
    assert_eq!(documents, [0, 1, 2, 3]);
}

#[test]
fn a_copy_of_the_title_above_the_page_belongs_to_the_page() {
    let page = read_page(&format!(
        "# List\n\n**Source:** https://acme.test/list.md\n**Section:** Docs\n\n---\n\n\
         > ## Documentation Index\n> x\n\n# List\n\n> All orders\n\n{BLOCK}"
    ));
    assert_eq!(page.title.as_deref(), Some("List"));
    assert_eq!(page.link.as_deref(), Some("https://acme.test/list.md"));
    assert_eq!(page.description.as_deref(), Some("All orders"));
}

#[test]
fn a_page_without_a_block_among_other_pages_is_reported_as_a_note() {
    let text = format!("# Guide\n\n> Words\n\n# A\n\n> B\n\n{BLOCK}\n# Callbacks\n\nWords\n");
    let (pages, Diagnostics { report, .. }) = read(&[("acme.md", &text)]);
    assert_eq!(titles(&pages), [Some("A")]);
    let note =
        |title: &str| format!("the page `{title}` has no fenced OpenAPI block and is skipped");
    let (guide, callbacks) = (note("Guide"), note("Callbacks"));
    assert_eq!(
        problems(&report),
        [(Severity::Note, guide.as_str()), (Severity::Note, callbacks.as_str())]
    );
}

#[test]
fn a_later_heading_is_not_the_title() {
    assert_eq!(
        titles(&read_valid_pages(&format!("# A\n\n> B\n\n# Notes\n\nText\n\n{BLOCK}"))),
        [Some("A")]
    );
}

#[test]
fn the_order_of_files_does_not_matter() {
    let page = format!("# A\n\n{BLOCK}");
    let files = [("b.yaml", "openapi: 3.0.0"), ("a.md", page.as_str()), ("c.json", "{}")];
    let (sorted, _) = read(&files);
    let (reversed, _) = read(&[files[2], files[1], files[0]]);
    assert_eq!(sorted, reversed);
    let names = sorted.iter().map(|page| page.file.as_str()).collect::<Vec<_>>();
    assert_eq!(names, ["a.md", "b.yaml", "c.json"]);
}

#[test]
fn a_document_is_recognised_by_its_file_name_or_content() {
    let document = "# A comment\n\nopenapi: 3.0.0\n";
    let fenced = format!("# A\n\n{BLOCK}");
    let files =
        [("a.yml", fenced.as_str()), ("b.md", document), ("c", "{\"a\": 1}"), ("d.txt", &fenced)];
    let (pages, Diagnostics { report, .. }) = read(&files);
    assert!(report.problems.is_empty());
    assert_eq!(titles(&pages), [None, None, None, Some("A")]);
}

#[test]
fn each_broken_page_is_reported() {
    let unterminated = "# A\n\n## OpenAPI\n\n````yaml get /x\nopenapi: 3.0.0\n";
    let hidden = format!("# A\n\n```bash\ncurl\n\n## OpenAPI\n\n{}", BLOCK.replace("````", "\n"));
    let concatenated = format!("{unterminated}{unterminated}````\n");
    let files = [
        ("a.md", "# A\n\nWords\n"),
        ("b.md", unterminated),
        ("c.md", hidden.as_str()),
        ("d.md", concatenated.as_str()),
        ("e.md", "# A\n\n```yaml\nother: 1\n```\n\n```bash\ncut"),
        ("f.md", ""),
    ];
    let (pages, Diagnostics { report, .. }) = read(&files);
    let cut = (Severity::Error, "the fenced block that starts here has no end");
    let none = (Severity::Note, "the page has no fenced OpenAPI block and is skipped");
    assert_eq!(problems(&report), [cut, cut, cut, none, none, none]);
    assert_eq!(pages.len(), 1, "the second block of the concatenated file is complete");
}
