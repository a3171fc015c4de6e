//! The layout of generated Rust: that of rustfmt with its default settings.
//!
//! rustfmt is not a library, and need not be installed where a client is generated. The methods of
//! [`Formatter`] follow its rules for the code that the emitters generate: each returns the text of
//! a node in the space that a [`Shape`] describes, or `None` where it does not fit. Other code, and
//! code that does not fit anywhere, such as a long string, is formatted by prettyplease; rustfmt does
//! not change what does not fit. A test compares the result with that of rustfmt.

mod block;
mod chain;
mod control;
mod expr;
mod fallback;
mod item;
mod list;
mod one_line;
mod shape;
mod signature;

use std::cell::RefCell;
use std::collections::BTreeMap;

pub use list::fill;
pub use shape::{Shape, TAB};

/// Formats items, statements and expressions.
#[derive(Default)]
pub struct Formatter {
    /// The results for expressions, by their address and the space: each level of an expression is
    /// formatted in several shapes, which would take exponential time.
    formatted: RefCell<BTreeMap<(usize, Shape), Option<String>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that rustfmt's text of items is also that of the formatter.
    #[track_caller]
    fn unchanged(code: &str) {
        let file: syn::File = syn::parse_str(code).unwrap();
        let formatter = Formatter::default();
        let texts = file.items.iter().map(|item| formatter.item_or_fallback(item, 0) + "\n");
        let text: Vec<String> = texts.collect();
        assert_eq!(text.join("\n"), code);
    }

    #[test]
    fn the_layout_is_that_of_rustfmt() {
        unchanged(include_str!("rustfmt.txt"));
    }
}
