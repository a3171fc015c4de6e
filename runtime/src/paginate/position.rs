//! Which page comes next, and whether that leads anywhere.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use http::{HeaderMap, header};
use url::Url;

use super::Paging;
use crate::call::Call;
use crate::error::RequestError;

/// Where a list has been read to.
#[derive(Debug)]
pub(super) struct Position {
    paging: &'static Paging,
    /// The number or offset of the page that is asked for.
    number: i64,
    /// What the page before looked like.
    before: Option<u64>,
    /// The cursors or links that were followed.
    followed: BTreeSet<String>,
}

/// What a page says of the next one.
pub(super) struct ReceivedResponse<'p> {
    /// How many items it has.
    pub(super) count: usize,
    /// The word for the next one.
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
    /// Nothing.
    End,
    /// A page that cannot be asked for.
    Wrong(RequestError),
}

impl Position {
    /// The first page that `call` asks for.
    pub(super) fn of(paging: &'static Paging, call: &Call<'_>) -> Self {
        let asked = |parameter| call.query_value(parameter).and_then(|it| it.parse().ok());
        let number = match *paging {
            Paging::Page { parameter, first } => asked(parameter).unwrap_or(first),
            Paging::Offset { parameter } => asked(parameter).unwrap_or(0),
            Paging::Cursor { .. } | Paging::Link => 0,
        };
        Self { paging, number, before: None, followed: BTreeSet::new() }
    }

    /// Whether a page has been read.
    pub(super) fn has_moved(&self) -> bool {
        self.before.is_some() || !self.followed.is_empty()
    }

    /// What follows a page that was asked for at `url`.
    ///
    /// # Errors
    /// If it is the page before once more.
    pub(super) fn next(
        &mut self,
        page: &ReceivedResponse<'_>,
        url: &Url,
    ) -> Result<Next, RequestError> {
        match *self.paging {
            Paging::Page { parameter, .. } => self.count_on(page, parameter, 1),
            Paging::Offset { parameter } => {
                self.count_on(page, parameter, i64::try_from(page.count).unwrap_or(i64::MAX))
            }
            Paging::Cursor { parameter } => {
                let cursor = page.cursor.clone().filter(|cursor| !cursor.is_empty());
                Ok(self.follow(cursor, |cursor| Next::Parameter(parameter, cursor)))
            }
            Paging::Link => {
                Ok(match link(page.headers).map(|to| same_list(url, &to)).transpose() {
                    Ok(query) => self.follow(query, Next::Query),
                    Err(error) => Next::Wrong(error),
                })
            }
        }
    }

    fn count_on(
        &mut self,
        page: &ReceivedResponse<'_>,
        parameter: &'static str,
        by: i64,
    ) -> Result<Next, RequestError> {
        if page.count == 0 {
            return Ok(Next::End);
        }
        let mut looks = DefaultHasher::new();
        page.bytes.hash(&mut looks);
        let looks = looks.finish();
        if self.before.replace(looks) == Some(looks) {
            return Err(RequestError("the server gave the page before once more".to_owned()));
        }
        self.number = self.number.saturating_add(by);
        Ok(Next::Parameter(parameter, self.number.to_string()))
    }

    /// Nothing is followed twice.
    fn follow(&mut self, to: Option<String>, next: impl FnOnce(String) -> Next) -> Next {
        let Some(to) = to else { return Next::End };
        if self.followed.insert(to.clone()) {
            return next(to);
        }
        let what = "the server names a page as the next one that was asked for before";
        Next::Wrong(RequestError(what.to_owned()))
    }
}

/// The target of `rel="next"` (RFC 8288 §3).
fn link(headers: &HeaderMap) -> Option<String> {
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

/// The query of a link, which has to lead to the list that was asked for: its credentials go there
/// and nowhere else.
fn same_list(url: &Url, target: &str) -> Result<String, RequestError> {
    let to = url.join(target).map_err(|_| RequestError("the link is none".to_owned()))?;
    if to.origin() != url.origin() || to.path() != url.path() {
        return Err(RequestError("the link to the next page leads elsewhere".to_owned()));
    }
    Ok(to.query().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn linked(value: &str) -> Option<String> {
        let value = HeaderValue::from_str(value).unwrap();
        link(&HeaderMap::from_iter([(header::LINK, value)]))
    }

    #[test]
    fn the_next_link_is_found_among_others() {
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
            assert_eq!(linked(value).as_deref(), target, "{value}");
        }
    }

    #[test]
    fn a_link_stays_with_its_list() {
        let url: Url = "https://acme.example/v1/pets?limit=2".parse().unwrap();
        assert_eq!(same_list(&url, "?p=2").unwrap(), "p=2");
        assert_eq!(same_list(&url, "https://acme.example/v1/pets?p=2").unwrap(), "p=2");
        for elsewhere in
            ["https://evil.example/v1/pets?p=2", "/v1/orders", "//evil.example/v1/pets"]
        {
            assert!(same_list(&url, elsewhere).is_err(), "{elsewhere}");
        }
    }
}
