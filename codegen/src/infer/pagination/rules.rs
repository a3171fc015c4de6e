//! `[[pagination]]` in `vendor.toml`: a rule applies to those of its operations that it fits.

use super::fields::{Fields, is_cursor, is_list};
use super::list::find_list;
use super::next::more_field;
use super::page_type;
use super::request::{RequestField, request_fields};
use super::rule_report::{Mismatch, RuleUse, report_rules};
use super::scheme::{DEPTH, complete};
use crate::ir::{
    Api, Media, MediaKind, Operation, PageBy, PageParameter, Pagination, Scalar, Type,
};
use crate::manifest::{self, Manifest};
use crate::report::Report;

/// The rules of a manifest, and what each was applied to.
pub struct Rules<'m> {
    manifest: &'m Manifest,
    uses: Vec<RuleUse>,
}

impl<'m> Rules<'m> {
    pub fn new(manifest: &'m Manifest) -> Self {
        let uses = manifest.pagination.iter().map(|_| RuleUse::default()).collect();
        Self { manifest, uses }
    }

    /// Returns the first rule that fits the operation, with its index: `None` as pagination if it excludes
    /// the operation.
    pub fn apply(
        &mut self,
        operation: &Operation,
        fields: &Fields<'_>,
    ) -> Option<(usize, Option<Pagination>)> {
        let request = request_fields(operation, fields);
        let mut found = None;
        for (index, (rule, uses)) in self.manifest.pagination.iter().zip(&mut self.uses).enumerate()
        {
            if !selects(rule, operation, &request, fields) {
                continue;
            }
            if found.is_some() {
                uses.shadowed += 1;
                continue;
            }
            match apply(rule, operation, &request, fields) {
                Ok(pagination) => {
                    uses.fits += 1;
                    found = Some((index, pagination));
                }
                Err(mismatch) => uses.mismatches.entry(mismatch).or_default().push(operation.key()),
            }
        }
        found
    }

    /// Reports the rules that apply to nothing, and the operations that the others do not fit.
    pub fn report(&self, api: &Api, report: &mut Report) {
        report_rules(self.manifest, &self.uses, api, report);
    }
}

/// Whether a rule is meant for an operation.
fn selects(
    rule: &manifest::Pagination,
    operation: &Operation,
    request: &[RequestField<'_>],
    fields: &Fields<'_>,
) -> bool {
    if !rule.operations.is_empty() {
        return rule.operations.iter().any(|pattern| operation.is_named(pattern));
    }
    match &rule.next {
        Some(next) if rule.by == manifest::PageBy::Url => {
            page_type(operation).is_ok_and(|page| fields.at(page, next).is_some())
        }
        _ => find_parameter(rule, request).is_some(),
    }
}

/// Applies a rule to an operation; `None` if it excludes it.
///
/// # Errors
///
/// Returns the key of the rule that does not fit the operation.
fn apply(
    rule: &manifest::Pagination,
    operation: &Operation,
    request: &[RequestField<'_>],
    fields: &Fields<'_>,
) -> Result<Option<Pagination>, Mismatch> {
    if rule.by == manifest::PageBy::None {
        return Ok(None);
    }
    let parameter = parameter(rule, request)?;
    if operation.body.as_ref().is_some_and(|body| body.media.iter().any(is_sent_as_file)) {
        return Err(Mismatch::new("by", "its body is sent as bytes"));
    }
    let page = page_type(operation).map_err(|reason| Mismatch::new("by", reason))?;
    let items = items(rule, operation, page, fields)?;
    let by = page_by(rule, page, &items, fields)?;
    let more = match &rule.more {
        None => more_field(&fields.nested(page, DEPTH)),
        Some(path) => Some(path_at(page, "more", path, fields, is_bool, "boolean")?),
    };
    Ok(Some(complete(by, parameter, items, more, request)))
}

/// Returns the parameter of a rule in a request, if the rule has one.
fn find_parameter<'r, 'a>(
    rule: &manifest::Pagination,
    request: &'r [RequestField<'a>],
) -> Option<&'r RequestField<'a>> {
    request.iter().find(|it| match &it.location {
        PageParameter::Query(wire) => rule.parameter.as_ref() == Some(wire),
        PageParameter::Body { path, .. } => {
            rule.body.as_ref().is_some_and(|body| body.split('.').eq(path))
        }
    })
}

fn parameter(
    rule: &manifest::Pagination,
    request: &[RequestField<'_>],
) -> Result<Option<PageParameter>, Mismatch> {
    match (find_parameter(rule, request), &rule.parameter, &rule.body) {
        (Some(found), ..) => Ok(Some(found.location.clone())),
        (None, Some(name), _) => {
            Err(Mismatch::new("parameter", format!("there is no query parameter `{name}`")))
        }
        (None, None, Some(path)) => {
            Err(Mismatch::new("body", format!("the JSON body has no field `{path}`")))
        }
        (None, None, None) => Ok(None),
    }
}

fn page_by(
    rule: &manifest::Pagination,
    page: &Type,
    items: &[String],
    fields: &Fields<'_>,
) -> Result<PageBy, Mismatch> {
    let next = rule.next.as_deref().unwrap_or_default();
    Ok(match rule.by {
        manifest::PageBy::Page => PageBy::Page(rule.first.unwrap_or_default()),
        manifest::PageBy::Offset => PageBy::Offset,
        manifest::PageBy::Cursor => {
            PageBy::Cursor(path_at(page, "next", next, fields, is_cursor, "string or integer")?)
        }
        manifest::PageBy::LastItem => {
            let id = split(rule.id.as_deref().unwrap_or("id"));
            if !fields.item_at(page, items).is_some_and(|item| fields.has_cursor(item, &id)) {
                let reason = format!("the items have no string or integer at `{}`", id.join("."));
                return Err(Mismatch::new("id", reason));
            }
            PageBy::LastItem(id)
        }
        manifest::PageBy::Url => {
            PageBy::Url(path_at(page, "next", next, fields, is_text, "string")?)
        }
        manifest::PageBy::Link | manifest::PageBy::None => PageBy::Link,
    })
}

/// Returns a path of the rule, if a field of an accepted type is there.
fn path_at(
    page: &Type,
    key: &'static str,
    path: &str,
    fields: &Fields<'_>,
    accepts: fn(&Type) -> bool,
    what: &str,
) -> Result<Vec<String>, Mismatch> {
    match fields.at(page, path) {
        Some(field) if accepts(&field.ty) => Ok(split(path)),
        _ => Err(Mismatch::new(key, format!("the response has no {what} at `{path}`"))),
    }
}

fn items(
    rule: &manifest::Pagination,
    operation: &Operation,
    page: &Type,
    fields: &Fields<'_>,
) -> Result<Vec<String>, Mismatch> {
    let Some(path) = &rule.items else {
        let unclear = |reason: String| Mismatch::new("items", format!("{reason}: set `items`"));
        return find_list(operation, page, fields).map_err(unclear);
    };
    let path = path_at(page, "items", path, fields, is_list, "list")?;
    match fields.is_list_at(page, &path) {
        true => Ok(path),
        false => Err(Mismatch::new("items", "the list distinguishes `null` from missing")),
    }
}

fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

fn is_text(ty: &Type) -> bool {
    matches!(ty.without_null(), Type::Scalar(Scalar::String | Scalar::Uri))
}

fn is_bool(ty: &Type) -> bool {
    matches!(ty.without_null(), Type::Scalar(Scalar::Bool))
}

fn is_sent_as_file(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Bytes | MediaKind::Multipart)
}
