//! `cargo xtask account`: what became of every keyword of the vendors' descriptions.

use std::path::Path;

use docwright::cli::{Console, DONE, Failure, Format};
use docwright::{Output, coverage};

use crate::vendors::{self, Loaded};

/// Lists every keyword of specs/ that is not generated, with its location and the reason.
///
/// A keyword is generated, ignored because a client does without it, or not generated, which
/// `cargo xtask regen` warns of. Nothing is written.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only these vendors
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// List the keywords that are generated too
    #[arg(long)]
    all: bool,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        match self.output(root) {
            Ok(output) => {
                console.print(&self.print(&output));
                DONE
            }
            Err(failure) => console.fail(&failure),
        }
    }

    fn output(&self, root: &Path) -> Result<Output, Failure> {
        let names = vendors::names(root)?;
        let wanted = vendors::wanted(&names, &self.vendors)?;
        let chosen =
            names.into_iter().filter(|name| wanted.is_empty() || wanted.contains(&name.module));
        let Loaded { vendors, .. } = vendors::load(root, &chosen.collect::<Vec<_>>())?;
        Ok(docwright::generate_workspace_crate(&vendors)?)
    }

    fn print(&self, output: &Output) -> String {
        let sources = &output.report.sources;
        if self.format == Format::Json {
            let accounts: serde_json::Map<_, _> = output
                .vendors
                .iter()
                .map(|v| (v.name.clone(), coverage::json(&v.coverage, sources, self.all)))
                .collect();
            return format!("{:#}\n", serde_json::Value::from(accounts));
        }
        let texts = output.vendors.iter().map(|vendor| {
            format!("{}: {}", vendor.name, coverage::text(&vendor.coverage, sources, self.all))
        });
        texts.collect()
    }
}
