//! Every keyword that the tables list as generated occurs in `tests/acme`, the invented vendor, and
//! is counted as generated there. So the tests of that vendor exercise every row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::keyword_effects::collect_kinds;
use super::{ObjectKind, Rule, ValueKind};
use crate::pipeline::parse_pages;
use crate::report::{Origin, Report};
use crate::source::{Kind, Node, Sources};
use crate::{Vendor, cli, inspect, page};

/// Keywords that no author writes.
const INTERNAL: [&str; 1] = ["Root.x-docwright-webhooks"];

/// Keywords whose values the client does not need, or that cannot be expressed: they are counted as
/// ignored although they are read.
const READ_AND_IGNORED: [&str; 9] = [
    "Encoding.headers",
    "Schema.not",
    "Components.pathItems",
    "Root.webhooks",
    // Arrays in arrays are sent as strings.
    "SwaggerItems.items",
    "SwaggerItems.collectionFormat",
    "SwaggerItems.maxItems",
    "SwaggerItems.minItems",
    "SwaggerItems.uniqueItems",
];

fn load(form: &str) -> Vendor {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/acme").join(form);
    let loaded = cli::load_vendor(&folder, &format!("tests/acme/{form}"), "acme");
    loaded.unwrap_or_else(|report| panic!("{form}: {report:?}")).vendor
}

/// The occurrences of each keyword of each kind of object.
#[derive(Default)]
struct Occurrences(BTreeMap<String, Vec<Occurrence>>);

/// An occurrence of a keyword, and whether it is below one that is passed through without being
/// generated, such as `examples`.
#[derive(Clone, Copy)]
struct Occurrence {
    origin: Origin,
    passed_through: bool,
}

impl Occurrences {
    fn add(&mut self, node: &Node, object: ObjectKind, passed_through: bool) {
        let Kind::Object(map) = &node.kind else { return };
        let grammar = object.grammar();
        if object == ObjectKind::WrappedSchema {
            // The item of `allOf` is a schema of the vendor.
            let schemas = map.get("allOf").and_then(Node::as_array).unwrap_or_default();
            return schemas.iter().for_each(|it| self.add(it, ObjectKind::Schema, passed_through));
        }
        for (key, value) in map {
            let rule = grammar.rule(key).or(grammar.other_keys.map(Rule::Kept));
            let Some(rule) = rule else { continue };
            let occurrence = Occurrence { origin: value.origin, passed_through };
            self.0.entry(format!("{object:?}.{key}")).or_default().push(occurrence);
            let passed_through = passed_through || matches!(rule, Rule::PassThrough(..));
            match (rule.value_kind(), &value.kind) {
                (Some(ValueKind::Object(child)), _) => self.add(value, child, passed_through),
                (Some(ValueKind::SchemaOrBool), _) => {
                    let child = match object {
                        ObjectKind::Entry => ObjectKind::WrappedSchema,
                        _ => ObjectKind::Schema,
                    };
                    self.add(value, child, passed_through);
                }
                (Some(ValueKind::Array(child)), Kind::Array(items)) => {
                    items.iter().for_each(|item| self.add(item, child, passed_through));
                }
                (Some(ValueKind::Map(_, child)), Kind::Object(entries)) => {
                    entries.values().for_each(|entry| self.add(entry, child, passed_through));
                }
                _ => {}
            }
        }
    }
}

/// Returns the occurrences of the keywords in a form of the API, and the origins of those that are
/// generated.
fn read(form: &str) -> (Occurrences, BTreeSet<Origin>) {
    let vendor = load(form);
    let mut report = Report::default();
    let mut sources = Sources::default();
    let pages = page::read(&vendor.inputs, &mut sources, &mut report);
    let mut occurrences = Occurrences::default();
    for (_, node) in parse_pages(pages, &vendor, &mut sources, &mut report).documents {
        let object = match (node.get("openapi"), node.get("swagger")) {
            (Some(_), _) => ObjectKind::Root,
            (None, Some(_)) => ObjectKind::SwaggerRoot,
            (None, None) => ObjectKind::Block,
        };
        occurrences.add(&node, object, false);
    }
    let inspection = inspect(&vendor).unwrap_or_else(|report| panic!("{form}: {report:?}"));
    (occurrences, inspection.summary.coverage.generated.into_iter().collect())
}

#[test]
fn acme_contains_every_generated_keyword() {
    let forms = ["document", "pages", "swagger"].map(read);
    let mut kinds = Vec::new();
    collect_kinds(ObjectKind::Root, &mut kinds);
    collect_kinds(ObjectKind::Block, &mut kinds);
    collect_kinds(ObjectKind::SwaggerRoot, &mut kinds);
    let (mut missing, mut wrong, mut rows) = (Vec::new(), Vec::new(), 0);
    for object in kinds {
        for (keyword, rule) in object.grammar().keywords {
            let name = format!("{object:?}.{keyword}");
            if !matches!(rule, Rule::Kept(_)) || INTERNAL.contains(&name.as_str()) {
                continue;
            }
            rows += 1;
            let mut all = forms.iter().flat_map(|(occurrences, generated)| {
                let found = occurrences.0.get(&name).map(Vec::as_slice).unwrap_or_default();
                found.iter().map(|it| it.passed_through || generated.contains(&it.origin))
            });
            match (all.clone().count(), all.any(|is_generated| is_generated)) {
                (0, _) => missing.push(name),
                (_, is_generated) if is_generated == READ_AND_IGNORED.contains(&name.as_str()) => {
                    wrong.push(format!("{name}: {is_generated}"));
                }
                _ => {}
            }
        }
    }
    println!("{rows} generated keywords");
    assert!(missing.is_empty(), "tests/acme lacks {missing:#?}");
    assert!(wrong.is_empty(), "unexpected: whether tests/acme generates {wrong:#?}");
}
