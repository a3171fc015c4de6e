//! The names of an operation, which all follow from the name of the client's method.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::Claim;
use super::identifier::{Case, Name, change_case, escape, identifier};
use super::overrides::{NameOverride, NameOverrides};
use super::scope::{RESERVED_TYPES, Scope};
use crate::ir::Operation;

/// Other names in the module of the requests.
const RESERVED_REQUESTS: &[&str] = &["Client", "ErrorCode"];

/// The names of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationNames {
    /// The client's method: `post_oauth_token`.
    pub method: Name,
    /// The request type: `PostOauthTokenRequest`. See `request_names`.
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

/// The names that are taken while operations are named.
pub(super) struct OperationScope<'a> {
    methods: Scope,
    /// The names in the operations' module.
    module: Scope,
    /// The names of types, which no request type may have.
    types: BTreeSet<String>,
    /// The recorded names of request types, by the methods that they follow from.
    recorded_requests: BTreeMap<String, &'a str>,
    /// The last number appended to each method, so that many equal names do not each count from two.
    numbers: BTreeMap<String, u64>,
}

impl Claim for OperationScope<'_> {
    type Claimed = OperationNames;

    /// Claims the names that follow from the first of `name`, `name2`, `name3`… for which all are
    /// free. All names get the same suffix, so that they follow from the method's name.
    fn claim_words(&mut self, words: &[String]) -> OperationNames {
        let words = words.first().map(String::as_str).unwrap_or_default();
        let base = identifier(words, Case::Snake);
        if let Some(names) = self.claim_exactly(&base) {
            return names;
        }
        // Names are never released, so every lower number is still taken.
        let mut number = self.numbers.get(&base).copied().unwrap_or(1);
        loop {
            number = number.saturating_add(1);
            if let Some(names) = self.claim_exactly(&format!("{base}{number}")) {
                self.numbers.insert(base, number);
                return names;
            }
        }
    }

    /// Claims the names that follow from the recorded name `method`, if all of them are free.
    fn claim_recorded(&mut self, method: &str) -> Option<OperationNames> {
        let names = self.free_names(method)?;
        self.methods.claim_recorded(method)?;
        Some(self.take(names))
    }
}

impl<'a> OperationScope<'a> {
    /// Creates a scope for the operations of an API with types of these names.
    pub(super) fn new(
        types: impl Iterator<Item = &'a Name>,
        recorded_requests: BTreeMap<String, &'a str>,
    ) -> Self {
        Self {
            types: types.map(|name| name.as_str().to_owned()).collect(),
            // Methods of the client itself.
            methods: Scope::reserving(Case::Snake, &["builder", "clone", "new", "with"]),
            module: Scope::reserving(Case::Pascal, &[RESERVED_TYPES, RESERVED_REQUESTS].concat()),
            recorded_requests,
            numbers: BTreeMap::new(),
        }
    }

    /// Claims the names that follow from `method`, if all of them are free.
    fn claim_exactly(&mut self, method: &str) -> Option<OperationNames> {
        let names = self.free_names(method)?;
        self.methods.claim_exactly(method)?;
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
pub(super) fn recorded_request<'a>(
    overrides: &NameOverrides<'a>,
    operation: &Operation,
) -> Option<(String, &'a str)> {
    let method = match overrides.operation(operation)? {
        NameOverride::Pinned(words) => identifier(words, Case::Snake),
        NameOverride::Recorded(method) => method.to_owned(),
    };
    let request = overrides.recorded.requests.get(&operation.key())?;
    let suffix = request.strip_prefix(&change_case(&method, Case::Pascal))?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let follows = suffix == "Request" || suffix.strip_prefix("Call").is_some_and(is_number);
    follows.then_some((method, request))
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
            numbers: BTreeMap::new(),
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
            let claimed = [(); 3].map(|()| scope.claim_words(std::slice::from_ref(&words)));
            let names: Vec<&Name> = claimed.iter().flat_map(|it| it.module_names()).collect();
            let distinct: BTreeSet<&Name> = names.iter().copied().collect();
            assert_eq!(distinct.len(), names.len(), "{names:?}");
        }
    }

    #[test]
    fn equal_words_do_not_each_count_from_two() {
        let mut scope = empty_scope();
        let words = ["list orders".to_owned()];
        let last = (0..20_000).map(|_| scope.claim_words(&words)).last();
        // Counting from two would try 200 million names.
        assert_eq!(last.map(|it| it.method.to_string()).as_deref(), Some("list_orders20000"));
    }

    #[test]
    fn no_two_operations_share_a_name_of_the_module() {
        let mut scope = empty_scope();
        let mut claimed = Vec::new();
        for words in ["v2", "v2 operation", "V2_OPERATION", "v2 headers", "v2 error"] {
            let names = scope.claim_words(&[words.to_owned()]);
            claimed.extend(names.module_names().map(|name| name.as_str().to_owned()));
        }
        let distinct: BTreeSet<&String> = claimed.iter().collect();
        assert_eq!(distinct.len(), claimed.len(), "{claimed:?}");
    }
}
