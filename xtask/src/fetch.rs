//! `cargo xtask fetch`: updates the pages of a vendor from its documentation site.

use std::path::Path;

use docwright::Manifest;
use docwright::cli::{Console, Failure, FetchOptions, FetchOutput, Format, disk, run_fetch};

use crate::vendors::{self, SPECS};

/// Fetches the pages of a vendor into specs/ from its documentation site.
///
/// The site is the one of the last run, which `sources.lock` records, or else `docs` of vendor.toml. Only
/// pages with an API description are written, and only those that changed. Run `cargo xtask regen` next.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The vendor's folder below specs/
    #[arg(value_name = "VENDOR")]
    vendor: String,
    /// Addresses to fetch instead of the vendor's site, such as that of its sitemap
    #[arg(value_name = "SITE")]
    sites: Vec<String>,
    #[command(flatten)]
    options: FetchOptions,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        let sites = match self.sites(root) {
            Ok(sites) => sites,
            Err(failure) => return console.fail(&failure),
        };
        let output = FetchOutput { format: Format::Human, notes: true, quiet: false };
        run_fetch(&root.join(SPECS).join(&self.vendor), &sites, &self.options, output, console)
    }

    /// Returns the addresses that were passed, or that of the vendor's documentation. It is empty if
    /// `sources.lock` records them.
    fn sites(&self, root: &Path) -> Result<Vec<String>, Failure> {
        let names = vendors::names(root)?;
        if !names.iter().any(|name| name.folder == self.vendor) {
            let known: Vec<_> = names.iter().map(|name| name.folder.as_str()).collect();
            let (vendor, known) = (&self.vendor, known.join(", "));
            let message = format!("unknown vendor `{vendor}`; the vendors of {SPECS}/ are {known}");
            return Err(Failure::Usage(message));
        }
        let folder = root.join(SPECS).join(&self.vendor);
        if !self.sites.is_empty() || disk::read_file(&folder, "sources.lock")?.is_some() {
            return Ok(self.sites.clone());
        }
        let shown = format!("{SPECS}/{}/vendor.toml", self.vendor);
        let text = disk::read_file(&folder, "vendor.toml")?.unwrap_or_default();
        let manifest = Manifest::parse(&shown, &String::from_utf8_lossy(&text))?;
        let missing = || Failure::Usage(format!("{shown} has no `docs`: pass SITE"));
        Ok(vec![manifest.docs.ok_or_else(missing)?])
    }
}
