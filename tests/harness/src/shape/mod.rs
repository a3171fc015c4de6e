//! `cargo xtask corpus --shape`: measures what users of a generated crate see of it.
//!
//! Everything is counted in the generated text, except that the recorded names say which types come
//! from inline schemas.

mod code;
mod copies;
mod docs;
mod patches;
mod table;

use std::collections::BTreeSet;

use docwright::{Files, Names};
use serde::Serialize;

use code::{Code, FunctionCode, TypeCode, is_source};
pub use table::{render_json, render_text};

/// The documents that are measured by default.
pub const DOCUMENTS: [&str; 8] = [
    "orum",
    "stripe-2020",
    "openai",
    "progenitor-github",
    "discord",
    "square",
    "twilio-api",
    "okta-management",
];

/// What users see of a generated crate, in figures.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shape {
    /// The name of the document.
    pub document: String,
    /// The number of operations.
    pub operations: usize,
    /// The number of types.
    pub types: usize,
    /// The number of types that come from inline schemas.
    pub inline_types: usize,
    /// How many of those are copies of another one.
    pub copies: usize,
    /// The number of enums of error responses.
    pub error_enums: usize,
    /// The number of different ones among them.
    pub error_shapes: usize,
    /// The number of constructors of types with arguments.
    pub constructors: usize,
    /// How many of those take a value that has to be a certain constant.
    pub constant_constructors: usize,
    /// The number of client methods that create a request.
    pub calls: usize,
    /// How many of those take a value that has to be a certain constant.
    pub constant_calls: usize,
    /// How many setters take a value that has to be a certain constant.
    pub constant_setters: usize,
    /// How many functions take an empty struct.
    pub empty_structs: usize,
    /// The number of fields of structs.
    pub fields: usize,
    /// How many of those are a `Patch`.
    pub patch_fields: usize,
    /// How many of those are used by something else than a patch.
    pub other_patch_fields: usize,
    /// How many names of types and client methods end in a number.
    pub numbered_names: usize,
    /// How many names of variants of unions end in a number, such as `Variant2`.
    pub numbered_variants: usize,
    /// The number of lines.
    pub lines: usize,
    /// The largest file.
    pub largest_file: String,
    /// Its number of lines.
    pub largest_file_lines: usize,
    /// The number of doc lines with an escaped HTML tag.
    pub escaped_tags: usize,
    /// The number of docs that repeat the item's name.
    pub echoes: usize,
}

/// Measures the crate in `files`, whose names would be recorded as `names`.
///
/// # Errors
///
/// Returns the error of a file that does not parse.
pub fn measure(document: &str, files: &Files, names: &Names) -> Result<Shape, String> {
    let code = Code::read(files)?;
    let mut shape = Shape {
        document: document.to_owned(),
        operations: names.requests.len(),
        echoes: docs::count_echoes(&code),
        ..Shape::default()
    };
    measure_files(files, &mut shape);
    measure_types(&code, names, &mut shape);
    measure_functions(&code, &mut shape);
    Ok(shape)
}

fn measure_files(files: &Files, shape: &mut Shape) {
    for (path, text) in files.0.iter().filter(|(path, _)| is_source(path)) {
        let lines = text.lines().count();
        shape.lines += lines;
        shape.escaped_tags += docs::count_escaped_tags(text);
        if lines > shape.largest_file_lines {
            shape.largest_file_lines = lines;
            shape.largest_file.clone_from(path);
        }
    }
}

fn measure_types(code: &Code, names: &Names, shape: &mut Shape) {
    let data = || code.types.iter().filter(|(_, code)| code.is_data());
    // The key of an inline schema is a JSON pointer.
    let inline = names.types.iter().filter(|(key, _)| key.starts_with('/'));
    let inline: BTreeSet<&str> = inline.map(|(_, name)| name.as_str()).collect();
    shape.types = data().count();
    shape.inline_types = data().filter(|(name, _)| inline.contains(name.as_str())).count();
    shape.copies = copies::count_copies(code, &inline);
    let structs = data().filter(|(_, code)| code.is_struct);
    shape.fields = structs.map(|(_, code)| code.fields.len()).sum();
    (shape.patch_fields, shape.other_patch_fields) = patches::count_patch_fields(code);
    shape.numbered_names = data().filter(|(name, _)| is_numbered(name)).count();
    let unions = data().filter(|(_, code)| code.table_macro == "union");
    let variants = unions.flat_map(|(_, code)| &code.fields);
    shape.numbered_variants = variants.filter(|variant| is_numbered(&variant.name)).count();
    let pairs = code.requests.values().flat_map(|tokens| tokens.windows(2));
    let successes = pairs.filter_map(|pair| (pair[0] == "one_of").then_some(pair[1].as_str()));
    let successes: BTreeSet<&str> = successes.collect();
    let is_error =
        |name: &str, code: &TypeCode| code.table_macro == "responses" && !successes.contains(name);
    let errors = code.types.iter().filter(|(name, code)| is_error(name, code));
    shape.error_enums = errors.clone().count();
    shape.error_shapes = errors.map(|(_, code)| &code.table).collect::<BTreeSet<_>>().len();
}

fn measure_functions(code: &Code, shape: &mut Shape) {
    let is_type = |ty: &[String], has: &dyn Fn(&TypeCode) -> bool| {
        // A list of constants has a length that callers choose.
        let is_list = ty.iter().any(|token| token == "Vec" || token == "[" || token == "Map");
        !is_list && ty.iter().filter_map(|token| code.types.get(token)).any(has)
    };
    let takes = |function: &FunctionCode, has: &dyn Fn(&TypeCode) -> bool| {
        function.arguments.iter().any(|(_, ty)| is_type(ty, has))
    };
    for function in &code.functions {
        let owner = code.types.get(&function.owner);
        let is_constructor = function.name == "new" && owner.is_some_and(TypeCode::is_data);
        let is_call = function.output.iter().any(|token| code.requests.contains_key(token));
        let takes_constant = usize::from(takes(function, &TypeCode::is_constant));
        if is_constructor {
            shape.constructors += 1;
            shape.constant_constructors += takes_constant;
        } else if is_call && !code.requests.contains_key(&function.owner) {
            shape.calls += 1;
            shape.constant_calls += takes_constant;
            shape.numbered_names += usize::from(is_numbered(&function.name));
        } else {
            shape.constant_setters += takes_constant;
        }
        shape.empty_structs += usize::from(takes(function, &TypeCode::is_empty_struct));
    }
}

fn is_numbered(name: &str) -> bool {
    name.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Measures a crate with this one file, in which the types `A` to `Z` come from inline schemas.
    fn measure_text(text: &str) -> Shape {
        let files = Files([("src/lib.rs".to_owned(), text.to_owned())].into());
        let mut names = Names::default();
        for letter in 'A'..='Z' {
            names.types.insert(format!("/paths/{letter}"), letter.to_string());
        }
        measure("acme", &files, &names).unwrap()
    }

    #[test]
    fn types_that_are_equal_up_to_the_names_of_inline_types_are_copies() {
        let record = |name: &str, inner: &str, wire: &str| {
            format!(
                "pub struct {name} {{ pub id: {inner} }}\n\
                 runtime::record!({name} {{ required id = \"{wire}\", }});\n"
            )
        };
        let shape = measure_text(
            &[
                record("A", "C", "id"),
                record("B", "D", "id"),
                record("C", "i64", "id"),
                record("D", "i64", "id"),
                record("E", "i64", "other"),
                record("F", "String", "id"),
                record("Component", "i64", "id"),
            ]
            .concat(),
        );
        assert_eq!((shape.types, shape.inline_types, shape.copies), (7, 6, 2));
    }

    const CONSTANT: &str = "
        pub enum Kind { Card, Unknown(String) }
        runtime::open_enum!(Kind { Card = \"card\", });
        pub struct Pet { pub kind: Kind, pub name: runtime::Patch<String> }
        impl Pet { pub fn new(kind: Kind) -> Self {} pub fn kind(self, kind: Kind) -> Self {} }
        runtime::record!(Pet { required kind = \"kind\", patch name = \"name\", });
        static CALL: runtime::Operation = runtime::Operation::new(\"a\", runtime::Method::METHOD, \"/\");
        impl Client { pub fn call(&self, kind: &types::Kind, body: &types::Pet) -> CallRequest<'_> {
            CallRequest(runtime::Call::new(&self.core, &CALL)) } }
        runtime::request!(CallRequest => json Vec<String>, CallError);
    ";

    #[test]
    fn constants_in_signatures_are_counted() {
        let shape = measure_text(CONSTANT);
        assert_eq!((shape.constructors, shape.constant_constructors), (1, 1));
        assert_eq!((shape.calls, shape.constant_calls, shape.constant_setters), (1, 1, 1));
    }

    #[test]
    fn a_patch_field_counts_unless_only_patches_use_its_type() {
        let patch = measure_text(&CONSTANT.replace("METHOD", "Patch"));
        assert_eq!((patch.patch_fields, patch.other_patch_fields), (1, 0));
        let post = measure_text(&CONSTANT.replace("METHOD", "Post"));
        assert_eq!((post.patch_fields, post.other_patch_fields), (1, 1));
        let both = CONSTANT.replace("METHOD", "Patch").replace("Vec<String>", "types::Pet");
        assert_eq!(measure_text(&both).other_patch_fields, 1);
    }

    #[test]
    fn enums_of_errors_with_equal_tables_have_one_shape() {
        let errors = |name: &str, body: &str| {
            format!(
                "pub enum {name}Error {{ NotFound({body}) }}\n\
                 runtime::responses!({name}Error {{ code 404 => NotFound json {body}, }});\n\
                 runtime::request!({name}Request => empty, {name}Error);\n"
            )
        };
        let text = [errors("Get", "Pet"), errors("List", "Pet"), errors("Put", "Order")].concat();
        let shape = measure_text(&text);
        assert_eq!((shape.error_enums, shape.error_shapes), (3, 2));
    }
}
