//! Finds the index of a site, and requests what it lists.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::content::{Content, read_content};
use super::download::{Description, Download, Outcome, Progress, read_outcome};
use super::links::{Link, LinkKind, extension};
use super::network::{Cache, Received, Validators};
use super::session::{GetError, NOT_FOUND, Reply, Session};
use crate::report::{Location, Problem, Report};

/// What a run received.
#[derive(Debug, Default)]
pub struct Fetched {
    /// The API descriptions that are new or may have changed, in the order of the index.
    pub descriptions: Vec<Description>,
    /// The addresses whose known descriptions are current.
    pub unchanged: Vec<Url>,
    /// The number of pages without a description.
    pub guides: usize,
    /// The problems: an error for each page without a response, a warning for each that is missing.
    pub report: Report,
}

/// How many indexes are read for a site: an `llms.txt` or a sitemap may list others.
const MAX_INDEXES: usize = 50;

/// How many pages that are not available are listed.
const MAX_WARNINGS: usize = 10;

/// Requests what the sites list. `known` has the validators of the descriptions that are on disk.
pub fn fetch(
    sites: &[Url],
    session: &Session<'_>,
    known: &BTreeMap<Url, Validators>,
    cache: &dyn Cache,
    progress: &mut dyn FnMut(Progress),
) -> Fetched {
    let download = Download { session, known, cache };
    let (outcomes, fetched) = (BTreeMap::new(), Fetched::default());
    let mut run = Run { download, outcomes, fetched, skipped: 0 };
    for site in sites {
        if let Err(problem) = run.fetch_site(site, progress) {
            run.fetched.report.push(problem);
        }
    }
    if let Some(hidden @ 1..) = run.skipped.checked_sub(MAX_WARNINGS) {
        let message = format!("{hidden} more pages that the index lists are not available");
        run.fetched.report.push(Problem::warning(Location::Run, message));
    }
    run.fetched
}

/// Requests one page or document that the user passed, and nothing else.
///
/// # Errors
///
/// Returns an error if it has no API description.
pub fn fetch_document(
    url: &Url,
    session: &Session<'_>,
    known: &BTreeMap<Url, Validators>,
) -> Result<Fetched, Problem> {
    let validators = known.get(url).cloned().unwrap_or_default();
    let error = |message: String| Problem::error(Location::File(url.to_string()), message);
    match session.get_named(url, &validators) {
        Ok(Reply::NotModified) => {
            Ok(Fetched { unchanged: vec![url.clone()], ..Fetched::default() })
        }
        Ok(Reply::Received(received)) => match read_outcome(url, received) {
            Outcome::Description(description) => {
                Ok(Fetched { descriptions: vec![description], ..Fetched::default() })
            }
            _ => Err(error("the address has no API description".to_owned())
                .help("to use a whole site, run `docwright fetch SITE --out DIR` and pass DIR")),
        },
        Err(GetError::Skipped(reason) | GetError::Failed(reason)) => {
            Err(error(format!("no response: {reason}")))
        }
    }
}

struct Run<'d> {
    download: Download<'d>,
    /// The addresses that have an outcome, and whether it is a description.
    outcomes: BTreeMap<Url, bool>,
    fetched: Fetched,
    /// The number of pages that are not available.
    skipped: usize,
}

impl Run<'_> {
    /// Tries the indexes that a site may have, until one leads to a description.
    fn fetch_site(
        &mut self,
        site: &Url,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), Problem> {
        let location = || Location::File(site.to_string());
        let mut reasons = Vec::new();
        let mut has_index = false;
        for candidate in candidates(site, self.download.session) {
            let received = match self.get_index(&candidate, site) {
                Ok(received) => received,
                Err(GetError::Skipped(reason)) => {
                    reasons.push((candidate, reason));
                    continue;
                }
                Err(GetError::Failed(reason)) => {
                    let message = format!("no response from `{candidate}`: {reason}");
                    return Err(Problem::error(location(), message).help("run the command again"));
                }
            };
            let links = match read_content(&received.url, &received.body) {
                Content::Description { text, extension } => {
                    let Received { url: target, validators, .. } = received;
                    let url = candidate;
                    self.add(Description { url, target, validators, text, extension });
                    return Ok(());
                }
                Content::Other => continue,
                content @ Content::Index(_) => content.into_links(),
            };
            has_index = true;
            if self.fetch_links(site, &candidate, links, progress) {
                return Ok(());
            }
        }
        let rejected = reasons.iter().find(|(_, reason)| reason != NOT_FOUND);
        let (message, help) = match (has_index, rejected) {
            (true, _) => (
                "no page of this site has an API description".to_owned(),
                "download the site's OpenAPI document, if it offers one",
            ),
            (false, Some((url, reason))) => (format!("cannot read `{url}`: {reason}"), INDEX_HELP),
            (false, None) => ("no index of pages found on this site".to_owned(), INDEX_HELP),
        };
        // Where pages have no response, that is the error.
        match self.fetched.report.has_errors() {
            true => Ok(()),
            false => Err(Problem::error(location(), message).help(help)),
        }
    }

    fn get_index(&self, candidate: &Url, site: &Url) -> Result<Received, GetError> {
        let session = self.download.session;
        let reply = match candidate == site {
            true => session.get_named(candidate, &Validators::default())?,
            false => session.get(candidate, &Validators::default())?,
        };
        match reply {
            Reply::Received(received) => Ok(received),
            Reply::NotModified => Err(GetError::Skipped("status 304".to_owned())),
        }
    }

    /// Requests the pages and documents behind links. Returns whether one has a description.
    fn fetch_links(
        &mut self,
        site: &Url,
        index: &Url,
        links: Vec<Link>,
        progress: &mut dyn FnMut(Progress),
    ) -> bool {
        let links = self.expand(index, links);
        let is_sitemap = extension(index).as_deref() == Some("xml");
        // A sitemap lists all pages of the host, an `llms.txt` those of the documentation.
        let scope = folder(site);
        let is_in_scope = |link: &&Link| !is_sitemap || link.url.path().starts_with(&scope);
        let in_scope = links.iter().filter(is_in_scope).collect();
        let (specifications, others): (Vec<&Link>, Vec<&Link>) = self
            .on_allowed_hosts(index, in_scope)
            .into_iter()
            .partition(|link| link.is_specification && link.kind == LinkKind::Document);
        // The whole document has everything that the pages have, and more.
        if self.request(&specifications, progress) {
            let pages = others.iter().filter(|link| link.kind == LinkKind::Page).count();
            let message = format!(
                "the index links an OpenAPI document, so its {pages} pages are not requested"
            );
            let note = Problem::note(Location::File(index.to_string()), message);
            self.fetched.report.push(note);
            return true;
        }
        self.request(&others, progress)
    }

    /// Removes the links that must not be requested, and reports their number.
    fn on_allowed_hosts<'l>(&mut self, index: &Url, links: Vec<&'l Link>) -> Vec<&'l Link> {
        let session = self.download.session;
        let (allowed, others): (Vec<_>, Vec<_>) =
            links.into_iter().partition(|link| session.check(&link.url).is_ok());
        if let Some(reason) = others.first().and_then(|link| session.check(&link.url).err()) {
            let message = format!("links to other hosts: {}; the first: {reason}", others.len());
            let location = Location::File(index.to_string());
            self.fetched.report.push(Problem::note(location, message));
        }
        allowed
    }

    /// Replaces links to indexes by the links of those indexes.
    fn expand(&mut self, index: &Url, links: Vec<Link>) -> Vec<Link> {
        let mut seen = BTreeSet::from([index.clone()]);
        let mut pending = links;
        pending.reverse();
        let mut expanded = Vec::new();
        let mut read = 0;
        while let Some(link) = pending.pop() {
            if !seen.insert(link.url.clone()) {
                continue;
            }
            if !link.is_index() {
                expanded.push(link);
                continue;
            }
            if read == MAX_INDEXES {
                let message = format!("only {MAX_INDEXES} indexes of a site are read");
                let location = Location::File(link.url.to_string());
                self.fetched.report.push(Problem::warning(location, message));
                continue;
            }
            read += 1;
            match self.download.session.get(&link.url, &Validators::default()) {
                Ok(Reply::Received(received)) => {
                    let mut links = read_content(&received.url, &received.body).into_links();
                    links.reverse();
                    pending.extend(links);
                }
                Ok(Reply::NotModified) => {}
                Err(GetError::Skipped(reason)) => self.skip(&link.url, &reason),
                Err(GetError::Failed(reason)) => self.fail(&link.url, &reason),
            }
        }
        expanded
    }

    /// Requests addresses that were not requested before. Returns whether one has a description.
    fn request(&mut self, links: &[&Link], progress: &mut dyn FnMut(Progress)) -> bool {
        let is_new = |url: &Url| !self.outcomes.contains_key(url);
        let pages: Vec<Url> = links.iter().map(|link| link.url.clone()).filter(is_new).collect();
        for (url, outcome) in self.download.request_pages(&pages, progress) {
            let has_description =
                matches!(outcome, Outcome::Description(_) | Outcome::Unchanged(_));
            self.outcomes.insert(url.clone(), has_description);
            match outcome {
                Outcome::Description(description) => self.add(description),
                Outcome::Unchanged(known) => self.fetched.unchanged.push(known),
                Outcome::Guide => self.fetched.guides += 1,
                Outcome::Skipped(reason) => self.skip(&url, &reason),
                Outcome::Failed(reason) => self.fail(&url, &reason),
            }
        }
        links.iter().any(|link| self.outcomes.get(&link.url) == Some(&true))
    }

    /// Adds a description, unless another address was redirected to the same one.
    fn add(&mut self, description: Description) {
        let target = &description.target;
        if !self.fetched.descriptions.iter().any(|other| other.target == *target) {
            self.fetched.descriptions.push(description);
        }
    }

    fn skip(&mut self, url: &Url, reason: &str) {
        self.skipped += 1;
        if self.skipped > MAX_WARNINGS {
            return;
        }
        let message = format!("the index lists this page, but it is not available: {reason}");
        let problem = Problem::warning(Location::File(url.to_string()), message);
        self.fetched.report.push(problem);
    }

    fn fail(&mut self, url: &Url, reason: &str) {
        let message = format!("no response: {reason}");
        self.fetched.report.push(Problem::error(Location::File(url.to_string()), message));
    }
}

const INDEX_HELP: &str =
    "pass the address of an `llms.txt`, a sitemap, a list of pages, or a document";

/// Returns the addresses where a site may have an index, in the order in which they are tried.
fn candidates(site: &Url, session: &Session<'_>) -> Vec<Url> {
    if is_file(site) {
        return vec![site.clone()];
    }
    let mut candidates = Vec::new();
    let mut add = |url: Url| {
        if !candidates.contains(&url) {
            candidates.push(url);
        }
    };
    let scope = folder(site);
    for name in ["llms.txt", "llms-full.txt"] {
        for folder in [scope.as_str(), "/"] {
            add(with_path(site, &format!("{folder}{name}")));
        }
    }
    session.sitemaps(site).into_iter().for_each(&mut add);
    add(with_path(site, &format!("{scope}sitemap.xml")));
    add(with_path(site, "/sitemap.xml"));
    add(site.clone());
    candidates
}

/// Returns whether an address is that of an index, a document or a page, and not of a site.
fn is_file(site: &Url) -> bool {
    matches!(
        extension(site).as_deref(),
        Some("txt" | "xml" | "md" | "mdx" | "yaml" | "yml" | "json")
    )
}

/// Returns the folder of a site: `/docs/` for `/docs` and `/docs/llms.txt`.
pub(super) fn folder(site: &Url) -> String {
    let path = site.path();
    let folder = match is_file(site) {
        true => path.rsplit_once('/').map_or("", |(folder, _)| folder),
        false => path.trim_end_matches('/'),
    };
    format!("{folder}/")
}

fn with_path(site: &Url, path: &str) -> Url {
    let mut url = site.clone();
    url.set_path(path);
    url.set_query(None);
    url
}
