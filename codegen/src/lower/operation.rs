//! Operations.

use openapiv3::{Operation as RefOr, PathItem, Paths};

use super::cursor::NodeCursor;
use super::parameter::{Placed, united};
use super::path::segments;
use super::{Lower, doc, names, server};
use crate::ir::{
    Computed, Constraints, Doc, Method, Operation, OperationName, Parameter, ParameterIn, Scalar,
    Segment, Style, Type,
};
use crate::report::Problem;
use crate::source::Node;

impl<'a> Lower<'a> {
    /// Every operation, sorted by path and method.
    pub fn operations(&mut self) -> Vec<Operation> {
        let Paths { paths, extensions: _ } = &self.document.openapi.paths;
        let cursor = self.root().member("paths");
        self.no_paths(&cursor);
        self.no_webhooks();
        if let Some(security) = &self.document.openapi.security {
            self.security = self.requirements(security, &self.root().member("security"));
        }
        let mut sorted: Vec<_> = paths.iter().collect();
        sorted.sort_by_key(|(path, _)| path.as_str());
        let mut operations = Vec::new();
        for (template, written) in sorted {
            let cursor = cursor.member(template);
            match self.document.resolve(written, &cursor) {
                Ok((item, cursor)) => self.path(template, item, &cursor, &mut operations),
                Err(reference) => self.dangling(&reference, &cursor),
            }
        }
        operations
    }

    /// Keys of `paths` that are no paths; the model passes them over.
    fn no_paths(&mut self, cursor: &NodeCursor<'a>) {
        let keys = cursor.node.as_object().into_iter().flat_map(|map| map.keys());
        for key in keys.filter(|key| !key.starts_with('/') && !key.starts_with("x-")) {
            let problem = Problem::warning(
                cursor.member(key).location(),
                format!("`{key}` is not a path; it is left out"),
            );
            self.report.push(problem.help("a path starts with `/`"));
        }
    }

    fn no_webhooks(&mut self) {
        let found = self.document.root.get("x-docwright-webhooks").and_then(Node::as_object);
        let Some(webhooks) = found.filter(|map| !map.is_empty()) else { return };
        let names: Vec<&str> = webhooks.keys().map(String::as_str).collect();
        let what = "webhooks are calls to you; no server is generated";
        let location = self.root().location_of("x-docwright-webhooks");
        self.report.push(Problem::left_out(location, what).label(names.join(", ")));
    }

    fn path(
        &mut self,
        template: &str,
        item: &'a PathItem,
        cursor: &NodeCursor<'a>,
        operations: &mut Vec<Operation>,
    ) {
        let PathItem {
            summary: _,     // for all operations of the path, each has its own
            description: _, // likewise
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
            (Method::Delete, "delete", delete),
            (Method::Get, "get", get),
            (Method::Head, "head", head),
            (Method::Options, "options", options),
            (Method::Patch, "patch", patch),
            (Method::Post, "post", post),
            (Method::Put, "put", put),
            (Method::Trace, "trace", trace),
        ];
        if methods.iter().all(|(_, _, operation)| operation.is_none()) {
            self.note(cursor.location(), format!("the path `{template}` has no operation"));
            return;
        }
        let shared = self.parameters(parameters, &cursor.member("parameters"));
        for (method, key, written) in methods {
            if let Some(written) = written {
                let mut operation =
                    self.operation(template, method, written, &shared, &cursor.member(key));
                if operation.servers.is_empty() {
                    operation.servers = server::servers(servers);
                }
                operations.push(operation);
            }
        }
    }

    fn operation(
        &mut self,
        template: &str,
        method: Method,
        written: &'a RefOr,
        shared: &[Placed<'a>],
        cursor: &NodeCursor<'a>,
    ) -> Operation {
        let RefOr {
            tags,
            summary,
            description,
            external_docs,
            operation_id: _, // in the name
            parameters,
            request_body,
            responses,
            callbacks,
            deprecated,
            security,
            servers,
            extensions: _, // the page's own are read from the tree
        } = written;
        if !callbacks.is_empty() {
            self.leave_out(
                cursor.location_of("callbacks"),
                "callbacks are calls to you; no server is generated",
            );
        }
        let own = self.parameters(parameters, &cursor.member("parameters"));
        let path = segments(template);
        let parameters = self.fitting(&path, united(shared.to_vec(), own), template, cursor);
        self.annotate_parameters(&cursor.pointer, &parameters);
        let page = cursor.node.get("x-docwright-page");
        let security = match security {
            Some(own) => self.requirements(own, &cursor.member("security")),
            None => self.security.clone(),
        };
        let body_cursor = cursor.member("requestBody");
        let body =
            request_body.as_ref().and_then(|body| self.body(body, &body_cursor, &cursor.pointer));
        Operation {
            name: name(cursor.node, template, method),
            method,
            path,
            template: template.to_owned(),
            tags: tags.clone(),
            doc: described(summary.as_deref(), description.as_deref(), *deprecated, page),
            link: of_page(page, "link")
                .or_else(|| self.listed_address(page))
                .or_else(|| external_docs.as_ref().map(|docs| docs.url.clone())),
            parameters: parameters.into_iter().map(|(parameter, _)| parameter).collect(),
            body,
            responses: self.responses(responses, &cursor.member("responses")),
            security,
            computed: Computed::default(), // when all operations are known
            servers: server::servers(servers),
            pointer: cursor.pointer.clone(),
        }
    }

    /// The address that `vendor.toml` gives for the page's file.
    fn listed_address(&self, page: Option<&Node>) -> Option<String> {
        let file = page?.get("file")?.as_str()?;
        let listed = self.manifest.sources.iter().find(|source| {
            file.strip_suffix(source.file.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        });
        listed?.url.clone()
    }

    /// The parameters that the path has a location for. A location without one is read as text: the call
    /// cannot be made without it, and nothing says what else it could be.
    fn fitting(
        &mut self,
        path: &[Segment],
        mut found: Vec<Placed<'a>>,
        template: &str,
        cursor: &NodeCursor<'a>,
    ) -> Vec<Placed<'a>> {
        let names: Vec<&String> = path
            .iter()
            .filter_map(|s| if let Segment::Parameter(name) = s { Some(name) } else { None })
            .collect();
        let in_path = |p: &Parameter, name: &str| p.location == ParameterIn::Path && p.wire == name;
        for name in &names {
            if !found.iter().any(|(p, _)| in_path(p, name)) {
                let what = format!(
                    "the path `{template}` asks for `{name}`, and no path parameter of that name is declared; it is read as text"
                );
                let problem = Problem::warning(cursor.location(), what);
                self.report.push(problem.help("declare it under `parameters` with `in: path`"));
                found.push((undeclared(name), cursor.clone()));
            }
        }
        let (kept, lost): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|(p, _)| p.location != ParameterIn::Path || names.contains(&&p.wire));
        for (parameter, cursor) in lost {
            let what = format!(
                "the path `{template}` has no location for its parameter `{}`; it is left out",
                parameter.wire
            );
            self.warn(cursor.location(), what);
        }
        kept
    }
}

/// A parameter of a path that only the path itself names.
fn undeclared(name: &str) -> Parameter {
    Parameter {
        wire: name.to_owned(),
        location: ParameterIn::Path,
        required: true,
        computed: false,
        ty: Type::Scalar(Scalar::Text),
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        content: None,
        default: None,
        constraints: Constraints::default(),
        sample: Some(name.into()),
        raised: Vec::new(),
        doc: Doc::default(),
    }
}

/// What the operation is called by. A page without a title of its own bears the summary as its title,
/// so both count alike.
fn name(operation: &Node, path: &str, method: Method) -> OperationName {
    match (names::id(operation), names::title(operation, path, &format!("{method:?}"))) {
        (Some(id), _) => OperationName::Id(id.to_owned()),
        (None, Some(title)) => OperationName::Title(title.to_owned()),
        (None, None) => OperationName::MethodAndPath,
    }
}

fn of_page(page: Option<&Node>, key: &str) -> Option<String> {
    doc::text(page.and_then(|page| page.get(key)?.as_str()))
}

/// The texts, with the page's notes below.
fn described(
    summary: Option<&str>,
    description: Option<&str>,
    deprecated: bool,
    page: Option<&Node>,
) -> Doc {
    let notes = page.and_then(|page| page.get("notes")?.as_array()).unwrap_or_default();
    let notes = notes.iter().filter_map(|note| doc::text(note.as_str()));
    let description = doc::text(description).or_else(|| of_page(page, "description"));
    let paragraphs: Vec<String> = description.into_iter().chain(notes).collect();
    Doc {
        title: doc::text(summary).or_else(|| of_page(page, "title")),
        description: doc::text(Some(&paragraphs.join("\n\n"))),
        deprecated,
        example: None,
    }
}
