//! `docwright init`: writes a configuration with comments.

use std::path::{Path, PathBuf};

use super::config::CONFIG;
use super::disk;
use super::input_args::path_error;
use super::{Console, DONE, Failure};
use super::{address, client};
use crate::Files;

/// Writes a docwright.toml with comments.
///
/// Then run `docwright generate DIR`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Init {
    /// The folder of the client
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Pages, documents, or folders of them; or the address of a documentation site, which is fetched into
    /// DIR/pages
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  docwright init client openapi.yaml && docwright generate client
  docwright init client https://docs.acme.example && docwright generate client

Exit status: 0 if the file was written, 1 if it cannot be written, 2 if the command line is invalid or the
folder already has a docwright.toml.";

impl Init {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        match self.write(console) {
            Ok(()) => {
                let folder = disk::display_path(&self.folder);
                console.print(&format!("next: run `docwright generate {folder}`\n"));
                DONE
            }
            Err(failure) => console.fail(&failure),
        }
    }

    fn write(&self, console: &mut Console<'_>) -> Result<(), Failure> {
        if self.folder.join(CONFIG).exists() {
            return Err(path_error(&self.folder, "the folder already has a docwright.toml"));
        }
        let (sites, mut files): (Vec<PathBuf>, Vec<PathBuf>) =
            self.files.iter().cloned().partition(|file| address::is_address(file));
        if let Some(missing) = files.iter().find(|file| !file.exists()) {
            return Err(path_error(missing, "no such file or folder"));
        }
        let site = match sites.as_slice() {
            [] => None,
            [site] => Some(site.to_string_lossy().into_owned()),
            [_, second, ..] => return Err(path_error(second, "pass one site only")),
        };
        if let Some(site) = &site {
            let pages = self.folder.join("pages");
            address::fetch_site(site, &pages, console)?;
            // The first input is the folder of the site.
            files.insert(0, pages);
        }
        let text = template(&self.folder, &files, site.as_deref());
        let files = Files([(CONFIG.to_owned(), text)].into_iter().collect());
        client::find_file_changes(&self.folder, files)?.write()?;
        Ok(())
    }
}

fn template(folder: &Path, files: &[PathBuf], site: Option<&str>) -> String {
    let files = files.iter().map(|file| toml::Value::from(disk::relative_path(folder, file)));
    let inputs = toml::Value::Array(files.collect());
    let name = toml::Value::from(client::default_name(folder));
    let site = match site {
        Some(site) => format!("site = {}", toml::Value::from(site)),
        None => "# site = \"https://docs.acme.example\"".to_owned(),
    };
    format!(
        r#"# The clients that `docwright generate` writes and `docwright check` compares. Paths are relative to
# this file. Facts about an API, such as pagination and signatures, are in vendor.toml.

[[client]]
# Pages (.md, .mdx), documents and their overlays (.yaml, .yml, .json), or folders of them.
inputs = {inputs}
# The documentation site that `docwright fetch` updates the first of these folders from.
{site}
# The folder of the crate. Without it, a build script generates the client, as the module `name`.
out = "."
# The name of the package.
name = {name}
# A vendor.toml. That of a folder among the inputs is found without it.
# manifest = "vendor.toml"
# Where the crate takes its runtime from: "vendored" writes it to ../docwright-runtime, "vendored=DIR" to
# another folder; "registry", "git", "git=URL#REVISION" and "path=DIR" use an existing one.
# runtime = "vendored"
# Whether to generate a program that calls every operation.
# example = true
# Only these operations, and all but these: "GET /pets", a path such as "/pets/*", a tag, an operation id.
# only = []
# exclude = []
# Whether documents that have no server in common become one client.
# merge_unrelated = true

# Keys for [package] and [dependencies] of the crate. What you write in its Cargo.toml stays as well.
# [client.package]
# license = "MIT"
# [client.dependencies]
# anyhow = "1"
"#
    )
}
