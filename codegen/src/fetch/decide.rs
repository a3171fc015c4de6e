//! Decides which files are written and removed.

use std::collections::BTreeMap;
use std::time::SystemTime;

use url::Url;

use super::discover::Fetched;
use super::file_name::assign_files;
use super::lock::{FILE, Lock, Source, format_time, sha256};
use crate::Files;
use crate::report::{Location, Problem, Report};

/// What is known about the files of a folder.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The contents of `sources.lock`.
    pub lock: Lock,
    /// The files that `vendor.toml` lists with their addresses.
    pub listed: BTreeMap<Url, String>,
}

/// The files to write and to remove.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// The pages and documents that were received, and `sources.lock`.
    pub files: Files,
    /// The files to remove.
    pub removed: Vec<String>,
    /// The new contents of `sources.lock`.
    pub lock: Lock,
    /// Warnings about files that the site has no longer.
    pub report: Report,
}

/// Decides which files are written. Files whose page was not received stay, or, with `prune`, are removed.
///
/// # Errors
///
/// Returns an error if `sources.lock` cannot be printed.
pub fn decide(
    sites: &[Url],
    fetched: &Fetched,
    sources: &Sources,
    prune: bool,
    now: SystemTime,
) -> Result<Decision, Report> {
    let mut recorded = sources.listed.clone();
    recorded.extend(sources.lock.sources.iter().map(|it| (it.url.clone(), it.file.clone())));
    let new = fetched.descriptions.iter().map(|it| (&it.url, it.extension));
    let names = assign_files(sites, new, &recorded);
    let mut decision = Decision::default();
    decision.lock.sites = sites.to_vec();
    let mut current: Vec<Source> = Vec::new();
    for description in &fetched.descriptions {
        let Some(file) = names.get(&description.url) else { continue };
        let hash = sha256(description.text.as_bytes());
        let known = sources.lock.find(&description.url).filter(|known| known.sha256 == hash);
        // An equal version keeps its entry, so that only changes are committed.
        current.push(known.cloned().unwrap_or_else(|| Source {
            file: file.clone(),
            url: description.url.clone(),
            time: format_time(now),
            sha256: hash,
            validators: description.validators.clone(),
        }));
        decision.files.0.insert(file.clone(), description.text.clone());
    }
    for source in &sources.lock.sources {
        if current.iter().any(|other| other.url == source.url) {
            continue;
        }
        if fetched.unchanged.contains(&source.url) {
            current.push(source.clone());
        } else if prune {
            decision.removed.push(source.file.clone());
        } else {
            let message =
                "the site no longer lists the page of this file, or it has no description";
            let problem = Problem::warning(Location::File(source.file.clone()), message);
            decision.report.push(problem.help("pass `--prune` to remove such files"));
            current.push(source.clone());
        }
    }
    current.sort_by(|a, b| a.file.cmp(&b.file));
    decision.lock.sources = current;
    let text = decision.lock.to_toml().map_err(|message| {
        Report::from(Problem::error(Location::File(FILE.to_owned()), message))
    })?;
    decision.files.0.insert(FILE.to_owned(), text);
    Ok(decision)
}
