//! The name of an operation within its resource.

use std::collections::BTreeSet;

use super::path::{PathParts, ResourceOf};
use super::words::{is_adverb, is_verb, join_words, singular, split_words};
use crate::ir::{Method, Operation, OperationName};

/// What an operation is, besides its path.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// Whether its response holds a list.
    pub has_list: bool,
    /// Whether the path has a `PATCH`, too.
    pub has_patch: bool,
}

/// Words between a verb and the resource that it applies to.
const PREPOSITIONS: &[&str] = &["for", "from", "in", "of", "on", "to", "with", "a", "an", "the"];

/// Returns the names for an operation, the preferred one first. The others distinguish it from
/// operations of the same name by more of its path.
pub fn method_names(
    operation: &Operation,
    path: &PathParts,
    resource: &ResourceOf,
    facts: Facts,
) -> Vec<String> {
    let has_tag = resource.tag.is_some();
    let namer = Namer { operation, path, resource_words: resource_words(resource), has_tag, facts };
    let words = namer.id_words().unwrap_or_else(|| namer.path_words());
    let mut names = vec![words.clone()];
    let mut longer = words.clone();
    for mut literal in namer.distinct_literals() {
        literal.retain(|word| !longer.contains(word));
        longer.extend(literal);
        names.push(longer.clone());
    }
    if path.parameters().next().is_some() {
        for name in [words, longer.clone()] {
            let parameters = path.parameters().flatten().cloned();
            let by = std::iter::once("by".to_owned()).chain(parameters);
            names.push(name.into_iter().chain(by).collect());
        }
    }
    longer = names.last().cloned().unwrap_or_default();
    longer.extend(path.version.iter().cloned());
    names.push(longer.clone());
    longer.insert(0, operation.method.key().to_owned());
    names.push(longer);
    names.push(split_words(&operation.key()));
    let mut names: Vec<String> = names.iter().map(|words| join_words(words)).collect();
    names.retain(|name| !name.is_empty());
    names
}

/// Returns the words of a resource and of those around it, in the singular.
fn resource_words(resource: &ResourceOf) -> BTreeSet<String> {
    let words = resource.path.iter().flat_map(|name| name.split('_'));
    let tag = resource.tag.iter().flat_map(|tag| split_words(tag));
    words.map(singular).chain(tag.map(|word| singular(&word))).collect()
}

/// Returns whether a word is a version or another number.
fn is_number(word: &str) -> bool {
    word.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit())
}

struct Namer<'a> {
    operation: &'a Operation,
    path: &'a PathParts,
    /// The words of the resource, in the singular.
    resource_words: BTreeSet<String>,
    /// Whether the resource is a tag, so that the path has more nouns.
    has_tag: bool,
    facts: Facts,
}

impl Namer<'_> {
    /// Returns the words that follow from the path and method.
    fn path_words(&self) -> Vec<String> {
        let mut words = match &self.path.action {
            Some(action) => action.clone(),
            None => vec![self.verb(false).to_owned()],
        };
        if self.has_tag {
            words.extend(self.nouns_of_path());
        }
        words
    }

    /// Returns the words of each literal segment that does not repeat the resource, the last one
    /// first: `transfers`, `for business`.
    fn distinct_literals(&self) -> Vec<Vec<String>> {
        let mut is_before = false;
        let mut literals = Vec::new();
        for literal in self.path.literals().rev() {
            if literal.iter().all(|word| self.is_resource(word)) {
                is_before = true;
            } else if is_before {
                let words = literal.iter().map(|word| singular(word));
                literals.push(std::iter::once("for".to_owned()).chain(words).collect());
            } else {
                literals.push(literal.clone());
            }
        }
        literals.extend(self.path.action.clone());
        literals
    }

    /// Returns the segments after the one that names the resource; all if none does.
    fn nouns_of_path(&self) -> Vec<String> {
        let literals: Vec<&Vec<String>> = self.path.literals().collect();
        let names_resource = |words: &&Vec<String>| words.iter().all(|it| self.is_resource(it));
        let after = literals.iter().rposition(names_resource).map_or(0, |it| it.saturating_add(1));
        literals.into_iter().skip(after).flatten().cloned().collect()
    }

    /// Returns the verb for the HTTP method.
    fn verb(&self, has_nouns: bool) -> &'static str {
        match self.operation.method {
            Method::Get if self.facts.has_list && !has_nouns => "list",
            Method::Get => "get",
            Method::Post if self.path.is_item() => "update",
            Method::Post => "create",
            Method::Put if self.facts.has_patch => "replace",
            Method::Put | Method::Patch => "update",
            Method::Delete => "delete",
            Method::Head => "check",
            Method::Options => "options",
            Method::Trace => "trace",
        }
    }

    /// Returns the words of the operation's id, if it has a verb.
    fn id_words(&self) -> Option<Vec<String>> {
        let OperationName::Id(id) = &self.operation.name else { return None };
        let (mut words, has_namespace) = self.words_of_id(id);
        while words.len() > 1
            && words.first().is_some_and(|word| self.is_resource(word) && !is_verb(word))
        {
            words.remove(0);
        }
        let adverbs = words.iter().take_while(|word| is_adverb(word)).count();
        let verb = words.get(adverbs)?.clone();
        if !is_verb(&verb) {
            let is_last = words.len() > 1 && words.last().is_some_and(|word| is_verb(word));
            return (is_last || has_namespace).then_some(words);
        }
        let nouns = words.split_off(adverbs.saturating_add(1));
        if verb != self.operation.method.key() {
            words.extend(self.distinct_nouns(nouns));
            return Some(words);
        }
        // `get` and `post` say no more than the HTTP method.
        let is_path = nouns.iter().all(|noun| self.is_in_path(noun));
        if is_path && !self.has_tag && verb != "delete" {
            return None;
        }
        let mut nouns = self.distinct_nouns(nouns);
        if is_path {
            nouns.retain(|noun| noun != "id" && !is_number(noun));
        }
        let is_method = ["post", "put", "patch"].contains(&verb.as_str());
        if nouns.first().is_some_and(|noun| is_verb(noun)) && is_method {
            return Some(nouns);
        }
        words.truncate(adverbs);
        words.push(self.verb(!is_path && !nouns.is_empty()).to_owned());
        words.extend(nouns);
        Some(words)
    }

    /// Returns the words of an id without a namespace before it, and without the path and method
    /// that some frameworks append to it; and whether it has a namespace.
    fn words_of_id(&self, id: &str) -> (Vec<String>, bool) {
        let has_letters = |text: &&str| text.starts_with(|c: char| c.is_alphabetic());
        let end = id.rsplit(['/', '.', ':']).next().filter(has_letters).unwrap_or(id);
        let mut words = split_words(end);
        let mut suffix = split_words(&self.operation.template);
        suffix.push(self.operation.method.key().to_owned());
        if words.len() > suffix.len() && words.ends_with(&suffix) {
            words.truncate(words.len().saturating_sub(suffix.len()));
        }
        (words, end != id)
    }

    /// Removes the nouns that only repeat the resource or the parameters of the path.
    fn distinct_nouns(&self, mut nouns: Vec<String>) -> Vec<String> {
        if let Some(by) = nouns.iter().rposition(|noun| noun == "by")
            && nouns.iter().skip(by.saturating_add(1)).all(|noun| self.is_in_path(noun))
        {
            nouns.truncate(by);
        }
        let is_preposition = |noun: &String| PREPOSITIONS.contains(&noun.as_str());
        if let Some(last) = nouns.iter().rposition(|noun| !self.is_resource(noun))
            && last.saturating_add(1) < nouns.len()
            && nouns.get(last).is_some_and(is_preposition)
        {
            nouns.truncate(last);
        }
        let is_distinct = |noun: &String| !self.is_resource(noun) && !is_preposition(noun);
        match nouns.iter().position(is_distinct) {
            // `for_user` keeps its preposition.
            Some(first) => nouns.split_off(match first.checked_sub(1) {
                Some(before) if nouns.get(before).is_some_and(is_preposition) => before,
                _ => first,
            }),
            None => Vec::new(),
        }
    }

    fn is_resource(&self, word: &str) -> bool {
        self.resource_words.contains(&singular(word))
    }

    fn is_in_path(&self, word: &str) -> bool {
        let word = singular(word);
        is_number(&word)
            || ["id", "by", "a", "an", "the"].contains(&word.as_str())
            || self
                .path
                .literals()
                .chain(self.path.parameters())
                .chain(&self.path.action)
                .flatten()
                .any(|it| singular(it) == word)
    }
}
