//! `docwright check`: whether generated files are up to date.

use std::path::PathBuf;

use super::client::{self, Generated};
use super::config::ConfigFile;
use super::output_args::OutputArgs;
use super::{Console, DONE, FAILED, Failure, Format, disk, result, stale};

/// Checks whether the clients of a docwright.toml are up to date with their inputs.
///
/// Every generated file that is missing, changed or left over is listed. Your own parts of Cargo.toml,
/// such as its version, licence and dependencies, are not compared. No files are written.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Check {
    /// Folders with a docwright.toml [default: the current folder, or the nearest one above it that has
    /// one]
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  docwright check
  docwright check client --format json

Exit status: 0 if everything is up to date, 1 if not or if the input has errors, 2 if the command line is
invalid.";

impl Check {
    pub(super) fn run(&self, console: &mut Console<'_>) -> u8 {
        let progress = console.show_progress("checking", self.output.quiet);
        let generated = self.generate();
        drop(progress);
        let generated = match generated {
            Ok(generated) => generated,
            Err(failure) => return self.output.fail(console, &failure),
        };
        let is_stale = generated.iter().any(Generated::is_stale);
        if self.output.format == Format::Json {
            let json = result::to_json(&generated, "stale", &is_stale.into());
            console.print(&format!("{json:#}\n"));
        } else {
            self.output.print_reports(console, &generated);
            self.output.print(console, &describe(&generated));
        }
        if is_stale { FAILED } else { DONE }
    }

    fn generate(&self) -> Result<Vec<Generated>, Failure> {
        let clients = client::configured(ConfigFile::find(&self.folders)?)?;
        client::generate_all(&clients)
    }
}

fn describe(generated: &[Generated]) -> String {
    let mut text = String::new();
    for client in generated {
        for folder in client.compared_folders() {
            let dir = disk::display_path(&folder.dir);
            let old_and_new = |change: &_| folder.old_and_new_text(change);
            text.push_str(&stale::describe_changes(&dir, &folder.changes, old_and_new));
        }
        let folder = disk::display_path(&client.folder);
        let counts = stale::count_changes(client.compared_folders().flat_map(|it| &it.changes));
        text.push_str(&match client.is_stale() {
            true => format!("{folder} is out of date: {counts}\n"),
            false => format!("{folder} is up to date\n"),
        });
    }
    if generated.iter().any(Generated::is_stale) {
        text.push_str("run `docwright generate` and commit the result\n");
    }
    if generated.iter().any(|client| client.is_crate) {
        text.push_str("your own parts of Cargo.toml were not compared\n");
    }
    text
}
