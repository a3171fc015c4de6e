//! Names for components that are added to a document.

/// Returns `name`, or the first of `name2`, `name3`, … that is not used.
pub(crate) fn free_name(name: &str, is_used: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u64..).map(|number| format!("{name}{number}"));
    let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
    // The candidates do not run out.
    candidates.find(|candidate| !is_used(candidate)).unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn the_first_unused_name_is_returned() {
        assert_eq!(free_name("Pet", |_| false), "Pet");
        assert_eq!(free_name("Pet", |name| ["Pet", "Pet2"].contains(&name)), "Pet3");
    }
}
