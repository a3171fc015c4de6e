//! Servers: `host`, `basePath` and `schemes`.

use super::{single, take_array};
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// Where the API is.
pub(super) struct Address {
    host: Option<Node>,
    base_path: Option<Node>,
    schemes: Option<Vec<Node>>,
}

impl Address {
    pub(super) fn take(root: &mut Map) -> Self {
        let mut take = |key| root.shift_remove(key).filter(|node| node.as_str() != Some(""));
        let (host, base_path) = (take("host"), take("basePath"));
        Self { host, base_path, schemes: take_array(root, "schemes") }
    }

    /// Returns the server at this address, with the scheme of `schemes` or of the root. Of several
    /// schemes, only `https` is used: the others lead to the same server.
    pub(super) fn server(&self, schemes: Option<Node>, report: &mut Report) -> Option<Node> {
        let own = match schemes.map(|node| node.kind) {
            Some(Kind::Array(schemes)) => Some(schemes),
            _ => None,
        };
        let scheme = select_scheme(own.as_ref().or(self.schemes.as_ref()), report)?;
        let origin = self.host.as_ref().or(self.base_path.as_ref())?.origin;
        let base_path = self.base_path.as_ref().and_then(Node::as_str).unwrap_or_default();
        let base_path = base_path.trim().trim_matches('/');
        let path = if base_path.is_empty() { String::new() } else { format!("/{base_path}") };
        let url = match self.host.as_ref().and_then(Node::as_str) {
            Some(host) => {
                let host = host.trim().trim_end_matches('/');
                let host = host.split_once("://").map_or(host, |(_, host)| host);
                format!("{scheme}://{host}{path}")
            }
            // Relative to the document.
            None if path.is_empty() => return None,
            None => path,
        };
        let variables = variables(&url, origin);
        let mut server = single("url", Node::string(url, origin));
        if !variables.is_empty() {
            server.insert("variables".to_owned(), Node::object(variables, origin));
        }
        Some(Node::object(server, origin))
    }

    /// Returns whether the server of an operation is that of the root.
    pub(super) fn is_default(&self, server: &Node) -> bool {
        self.server(None, &mut Report::default()).as_ref() == Some(server)
    }
}

/// Returns `https`, also if no scheme is declared, unless only others are. Returns `None` if a
/// client cannot use any of them.
fn select_scheme(schemes: Option<&Vec<Node>>, report: &mut Report) -> Option<&'static str> {
    let schemes = schemes.map(Vec::as_slice).unwrap_or_default();
    let declares = |name: &str| {
        let mut names = schemes.iter().filter_map(Node::as_str);
        names.any(|scheme| scheme.eq_ignore_ascii_case(name))
    };
    match schemes.first() {
        None => Some("https"),
        Some(_) if declares("https") => Some("https"),
        Some(_) if declares("http") => Some("http"),
        Some(first) => {
            let message = format!(
                "`schemes` has neither `https` nor `http`: {}",
                first.as_str().unwrap_or_default()
            );
            report.push(
                Problem::warning(Location::Value(first.origin), message)
                    .help("pass the base URL to `Client::builder`"),
            );
            None
        }
    }
}

/// Returns a variable for each `{name}` of the URL. Swagger 2.0 has no templates here, but documents
/// use them, and nothing declares their values.
fn variables(url: &str, origin: Origin) -> Map {
    let mut variables = Map::new();
    for part in url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}') {
            let default = single("default", Node::string("", origin));
            variables.insert(name.to_owned(), Node::object(default, origin));
        }
    }
    variables
}
