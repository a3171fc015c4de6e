//! Redirects references to where the parts of the document are in OpenAPI 3.0.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::dialect::grammar::{ObjectKind, for_each_object, for_each_object_mut};
use crate::source::{Node, escape};

/// Redirects every reference of a converted document. One whose target does not exist is not
/// changed, so the message about it shows what was written.
pub(super) fn redirect_references(root: &mut Node) {
    let mut redirected = BTreeMap::new();
    for_each_object(root, ObjectKind::Root, &mut |node, _| {
        if let Some(reference) = node.get("$ref").and_then(Node::as_str)
            && !redirected.contains_key(reference)
            && let Some(target) = redirect(root, reference)
        {
            redirected.insert(reference.to_owned(), target);
        }
    });
    for_each_object_mut(root, ObjectKind::Root, &mut |node, _| {
        let reference = node.as_object_mut().and_then(|map| map.get_mut("$ref"));
        let Some(reference) = reference else { return };
        if let Some(target) = reference.as_str().and_then(|text| redirected.get(text)) {
            *reference = Node::string(target, reference.origin);
        }
    });
}

/// Returns the reference to the new place of the target.
fn redirect(root: &Node, reference: &str) -> Option<String> {
    let pointer = reference.strip_prefix("#/")?;
    let pointer = percent_encoding::percent_decode_str(pointer).decode_utf8();
    let pointer = pointer.unwrap_or_else(|_| Cow::Borrowed(reference.get(2..).unwrap_or_default()));
    let mut old = pointer.split('/');
    let (section, name) = (old.next()?, old.next()?);
    let mut new = match section {
        "definitions" => format!("/components/schemas/{name}"),
        "parameters" => match format!("/components/requestBodies/{name}") {
            body if root.pointer(&body).is_some() => body,
            _ => format!("/components/parameters/{name}"),
        },
        "responses" => format!("/components/responses/{name}"),
        "paths" => format!("/paths/{name}"),
        _ => return None,
    };
    let mut rest = old.peekable();
    while let Some(token) = rest.next() {
        let follows_schema = rest.peek() == Some(&"schema");
        if follows_schema && section == "paths" && new.ends_with("/parameters") {
            // Only a parameter in the body has a `schema`.
            new.truncate(new.len() - "/parameters".len());
            new.push_str("/requestBody");
            continue;
        }
        if token == "schema"
            && let Some(content) = root.pointer(&new).and_then(|it| it.get("content"))
        {
            let media_type = content.as_object()?.keys().next()?;
            new.push_str(&format!("/content/{}", escape(media_type)));
        }
        new.push('/');
        new.push_str(token);
    }
    root.pointer(&new).is_some().then(|| format!("#{new}"))
}
