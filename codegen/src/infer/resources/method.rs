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
const PREPOSITIONS: &[&str] = &["and", "for", "from", "in", "of", "on", "to", "with"];

/// Words that belong to a following preposition: `sign_in_page` is not a sign in a page.
const PARTICLE_VERBS: &[&str] = &["add", "check", "log", "opt", "plug", "sign"];

/// Words that add nothing to what follows them.
const ARTICLES: &[&str] = &["a", "an", "the"];

/// Words for the caller, beside a segment `me`.
const SELF: &[&str] = &["current", "me", "my", "self"];

/// Returns the names for an operation, the preferred one first. The others distinguish it from
/// operations of the same name by more of its id and path.
pub fn method_names(
    operation: &Operation,
    path: &PathParts,
    resource: &ResourceOf,
    facts: Facts,
) -> Vec<String> {
    let has_tag = resource.tag.is_some();
    let namer = Namer { operation, path, resource_words: resource_words(resource), has_tag, facts };
    let phrase = namer.id_phrase().unwrap_or_else(|| Phrase::new(namer.path_words()));
    let words = phrase.words;
    let mut names = vec![words.clone()];
    let mut extend = |more: &[String]| names.push(words.iter().chain(more).cloned().collect());
    extend(&path.query);
    let literals = namer.distinct_literals();
    let is_nested = literals.first().and_then(|it| it.first()).is_some_and(|it| it == "for");
    if !is_nested {
        extend(&phrase.by);
    }
    let mut more: Vec<String> = Vec::new();
    for mut literal in literals {
        literal.retain(|word| !words.contains(word) && !more.contains(word));
        more.extend(literal);
        extend(&more);
    }
    extend(&phrase.by);
    names.extend(phrase.full);
    let mut extend = |more: &[String]| names.push(words.iter().chain(more).cloned().collect());
    if let Some(last) = path.parameters().last() {
        let by = |parameters: Vec<String>| {
            more.iter().cloned().chain(["by".to_owned()]).chain(parameters).collect::<Vec<_>>()
        };
        extend(&by(last.clone()));
        extend(&by(path.parameters().flatten().cloned().collect()));
    }
    let mut longer = names.last().cloned().unwrap_or_default();
    longer.extend(path.version.iter().chain(&path.query).cloned());
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

/// Returns whether the word at an index is a preposition.
fn is_preposition(words: &[String], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    words.get(at).is_some_and(|word| PREPOSITIONS.contains(&word.as_str()))
        && !before.is_some_and(|before| PARTICLE_VERBS.contains(&before.as_str()))
}

/// The words of an id.
struct Phrase {
    words: Vec<String>,
    /// Words that only name parameters of the path: `by_token`.
    by: Vec<String>,
    /// All words after those that repeat the resource, if the path repeats some of them.
    full: Option<Vec<String>>,
}

impl Phrase {
    fn new(words: Vec<String>) -> Self {
        Self { words, by: Vec::new(), full: None }
    }

    /// Adds words at the beginning.
    fn after(self, words: &[String]) -> Self {
        let join = |rest: Vec<String>| words.iter().cloned().chain(rest).collect();
        Self { words: join(self.words), by: self.by, full: self.full.map(join) }
    }
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
    fn id_phrase(&self) -> Option<Phrase> {
        let OperationName::Id(id) = &self.operation.name else { return None };
        let (mut words, has_namespace) = self.words_of_id(id);
        while let Some([first, second]) = words.first_chunk()
            && self.is_resource(first)
            && (!is_verb(first) || is_verb(second))
        {
            words.remove(0);
        }
        let adverbs = words.iter().take_while(|word| is_adverb(word)).count();
        let verb = words.get(adverbs)?.clone();
        if !is_verb(&verb) {
            let is_last = words.len() > 1 && words.last().is_some_and(|word| is_verb(word));
            return (is_last || has_namespace).then_some(Phrase::new(words));
        }
        let mut nouns = words.split_off(adverbs.saturating_add(1));
        nouns.retain(|noun| !ARTICLES.contains(&noun.as_str()));
        if verb != self.operation.method.key() {
            return Some(self.distinct_nouns(nouns).after(&words));
        }
        words.truncate(adverbs);
        Some(self.method_phrase(&verb, nouns).after(&words))
    }

    /// Returns the words of an id that begins with the name of the method: `get` and `post` say no more than
    /// the method itself.
    fn method_phrase(&self, verb: &str, mut nouns: Vec<String>) -> Phrase {
        let lists_all = self.facts.has_list && nouns.first().is_some_and(|noun| noun == "all");
        if lists_all && verb == "get" {
            nouns.remove(0);
        }
        let is_path = nouns.iter().all(|noun| self.is_in_path(noun));
        let mut phrase = self.distinct_nouns(nouns);
        if is_path && !self.has_tag {
            let mut words = self.path_words();
            if verb == "delete" && self.path.action.is_some() {
                words.insert(0, verb.to_owned());
            }
            return Phrase { words, ..phrase };
        }
        if is_path {
            phrase.words.retain(|noun| noun != "id" && !is_number(noun));
        }
        let nouns = &phrase.words;
        let is_method = ["post", "put", "patch"].contains(&verb);
        let is_verb = is_method && nouns.first().is_some_and(|noun| is_verb(noun));
        if is_verb || (verb == "get" && self.path.action.as_ref() == Some(nouns)) {
            return phrase;
        }
        let is_list = is_path || nouns.is_empty() || lists_all;
        phrase.after(&[self.verb(!is_list).to_owned()])
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

    /// Removes the nouns that only repeat the resource, what precedes it in the path, or the parameters of
    /// the path.
    fn distinct_nouns(&self, mut nouns: Vec<String>) -> Phrase {
        let mut by = Vec::new();
        if let Some(at) = nouns.iter().rposition(|noun| noun == "by")
            && nouns.iter().skip(at.saturating_add(1)).all(|noun| self.is_in_path(noun))
            && !at.checked_sub(1).and_then(|it| nouns.get(it)).is_some_and(|it| it.ends_with("ed"))
        {
            by = nouns.split_off(at);
        }
        if let Some(last) = nouns.iter().rposition(|it| !self.is_resource(it) && it != "and")
            && last.saturating_add(1) < nouns.len()
            && is_preposition(&nouns, last)
        {
            nouns.truncate(last);
        }
        let full = self.skip_repeated(&nouns, 0);
        let words = self.skip_repeated(&nouns, self.count_context(&nouns));
        Phrase { full: Some(full).filter(|full| *full != words), words, by }
    }

    /// Skips the first nouns, and those after them that repeat the resource. `for_user` keeps its preposition.
    fn skip_repeated(&self, nouns: &[String], count: usize) -> Vec<String> {
        let is_distinct = |&at: &usize| {
            nouns.get(at).is_some_and(|noun| !self.is_resource(noun)) && !is_preposition(nouns, at)
        };
        let Some(mut first) = (count..nouns.len()).find(is_distinct) else { return Vec::new() };
        if let Some(before) = first.checked_sub(1).filter(|&it| is_preposition(nouns, it)) {
            first = before;
        }
        let mut words: Vec<String> = nouns.iter().skip(first).cloned().collect();
        let earlier = (0..first).rev().find(|&at| is_preposition(nouns, at));
        match words.split_first_mut() {
            // `for_user_and_client` of the resource `users` is `for_client`.
            Some((and, _)) if and == "and" => {
                if let Some(earlier) = earlier.and_then(|at| nouns.get(at)) {
                    and.clone_from(earlier);
                }
            }
            Some((all, rest)) if all == "all" && rest.iter().all(|it| self.is_resource(it)) => {
                words.truncate(1);
            }
            _ => {}
        }
        words
    }

    /// Returns how many of the first nouns only say again which path it is: with a tag, the segments before
    /// the resource that follows them, as in `project_roles`; else parameters, and words for the caller.
    fn count_context(&self, nouns: &[String]) -> usize {
        let literals: Vec<&Vec<String>> = self.path.literals().collect();
        let contains = |words: &[&Vec<String>], noun: &String| {
            let noun = singular(noun);
            words.iter().copied().flatten().any(|word| singular(word) == noun)
        };
        let names_resource = |words: &&Vec<String>| {
            words.iter().all(|it| self.is_resource(it))
                || self.resource_words.iter().all(|it| contains(&[words], it))
        };
        let named = literals.iter().rposition(names_resource).unwrap_or_default();
        let (before, after) = literals.split_at_checked(named).unwrap_or_default();
        let after: Vec<&Vec<String>> = after.iter().copied().chain(&self.path.action).collect();
        let parameters: Vec<&Vec<String>> = self.path.parameters().collect();
        let is_context = |noun: &&String| {
            let is_known = if self.has_tag { before } else { parameters.as_slice() };
            let is_self = self.is_about_caller() && SELF.contains(&noun.as_str());
            is_self || (contains(is_known, noun) && !contains(&after, noun))
        };
        let is_repeated = |noun: &&String| self.is_resource(noun) || is_context(noun);
        let count = nouns.iter().take_while(is_repeated).count();
        match (self.has_tag, count.checked_sub(1).and_then(|last| nouns.get(last))) {
            (true, Some(last)) if !self.is_resource(last) => 0,
            _ => count,
        }
    }

    /// Returns whether the path has a segment for the caller.
    fn is_about_caller(&self) -> bool {
        self.path.literals().any(|words| matches!(words.as_slice(), [word] if word == "me"))
    }

    fn is_resource(&self, word: &str) -> bool {
        self.resource_words.contains(&singular(word))
    }

    fn is_in_path(&self, word: &str) -> bool {
        let word = singular(word);
        is_number(&word)
            || ["id", "by"].contains(&word.as_str())
            || (SELF.contains(&word.as_str()) && self.is_about_caller())
            || self
                .path
                .literals()
                .chain(self.path.parameters())
                .chain(&self.path.action)
                .flatten()
                .any(|it| singular(it) == word)
    }
}
