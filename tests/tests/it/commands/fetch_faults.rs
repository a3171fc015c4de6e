//! What `docwright fetch` does when a site, a network or a folder misbehaves.

use std::time::Duration;

use docwright::cli::{FetchOptions, FetchOutput, Format, run_fetch};
use docwright::fetch::Limits;

use super::fetch::{acme, files, page};
use super::folder::Folder;
use super::{CommandResult, run};
use crate::site::{Fault, Page, Site};

/// What happens to the files of the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The run fails, and they stay.
    Kept,
    /// The run succeeds, and they stay.
    Equal,
    /// The run succeeds, and `orders/list.md` is updated.
    Updated,
}
use State::{Equal, Kept, Updated};

/// The name of a case, the page that misbehaves, its response, the expected state, and what is printed.
type Case = (&'static str, &'static str, Page, State, &'static str);

const PAGE: &str = "/orders/list.md";

/// A page with an error or with other content.
fn faulty_pages() -> Vec<Case> {
    let new = || Page::text(&page("get", "/orders", "List all"));
    let failing = |fault| new().fault(fault);
    let limited = |status| Page::status(status).header("Retry-After", "0");
    let date = "Fri, 01 Jan 2100 00:00:00 GMT";
    vec![
        ("an error of the server", PAGE, Page::status(500), Kept, "status 500"),
        ("an error that passes", PAGE, Page::status(500).then(2, new()), Updated, ""),
        ("too many requests", PAGE, limited(429).then(2, new()), Updated, ""),
        (
            "a long wait",
            PAGE,
            Page::status(503).header("Retry-After", "9999"),
            Kept,
            "retry after 9999 s",
        ),
        (
            "a wait until a date",
            PAGE,
            Page::status(429).header("Retry-After", date),
            Kept,
            "retry after",
        ),
        ("a closed connection", PAGE, failing(Fault::Closes), Kept, "no response"),
        ("a truncated page", PAGE, failing(Fault::Truncates), Kept, "incomplete"),
        ("a slow page", PAGE, failing(Fault::Hangs), Kept, "timeout"),
        ("an endless page", PAGE, failing(Fault::NeverEnds), Equal, "larger than"),
        ("invalid compression", PAGE, new().header("Content-Encoding", "gzip"), Kept, "incomplete"),
        (
            "HTML as Markdown",
            PAGE,
            Page::text("<!DOCTYPE html>").header("Content-Type", "text/markdown"),
            Equal,
            "no longer lists",
        ),
        (
            "a page in another encoding",
            PAGE,
            Page { body: vec![0xff, 0xfe, b'#'], ..Page::default() },
            Equal,
            "no longer lists",
        ),
        ("a page without description", PAGE, Page::text("# Moved\n"), Equal, "no longer lists"),
        ("a missing page", PAGE, Page::status(404), Equal, "status 404"),
        ("a forbidden page", PAGE, Page::status(403), Equal, "status 403"),
        ("304 for another version", PAGE, Page::status(304), Equal, ""),
    ]
}

/// A page that redirects.
fn redirects() -> Vec<Case> {
    vec![
        (
            "a redirect to another host",
            PAGE,
            Page::redirect("https://evil.test/list.md"),
            Equal,
            "--host evil.test",
        ),
        (
            "a redirect to a local service",
            PAGE,
            Page::redirect("http://169.254.169.254/meta.md"),
            Equal,
            "another host",
        ),
        ("a redirect to a file", PAGE, Page::redirect("file:///etc/passwd"), Equal, "`file:`"),
        ("a circular redirect", PAGE, Page::redirect(PAGE), Equal, "redirects"),
        ("a redirect to nothing", PAGE, Page::status(301), Equal, "without an address"),
        ("a redirect on the site", PAGE, Page::redirect("/moved.md"), Updated, ""),
    ]
}

/// An index or a `robots.txt`.
fn indexes() -> Vec<Case> {
    let endless = Page::text("").fault(Fault::NeverEnds);
    vec![
        ("an index with an error", "/llms.txt", Page::status(500), Kept, "no response"),
        ("an empty index", "/llms.txt", Page::text("# Acme\n"), Kept, "no index"),
        (
            "an index of guides",
            "/llms.txt",
            Page::text("[a](/guides/start.md)"),
            Kept,
            "no page of this site",
        ),
        ("an endless index", "/llms.txt", endless, Kept, "larger than"),
        (
            "robots.txt",
            "/robots.txt",
            Page::text("User-agent: *\nDisallow: /orders/list"),
            Equal,
            "robots.txt",
        ),
        (
            "robots.txt for all",
            "/robots.txt",
            Page::text("User-agent: *\nDisallow: /"),
            Kept,
            "robots.txt",
        ),
        ("no robots.txt", "/robots.txt", Page::status(500), Kept, "robots.txt"),
    ]
}

fn cases() -> Vec<Case> {
    [faulty_pages(), redirects(), indexes()].concat()
}

fn fetch(folder: &Folder, sites: &[String]) -> CommandResult {
    let limits = Limits {
        request_duration: Duration::from_millis(1500),
        first_wait: Duration::from_millis(1),
        response_bytes: 1 << 20,
        ..Limits::default()
    };
    let options = FetchOptions { limits, ..FetchOptions::default() };
    fetch_with(folder, sites, &options)
}

fn fetch_with(folder: &Folder, sites: &[String], options: &FetchOptions) -> CommandResult {
    let output = FetchOutput { format: Format::Human, notes: true, quiet: false };
    run(|console| run_fetch(&folder.path("outer/pages"), sites, options, output, console))
}

/// Returns the files of the folder and beside it, without the responses that a failed run keeps.
fn state(folder: &Folder) -> super::folder::Snapshot {
    let mut state = folder.snapshot("");
    state.retain(|path, _| !path.contains("/.docwright-fetch/"));
    state
}

#[test]
fn a_site_that_misbehaves_loses_nothing_and_writes_nothing_elsewhere() {
    let new = page("get", "/orders", "List all");
    for (name, path, response, expected, text) in cases() {
        let (folder, site) = (Folder::new(), acme());
        site.set("/moved.md", Page::text(&new));
        fetch(&folder, &[site.url("")]).exits(0);
        let before = state(&folder);
        site.set(path, response);
        let result = fetch(&folder, &[]);
        let status = u8::from(expected == Kept);
        assert_eq!(result.status, status, "{name}: {result:#?}");
        assert!(result.err.contains(text), "{name}: no {text:?} in {result:#?}");
        let mut after = state(&folder);
        if expected == Updated {
            let page = "outer/pages/orders/list.md";
            assert_eq!(folder.read(page), new, "{name}");
            for path in [page, "outer/pages/sources.lock"] {
                after.insert(path.to_owned(), before[path].clone());
            }
        }
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn an_interrupted_run_continues_with_the_missing_pages() {
    let (folder, site) = (Folder::new(), acme());
    site.set("/orders/list.md", Page::status(500));
    fetch(&folder, &[site.url("")]).exits(1).warns("run the command again");
    assert!(state(&folder).is_empty());
    site.take_requests();
    site.set("/orders/list.md", Page::text(&page("get", "/orders", "List orders")));
    fetch(&folder, &[site.url("")]).exits(0);
    assert!(!site.take_requests().iter().any(|request| request.starts_with("/orders/create")));
    let expected = ["orders/create.md", "orders/list.md", "sources.lock"];
    assert_eq!(files(&folder, "outer/pages"), expected);
}

#[test]
fn a_partial_run_writes_what_was_received() {
    let (folder, site) = (Folder::new(), acme());
    site.set("/orders/list.md", Page::status(404));
    site.set("/orders/list", Page::text("x").fault(Fault::Truncates));
    let options = FetchOptions { partial: true, ..FetchOptions::default() };
    let limits = Limits { first_wait: Duration::ZERO, ..Limits::default() };
    fetch_with(&folder, &[site.url("")], &FetchOptions { limits, ..options })
        .exits(0)
        .warns("incomplete");
    assert_eq!(files(&folder, "outer/pages"), ["orders/create.md", "sources.lock"]);
}

#[test]
fn the_number_of_requests_is_limited() {
    let (folder, site) = (Folder::new(), acme());
    let options = FetchOptions { max_requests: Some(4), ..FetchOptions::default() };
    fetch_with(&folder, &[site.url("")], &options).exits(1).warns("--max-requests");
    assert_eq!(site.take_requests().len(), 4);
    let options = FetchOptions { max_minutes: Some(0), ..FetchOptions::default() };
    fetch_with(&folder, &[site.url("")], &options).exits(1).warns("--max-minutes");
    assert!(site.take_requests().is_empty());
}

#[test]
fn files_of_the_user_are_not_replaced() {
    let new = Page::text(&page("get", "/orders", "List all"));
    let (folder, site) = (Folder::new(), acme());
    let file = "outer/pages/orders/list.md";
    folder.write(file, "mine");
    fetch(&folder, &[site.url("")]).exits(1).warns("was not fetched from this site");
    assert_eq!(folder.read(file), "mine");
    folder.remove(file);
    fetch(&folder, &[site.url("")]).exits(0);
    folder.replace(file, "List", "My list");
    let before = state(&folder);
    site.set("/orders/list.md", new);
    fetch(&folder, &[]).exits(1).warns("was edited");
    assert_eq!(state(&folder), before);
    folder.remove(file);
    fetch(&folder, &[]).exits(0);
    assert!(folder.read(file).contains("List all"));
    folder.replace("outer/pages/sources.lock", "orders/list.md\"\nurl", "../../list.md\"\nurl");
    fetch(&folder, &[]).exits(1).warns("outside the folder");
}

#[test]
fn no_address_leads_out_of_the_folder() {
    let folder = Folder::new();
    let paths =
        ["/..%2f..%2fa.md", "/%2e%2e%5c%2e%2e%5cb.md", "/c%00/.d.md", "/C:/e.md", "/overlay.yaml"];
    let index = paths.map(|path| format!("- [x]({path})\n")).concat();
    let pages = paths.map(|path| (path.to_owned(), Page::text(&page("get", "/a", "A"))));
    let site = Site::start(pages);
    site.set("/overlay.yaml", Page::text("openapi: 3.0.0\npaths: {}\n"));
    site.set("/llms.txt", Page::text(&index));
    fetch(&folder, &[site.url("")]).exits(0);
    let found = files(&folder, "");
    assert!(found.iter().all(|file| file.starts_with("outer/pages/")), "{found:?}");
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(!folder.contains("outer/pages/overlay.yaml"));
}

#[test]
#[cfg(unix)]
fn files_are_not_written_through_a_link() {
    let (folder, site) = (Folder::new(), acme());
    folder.write("outside/x", "");
    folder.write("outer/pages/x", "");
    std::os::unix::fs::symlink(folder.path("outside"), folder.path("outer/pages/orders"))
        .expect("a link");
    fetch(&folder, &[site.url("")]).exits(1).warns("through this link");
    assert_eq!(files(&folder, "outside"), ["x"]);
}
