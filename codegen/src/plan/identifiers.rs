//! Names of types and operations: overrides of `vendor.toml` first, then recorded names, then names
//! from the document, then derived ones. Within each group, the order of the document does not
//! matter.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Case, Name, Scope, change_case, escape, identifier, name};
use super::overrides::{NameOverride, NameOverrides, operation_key};
use crate::ir::{Api, Operation, OperationName, Segment, Shape, TypeDef, TypeName};

/// Names of the prelude that the generated code uses, so that no type may shadow them.
const RESERVED_TYPES: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// Other names in the module of the requests.
const RESERVED_REQUESTS: &[&str] = &["Client", "ErrorCode"];

/// The names of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationNames {
    /// The client's method: `post_oauth_token`.
    pub method: Name,
    /// The request type: `PostOauthTokenRequest`. See [`request_names`].
    pub request: Name,
    /// The static: `POST_OAUTH_TOKEN`.
    pub constant: Name,
    /// The enum of errors: `PostOauthTokenError`.
    pub errors: Name,
    /// The enum of success responses, if there are several: `PostOauthTokenOk`.
    pub ok: Name,
    /// The struct of response headers, if any are declared: `PostOauthTokenHeaders`.
    pub headers: Name,
    /// The enum of bodies, if the type of the body depends on the media type: `PostOauthTokenBody`.
    pub body: Name,
}

impl OperationNames {
    /// Returns the names in the scope of the operations' module.
    fn module_names(&self) -> [&Name; 6] {
        [&self.constant, &self.request, &self.errors, &self.ok, &self.headers, &self.body]
    }
}

/// Names every generated type.
///
/// A type without a recorded name does not take the recorded name of a request type.
pub fn type_names(overrides: &NameOverrides<'_>, api: &Api) -> Vec<Option<Name>> {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    let mut names: BTreeMap<usize, Name> = BTreeMap::new();
    let claim =
        |scope: &mut Scope, words: &str| scope.claim_or(words, &[format!("{words} object")]);
    let (mut pinned, mut others) = (Vec::new(), Vec::new());
    for (id, def) in api.types.iter().enumerate() {
        match (&def.shape, overrides.type_name(id, api)) {
            (Shape::Alias(_), _) => {}
            (_, Some(NameOverride::Pinned(words))) => pinned.push((words, id)),
            (_, Some(NameOverride::Recorded(recorded))) => others.push((id, def, Some(recorded))),
            (_, None) => others.push((id, def, None)),
        }
    }
    pinned.sort_unstable();
    for (words, id) in pinned {
        names.insert(id, claim(&mut scope, words));
    }
    let mut new = Vec::new();
    for (id, def, recorded) in others {
        match recorded.and_then(|recorded| scope.claim_recorded(recorded)) {
            Some(name) => drop(names.insert(id, name)),
            None => new.push(rank(def, id)),
        }
    }
    for operation in &api.operations {
        if let Some((_, request)) = recorded_request(overrides, operation) {
            scope.reserve(request);
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

/// The order in which types without an override or recorded name are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A component whose key is a valid Rust name already.
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

/// Joins the path of an inline type: `Auth`, `scope`, `item` → `Auth scope`. An item is named after
/// its array.
fn inline_words(path: &[String]) -> String {
    let words: Vec<&str> = path.iter().map(String::as_str).filter(|word| *word != "item").collect();
    words.join(" ")
}

/// Names every operation. `types` are the names of the types.
pub fn operation_names(
    overrides: &NameOverrides<'_>,
    api: &Api,
    types: &[Option<Name>],
) -> Vec<OperationNames> {
    let recorded_requests = api.operations.iter().filter_map(|it| recorded_request(overrides, it));
    let mut scope = OperationScope {
        types: types.iter().flatten().map(|name| name.as_str().to_owned()).collect(),
        // Methods of the client itself.
        methods: Scope::reserving(Case::Snake, &["builder", "clone", "new"]),
        module: Scope::reserving(Case::Pascal, &[RESERVED_TYPES, RESERVED_REQUESTS].concat()),
        recorded_requests: recorded_requests.collect(),
    };
    let words = operation_words(overrides, api);
    let (mut pinned, mut recorded, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for (id, (operation, words)) in api.operations.iter().zip(&words).enumerate() {
        match overrides.operation(operation) {
            Some(NameOverride::Pinned(_)) => pinned.push((id, words)),
            Some(NameOverride::Recorded(method)) => recorded.push((id, words, method)),
            None => new.push((id, words)),
        }
    }
    let mut names = BTreeMap::new();
    for (id, words) in pinned {
        names.insert(id, scope.claim(words));
    }
    for (id, words, method) in recorded {
        match scope.claim_recorded(method) {
            Some(claimed) => drop(names.insert(id, claimed)),
            None => new.push((id, words)),
        }
    }
    new.sort_unstable();
    for (id, words) in new {
        names.insert(id, scope.claim(words));
    }
    names.into_values().collect()
}

/// The names that are taken while operations are named.
struct OperationScope<'a> {
    methods: Scope,
    /// The names in the operations' module.
    module: Scope,
    /// The names of types, which no request type may have.
    types: BTreeSet<String>,
    /// The recorded names of request types, by the methods that they follow from.
    recorded_requests: BTreeMap<String, &'a str>,
}

impl OperationScope<'_> {
    /// Claims the names that follow from the first of `name`, `name2`, `name3`… for which all are
    /// free. All names get the same suffix, so that they follow from the method's name.
    fn claim(&mut self, words: &str) -> OperationNames {
        let base = identifier(words, Case::Snake);
        let numbered = (2_u64..).map(|number| format!("{base}{number}"));
        let mut candidates = std::iter::once(base.clone()).chain(numbered);
        // The candidates do not run out.
        let claimed = candidates.find_map(|method| self.claim_exactly(&method));
        claimed.unwrap_or_else(|| self.operation_names(&base))
    }

    /// Claims the names that follow from `method`, if all of them are free.
    fn claim_exactly(&mut self, method: &str) -> Option<OperationNames> {
        let names = self.free_names(method)?;
        self.methods.claim_exactly(method)?;
        Some(self.take(names))
    }

    /// Claims the names that follow from the recorded name `method`, if all of them are free.
    fn claim_recorded(&mut self, method: &str) -> Option<OperationNames> {
        let names = self.free_names(method)?;
        self.methods.claim_recorded(method)?;
        Some(self.take(names))
    }

    fn free_names(&self, method: &str) -> Option<OperationNames> {
        let names = self.operation_names(method);
        let is_free = |name: &&Name| self.module.is_free(name.as_str());
        names.module_names().iter().all(is_free).then_some(names)
    }

    fn take(&mut self, names: OperationNames) -> OperationNames {
        for name in names.module_names() {
            self.module.claim_exactly(name.as_str());
        }
        names
    }

    /// Returns the names that follow from `method`. The request type gets its recorded name, or
    /// else the first of [`request_names`], but never the name of a type in the `types` module.
    fn operation_names(&self, method: &str) -> OperationNames {
        let recorded = self.recorded_requests.get(method).map(|request| (*request).to_owned());
        let mut candidates = recorded.into_iter().chain(request_names(method));
        let request = candidates.find(|request| !self.types.contains(request));
        let base = change_case(method, Case::Pascal);
        let with_suffix = |suffix: &str| escape(format!("{base}{suffix}"));
        OperationNames {
            method: escape(method.to_owned()),
            // The candidates do not run out.
            request: escape(request.unwrap_or_default()),
            constant: escape(change_case(method, Case::Shouty)),
            errors: with_suffix("Error"),
            ok: with_suffix("Ok"),
            headers: with_suffix("Headers"),
            body: with_suffix("Body"),
        }
    }
}

/// Returns the candidates for the name of a method's request type, the preferred one first:
/// `CreateOrderRequest`.
///
/// Components often have that name too, and keep it. The request type is then `CreateOrderCall`,
/// `CreateOrderCall2`, …, so that it never shares a name with a type of the `types` module.
/// `names.toml` records the choice, so that a component that is added later does not change it.
fn request_names(method: &str) -> impl Iterator<Item = String> {
    let base = change_case(method, Case::Pascal);
    let numbered = base.clone();
    [format!("{base}Request"), format!("{base}Call")]
        .into_iter()
        .chain((2_u64..).map(move |number| format!("{numbered}Call{number}")))
}

/// Returns the method of an operation and the recorded name of its request type. A recorded name
/// that does not follow from the method, such as one from before the method was renamed, is
/// ignored.
fn recorded_request<'a>(
    overrides: &NameOverrides<'a>,
    operation: &Operation,
) -> Option<(String, &'a str)> {
    let method = match overrides.operation(operation)? {
        NameOverride::Pinned(words) => identifier(words, Case::Snake),
        NameOverride::Recorded(method) => method.to_owned(),
    };
    let request = overrides.recorded.requests.get(&operation_key(operation))?;
    let suffix = request.strip_prefix(&change_case(&method, Case::Pascal))?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let follows = suffix == "Request" || suffix.strip_prefix("Call").is_some_and(is_number);
    follows.then_some((method, request))
}

/// Returns the words for the name of each operation. A title is only used if it is unique.
fn operation_words(overrides: &NameOverrides<'_>, api: &Api) -> Vec<String> {
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

/// Derives words from the method and path: `GET /persons/{id}/accounts` → `get persons by id
/// accounts`.
fn method_and_path(operation: &Operation) -> String {
    let mut words = operation.method.key().to_owned();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_static_never_has_the_name_of_a_request_type() {
        let scope = empty_scope();
        for (method, request, constant) in [
            ("post_order", "PostOrderRequest", "POST_ORDER"),
            ("v2", "V2Request", "V2"),
            ("日本", "日本Request", "日本"),
            ("client", "ClientRequest", "CLIENT"),
        ] {
            let names = scope.operation_names(method);
            assert_eq!((names.request.as_str(), names.constant.as_str()), (request, constant));
        }
    }

    fn empty_scope() -> OperationScope<'static> {
        OperationScope {
            methods: Scope::reserving(Case::Snake, &[]),
            module: Scope::reserving(Case::Pascal, &[]),
            types: BTreeSet::new(),
            recorded_requests: BTreeMap::new(),
        }
    }

    #[test]
    fn a_request_type_never_has_the_name_of_a_type() {
        let mut scope = empty_scope();
        let mut request = |taken: &str| {
            scope.types.insert(taken.to_owned());
            scope.operation_names("create_order").request.to_string()
        };
        assert_eq!(request("CreateOrder"), "CreateOrderRequest");
        assert_eq!(request("CreateOrderRequest"), "CreateOrderCall");
        assert_eq!(request("CreateOrderCall"), "CreateOrderCall2");
    }

    #[test]
    fn operations_with_names_of_the_maximum_length_get_different_names() {
        let mut scope = empty_scope();
        // Without an underscore that PascalCase removes, the names of all cases are cut off.
        for words in ["x".repeat(500), "ß".repeat(500)] {
            let claimed = [scope.claim(&words), scope.claim(&words), scope.claim(&words)];
            let names: Vec<&Name> = claimed.iter().flat_map(|it| it.module_names()).collect();
            let distinct: BTreeSet<&Name> = names.iter().copied().collect();
            assert_eq!(distinct.len(), names.len(), "{names:?}");
        }
    }

    #[test]
    fn no_two_operations_share_a_name_of_the_module() {
        let mut scope = empty_scope();
        let mut claimed = Vec::new();
        for words in ["v2", "v2 operation", "V2_OPERATION", "v2 headers", "v2 error"] {
            let names = scope.claim(words);
            claimed.extend(names.module_names().map(|name| name.as_str().to_owned()));
        }
        let distinct: BTreeSet<&String> = claimed.iter().collect();
        assert_eq!(distinct.len(), claimed.len(), "{claimed:?}");
    }
}
