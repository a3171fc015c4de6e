//! `cargo xtask` and `docwright` as a person meets them: arguments in; exit status, printed text and
//! files out. Nothing here looks into generated code.

mod folder;
mod generate;
mod inspect;
mod regen;

use std::ffi::OsString;

use docwright::cli::Console;

/// What a command gave.
#[derive(Debug)]
pub struct Ran {
    /// The exit status.
    pub status: u8,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs a command in this process.
pub fn run(command: impl FnOnce(&mut Console<'_>) -> u8) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = command(&mut Console { out: &mut out, err: &mut err, styled: false });
    let text = |bytes| String::from_utf8(bytes).expect("commands print UTF-8");
    Ran { status, out: text(out), err: text(err) }
}

/// A command's arguments, the program's name first.
pub fn arguments(program: &str, rest: &[&str]) -> Vec<OsString> {
    [program].iter().chain(rest).map(OsString::from).collect()
}

impl Ran {
    /// Fails, showing everything, if the exit status is another.
    pub fn exits(self, status: u8) -> Self {
        assert_eq!(self.status, status, "{self:#?}");
        self
    }

    /// Fails, showing everything, if standard output does not say this.
    pub fn says(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// Fails, showing everything, if standard error does not say this.
    pub fn warns(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} in {self:#?}");
        self
    }

    /// Fails, showing everything, if this is printed anywhere.
    pub fn is_silent_about(self, text: &str) -> Self {
        assert!(!self.out.contains(text) && !self.err.contains(text), "{text:?} in {self:#?}");
        self
    }
}
