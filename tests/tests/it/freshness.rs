//! `generated/` is up to date with `specs/`: `cargo xtask regen --check` as a test.

use docwright::cli::Failure;
use docwright::source::render::render;
use xtask::regen::{Regen, check};

#[test]
fn generated_code_is_up_to_date() {
    match Regen::compute(&docwright_tests::root(), &[]) {
        Ok(regen) => {
            let warnings = render(&regen.output.sources, &regen.folders, false);
            assert!(regen.is_fresh(), "\n{warnings}{}", check::describe(&regen));
        }
        Err(Failure::Problems(diagnostics)) => panic!("\n{}", diagnostics.render(false)),
        Err(Failure::Usage(message)) => panic!("{message}"),
    }
}
