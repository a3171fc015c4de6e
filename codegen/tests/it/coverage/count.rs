//! Counts the keywords of documents, independently of the generator.

use std::collections::{BTreeMap, BTreeSet};

use docwright::Inspection;
use docwright::report::{Location, Origin};
use docwright::source::{self, Kind, Node};

/// Collects the keywords of a document, without user-defined names such as those of properties.
///
/// The tables of the generator are not used, so that the result is independent.
#[derive(Default)]
struct KeywordCollector {
    keywords: BTreeMap<Origin, String>,
    is_endpoint: bool,
}

/// Keywords whose values have no keywords.
const DATA: [&str; 14] = [
    "example",
    "default",
    "enum",
    "const",
    "value",
    "required",
    "tags",
    "security",
    "mapping",
    "scopes",
    "requiredProperties",
    "type",
    "dataValue",
    "externalDocs",
];

/// Keywords whose values are maps with user-defined names.
const MAPS: [&str; 18] = [
    "paths",
    "webhooks",
    "properties",
    "patternProperties",
    "responses",
    "schemas",
    "requestBodies",
    "headers",
    "examples",
    "securitySchemes",
    "pathItems",
    "content",
    "encoding",
    "variables",
    "$defs",
    "definitions",
    "response",
    "body",
];

impl KeywordCollector {
    fn visit_object(&mut self, node: &Node) {
        for (key, value) in node.as_object().into_iter().flatten() {
            self.keywords.insert(value.origin, key.clone());
            let is_array = value.as_array().is_some();
            match key.as_str() {
                _ if key.starts_with("x-") => {}
                // In some positions these are arrays of objects, in others arrays of strings.
                "security" | "tags" => self.visit_items(value),
                _ if DATA.contains(&key.as_str()) => {}
                "examples" if is_array => {}
                "paths" if self.is_endpoint => self.visit_object(value),
                "parameters" if !is_array && self.is_endpoint => self.visit_locations(value),
                "parameters" | "schemas" if !is_array => self.visit_map(key, value),
                _ if MAPS.contains(&key.as_str()) && !is_array => self.visit_map(key, value),
                _ => self.visit_value(value),
            }
        }
    }

    fn visit_value(&mut self, node: &Node) {
        match &node.kind {
            Kind::Array(items) => items.iter().for_each(|item| self.visit_object(item)),
            _ => self.visit_object(node),
        }
    }

    /// Visits the items of `security` or `tags`. In OpenAPI, those of `security` have no keywords.
    fn visit_items(&mut self, node: &Node) {
        let items = node.as_array().unwrap_or_default().iter();
        items
            .filter(|item| item.get("parameters").is_some() || item.get("name").is_some())
            .for_each(|item| self.visit_object(item));
    }

    /// Visits the parameters of the endpoint dialect, which are grouped by location.
    fn visit_locations(&mut self, node: &Node) {
        for (location, value) in node.as_object().into_iter().flatten() {
            self.keywords.insert(value.origin, location.clone());
            self.visit_map("parameters", value);
        }
    }

    fn visit_map(&mut self, section: &str, node: &Node) {
        for (name, value) in node.as_object().into_iter().flatten() {
            let is_extension = name.starts_with("x-")
                && (matches!(section, "paths" | "responses" | "response")
                    || (matches!(section, "schemas" | "parameters")
                        && value.as_object().is_none()));
            if is_extension {
                self.keywords.insert(value.origin, name.clone());
            } else if section == "response" || (section == "body" && self.is_endpoint) {
                // Responses are grouped by status and media type, bodies by media type.
                if section == "response" {
                    self.visit_map("media", value);
                } else {
                    self.visit_object(value);
                }
            } else {
                self.visit_object(value);
            }
        }
    }
}

/// Returns the keywords of a document.
fn collect_keywords(root: &Node) -> BTreeMap<Origin, String> {
    let is_endpoint = root
        .get("paths")
        .and_then(|paths| paths.get("path"))
        .is_some_and(|path| path.as_str().is_some());
    let mut collector = KeywordCollector { is_endpoint, ..KeywordCollector::default() };
    collector.visit_object(root);
    collector.keywords
}

fn collect_descendants(node: &Node, found: &mut BTreeSet<Origin>) {
    let children: Vec<&Node> = match &node.kind {
        Kind::Array(items) => items.iter().collect(),
        Kind::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    for child in children {
        found.insert(child.origin);
        collect_descendants(child, found);
    }
}

fn location_origin(location: &Location) -> Option<Origin> {
    match location {
        Location::Entry(origin) | Location::Value(origin) => Some(*origin),
        _ => None,
    }
}

fn find_node(node: &Node, origin: Origin) -> Option<&Node> {
    if node.origin.document != origin.document {
        return None;
    }
    if node.origin == origin {
        return Some(node);
    }
    match &node.kind {
        Kind::Array(items) => items.iter().find_map(|item| find_node(item, origin)),
        Kind::Object(map) => map.values().find_map(|item| find_node(item, origin)),
        _ => None,
    }
}

/// Returns the mistakes in the coverage of an inspection.
pub fn coverage_mistakes(inspection: &Inspection) -> Vec<String> {
    let Inspection { summary, sources, .. } = inspection;
    let coverage = &summary.coverage;
    let mut mistakes = Vec::new();
    let mut roots = Vec::new();
    for number in 0..sources.documents.len() {
        roots.extend(source::parse(sources, u32::try_from(number).unwrap()));
    }
    let generated: BTreeSet<Origin> = coverage.generated.iter().copied().collect();
    let entries = coverage.ignored.iter().chain(&coverage.not_generated);
    let not_generated: BTreeSet<Origin> = entries
        .clone()
        .filter(|e| e.keywords > 0)
        .filter_map(|e| location_origin(&e.location))
        .collect();
    if let Some(both) = generated.intersection(&not_generated).next() {
        mistakes.push(format!("{both:?} is both generated and not generated"));
    }
    let mut keywords = BTreeSet::new();
    for root in &roots {
        let in_document = collect_keywords(root);
        let mut covered = BTreeSet::new();
        for entry in entries.clone().filter(|entry| entry.keywords > 0) {
            let origin = location_origin(&entry.location);
            let Some(node) = origin.and_then(|origin| find_node(root, origin)) else { continue };
            let mut origins = BTreeSet::from([node.origin]);
            collect_descendants(node, &mut origins);
            let is_counted = |o: &&Origin| in_document.contains_key(*o) && !generated.contains(*o);
            let count = origins.iter().filter(is_counted).count();
            if count < entry.keywords {
                mistakes.push(format!("{entry:?} counts more than {count} keywords"));
            }
            covered.append(&mut origins);
        }
        for (origin, key) in &in_document {
            if !generated.contains(origin) && !covered.contains(origin) {
                mistakes.push(format!("`{key}` is not counted: {origin:?}"));
            }
        }
        keywords.extend(in_document.into_keys());
    }
    let mut locator = source::locate::Locator::new(sources);
    for origin in generated.difference(&keywords) {
        let line = locator.position(&Location::Entry(*origin)).map(|position| position.line);
        mistakes.push(format!("line {line:?}: {:?} is not a keyword", locator.key(*origin)));
    }
    mistakes
}
