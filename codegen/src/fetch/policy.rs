//! Which addresses may be requested.

use std::collections::BTreeSet;
use std::net::IpAddr;

use url::{Host, Url};

use super::address::is_public;

/// The hosts that may be requested, and whether they may be local.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Each host with its port: `docs.acme.test:443`.
    hosts: BTreeSet<String>,
    /// Whether hosts may have private addresses, and `http` may be used for them.
    private: bool,
}

impl Policy {
    /// Allows the hosts of `sites` and `hosts`, each with an optional port. Private addresses are allowed
    /// if the address of a site is one, or with `private`.
    ///
    /// # Errors
    ///
    /// Returns a message if one of `hosts` is not a host.
    pub fn new(sites: &[Url], hosts: &[String], private: bool) -> Result<Self, String> {
        let mut policy = Self { private: private || sites.iter().any(is_local), ..Self::default() };
        policy.hosts.extend(sites.iter().filter_map(host_and_port));
        for host in hosts {
            let url = Url::parse(&format!("https://{host}")).ok();
            let url = url.filter(|url| url.path() == "/" && url.username().is_empty());
            let host = url.as_ref().and_then(host_and_port);
            policy.hosts.insert(host.ok_or("expected a host such as `api.acme.example`")?);
        }
        Ok(policy)
    }

    /// Checks that an address may be requested. Its IP address is checked when it is known.
    ///
    /// # Errors
    ///
    /// Returns the reason as a message if it may not.
    pub(super) fn check(&self, url: &Url) -> Result<(), String> {
        let is_local = self.private && is_local(url);
        match url.scheme() {
            "https" => {}
            "http" if is_local => {}
            "http" => return Err(format!("`{url}` is not requested: it is not https")),
            scheme => return Err(format!("addresses with `{scheme}:` are not requested")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a user name or password is not requested".to_owned());
        }
        let Some(host) = host_and_port(url) else { return Err("the address has no host".into()) };
        if !self.hosts.contains(&host) {
            let host = host.trim_end_matches(":443");
            return Err(format!("`{url}` is on another host; pass `--host {host}` to allow it"));
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        self.check_address(address)
    }

    /// Checks the IP address that a host was resolved to.
    pub(super) fn check_address(&self, address: IpAddr) -> Result<(), String> {
        if self.private || is_public(address) {
            return Ok(());
        }
        Err(format!(
            "the host has the private address {address}; pass `--private` if it is meant to"
        ))
    }

    /// Returns whether hosts may have private addresses.
    pub(super) fn is_private(&self) -> bool {
        self.private
    }
}

/// Returns whether an address names the local machine or a private network.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => !is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => !is_public(IpAddr::V6(address)),
        None => false,
    }
}

fn host_and_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

/// Parses the address of a site. Without a scheme, it is `https`.
///
/// # Errors
///
/// Returns the reason as a message if the text is not the address of a site.
pub fn parse_site(text: &str) -> Result<Url, String> {
    let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = Url::parse(&text).map_err(|error| error.to_string())?;
    url.set_fragment(None);
    match url.scheme() {
        "https" | "http" if url.has_host() => Ok(url),
        _ => Err("expected an address that starts with `https://`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(site: &str, hosts: &[&str], url: &str) -> Result<(), String> {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let policy = Policy::new(&[parse_site(site).unwrap()], &hosts, false)?;
        policy.check(&Url::parse(url).unwrap())
    }

    #[test]
    fn only_https_on_the_hosts_of_the_site_is_requested() {
        let site = "docs.acme.test";
        assert_eq!(check(site, &[], "https://docs.acme.test/a"), Ok(()));
        assert_eq!(check(site, &["api.acme.test"], "https://api.acme.test/a"), Ok(()));
        for (url, reason) in [
            ("http://docs.acme.test/a", "not https"),
            ("https://acme.test/a", "--host acme.test`"),
            ("https://docs.acme.test:8443/a", "--host docs.acme.test:8443"),
            ("https://docs.acme.test@evil.test/", "user name"),
            ("file:///etc/passwd", "`file:`"),
            ("https://127.0.0.1/", "another host"),
        ] {
            let message = check(site, &[], url).unwrap_err();
            assert!(message.contains(reason), "{url}: {message}");
        }
        let message = check(site, &["169.254.169.254"], "https://169.254.169.254/").unwrap_err();
        assert!(message.contains("private address"), "{message}");
    }

    #[test]
    fn a_local_site_may_use_http_and_private_addresses() {
        assert_eq!(check("http://127.0.0.1:80", &[], "http://127.0.0.1/a"), Ok(()));
        assert_eq!(check("http://localhost:90", &[], "http://localhost:90/a"), Ok(()));
        assert!(check("http://localhost:90", &[], "http://localhost:91/a").is_err());
        assert!(check("http://docs.acme.test", &[], "http://docs.acme.test/").is_err());
    }

    #[test]
    fn a_public_host_with_a_private_address_is_rejected() {
        let policy = Policy::new(&[parse_site("docs.acme.test").unwrap()], &[], false).unwrap();
        let check = |address: &str| policy.check_address(address.parse().unwrap());
        assert!(check("127.0.0.1").is_err());
        assert!(check("::ffff:10.0.0.1").is_err());
        assert!(check("1.1.1.1").is_ok());
    }

    #[test]
    fn a_site_needs_no_scheme() {
        assert_eq!(parse_site("docs.acme.test/a#b").unwrap().as_str(), "https://docs.acme.test/a");
        assert!(parse_site("ftp://docs.acme.test").is_err());
        assert!(parse_site("").is_err());
    }
}
