//! The first page of the documentation, the README, and the summary for language models.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::{doc_example, print, sample};
use crate::plan::{CallPath, Expr, FrontPage, Name, Operation, Plan, inline_code};

/// How many operations of a group the first page names.
const MAX_OPERATIONS: usize = 8;

/// Where the first page is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// In the documentation that rustdoc makes, where links to items work.
    Rustdoc,
    /// In a Markdown file.
    Readme,
}

/// Returns the lines of the first page, after the module's documentation. `path` is the path of the
/// module in the users' code, and `features` are the items of the list of its Cargo features.
///
/// # Errors
///
/// The example does not parse: a bug in an emitter.
pub fn emit(
    plan: &Plan,
    path: &str,
    features: &[String],
    page: Page,
) -> Result<Vec<String>, String> {
    let link = |item: &str| match page {
        Page::Rustdoc => format!("[`{item}`]"),
        Page::Readme => format!("`{item}`"),
    };
    if !plan.has_client() {
        return Ok(types_only(plan, features, link));
    }
    let mut out = section("Quick start");
    out.extend(quick_start(plan, path, page)?);
    out.extend(section("Authentication"));
    out.extend(authentication(plan, link));
    out.extend(section("Operations"));
    out.extend(operations(plan, page));
    out.extend(section("Errors"));
    out.extend(errors().map(str::to_owned));
    out.extend(feature_list(features));
    Ok(out)
}

fn feature_list(features: &[String]) -> Vec<String> {
    if features.is_empty() {
        return Vec::new();
    }
    let items = features.iter().map(|text| format!("- {text}"));
    section("Features").into_iter().chain(items).collect()
}

/// Returns the first page of an API without operations.
fn types_only(plan: &Plan, features: &[String], link: impl Fn(&str) -> String) -> Vec<String> {
    let mut out = section("Types only");
    out.push(
        "The API's description declares no operations, so there is no client. Each type in"
            .to_owned(),
    );
    out.push(format!("{} implements `serde::Serialize` and `serde::Deserialize`.", link("types")));
    if plan.webhooks.is_some() {
        out.push(String::new());
        let receiver = link("webhooks::receiver");
        out.push(format!("{receiver} verifies webhooks and decodes their bodies."));
    }
    out.extend(feature_list(features));
    out
}

fn section(title: &str) -> Vec<String> {
    vec![String::new(), format!("# {title}"), String::new()]
}

fn quick_start(plan: &Plan, path: &str, page: Page) -> Result<Vec<String>, String> {
    let front = &plan.front_page;
    let operation = front.operation.and_then(|index| plan.operations.get(index));
    let call = operation.map(doc_example::call_lines).transpose()?.flatten();
    let call = call.unwrap_or_default();
    let settings = plan.settings.iter().filter(|setting| setting.default.is_none());
    let settings: Vec<(&Name, &Expr)> =
        settings.filter_map(|it| Some((&it.setter, it.sample.as_ref()?))).collect();
    let any_setting = |has: fn(&Expr) -> bool| settings.iter().any(|(_, value)| has(value));
    let names = print::import_list(&[
        ("Client", true),
        ("Server", front.server.starts_with("Server::")),
        ("runtime", call.uses_runtime || any_setting(Expr::uses_runtime)),
        ("types", call.uses_types || any_setting(Expr::uses_types_module)),
    ]);
    let mut out = vec![
        if page == Page::Rustdoc { "```no_run".to_owned() } else { "```rust".to_owned() },
        format!("use {path}::{names};"),
    ];
    out.push(String::new());
    let function = "async fn example() -> Result<(), Box<dyn std::error::Error>> {";
    out.push(if page == Page::Rustdoc { format!("# {function}") } else { function.to_owned() });
    let mut lines = print::statement_lines(&builder(front, &settings)?)?;
    lines.extend(call.lines);
    match page {
        Page::Rustdoc => {
            out.extend(lines);
            out.extend(["# Ok(())", "# }"].map(str::to_owned));
        }
        Page::Readme => {
            lines.push("Ok(())".to_owned());
            out.extend(lines.into_iter().map(|line| format!("    {line}")));
            out.push("}".to_owned());
        }
    }
    out.push("```".to_owned());
    Ok(out)
}

/// Returns the statement that builds the client.
fn builder(front: &FrontPage, settings: &[(&Name, &Expr)]) -> Result<TokenStream, String> {
    let tokens = |text: &str| text.parse::<TokenStream>().map_err(|error| error.to_string());
    let (server, login) = (tokens(&front.server)?, tokens(&front.login)?);
    let settings = settings.iter().map(|(setter, value)| {
        let value = sample::expr_tokens(value);
        quote!(.#setter(#value))
    });
    Ok(quote!(let client = Client::builder(#server) #login #(#settings)*.build()?;))
}

fn authentication(plan: &Plan, link: impl Fn(&str) -> String) -> Vec<String> {
    let mut out = vec!["Credentials are set on the builder, and are never printed:".to_owned()];
    out.push(String::new());
    for (setter, text) in &plan.front_page.credentials {
        out.push(format!("- {}: {text}", link(&format!("ClientBuilder::{setter}"))));
    }
    for method in &plan.login_methods {
        let text = match *method {
            "bearer" => "a bearer token for every call",
            "basic" => "a user name and a password for every call",
            _ => "a secret header for every call",
        };
        out.push(format!("- {}: {text}", link(&format!("ClientBuilder::{method}"))));
    }
    let from_env = link("Client::from_env");
    out.push(String::new());
    out.push(format!(
        "{from_env} reads the server and the credentials from environment variables."
    ));
    out
}

/// Returns a line for each group: the methods of its resource and the resources in it, or else its operations.
fn operations(plan: &Plan, page: Page) -> Vec<String> {
    let groups = plan.front_page.groups.iter();
    let line = |(words, indexes): &(String, Vec<usize>)| {
        let operations = indexes.iter().filter_map(|index| plan.operations.get(*index));
        let (own, nested): (Vec<&Operation>, Vec<&Operation>) =
            operations.partition(|operation| operation.call.accessors.len() <= 1);
        let shown = own.iter().take(MAX_OPERATIONS);
        let mut names: Vec<String> =
            shown.map(|operation| operation_name(operation, page)).collect();
        let more = own.len().saturating_sub(MAX_OPERATIONS);
        names.extend((more > 0).then(|| format!("and {more} more")));
        let inner: BTreeSet<&Name> =
            nested.iter().filter_map(|it| it.call.accessors.get(1)).collect();
        let inner: Vec<String> = inner.into_iter().map(|name| format!("`{name}()`")).collect();
        let accessor = own.iter().chain(&nested).find_map(|it| it.call.accessors.first());
        let mut parts = Vec::new();
        parts.extend(accessor.map(|accessor| match page {
            Page::Readme => format!("`{accessor}()`"),
            Page::Rustdoc => format!("[`{accessor}()`](Client::{accessor})"),
        }));
        parts.extend((!names.is_empty()).then(|| names.join(", ")));
        let with =
            if inner.is_empty() { String::new() } else { format!(", with {}", inner.join(", ")) };
        format!("- {words}: {}{with}", parts.join(": "))
    };
    groups.map(line).collect()
}

/// Returns the name of an operation within its resource, or with the client's path to it.
fn operation_name(operation: &Operation, page: Page) -> String {
    let CallPath { owner, method, .. } = &operation.call;
    match page {
        Page::Readme => format!("`{method}`"),
        Page::Rustdoc if operation.call.is_on_client() => {
            format!("[`{method}`]({owner}::{method})")
        }
        Page::Rustdoc => format!("[`{method}`](operations::{owner}::{method})"),
    }
}

fn errors() -> impl Iterator<Item = &'static str> {
    [
        "An error says what happened and whether the request may have been processed:",
        "",
        "- `error.status()`, `error.code_str()` and `error.message()`: what the server says",
        "- `error.typed()`: the body of a documented error response",
        "- `error.advice()` and `error.processed()`: whether it is safe to send the request again",
    ]
    .into_iter()
}

/// Returns the text of `README.md`.
///
/// # Errors
///
/// The example does not parse: a bug in an emitter.
pub fn readme(
    plan: &Plan,
    package: &str,
    path: &str,
    features: &[String],
    header: &str,
) -> Result<String, String> {
    let mut lines = vec![format!("<!-- {header} -->"), String::new(), format!("# {package}")];
    lines.push(String::new());
    lines.extend(plan.doc.0.iter().cloned());
    for line in emit(plan, path, features, Page::Readme)? {
        lines.push(if line.starts_with("# ") { format!("#{line}") } else { line });
    }
    Ok(lines.join("\n") + "\n")
}

/// Returns the text of the `README.md` of a package with several APIs.
pub fn workspace_readme(plans: &[Plan], header: &str) -> String {
    let mut text = format!(
        "<!-- {header} -->\n\n# fintech-clients\n\nTyped API clients: one module for each vendor, \
         behind a feature of the same name. The documentation of each module begins with an example.\n\n"
    );
    for plan in plans {
        let Plan { module, operations, environment, .. } = plan;
        let about = plan.doc.0.first().map(String::as_str).unwrap_or_default();
        if !plan.has_client() {
            text.push_str(&format!("- `{module}`: {about}\n"));
            continue;
        }
        let count = operations.len();
        let unit = if count == 1 { "operation" } else { "operations" };
        let variable = &environment.base_url;
        text.push_str(&format!(
            "- `{module}`: {about} {count} {unit}. `{module}::Client::from_env()` reads `{variable}` \
             and the credentials.\n"
        ));
    }
    text
}

/// Returns the text of `llms.txt`: every operation in a line, for tools that read it as a whole.
///
/// # Errors
///
/// The example does not parse: a bug in an emitter.
pub fn llms(plan: &Plan, package: &str, path: &str, header: &str) -> Result<String, String> {
    let mut lines = vec![format!("<!-- {header} -->"), String::new(), format!("# {package}")];
    lines.push(String::new());
    lines.extend(plan.doc.0.first().map(|line| format!("> {line}")));
    if !plan.has_client() {
        lines.extend(["", "## Types", ""].map(str::to_owned));
        lines.extend(plan.types.iter().map(|item| format!("- `types::{}`", item.name())));
        return Ok(lines.join("\n") + "\n");
    }
    for line in section("Quick start") {
        lines.push(if line.starts_with("# ") { format!("#{line}") } else { line });
    }
    lines.extend(quick_start(plan, path, Page::Readme)?);
    for (words, indexes) in &plan.front_page.groups {
        lines.extend([String::new(), format!("## {words}"), String::new()]);
        let operations = indexes.iter().filter_map(|index| plan.operations.get(*index));
        lines.extend(operations.map(operation_line));
    }
    Ok(lines.join("\n") + "\n")
}

fn operation_line(operation: &Operation) -> String {
    let Operation { call, arguments, body, http, template, doc, .. } = operation;
    let arguments = arguments.iter().map(|argument| argument.name.to_string());
    let body = body.iter().filter(|body| body.required).map(|_| "body".to_owned());
    let arguments: Vec<String> = arguments.chain(body).collect();
    let summary: Vec<&str> =
        doc.0.iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
    let call = format!("client.{}({})", call.text(), arguments.join(", "));
    let route = inline_code(&format!("{} {template}", http.name()));
    format!("- `{call}` ({route}): {}", summary.join(" "))
}
