//! Reads generated code: its types, its functions and the tables beside them.

use std::collections::{BTreeMap, BTreeSet};

use docwright::Files;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Expr, Fields, FnArg, ImplItem, Item, ItemFn, ReturnType, Signature, Type};

/// Generated code.
#[derive(Debug, Default)]
pub struct Code {
    /// Its structs and enums, by name.
    pub types: BTreeMap<String, TypeCode>,
    /// Its functions, methods included.
    pub functions: Vec<FunctionCode>,
    /// The request types, with the tokens of their responses: `json types::Order, Error`.
    pub requests: BTreeMap<String, Tokens>,
    /// The statics of the operations that send a patch.
    pub patch_statics: BTreeSet<String>,
}

/// A struct or enum.
#[derive(Debug, Default)]
pub struct TypeCode {
    /// The name of the macro that reads and writes it, such as `record`; empty if it has none.
    pub table_macro: String,
    /// The content of that table, without the name of the type.
    pub table: Tokens,
    /// Whether `Debug` redacts a field, as a table.
    pub redactions: Tokens,
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// The fields of a struct, or the variants of an enum with their content.
    pub fields: Vec<FieldCode>,
    /// Whether it is a struct.
    pub is_struct: bool,
}

/// A field or variant.
#[derive(Debug)]
pub struct FieldCode {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Tokens,
    /// The lines of its documentation.
    pub docs: Vec<String>,
}

/// A function.
#[derive(Debug)]
pub struct FunctionCode {
    /// The type that it is a method of; empty for a free function.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// The lines of its documentation.
    pub docs: Vec<String>,
    /// The names and types of its arguments, without `self`.
    pub arguments: Vec<(String, Tokens)>,
    /// Its return type.
    pub output: Tokens,
    /// Its body.
    pub body: Tokens,
}

/// Tokens without their spaces.
pub type Tokens = Vec<String>;

impl TypeCode {
    /// Returns whether it is a type of the API: one that is read from or written to JSON.
    pub fn is_data(&self) -> bool {
        ["record", "open_enum", "union"].contains(&self.table_macro.as_str())
    }

    /// Returns whether it is an enum that allows one value only.
    pub fn is_constant(&self) -> bool {
        let is_open = self.table.last().is_some_and(|token| token == "any");
        let rows = self.table.iter().filter(|token| *token == "=").count();
        self.table_macro == "open_enum" && rows == 1 && !is_open
    }

    /// Returns whether it is a struct without fields.
    pub fn is_empty_struct(&self) -> bool {
        self.is_data() && self.is_struct && self.fields.is_empty()
    }
}

impl Code {
    /// Reads every Rust file of a crate's `src` but its mock server, which repeats the API.
    ///
    /// # Errors
    ///
    /// Returns the error of a file that does not parse.
    pub fn read(files: &Files) -> Result<Self, String> {
        let mut code = Self::default();
        let mut tables = Vec::new();
        for (path, text) in files.0.iter().filter(|(path, _)| is_source(path)) {
            if path.split(['/', '.']).any(|part| part == "mock") {
                continue;
            }
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            for item in file.items {
                code.read_item(item, &mut tables);
            }
        }
        for (name, content) in tables {
            code.read_table(&name, content);
        }
        Ok(code)
    }

    fn read_item(&mut self, item: Item, tables: &mut Vec<(String, Tokens)>) {
        match item {
            Item::Struct(item) => {
                let fields = named_fields(&item.fields);
                let docs = doc_lines(&item.attrs);
                let code = TypeCode { fields, docs, is_struct: true, ..TypeCode::default() };
                self.types.insert(item.ident.to_string(), code);
            }
            Item::Enum(item) => {
                let variants = item.variants.iter().map(|variant| FieldCode {
                    name: variant.ident.to_string(),
                    ty: tokens(variant.fields.to_token_stream()),
                    docs: doc_lines(&variant.attrs),
                });
                let (fields, docs) = (variants.collect(), doc_lines(&item.attrs));
                let code = TypeCode { fields, docs, ..TypeCode::default() };
                self.types.insert(item.ident.to_string(), code);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let owner = type_name(&item.self_ty);
                for item in item.items {
                    if let ImplItem::Fn(function) = item {
                        let body = tokens(function.block.to_token_stream());
                        let docs = doc_lines(&function.attrs);
                        self.functions.push(function_code(&owner, &function.sig, docs, body));
                    }
                }
            }
            Item::Fn(ItemFn { sig, block, attrs, .. }) => {
                let body = tokens(block.to_token_stream());
                self.functions.push(function_code("", &sig, doc_lines(&attrs), body));
            }
            Item::Static(item) => {
                let text = tokens(item.expr.to_token_stream());
                let is_method = |pair: &[String]| pair == [":", "Patch"];
                let is_patch = text.windows(2).any(is_method)
                    || text.iter().any(|token| token.contains("merge-patch+json"));
                if is_patch {
                    self.patch_statics.insert(item.ident.to_string());
                }
            }
            Item::Macro(item) => {
                let name = item.mac.path.segments.last().map(|it| it.ident.to_string());
                tables.push((name.unwrap_or_default(), tokens(item.mac.tokens)));
            }
            _ => {}
        }
    }

    fn read_table(&mut self, table_macro: &str, mut content: Tokens) {
        if content.is_empty() {
            return;
        }
        let name = content.remove(0);
        match table_macro {
            "record" | "open_enum" | "union" | "responses" => {
                let code = self.types.entry(name).or_default();
                code.table_macro = table_macro.to_owned();
                code.table = content;
            }
            "redacted_debug" => self.types.entry(name).or_default().redactions = content,
            "request" => drop(self.requests.insert(name, content)),
            _ => {}
        }
    }
}

/// Returns whether a path of a crate is one of its Rust files.
pub fn is_source(path: &str) -> bool {
    path.starts_with("src/") && path.ends_with(".rs")
}

fn function_code(
    owner: &str,
    signature: &Signature,
    docs: Vec<String>,
    body: Tokens,
) -> FunctionCode {
    let arguments = signature.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some((
            argument.pat.to_token_stream().to_string(),
            tokens(argument.ty.to_token_stream()),
        )),
        FnArg::Receiver(_) => None,
    });
    let output = match &signature.output {
        ReturnType::Type(_, ty) => tokens(ty.to_token_stream()),
        ReturnType::Default => Tokens::new(),
    };
    FunctionCode {
        owner: owner.to_owned(),
        name: signature.ident.to_string(),
        docs,
        arguments: arguments.collect(),
        output,
        body,
    }
}

fn named_fields(fields: &Fields) -> Vec<FieldCode> {
    let field = |field: &syn::Field| FieldCode {
        name: field.ident.as_ref().map(ToString::to_string).unwrap_or_default(),
        ty: tokens(field.ty.to_token_stream()),
        docs: doc_lines(&field.attrs),
    };
    fields.iter().map(field).collect()
}

fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|it| it.ident.to_string()),
        _ => None,
    }
    .unwrap_or_default()
}

/// Returns the lines of a doc comment.
fn doc_lines(attributes: &[Attribute]) -> Vec<String> {
    let docs = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let line = |attribute: &Attribute| match &attribute.meta.require_name_value().ok()?.value {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    };
    docs.filter_map(line).collect()
}

/// Returns the tokens of a stream, with the delimiters of groups as tokens.
fn tokens(stream: TokenStream) -> Tokens {
    let mut out = Tokens::new();
    add_tokens(stream, &mut out);
    out
}

fn add_tokens(stream: TokenStream, out: &mut Tokens) {
    for token in stream {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                add_tokens(group.stream(), out);
                out.push(close.to_owned());
            }
            token => out.push(token.to_string()),
        }
    }
}
