//! Scopes, in which each name is used once.

use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Case, Name, escape, identifier, is_start};

/// Names of the prelude that the generated code uses, so that no type may shadow them.
pub(super) const RESERVED_TYPES: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// The names that are taken in a module, among the fields of a struct or the arguments of a method.
#[derive(Debug, Clone)]
pub struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The last number appended to each name, so that many equal names do not each count from two.
    numbers: BTreeMap<String, u64>,
}

impl Scope {
    /// Creates an empty scope.
    pub fn new(case: Case) -> Self {
        Self { case, taken: BTreeSet::new(), numbers: BTreeMap::new() }
    }

    /// Creates a scope in which `names` are taken.
    pub fn reserving(case: Case, names: &[&str]) -> Self {
        let taken = names.iter().map(|n| (*n).to_owned()).collect();
        Self { taken, ..Self::new(case) }
    }

    /// Marks a name as taken.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// Takes the first free one of `name`, `name2`, `name3`….
    pub fn claim(&mut self, words: &str) -> Name {
        self.claim_or(words, &[])
    }

    /// Like [`claim`](Self::claim), but tries the longer `fallbacks` before it appends a number.
    pub fn claim_or(&mut self, words: &str, fallbacks: &[String]) -> Name {
        let base = identifier(words, self.case);
        let fallbacks = fallbacks.iter().map(|words| identifier(words, self.case));
        for name in std::iter::once(base.clone()).chain(fallbacks) {
            if self.taken.insert(name.clone()) {
                return escape(name);
            }
        }
        // Names are never released, so every lower number is still taken.
        let number = self.numbers.entry(base.clone()).or_insert(1);
        loop {
            *number = number.saturating_add(1);
            let name = format!("{base}{number}");
            if self.taken.insert(name.clone()) {
                return escape(name);
            }
        }
    }

    /// Takes the recorded name `identifier` unchanged, if it is free. A name that was edited by
    /// hand is rejected if it is not a valid identifier in this scope's case.
    pub fn claim_recorded(&mut self, identifier: &str) -> Option<Name> {
        let snake = self.case == Case::Snake;
        let starts = identifier.starts_with(|c| is_start(c) && (snake || !c.is_lowercase()));
        let is_valid = |c: char| unicode_ident::is_xid_continue(c) && !(snake && c.is_uppercase());
        if starts && identifier.chars().all(is_valid) {
            self.claim_exactly(identifier)
        } else {
            None
        }
    }

    /// Takes `identifier` unchanged, if it is free.
    pub fn claim_exactly(&mut self, identifier: &str) -> Option<Name> {
        self.taken.insert(identifier.to_owned()).then(|| escape(identifier.to_owned()))
    }

    /// Returns whether `identifier` is not taken.
    pub fn is_free(&self, identifier: &str) -> bool {
        !self.taken.contains(identifier)
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, Scope};

    #[test]
    fn a_scope_returns_each_name_once() {
        let mut scope = Scope::new(Case::Pascal);
        let names = ["thing", "Thing", "thing2", "_id", "id", "a.b", "a_b"]
            .map(|w| scope.claim(w).to_string());
        assert_eq!(names, ["Thing", "Thing2", "Thing22", "Id", "Id2", "AB", "AB2"]);
    }

    #[test]
    fn a_recorded_name_is_used_unchanged() {
        let mut scope = Scope::reserving(Case::Pascal, &["Option"]);
        let recorded = ["AB2", "AB2", "Option", "a", "A-B", "", "9"];
        let claimed = recorded.map(|name| scope.claim_recorded(name).map(|name| name.to_string()));
        assert_eq!(claimed, [Some("AB2".to_owned()), None, None, None, None, None, None]);
        let mut scope = Scope::new(Case::Snake);
        assert_eq!(scope.claim_recorded("type").map(|n| n.to_string()).as_deref(), Some("r#type"));
        assert_eq!(scope.claim_recorded("listAll"), None);
    }

    #[test]
    fn a_reserved_name_is_not_returned() {
        let mut scope = Scope::reserving(Case::Pascal, &["Option"]);
        assert_eq!(scope.claim_or("option", &["option value".to_owned()]).as_str(), "OptionValue");
    }
}
