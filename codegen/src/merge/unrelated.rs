//! Rejects documents of unrelated APIs: the client would have the operations of both.

use std::collections::BTreeSet;

use crate::dialect::OpenApi30;
use crate::page::Page;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::Node;

/// Documents that share hosts or a file, directly or through each other. The documents of one page belong
/// together: it documents one API.
struct Group<'d> {
    hosts: BTreeSet<String>,
    files: BTreeSet<&'d str>,
    /// The first document, and where it declares a server.
    first: (&'d Page, Origin),
}

/// Reports documents that declare servers and have no host in common with the first document that does.
pub fn check_related(documents: &[(Page, OpenApi30)], report: &mut Report) {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (page, document) in documents {
        let servers = find_servers(document.root());
        let hosts: BTreeSet<String> =
            servers.iter().flat_map(|server| find_hosts(server)).collect();
        let Some(first) = servers.first().filter(|_| !hosts.is_empty()) else { continue };
        let files = BTreeSet::from([page.file.as_str()]);
        let mut joined = Group { hosts, files, first: (page, first.origin) };
        // Keeps the order of the groups.
        let mut at = None;
        for (index, group) in std::mem::take(&mut groups).into_iter().enumerate() {
            if group.hosts.is_disjoint(&joined.hosts) && group.files.is_disjoint(&joined.files) {
                groups.push(group);
                continue;
            }
            if at.is_none() {
                at = Some(index);
                joined.first = group.first;
            }
            joined.hosts.extend(group.hosts);
            joined.files.extend(group.files);
        }
        groups.insert(at.unwrap_or(groups.len()).min(groups.len()), joined);
    }
    let Some((related, others)) = groups.split_first() else { return };
    let (first, first_origin) = related.first;
    for other in others {
        let (page, origin) = other.first;
        let message = format!(
            "`{}` and `{}` have no server in common, so they may be documents of unrelated APIs",
            page.file, first.file
        );
        let help = "generate a client for each API; or, if it is one API, pass `--merge-unrelated`, or \
                    set `merge_unrelated = true` in docwright.toml";
        let label = format!("a server of `{}`", first.file);
        let problem = Problem::error(Location::Entry(origin), message).help(help);
        report.push(problem.related(Location::Entry(first_origin), label));
    }
}

/// Returns the servers of a document, of its path items and of its operations.
fn find_servers(root: &Node) -> Vec<&Node> {
    let items =
        || root.get("paths").and_then(Node::as_object).into_iter().flat_map(|it| it.values());
    let operations = || items().filter_map(Node::as_object).flat_map(|item| item.values());
    let lists = std::iter::once(root).chain(items()).chain(operations());
    lists.filter_map(|it| it.get("servers")?.as_array()).flatten().collect()
}

/// Returns the hosts of a server: as declared, and with the default values of its variables.
fn find_hosts(server: &Node) -> Vec<String> {
    let Some(url) = server.get("url").and_then(Node::as_str) else { return Vec::new() };
    let variables = server.get("variables").and_then(Node::as_object);
    let resolved = variables.into_iter().flatten().fold(url.to_owned(), |url, (name, variable)| {
        let default = variable.get("default").and_then(Node::as_str).unwrap_or_default();
        url.replace(&format!("{{{name}}}"), default)
    });
    let hosts = [url, &resolved].into_iter().filter_map(host);
    // `{host}` may be any host.
    hosts.filter(|host| !(host.starts_with('{') && host.ends_with('}'))).collect()
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    let is_port = |port: &str| !port.is_empty() && !port.contains(['}', ']']);
    let host =
        host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}
