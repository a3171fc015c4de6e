//! The `docwright` binary. Its behaviour is tested through the library.

use std::process::Command;

#[test]
fn the_binary_returns_the_exit_status() {
    let status = |argument: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        command.arg(argument).output().expect("the binary runs").status.code()
    };
    assert_eq!(status("--version"), Some(0));
    assert_eq!(status("--nosuch"), Some(2));
}
