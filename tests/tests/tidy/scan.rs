//! Scans Rust files, without their tests, for the paths they use and the calls that may panic.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, Item, Token, UseTree};

use crate::{Source, sources};

/// The result of scanning one file.
#[derive(Default)]
pub struct Code {
    /// The path of the file.
    pub path: String,
    /// Every path of two or more parts, such as `std::fs::read` or `crate::plan`. `$crate` is
    /// skipped: it means the public API, as the crate that invokes the macro sees it.
    pub paths: Vec<(String, usize)>,
    /// The names that its `use` items bring into scope.
    pub imports: Vec<Import>,
    /// The names that its code uses from its scope.
    pub names: BTreeSet<String>,
    /// The macros that it exports from the crate's root.
    pub macros: Vec<String>,
    /// Every call that may panic.
    pub panics: Vec<Panic>,
}

/// A name that a `use` item brings into scope.
pub struct Import {
    /// The name; `*` for a glob.
    pub name: String,
    /// The path of the item.
    pub path: String,
    /// Whether other modules may use the name.
    pub is_reexport: bool,
}

/// A call that may panic.
pub struct Panic {
    /// The name of the method or macro, or `[]`.
    pub call: String,
    /// The function that contains the call.
    pub function: String,
    /// The line of the call.
    pub line: usize,
}

/// Scans every file of a folder. Test modules are skipped, including those in separate files.
pub fn scan(folder: &str) -> Vec<Code> {
    let parsed: Vec<(Source, syn::File)> = sources(folder)
        .into_iter()
        .map(|source| match syn::parse_file(&source.text) {
            Ok(file) => (source, file),
            Err(error) => panic!("{}: {error}", source.path),
        })
        .collect();
    let tests: BTreeSet<String> =
        parsed.iter().flat_map(|(source, file)| test_files(&source.path, &file.items)).collect();
    let mut found = Vec::new();
    for (source, file) in parsed {
        let is_test = tests.iter().any(|test| {
            source.path == format!("{test}.rs") || source.path.starts_with(&format!("{test}/"))
        });
        if !is_test {
            let code = Code { path: source.path, ..Code::default() };
            let mut scanner = Scanner { code, functions: Vec::new(), in_reexport: false };
            scanner.visit_file(&file);
            found.push(scanner.code);
        }
    }
    found
}

/// Returns the paths, without `.rs`, of the files that `#[cfg(test)] mod name;` declares.
fn test_files(path: &str, items: &[Item]) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let parts: Vec<&str> = stem.split('/').collect();
    let folder = match parts.split_last() {
        Some((&("mod" | "lib" | "main"), folder)) => folder.join("/"),
        _ => stem.to_owned(),
    };
    let test_modules = items.iter().filter_map(|item| match item {
        Item::Mod(module) if module.content.is_none() && is_test(&module.attrs) => {
            Some(format!("{folder}/{}", module.ident))
        }
        _ => None,
    });
    test_modules.collect()
}

/// Returns whether an item is compiled for tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute.parse_args::<TokenStream>().is_ok_and(|tokens| {
                    let text = tokens.to_string();
                    text == "test" || text.starts_with("all (test") || text.starts_with("all(test")
                }))
    })
}

struct Scanner {
    code: Code,
    functions: Vec<String>,
    in_reexport: bool,
}

impl Scanner {
    fn add_panic(&mut self, call: impl Into<String>, span: proc_macro2::Span) {
        let function = self.functions.last().cloned().unwrap_or_default();
        self.code.panics.push(Panic { call: call.into(), function, line: span.start().line });
    }

    fn add_path(&mut self, path: String, span: proc_macro2::Span) {
        if path.contains("::") {
            self.code.paths.push((path, span.start().line));
        }
    }

    /// Adds a path of a `use` item, which gives its last part this name.
    fn add_use(&mut self, path: String, name: &str, span: proc_macro2::Span) {
        let is_reexport = self.in_reexport;
        self.code.imports.push(Import { name: name.to_owned(), path: path.clone(), is_reexport });
        self.add_path(path, span);
    }

    fn in_function(&mut self, name: &syn::Ident, visit: impl FnOnce(&mut Self)) {
        self.functions.push(name.to_string());
        visit(self);
        self.functions.pop();
    }

    fn use_tree(&mut self, prefix: &str, tree: &UseTree, span: proc_macro2::Span) {
        let join = |name: &syn::Ident| {
            if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") }
        };
        match tree {
            UseTree::Path(path) => self.use_tree(&join(&path.ident), &path.tree, path.ident.span()),
            UseTree::Name(name) => {
                self.add_use(join(&name.ident), &name.ident.to_string(), name.ident.span());
            }
            UseTree::Rename(name) => {
                self.add_use(join(&name.ident), &name.rename.to_string(), name.ident.span());
            }
            UseTree::Glob(_) => self.add_use(format!("{prefix}::*"), "*", span),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.use_tree(prefix, tree, span);
                }
            }
        }
    }

    /// Finds paths and panicking calls among the tokens of a macro whose input is not a list of
    /// expressions.
    fn scan_tokens(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, sign: char| matches!(trees.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
        for (at, tree) in trees.iter().enumerate() {
            let before = at.checked_sub(1);
            match tree {
                TokenTree::Group(group) => self.scan_tokens(group.stream()),
                TokenTree::Ident(name) => {
                    let text = name.to_string();
                    self.code.names.insert(text.clone());
                    if PANICKING_METHODS.contains(&text.as_str())
                        && before.is_some_and(|b| is(b, '.'))
                    {
                        self.add_panic(&text, name.span());
                    } else if PANICKING_MACROS.contains(&text.as_str()) && is(at + 1, '!') {
                        self.add_panic(format!("{text}!"), name.span());
                    } else if !before.is_some_and(|b| is(b, '$'))
                        && is(at + 1, ':')
                        && is(at + 2, ':')
                        && let Some(TokenTree::Ident(next)) = trees.get(at + 3)
                    {
                        self.add_path(format!("{text}::{next}"), name.span());
                    }
                }
                _ => {}
            }
        }
    }
}

const PANICKING_METHODS: [&str; 5] = ["unwrap", "expect", "unwrap_err", "expect_err", "split_at"];

const PANICKING_MACROS: [&str; 7] =
    ["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne"];

impl<'ast> Visit<'ast> for Scanner {
    fn visit_item(&mut self, item: &'ast Item) {
        if let Item::Macro(syn::ItemMacro { ident: Some(name), attrs, .. }) = item
            && attrs.iter().any(|attribute| attribute.path().is_ident("macro_export"))
        {
            self.code.macros.push(name.to_string());
        }
        let attributes = match item {
            Item::Const(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Mod(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.in_function(&function.sig.ident, |scanner| visit::visit_item_fn(scanner, function));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !is_test(&function.attrs) {
            self.in_function(&function.sig.ident, |scanner| {
                visit::visit_impl_item_fn(scanner, function);
            });
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.in_reexport = !matches!(item.vis, syn::Visibility::Inherited);
        self.use_tree("", &item.tree, item.use_token.span);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if let Some(first) = path.segments.first() {
            self.code.names.insert(first.ident.to_string());
            self.add_path(names.join("::"), first.ident.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_index(&mut self, index: &'ast syn::ExprIndex) {
        self.add_panic("[]", index.bracket_token.span.open());
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let name = call.method.to_string();
        if PANICKING_METHODS.contains(&name.as_str()) {
            self.add_panic(name, call.method.span());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, macro_: &'ast syn::Macro) {
        let Some(last) = macro_.path.segments.last() else { return };
        let name = last.ident.to_string();
        self.visit_path(&macro_.path);
        if PANICKING_MACROS.contains(&name.as_str()) {
            self.add_panic(format!("{name}!"), last.ident.span());
        }
        // The input of these macros is generated code.
        if matches!(name.as_str(), "quote" | "quote_spanned" | "parse_quote") {
            return;
        }
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
        match macro_.parse_body_with(arguments) {
            Ok(arguments) => arguments.iter().for_each(|argument| self.visit_expr(argument)),
            Err(_) => self.scan_tokens(macro_.tokens.clone()),
        }
    }
}

#[test]
fn the_scan_finds_paths_and_panics_outside_tests() {
    let file = syn::parse_quote! {
        use std::{fs::{self, File}, io};
        fn f(list: &[u8]) {
            let x = list[0];
            let y = format!("{}", list.first().unwrap());
            let z = matches!(list.get(1), Some(n) if *n == crate::plan::limit().expect("a limit"));
            let t = quote! { list[0].unwrap() };
            unreachable!();
        }
        #[cfg(test)]
        mod tests { fn g() { panic!() } }
        #[test]
        fn h() { panic!() }
    };
    let mut scanner = Scanner { code: Code::default(), functions: Vec::new(), in_reexport: false };
    scanner.visit_file(&file);
    let panics: Vec<_> = scanner
        .code
        .panics
        .iter()
        .map(|panic| (panic.function.as_str(), panic.call.as_str()))
        .collect();
    let expected = [("f", "[]"), ("f", "unwrap"), ("f", "expect"), ("f", "unreachable!")];
    assert_eq!(panics, expected);
    let paths: Vec<_> = scanner.code.paths.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["std::fs::self", "std::fs::File", "std::io", "crate::plan", "plan::limit"]);
}

#[test]
fn the_scan_finds_imports_names_and_macros() {
    let file = syn::parse_quote! {
        pub use super::limit::{Bound as Limit, *};
        use crate::wire;
        #[macro_export]
        macro_rules! record { ($name:ident) => { $crate::wire::encode::<$name>(crate::io()) } }
        #[cfg(test)]
        use crate::tests::Case;
        fn f(list: Limit) -> wire::View { g(list) }
    };
    let mut scanner = Scanner { code: Code::default(), functions: Vec::new(), in_reexport: false };
    scanner.visit_file(&file);
    let Code { paths, imports, names, macros, .. } = scanner.code;
    let imports: Vec<_> = imports
        .iter()
        .map(|import| (import.name.as_str(), import.path.as_str(), import.is_reexport))
        .collect();
    let expected = [
        ("Limit", "super::limit::Bound", true),
        ("*", "super::limit::*", true),
        ("wire", "crate::wire", false),
    ];
    assert_eq!(imports, expected);
    assert_eq!(macros, ["record"]);
    assert!(["Limit", "wire", "g"].iter().all(|name| names.contains(*name)), "{names:?}");
    let paths: Vec<_> = paths.iter().map(|(path, _)| path.as_str()).collect();
    assert!(paths.contains(&"crate::io") && !paths.contains(&"crate::wire::encode"), "{paths:?}");
    assert_eq!(paths.iter().filter(|path| **path == "crate::wire").count(), 1, "{paths:?}");
}
