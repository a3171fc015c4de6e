//! The declarations of modules, imports and exports.

use super::layout::{self, Shape};
use super::print::{self, Fragment};
use crate::plan::{Module, ModuleFeature, Modules, Use};

/// ```text
/// mod client;
/// #[cfg(feature = "mock")]
/// pub mod mock;
///
/// pub use client::Client;
/// ```
pub fn modules(index: &Modules, feature_prefix: &str) -> Vec<Fragment> {
    let mut sorted: Vec<&Module> = index.modules.iter().collect();
    // The order of rustfmt.
    sorted.sort_by_key(|module| module.name.trim_start_matches("r#"));
    let mut modules = String::new();
    for module in sorted {
        modules.push_str(&cfg(module.feature.as_ref(), feature_prefix));
        let visibility = if module.is_public { "pub " } else { "" };
        modules.push_str(&format!("{visibility}mod {};\n", module.name));
    }
    vec![Fragment::Table(modules), Fragment::Table(uses(&index.exports, feature_prefix))]
}

/// `use super::types;`, one line each.
pub fn uses(uses: &[Use], feature_prefix: &str) -> String {
    let line = |Use { path, is_public, feature, may_be_empty }: &Use| {
        let visibility = if *is_public { "pub " } else { "" };
        let cfg = cfg(feature.as_ref(), feature_prefix);
        let allow = match may_be_empty {
            true => "#[allow(unused_imports, reason = \"all features may be disabled\")]\n",
            false => "",
        };
        format!("{cfg}{allow}{}\n", use_text(visibility, path))
    };
    let mut uses: Vec<&Use> = uses.iter().collect();
    uses.sort_by_cached_key(|item| sort_key(&item.path));
    uses.into_iter().map(line).collect()
}

/// Returns the key by which rustfmt sorts paths: those of parent modules are first, and numbers in names
/// are compared as numbers.
fn sort_key(path: &str) -> Vec<(bool, Vec<NamePart>)> {
    path.split("::").map(|segment| (segment != "super", name_parts(segment))).collect()
}

/// A part of a name as it is compared with others.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum NamePart {
    Number(usize, String),
    Text(String),
}

fn name_parts(name: &str) -> Vec<NamePart> {
    let mut parts = Vec::new();
    let mut rest = name.trim_start_matches("r#");
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|char: char| char.is_ascii_digit() != is_number);
        let end = end.unwrap_or(rest.len());
        let (Some(part), Some(after)) = (rest.get(..end), rest.get(end..)) else { break };
        parts.push(match is_number {
            true => NamePart::Number(part.len(), part.to_owned()),
            false => NamePart::Text(part.to_owned()),
        });
        rest = after;
    }
    parts
}

/// `pub use client::{Client, ClientBuilder};`
fn use_text(visibility: &str, path: &str) -> String {
    let line = format!("{visibility}use {path};");
    let list = path.strip_suffix('}').and_then(|path| path.split_once("::{"));
    // rustfmt breaks a list two columns before the end of the line.
    let is_long = Shape::line(0).before(2).is_none_or(|shape| !shape.has_room_for(&line));
    let Some((module, names)) = list.filter(|_| is_long) else { return line };
    let names: Vec<String> = names.split(", ").map(str::to_owned).collect();
    let inner = Shape::line(layout::TAB);
    let names = layout::fill(&names, inner.before(2).unwrap_or(inner));
    format!("{visibility}use {module}::{{{}{names}\n}};", inner.line_break())
}

/// `#[cfg(feature = "mock")]`
fn cfg(feature: Option<&ModuleFeature>, feature_prefix: &str) -> String {
    let feature = match feature {
        None => return String::new(),
        Some(ModuleFeature::Mock) => "mock".to_owned(),
        Some(ModuleFeature::Webhooks) => format!("{feature_prefix}webhooks"),
        Some(ModuleFeature::Part(name)) => format!("{feature_prefix}{name}"),
    };
    format!("#[cfg(feature = {})]\n", print::literal(&feature))
}
