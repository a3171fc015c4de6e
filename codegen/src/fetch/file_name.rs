//! Chooses the file of each address.

use std::collections::{BTreeMap, BTreeSet};

use url::Url;

use super::discover::folder;
use super::lock::sha256;

/// Files of a vendor's folder that are not pages.
const RESERVED: [&str; 4] = ["docwright.toml", "names.toml", "overlay.yaml", "vendor.toml"];

/// Names of devices on Windows.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// The maximum length of a part of a path.
const MAX_PART: usize = 80;

/// The maximum length of a path.
const MAX_PATH: usize = 180;

/// Returns the path of the file for each address. Recorded files keep their addresses; each new one is
/// named after its address, in a way that does not depend on the order of the others.
pub(super) fn assign_files<'u>(
    sites: &[Url],
    new: impl Iterator<Item = (&'u Url, &'u str)>,
    recorded: &BTreeMap<Url, String>,
) -> BTreeMap<Url, String> {
    let mut files = recorded.clone();
    let mut taken: BTreeSet<String> =
        recorded.values().map(String::as_str).chain(RESERVED).map(str::to_lowercase).collect();
    let new: BTreeMap<&Url, &str> = new.filter(|(url, _)| !recorded.contains_key(*url)).collect();
    for (url, extension) in new {
        let mut file = file_name(sites, url, extension);
        if file.len() > MAX_PATH || is_taken(&taken, &file) {
            let hash = sha256(url.as_str().as_bytes());
            file = format!("page-{}.{extension}", hash.get(..16).unwrap_or_default());
        }
        taken.insert(file.to_lowercase());
        files.insert(url.clone(), file);
    }
    files
}

/// Returns whether a file exists at a path, where its folders must be, or in a folder of its name. File
/// systems may ignore the case of names.
fn is_taken(taken: &BTreeSet<String>, file: &str) -> bool {
    let file = file.to_lowercase();
    let is_inside = |path: &str, folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    taken.iter().any(|other| is_inside(&file, other) || is_inside(other, &file))
}

/// Returns the path of an address below its site, with plain names only.
fn file_name(sites: &[Url], url: &Url, extension: &str) -> String {
    let site = sites
        .iter()
        .find(|site| site.origin() == url.origin() && url.path().starts_with(&folder(site)));
    let path = site.and_then(|site| url.path().strip_prefix(folder(site).as_str()));
    let mut parts: Vec<String> = Vec::new();
    if !sites.iter().any(|site| site.origin() == url.origin()) {
        parts.push(plain_name(url.authority()));
    }
    let path = path.unwrap_or(url.path());
    parts.extend(path.split('/').filter(|part| !part.is_empty()).map(plain_name));
    let mut last = parts.pop().unwrap_or_else(|| "index".to_owned());
    if let Some(query) = url.query() {
        last = format!("{last}-{}", plain_name(query));
    }
    let suffix = format!(".{extension}");
    if !last.to_ascii_lowercase().ends_with(&suffix) {
        last = format!("{}{suffix}", last.strip_suffix(".txt").unwrap_or(&last));
    }
    parts.push(last);
    parts.join("/")
}

/// Returns a name of letters, digits, `-`, `_` and `.` that does not start with a period.
fn plain_name(part: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = decoded.chars().map(plain).take(MAX_PART).collect();
    let name = name.trim_matches(['.', '-']);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_numbered =
        |port: &str| stem.strip_prefix(port).is_some_and(|number| number.parse::<u8>().is_ok());
    if name.is_empty()
        || DEVICES.contains(&stem.as_str())
        || is_numbered("com")
        || is_numbered("lpt")
    {
        return format!("page-{name}");
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(site: &str, urls: &[(&str, &'static str)]) -> Vec<String> {
        let urls: Vec<(Url, &str)> =
            urls.iter().map(|(url, extension)| (Url::parse(url).unwrap(), *extension)).collect();
        let new = urls.iter().map(|(url, extension)| (url, *extension));
        let files = assign_files(&[Url::parse(site).unwrap()], new, &BTreeMap::new());
        urls.iter().map(|(url, _)| files[url].clone()).collect()
    }

    #[test]
    fn a_file_is_named_after_its_address() {
        for (url, extension, file) in [
            ("https://a.test/docs/orders/create.md", "md", "orders/create.md"),
            ("https://a.test/docs/orders/create", "md", "orders/create.md"),
            ("https://a.test/docs/llms-full.txt", "md", "llms-full.md"),
            ("https://a.test/other/x.mdx", "mdx", "other/x.mdx"),
            ("https://b.test:8443/x.json", "json", "b.test-8443/x.json"),
            ("https://a.test/docs/x?version=2", "md", "x-version-2.md"),
            ("https://a.test/docs/%2e%2e%2fetc%2fpasswd", "md", "etc-passwd.md"),
            ("https://a.test/docs/a%00b%5c..%5cc.md", "md", "a-b-..-c.md"),
            ("https://a.test/docs/.hidden.md", "md", "hidden.md"),
            ("https://a.test/docs/con.md", "md", "page-con.md"),
            ("https://a.test/docs/", "yaml", "index.yaml"),
        ] {
            assert_eq!(names("https://a.test/docs", &[(url, extension)]), [file], "{url}");
        }
    }

    #[test]
    fn files_do_not_replace_each_other_or_a_file_of_the_vendor() {
        let found = names(
            "https://a.test",
            &[
                ("https://a.test/overlay.yaml", "yaml"),
                ("https://a.test/Orders.md", "md"),
                ("https://a.test/orders.md", "md"),
                ("https://a.test/x.json", "json"),
                ("https://a.test/x.json/y", "md"),
            ],
        );
        assert_ne!(found[0], "overlay.yaml");
        let distinct: BTreeSet<_> = found.iter().map(|file| file.to_lowercase()).collect();
        assert_eq!(distinct.len(), 5, "{found:?}");
        assert!(found[4].starts_with("page-"), "{found:?}");
    }

    #[test]
    fn a_recorded_file_keeps_its_name() {
        let url = Url::parse("https://a.test/orders/create").unwrap();
        let recorded = BTreeMap::from([(url.clone(), "create-order.md".to_owned())]);
        let files = assign_files(&[], std::iter::once((&url, "md")), &recorded);
        assert_eq!(files, recorded);
    }
}
