//! Maps.

/// A map from field names to values, sorted by name.
pub type Map<T> = std::collections::BTreeMap<String, T>;
