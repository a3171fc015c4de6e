//! The collections in paths such as `/orders/{id}`, and the resources that their items are.

use std::collections::{BTreeMap, BTreeSet};

use super::values::split_words;
use crate::ir::{Api, MediaKind, Method, Operation, Segment, TypeName};

/// Last words of the names of components that are the resource itself.
pub const WRAPPERS: [&str; 5] = ["dto", "model", "object", "resource", "response"];

/// Returns the words of a resource, from the key of its component: `CustomerResponse` is a customer.
pub fn resource_words(key: &str) -> Vec<String> {
    let mut words = split_words(key);
    words.pop_if(|last| WRAPPERS.contains(&last.as_str()));
    words
}

/// A collection in a path.
struct Collection {
    name: String,
    /// Whether it belongs to an item of another collection: `/orders/{id}/refunds`.
    is_nested: bool,
}

/// The resources of the collections with the same name, as words.
#[derive(Default)]
struct Items {
    /// Those of collections that belong to no item.
    top: BTreeSet<Vec<String>>,
    /// Those of collections that belong to an item of another collection.
    nested: BTreeSet<Vec<String>>,
    /// Whether a collection of this name belongs to no item.
    has_top: bool,
}

/// The items of all collections, by the name of the collection.
pub struct Collections(BTreeMap<String, Items>);

impl Collections {
    /// Finds the paths that end with an item. What GET returns for them is the resource.
    pub fn new(api: &Api) -> Self {
        let mut collections: BTreeMap<String, Items> = BTreeMap::new();
        for operation in &api.operations {
            let Some(Segment::Parameter(wire)) = operation.path.last() else { continue };
            let Some(Collection { name, is_nested }) = find_collection(&operation.path, wire)
            else {
                continue;
            };
            let items = collections.entry(name).or_default();
            items.has_top |= !is_nested;
            let resources = if is_nested { &mut items.nested } else { &mut items.top };
            resources
                .extend(response_words(api, operation).filter(|_| operation.method == Method::Get));
        }
        Self(collections)
    }

    /// Whether collections with the name of a resource have different ones. A collection that belongs to no
    /// item decides about the others.
    pub fn is_ambiguous(&self, resource: &[String]) -> bool {
        let mut named = self
            .0
            .iter()
            .filter(|(name, _)| singulars(name).iter().any(|singular| singular == resource));
        named.any(|(_, items)| match items.has_top {
            true => items.top.len() > 1,
            false => items.nested.len() > 1,
        })
    }

    /// Returns the collection before a parameter of a path, and the resource that its items are.
    pub fn find_resource(
        &self,
        api: &Api,
        operation: &Operation,
        wire: &str,
        is_resource: &dyn Fn(&[String]) -> bool,
    ) -> Option<(String, Vec<String>)> {
        let Collection { name, is_nested } = find_collection(&operation.path, wire)?;
        let resource = singulars(&name).into_iter().find(|it| is_resource(it))?;
        let is_elsewhere = is_nested && self.0.get(&name).is_some_and(|items| items.has_top);
        let is_own = !is_elsewhere || response_words(api, operation).as_ref() == Some(&resource);
        is_own.then_some((name, resource))
    }
}

/// Returns the words of the component that an operation returns.
fn response_words(api: &Api, operation: &Operation) -> Option<Vec<String>> {
    let (successes, _) = operation.split_responses();
    let mut media = successes.into_iter().flat_map(|response| &response.media);
    let id = media.find(|media| media.kind == MediaKind::Json)?.ty.innermost_id()?;
    match &api.types.get(id.0)?.name {
        TypeName::Component(key) => Some(resource_words(key)),
        _ => None,
    }
}

/// Returns the segment before a parameter of a path.
fn find_collection(path: &[Segment], wire: &str) -> Option<Collection> {
    let is_parameter = |it: &Segment| matches!(it, Segment::Parameter(name) if name == wire);
    let index = path.iter().position(is_parameter)?;
    let before = path.get(..index)?;
    let Segment::Literal(text) = before.last()? else { return None };
    let name = text.strip_suffix('/')?.rsplit('/').next()?.to_owned();
    let is_nested = before.iter().any(|it| matches!(it, Segment::Parameter(_)));
    Some(Collection { name, is_nested })
}

/// Returns the possible singular forms of the name of a collection, as words.
pub fn singulars(collection: &str) -> Vec<Vec<String>> {
    let endings = [("ies", "y"), ("es", ""), ("s", "")];
    let forms = endings.into_iter().filter_map(|(plural, singular)| {
        let start = collection.strip_suffix(plural)?;
        Some(split_words(&format!("{start}{singular}")))
    });
    forms.collect()
}
