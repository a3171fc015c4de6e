//! `docwright fetch`: a documentation site → a folder of pages and documents.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::client::FolderChanges;
use super::config::ConfigFile;
use super::disk::{self, WriteCounts};
use super::fetch_folder::{FetchOptions, PageFolder, PreparedFolder};
use super::{Console, DONE, Failure, Format, count_noun, output_args, stale};
use crate::fetch::Progress;
use crate::source::{Sources, render};

/// Fetches the pages and documents of a documentation site that describe an API.
///
/// SITE is the address of a documentation site, of its llms.txt, llms-full.txt or sitemap, of a list of
/// pages, or of a page or document. Of a site, these indexes are tried in this order. Pages without an API
/// description, such as guides, are not written. If an llms.txt links an OpenAPI document, the pages are
/// not requested.
///
/// Only files that changed are written. DIR/sources.lock records where and when each was fetched: commit
/// it. Without SITE, the sites that it records are fetched again. Without --out, the `site` of each client
/// in a docwright.toml is fetched into the first folder of its `inputs`.
///
/// Requests are sent a few at a time, only over https and only to the host of SITE, as robots.txt allows.
/// If a page has no response, nothing is written, and the next run requests only the missing pages.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Fetch {
    /// Addresses; without --out, folders with a docwright.toml
    #[arg(value_name = "SITE")]
    sites: Vec<String>,
    /// The folder to write the pages to
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: FetchOptions,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Also print notes, such as links that were skipped
    #[arg(short = 'v', long, visible_alias = "verbose")]
    notes: bool,
    /// Print errors only
    #[arg(short, long, conflicts_with = "notes")]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  docwright fetch https://docs.acme.example --out pages
  docwright fetch --out pages --dry-run          # what changed since then
  docwright fetch https://docs.acme.example/llms.txt --host api.acme.example --out pages

Exit status: 0 if the pages were written, 1 if a site has no description or a page has no response (nothing
is written then), 2 if the command line is invalid.";

impl Fetch {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let folders = match self.folders() {
            Ok(folders) => folders,
            Err(failure) => return output_args::fail(console, self.format, &failure),
        };
        let output = FetchOutput { format: self.format, notes: self.notes, quiet: self.quiet };
        for (dir, sites) in folders {
            let status = run_fetch(&dir, &sites, &self.options, output, console);
            if status != DONE {
                return status;
            }
        }
        DONE
    }

    /// Returns the folders to fetch into, each with the sites that were passed or configured.
    fn folders(&self) -> Result<Vec<(PathBuf, Vec<String>)>, Failure> {
        if let Some(out) = &self.out {
            return Ok(vec![(out.clone(), self.sites.clone())]);
        }
        if let Some(address) = self.sites.iter().find(|site| !Path::new(site).exists()) {
            let message = format!("`{address}`: pass --out DIR to fetch a site");
            return Err(Failure::Usage(message));
        }
        let folders: Vec<PathBuf> = self.sites.iter().map(PathBuf::from).collect();
        let mut found = Vec::new();
        for config in ConfigFile::find(&folders)? {
            for client in config.config.clients {
                let (Some(site), Some(input)) = (client.site, client.inputs.first()) else {
                    continue;
                };
                found.push((disk::normalize(&config.root.join(input)), vec![site]));
            }
        }
        match found.is_empty() {
            true => Err(Failure::Usage("no client has a `site`: pass SITE and --out".to_owned())),
            false => Ok(found),
        }
    }
}

/// How the result of a fetch is printed.
#[derive(Debug, Clone, Copy)]
pub struct FetchOutput {
    /// The format.
    pub format: Format,
    /// Whether notes are printed.
    pub notes: bool,
    /// Whether only errors are printed.
    pub quiet: bool,
}

/// Fetches sites into a folder, prints the result, and returns the exit status. Without `sites`, those of
/// the last run are fetched.
pub fn run_fetch(
    dir: &Path,
    sites: &[String],
    options: &FetchOptions,
    output: FetchOutput,
    console: &mut Console<'_>,
) -> u8 {
    match fetch_into(dir, sites, options, output.quiet, console) {
        Ok((prepared, _)) if output.format == Format::Json => {
            console.print(&format!("{:#}\n", to_json(&prepared)));
            DONE
        }
        Ok((prepared, counts)) => {
            if !output.quiet {
                console.print_report(&Sources::default(), &prepared.report, output.notes);
                console.print(&describe(&prepared, counts));
            }
            DONE
        }
        Err(failure) => output_args::fail(console, output.format, &failure),
    }
}

/// Fetches sites into a folder. Returns the counts of files, unless it is a dry run.
pub(super) fn fetch_into(
    dir: &Path,
    sites: &[String],
    options: &FetchOptions,
    quiet: bool,
    console: &mut Console<'_>,
) -> Result<(PreparedFolder, Option<WriteCounts>), Failure> {
    if dir.exists() && !dir.is_dir() {
        return Err(super::input_args::path_error(dir, "not a folder; --out requires a folder"));
    }
    let folder = PageFolder::read(dir)?;
    let sites = folder.sites(sites)?;
    if sites.is_empty() {
        let message = format!("no SITE, and no sites recorded in {}", disk::display_path(dir));
        return Err(Failure::Usage(message));
    }
    let prepared = folder.fetch(&sites, options, &mut |progress| {
        if !quiet && is_reported(progress) {
            console.eprint(&format!("{} of {} pages\n", progress.done, progress.total));
        }
    })?;
    if options.dry_run {
        return Ok((prepared, None));
    }
    let counts = prepared.changes.write()?;
    folder.clear_cache();
    Ok((prepared, Some(counts)))
}

/// Returns whether progress is printed: about ten times for many pages.
fn is_reported(progress: Progress) -> bool {
    progress.total >= 50 && progress.done.is_multiple_of(progress.total / 10)
}

fn describe(prepared: &PreparedFolder, counts: Option<WriteCounts>) -> String {
    let FolderChanges { dir, changes, .. } = &prepared.changes;
    let dir = disk::display_path(dir);
    let fetched = &prepared.fetched;
    let pages = fetched.descriptions.len() + fetched.unchanged.len();
    let mut text = format!(
        "{} with an API description, {} without\n",
        count_noun(pages, "page"),
        count_noun(fetched.guides, "page")
    );
    match counts {
        None => text.push_str(&stale::describe_changes(&dir, changes, |change| {
            prepared.changes.old_and_new_text(change)
        })),
        Some(WriteCounts { written, removed }) => {
            let files = count_noun(written, "file");
            text.push_str(&format!("{files} written to {dir}, {removed} removed\n"));
        }
    }
    text
}

fn to_json(prepared: &PreparedFolder) -> serde_json::Value {
    let FolderChanges { dir, changes, .. } = &prepared.changes;
    let changes = changes
        .iter()
        .map(|change| json!({ "path": change.path, "change": stale::change_name(change.kind) }));
    json!({
        "folder": disk::display_path(dir),
        "descriptions": prepared.fetched.descriptions.len() + prepared.fetched.unchanged.len(),
        "guides": prepared.fetched.guides,
        "changes": changes.collect::<Vec<_>>(),
        "problems": render::to_json(&Sources::default(), &prepared.report),
    })
}
