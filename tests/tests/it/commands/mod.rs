//! `cargo xtask` and `docwright` as a user sees them: arguments in; exit status, output and files
//! out. The content of generated code is not tested here.

mod changes;
mod clients;
mod fetch;
mod fetch_faults;
mod fetch_sites;
mod folder;
mod generate;
mod input_files;
mod inspect;
mod regen;

use std::ffi::OsString;

use docwright::cli::Console;

/// The result of a command.
#[derive(Debug)]
pub struct CommandResult {
    /// The exit status.
    pub status: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs a command in this process.
pub fn run(command: impl FnOnce(&mut Console<'_>) -> u8) -> CommandResult {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = command(&mut Console::new(&mut out, &mut err));
    let text = |bytes| String::from_utf8(bytes).expect("commands print UTF-8");
    CommandResult { status, out: text(out), err: text(err) }
}

/// Runs `docwright` with these arguments.
pub fn docwright(rest: &[&str]) -> CommandResult {
    run(|console| docwright::cli::run(arguments("docwright", rest), console))
}

/// Returns the arguments of a command, starting with the program's name.
pub fn arguments(program: &str, rest: &[&str]) -> Vec<OsString> {
    [program].iter().chain(rest).map(OsString::from).collect()
}

impl CommandResult {
    /// Panics with the complete output if the exit status is a different one.
    pub fn exits(self, status: u8) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// Panics with the complete output if standard output does not contain this text.
    pub fn prints(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// Panics with the complete output if standard error does not contain this text.
    pub fn warns(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// Panics with the complete output if standard output or standard error contains this text.
    pub fn omits(self, text: &str) -> Self {
        assert!(!self.out.contains(text) && !self.err.contains(text), "{text:?} in {self:#?}");
        self
    }
}
