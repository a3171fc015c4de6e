//! Parameters.

use openapiv3::{
    Parameter as OpenApiParameter, ParameterData, ParameterSchemaOrContent, ReferenceOr,
};

use super::cursor::NodeCursor;
use super::media::{media_kind, stated_style};
use super::schema_type::LoweredUse;
use super::{Lower, doc};
use crate::ir::{Doc, Parameter, ParameterIn, Scalar, Style, Type};
use crate::report::Problem;
use crate::samples;

/// Header parameters that OpenAPI requires tools to ignore, because other parts of the document
/// define these headers. `Authorization` is kept if the document has no security schemes, since then
/// nothing else defines it.
const IGNORED: [&str; 3] = ["accept", "content-type", AUTHORIZATION];
const AUTHORIZATION: &str = "authorization";

/// The header that the client's builder sets.
const USER_AGENT: &str = "user-agent";

/// Headers that frame the message (RFC 9110 §7.2, RFC 9112 §6): the transport writes them.
const FRAMING: [&str; 5] = ["host", "content-length", "transfer-encoding", "connection", "te"];

/// A parameter with its cursor in the document.
pub type ParameterAt<'a> = (Parameter, NodeCursor<'a>);

impl<'a> Lower<'a> {
    /// Lowers the parameters of a path item or operation.
    pub fn parameters(
        &mut self,
        parameters: &'a [ReferenceOr<OpenApiParameter>],
        cursor: &NodeCursor<'a>,
    ) -> Vec<ParameterAt<'a>> {
        let mut lowered = Vec::with_capacity(parameters.len());
        for (index, parameter) in parameters.iter().enumerate() {
            let cursor = cursor.item(index);
            if let Some((parameter, cursor)) = self.document.resolve(parameter, &cursor) {
                lowered.extend(self.parameter(parameter, cursor));
            }
        }
        lowered
    }

    fn parameter(
        &mut self,
        parameter: &'a OpenApiParameter,
        cursor: NodeCursor<'a>,
    ) -> Option<ParameterAt<'a>> {
        let (location, data, default_style) = match parameter {
            OpenApiParameter::Query { parameter_data, .. } => {
                (ParameterIn::Query, parameter_data, Style::Form)
            }
            OpenApiParameter::Header { parameter_data, .. } => {
                (ParameterIn::Header, parameter_data, Style::Simple)
            }
            OpenApiParameter::Path { parameter_data, .. } => {
                (ParameterIn::Path, parameter_data, Style::Simple)
            }
            OpenApiParameter::Cookie { parameter_data, .. } => {
                (ParameterIn::Cookie, parameter_data, Style::Form)
            }
        };
        let style = stated_style(cursor.node).unwrap_or(default_style);
        let allow_reserved =
            matches!(parameter, OpenApiParameter::Query { allow_reserved: true, .. });
        let components = self.document.openapi.components.as_ref();
        let has_schemes = components.is_some_and(|it| !it.security_schemes.is_empty());
        let is_ignored = |name: &&str| {
            data.name.eq_ignore_ascii_case(name) && (has_schemes || *name != AUTHORIZATION)
        };
        if location == ParameterIn::Header && IGNORED.iter().any(is_ignored) {
            let message = format!(
                "the header parameter `{}` is ignored: `requestBody`, `responses` and `security` \
                 define this header",
                data.name
            );
            self.note(cursor.location(), message);
            return None;
        }
        if location == ParameterIn::Header && data.name.eq_ignore_ascii_case(USER_AGENT) {
            let message =
                "the header parameter `User-Agent` is not an argument: the client sets it";
            let help = "the client's builder has the method `user_agent`";
            self.report.push(Problem::note(cursor.location(), message).help(help));
            return None;
        }
        if location == ParameterIn::Header
            && FRAMING.iter().any(|name| data.name.eq_ignore_ascii_case(name))
        {
            let message = format!(
                "the header parameter `{}` is skipped: the HTTP transport sets this header",
                data.name
            );
            self.warn(cursor.location(), message);
            return None;
        }
        let allows_empty =
            matches!(parameter, OpenApiParameter::Query { allow_empty_value: Some(true), .. });
        let parameter = self.parameter_data(location, data, style, allow_reserved, &cursor);
        if allows_empty {
            self.report_empty_value(&parameter, &cursor);
        }
        Some((parameter, cursor))
    }

    /// Reports `allowEmptyValue`, which allows the empty string (OpenAPI 3.0.4, "Parameter Object"),
    /// if the parameter's type cannot hold one.
    fn report_empty_value(&mut self, parameter: &Parameter, cursor: &NodeCursor<'a>) {
        if parameter.ty != Type::Scalar(Scalar::String) {
            let message = "`allowEmptyValue` is supported for strings only; to send this \
                           parameter empty, use `.query(name, \"\")` of the request";
            self.skip_note(cursor.location_of("allowEmptyValue"), message);
        }
    }

    fn parameter_data(
        &mut self,
        location: ParameterIn,
        data: &'a ParameterData,
        style: Style,
        allow_reserved: bool,
        cursor: &NodeCursor<'a>,
    ) -> Parameter {
        // The supported extensions are read from the raw tree.
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example,
            examples,
            explode,
            extensions: _,
        } = data;
        let mut content = None;
        // Parameters cannot be `null`.
        let LoweredUse { ty, nullable: _, metadata } = match format {
            ParameterSchemaOrContent::Schema(_) => self.lower_schema_at(&cursor.child("schema")),
            ParameterSchemaOrContent::Content(entries) => match entries.iter().next() {
                None => LoweredUse::any(),
                Some((name, media)) => {
                    content = Some(media_kind(name));
                    let cursor = cursor.child("content").child(name).child("schema");
                    match media.schema {
                        Some(_) => self.lower_schema_at(&cursor),
                        None => LoweredUse::any(),
                    }
                }
            },
        };
        let parameter_doc = Doc {
            title: None,
            description: doc::clean_text(description.as_deref()),
            deprecated: deprecated.unwrap_or_default(),
            example: self.examples(example.as_ref(), examples, cursor).into_iter().next(),
        };
        Parameter {
            wire: name.clone(),
            location,
            required: *required || location == ParameterIn::Path,
            computed: false,   // inferred
            is_setting: false, // inferred
            constant: None,    // inferred
            ty,
            style,
            explode: explode.unwrap_or(style == Style::Form),
            allow_reserved,
            content,
            default: metadata.default,
            constraints: metadata.constraints,
            sample: samples::parameter_sample(self.document.root, cursor.node, name),
            error_triggers: Vec::new(),
            doc: doc::merge_docs(parameter_doc, metadata.doc),
        }
    }
}

/// Merges the parameters of a path item and of an operation; those of the operation win.
pub fn merge_parameters<'a>(
    shared: Vec<ParameterAt<'a>>,
    own: Vec<ParameterAt<'a>>,
) -> Vec<ParameterAt<'a>> {
    let mut merged: Vec<ParameterAt<'a>> = Vec::with_capacity(shared.len() + own.len());
    for (parameter, cursor) in shared.into_iter().chain(own) {
        let is_same = |(p, _): &ParameterAt<'a>| {
            p.location == parameter.location && have_same_name(p, &parameter)
        };
        match merged.iter().position(is_same).and_then(|index| merged.get_mut(index)) {
            Some(slot) => *slot = (parameter, cursor),
            None => merged.push((parameter, cursor)),
        }
    }
    merged.sort_by_key(|(p, _)| p.location);
    merged
}

/// Whether two parameters have the same name; header names are case-insensitive.
fn have_same_name(a: &Parameter, b: &Parameter) -> bool {
    match a.location {
        ParameterIn::Header => a.wire.eq_ignore_ascii_case(&b.wire),
        ParameterIn::Path | ParameterIn::Query | ParameterIn::Cookie => a.wire == b.wire,
    }
}
