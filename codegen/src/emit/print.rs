//! Formats items as the text of a source file.

use proc_macro2::TokenStream;
use syn::{Block, Item};

use super::layout::Formatter;

/// A fragment of a source file.
#[derive(Clone)]
pub enum Fragment {
    /// Items.
    Items(TokenStream),
    /// Items as text, which is formatted like the others.
    Code(String),
    /// A table for one of the runtime's macros, or other text that is already formatted.
    Table(String),
}

/// Returns the text of a file: the header, the module documentation, and the fragments separated by
/// empty lines.
///
/// # Errors
///
/// The tokens of an emitter do not parse: a bug. The message contains the tokens.
pub fn source_file(
    header: &str,
    doc: &[String],
    fragments: Vec<Fragment>,
) -> Result<String, String> {
    let mut out = format!("// {header}\n");
    if !doc.is_empty() {
        out.push('\n');
    }
    for line in doc {
        out.push_str(&doc_line("//!", line));
    }
    for fragment in fragments {
        match fragment {
            Fragment::Items(tokens) => {
                let items = syn::parse2::<syn::File>(tokens.clone()).map_err(|error| {
                    format!("generated tokens do not parse ({error}): {tokens}")
                })?;
                push_items(&mut out, &items.items);
            }
            Fragment::Code(code) => {
                let items = syn::parse_str::<syn::File>(&code)
                    .map_err(|error| format!("generated code does not parse ({error}): {code}"))?;
                push_items(&mut out, &items.items);
            }
            Fragment::Table(text) => {
                out.push('\n');
                out.push_str(&text);
            }
        }
    }
    Ok(out)
}

/// Adds items, each after an empty line.
fn push_items(out: &mut String, items: &[Item]) {
    let formatter = Formatter::default();
    for item in items {
        out.push('\n');
        out.push_str(&formatter.item_or_fallback(item, 0));
        out.push('\n');
    }
}

/// Returns statements as the lines of a function's body.
///
/// # Errors
///
/// The statements do not parse: a bug in an emitter.
pub fn statement_lines(code: &TokenStream) -> Result<Vec<String>, String> {
    let block = syn::parse2::<Block>(quote::quote!({ #code }))
        .map_err(|error| format!("generated tokens do not parse ({error}): {code}"))?;
    let statements = Formatter::default().statements(&block.stmts, 0);
    Ok(statements.iter().flat_map(|text| text.lines()).map(str::to_owned).collect())
}

/// Returns the last part of an import of the names that are used: `Client`, `{Client, types}`.
pub fn import_list(names: &[(&str, bool)]) -> String {
    let used: Vec<&str> =
        names.iter().filter(|(_, is_used)| *is_used).map(|(name, _)| *name).collect();
    match used.as_slice() {
        [one] => (*one).to_owned(),
        _ => format!("{{{}}}", used.join(", ")),
    }
}

/// Returns `/// line`, or `///` for an empty line.
fn doc_line(mark: &str, line: &str) -> String {
    if line.is_empty() { format!("{mark}\n") } else { format!("{mark} {line}\n") }
}

/// Returns `text` as a Rust string literal.
pub fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
