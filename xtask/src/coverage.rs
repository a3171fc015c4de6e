//! `cargo xtask coverage`: whether each keyword of the vendors' documents is generated.

use std::path::Path;

use docwright::cli::{Console, DONE, Failure, Format};
use docwright::{Output, coverage};

use crate::vendors::{self, Loaded};

/// Lists the keywords of specs/ that are not generated, each with its location and the reason.
///
/// A keyword is generated, ignored because a client does not need it, or not generated; `cargo
/// xtask regen` warns of the last kind. Nothing is written.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// List only these vendors
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// The output format
    #[arg(long, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    format: Format,
    /// Also list the keywords that are generated
    #[arg(long)]
    all: bool,
}

impl Arguments {
    /// Runs the task on the repository at `root`.
    pub(crate) fn run(&self, root: &Path, console: &mut Console<'_>) -> u8 {
        match self.generate(root) {
            Ok(output) => {
                console.print(&self.render(&output));
                DONE
            }
            Err(failure) => console.fail(&failure),
        }
    }

    fn generate(&self, root: &Path) -> Result<Output, Failure> {
        let names = vendors::names(root)?;
        let selected = vendors::select(&names, &self.vendors)?;
        let names =
            names.into_iter().filter(|name| selected.is_empty() || selected.contains(&name.module));
        let Loaded { vendors, .. } = vendors::load(root, &names.collect::<Vec<_>>())?;
        Ok(docwright::generate_workspace_crate(&vendors)?)
    }

    fn render(&self, output: &Output) -> String {
        let sources = &output.sources;
        if self.format == Format::Json {
            let by_vendor: serde_json::Map<_, _> = output
                .vendors
                .iter()
                .map(|v| (v.name.clone(), coverage::render_json(&v.coverage, sources, self.all)))
                .collect();
            return format!("{:#}\n", serde_json::Value::from(by_vendor));
        }
        let texts = output.vendors.iter().map(|vendor| {
            format!(
                "{}: {}",
                vendor.name,
                coverage::render_text(&vendor.coverage, sources, self.all)
            )
        });
        texts.collect()
    }
}
