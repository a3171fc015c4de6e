//! The layout of code that the other files do not handle, or that does not fit.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{File, Item, Stmt};

use super::shape::line_break;

/// Returns the text of an item.
pub fn item(item: &Item, indent: usize) -> String {
    indented(unparse(item.to_token_stream()).trim_end(), indent)
}

/// Returns the text of a statement.
pub fn statement(statement: &Stmt, indent: usize) -> String {
    let text = unparse(quote!(fn body() { #statement }));
    let lines = text.lines().skip(1).take_while(|line| *line != "}");
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    indented(&lines.join("\n"), indent)
}

fn unparse(item: TokenStream) -> String {
    // Tokens of a node parse.
    let text = item.to_string();
    syn::parse2::<File>(item).map_or(text, |file| prettyplease::unparse(&file))
}

fn indented(text: &str, indent: usize) -> String {
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push_str(if line.is_empty() { "\n" } else { "" });
        if !line.is_empty() {
            out.push_str(&line_break(indent));
            out.push_str(line);
        }
    }
    out
}
