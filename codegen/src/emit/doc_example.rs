//! The example in the documentation of an operation's method.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Referrer, type_text};
use super::{print, sample};
use crate::plan::{
    Body, BodyType, CallPath, DocText, Expr, Operation, Output, RustType, Sample, SampleBody,
};

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
/// `path` is the path of the client's module. The example passes the required
/// arguments, and the body.
///
/// # Errors
///
/// The example does not parse: a bug in an emitter.
pub fn emit(operation: &Operation, path: &str) -> Result<DocText, String> {
    let Some(example) = example(operation) else { return Ok(DocText::default()) };
    let lines = print::statement_lines(&example.code)?;
    let names = print::import_list(&[
        ("Client", true),
        ("runtime", example.uses_runtime),
        ("types", example.uses_types),
    ]);
    let mut out: Vec<String> = vec![String::new(), "# Example".to_owned(), String::new()];
    out.push("```no_run".to_owned());
    out.push(format!("# use {path}::{names};"));
    let arguments = &example.arguments;
    out.push(format!(
        "# async fn example(client: Client{arguments}) -> Result<(), Box<dyn std::error::Error>> {{"
    ));
    out.extend(lines);
    out.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Ok(DocText(out))
}

/// The statements that call an operation of `client`.
#[derive(Default)]
pub struct CallLines {
    /// The statements.
    pub lines: Vec<String>,
    /// Whether they name a type of the `types` module.
    pub uses_types: bool,
    /// Whether they name an item of the runtime.
    pub uses_runtime: bool,
}

/// Returns the statements that call an operation, unless they need a value from the caller.
///
/// # Errors
///
/// The example does not parse: a bug in an emitter.
pub fn call_lines(operation: &Operation) -> Result<Option<CallLines>, String> {
    let Some(example) = example(operation).filter(|it| it.arguments.is_empty()) else {
        return Ok(None);
    };
    let Example { code, uses_types, uses_runtime, .. } = example;
    Ok(Some(CallLines { lines: print::statement_lines(&code)?, uses_types, uses_runtime }))
}

struct Example {
    code: TokenStream,
    /// The arguments of the example's function after the client.
    arguments: String,
    uses_types: bool,
    uses_runtime: bool,
}

fn example(operation: &Operation) -> Option<Example> {
    let sample = operation.sample.as_ref().filter(|it| it.arguments.iter().all(Expr::is_listed))?;
    let mut values: Vec<TokenStream> = sample.arguments.iter().map(sample::expr_tokens).collect();
    let mut example = Example {
        code: TokenStream::new(),
        arguments: String::new(),
        uses_types: sample.arguments.iter().any(Expr::uses_types_module),
        uses_runtime: sample.arguments.iter().any(Expr::uses_runtime),
    };
    let body = operation.body.as_ref().filter(|body| body.ty != BodyType::Empty);
    let mut setter = TokenStream::new();
    if let Some(body) = body
        && let Some(value) = body_value(body, sample, &mut example)
    {
        match body.required {
            true => values.push(value),
            false => setter = quote!(.body(#value)),
        }
    } else if body.is_some_and(|body| body.required) {
        return None;
    }
    let CallPath { accessors, method, .. } = &operation.call;
    let call = quote!(client #(.#accessors())* .#method(#(#values),*) #setter.await?);
    let statements = &example.code;
    example.code = match operation.output {
        Output::Empty => quote!(#statements #call;),
        _ => quote!(#statements let response = #call;),
    };
    Some(example)
}

/// Returns the expression for the body, and adds what it needs to the example. A body that is not
/// written out is an argument of the example. An optional body without fields is not shown.
fn body_value(body: &Body, sample: &Sample, example: &mut Example) -> Option<TokenStream> {
    match sample.body.as_ref()? {
        SampleBody::File { .. } if !body.required => None,
        SampleBody::File { media_type, .. } => {
            example.uses_runtime |= matches!(body.ty, BodyType::OneOf(_)) || media_type.is_some();
            super::call_everything::file_argument(body, sample)
        }
        SampleBody::Value { example: Some(value), .. } => {
            example.uses_types |= value.uses_types_module();
            example.uses_runtime |= value.uses_runtime();
            let value = sample::expr_tokens(value);
            example.code = quote!(let body = #value;);
            Some(quote!(&body))
        }
        SampleBody::Value { example: None, .. } => {
            let ty = value_type(&body.ty)?;
            example.uses_types |= ty.uses_types_module();
            example.uses_runtime |= ty.uses_runtime();
            example.arguments = format!(", body: {}", type_text(ty, Referrer::Sibling));
            Some(quote!(&body))
        }
    }
}

/// Returns the type of the value that a body is serialized from.
fn value_type(ty: &BodyType) -> Option<&RustType> {
    match ty {
        BodyType::Value(ty) => Some(ty),
        BodyType::Bytes | BodyType::Empty => None,
        BodyType::OneOf(item) => item.variants.first()?.value.as_ref(),
    }
}
