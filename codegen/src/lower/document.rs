//! The OpenAPI document in both forms: the audited tree, and the typed model of everything but
//! schemas.

use indexmap::IndexMap;
use openapiv3::{
    Components, Example, Header, OpenAPI, Parameter, ReferenceOr, RequestBody, Response,
    SecurityScheme,
};

use super::alternative_label::AlternativeLabels;
use super::cursor::NodeCursor;
use super::names::{self, RepeatedTitles};
use crate::dialect::OpenApi30;
use crate::report::{Location, Problem, Report};
use crate::source::{Node, unescape};

/// An OpenAPI document.
#[derive(Debug)]
pub struct Document<'a> {
    /// The tree, which also has locations, wide numbers and keywords that the typed model lacks.
    pub root: &'a Node,
    /// The typed model, with an empty schema in place of each schema.
    pub openapi: OpenAPI,
    /// Titles that are not used as names of operations.
    repeated_titles: RepeatedTitles,
    /// Labels of alternatives, which are used in names.
    labels: AlternativeLabels,
}

impl<'a> Document<'a> {
    /// Reads the typed model from the tree.
    pub fn read(openapi: &'a OpenApi30, report: &mut Report) -> Option<Self> {
        let root = openapi.root();
        match openapi.to_typed() {
            Ok(openapi) => Some(Self {
                root,
                openapi,
                repeated_titles: RepeatedTitles::new(root),
                labels: AlternativeLabels::default(),
            }),
            Err(reason) => {
                let message = format!("the document cannot be read as OpenAPI 3.0: {reason}");
                let problem = Problem::error(Location::Value(root.origin), message);
                report.push(problem.help("this is a bug in Docwright: please report it"));
                None
            }
        }
    }

    /// Returns the words that name the inline schema at `pointer`.
    pub fn inline_name(&self, pointer: &str) -> Vec<String> {
        names::inline_name(self.root, &self.repeated_titles, &self.labels, pointer)
    }

    /// Resolves an item or reference to the item and its cursor. In an audited document, every
    /// reference leads to a component of the right kind, so there always is one.
    pub fn resolve<T: RefTarget>(
        &'a self,
        item_or_reference: &'a ReferenceOr<T>,
        cursor: &NodeCursor<'a>,
    ) -> Option<(&'a T, NodeCursor<'a>)> {
        let mut current = item_or_reference;
        let mut cursor = cursor.clone();
        let components = self.openapi.components.as_ref().map(T::section);
        // The audit removed references that lead back to themselves.
        for _ in 0..=components.map_or(0, IndexMap::len) {
            let reference = match current {
                ReferenceOr::Item(item) => return Some((item, cursor)),
                ReferenceOr::Reference { reference } => reference,
            };
            let pointer = reference.strip_prefix('#')?;
            current = components?.get(&unescape(pointer.rsplit('/').next()?))?;
            cursor = NodeCursor { node: self.root.pointer(pointer)?, pointer: pointer.to_owned() };
        }
        None
    }
}

/// A kind of object that a `$ref` can refer to.
pub trait RefTarget: Sized {
    /// Returns the section of `components` for this kind.
    fn section(components: &Components) -> &IndexMap<String, ReferenceOr<Self>>;
}

macro_rules! ref_targets {
    ($($ty:ident: $section:ident;)+) => {$(
        impl RefTarget for $ty {
            fn section(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
                &components.$section
            }
        }
    )+};
}

ref_targets! {
    Parameter: parameters;
    Response: responses;
    RequestBody: request_bodies;
    Header: headers;
    Example: examples;
    SecurityScheme: security_schemes;
}
