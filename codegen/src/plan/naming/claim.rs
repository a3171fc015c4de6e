//! Claims names in order: overrides of `vendor.toml` first, then recorded names, then new ones.

use super::identifier::Name;
use super::overrides::NameOverride;
use super::requests::NameRequest;
use super::scope::Scope;

/// A scope in which requests claim names.
pub trait Claim {
    /// What a request claims: a name, or all names of an operation.
    type Claimed;

    /// Claims a name for words, the preferred ones first.
    fn claim_words(&mut self, words: &[String]) -> Self::Claimed;

    /// Claims a recorded name unchanged, if it is valid and free.
    fn claim_recorded(&mut self, identifier: &str) -> Option<Self::Claimed>;
}

/// Claims a name for each request. Within the overrides, the recorded names and the new names, the
/// requests come in their order. `before_new` is called before the first new name is claimed.
pub fn claim_names<S: Claim, Id>(
    scope: &mut S,
    requests: Vec<NameRequest<'_, Id>>,
    before_new: impl FnOnce(&mut S),
) -> Vec<(Id, S::Claimed)> {
    let pinned = |request: &NameRequest<'_, Id>| match request.known {
        Some(NameOverride::Pinned(words)) => Some(scope.claim_words(&[words.to_owned()])),
        Some(NameOverride::Recorded(_)) | None => None,
    };
    let mut claimed: Vec<Option<S::Claimed>> = requests.iter().map(pinned).collect();
    for (request, slot) in requests.iter().zip(&mut claimed) {
        if let Some(NameOverride::Recorded(identifier)) = request.known {
            *slot = scope.claim_recorded(identifier);
        }
    }
    before_new(scope);
    let or_new = |(request, claimed): (NameRequest<'_, Id>, Option<S::Claimed>)| {
        let claimed = claimed.unwrap_or_else(|| scope.claim_words(&request.words));
        (request.id, claimed)
    };
    requests.into_iter().zip(claimed).map(or_new).collect()
}

impl Claim for Scope {
    type Claimed = Name;

    fn claim_words(&mut self, words: &[String]) -> Name {
        let (first, rest) = words.split_first().map_or(("", words), |(it, rest)| (it, rest));
        self.claim_or(first, rest)
    }

    fn claim_recorded(&mut self, identifier: &str) -> Option<Name> {
        Self::claim_recorded(self, identifier)
    }
}
