//! Fields that distinguish a missing value from `null`, and the types that need them.

use std::collections::BTreeSet;

use super::code::{Code, Tokens};

/// Returns the number of `Patch` fields, and how many of them are in types that something else than
/// a patch uses: the body of a PATCH, or one of the media type `application/merge-patch+json`.
pub fn count_patch_fields(code: &Code) -> (usize, usize) {
    let (patched, others) = uses(code);
    let (patched, others) = (reachable(code, patched), reachable(code, others));
    let (mut all, mut outside) = (0, 0);
    for (name, code) in &code.types {
        let fields = code.fields.iter().filter(|field| is_patch(&field.ty)).count();
        all += fields;
        if !patched.contains(name.as_str()) || others.contains(name.as_str()) {
            outside += fields;
        }
    }
    (all, outside)
}

fn is_patch(ty: &Tokens) -> bool {
    ty.iter().take(4).any(|token| token == "Patch")
}

/// Returns the tokens that name the types of patches, and those of everything else.
fn uses(code: &Code) -> (Vec<&str>, Vec<&str>) {
    let patch_requests: BTreeSet<&str> = code
        .functions
        .iter()
        .filter(|function| function.body.iter().any(|token| code.patch_statics.contains(token)))
        .flat_map(|function| &function.output)
        .map(String::as_str)
        .collect();
    let (mut patched, mut others) = (Vec::new(), Vec::new());
    for function in code.functions.iter().filter(|it| !is_data(code, &it.owner)) {
        let is_request = |name: &str| code.requests.contains_key(name);
        let request = match is_request(&function.owner) {
            true => Some(&function.owner),
            false => function.output.iter().find(|token| is_request(token)),
        };
        let is_patch = request.is_some_and(|it| patch_requests.contains(it.as_str()));
        for (name, ty) in &function.arguments {
            let used = if is_patch && name == "body" { &mut patched } else { &mut others };
            used.extend(ty.iter().map(String::as_str));
        }
        others.extend(function.output.iter().map(String::as_str));
    }
    others.extend(code.requests.values().flatten().map(String::as_str));
    (patched, others)
}

fn is_data(code: &Code, name: &str) -> bool {
    code.types.get(name).is_some_and(super::code::TypeCode::is_data)
}

/// Returns the types that are reachable from those that are named among `tokens`.
fn reachable<'c>(code: &'c Code, tokens: Vec<&'c str>) -> BTreeSet<&'c str> {
    let mut found = BTreeSet::new();
    let mut queue = tokens;
    while let Some(token) = queue.pop() {
        if let Some((name, code)) = code.types.get_key_value(token)
            && found.insert(name.as_str())
        {
            queue.extend(code.fields.iter().flat_map(|field| &field.ty).map(String::as_str));
        }
    }
    found
}
