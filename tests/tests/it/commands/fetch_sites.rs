//! Tests of `docwright fetch` with whole sites, made of the pages of the corpus.

use std::collections::BTreeSet;
use std::path::Path;

use docwright_tests::corpus;
use serde_json::Value;

use super::docwright;
use super::folder::Folder;
use crate::site::{Page, Site};

/// How the index of a site lists its pages.
#[derive(Debug, Clone, Copy)]
enum Index {
    /// An `llms.txt`.
    Llms,
    /// An `llms.txt` as Apidog writes it: the folders of a page are before its link.
    Apidog,
    /// A sitemap of pages without extension.
    Sitemap,
}

/// Starts a site with the pages of a folder of the corpus whose names start with `prefix`, and a guide.
/// Returns it with the number of those pages.
fn start(folder: &Path, prefix: &str, index: Index) -> (Site, usize) {
    let site = Site::start([]);
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder of the corpus")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(prefix) && name.ends_with(".md"))
        .collect();
    names.sort();
    for name in &names {
        let text = std::fs::read_to_string(folder.join(name)).expect("a page");
        site.set(&format!("/reference/{name}"), Page::text(&text));
    }
    site.set("/guides/start.md", Page::text("# Start\n\nSee the [reference](/reference).\n"));
    let stems = names.iter().filter_map(|name| name.strip_suffix(".md"));
    let (path, text) = match index {
        Index::Llms => {
            let lines = stems.map(|it| format!("- [{it}](/reference/{it}.md): text\n"));
            ("/llms.txt", lines.collect::<String>() + "- [Start](/guides/start.md)\n")
        }
        Index::Apidog => {
            let lines = stems.map(|it| format!("- Reference > All [{it}](/reference/{it}.md):\n"));
            ("/llms.txt", lines.collect::<String>() + "- Guides [Start](/guides/start.md):\n")
        }
        Index::Sitemap => {
            let address = |it: &str| site.url(&format!("/reference/{it}"));
            let locations = stems.map(|it| format!("<url><loc>{}</loc></url>", address(it)));
            ("/sitemap.xml", format!("<urlset>{}</urlset>", locations.collect::<String>()))
        }
    };
    site.set(path, Page::text(&text));
    (site, names.len())
}

/// Fetches a site into `pages`, and generates its client in `client`. Returns the number of pages with a
/// description.
fn fetch_and_generate(site: &Site, folder: &Folder) -> u64 {
    let (pages, client) = (folder.text_path("pages"), folder.text_path("client"));
    let json =
        docwright(&["fetch", &site.url(""), "--out", &pages, "--format", "json"]).exits(0).out;
    let json: Value = serde_json::from_str(json.trim()).expect("JSON");
    docwright(&["generate", &pages, "--out", &client, "--quiet"]).exits(0);
    json["descriptions"].as_u64().expect("a number")
}

#[test]
#[ignore = "needs the corpus"]
fn a_site_of_each_platform_is_fetched_and_generated() {
    let platforms = corpus().join("pages/platforms");
    // The pages without an OpenAPI description are guides.
    for (folder, prefix, index, guides) in [
        ("readme", "moderntreasury-", Index::Llms, 0),
        ("gitbook", "nexthink-", Index::Sitemap, 0),
        ("fern", "elevenlabs-", Index::Llms, 1),
        ("apidog", "kie-", Index::Apidog, 2),
    ] {
        let (site, total) = start(&platforms.join(folder), prefix, index);
        let output = Folder::new();
        let found = fetch_and_generate(&site, &output);
        assert_eq!(found, (total - guides) as u64, "{folder}");
        assert!(!output.contains("pages/guides"), "{folder}");
    }
}

#[test]
#[ignore = "needs the corpus"]
fn the_pages_of_a_site_give_the_client_of_its_document() {
    let corpus = corpus();
    for (pages, document) in [
        ("orum", "specs/orum.yaml"),
        ("mesh-admin", "specs/mesh-admin.json"),
        // Nine components of its document are used by no operation, so no page has them.
        ("mesh-integration", "pages/a-synth/mesh-integration"),
    ] {
        let (site, total) = start(&corpus.join("pages/a-synth").join(pages), "", Index::Llms);
        let folder = Folder::new();
        assert_eq!(fetch_and_generate(&site, &folder), total as u64, "{pages}");
        let whole = inspect(&corpus.join(document).to_string_lossy());
        let fetched = inspect(&folder.text_path("pages"));
        assert_eq!(fetched.0, whole.0, "the operations of {pages}");
        assert_eq!(fetched.1, whole.1, "the types of {pages}");
    }
}

/// The operations of an input, with their methods and paths, and its types, with their kinds.
fn inspect(input: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let json = docwright(&["inspect", input, "--format", "json"]).exits(0).out;
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let items = |list: &str, keys: &[&str]| {
        let items = json[list].as_array().expect("a list").iter();
        items.map(|item| keys.iter().map(|key| format!("{} ", item[*key])).collect()).collect()
    };
    (items("operations", &["method", "path", "name"]), items("types", &["kind", "name"]))
}
