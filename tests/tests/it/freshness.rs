//! `generated/` is up to date with `specs/`: `cargo xtask regen --check` as a test.

use docwright::cli::Failure;
use docwright::source::render::render;
use xtask::check;
use xtask::regen::Regen;

#[test]
fn generated_code_is_up_to_date() {
    match Regen::compute(&docwright_tests::root(), &[]) {
        Ok(regen) => {
            let warnings = render(&regen.folders, false);
            assert!(regen.is_fresh(), "\n{warnings}{}", check::describe(&regen));
        }
        Err(Failure::Problems(report)) => panic!("\n{}", render(&report, false)),
        Err(Failure::Usage(message)) => panic!("{message}"),
    }
}
