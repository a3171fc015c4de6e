//! The words behind a fence: `yaml openapi.yaml post /orders`.

/// The operation that an info string names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The HTTP method in lower case; empty for a webhook.
    pub method: String,
    /// The path, or the webhook's name.
    pub path: String,
    /// Whether the vendor calls, and not the client.
    pub webhook: bool,
}

/// What an info string says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Info {
    pub(super) language: Option<Language>,
    pub(super) source: Option<String>,
    pub(super) target: Option<Target>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    Yaml,
    Json,
    Other,
}

/// Reads what stands behind the backticks.
pub(super) fn read(info: &str) -> Info {
    // Words such as `theme={null}` are for the site's renderer.
    let mut words = info.split_whitespace().filter(|word| !word.contains("={"));
    let mut rest = words.clone();
    let language = match rest.next() {
        Some(word) if ["yaml", "yml"].iter().any(|y| word.eq_ignore_ascii_case(y)) => {
            Some(Language::Yaml)
        }
        Some(word) if word.eq_ignore_ascii_case("json") => Some(Language::Json),
        Some(word) if !word.contains(['/', '.']) && method(word).is_none() => Some(Language::Other),
        _ => None,
    };
    if language.is_some() {
        words = rest;
    }
    let words = words.collect::<Vec<_>>();
    if let [source @ .., verb, path] = words.as_slice()
        && let Some(target) = target(verb, path)
    {
        let source = source.join(" ");
        let source = (!source.is_empty()).then_some(source);
        return Info { language, source, target: Some(target) };
    }
    let source = match words.as_slice() {
        [source] => Some((*source).to_owned()),
        _ => None,
    };
    Info { language, source, target: None }
}

fn target(verb: &str, path: &str) -> Option<Target> {
    if verb == "webhook" {
        return Some(Target { method: String::new(), path: path.to_owned(), webhook: true });
    }
    let method = method(verb)?;
    let found = Target { method, path: path.to_owned(), webhook: false };
    path.starts_with('/').then_some(found)
}

fn method(word: &str) -> Option<String> {
    const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let word = word.to_ascii_lowercase();
    METHODS.contains(&word.as_str()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(info: &str) -> (Option<String>, Option<String>) {
        let info = read(info);
        let target = info.target.map(|t| match t.webhook {
            true => format!("webhook {}", t.path),
            false => format!("{} {}", t.method, t.path),
        });
        (info.source, target)
    }

    fn some(source: &str, target: &str) -> (Option<String>, Option<String>) {
        let text = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        (text(source), text(target))
    }

    #[test]
    fn source_method_and_path() {
        assert_eq!(
            said("yaml spec/openapi.yaml post /orders"),
            some("spec/openapi.yaml", "post /orders")
        );
        assert_eq!(said("yaml GET /orders/{id}/"), some("", "get /orders/{id}/"));
        assert_eq!(
            said("yaml https://acme.test:8443/openapi?v=1 delete /orders"),
            some("https://acme.test:8443/openapi?v=1", "delete /orders")
        );
        assert_eq!(said("yaml openapi webhook order-paid"), some("openapi", "webhook order-paid"));
        assert_eq!(said("yaml webhook order.paid"), some("", "webhook order.paid"));
        assert_eq!(said("yaml post /orders theme={null}"), some("", "post /orders"));
        assert_eq!(said("openapi.yaml post /orders"), some("openapi.yaml", "post /orders"));
        assert_eq!(said("post /orders"), some("", "post /orders"));
        assert_eq!(said("yaml openapi.yaml"), some("openapi.yaml", ""));
        assert_eq!(said("yaml"), some("", ""));
        assert_eq!(said(""), some("", ""));
        assert_eq!(said("bash cURL theme={null}"), some("cURL", ""));
    }
}
