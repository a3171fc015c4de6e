//! The problems of pages without an OpenAPI block.
//!
//! A site mixes guides and operations, so such a page is an error only if it should have a block, or
//! if no page of the site has one.

use std::ops::Range;

use super::Page;
use super::fence;
use super::pointer::{Pointer, find_pointers};
use super::request_line::{RequestLine, parse_request_line};
use crate::report::{Location, Problem, Report};

/// A page without an OpenAPI block.
#[derive(Debug)]
pub(super) struct PageWithoutBlock {
    file: String,
    /// The heading of the section whose block is missing.
    heading: Option<Range<usize>>,
    pointers: Vec<Pointer>,
    /// The operation that the page documents in prose only.
    request: Option<(RequestLine, Range<usize>)>,
    help: String,
}

impl PageWithoutBlock {
    /// Reads what the page says about the OpenAPI document that it lacks.
    pub(super) fn read(file: &str, text: &str) -> Self {
        Self {
            file: file.to_owned(),
            // Below the same heading, an index links to the document.
            heading: fence::find_openapi_heading(text).filter(|_| !is_index(text)),
            pointers: find_pointers(text),
            request: find_request(text),
            help: download_help(file, text),
        }
    }

    /// Reports the page. `pages` are those that were read.
    pub(super) fn report(self, pages: &[Page], report: &mut Report) {
        let Self { file, heading, pointers, request, help } = self;
        const MESSAGE: &str = "the page has no fenced OpenAPI block";
        if let Some(line) = heading {
            let problem = Problem::error(Location::Text(file, line), MESSAGE)
                .label("expected a block below this heading, between lines of backticks");
            return report.push(problem.help(help));
        }
        let is_alone = pages.is_empty();
        if !pointers.is_empty() {
            return report_pointers(&file, pointers, pages, report);
        }
        let problem = match request {
            _ if is_alone => Problem::error(Location::File(file), MESSAGE),
            Some((request, line)) => {
                let message = format!(
                    "the page documents `{} {}` without an OpenAPI block; the operation is skipped",
                    request.method.to_ascii_uppercase(),
                    request.url
                );
                Problem::warning(Location::Text(file, line), message)
            }
            None => {
                let message = format!("{MESSAGE} and is skipped");
                return report.push(Problem::note(Location::File(file), message));
            }
        };
        report.push(problem.help(help));
    }
}

/// Returns the documents that a page names.
pub(super) fn named_documents(text: &str) -> Vec<String> {
    find_pointers(text).into_iter().filter_map(|pointer| pointer.document).collect()
}

/// Reports the documents that the page names and that are not among the files.
fn report_pointers(file: &str, pointers: Vec<Pointer>, pages: &[Page], report: &mut Report) {
    for pointer in pointers {
        if pages.iter().any(|page| page.is_document && pointer.names_file(&page.file)) {
            continue;
        }
        let message =
            format!("the page documents {}, which is not among the files", pointer.describe());
        let location = match pointer.line.is_empty() {
            true => Location::File(file.to_owned()),
            false => Location::Text(file.to_owned(), pointer.line.clone()),
        };
        let problem = match pages.is_empty() {
            true => Problem::error(location, message),
            false => Problem::warning(location, message),
        };
        report.push(problem.help(match pointer.document {
            Some(document) if document.contains("://") => format!("download `{document}`"),
            Some(document) => format!("add `{document}`, or a link to it, to the input"),
            None => "add the OpenAPI document of the site to the input".to_owned(),
        }));
    }
}

/// Finds the line that states the method and the URL of an operation.
fn find_request(text: &str) -> Option<(RequestLine, Range<usize>)> {
    let mut at = 0;
    // Such a line is below the title, and not in an example.
    for _ in 0..40 {
        let line = fence::line_at(text, at)?;
        let content = text.get(line.clone())?;
        if content.starts_with("```") {
            return None;
        }
        if let Some(request) = parse_request_line(content) {
            return Some((request, line));
        }
        at = fence::next_line(text, &line);
    }
    None
}

/// Says how to get the OpenAPI document of a page that lacks it. The platform is recognised by what
/// its pages contain.
fn download_help(file: &str, text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let link = find_document_link(text);
    let is_markdown = file.ends_with(".md") || file.ends_with(".mdx");
    let offer = match () {
        () if has(&[
            "download openapi description",
            "download openapi specification",
            "redocly",
        ]) =>
        {
            "a page of Redocly has no OpenAPI block: use its `Download OpenAPI description`"
        }
        () if has(&["bump.sh"]) => {
            "a page of Bump.sh has no OpenAPI block: use its download of the API definition"
        }
        () if link.is_some() => "the page links to an OpenAPI document",
        () if is_html(&lower) => {
            return "the page is HTML: download its Markdown version, whose URL is often that of \
                    the page with `.md` appended"
                .to_owned();
        }
        () if is_index(text) => {
            return "the file is an index: download the pages that it links to".to_owned();
        }
        () if is_markdown && fence::find_openapi_heading(text).is_some() => {
            return "download the page again: the block below this heading is missing".to_owned();
        }
        () if is_markdown => {
            return "use the page of an operation, which has a block that starts with `openapi:`; if \
                    the site offers its OpenAPI document as a file, use that instead"
                .to_owned();
        }
        () => {
            return "download the Markdown version of the page, which has one below `## OpenAPI`; its \
                    URL is often that of the page with `.md` appended"
                .to_owned();
        }
    };
    match link {
        Some(link) => format!("{offer}: download `{link}`"),
        None => offer.to_owned(),
    }
}

fn is_html(lower: &str) -> bool {
    let start = lower.trim_start();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Returns whether a text is a list of links to pages, such as `llms.txt`.
fn is_index(text: &str) -> bool {
    let links = text.lines().filter(|line| line.starts_with("- ") && line.contains("](http"));
    links.take(3).count() == 3
}

/// Returns the first link to a file that is an OpenAPI document, judging by its name.
fn find_document_link(text: &str) -> Option<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets.map(|(target, _)| target).find(|target| {
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let is_document = [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
        is_document && (name.contains("openapi") || name.contains("swagger"))
    })
}
