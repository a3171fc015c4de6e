//! [`Plan`] → [`Files`]: prints the plan. All decisions are made in `plan`.

mod argument;
mod auth;
mod body;
mod call_everything;
mod client;
mod client_settings;
mod constructor;
mod doc_example;
mod enum_;
mod error_codes;
mod field;
mod front_page;
mod headers;
mod krate;
mod layout;
mod limits;
mod mock;
mod modules;
mod operation;
mod pagination;
mod print;
mod resource;
mod responses;
mod sample;
mod signing;
mod struct_;
mod style;
mod tokens;
mod union;
mod webhooks;

use proc_macro2::TokenStream;
use quote::quote;

use crate::files::Files;
use crate::plan::{
    FileContent, GenericInstance, Id, Operation, Plan, SourceFile, TypeForm, TypeItem,
};
pub use field::field_type_text;
use front_page::Page;
pub use krate::{
    CrateOptions, RuntimeDependency, crate_files, standalone_module_files, workspace_files,
};
use modules::{modules, uses};
use print::Fragment;
use resource::Root;
use tokens::type_tokens;
pub use tokens::{Referrer, type_text};

/// The root file of a crate.
const CRATE_ROOT: &str = "lib.rs";

/// Shows in the documentation on docs.rs which feature an item needs.
const DOC_CFG: &str = "#![cfg_attr(docsrs, feature(doc_cfg))]\n";

/// Returns the files of a vendor's module, by their path in it. `root` is the name of its root file,
/// `mod.rs` or `lib.rs`, `path` is the path of the module in the users' code, and `feature_prefix`
/// precedes the names of its Cargo features. `features` are the items of the list of features in its
/// documentation.
///
/// # Errors
///
/// Generated tokens do not parse: a bug in an emitter.
pub fn module_files(
    plan: &Plan,
    root: &str,
    path: &str,
    feature_prefix: &str,
    features: &[String],
    header: &str,
) -> Result<Files, String> {
    let mut files = Files::default();
    let front_page = front_page::emit(plan, path, features, Page::Rustdoc)?;
    let doc = [plan.doc.0.as_slice(), &front_page].concat();
    let mut fragments = modules(&plan.root, feature_prefix);
    if root == CRATE_ROOT {
        fragments.insert(0, Fragment::Table(DOC_CFG.to_owned()));
    }
    let text = print::source_file(header, &doc, fragments)?;
    files.0.insert(root.to_owned(), text);
    for file in &plan.files {
        let SourceFile { doc, imports, content, .. } = file;
        let groups = imports.iter().map(|group| Fragment::Table(uses(group, feature_prefix)));
        let fragments = groups.chain(emit_content(plan, content, path, feature_prefix)?).collect();
        files.0.insert(file.path.clone(), print::source_file(header, &doc.0, fragments)?);
    }
    Ok(files)
}

/// Emits what a file contains.
fn emit_content(
    plan: &Plan,
    content: &FileContent,
    path: &str,
    feature_prefix: &str,
) -> Result<Vec<Fragment>, String> {
    Ok(match content {
        FileContent::Client => client::emit(plan),
        FileContent::Auth => auth::emit(plan),
        FileContent::Settings => client_settings::emit(plan),
        FileContent::Signature => plan.signing.iter().flat_map(signing::emit).collect(),
        FileContent::Webhooks => plan.webhooks.iter().flat_map(webhooks::emit).collect(),
        FileContent::Types(indexes) => {
            let items = indexes.iter().filter_map(|index| plan.types.get(*index));
            items.flat_map(emit_type).collect()
        }
        FileContent::ErrorCodes => plan.error_codes.iter().flat_map(error_codes::emit).collect(),
        FileContent::Errors(indexes) => {
            let items = indexes.iter().filter_map(|index| plan.errors.get(*index));
            items.flat_map(responses::emit_shared).collect()
        }
        FileContent::Mock { modules: index, file, operations } => {
            let server = index.iter().flat_map(|index| modules(index, feature_prefix));
            server.chain(mock::emit(plan, file.as_ref(), index.is_none(), operations)).collect()
        }
        FileContent::Modules(index) => modules(index, feature_prefix),
        FileContent::Operations { file, operations } => {
            let resources = plan.resources.iter().filter(|resource| resource.file == *file);
            let resources = resources.map(|it| resource::emit(it, Root::Client));
            let operations = operations.iter().filter_map(|index| plan.operations.get(*index));
            let emit = |operation: &Operation| {
                Ok(operation::emit(operation, &doc_example::emit(operation, path)?))
            };
            let operations = operations.map(emit).collect::<Result<Vec<_>, String>>()?.concat();
            resources.map(Fragment::Items).chain(operations).collect()
        }
    })
}

fn emit_type(item: &TypeItem) -> Vec<Fragment> {
    if let TypeForm::Alias(instance) = item.form() {
        return vec![Fragment::Items(alias(item, instance))];
    }
    match item {
        TypeItem::Struct(item) => struct_::emit(item),
        TypeItem::Enum(item) => enum_::emit(item),
        TypeItem::Union(item) => union::emit(item),
        TypeItem::Id(item) => emit_id(item),
    }
}

/// ```text
/// /// The customers of an account.
/// pub type CustomerList = List<Customer>;
/// ```
fn alias(item: &TypeItem, instance: &GenericInstance) -> TokenStream {
    let GenericInstance { generic, arguments } = instance;
    let (name, doc) = (item.name(), item.doc());
    let generic = type_tokens(generic, Referrer::Types);
    let arguments = arguments.iter().map(|ty| type_tokens(ty, Referrer::Types));
    quote!(#doc pub type #name = #generic<#(#arguments),*>;)
}

/// ```text
/// /// The id of a `Customer`.
/// #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// pub struct CustomerId(String);
///
/// runtime::id!(CustomerId);
/// ```
fn emit_id(item: &Id) -> Vec<Fragment> {
    let Id { name, doc } = item;
    let definition = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(String);
    };
    vec![Fragment::Items(definition), Fragment::Table(format!("runtime::id!({name});\n"))]
}
