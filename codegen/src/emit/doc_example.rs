//! The example in an operation's documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{From, type_text};
use super::{print, sample};
use crate::plan::{BodyType, DocText, Operation, Output, RustType, SampleBody};

/// How large a body is at most that is written out; a larger one is the example's argument.
const LARGE: usize = 16;

/// ```text
/// /// # Example
/// ///
/// /// ```no_run
/// /// # use acme::{Client, types};
/// /// # async fn example(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// /// let body = types::Order::new("id");
/// /// let response = client.create_order("account", &body).await?;
/// /// # Ok(())
/// /// # }
/// /// ```
/// ```
///
/// `path` is the module that holds the client. Only what the operation requires is there.
///
/// # Errors
///
/// A mistake of an emitter: its text is no Rust.
pub fn emit(operation: &Operation, path: &str) -> Result<DocText, String> {
    let Some(example) = example(operation) else { return Ok(DocText::default()) };
    let lines = print::statements(example.code)?;
    let all = lines.join("\n") + &example.arguments;
    let uses = |word: &str| all.contains(word);
    let types = if uses("types::") { "{Client, types}" } else { "Client" };
    let mut out: Vec<String> = vec![String::new(), "# Example".to_owned(), String::new()];
    out.push("```no_run".to_owned());
    out.push(format!("# use {path}::{types};"));
    if uses("runtime::") {
        out.push("# use docwright_runtime as runtime;".to_owned());
    }
    let arguments = &example.arguments;
    out.push(format!(
        "# async fn example(client: Client{arguments}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    out.extend(lines);
    out.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Ok(DocText(out))
}

struct Example {
    code: TokenStream,
    /// What it is given beside the client.
    arguments: String,
}

fn example(operation: &Operation) -> Option<Example> {
    let sample = operation.sample.as_ref()?;
    let mut given: Vec<TokenStream> = sample.arguments.iter().map(sample::tokens).collect();
    let mut before = TokenStream::new();
    let mut arguments = String::new();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        match sample.body.as_ref()? {
            SampleBody::File(_) => given.push(super::call_everything::file(body, sample)?),
            SampleBody::Value { least, .. } if least.size() <= LARGE => {
                let value = sample::tokens(least);
                before = quote!(let body = #value;);
                given.push(quote!(&body));
            }
            SampleBody::Value { .. } => {
                arguments = format!(", body: {}", type_text(value_type(&body.ty)?, From::Beside));
                given.push(quote!(&body));
            }
        }
    }
    let method = &operation.method;
    let call = quote!(client.#method(#(#given),*).await?);
    let code = match operation.output {
        Output::Empty => quote!(#before #call;),
        _ => quote!(#before let response = #call;),
    };
    Some(Example { code, arguments })
}

/// The type of the value that a body is written from.
fn value_type(ty: &BodyType) -> Option<&RustType> {
    match ty {
        BodyType::Value(ty) => Some(ty),
        BodyType::Bytes => None,
        BodyType::OneOf(item) => item.variants.first()?.value.as_ref(),
    }
}
