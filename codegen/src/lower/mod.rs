//! OpenAPI 3.0 → [`Api`]. Schemas are read from the audited tree, once each (`schema`), and lowered
//! to types (`schema_type`). Everything else is read from the typed model of `openapiv3`, together
//! with the tree, which has the locations.

mod aliases;
mod all_of;
mod alternative_label;
mod auth;
mod body;
mod catalogue;
mod collapse_all_of;
mod cursor;
mod dedup_types;
mod doc;
mod document;
mod duplicate_properties;
mod enums;
mod error_annotations;
mod media;
mod names;
mod no_content;
mod object;
mod operation;
mod parameter;
mod path;
mod response;
mod scalar;
mod schema;
mod schema_type;
mod sent_bodies;
mod server;
mod split_variants;
mod type_keys;
mod union;
mod variant;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::dialect::OpenApi30;
use crate::ir::{Api, Operation, Requirement, SecurityScheme, Type, TypeId, TypeName};
use crate::manifest::Manifest;
use crate::report::{Location, Problem, Report, Severity};

pub use schema::enum_values::reads_extension;
pub use type_keys::type_keys;

use aliases::ResolvedTypes;
use collapse_all_of::AllOfBases;
use cursor::NodeCursor;
use document::Document;
use duplicate_properties::DuplicateProperty;
use error_annotations::Annotations;
use no_content::ResponseContents;
use schema::{Schema, SchemaId, SchemaMetadata, Schemas};
use schema_type::{LoweredType, LoweredUse};

/// Lowers an OpenAPI 3.0 document. Returns `None` if an error was reported.
pub fn lower(manifest: &Manifest, openapi: &OpenApi30, report: &mut Report) -> Option<Api> {
    let errors_before = error_count(report);
    let document = Document::read(openapi, report)?;
    let mut lower = Lower::new(manifest, &document, report);
    lower.components();
    let schemes = lower.schemes();
    let operations = lower.operations();
    let annotations = std::mem::take(&mut lower.annotations);
    let mut api = lower.finish(schemes, operations);
    let openapi = openapi.root();
    split_variants::split_variants(&mut api.types);
    api.errors = catalogue::build_catalogue(&mut api, manifest, openapi, &annotations, report);
    webhooks::check_event(&api, manifest, report);
    sent_bodies::decide_bodies(&mut api, openapi, report);
    object::report_unmatched_patterns(&api, manifest, report);
    dedup_types::dedup_types(&mut api);
    (error_count(report) == errors_before).then_some(api)
}

fn error_count(report: &Report) -> usize {
    report.problems.iter().filter(|p| p.severity == Severity::Error).count()
}

/// The state of the walk through a document.
struct Lower<'a> {
    manifest: &'a Manifest,
    document: &'a Document<'a>,
    report: &'a mut Report,
    schemas: Schemas<'a>,
    /// Schemas with their `allOf` merged.
    merged: BTreeMap<SchemaId, Rc<Schema<'a>>>,
    /// Components in the order of the document, then inline schemas in the order of the walk.
    types: Vec<LoweredType>,
    /// The inline schemas that were lowered.
    inline_schemas: BTreeMap<SchemaId, LoweredUse>,
    /// The metadata that each component passes on to its uses.
    component_metadata: BTreeMap<SchemaId, SchemaMetadata>,
    duplicates: Vec<DuplicateProperty>,
    /// Enums of which a use allows other values, too.
    open_enums: BTreeSet<TypeId>,
    all_of_bases: AllOfBases,
    response_contents: ResponseContents,
    annotations: Annotations,
    /// The root's `security`, inherited by operations that have none.
    security: Vec<Requirement>,
}

impl<'a> Lower<'a> {
    fn new(manifest: &'a Manifest, document: &'a Document<'a>, report: &'a mut Report) -> Self {
        Self {
            manifest,
            document,
            report,
            schemas: Schemas::read_components(document.root),
            merged: BTreeMap::new(),
            types: Vec::new(),
            inline_schemas: BTreeMap::new(),
            component_metadata: BTreeMap::new(),
            duplicates: Vec::new(),
            open_enums: BTreeSet::new(),
            all_of_bases: AllOfBases::new(),
            response_contents: ResponseContents::default(),
            annotations: BTreeMap::new(),
            security: Vec::new(),
        }
    }

    /// Returns the API once everything was lowered: resolves what depends on all types.
    fn finish(self, schemes: Vec<SecurityScheme>, mut operations: Vec<Operation>) -> Api {
        let openapiv3::Info {
            title,
            description,
            terms_of_service: _, // for people, on the vendor's site
            contact: _,          // for people
            license: _,          // of the document, not of the client
            version,
            extensions: _,
        } = &self.document.openapi.info;
        let root = self.document.root;
        let ResolvedTypes { mut types, replacements, components } =
            aliases::resolve(self.types, root, self.report);
        aliases::replace_in_operations(&mut operations, &replacements, root, self.report);
        let resolve_id = |id: &TypeId| match replacements.get(id) {
            Some(Type::Named(id)) => Some(*id),
            _ => None,
        };
        let (mut duplicates, mut bases) = (self.duplicates, self.all_of_bases);
        // A part of an `allOf` that names another component for a property is more than documentation.
        for duplicate in &duplicates {
            if let Some(owner) = duplicate.owner_of_renamed_type(&replacements) {
                bases.remove(owner);
            }
        }
        for duplicate in &mut duplicates {
            duplicate.resolve_aliases(&replacements, self.report);
        }
        let open_enums = self.open_enums.iter().filter_map(resolve_id).collect();
        for ids in bases.values_mut() {
            *ids = ids.iter().filter_map(resolve_id).collect();
        }
        duplicate_properties::merge_duplicates(&mut types, duplicates, self.report);
        enums::mark_open_enums(&mut types, &open_enums);
        let mut api = Api {
            title: title.clone(),
            version: version.clone(),
            description: doc::clean_text(description.as_deref()),
            servers: server::servers(&self.document.openapi.servers, root),
            schemes,
            types,
            components,
            operations,
            settings: Vec::new(),
            errors: None,
            inferences: Vec::new(),
        };
        collapse_all_of::collapse(&mut api, &bases, root, self.report);
        api
    }

    fn root(&self) -> NodeCursor<'a> {
        NodeCursor::root(self.document.root)
    }

    /// Returns the last word of a type's name.
    fn last_type_word(&self, id: TypeId) -> String {
        match self.types.get(id.0).map(|def| &def.name) {
            Some(TypeName::Component(key)) => key.clone(),
            Some(TypeName::Inline(words)) => words.last().cloned().unwrap_or_default(),
            Some(TypeName::Shared { .. }) | None => String::new(),
        }
    }

    fn note(&mut self, location: Location, message: impl Into<String>) {
        self.report.push(Problem::note(location, message));
    }

    fn skip_note(&mut self, location: Location, message: impl Into<String>) {
        self.report.push(Problem::skip_note(location, message));
    }

    fn warn(&mut self, location: Location, message: impl Into<String>) {
        self.report.push(Problem::warning(location, message));
    }

    fn error(&mut self, location: Location, message: impl Into<String>) {
        self.report.push(Problem::error(location, message));
    }
}
