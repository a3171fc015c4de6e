//! Names of types and operations: pins first, then names given before, then what the description
//! calls them, then what has to be made up; each group in an order that does not depend on the order
//! of the source.

use std::collections::BTreeMap;

use super::names::{Case, Name, Scope, escape, identifier, name};
use super::overrides::{NameOverride, NameOverrides};
use crate::ir::{Api, Method, Operation, OperationName, Segment, Shape, TypeDef, TypeName};

/// Names of the prelude that the printed code uses: no type may take them from under it.
const RESERVED_TYPES: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// Names beside the requests.
const BESIDE_REQUESTS: &[&str] = &["Client", "ErrorCode"];

/// The names of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationNames {
    /// The client's method: `post_oauth_token`.
    pub method: Name,
    /// The request's type: `PostOauthToken`.
    pub request: Name,
    /// The static: `POST_OAUTH_TOKEN`.
    pub constant: Name,
    /// The enum of errors: `PostOauthTokenError`.
    pub errors: Name,
    /// The enum of successes, where there are several: `PostOauthTokenOk`.
    pub ok: Name,
    /// The struct of headers, where responses declare any: `PostOauthTokenHeaders`.
    pub headers: Name,
    /// The enum of bodies, where media types differ in more than their name: `PostOauthTokenBody`.
    pub body: Name,
}

impl OperationNames {
    /// The names that stand in one scope: a request can be called as a function, as which it would
    /// meet the static.
    fn beside(&self) -> [&Name; 6] {
        [&self.constant, &self.request, &self.errors, &self.ok, &self.headers, &self.body]
    }
}

/// The name of every type that is printed.
pub fn types(overrides: &NameOverrides<'_>, api: &Api) -> Vec<Option<Name>> {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    let mut names: BTreeMap<usize, Name> = BTreeMap::new();
    let claim =
        |scope: &mut Scope, words: &str| scope.claim_or(words, &[format!("{words} object")]);
    let (mut pinned, mut others) = (Vec::new(), Vec::new());
    for (id, def) in api.types.iter().enumerate() {
        match (&def.shape, overrides.ty(id, api)) {
            (Shape::Alias(_), _) => {}
            (_, Some(NameOverride::Pinned(words))) => pinned.push((words, id)),
            (_, Some(NameOverride::Recorded(given))) => others.push((id, def, Some(given))),
            (_, None) => others.push((id, def, None)),
        }
    }
    pinned.sort_unstable();
    for (words, id) in pinned {
        names.insert(id, claim(&mut scope, words));
    }
    let mut new = Vec::new();
    for (id, def, given) in others {
        match given.and_then(|given| scope.claim_given(given)) {
            Some(name) => drop(names.insert(id, name)),
            None => new.push(rank(def, id)),
        }
    }
    new.sort();
    for (_, words, id) in new {
        names.insert(id, claim(&mut scope, &words));
    }
    (0..api.types.len()).map(|id| names.remove(&id)).collect()
}

fn pascal(words: &str) -> String {
    name(words, Case::Pascal).to_string()
}

/// Who chooses first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Written in the source just as it will be printed.
    Exact,
    Component,
    Inline,
}

fn rank(def: &TypeDef, id: usize) -> (Rank, String, usize) {
    match &def.name {
        TypeName::Component(key) if pascal(key) == *key => (Rank::Exact, key.clone(), id),
        TypeName::Component(key) => (Rank::Component, key.clone(), id),
        TypeName::Inline(path) => (Rank::Inline, inline_words(path), id),
    }
}

/// `Auth`, `scope`, `item` → `Auth scope`: an item of a list is called after the list.
fn inline_words(path: &[String]) -> String {
    let kept: Vec<&str> = path.iter().map(String::as_str).filter(|word| *word != "item").collect();
    kept.join(" ")
}

/// The names of every operation.
pub fn operations(overrides: &NameOverrides<'_>, api: &Api) -> Vec<OperationNames> {
    let mut held = Held {
        // Methods of the client itself.
        methods: Scope::reserving(Case::Snake, &["builder", "clone", "new"]),
        requests: Scope::reserving(Case::Pascal, &[RESERVED_TYPES, BESIDE_REQUESTS].concat()),
    };
    let words = words_of(overrides, api);
    let (mut pinned, mut given, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for (id, (operation, words)) in api.operations.iter().zip(&words).enumerate() {
        match overrides.operation(operation) {
            Some(NameOverride::Pinned(_)) => pinned.push((id, words)),
            Some(NameOverride::Recorded(method)) => given.push((id, words, method)),
            None => new.push((id, words)),
        }
    }
    let mut names = BTreeMap::new();
    for (id, words) in pinned {
        names.insert(id, held.claim(words));
    }
    for (id, words, method) in given {
        match held.claim_given(method) {
            Some(made) => drop(names.insert(id, made)),
            None => new.push((id, words)),
        }
    }
    new.sort_unstable();
    for (id, words) in new {
        names.insert(id, held.claim(words));
    }
    names.into_values().collect()
}

/// The names that operations have so far.
struct Held {
    methods: Scope,
    requests: Scope,
}

impl Held {
    /// The names that follow from the first free one of `want`, `want2`, `want3`… One suffix serves
    /// all of them, so that an operation's names follow from its method's.
    fn claim(&mut self, words: &str) -> OperationNames {
        let want = identifier(words, Case::Snake);
        let numbered = (2_u64..).map(|number| format!("{want}{number}"));
        let mut tried = std::iter::once(want.clone()).chain(numbered);
        // The numbers do not run out.
        tried.find_map(|method| self.claim_exactly(&method)).unwrap_or_else(|| names_of(&want))
    }

    /// The names that follow from this method's, if nobody holds any of them.
    fn claim_exactly(&mut self, method: &str) -> Option<OperationNames> {
        let made = self.free(method)?;
        self.methods.claim_exactly(method)?;
        Some(self.take(made))
    }

    /// The same for a method's name that was given before.
    fn claim_given(&mut self, method: &str) -> Option<OperationNames> {
        let made = self.free(method)?;
        self.methods.claim_given(method)?;
        Some(self.take(made))
    }

    fn free(&self, method: &str) -> Option<OperationNames> {
        let made = names_of(method);
        made.beside().iter().all(|name| self.requests.is_free(name.as_str())).then_some(made)
    }

    fn take(&mut self, made: OperationNames) -> OperationNames {
        for name in made.beside() {
            self.requests.claim_exactly(name.as_str());
        }
        made
    }
}

fn names_of(method: &str) -> OperationNames {
    let mut request = name(method, Case::Pascal);
    if [RESERVED_TYPES, BESIDE_REQUESTS].concat().contains(&request.as_str()) {
        request = name(&format!("{method} request"), Case::Pascal);
    }
    let mut constant = name(method, Case::Shouty);
    if constant == request {
        // A letter or a number is the same in both cases.
        constant = name(&format!("{method} operation"), Case::Shouty);
    }
    OperationNames {
        method: escape(method.to_owned()),
        constant,
        request,
        errors: name(&format!("{method} error"), Case::Pascal),
        ok: name(&format!("{method} ok"), Case::Pascal),
        headers: name(&format!("{method} headers"), Case::Pascal),
        body: name(&format!("{method} body"), Case::Pascal),
    }
}

/// The words each operation is named by. A title that several operations share names none of them.
fn words_of(overrides: &NameOverrides<'_>, api: &Api) -> Vec<String> {
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &api.operations {
        if let OperationName::Title(title) = &operation.name {
            *titles.entry(title).or_default() += 1;
        }
    }
    let words = |operation: &Operation| match (overrides.operation(operation), &operation.name) {
        (Some(NameOverride::Pinned(pinned)), _) => pinned.to_owned(),
        (_, OperationName::Id(id)) => id.clone(),
        (_, OperationName::Title(title)) if titles.get(title.as_str()) == Some(&1) => title.clone(),
        (_, OperationName::Title(_) | OperationName::MethodAndPath) => method_and_path(operation),
    };
    api.operations.iter().map(words).collect()
}

/// `GET /persons/{id}/accounts` → `get persons by id accounts`.
fn method_and_path(operation: &Operation) -> String {
    let mut words = method_word(operation.method).to_lowercase();
    for segment in &operation.path {
        words.push(' ');
        match segment {
            Segment::Literal(text) => words.push_str(&text.replace('/', " ")),
            Segment::Parameter(name) => {
                words.push_str("by ");
                words.push_str(name);
            }
        }
    }
    words
}

/// The method as HTTP writes it.
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::Delete => "DELETE",
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Options => "OPTIONS",
        Method::Patch => "PATCH",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Trace => "TRACE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_is_never_called_like_a_request() {
        for (method, request, constant) in [
            ("post_order", "PostOrder", "POST_ORDER"),
            ("v2", "V2", "V2_OPERATION"),
            ("日本", "日本", "日本_OPERATION"),
        ] {
            let names = names_of(method);
            assert_eq!((names.request.as_str(), names.constant.as_str()), (request, constant));
        }
    }

    #[test]
    fn operations_share_none_of_the_names_beside_each_other() {
        let mut held = Held {
            methods: Scope::reserving(Case::Snake, &[]),
            requests: Scope::reserving(Case::Pascal, &[]),
        };
        let mut all = Vec::new();
        for words in ["v2", "v2 operation", "V2_OPERATION", "v2 headers", "v2 error"] {
            let names = held.claim(words);
            all.extend(names.beside().map(|name| name.as_str().to_owned()));
        }
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len(), "{all:?}");
    }
}
