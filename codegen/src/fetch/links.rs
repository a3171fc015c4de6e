//! Reads the addresses in an index: `llms.txt`, a sitemap or a list.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use url::Url;

/// An address in an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The address.
    pub url: Url,
    /// What the address names, judging by its path.
    pub kind: LinkKind,
    /// Whether it is in a section about OpenAPI documents.
    pub is_specification: bool,
}

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// Another `llms.txt`.
    Index,
    /// A sitemap.
    Sitemap,
    /// A YAML or JSON file.
    Document,
    /// A page.
    Page,
}

/// The maximum number of addresses in an index.
const MAX_LINKS: usize = 20_000;

/// Returns the links of an `llms.txt`, or of a text with one address per line, without duplicates.
pub(super) fn read_index(base: &Url, text: &str) -> Vec<Link> {
    let mut links = Links::default();
    let mut heading: Option<String> = None;
    let mut section = String::new();
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => section = heading.take().unwrap_or_default(),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_specification = section.to_ascii_lowercase().contains("openapi");
                links.push(base, &dest_url, is_specification);
            }
            _ => {}
        }
    }
    if links.links.is_empty() {
        let is_address = |line: &&str| line.starts_with("https://") || line.starts_with("http://");
        for line in text.lines().map(str::trim).filter(is_address) {
            links.push(base, line, false);
        }
    }
    links.links
}

/// Links without duplicates.
#[derive(Default)]
struct Links {
    links: Vec<Link>,
    seen: BTreeSet<Url>,
}

impl Links {
    fn push(&mut self, base: &Url, address: &str, is_specification: bool) {
        let link = base.join(address).ok().and_then(|url| to_link(url, is_specification));
        let is_new =
            |link: &Link| self.links.len() < MAX_LINKS && self.seen.insert(link.url.clone());
        self.links.extend(link.filter(is_new));
    }
}

fn to_link(mut url: Url, is_specification: bool) -> Option<Link> {
    url.set_fragment(None);
    if !matches!(url.scheme(), "https" | "http") {
        return None;
    }
    let kind = match (file(&url), extension(&url).as_deref()) {
        ("llms.txt", _) => LinkKind::Index,
        (_, Some("xml")) => LinkKind::Sitemap,
        (_, Some("yaml" | "yml" | "json")) => LinkKind::Document,
        (_, None | Some("md" | "mdx" | "html" | "htm")) => LinkKind::Page,
        (_, Some(_)) => return None,
    };
    Some(Link { url, kind, is_specification })
}

/// Returns the last part of the path of an address.
fn file(url: &Url) -> &str {
    url.path().rsplit('/').next().unwrap_or_default()
}

/// Returns the extension of the path of an address: letters after the last period.
pub(super) fn extension(url: &Url) -> Option<String> {
    let (name, extension) = file(url).rsplit_once('.')?;
    let is_extension = extension.len() <= 5 && extension.chars().all(|c| c.is_ascii_alphabetic());
    (is_extension && !name.is_empty() && !extension.is_empty())
        .then(|| extension.to_ascii_lowercase())
}

/// Returns the addresses to request for a page, in order: platforms serve the Markdown text of a page at
/// its address with `.md` appended.
pub(super) fn markdown_addresses(page: &Url) -> Vec<Url> {
    let path = page.path().trim_end_matches('/');
    let path = match extension(page).as_deref() {
        Some("md" | "mdx" | "yaml" | "yml" | "json" | "txt") => return vec![page.clone()],
        Some(extension) => path.get(..path.len().saturating_sub(extension.len() + 1)),
        None => Some(path),
    };
    let Some(path) = path.filter(|path| !path.is_empty()) else { return vec![page.clone()] };
    let mut markdown = page.clone();
    markdown.set_path(&format!("{path}.md"));
    vec![markdown, page.clone()]
}

/// Returns the addresses in a sitemap (sitemaps.org), of pages and of other sitemaps. `None` if the text is
/// not a sitemap.
pub(super) fn read_sitemap(base: &Url, text: &str) -> Option<Vec<Link>> {
    let kind = match (text.contains("<urlset"), text.contains("<sitemapindex")) {
        (true, _) => LinkKind::Page,
        (false, true) => LinkKind::Sitemap,
        (false, false) => return None,
    };
    let mut links = Vec::new();
    let mut seen = BTreeSet::new();
    for part in text.split("<loc>").skip(1).take(MAX_LINKS) {
        let address = part.split("</loc>").next().unwrap_or_default().trim();
        let address = address.strip_prefix("<![CDATA[").unwrap_or(address);
        let address = unescape(address.strip_suffix("]]>").unwrap_or(address));
        let Ok(mut url) = base.join(address.trim()) else { continue };
        url.set_fragment(None);
        if seen.insert(url.clone()) {
            links.push(Link { url, kind, is_specification: false });
        }
    }
    Some(links)
}

fn unescape(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, LinkKind, bool)> {
        let base = Url::parse("https://docs.acme.test/guides/llms.txt").unwrap();
        let links = read_index(&base, text).into_iter();
        links.map(|link| (link.url.to_string(), link.kind, link.is_specification)).collect()
    }

    #[test]
    fn an_index_lists_pages_documents_and_other_indexes() {
        let text = "\
# Acme
> Index: [llms](llms.txt)
## Docs
- Orders > Create [Create](https://docs.acme.test/orders/create.md): text
- [Same](/orders/create.md#x)
- [Picture](a.png), [mail](mailto:a@b.test)
- [Page](v1.2)
## OpenAPI Specs
- [openapi](/openapi.json)
";
        let expected = [
            ("https://docs.acme.test/guides/llms.txt", LinkKind::Index, false),
            ("https://docs.acme.test/orders/create.md", LinkKind::Page, false),
            ("https://docs.acme.test/guides/v1.2", LinkKind::Page, false),
            ("https://docs.acme.test/openapi.json", LinkKind::Document, true),
        ];
        assert_eq!(read(text), expected.map(|(url, kind, is)| (url.to_owned(), kind, is)));
    }

    #[test]
    fn a_list_has_an_address_per_line() {
        let found =
            read("https://a.test/b\n\n# comment\n  https://a.test/c.yaml \nnot an address\n");
        let expected =
            [("https://a.test/b", LinkKind::Page), ("https://a.test/c.yaml", LinkKind::Document)];
        assert_eq!(found, expected.map(|(url, kind)| (url.to_owned(), kind, false)));
    }

    #[test]
    fn a_sitemap_lists_pages_or_sitemaps() {
        let base = Url::parse("https://a.test/sitemap.xml").unwrap();
        let text =
            "<?xml version='1.0'?><urlset><url><loc> https://a.test/b?x=1&amp;y=2 </loc></url>
            <url><loc><![CDATA[/c]]></loc></url><url><loc>/c</loc></url><url><loc>broken";
        let found = read_sitemap(&base, text).unwrap();
        let urls: Vec<&str> = found.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(urls, ["https://a.test/b?x=1&y=2", "https://a.test/c", "https://a.test/broken"]);
        let index = "<sitemapindex><sitemap><loc>/d.xml</loc></sitemap></sitemapindex>";
        assert_eq!(read_sitemap(&base, index).unwrap()[0].kind, LinkKind::Sitemap);
        assert_eq!(read_sitemap(&base, "# Page"), None);
    }

    #[test]
    fn the_markdown_of_a_page_is_beside_it() {
        let addresses = |url: &str| {
            let found = markdown_addresses(&Url::parse(url).unwrap());
            found.into_iter().map(|url| url.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(addresses("https://a.test/b/"), ["https://a.test/b.md", "https://a.test/b/"]);
        assert_eq!(
            addresses("https://a.test/b.html"),
            ["https://a.test/b.md", "https://a.test/b.html"]
        );
        assert_eq!(
            addresses("https://a.test/v1.2"),
            ["https://a.test/v1.2.md", "https://a.test/v1.2"]
        );
        assert_eq!(addresses("https://a.test/b.mdx"), ["https://a.test/b.mdx"]);
        assert_eq!(addresses("https://a.test/"), ["https://a.test/"]);
    }
}
