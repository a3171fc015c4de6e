//! Parameters.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as RefOr, ParameterData, ParameterSchemaOrContent,
    PathStyle, ReferenceOr,
};

use super::cursor::{NodeCursor, SchemaAt};
use super::facts::LoweredUse;
use super::media::{kind, query_style};
use super::{Lower, doc, samples};
use crate::ir::{Doc, Parameter, ParameterIn, Scalar, Style, Type};

/// Header parameters that OpenAPI tells readers to pass over: other parts of the description say
/// what these headers hold. Where it has no security schemes, nothing else says what `Authorization`
/// holds, and there the parameter stays.
const PASSED_OVER: [&str; 3] = ["accept", "content-type", AUTHORIZATION];
const AUTHORIZATION: &str = "authorization";

/// Headers that frame the message (RFC 9110 §7.2, RFC 9112 §6): the transport writes them.
const FRAMING: [&str; 5] = ["host", "content-length", "transfer-encoding", "connection", "te"];

/// A parameter with the location it stands at.
pub type Placed<'a> = (Parameter, NodeCursor<'a>);

impl<'a> Lower<'a> {
    /// The parameters of a list.
    pub fn parameters(
        &mut self,
        written: &'a [ReferenceOr<RefOr>],
        cursor: &NodeCursor<'a>,
    ) -> Vec<Placed<'a>> {
        let mut parameters = Vec::with_capacity(written.len());
        for (index, written) in written.iter().enumerate() {
            let cursor = cursor.item(index);
            match self.document.resolve(written, &cursor) {
                Ok((written, cursor)) => parameters.extend(self.parameter(written, cursor)),
                Err(reference) => self.dangling(&reference, &cursor),
            }
        }
        parameters
    }

    fn parameter(&mut self, written: &'a RefOr, cursor: NodeCursor<'a>) -> Option<Placed<'a>> {
        let (location, data, style, allow_reserved) = match written {
            RefOr::Query { parameter_data, allow_reserved, style, allow_empty_value: _ } => {
                (ParameterIn::Query, parameter_data, query_style(style), *allow_reserved)
            }
            RefOr::Header { parameter_data, style: HeaderStyle::Simple } => {
                (ParameterIn::Header, parameter_data, Style::Simple, false)
            }
            RefOr::Path { parameter_data, style } => {
                let style = match style {
                    PathStyle::Matrix => Style::Matrix,
                    PathStyle::Label => Style::Label,
                    PathStyle::Simple => Style::Simple,
                };
                (ParameterIn::Path, parameter_data, style, false)
            }
            RefOr::Cookie { parameter_data, style: CookieStyle::Form } => {
                (ParameterIn::Cookie, parameter_data, Style::Form, false)
            }
        };
        let components = self.document.openapi.components.as_ref();
        let has_schemes = components.is_some_and(|it| !it.security_schemes.is_empty());
        let is_passed_over = |name: &&str| {
            data.name.eq_ignore_ascii_case(name) && (has_schemes || *name != AUTHORIZATION)
        };
        if location == ParameterIn::Header && PASSED_OVER.iter().any(is_passed_over) {
            let what = format!(
                "the header `{}` is no parameter: the body, the responses and `security` decide it",
                data.name
            );
            self.note(cursor.location(), what);
            return None;
        }
        if location == ParameterIn::Header
            && FRAMING.iter().any(|name| data.name.eq_ignore_ascii_case(name))
        {
            let what = format!("the header `{}` is the transport's own; it is left out", data.name);
            self.warn(cursor.location(), what);
            return None;
        }
        let parameter = self.described(location, data, style, allow_reserved, &cursor);
        self.empty_value(written, &parameter, &cursor);
        Some((parameter, cursor))
    }

    /// `allowEmptyValue` allows the empty text (OpenAPI 3.0.4, "Parameter Object"), which every text
    /// may be; other types have no such value.
    fn empty_value(&mut self, written: &RefOr, parameter: &Parameter, cursor: &NodeCursor<'a>) {
        let allowed = matches!(written, RefOr::Query { allow_empty_value: Some(true), .. });
        if allowed && parameter.ty != Type::Scalar(Scalar::Text) {
            let what = "no value of this type is empty: `.query(name, \"\")` of the request sends \
                        the parameter so";
            self.leave_out(cursor.location_of("allowEmptyValue"), what);
        }
    }

    fn described(
        &mut self,
        location: ParameterIn,
        data: &'a ParameterData,
        style: Style,
        allow_reserved: bool,
        cursor: &NodeCursor<'a>,
    ) -> Parameter {
        // The extensions that mean something are read from the tree.
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
        // A parameter has no way to say `null`.
        let LoweredUse { ty, nullable: _, facts } = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.read(&SchemaAt::new(schema, cursor.member("schema")))
            }
            ParameterSchemaOrContent::Content(entries) => match entries.iter().next() {
                None => LoweredUse::any(),
                Some((name, media)) => {
                    content = Some(kind(name));
                    let cursor = cursor.member("content").member(name).member("schema");
                    media.schema.as_ref().map_or_else(LoweredUse::any, |schema| {
                        self.read(&SchemaAt::new(schema, cursor))
                    })
                }
            },
        };
        let own = Doc {
            title: None,
            description: doc::text(description.as_deref()),
            deprecated: deprecated.unwrap_or_default(),
            example: self.examples(example.as_ref(), examples, cursor).into_iter().next(),
        };
        Parameter {
            wire: name.clone(),
            location,
            required: *required || location == ParameterIn::Path,
            computed: false, // when all operations are known
            ty,
            style,
            explode: explode.unwrap_or(style == Style::Form),
            allow_reserved,
            content,
            default: facts.default,
            constraints: facts.constraints,
            sample: samples::of_parameter(self.document.root, cursor.node, name),
            raised: Vec::new(),
            doc: doc::over(own, facts.doc),
        }
    }
}

/// The parameters of the path item and of the operation; the operation's own win.
pub fn united<'a>(shared: Vec<Placed<'a>>, own: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
    let mut united: Vec<Placed<'a>> = Vec::with_capacity(shared.len() + own.len());
    for (parameter, cursor) in shared.into_iter().chain(own) {
        let same =
            |(p, _): &Placed<'a>| p.location == parameter.location && same_name(p, &parameter);
        match united.iter().position(same).and_then(|index| united.get_mut(index)) {
            Some(slot) => *slot = (parameter, cursor),
            None => united.push((parameter, cursor)),
        }
    }
    united.sort_by_key(|(p, _)| p.location);
    united
}

/// Names of headers are the same in any case.
fn same_name(a: &Parameter, b: &Parameter) -> bool {
    match a.location {
        ParameterIn::Header => a.wire.eq_ignore_ascii_case(&b.wire),
        ParameterIn::Path | ParameterIn::Query | ParameterIn::Cookie => a.wire == b.wire,
    }
}
