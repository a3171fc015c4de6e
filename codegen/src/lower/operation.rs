//! Operations.

use openapiv3::{Operation as OpenApiOperation, PathItem, Paths, ReferenceOr};

use super::cursor::NodeCursor;
use super::parameter::{ParameterAt, merge_parameters};
use super::path::parse_template;
use super::{Lower, doc, names, server};
use crate::dialect::WEBHOOKS_REASON;
use crate::ir::{
    ComputedHeaders, Constraints, Doc, ErrorFields, Method, Operation, OperationName, Parameter,
    ParameterIn, Scalar, Segment, Style, Type,
};
use crate::report::Problem;
use crate::source::Node;

impl<'a> Lower<'a> {
    /// Lowers all operations, sorted by path and method.
    pub fn operations(&mut self) -> Vec<Operation> {
        let Paths { paths, extensions: _ } = &self.document.openapi.paths;
        let cursor = self.root().child("paths");
        self.report_webhooks();
        if let Some(security) = &self.document.openapi.security {
            self.security = self.requirements(security, &self.root().child("security"));
        }
        let mut sorted: Vec<_> = paths.iter().collect();
        sorted.sort_by_key(|(path, _)| path.as_str());
        let mut operations = Vec::new();
        for (template, item) in sorted {
            let cursor = cursor.child(template);
            // The audit replaces references to path items by their targets.
            if let ReferenceOr::Item(item) = item {
                self.path_item(template, item, &cursor, &mut operations);
            }
        }
        std::mem::take(&mut self.response_contents).report_dropped(self.report);
        operations
    }

    fn report_webhooks(&mut self) {
        let found = self.document.root.get("x-docwright-webhooks").and_then(Node::as_object);
        let Some(webhooks) = found.filter(|map| !map.is_empty()) else { return };
        let names: Vec<&str> = webhooks.keys().map(String::as_str).collect();
        let location = self.root().location_of("x-docwright-webhooks");
        self.report.push(Problem::skip_note(location, WEBHOOKS_REASON).label(names.join(", ")));
    }

    fn path_item(
        &mut self,
        template: &str,
        item: &'a PathItem,
        cursor: &NodeCursor<'a>,
        operations: &mut Vec<Operation>,
    ) {
        let PathItem {
            summary: _,     // each operation has its own
            description: _, // each operation has its own
            get,
            put,
            post,
            delete,
            options,
            head,
            patch,
            trace,
            servers,
            parameters,
            extensions: _,
        } = item;
        let methods = [
            (Method::Delete, delete),
            (Method::Get, get),
            (Method::Head, head),
            (Method::Options, options),
            (Method::Patch, patch),
            (Method::Post, post),
            (Method::Put, put),
            (Method::Trace, trace),
        ];
        if methods.iter().all(|(_, operation)| operation.is_none()) {
            self.note(cursor.location(), format!("the path `{template}` has no operations"));
            return;
        }
        let shared = self.parameters(parameters, &cursor.child("parameters"));
        for (method, operation) in methods {
            if let Some(operation) = operation {
                let mut operation = self.operation(
                    template,
                    method,
                    operation,
                    &shared,
                    &cursor.child(method.key()),
                );
                if operation.servers.is_empty() {
                    operation.servers = server::servers(servers, cursor.node);
                }
                operations.push(operation);
            }
        }
    }

    fn operation(
        &mut self,
        template: &str,
        method: Method,
        operation: &'a OpenApiOperation,
        shared: &[ParameterAt<'a>],
        cursor: &NodeCursor<'a>,
    ) -> Operation {
        let OpenApiOperation {
            tags,
            summary,
            description,
            external_docs: _, // the audit removes it
            operation_id: _,  // in `operation_name`
            parameters,
            request_body,
            responses,
            callbacks: _, // the audit removes them
            deprecated,
            security,
            servers,
            extensions: _, // those about the page are read from the raw tree
        } = operation;
        let own = self.parameters(parameters, &cursor.child("parameters"));
        let path = parse_template(template);
        let merged = merge_parameters(shared.to_vec(), own);
        let parameters = self.match_path_parameters(&path, merged, template, cursor);
        self.annotate_parameters(&cursor.pointer, &parameters);
        let page = cursor.node.get("x-docwright-page");
        let is_public = security.as_ref().is_some_and(Vec::is_empty);
        let security = match security {
            Some(security) => self.requirements(security, &cursor.child("security")),
            None => self.security.clone(),
        };
        let body_cursor = cursor.child("requestBody");
        let body =
            request_body.as_ref().and_then(|body| self.body(body, &body_cursor, &cursor.pointer));
        Operation {
            name: operation_name(cursor.node, template, method),
            method,
            path,
            template: template.to_owned(),
            tags: tags.clone(),
            resource: None,
            doc: operation_doc(summary.as_deref(), description.as_deref(), *deprecated, page),
            link: page_text(page, "link").or_else(|| self.page_url(page)),
            parameters: parameters.into_iter().map(|(parameter, _)| parameter).collect(),
            body,
            responses: self.responses(responses, method, &cursor.child("responses")),
            error_fields: ErrorFields::default(), // set once all types are known
            security,
            is_public,
            computed: ComputedHeaders::default(), // inferred
            repeatable: false,                    // inferred
            pagination: None,                     // inferred
            servers: server::servers(servers, cursor.node),
            pointer: cursor.pointer.clone(),
        }
    }

    /// Returns the URL that `vendor.toml` has for the page's file.
    fn page_url(&self, page: Option<&Node>) -> Option<String> {
        let file = page?.get("file")?.as_str()?;
        let source = self.manifest.sources.iter().find(|source| {
            file.strip_suffix(source.file.as_str())
                .is_some_and(|folder| folder.is_empty() || folder.ends_with('/'))
        });
        source?.url.clone()
    }

    /// Matches the declared path parameters with those of the path template. A declared one that the
    /// template lacks is skipped. One that is only in the template becomes a string, since the
    /// request cannot be built without it.
    fn match_path_parameters(
        &mut self,
        path: &[Segment],
        mut parameters: Vec<ParameterAt<'a>>,
        template: &str,
        cursor: &NodeCursor<'a>,
    ) -> Vec<ParameterAt<'a>> {
        let names: Vec<&String> = path
            .iter()
            .filter_map(|s| if let Segment::Parameter(name) = s { Some(name) } else { None })
            .collect();
        let in_path = |p: &Parameter, name: &str| p.location == ParameterIn::Path && p.wire == name;
        for name in &names {
            if !parameters.iter().any(|(p, _)| in_path(p, name)) {
                let message = format!(
                    "the parameter `{name}` of the path `{template}` is not declared; it is read \
                     as a string"
                );
                let problem = Problem::warning(cursor.location(), message);
                self.report.push(problem.help("declare it under `parameters` with `in: path`"));
                parameters.push((undeclared_parameter(name), cursor.clone()));
            }
        }
        let (matched, unmatched): (Vec<_>, Vec<_>) = parameters
            .into_iter()
            .partition(|(p, _)| p.location != ParameterIn::Path || names.contains(&&p.wire));
        for (parameter, cursor) in unmatched {
            let message = format!(
                "the path `{template}` does not contain the path parameter `{}`; the parameter is \
                 skipped",
                parameter.wire
            );
            self.warn(cursor.location(), message);
        }
        matched
    }
}

/// Returns a path parameter that is in the template but not declared.
fn undeclared_parameter(name: &str) -> Parameter {
    Parameter {
        wire: name.to_owned(),
        location: ParameterIn::Path,
        required: true,
        computed: false,
        is_setting: false,
        constant: None,
        ty: Type::Scalar(Scalar::String),
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        content: None,
        default: None,
        constraints: Constraints::default(),
        sample: Some(name.into()),
        error_triggers: Vec::new(),
        doc: Doc::default(),
    }
}

/// Returns the source of an operation's name. A page title and a `summary` count alike, because a
/// page without a title of its own has the `summary` as its title.
fn operation_name(operation: &Node, path: &str, method: Method) -> OperationName {
    let title = names::operation_title(operation, path, method.name());
    match (names::operation_id(operation), title) {
        (Some(id), _) => OperationName::Id(id.to_owned()),
        (None, Some(title)) => OperationName::Title(title.to_owned()),
        (None, None) => OperationName::MethodAndPath,
    }
}

fn page_text(page: Option<&Node>, key: &str) -> Option<String> {
    doc::clean_text(page.and_then(|page| page.get(key)?.as_str()))
}

/// Returns the documentation of an operation, with the page's notes at its end.
fn operation_doc(
    summary: Option<&str>,
    description: Option<&str>,
    deprecated: bool,
    page: Option<&Node>,
) -> Doc {
    let notes = page.and_then(|page| page.get("notes")?.as_array()).unwrap_or_default();
    let notes = notes.iter().filter_map(|note| doc::clean_text(note.as_str()));
    let description = doc::clean_text(description).or_else(|| page_text(page, "description"));
    let paragraphs: Vec<String> = description.into_iter().chain(notes).collect();
    Doc {
        title: doc::clean_text(summary).or_else(|| page_text(page, "title")),
        description: doc::clean_text(Some(&paragraphs.join("\n\n"))),
        deprecated,
        example: None,
    }
}
