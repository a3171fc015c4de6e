//! Formats items as the text of a source file.

use proc_macro2::TokenStream;

/// A fragment of a source file.
#[derive(Clone)]
pub enum Fragment {
    /// Items, formatted by prettyplease.
    Items(TokenStream),
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
                for item in items.items {
                    out.push('\n');
                    let file = syn::File {
                        shebang: None,
                        frontmatter: None,
                        attrs: Vec::new(),
                        items: vec![item],
                    };
                    out.push_str(&prettyplease::unparse(&file));
                }
            }
            Fragment::Table(text) => {
                out.push('\n');
                out.push_str(&text);
            }
        }
    }
    Ok(out)
}

/// Returns statements as the lines of a function's body.
///
/// # Errors
///
/// The statements do not parse: a bug in an emitter.
pub fn statement_lines(code: TokenStream) -> Result<Vec<String>, String> {
    let function = quote::quote!(async fn example() { #code });
    let text = source_file("", &[], vec![Fragment::Items(function)])?;
    let body = text.lines().skip_while(|line| !line.starts_with("async fn")).skip(1);
    let body = body.take_while(|line| *line != "}");
    Ok(body.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect())
}

/// Returns `/// line`, or `///` for an empty line.
fn doc_line(mark: &str, line: &str) -> String {
    if line.is_empty() { format!("{mark}\n") } else { format!("{mark} {line}\n") }
}

/// Returns `text` as a Rust string literal.
pub fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
