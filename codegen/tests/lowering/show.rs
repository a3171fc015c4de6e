//! An API as a short text, for snapshots.

use std::fmt::Write;

use docwright::Report;
use docwright::ir::{
    Api, Body, Computed, Constraints, Doc, ErrorTrigger, Field, Literal, Media, Operation,
    Parameter, Scheme, Segment, Shape, Subject, Type, TypeId, TypeName,
};

/// The whole API and what was said of it.
pub fn api(api: Option<&Api>, report: &Report) -> String {
    let mut out = String::new();
    if let Some(api) = api {
        types(api, &mut out);
        for operation in &api.operations {
            self::operation(api, operation, &mut out);
        }
        rest(api, &mut out);
    }
    for problem in &report.problems {
        let label = problem
            .label
            .iter()
            .chain(&problem.help)
            .fold(String::new(), |text, more| text + " | " + more);
        writeln!(out, "{:?}: {}{label}", problem.severity, problem.what).unwrap();
    }
    out
}

fn name(api: &Api, id: TypeId) -> String {
    match api.types.get(id.0).map(|def| &def.name) {
        Some(TypeName::Component(key)) => key.clone(),
        Some(TypeName::Inline(words)) => format!("<{}>", words.join(" ")),
        None => format!("NOTHING AT {id:?}"),
    }
}

fn ty(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Scalar(scalar) => format!("{scalar:?}"),
        Type::Named(id) => name(api, *id),
        Type::List(inner) => format!("[{}]", self::ty(api, inner)),
        Type::Map(inner) => format!("{{{}}}", self::ty(api, inner)),
        Type::Nullable(inner) => format!("{}?", self::ty(api, inner)),
    }
}

fn types(api: &Api, out: &mut String) {
    for (index, def) in api.types.iter().enumerate() {
        let title = name(api, TypeId(index));
        let doc = doc(&def.doc);
        match &def.shape {
            Shape::Alias(target) => writeln!(out, "{title} = {}{doc}", ty(api, target)).unwrap(),
            Shape::Struct(shape) => {
                writeln!(out, "{title} = struct{doc}").unwrap();
                for field in &shape.fields {
                    self::field(api, field, out);
                }
                if let Some(rest) = &shape.rest {
                    let limits = shape.rest_constraints.as_deref().map(limits).unwrap_or_default();
                    writeln!(out, "  ..: {}{limits}", ty(api, rest)).unwrap();
                }
            }
            Shape::Enum(shape) => {
                let any = if shape.any { " any" } else { "" };
                write!(out, "{title} = enum{any}").unwrap();
                for value in &shape.values {
                    write!(out, " {}", literal(&value.wire)).unwrap();
                    for text in value.name.iter().chain(&value.description) {
                        write!(out, "({text})").unwrap();
                    }
                }
                writeln!(out, "{doc}").unwrap();
            }
            Shape::Union(shape) => {
                let tag =
                    shape.tag.as_ref().map(|tag| format!(" by {}", tag.wire)).unwrap_or_default();
                writeln!(out, "{title} = union{tag}{doc}").unwrap();
                for variant in &shape.variants {
                    let tags = if variant.tags.is_empty() {
                        String::new()
                    } else {
                        format!(" {:?}", variant.tags)
                    };
                    writeln!(
                        out,
                        "  {}: {}{tags}{}",
                        variant.name,
                        ty(api, &variant.ty),
                        self::doc(&variant.doc)
                    )
                    .unwrap();
                }
            }
        }
    }
}

fn field(api: &Api, field: &Field, out: &mut String) {
    let mut text = format!(
        "  {}{}: {}",
        field.wire,
        if field.required { "" } else { "?" },
        ty(api, &field.ty)
    );
    for (flag, word) in
        [(field.nullable, "null"), (field.read_only, "read"), (field.write_only, "write")]
    {
        if flag {
            write!(text, " {word}").unwrap();
        }
    }
    if let Some(default) = &field.default {
        write!(text, " = {}", literal(default)).unwrap();
    }
    let raised = raised(&field.raised);
    writeln!(out, "{text}{}{raised}{}", limits(&field.constraints), doc(&field.doc)).unwrap();
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => format!("{n:?}"),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    }
}

fn limits(limits: &Constraints) -> String {
    if *limits == Constraints::default() {
        return String::new();
    }
    // The set members alone, of the derived form.
    let own = Constraints { items: None, ..limits.clone() };
    let text = format!("{own:?}").replace("Constraints { ", "").replace(" }", "");
    let set = text.split(", ").filter(|part| !part.ends_with("None") && !part.ends_with("false"));
    let items = limits.items.iter().map(|items| format!("each{}", self::limits(items)));
    let all: Vec<String> = set.map(str::to_owned).chain(items).collect();
    format!(" [{}]", all.join(" "))
}

fn raised(raised: &[ErrorTrigger]) -> String {
    let one = |it: &ErrorTrigger| {
        let message = it.message.iter().fold(String::new(), |_, text| format!(" ({text})"));
        format!(" {}{}: {}{message}", "[]".repeat(it.lists), it.why, it.code)
    };
    raised.iter().map(one).collect()
}

fn doc(doc: &Doc) -> String {
    let mut text = String::new();
    for part in doc.title.iter().chain(&doc.description) {
        write!(text, " -- {}", part.replace('\n', "/")).unwrap();
    }
    if doc.deprecated {
        text.push_str(" -- deprecated");
    }
    if let Some(example) = &doc.example {
        write!(text, " e.g. {example}").unwrap();
    }
    text
}

fn operation(api: &Api, operation: &Operation, out: &mut String) {
    let path = operation.path.iter().map(|segment| match segment {
        Segment::Literal(text) => text.clone(),
        Segment::Parameter(name) => format!("<{name}>"),
    });
    let method = format!("{:?}", operation.method).to_uppercase();
    writeln!(
        out,
        "{method} {} {:?}{}",
        path.collect::<String>(),
        operation.name,
        doc(&operation.doc)
    )
    .unwrap();
    operation.parameters.iter().for_each(|p| parameter(api, p, out));
    if let Some(Body { required, description, media }) = &operation.body {
        let doc = Doc { description: description.clone(), ..Doc::default() };
        writeln!(out, "  body{}{}", if *required { "" } else { "?" }, self::doc(&doc)).unwrap();
        self::media(api, media, out);
    }
    for response in &operation.responses {
        let status = format!("{:?}", response.status);
        writeln!(
            out,
            "  {status}{}",
            response.description.iter().fold(String::new(), |t, d| t + " -- " + d)
        )
        .unwrap();
        for header in &response.headers {
            let mark = if header.required { "" } else { "?" };
            writeln!(
                out,
                "    header {}{mark}: {}{}",
                header.wire,
                ty(api, &header.ty),
                doc(&header.doc)
            )
            .unwrap();
        }
        media(api, &response.media, out);
    }
    if operation.computed != Computed::default() {
        writeln!(out, "  {:?}", operation.computed).unwrap();
    }
    for requirement in &operation.security {
        writeln!(out, "  needs {:?}", requirement.schemes).unwrap();
    }
    for server in &operation.servers {
        writeln!(out, "  at {}", server.url).unwrap();
    }
}

fn parameter(api: &Api, p: &Parameter, out: &mut String) {
    let location = format!("{:?}", p.location).to_lowercase();
    let style = format!("{:?}{}", p.style, if p.explode { "*" } else { "" });
    let style = p.content.map_or(style, |kind| format!("{kind:?}"));
    let default = p.default.as_ref().map(|d| format!(" = {}", literal(d))).unwrap_or_default();
    let mark = match (p.required, p.computed) {
        (true, _) => "",
        (false, false) => "?",
        (false, true) => " (computed)",
    };
    let raised = raised(&p.raised);
    let more = format!("{default}{}{raised}{}", limits(&p.constraints), doc(&p.doc));
    writeln!(out, "  {location} {}{mark}: {} {style}{more}", p.wire, ty(api, &p.ty)).unwrap();
}

fn media(api: &Api, media: &[Media], out: &mut String) {
    for m in media {
        let encoding: String = m.encoding.iter().map(|e| format!(" {e:?}")).collect();
        let examples: String = m.examples.iter().map(|e| format!(" e.g. {e}")).collect();
        writeln!(
            out,
            "    {} {:?}: {}{}{}{encoding}{examples}",
            m.content_type,
            m.kind,
            ty(api, &m.ty),
            limits(&m.constraints),
            raised(&m.raised),
        )
        .unwrap();
    }
}

fn rest(api: &Api, out: &mut String) {
    for scheme in &api.schemes {
        let text = match &scheme.scheme {
            Scheme::OAuth2 { flows } => format!("OAuth2 {flows:?}"),
            other => format!("{other:?}"),
        };
        writeln!(out, "scheme {} {text}", scheme.name).unwrap();
        if let Some(token) = &scheme.token {
            writeln!(out, "  {token:?}").unwrap();
        }
    }
    for server in &api.servers {
        writeln!(out, "server {} {:?}", server.url, server.variables).unwrap();
    }
    for code in api.errors.iter().flat_map(|errors| &errors.codes) {
        let defined = if code.defined { "" } else { " undefined" };
        let responded: Vec<_> =
            code.operations.iter().map(|at| format!(" responded by {at}")).collect();
        let responded = responded.concat();
        writeln!(
            out,
            "code {}{defined} {:?} {:?}{responded}",
            code.wire, code.messages, code.statuses
        )
        .unwrap();
        for cause in &code.causes {
            let subject = match &cause.subject {
                Subject::Parameter(location, wire) => format!("{location:?} {wire}"),
                Subject::Body(id, path) => format!("{} {path:?}", name(api, *id)),
            };
            writeln!(out, "  {} {subject} of {}", cause.why, cause.operation).unwrap();
        }
    }
}
