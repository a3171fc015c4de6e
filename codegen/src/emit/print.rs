//! The one exit door: items → the text of a file.

use proc_macro2::TokenStream;

/// A piece of a file.
pub enum Piece {
    /// Items, printed by prettyplease.
    Items(TokenStream),
    /// A table for one of the runtime's macros, or another text that is laid out already.
    Table(String),
    /// A line that follows the piece before it without an empty line.
    Line(String),
}

/// The text of a file: header, inner documentation, pieces with an empty line between them.
///
/// # Errors
///
/// Items that are no Rust: a mistake of an emitter, told with the text it made.
pub fn file(header: &str, doc: &[String], pieces: Vec<Piece>) -> Result<String, String> {
    let mut out = format!("// {header}\n");
    if !doc.is_empty() {
        out.push('\n');
    }
    for line in doc {
        out.push_str(&doc_line("//!", line));
    }
    for piece in pieces {
        match piece {
            Piece::Items(tokens) => {
                let items = syn::parse2::<syn::File>(tokens.clone()).map_err(|error| {
                    format!("an emitter printed what is no Rust ({error}): {tokens}")
                })?;
                for item in items.items {
                    out.push('\n');
                    let one = syn::File {
                        shebang: None,
                        frontmatter: None,
                        attrs: Vec::new(),
                        items: vec![item],
                    };
                    out.push_str(&prettyplease::unparse(&one));
                }
            }
            Piece::Table(text) => {
                out.push('\n');
                out.push_str(&text);
            }
            Piece::Line(text) => out.push_str(&text),
        }
    }
    Ok(out)
}

/// Statements, a line each, as they stand in a function's body.
///
/// # Errors
///
/// Statements that are no Rust: a mistake of an emitter.
pub fn statements(code: TokenStream) -> Result<Vec<String>, String> {
    let function = quote::quote!(async fn example() { #code });
    let text = file("", &[], vec![Piece::Items(function)])?;
    let body = text.lines().skip_while(|line| !line.starts_with("async fn")).skip(1);
    let body = body.take_while(|line| *line != "}");
    Ok(body.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()).collect())
}

/// `/// text`, or `///` for an empty line.
fn doc_line(mark: &str, line: &str) -> String {
    if line.is_empty() { format!("{mark}\n") } else { format!("{mark} {line}\n") }
}

/// A string literal as Rust writes it.
pub fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}
