//! Parses the info string of a fence, such as `yaml openapi.yaml post /orders`.

use crate::method::Method;

/// The operation that an info string names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The HTTP method in lower case; empty for a webhook.
    pub method: String,
    /// The path, or the name of the webhook.
    pub path: String,
    /// Whether it is a webhook, which the vendor sends.
    pub webhook: bool,
}

impl Target {
    /// Returns the operation as text: `POST /orders`, or the name of the webhook.
    pub(crate) fn describe(&self) -> String {
        match self.webhook {
            true => self.path.clone(),
            false => format!("{} {}", self.method.to_ascii_uppercase(), self.path),
        }
    }
}

/// The parts of an info string.
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

/// Parses the info string after the backticks of a fence.
pub(super) fn parse_info(info: &str) -> Info {
    // Words such as `theme={null}` are for the renderer of the site.
    let mut words = info.split_whitespace().filter(|word| !word.contains("={"));
    let mut rest = words.clone();
    let language = match rest.next() {
        Some(word) if ["yaml", "yml"].iter().any(|y| word.eq_ignore_ascii_case(y)) => {
            Some(Language::Yaml)
        }
        Some(word) if word.eq_ignore_ascii_case("json") => Some(Language::Json),
        Some(word) if !word.contains(['/', '.']) && Method::from_name(word).is_none() => {
            Some(Language::Other)
        }
        _ => None,
    };
    if language.is_some() {
        words = rest;
    }
    let words = words.collect::<Vec<_>>();
    if let [source @ .., verb, path] = words.as_slice()
        && let Some(target) = parse_target(verb, path)
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

fn parse_target(verb: &str, path: &str) -> Option<Target> {
    if verb == "webhook" {
        return Some(Target { method: String::new(), path: path.to_owned(), webhook: true });
    }
    let method = Method::from_name(verb)?.key().to_owned();
    let target = Target { method, path: path.to_owned(), webhook: false };
    path.starts_with('/').then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source_and_target(info: &str) -> (Option<String>, Option<String>) {
        let info = parse_info(info);
        let target = info.target.map(|t| match t.webhook {
            true => format!("webhook {}", t.path),
            false => format!("{} {}", t.method, t.path),
        });
        (info.source, target)
    }

    fn expected(source: &str, target: &str) -> (Option<String>, Option<String>) {
        let non_empty = |s: &str| (!s.is_empty()).then(|| s.to_owned());
        (non_empty(source), non_empty(target))
    }

    #[test]
    fn source_and_target_are_parsed() {
        assert_eq!(
            source_and_target("yaml spec/openapi.yaml post /orders"),
            expected("spec/openapi.yaml", "post /orders")
        );
        assert_eq!(source_and_target("yaml GET /orders/{id}/"), expected("", "get /orders/{id}/"));
        assert_eq!(
            source_and_target("yaml https://acme.test:8443/openapi?v=1 delete /orders"),
            expected("https://acme.test:8443/openapi?v=1", "delete /orders")
        );
        assert_eq!(
            source_and_target("yaml openapi webhook order-paid"),
            expected("openapi", "webhook order-paid")
        );
        assert_eq!(
            source_and_target("yaml webhook order.paid"),
            expected("", "webhook order.paid")
        );
        assert_eq!(
            source_and_target("yaml post /orders theme={null}"),
            expected("", "post /orders")
        );
        assert_eq!(
            source_and_target("openapi.yaml post /orders"),
            expected("openapi.yaml", "post /orders")
        );
        assert_eq!(source_and_target("post /orders"), expected("", "post /orders"));
        assert_eq!(source_and_target("yaml openapi.yaml"), expected("openapi.yaml", ""));
        assert_eq!(source_and_target("yaml"), expected("", ""));
        assert_eq!(source_and_target(""), expected("", ""));
        assert_eq!(source_and_target("bash cURL theme={null}"), expected("cURL", ""));
    }
}
