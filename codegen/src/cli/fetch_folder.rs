//! Fetches a site into a folder: reads what is known of its files, and compares what was received with
//! them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use url::Url;

use super::client::FolderChanges;
use super::fetch_cache::DiskCache;
use super::inputs::{self, MANIFEST};
use super::{Failure, disk};
use crate::fetch::{
    self, Cache, Decision, Fetched, LOCK, Limits, Lock, NoCache, Policy, Progress, Session,
    Sources, Transport, Validators,
};
use crate::files::{Change, ChangeKind, Files};
use crate::report::{Location, Problem, Report};
use crate::{Input, Manifest};

/// How a site is fetched.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FetchOptions {
    /// Also request pages on this host, with an optional port; by default only those on the host of SITE
    #[arg(long = "host", value_name = "HOST")]
    pub hosts: Vec<String>,
    /// Allow hosts with private addresses. They are allowed anyway if SITE is a local address
    #[arg(long)]
    pub private: bool,
    /// Stop after this number of requests [default: 5000]
    #[arg(long, value_name = "NUMBER")]
    pub max_requests: Option<usize>,
    /// Stop after this number of minutes [default: 30]
    #[arg(long, value_name = "NUMBER")]
    pub max_minutes: Option<u64>,
    /// Remove the files of pages that the site no longer lists, or that have no description any more
    #[arg(long, conflicts_with = "partial")]
    pub prune: bool,
    /// Write what was received even if some pages have no response
    #[arg(long)]
    pub partial: bool,
    /// Request the pages, but write nothing; list the files that would be written or removed
    #[arg(long)]
    pub dry_run: bool,
    /// All limits. The options take precedence.
    #[arg(skip)]
    pub limits: Limits,
}

impl FetchOptions {
    fn limits(&self) -> Limits {
        let default = self.limits;
        Limits {
            requests: self.max_requests.unwrap_or(default.requests),
            duration: self
                .max_minutes
                .map_or(default.duration, |it| Duration::from_secs(it.saturating_mul(60))),
            ..default
        }
    }
}

/// A folder of pages, and what is known of its files.
#[derive(Debug)]
pub(super) struct PageFolder {
    dir: PathBuf,
    sources: Sources,
    /// The SHA-256 of each file when it was fetched.
    hashes: BTreeMap<String, String>,
}

/// What was received for a folder, compared with its files.
#[derive(Debug)]
pub(super) struct PreparedFolder {
    /// The files to write and to remove.
    pub changes: FolderChanges,
    /// The new contents of `sources.lock`.
    pub lock: Lock,
    /// What was received.
    pub fetched: Fetched,
    /// Warnings.
    pub report: Report,
}

impl PageFolder {
    /// Reads `sources.lock` and the sources that `vendor.toml` lists.
    pub fn read(dir: &Path) -> Result<Self, Failure> {
        let mut folder =
            Self { dir: dir.to_owned(), sources: Sources::default(), hashes: BTreeMap::new() };
        if let Some(manifest) = inputs::read_optional(&dir.join(MANIFEST))? {
            let text = String::from_utf8_lossy(&manifest.bytes);
            for source in Manifest::parse(&manifest.file, &text)?.sources {
                let url = source.url.as_deref().and_then(|url| Url::parse(url).ok());
                let Some(url) = url else { continue };
                folder.hashes.extend(source.sha256.map(|hash| (source.file.clone(), hash)));
                folder.sources.listed.insert(url, source.file);
            }
        }
        if let Some(lock) = inputs::read_optional(&dir.join(LOCK))? {
            folder.sources.lock =
                Lock::parse(&String::from_utf8_lossy(&lock.bytes)).map_err(|message| {
                    Report::from(Problem::error(Location::File(lock.file), message))
                })?;
        }
        let sources = &folder.sources.lock.sources;
        folder.hashes.extend(sources.iter().map(|it| (it.file.clone(), it.sha256.clone())));
        Ok(folder)
    }

    /// Returns the addresses to fetch: those that were passed, or else those of the last run.
    pub fn sites(&self, passed: &[String]) -> Result<Vec<Url>, Failure> {
        if passed.is_empty() {
            return Ok(self.sources.lock.sites.clone());
        }
        let sites = passed.iter().map(|site| {
            fetch::parse_site(site)
                .map_err(|message| Failure::Usage(format!("`{site}`: {message}")))
        });
        sites.collect()
    }

    /// Requests the pages of sites.
    pub fn fetch(
        &self,
        sites: &[Url],
        options: &FetchOptions,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<PreparedFolder, Failure> {
        let disk_cache = DiskCache::new(&self.dir);
        let cache: &dyn Cache = if options.dry_run { &NoCache } else { &disk_cache };
        let policy = Policy::new(sites, &options.hosts, options.private).map_err(Failure::Usage)?;
        let limits = options.limits();
        let transport = Transport::new(policy.clone(), limits.request_duration);
        let session = Session::new(&transport, &policy, limits);
        let known = self.known_validators();
        let mut fetched = fetch::fetch(sites, &session, &known, cache, progress);
        if fetched.report.has_errors() && !options.partial {
            let mut report = std::mem::take(&mut fetched.report);
            if disk_cache.exists() {
                let message = "nothing was written, and the pages that were received are kept";
                let help = "run the command again to request only the others, or pass `--partial`";
                report.push(Problem::note(Location::Run, message).help(help));
            }
            return Err(report.into());
        }
        demote_errors(&mut fetched.report);
        self.prepare(sites, fetched, options.prune)
    }

    /// Requests pages and documents. The other files of the folder stay.
    pub fn fetch_documents(&self, urls: &[Url]) -> Result<PreparedFolder, Failure> {
        let known = self.known_validators();
        let mut fetched = Fetched::default();
        for url in urls {
            let Fetched { descriptions, unchanged, .. } = request_document(url, &known)?;
            fetched.descriptions.extend(descriptions);
            fetched.unchanged.extend(unchanged);
        }
        let lock = &self.sources.lock;
        let others = lock.sources.iter().filter(|source| !urls.contains(&source.url));
        fetched.unchanged.extend(others.map(|source| source.url.clone()));
        let mut sites = lock.sites.clone();
        sites.extend(urls.iter().filter(|url| !lock.sites.contains(url)).cloned());
        self.prepare(&sites, fetched, false)
    }

    /// Compares what was received with the files of the folder.
    fn prepare(
        &self,
        sites: &[Url],
        mut fetched: Fetched,
        prune: bool,
    ) -> Result<PreparedFolder, Failure> {
        let now = SystemTime::now();
        let Decision { files, removed, lock, report: warnings } =
            fetch::decide(sites, &fetched, &self.sources, prune, now)?;
        let mut report = std::mem::take(&mut fetched.report);
        report.problems.extend(warnings.problems);
        let changes = self.find_changes(files, &removed)?;
        Ok(PreparedFolder { changes, lock, fetched, report })
    }

    /// Returns the changes to the files of the folder. Files that were edited, and those that were not
    /// fetched, are not replaced.
    fn find_changes(&self, files: Files, removed: &[String]) -> Result<FolderChanges, Report> {
        let mut report = Report::default();
        let mut existing = BTreeMap::new();
        for path in files.0.keys().chain(removed) {
            if let Some(link) = self.find_link(path) {
                let message = "files are not written through this link to another folder";
                report.push(Problem::error(disk::file_location(&link), message));
            } else if let Some(content) = disk::read_file(&self.dir, path)? {
                existing.insert(path.clone(), content);
            }
        }
        let mut changes = files.diff(&existing);
        changes
            .retain(|change| !matches!(change.kind, ChangeKind::LineEndings | ChangeKind::Stale));
        let stale = removed.iter().filter(|path| existing.contains_key(*path));
        changes.extend(stale.map(|path| Change { path: path.clone(), kind: ChangeKind::Stale }));
        for change in &changes {
            let Some(content) = existing.get(&change.path) else { continue };
            if change.path != LOCK && !self.is_as_fetched(&change.path, content) {
                let message = "this file was edited, or was not fetched from this site";
                let location = disk::file_location(&disk::join_path(&self.dir, &change.path));
                let help = "move or remove it; corrections of pages belong in overlay.yaml";
                report.push(Problem::error(location, message).help(help));
            }
        }
        match report.has_errors() {
            true => Err(report),
            false => Ok(FolderChanges { dir: self.dir.clone(), files, changes, existing }),
        }
    }

    /// Returns whether a file has the content that was fetched last, except for its line endings.
    fn is_as_fetched(&self, path: &str, content: &[u8]) -> bool {
        let Some(hash) = self.hashes.get(path) else { return false };
        let with_line_feeds = String::from_utf8_lossy(content).replace("\r\n", "\n");
        [content, with_line_feeds.as_bytes()]
            .iter()
            .any(|content| fetch::sha256(content).eq_ignore_ascii_case(hash))
    }

    /// Returns the first link among the folders of a path.
    fn find_link(&self, path: &str) -> Option<PathBuf> {
        let (folders, _) = path.rsplit_once('/')?;
        let mut folder = self.dir.clone();
        folders.split('/').find_map(|name| {
            folder.push(name);
            folder.is_symlink().then(|| folder.clone())
        })
    }

    /// Returns the validators of the files that are as they were fetched.
    fn known_validators(&self) -> BTreeMap<Url, Validators> {
        let sources = self.sources.lock.sources.iter().filter(|source| {
            let content = fs::read(disk::join_path(&self.dir, &source.file));
            content.is_ok_and(|content| self.is_as_fetched(&source.file, &content))
        });
        sources.map(|source| (source.url.clone(), source.validators.clone())).collect()
    }

    /// Removes the responses that an interrupted run kept.
    pub fn clear_cache(&self) {
        DiskCache::new(&self.dir).clear();
    }
}

/// Requests the page or document at an address.
pub(super) fn read_address(address: &str) -> Result<Input, Failure> {
    let url = fetch::parse_site(address)
        .map_err(|message| Failure::Usage(format!("`{address}`: {message}")))?;
    let fetched = request_document(&url, &BTreeMap::new())?;
    let text = fetched.descriptions.into_iter().next().map(|it| it.text).unwrap_or_default();
    Ok(Input { file: url.to_string(), bytes: text.into_bytes() })
}

fn request_document(url: &Url, known: &BTreeMap<Url, Validators>) -> Result<Fetched, Failure> {
    let policy = Policy::new(std::slice::from_ref(url), &[], false).map_err(Failure::Usage)?;
    let limits = Limits::default();
    let transport = Transport::new(policy.clone(), limits.request_duration);
    let session = Session::new(&transport, &policy, limits);
    fetch::fetch_document(url, &session, known).map_err(|problem| Report::from(problem).into())
}

/// Turns errors into warnings.
fn demote_errors(report: &mut Report) {
    for problem in &mut report.problems {
        if problem.severity == crate::report::Severity::Error {
            problem.severity = crate::report::Severity::Warning;
        }
    }
}
