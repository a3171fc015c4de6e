//! Which page comes next, and detection of endless lists.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::{HeaderMap, header};
use url::Url;

use super::paging::Paging;
use crate::call::Call;
use crate::message::error::RequestError;

/// The current position in a list.
#[derive(Debug)]
pub(super) struct Position {
    paging: &'static Paging,
    /// The number or offset of the current page.
    number: i64,
    /// The hash of the previous page.
    previous_hash: Option<u64>,
    /// The cursors or links that have been followed.
    followed: BTreeSet<String>,
}

/// The parts of a page that determine the next one.
pub(super) struct PageInfo<'p> {
    /// The number of items.
    pub(super) count: usize,
    /// The cursor of the next page.
    pub(super) cursor: Option<String>,
    pub(super) headers: &'p HeaderMap,
    pub(super) bytes: &'p [u8],
}

/// What follows a page.
#[derive(Debug)]
pub(super) enum Next {
    /// Another page, with this query parameter.
    Parameter(&'static str, String),
    /// Another page, with this query.
    Query(String),
    /// The end of the list.
    End,
    /// A page that can't be requested.
    Invalid(RequestError),
}

impl Position {
    /// Creates the position of the page that `call` requests.
    pub(super) fn new(paging: &'static Paging, call: &Call<'_>) -> Self {
        let from_query = |parameter| call.query_value(parameter).and_then(|it| it.parse().ok());
        let number = match *paging {
            Paging::Page { parameter, first } => from_query(parameter).unwrap_or(first),
            Paging::Offset { parameter } => from_query(parameter).unwrap_or(0),
            Paging::Cursor { .. } | Paging::Link => 0,
        };
        Self { paging, number, previous_hash: None, followed: BTreeSet::new() }
    }

    /// Whether a page has been read.
    pub(super) fn has_moved(&self) -> bool {
        self.previous_hash.is_some() || !self.followed.is_empty()
    }

    /// Returns what follows a page that was requested at `url`.
    ///
    /// # Errors
    /// If the page is the same as the previous one.
    pub(super) fn next(&mut self, page: &PageInfo<'_>, url: &Url) -> Result<Next, RequestError> {
        match *self.paging {
            Paging::Page { parameter, .. } => self.advance(page, parameter, 1),
            Paging::Offset { parameter } => {
                self.advance(page, parameter, i64::try_from(page.count).unwrap_or(i64::MAX))
            }
            Paging::Cursor { parameter } => {
                let cursor = page.cursor.clone().filter(|cursor| !cursor.is_empty());
                Ok(self.follow(cursor, |cursor| Next::Parameter(parameter, cursor)))
            }
            Paging::Link => Ok(
                match next_link(page.headers).map(|target| next_query(url, &target)).transpose() {
                    Ok(query) => self.follow(query, Next::Query),
                    Err(error) => Next::Invalid(error),
                },
            ),
        }
    }

    /// Adds to the number or offset, unless the page has no items.
    fn advance(
        &mut self,
        page: &PageInfo<'_>,
        parameter: &'static str,
        increment: i64,
    ) -> Result<Next, RequestError> {
        if page.count == 0 {
            return Ok(Next::End);
        }
        let mut hasher = DefaultHasher::new();
        page.bytes.hash(&mut hasher);
        let hash = hasher.finish();
        if self.previous_hash.replace(hash) == Some(hash) {
            return Err(RequestError("the server sent the same page twice".to_owned()));
        }
        self.number = self.number.saturating_add(increment);
        Ok(Next::Parameter(parameter, self.number.to_string()))
    }

    /// Follows a cursor or link, unless it has been followed before.
    fn follow(&mut self, target: Option<String>, next: impl FnOnce(String) -> Next) -> Next {
        let Some(target) = target else { return Next::End };
        if self.followed.insert(target.clone()) {
            return next(target);
        }
        let message = "the server's next page was already requested";
        Next::Invalid(RequestError(message.to_owned()))
    }
}

/// Returns the target of `rel="next"` (RFC 8288 §3).
fn next_link(headers: &HeaderMap) -> Option<String> {
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

/// Returns the query of a link to the next page. The link must lead to the same list, since the
/// credentials are sent there.
fn next_query(url: &Url, target: &str) -> Result<String, RequestError> {
    let invalid = |message: &str| RequestError(format!("the link to the next page {message}"));
    let next = url.join(target).map_err(|_| invalid("is not a valid URL"))?;
    if next.origin() != url.origin() || next.path() != url.path() {
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
        assert_eq!(next_query(&url, "?p=2").unwrap(), "p=2");
        assert_eq!(next_query(&url, "https://acme.example/v1/pets?p=2").unwrap(), "p=2");
        for elsewhere in
            ["https://evil.example/v1/pets?p=2", "/v1/orders", "//evil.example/v1/pets"]
        {
            assert!(next_query(&url, elsewhere).is_err(), "{elsewhere}");
        }
    }
}
