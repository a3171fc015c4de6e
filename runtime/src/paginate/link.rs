//! URLs of next pages.

use http::{HeaderMap, header};
use url::Url;

use crate::message::error::RequestError;

/// Returns the target of `rel="next"` (RFC 8288 §3).
pub(super) fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    let mut links = values.flat_map(|value| value.split('<').skip(1));
    links.find_map(|link| {
        let (target, parameters) = link.split_once('>')?;
        let is_next = |parameter: &str| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let value = value.trim().trim_end_matches(',').trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel")
                && value.split_ascii_whitespace().any(|it| it.eq_ignore_ascii_case("next"))
        };
        parameters.split(';').any(is_next).then(|| target.to_owned())
    })
}

/// Returns the query of the URL of a page. The URL must lead to the same list, since the credentials
/// are sent there.
pub(super) fn page_query(url: &Url, target: &str) -> Result<String, RequestError> {
    let invalid =
        |message: &str| RequestError::page(format!("the link to the next page {message}"));
    let next = url.join(target).map_err(|_| invalid("is not a valid URL"))?;
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    if next.origin() != url.origin() || path(&next) != path(url) {
        return Err(invalid("leads to another host or path"));
    }
    Ok(next.query().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn next_link_of(value: &str) -> Option<String> {
        let value = HeaderValue::from_str(value).unwrap();
        next_link(&HeaderMap::from_iter([(header::LINK, value)]))
    }

    #[test]
    fn next_link_is_found_among_others() {
        for (value, target) in [
            (r#"</pets?p=2>; rel="next""#, Some("/pets?p=2")),
            (
                r#"</pets?p=1>; rel=prev, </pets?p=3>; title="a, b"; rel="last next""#,
                Some("/pets?p=3"),
            ),
            (r#"</pets?p=2>; REL=NEXT, </pets?p=9>; rel="last""#, Some("/pets?p=2")),
            (r#"</pets?p=1>; rel="prev""#, None),
            ("next", None),
        ] {
            assert_eq!(next_link_of(value).as_deref(), target, "{value}");
        }
    }

    #[test]
    fn link_must_lead_to_the_same_list() {
        let url: Url = "https://acme.example/v1/pets?limit=2".parse().unwrap();
        assert_eq!(page_query(&url, "?p=2").unwrap(), "p=2");
        assert_eq!(page_query(&url, "https://acme.example/v1/pets?p=2").unwrap(), "p=2");
        assert_eq!(page_query(&url, "/v1/pets/?p=2").unwrap(), "p=2");
        for elsewhere in
            ["https://evil.example/v1/pets?p=2", "/v1/orders", "//evil.example/v1/pets"]
        {
            assert!(page_query(&url, elsewhere).is_err(), "{elsewhere}");
        }
    }
}
