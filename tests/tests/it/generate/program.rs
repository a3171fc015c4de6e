//! The generated example that calls every operation, without the part that is the same in every
//! crate.

use std::path::Path;

use docwright::{CrateOptions, RuntimeDependency, Vendor, generate_crate};

use super::cases;

#[test]
fn the_example_calls_each_operation_with_its_sample() {
    let case = cases().into_iter().find(|case| case.file == "samples.yaml").expect("the case");
    let vendor = Vendor { name: "acme".to_owned(), inputs: vec![case], ..Vendor::default() };
    let runtime = RuntimeDependency::Version("1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: true };
    let output = generate_crate(&vendor, &options).expect("a crate");
    let program = &output.files.0["examples/call_everything.rs"];
    let (_, calls) =
        program.split_once("\n/// The operations.\n").expect("the heading of the operations");
    insta::with_settings!({
        prepend_module_to_snapshot => false,
        omit_expression => true,
        snapshot_path => Path::new("snapshots"),
    }, { insta::assert_snapshot!("call_everything", calls) });
}
