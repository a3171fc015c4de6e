//! OpenAPI 3.0 → [`Api`]: what the description says, in its own terms. The typed
//! model of `openapiv3` is walked together with the raw tree, which has the locations.

mod alias;
mod auth;
mod body;
mod catalogue;
mod choice;
mod compose;
mod conflict;
mod constraints;
mod cursor;
mod doc;
mod document;
mod enums;
mod errors;
mod facts;
mod flat;
mod idempotency;
mod keys;
mod limits;
mod literal;
mod media;
mod names;
mod nullable;
mod object;
mod operation;
mod parameter;
mod path;
mod reference;
mod repeat;
mod response;
mod samples;
mod scalar;
mod schema;
mod secret;
mod server;
mod signing;
mod tags;
mod tidy;
mod token;
mod union;
mod variant;
mod webhooks;

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{Api, Requirement, TypeDef, TypeId, TypeName};
use crate::manifest::Manifest;
use crate::report::{Location, Problem, Report, Severity};
use crate::source::Node;

pub use choice::reads;
pub use keys::type_keys;

use conflict::Conflict;
use cursor::NodeCursor;
use document::Document;
use errors::Annotations;
use facts::SchemaMetadata;
use repeat::Bases;
use schema::State;

/// What an OpenAPI 3.0 description says; nothing after an error was reported.
pub fn lower(manifest: &Manifest, openapi: &Node, report: &mut Report) -> Option<Api> {
    let before = errors(report);
    let document = Document::read(openapi, report)?;
    let mut lower = Lower::new(manifest, &document, report);
    lower.components();
    let schemes = lower.schemes();
    let operations = lower.operations();
    let annotations = std::mem::take(&mut lower.annotations);
    let conflicts = std::mem::take(&mut lower.conflicts);
    let bases = std::mem::take(&mut lower.bases);
    let opened = std::mem::take(&mut lower.opened);
    let mut types = std::mem::take(&mut lower.types);
    let openapiv3::Info {
        title,
        description,
        terms_of_service: _, // for people, on the vendor's site
        contact: _,          // for people
        license: _,          // the description's, not the client's
        version,
        extensions: _,
    } = &document.openapi.info;
    conflict::settle(&mut types, conflicts, report);
    repeat::settle(&mut types, &bases, openapi, report);
    alias::check(&mut types, openapi, report);
    tags::split(&mut types);
    enums::open(&mut types, &opened);
    let mut api = Api {
        title: title.clone(),
        version: version.clone(),
        description: doc::text(description.as_deref()),
        servers: server::servers(&document.openapi.servers),
        schemes,
        types,
        operations,
        errors: None,
    };
    secret::mark(&mut api, manifest, openapi, report);
    api.errors = catalogue::catalogue(&mut api, manifest, openapi, &annotations, report);
    signing::find(&mut api, manifest, report);
    idempotency::infer(&mut api, manifest, openapi, report);
    webhooks::check(&api, manifest, report);
    token::find(&mut api, manifest, openapi, report);
    tidy::tidy(&mut api);
    (errors(report) == before).then_some(api)
}

fn errors(report: &Report) -> usize {
    report.problems.iter().filter(|p| p.severity == Severity::Error).count()
}

/// The walk: what is read so far, and where to say what was not.
struct Lower<'a> {
    manifest: &'a Manifest,
    document: &'a Document<'a>,
    report: &'a mut Report,
    /// Components first, in the order of the source; then inline schemas as they were met.
    types: Vec<TypeDef>,
    /// Inline schemas by pointer.
    memo: BTreeMap<String, State>,
    /// Whether the schema at a pointer allows `null`.
    nullable: BTreeMap<String, bool>,
    /// What components say of the values that use them.
    facts: BTreeMap<TypeId, SchemaMetadata>,
    conflicts: Vec<Conflict>,
    /// Enums that allow other values where they are used.
    opened: BTreeSet<TypeId>,
    bases: Bases,
    annotations: Annotations,
    /// What operations without `security` of their own need.
    security: Vec<Requirement>,
    depth: usize,
}

impl<'a> Lower<'a> {
    fn new(manifest: &'a Manifest, document: &'a Document<'a>, report: &'a mut Report) -> Self {
        Self {
            manifest,
            document,
            report,
            types: Vec::new(),
            memo: BTreeMap::new(),
            nullable: BTreeMap::new(),
            facts: BTreeMap::new(),
            conflicts: Vec::new(),
            opened: BTreeSet::new(),
            bases: Bases::new(),
            annotations: BTreeMap::new(),
            security: Vec::new(),
            depth: 0,
        }
    }

    fn root(&self) -> NodeCursor<'a> {
        NodeCursor::root(self.document.root)
    }

    fn type_words(&self, id: TypeId) -> String {
        match self.types.get(id.0).map(|def| &def.name) {
            Some(TypeName::Component(key)) => key.clone(),
            Some(TypeName::Inline(words)) => words.last().cloned().unwrap_or_default(),
            None => String::new(),
        }
    }

    fn note(&mut self, location: Location, what: impl Into<String>) {
        self.report.push(Problem::note(location, what));
    }

    fn leave_out(&mut self, location: Location, what: impl Into<String>) {
        self.report.push(Problem::left_out(location, what));
    }

    fn warn(&mut self, location: Location, what: impl Into<String>) {
        self.report.push(Problem::warning(location, what));
    }

    fn error(&mut self, location: Location, what: impl Into<String>) {
        self.report.push(Problem::error(location, what));
    }
}
