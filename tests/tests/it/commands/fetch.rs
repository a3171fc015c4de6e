//! Tests of `docwright fetch` and of inputs that are addresses.

use super::folder::Folder;
use super::{arguments, docwright, run};
use crate::site::{Page, Site};

/// Returns a page with one operation.
pub fn page(method: &str, path: &str, title: &str) -> String {
    format!(
        "# {title}\n\n> {title}.\n\n## OpenAPI\n\n````yaml openapi.yaml {method} {path}\n\
         openapi: 3.0.3\ninfo: {{title: Acme, version: '1'}}\n\
         servers: [{{url: https://api.acme.test}}]\npaths:\n  {path}:\n    {method}:\n      \
         responses:\n        '204': {{description: done}}\n````\n"
    )
}

/// Starts a site with an `llms.txt`, two pages with an operation and a guide.
pub fn acme() -> Site {
    let index = "# Acme\n\n- [Guide](/guides/start.md)\n- [Create](/orders/create.md): creates\n\
                 - [List](/orders/list)\n- [Blog](https://blog.acme.test/x.md)\n";
    let pages = [
        ("/llms.txt", index.to_owned()),
        ("/guides/start.md", "# Start\n\n[Create](/orders/create.md)\n".to_owned()),
        ("/orders/create.md", page("post", "/orders", "Create order")),
        ("/orders/list.md", page("get", "/orders", "List orders")),
    ];
    Site::start(pages.map(|(path, text)| (path.to_owned(), Page::text(&text))))
}

/// Returns the names of the files below a path.
pub fn files(folder: &Folder, path: &str) -> Vec<String> {
    folder.snapshot(path).into_keys().collect()
}

#[test]
fn fetch_writes_the_pages_with_a_description_and_then_only_what_changed() {
    let (folder, site) = (Folder::new(), acme());
    let out = folder.text_path("pages");
    docwright(&["fetch", &site.url(""), "--out", &out, "-v"])
        .exits(0)
        .prints("2 pages with an API description, 1 page without")
        .prints("3 files written to")
        .warns("--host blog.acme.test");
    let expected = ["orders/create.md", "orders/list.md", "sources.lock"];
    assert_eq!(files(&folder, "pages"), expected);
    assert_eq!(folder.read("pages/orders/create.md"), page("post", "/orders", "Create order"));
    let lock = folder.read("pages/sources.lock");
    assert!(lock.contains("etag = ") && lock.contains("/orders/list.md\""), "{lock}");

    site.take_requests();
    let before = folder.snapshot("pages");
    docwright(&["fetch", "--out", &out]).exits(0).prints("0 files written");
    assert_eq!(folder.snapshot("pages"), before);
    let mut requests = site.take_requests();
    requests.sort();
    let expected = [
        "/guides/start.md 200",
        "/llms.txt 200",
        "/orders/create.md 304",
        "/orders/list.md 304",
        "/robots.txt 404",
    ];
    assert_eq!(requests, expected);

    site.set("/orders/list.md", Page::text(&page("get", "/orders", "List all orders")));
    docwright(&["fetch", "--out", &out, "--dry-run"]).exits(0).prints("List all orders");
    assert_eq!(folder.snapshot("pages"), before, "a dry run wrote a file");
    let json = docwright(&["fetch", "--out", &out, "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let paths: Vec<_> = json["changes"].as_array().into_iter().flatten().collect();
    assert_eq!(paths.len(), 2, "the page and sources.lock: {json:#}");
}

#[test]
fn a_page_that_is_no_longer_listed_stays_until_it_is_pruned() {
    let (folder, site) = (Folder::new(), acme());
    let out = folder.text_path("pages");
    docwright(&["fetch", &site.url(""), "--out", &out]).exits(0);
    site.set("/llms.txt", Page::text("- [Create](/orders/create.md)"));
    docwright(&["fetch", "--out", &out]).exits(0).warns("--prune");
    assert!(folder.contains("pages/orders/list.md"));
    docwright(&["fetch", "--out", &out, "--prune"]).exits(0).prints("1 removed");
    assert_eq!(files(&folder, "pages"), ["orders/create.md", "sources.lock"]);
}

#[test]
fn every_form_of_an_index_leads_to_the_pages() {
    let site = acme();
    let both = page("post", "/orders", "Create order") + "\n" + &page("get", "/orders", "List");
    let document = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n";
    let sitemap = "<urlset><url><loc>/orders/create</loc></url></urlset>";
    for (path, text) in [
        ("/full/llms-full.txt", both),
        ("/map/sitemap.xml", sitemap.replace("/orders", &site.url("/map/orders"))),
        ("/map/orders/create.md", page("post", "/orders", "Create order")),
        ("/list.txt", format!("{0}\n{0}\n", site.url("/orders/create.md"))),
        ("/nested/llms.txt", "- [Orders](/llms.txt)".to_owned()),
        ("/spec/llms.txt", "- [P](/orders/list.md)\n## OpenAPI\n- [spec](/api.yaml)".to_owned()),
        ("/api.yaml", document.to_owned()),
        ("/html/llms.txt", "<!DOCTYPE html><p>Acme".to_owned()),
        ("/html/sitemap.xml", "<urlset><url><loc>/html/a</loc></url></urlset>".to_owned()),
        ("/html/a.md", page("post", "/orders", "Create order")),
    ] {
        site.set(path, Page::text(&text));
    }
    site.set("/llms-full.txt", Page::status(404));
    for (address, expected) in [
        ("/full/llms-full.txt", vec!["llms-full.md"]),
        ("/map/sitemap.xml", vec!["orders/create.md"]),
        ("/list.txt", vec!["orders/create.md"]),
        ("/nested", vec!["orders/create.md", "orders/list.md"]),
        ("/spec", vec!["api.yaml"]),
        ("/api.yaml", vec!["api.yaml"]),
        ("/orders/create.md", vec!["create.md"]),
        ("/llms.txt", vec!["orders/create.md", "orders/list.md"]),
    ] {
        let folder = Folder::new();
        docwright(&["fetch", &site.url(address), "--out", &folder.text_path("pages")]).exits(0);
        let found = files(&folder, "pages");
        assert_eq!(found[..found.len() - 1], expected, "{address}");
    }
    site.set("/llms.txt", Page::status(404));
    let folder = Folder::new();
    docwright(&["fetch", &site.url("/html"), "--out", &folder.text_path("pages")]).exits(0);
    assert_eq!(files(&folder, "pages"), ["a.md", "sources.lock"], "HTML instead of an index");
}

#[test]
fn generate_and_inspect_take_the_address_of_a_document() {
    let (folder, site) = (Folder::new(), acme());
    let (out, url) = (folder.text_path("client"), site.url("/orders/create.md"));
    docwright(&["inspect", &url]).exits(0).prints("1 operation");
    docwright(&["generate", &url, "--out", &out, "--dry-run"]).exits(0);
    assert!(!folder.contains("client"));
    docwright(&["generate", &url, "--out", &out]).exits(0);
    let config = folder.read("client/docwright.toml");
    assert!(config.contains("inputs = [\"openapi/create.md\"]"), "{config}");
    site.take_requests();
    docwright(&["check", &out]).exits(0);
    docwright(&["generate", &out]).exits(0).prints("0 files written");
    assert!(site.take_requests().is_empty(), "check or generate used the network");
    let other = site.url("/orders/list.md");
    docwright(&["generate", &url, &other, "--out", &out]).exits(0).omits("--prune");
    assert!(folder.read("client/src/operations.rs").contains("list_orders"));
    docwright(&["generate", &site.url("/llms.txt"), "--out", &out])
        .exits(1)
        .warns("docwright fetch SITE --out DIR");
}

#[test]
fn init_fetches_a_site_and_fetch_updates_it_by_the_configuration() {
    let (folder, site) = (Folder::new(), acme());
    let client = folder.text_path("client");
    docwright(&["init", &client, &site.url("")]).exits(0);
    docwright(&["generate", &client]).exits(0);
    site.set("/orders/list.md", Page::text(&page("delete", "/orders", "Delete orders")));
    docwright(&["fetch", &client]).exits(0).prints("2 files written");
    docwright(&["check", &client]).exits(1).prints("client/src/");
}

#[test]
fn xtask_updates_a_vendor_and_keeps_the_names_that_vendor_toml_lists() {
    let (folder, site) = (Folder::new(), acme());
    let text = page("post", "/orders", "Create order");
    folder.write("specs/acme/order.md", &text);
    let manifest = format!(
        "docs = \"{}\"\n[[source]]\nfile = \"order.md\"\nurl = \"{}\"\nsha256 = \"{}\"\n",
        site.url(""),
        site.url("/orders/create.md"),
        docwright::fetch::sha256(text.as_bytes()),
    );
    folder.write("specs/acme/vendor.toml", &manifest);
    site.set("/orders/create.md", Page::text(&page("post", "/orders", "Create an order")));
    let xtask = |rest: &[&str]| {
        run(|console| xtask::run(arguments("xtask", rest), &folder.path(""), console))
    };
    xtask(&["fetch", "acme"]).exits(0).prints("3 files written");
    let expected = ["order.md", "orders/list.md", "sources.lock", "vendor.toml"];
    assert_eq!(files(&folder, "specs/acme"), expected);
    assert!(folder.read("specs/acme/order.md").contains("Create an order"));
    assert_eq!(folder.read("specs/acme/vendor.toml"), manifest);
    xtask(&["fetch", "acme"]).exits(0).prints("0 files written");
    xtask(&["fetch", "pets"]).exits(2).warns("unknown vendor");
    xtask(&["regen", "--check"]).omits("sources.lock");
}

#[test]
fn an_invalid_command_line_is_an_error() {
    let folder = Folder::new();
    let out = folder.text_path("pages");
    docwright(&["fetch", "https://docs.acme.test"]).exits(2).warns("--out DIR");
    docwright(&["fetch", "--out", &out]).exits(2).warns("no SITE");
    docwright(&["fetch", "ftp://docs.acme.test", "--out", &out]).exits(2).warns("https://");
    let host = ["fetch", "docs.acme.test", "--out", &out, "--host", "a/b"];
    docwright(&host).exits(2).warns("expected a host");
    docwright(&["fetch", "http://docs.acme.test", "--out", &out]).exits(1).warns("not https");
    assert!(!folder.contains("pages"));
}
