//! The URLs of servers: which servers there are, and what distinguishes them.

use crate::ir::{self, Api};

/// Returns the servers that become variants.
pub fn absolute(api: &Api) -> impl Iterator<Item = &ir::Server> {
    api.servers.iter().filter(|server| is_absolute(&with_defaults(server)))
}

/// Returns whether the URL does not depend on where the document was downloaded from.
pub fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Returns the URL with the default value of each variable.
pub fn with_defaults(server: &ir::Server) -> String {
    server.variables.iter().fold(server.url.clone(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), &variable.default)
    })
}

/// Returns the distinct lists of servers that operations declare.
pub fn server_lists(api: &Api) -> Vec<&[ir::Server]> {
    let mut lists: Vec<&[ir::Server]> = Vec::new();
    for operation in api.operations.iter().filter(|operation| has_own_servers(api, operation)) {
        if !lists.iter().any(|list| has_same_urls(list, &operation.servers)) {
            lists.push(&operation.servers);
        }
    }
    lists
}

/// Returns whether an operation declares other servers than the API.
pub fn has_own_servers(api: &Api, operation: &ir::Operation) -> bool {
    !operation.servers.is_empty() && !has_same_urls(&operation.servers, &api.servers)
}

/// Returns whether two lists of servers have the same URLs, trailing slashes aside.
pub fn has_same_urls(one: &[ir::Server], other: &[ir::Server]) -> bool {
    let urls = |list: &[ir::Server]| -> Vec<String> {
        let url = |server| with_defaults(server).trim_end_matches('/').to_owned();
        list.iter().map(url).collect()
    };
    urls(one) == urls(other)
}

/// Returns the path of a URL, relative to the server that [`origin`] returns.
pub fn url_path(url: &str) -> String {
    match url.split_once("://") {
        Some((_, rest)) => {
            rest.find('/').and_then(|start| rest.get(start..)).unwrap_or("/").to_owned()
        }
        None => format!("/{}", url.trim_start_matches('/')),
    }
}

/// Returns the host of a URL without its registered domain, as words:
/// `https://vault.api-sandbox.acme.example/v1` → `vault api-sandbox`.
pub fn host_words(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').filter(|label| !label.is_empty()).collect();
    let count = labels.len().saturating_sub(2);
    let words: Vec<&str> = labels.into_iter().take(count).collect();
    if is_loopback(url) {
        "Local".to_owned()
    } else if words.is_empty() {
        "Production".to_owned()
    } else {
        words.join(" ").replace(['{', '}'], " ")
    }
}

/// Returns whether a URL is on the local machine.
pub fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_ipv4 = host.chars().all(|c| c.is_ascii_digit() || c == '.');
    matches!(host, "localhost" | "0.0.0.0" | "::1" | "::")
        || host.ends_with(".localhost")
        || (is_ipv4 && host.starts_with("127."))
}

/// Returns words for what distinguishes a server's host from the API's hosts: `vault` for
/// `https://vault.api.acme.example` if the API is at `https://api.acme.example`.
pub fn distinct_words(api: &Api, list: &[ir::Server]) -> String {
    let Some(first) = list.first() else { return "own".to_owned() };
    let url = with_defaults(first);
    let api_urls = api.servers.iter().map(with_defaults);
    let list_urls: Vec<String> = list.iter().map(with_defaults).collect();
    let url_labels = labels(&url);
    let shared = api_urls.filter(|api_url| !list_urls.contains(api_url)).map(|api_url| {
        let pairs = url_labels.iter().rev().zip(labels(&api_url).into_iter().rev());
        pairs.take_while(|(a, b)| **a == *b).count()
    });
    let shared = shared.max().unwrap_or_default();
    let distinct = url_labels.get(..url_labels.len().saturating_sub(shared)).unwrap_or_default();
    let words = match distinct {
        [] => url_path(&url).replace('/', " "),
        _ if shared == 0 => host_words(&url),
        distinct => distinct.join(" "),
    };
    if words.trim().is_empty() { "own".to_owned() } else { words }
}

fn labels(url: &str) -> Vec<&str> {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    host.split('.').filter(|label| !label.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::host_words;

    #[test]
    fn servers_are_named_after_their_host() {
        for (url, words) in [
            ("https://vault.api-sandbox.acme.example/v1", "vault api-sandbox"),
            ("https://acme.example", "Production"),
            ("http://localhost:8080/v1", "Local"),
            ("http://127.0.0.1", "Local"),
            ("http://[::1]:3000", "Local"),
            ("http://api.localhost", "Local"),
        ] {
            assert_eq!(host_words(url), words, "{url}");
        }
    }
}
