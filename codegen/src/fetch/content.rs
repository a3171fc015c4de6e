//! Decides what a response contains.

use url::Url;

use super::links::{Link, LinkKind, extension, read_index, read_sitemap};
use crate::page;
use crate::report::Report;
use crate::source::{self, Input, Sources};

/// What a response contains, whatever its media type is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// An API description: a page with one, or a document.
    Description {
        /// The text.
        text: String,
        /// The extension of its file.
        extension: &'static str,
    },
    /// The addresses of pages and documents.
    Index(Vec<Link>),
    /// Something else, such as a guide or HTML.
    Other,
}

/// The root keys of OpenAPI documents.
const DOCUMENT_KEYS: [&str; 3] = ["openapi", "swagger", "paths"];

/// Other root keys of the parts of documents that pages show.
const BLOCK_KEYS: [&str; 2] = ["webhooks", "components"];

/// Reads the response of an address.
pub(super) fn read_content(url: &Url, body: &[u8]) -> Content {
    let Ok(text) = std::str::from_utf8(body) else { return Content::Other };
    if is_html(text) {
        return Content::Other;
    }
    if let Some(links) = read_sitemap(url, text) {
        return Content::Index(links);
    }
    if let Some(extension) = description_extension(url, body) {
        return Content::Description { text: text.to_owned(), extension };
    }
    match read_index(url, text) {
        links if links.is_empty() => Content::Other,
        links => Content::Index(links),
    }
}

fn is_html(text: &str) -> bool {
    let start: String = text.trim_start_matches('\u{feff}').trim_start().chars().take(15).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// Returns the extension of the file for an API description. `None` if the body is not one.
fn description_extension(url: &Url, body: &[u8]) -> Option<&'static str> {
    let document = |extension| find_description(extension, body).then_some(extension);
    match extension(url).as_deref() {
        Some("md") => return document("md"),
        Some("mdx") => return document("mdx"),
        Some("json") => return document("json"),
        Some("yml") => return document("yml"),
        Some("yaml") => return document("yaml"),
        _ => {}
    }
    let is_json = body.trim_ascii_start().starts_with(b"{");
    let is_page = std::str::from_utf8(body).is_ok_and(|text| text.contains("```"));
    document(match (is_json, is_page) {
        (true, _) => "json",
        (false, true) => "md",
        (false, false) => "yaml",
    })
}

/// Returns whether a file with this extension would be read as an API description.
fn find_description(extension: &str, body: &[u8]) -> bool {
    let mut sources = Sources::default();
    let input = Input { file: format!("page.{extension}"), bytes: body.to_vec() };
    let pages = page::read(&[input], &mut sources, &mut Report::default());
    pages.iter().any(|page| {
        let is_block = sources.get(page.document).is_some_and(|it| it.block.len() < it.text.len());
        match source::parse(&sources, page.document) {
            Ok(node) => node.as_object().is_some_and(|root| {
                let has = |key: &&str| root.contains_key(*key);
                DOCUMENT_KEYS.iter().any(has) || (is_block && BLOCK_KEYS.iter().any(has))
            }),
            // The mistake in a block of a page is reported when the page is read.
            Err(_) => is_block,
        }
    })
}

impl Content {
    /// Returns the links of an index that can lead to descriptions.
    pub fn into_links(self) -> Vec<Link> {
        match self {
            Self::Index(links) => links,
            Self::Description { .. } | Self::Other => Vec::new(),
        }
    }
}

impl Link {
    /// Returns whether it leads to more links.
    pub fn is_index(&self) -> bool {
        matches!(self.kind, LinkKind::Index | LinkKind::Sitemap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension_of(url: &str, body: &str) -> Option<&'static str> {
        match read_content(&Url::parse(url).unwrap(), body.as_bytes()) {
            Content::Description { extension, .. } => Some(extension),
            Content::Index(_) | Content::Other => None,
        }
    }

    const PAGE: &str = "# A\n## OpenAPI\n````yaml GET /a\nopenapi: 3.0.0\npaths: {}\n````\n";

    #[test]
    fn a_description_is_recognised_by_its_text() {
        assert_eq!(extension_of("https://a.test/b.md", PAGE), Some("md"));
        assert_eq!(extension_of("https://a.test/b.mdx", PAGE), Some("mdx"));
        assert_eq!(extension_of("https://a.test/llms-full.txt", PAGE), Some("md"));
        assert_eq!(extension_of("https://a.test/b.json", "{\"openapi\": \"3.1.0\"}"), Some("json"));
        assert_eq!(extension_of("https://a.test/b", "{\"swagger\": \"2.0\"}"), Some("json"));
        assert_eq!(extension_of("https://a.test/b", "openapi: 3.1.0\n"), Some("yaml"));
    }

    #[test]
    fn other_texts_are_not_descriptions() {
        for (url, body) in [
            ("https://a.test/b.md", "# Guide\n```json\n{\"a\": 1}\n```\n"),
            ("https://a.test/b.json", "{\"name\": \"package\"}"),
            ("https://a.test/b.yaml", "<!DOCTYPE html><p>openapi: 3.0.0"),
            ("https://a.test/b.json", "{\"openapi\": "),
            ("https://a.test/b.md", ""),
        ] {
            assert_eq!(extension_of(url, body), None, "{body}");
        }
        let url = Url::parse("https://a.test/b").unwrap();
        assert_eq!(read_content(&url, b"\xff\xfe"), Content::Other);
    }
}
