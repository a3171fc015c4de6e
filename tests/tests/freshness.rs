//! `generated/` is what `specs/` gives: `cargo xtask regen --check` as a test.

use docwright::cli::Failure;
use docwright::source::render::render;
use xtask::check;
use xtask::regen::Regen;

#[test]
fn generated_is_what_specs_gives() {
    match Regen::compute(&docwright_tests::root(), &[]) {
        Ok(regen) => {
            let warnings = render(&regen.folders, false);
            assert!(regen.is_fresh(), "\n{warnings}{}", check::describe(&regen));
        }
        Err(Failure::Problems(report)) => panic!("\n{}", render(&report, false)),
        Err(Failure::Usage(what)) => panic!("{what}"),
    }
}
