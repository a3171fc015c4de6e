//! OpenAPI 3.0 → [`Api`]. Walks the typed model of `openapiv3` together with the raw tree, which
//! has the locations.

mod alias;
mod all_of;
mod auth;
mod body;
mod catalogue;
mod collapse_all_of;
mod constraints;
mod cursor;
mod dedup_types;
mod doc;
mod document;
mod duplicate_properties;
mod enum_values;
mod enums;
mod error_annotations;
mod idempotency;
mod limits;
mod literal;
mod media;
mod metadata;
mod names;
mod nullable;
mod object;
mod operation;
mod parameter;
mod path;
mod reference;
mod response;
mod scalar;
mod schema;
mod schema_view;
mod secret;
mod server;
mod signing;
mod split_variants;
mod token;
mod type_keys;
mod union;
mod variant;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Requirement, TypeDef, TypeId, TypeName};
use crate::manifest::Manifest;
use crate::report::{Location, Problem, Report, Severity};
use crate::source::Node;

pub use enum_values::reads_extension;
pub use type_keys::type_keys;

use collapse_all_of::AllOfBases;
use cursor::NodeCursor;
use document::Document;
use duplicate_properties::DuplicateProperty;
use error_annotations::Annotations;
use metadata::SchemaMetadata;
use schema::InlineSchema;

/// Lowers an OpenAPI 3.0 document. Returns `None` if an error was reported.
pub fn lower(manifest: &Manifest, openapi: &Node, report: &mut Report) -> Option<Api> {
    let errors_before = error_count(report);
    let document = Document::read(openapi, report)?;
    let mut lower = Lower::new(manifest, &document, report);
    lower.components();
    let schemes = lower.schemes();
    let operations = lower.operations();
    let annotations = std::mem::take(&mut lower.annotations);
    let duplicates = std::mem::take(&mut lower.duplicates);
    let all_of_bases = std::mem::take(&mut lower.all_of_bases);
    let open_enums = std::mem::take(&mut lower.open_enums);
    let mut types = std::mem::take(&mut lower.types);
    let openapiv3::Info {
        title,
        description,
        terms_of_service: _, // for people, on the vendor's site
        contact: _,          // for people
        license: _,          // of the document, not of the client
        version,
        extensions: _,
    } = &document.openapi.info;
    duplicate_properties::merge_duplicates(&mut types, duplicates, report);
    collapse_all_of::collapse(&mut types, &all_of_bases, openapi, report);
    alias::break_cycles(&mut types, openapi, report);
    split_variants::split_variants(&mut types);
    enums::mark_open_enums(&mut types, &open_enums);
    let mut api = Api {
        title: title.clone(),
        version: version.clone(),
        description: doc::clean_text(description.as_deref()),
        servers: server::servers(&document.openapi.servers),
        schemes,
        types,
        operations,
        errors: None,
    };
    secret::mark_secrets(&mut api, manifest, openapi, report);
    api.errors = catalogue::build_catalogue(&mut api, manifest, openapi, &annotations, report);
    signing::mark_computed_headers(&mut api, manifest, report);
    idempotency::infer_keys(&mut api, manifest, openapi, report);
    webhooks::check_event(&api, manifest, report);
    token::find_token_requests(&mut api, manifest, openapi, report);
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
    /// Components in the order of the document, then inline schemas in the order of the walk.
    types: Vec<TypeDef>,
    /// Inline schemas by JSON pointer.
    inline_schemas: BTreeMap<String, InlineSchema>,
    /// Whether the schema at a JSON pointer allows `null`.
    nullable: BTreeMap<String, bool>,
    /// The metadata that each component passes on to its uses.
    component_metadata: BTreeMap<TypeId, SchemaMetadata>,
    duplicates: Vec<DuplicateProperty>,
    /// Enums of which a use allows other values, too.
    open_enums: BTreeSet<TypeId>,
    all_of_bases: AllOfBases,
    annotations: Annotations,
    /// The root's `security`, inherited by operations that have none.
    security: Vec<Requirement>,
    /// How many inline schemas enclose the current one.
    depth: usize,
}

impl<'a> Lower<'a> {
    fn new(manifest: &'a Manifest, document: &'a Document<'a>, report: &'a mut Report) -> Self {
        Self {
            manifest,
            document,
            report,
            types: Vec::new(),
            inline_schemas: BTreeMap::new(),
            nullable: BTreeMap::new(),
            component_metadata: BTreeMap::new(),
            duplicates: Vec::new(),
            open_enums: BTreeSet::new(),
            all_of_bases: AllOfBases::new(),
            annotations: BTreeMap::new(),
            security: Vec::new(),
            depth: 0,
        }
    }

    fn root(&self) -> NodeCursor<'a> {
        NodeCursor::root(self.document.root)
    }

    /// Returns the last word of a type's name.
    fn last_type_word(&self, id: TypeId) -> String {
        match self.types.get(id.0).map(|def| &def.name) {
            Some(TypeName::Component(key)) => key.clone(),
            Some(TypeName::Inline(words)) => words.last().cloned().unwrap_or_default(),
            None => String::new(),
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
