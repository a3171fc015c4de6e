//! The documentation of generated code: every public type, method and module has a text that says more
//! than its name.

use docwright::{Vendor, generate_workspace_crate};
use syn::visit::{self, Visit};

use super::{cases, vendors};
use crate::crates;

#[test]
fn every_type_method_and_module_has_a_doc_that_is_no_echo() {
    let acme = ["document", "pages"]
        .map(|form| Vendor { name: format!("acme_{form}"), ..crates::acme(form) });
    let all = [vendors(&cases()).as_slice(), &acme].concat();
    let output = generate_workspace_crate(&all)
        .unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    let mut checked = Docs::default();
    for (path, text) in output.files.0.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let file = syn::parse_file(text).expect("the file parses");
        checked.file.clone_from(path);
        checked.check(path.trim_end_matches(".rs").rsplit('/').next().unwrap_or(path), &file.attrs);
        checked.visit_file(&file);
    }
    assert!(checked.count > 500, "only {} items are found", checked.count);
    assert!(checked.wrong.is_empty(), "{}", checked.wrong.join("\n"));
}

#[derive(Default)]
struct Docs {
    file: String,
    count: usize,
    /// The items without a text, or with one that repeats the name.
    wrong: Vec<String>,
}

impl Docs {
    fn check(&mut self, name: &str, attributes: &[syn::Attribute]) {
        self.count += 1;
        let docs = attributes.iter().filter_map(|attribute| match &attribute.meta {
            syn::Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
                syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
        let text = docs.collect::<Vec<String>>().join("\n");
        if letters(&text).is_empty() || letters(&text) == letters(name) {
            self.wrong.push(format!("{}: `{name}` has the documentation {text:?}", self.file));
        }
    }
}

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if is_public(&item.vis) {
            self.check(&item.ident.to_string(), &item.attrs);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if is_public(&item.vis) {
            self.check(&item.ident.to_string(), &item.attrs);
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        if is_public(&item.vis) {
            self.check(&item.ident.to_string(), &item.attrs);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if is_public(&item.vis) {
            self.check(&item.sig.ident.to_string(), &item.attrs);
        }
        visit::visit_impl_item_fn(self, item);
    }
}
