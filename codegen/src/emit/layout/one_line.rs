//! The text of tokens that stay on one line: types, patterns, paths, attributes.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns the text of a node on one line.
pub fn one_line(node: &impl ToTokens) -> String {
    let mut printer = Printer::default();
    printer.tokens(node.to_token_stream());
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    /// Whether a word that follows is separated from what has been printed.
    after_word: bool,
    /// Whether whatever follows is separated from what has been printed.
    space: bool,
}

impl Printer {
    fn tokens(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => self.word(&ident.to_string()),
                TokenTree::Literal(literal) => self.word(&literal.to_string()),
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
                    self.word(&format!("'{name}"));
                    // `&'a [u8]`
                    self.space = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                }
                TokenTree::Punct(punct) => {
                    let mut operator = punct.as_char().to_string();
                    if punct.spacing() == Spacing::Joint
                        && let Some(TokenTree::Punct(next)) = tokens.peek()
                        && let pair = format!("{operator}{}", next.as_char())
                        && ["::", "->", "=>", "..", "==", "&&", "||"].contains(&pair.as_str())
                    {
                        operator = pair;
                        tokens.next();
                    }
                    self.operator(&operator);
                }
            }
        }
    }

    fn word(&mut self, word: &str) {
        if self.after_word {
            self.space = true;
        }
        self.push(word);
        self.after_word = true;
    }

    fn operator(&mut self, operator: &str) {
        match operator {
            "," | ":" | ";" => {
                self.space = false;
                self.push(operator);
                self.space = true;
            }
            "=" | "+" | "->" | "=>" | "|" | "==" => {
                self.space = true;
                self.push(operator);
                self.space = true;
            }
            _ => self.push(operator),
        }
        self.after_word = operator == ">";
    }

    fn group(&mut self, delimiter: Delimiter, tokens: TokenStream) {
        let is_empty = tokens.is_empty();
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::None => ("", ""),
        };
        let is_brace = delimiter == Delimiter::Brace;
        self.space |= is_brace && self.after_word;
        self.push(open);
        self.after_word = false;
        self.space = is_brace && !is_empty;
        self.tokens(tokens);
        self.space = is_brace && !is_empty;
        self.push(close);
        self.after_word = true;
    }

    fn push(&mut self, text: &str) {
        if self.space && !text.is_empty() {
            self.out.push(' ');
            self.space = false;
        }
        self.out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn unchanged(code: &str) {
        let tokens: TokenStream = code.parse().unwrap();
        assert_eq!(one_line(&tokens), code);
    }

    #[test]
    fn tokens_are_spaced_as_in_types_patterns_and_attributes() {
        unchanged("runtime::Map<Vec<Option<&'a [types::Order]>>>");
        unchanged("impl Into<runtime::Patch<String>> + 'static");
        unchanged("&'static [(&str, fn(&Client, bool) -> Box<dyn Future>)]");
        unchanged("Self::Region { name, .. }");
        unchanged("derive(Debug, Clone)");
        unchanged("expect(clippy::too_many_arguments, reason = \"the API requires them\")");
        unchanged("pub(in super::super)");
        unchanged("<'a, T: Clone>");
        unchanged("Into::<runtime::Secret>::into");
    }
}
