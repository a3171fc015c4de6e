//! Types that are equal up to the names of the types in them.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Code, TypeCode};

/// Returns how many of the types in `inline` are copies: each but one of those that are equal to
/// one another up to the names of other types in `inline`.
///
/// Equal types have the same table: wire names, requiredness, limits and error codes; and the same
/// field types and defaults. The remaining documentation may differ.
pub fn count_copies(code: &Code, inline: &BTreeSet<&str>) -> usize {
    let inline: BTreeMap<&str, &TypeCode> = inline
        .iter()
        .filter_map(|name| Some((*name, code.types.get(*name).filter(|code| code.is_data())?)))
        .collect();
    // All inline types count as equal at first. Each round distinguishes those that contain types
    // which the last round distinguished.
    let mut classes: BTreeMap<&str, usize> = inline.keys().map(|name| (*name, 0)).collect();
    let mut count = 1;
    loop {
        let mut numbers = BTreeMap::new();
        let refined: BTreeMap<&str, usize> = inline
            .iter()
            .map(|(name, code)| {
                let next = numbers.len();
                let class = *numbers.entry(structure(code, &classes)).or_insert(next);
                (*name, class)
            })
            .collect();
        classes = refined;
        if numbers.len() <= count {
            return inline.len().saturating_sub(numbers.len());
        }
        count = numbers.len();
    }
}

/// Returns a text that is equal for types of equal structure, given the classes of inline types.
fn structure(code: &TypeCode, classes: &BTreeMap<&str, usize>) -> String {
    let mut text = code.table_macro.clone();
    let mut add = |tokens: &[String]| {
        for token in tokens {
            text.push(' ');
            match classes.get(token.as_str()) {
                Some(class) => text.push_str(&format!("#{class}")),
                None => text.push_str(token),
            }
        }
        text.push('\n');
    };
    match code.table_macro.as_str() {
        // The names of variants follow from the names of types.
        "union" => add(&union_table(code)),
        _ => add(&code.table),
    }
    add(&code.redactions);
    for field in &code.fields {
        add(&field.ty);
        let defaults = field.docs.iter().filter(|line| line.contains("Default: "));
        add(&defaults.cloned().collect::<Vec<_>>());
    }
    text
}

/// Returns the table of a union without the names of its variants.
fn union_table(code: &TypeCode) -> Vec<String> {
    let names: BTreeSet<&str> = code.fields.iter().map(|field| field.name.as_str()).collect();
    let next = code.table.iter().skip(1).map(String::as_str).chain([""]);
    let rows = code.table.iter().zip(next);
    let kept = rows.filter(|(token, next)| !(*next == "(" && names.contains(token.as_str())));
    kept.map(|(token, _)| token.clone()).collect()
}
