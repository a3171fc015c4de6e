//! The pages of documentation platforms in the corpus: each page alone, and the pages of each site
//! together, guides included.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::corpus;
use docwright::ir::Api;
use docwright::report::{Report, Severity};
use docwright::{
    CrateOptions, Input, RuntimeDependency, Sources, Vendor, generate_crate, load_api,
};

/// The errors and warnings of pages and sites, with their messages. A page with an error is rejected.
const EXPECTED: &str = include_str!("corpus_platforms.txt");

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn pages_of_platforms_generate_alone_and_with_their_sites() {
    let pages = read_pages(&corpus::folder().join("pages/platforms"));
    let mut sites: BTreeMap<String, Vec<Input>> = BTreeMap::new();
    let mut found = Vec::new();
    let mut rejected = BTreeSet::new();
    for page in &pages {
        let problems = generate(std::slice::from_ref(page));
        if problems.iter().any(|problem| problem.starts_with("error")) {
            rejected.insert(page.file.clone());
        }
        found.extend(problems.iter().map(|problem| format!("{}: {problem}", page.file)));
        sites.entry(site(&page.file)).or_default().push(page.clone());
    }
    for (site, pages) in sites.iter().filter(|(_, pages)| pages.len() > 1) {
        let problems = generate(pages);
        found.extend(problems.iter().map(|problem| format!("site {site}: {problem}")));
    }
    println!("{} pages, {} sites, {} rejected", pages.len(), sites.len(), rejected.len());
    let expected: Vec<&str> = EXPECTED.lines().collect();
    assert_eq!(found, expected, "\n{}\n", found.join("\n"));
}

/// The line above the block and the examples with `curl` have the URL that the client calls.
#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn urls_on_pages_of_platforms_are_those_that_the_client_calls() {
    let mut count = 0;
    for page in read_pages(&corpus::folder().join("pages/platforms")) {
        let text = String::from_utf8_lossy(&page.bytes).into_owned();
        let vendor = Vendor { inputs: vec![page.clone()], ..Vendor::default() };
        let loaded = load_api(&vendor, &mut Sources::default(), &mut Report::default());
        let Some(api) = loaded.map(|loaded| loaded.api) else { continue };
        for url in stated_urls(&text).filter(|_| !api.operations.is_empty()) {
            assert!(calls(&api, url), "{}: {url}", page.file);
            count += 1;
        }
    }
    println!("{count} URLs");
    assert!(count >= 7, "{count}");
}

/// Returns the URLs of lines such as `GET https://…` and `curl -X POST "https://…"`.
fn stated_urls(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (start, _) = line.split_once("https://")?;
        let method = start.trim_end().trim_end_matches(['"', '\'']);
        let is_method = !method.is_empty() && method.chars().all(|c| c.is_ascii_uppercase());
        // Instructions to agents have a question in the URL.
        if line.contains("?ask=") {
            return None;
        }
        let url = line.get(start.len()..)?.split(['"', '\'', ' ', '?']).next()?;
        (is_method || method.starts_with("curl")).then_some(url)
    })
}

/// Returns whether an operation of the API has this URL, at one of its servers if it has any.
fn calls(api: &Api, url: &str) -> bool {
    let is_same = |part: &str, stated: &str| part == stated || part.starts_with('{');
    api.operations.iter().any(|operation| {
        let servers = [&operation.servers, &api.servers].into_iter().find(|it| !it.is_empty());
        let bases = servers.into_iter().flatten().map(|server| server.url.as_str());
        let has_path = |path: &str| {
            let (own, stated) = (operation.template.split('/'), path.split('/'));
            own.clone().count() == stated.clone().count()
                && own.zip(stated).all(|(own, stated)| is_same(own, stated))
        };
        let host_end = url.get(8..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| at + 8);
        let without_server = servers.is_none() && url.get(host_end..).is_some_and(has_path);
        without_server
            || bases
                .into_iter()
                .any(|base| url.strip_prefix(base.trim_end_matches('/')).is_some_and(has_path))
    })
}

/// Returns the site of a page: the start of its name.
fn site(file: &str) -> String {
    let (folder, name) = file.split_once('/').unwrap_or_default();
    format!("{folder}/{}", name.split('-').next().unwrap_or_default())
}

/// Returns the errors and warnings.
fn generate(inputs: &[Input]) -> Vec<String> {
    let vendor = Vendor { name: "client".to_owned(), inputs: inputs.to_vec(), ..Vendor::default() };
    let options = CrateOptions {
        name: "client".to_owned(),
        runtime: RuntimeDependency::Version("0.1".to_owned()),
        example: false,
    };
    let report = match generate_crate(&vendor, &options) {
        Ok(output) => output.report,
        Err(diagnostics) => diagnostics.report,
    };
    let serious = report.problems.iter().filter(|problem| problem.severity != Severity::Note);
    let shown = serious.map(|problem| {
        let severity = if problem.severity == Severity::Error { "error" } else { "warning" };
        format!("{severity}: {}", problem.message)
    });
    shown.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Reads the pages of all platforms, and the file with all pages of one site.
fn read_pages(root: &Path) -> Vec<Input> {
    let mut inputs = Vec::new();
    for folder in ["apidog", "fern", "gitbook", "readme", "index"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            if folder != "index" || name == "gitbook-nexthink-llms-full.txt" {
                let file = format!("{folder}/{name}");
                inputs.push(Input { file, bytes: std::fs::read(&path).expect("a readable file") });
            }
        }
    }
    inputs.sort_by(|a, b| a.file.cmp(&b.file));
    inputs
}
