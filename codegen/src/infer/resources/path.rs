//! The resource of each operation: its tag, where tags distinguish resources, or else the literal
//! segments of its path.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{is_verb, join_words, singular, split_words};
use crate::ir::{Method, Operation};

/// How many levels of resources there are: `customers().sources().verifications()`.
const MAX_DEPTH: usize = 3;

/// A segment of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The words of literal text.
    Literal(Vec<String>),
    /// The words of a parameter's name.
    Parameter(Vec<String>),
}

/// The path of an operation as it matters for names.
#[derive(Debug, Clone)]
pub struct PathParts {
    /// The version and other words that precede the resources.
    pub version: Vec<String>,
    /// The segments, without the version and what all paths have in common.
    pub parts: Vec<Part>,
    /// The last segment, if it says what the operation does: `capture`. It is not in `parts`.
    pub action: Option<Vec<String>>,
}

/// What resource an operation belongs to, and why.
#[derive(Debug, Clone)]
pub struct ResourceOf {
    /// The names of the resource and of those around it, outermost first.
    pub path: Vec<String>,
    /// The tag that names it.
    pub tag: Option<String>,
}

impl PathParts {
    /// Returns the words of each literal segment.
    pub fn literals(&self) -> impl DoubleEndedIterator<Item = &Vec<String>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Literal(words) => Some(words),
            Part::Parameter(_) => None,
        })
    }

    /// Returns the words of each parameter.
    pub fn parameters(&self) -> impl Iterator<Item = &Vec<String>> {
        self.parts.iter().filter_map(|part| match part {
            Part::Parameter(words) => Some(words),
            Part::Literal(_) => None,
        })
    }

    /// Returns whether the path is that of one item: `/orders/{id}`.
    pub fn is_item(&self) -> bool {
        matches!(self.parts.last(), Some(Part::Parameter(_)))
    }
}

/// Splits the path of every operation.
pub fn split_paths(operations: &[Operation]) -> Vec<PathParts> {
    let mut paths: Vec<(Vec<String>, Vec<Part>)> =
        operations.iter().map(|operation| split_version(split_path(&operation.template))).collect();
    while let Some(first @ Part::Literal(_)) = paths.first().and_then(|(_, parts)| parts.first()) {
        let first = first.clone();
        let has_more = |parts: &[Part]| {
            parts.first() == Some(&first)
                && parts.iter().skip(1).any(|it| matches!(it, Part::Literal(_)))
        };
        if !paths.iter().all(|(_, parts)| has_more(parts)) {
            break;
        }
        paths.iter_mut().for_each(|(_, parts)| drop(parts.remove(0)));
    }
    let actions = Actions::new(operations, &paths);
    let paths = paths.into_iter();
    paths
        .map(|(version, mut parts)| {
            let action = actions.action(&parts);
            if action.is_some() {
                parts.pop();
            }
            PathParts { version, parts, action }
        })
        .collect()
}

fn split_path(template: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for segment in template.split('/').filter(|segment| !segment.is_empty()) {
        let segment = segment.trim_end_matches(".json");
        // `{name}:cancel` is an item and an action.
        let (item, action) = segment.rsplit_once(':').unwrap_or((segment, ""));
        for text in [item, action].into_iter().filter(|text| !text.is_empty()) {
            let words = split_words(text);
            parts.push(match text.contains('{') {
                true => Part::Parameter(words),
                false => Part::Literal(words),
            });
        }
    }
    parts.retain(|part| *part != Part::Literal(Vec::new()));
    parts
}

/// Splits off leading segments such as `api` and `v1`.
fn split_version(parts: Vec<Part>) -> (Vec<String>, Vec<Part>) {
    let is_version = |part: &Part| match part {
        Part::Literal(words) => {
            matches!(words.as_slice(), [word] if word == "api" || word == "rest")
                || words.iter().all(|word| {
                    let digits = word.strip_prefix('v').unwrap_or(word);
                    digits.starts_with(|c: char| c.is_ascii_digit())
                })
        }
        Part::Parameter(_) => false,
    };
    let count = parts.iter().take_while(|part| is_version(part)).count();
    let mut version = parts;
    let rest = version.split_off(count.min(version.len().saturating_sub(1)));
    let words = version.into_iter().flat_map(|part| match part {
        Part::Literal(words) | Part::Parameter(words) => words,
    });
    (words.collect(), rest)
}

/// Which paths end with what the operation does.
struct Actions {
    /// The methods of each path.
    methods: BTreeMap<Vec<Part>, BTreeSet<Method>>,
    /// Every path that others extend.
    parents: BTreeSet<Vec<Part>>,
}

impl Actions {
    fn new(operations: &[Operation], paths: &[(Vec<String>, Vec<Part>)]) -> Self {
        let mut actions = Self { methods: BTreeMap::new(), parents: BTreeSet::new() };
        for (operation, (_, parts)) in operations.iter().zip(paths) {
            actions.methods.entry(parts.clone()).or_default().insert(operation.method);
            let parents = (1..parts.len()).filter_map(|length| parts.get(..length));
            actions.parents.extend(parents.map(<[Part]>::to_vec));
        }
        actions
    }

    /// Returns the words of the last segment if it is a verb, or if it follows an item, is in the singular and
    /// can only be posted to: `/charges/{id}/capture`.
    fn action(&self, parts: &[Part]) -> Option<Vec<String>> {
        let (Part::Literal(words), rest) = parts.split_last()? else { return None };
        let first = words.first()?;
        let last = words.last()?;
        let is_first = !rest.iter().any(|part| matches!(part, Part::Literal(_)));
        let has_one_method = self.methods.get(parts).is_some_and(|methods| methods.len() == 1);
        let is_leaf = has_one_method && !self.parents.contains(parts);
        let is_verb = is_verb(first) && (words.len() > 1 || !is_first || is_leaf);
        let only_posts = || {
            let methods = self.methods.get(parts);
            methods.is_some_and(|methods| methods.iter().all(|it| *it == Method::Post))
        };
        let follows_item = matches!(rest.last(), Some(Part::Parameter(_)));
        let is_singular = singular(last) == *last;
        let is_action = is_leaf && (is_verb || (follows_item && is_singular && only_posts()));
        is_action.then(|| words.clone())
    }
}

/// Returns the resource of every operation.
pub fn resources(operations: &[Operation], paths: &[PathParts]) -> Vec<ResourceOf> {
    let tags = usable_tags(operations);
    let resource = |(operation, path): (&Operation, &PathParts)| {
        let tag = operation.tags.first();
        let named = tag.and_then(|tag| Some((tag, tags.get(tag.as_str())?)));
        match named {
            Some((tag, name)) => ResourceOf { path: vec![name.clone()], tag: Some(tag.clone()) },
            None => ResourceOf { path: path_resource(path), tag: None },
        }
    };
    operations.iter().zip(paths).map(resource).collect()
}

fn path_resource(path: &PathParts) -> Vec<String> {
    let mut names: Vec<Vec<String>> = path.literals().cloned().collect();
    if names.is_empty() && path.action.is_none() {
        names.push(vec!["root".to_owned()]);
    }
    if names.len() > MAX_DEPTH {
        let rest = names.split_off(MAX_DEPTH);
        if let Some(last) = names.last_mut() {
            last.extend(rest.into_iter().flatten());
        }
    }
    names.iter().map(|words| join_words(words)).collect()
}

/// Returns the name of each tag, if tags distinguish resources: at least two thirds of the operations
/// have one, and no tag is that of more than two thirds of them.
fn usable_tags(operations: &[Operation]) -> BTreeMap<&str, String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in operations.iter().filter_map(|operation| operation.tags.first()) {
        *counts.entry(tag).or_default() += 1;
    }
    let tagged: usize = counts.values().sum();
    let largest = counts.values().max().copied().unwrap_or_default();
    let distinguish = counts.len() > 1
        && tagged.saturating_mul(3) >= operations.len().saturating_mul(2)
        && largest.saturating_mul(3) <= tagged.saturating_mul(2);
    if !distinguish {
        return BTreeMap::new();
    }
    let words: Vec<Vec<String>> = counts.keys().map(|tag| split_words(tag)).collect();
    let common = common_prefix(&words);
    let names = words.iter().map(|words| join_words(words.get(common..).unwrap_or_default()));
    counts.keys().copied().zip(names).filter(|(_, name)| !name.is_empty()).collect()
}

/// Returns how many first words all names have in common. At least one word of each is different.
fn common_prefix(names: &[Vec<String>]) -> usize {
    let shortest = names.iter().map(Vec::len).min().unwrap_or_default();
    let is_common = |index: &usize| {
        let first = names.first().and_then(|words| words.get(*index));
        names.iter().all(|words| words.get(*index) == first)
    };
    (0..shortest.saturating_sub(1)).take_while(is_common).count()
}
