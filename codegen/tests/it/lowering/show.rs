//! Renders an API as a short text for snapshots.

use std::fmt::Write;

use docwright::Report;
use docwright::ir::{
    Api, Body, CauseTarget, ComputedHeaders, Constraints, Doc, ErrorFields, ErrorTrigger, Field,
    Inference, Literal, Media, Operation, Parameter, Scalar, Scheme, Segment, Shape, Type, TypeId,
    TypeName,
};

/// Renders an API and the reported problems.
pub fn render_api(api: Option<&Api>, report: &Report) -> String {
    let mut out = String::new();
    if let Some(api) = api {
        render_types(api, &mut out);
        for operation in &api.operations {
            render_operation(api, operation, &mut out);
        }
        render_globals(api, &mut out);
        for Inference { key, conclusion, evidence, state, .. } in &api.inferences {
            writeln!(out, "{state:?} {key}: {conclusion:?} -- {}", evidence.rule).unwrap();
        }
    }
    for problem in &report.problems {
        let label = problem
            .label
            .iter()
            .chain(&problem.help)
            .fold(String::new(), |text, line| text + " | " + line);
        writeln!(out, "{:?}: {}{label}", problem.severity, problem.message).unwrap();
    }
    out
}

fn type_name(api: &Api, id: TypeId) -> String {
    match api.types.get(id.0).map(|def| &def.name) {
        Some(TypeName::Component(key)) => key.clone(),
        Some(TypeName::Inline(parts)) => format!("<{}>", parts.join(" ")),
        Some(TypeName::Shared { words, uses }) => format!("<{} x{}>", words[0], uses.len()),
        None => format!("MISSING TYPE {id:?}"),
    }
}

fn type_text(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Any => "Any".to_owned(),
        Type::Scalar(Scalar::Format(format)) => format!("{format:?}"),
        Type::Scalar(scalar) => format!("{scalar:?}"),
        Type::Named(id) => type_name(api, *id),
        Type::List(inner) => format!("[{}]", type_text(api, inner)),
        Type::Map(inner) => format!("{{{}}}", type_text(api, inner)),
        Type::Nullable(inner) => format!("{}?", type_text(api, inner)),
    }
}

fn render_types(api: &Api, out: &mut String) {
    for (index, def) in api.types.iter().enumerate() {
        let title = type_name(api, TypeId(index));
        let doc = doc_text(&def.doc);
        match &def.shape {
            Shape::Struct(shape) => {
                writeln!(out, "{title} = struct{doc}").unwrap();
                for field in &shape.fields {
                    render_field(api, field, out);
                }
                if let Some(rest) = &shape.additional {
                    let limits = shape
                        .additional_constraints
                        .as_deref()
                        .map(limits_text)
                        .unwrap_or_default();
                    writeln!(out, "  ..: {}{limits}", type_text(api, rest)).unwrap();
                }
            }
            Shape::Id => writeln!(out, "{title} = id{doc}").unwrap(),
            Shape::Enum(shape) => {
                let any = if shape.allows_other { " any" } else { "" };
                write!(out, "{title} = enum{any}").unwrap();
                for value in &shape.values {
                    write!(out, " {}", literal_text(&value.wire)).unwrap();
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
                        type_text(api, &variant.ty),
                        doc_text(&variant.doc)
                    )
                    .unwrap();
                }
            }
        }
    }
}

fn render_field(api: &Api, field: &Field, out: &mut String) {
    let mut text = format!(
        "  {}{}: {}",
        field.wire,
        if field.required { "" } else { "?" },
        type_text(api, &field.ty)
    );
    for (flag, name) in [
        (field.nullable, "null"),
        (field.read_only, "read"),
        (field.write_only, "write"),
        (field.computed, "computed"),
        (field.personal, "personal"),
    ] {
        if flag {
            write!(text, " {name}").unwrap();
        }
    }
    if let Some(constant) = &field.constant {
        write!(text, " always {}", literal_text(constant)).unwrap();
    }
    if let Some(default) = &field.default {
        write!(text, " = {}", literal_text(default)).unwrap();
    }
    let errors = error_triggers_text(&field.error_triggers);
    writeln!(out, "{text}{}{errors}{}", limits_text(&field.constraints), doc_text(&field.doc))
        .unwrap();
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        Literal::String(text) => format!("{text:?}"),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => format!("{n:?}"),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    }
}

fn limits_text(limits: &Constraints) -> String {
    if *limits == Constraints::default() {
        return String::new();
    }
    // Only the fields that are set, from the `Debug` output.
    let without_items = Constraints { items: None, ..limits.clone() };
    let text = format!("{without_items:?}").replace("Constraints { ", "").replace(" }", "");
    let set = text.split(", ").filter(|part| !part.ends_with("None") && !part.ends_with("false"));
    let items = limits.items.iter().map(|items| format!("each{}", limits_text(items)));
    let parts: Vec<String> = set.map(str::to_owned).chain(items).collect();
    format!(" [{}]", parts.join(" "))
}

fn error_triggers_text(triggers: &[ErrorTrigger]) -> String {
    let trigger_text = |it: &ErrorTrigger| {
        let message = it.message.iter().fold(String::new(), |_, text| format!(" ({text})"));
        format!(" {}{}: {}{message}", "[]".repeat(it.item_depth), it.kind, it.code)
    };
    triggers.iter().map(trigger_text).collect()
}

fn doc_text(doc: &Doc) -> String {
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

fn render_operation(api: &Api, operation: &Operation, out: &mut String) {
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
        doc_text(&operation.doc)
    )
    .unwrap();
    operation.parameters.iter().for_each(|p| render_parameter(api, p, out));
    if let Some(Body { required, is_empty, description, media }) = &operation.body {
        let doc = Doc { description: description.clone(), ..Doc::default() };
        let mark = if *required { "" } else { "?" };
        let empty = if *is_empty { " {}" } else { "" };
        writeln!(out, "  body{mark}{empty}{}", doc_text(&doc)).unwrap();
        render_media(api, media, out);
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
                type_text(api, &header.ty),
                doc_text(&header.doc)
            )
            .unwrap();
        }
        render_media(api, &response.media, out);
    }
    let ErrorFields { code, message } = &operation.error_fields;
    for (name, locations) in [("code", code), ("message", message)] {
        if let Some(locations) = locations {
            writeln!(out, "  error {name} at {locations:?}").unwrap();
        }
    }
    if operation.computed != ComputedHeaders::default() {
        writeln!(out, "  {:?}", operation.computed).unwrap();
    }
    if operation.repeatable {
        writeln!(out, "  repeatable").unwrap();
    }
    for requirement in &operation.security {
        writeln!(out, "  needs {:?}", requirement.schemes).unwrap();
    }
    for server in &operation.servers {
        writeln!(out, "  at {}", server.url).unwrap();
    }
}

fn render_parameter(api: &Api, p: &Parameter, out: &mut String) {
    let location = format!("{:?}", p.location).to_lowercase();
    let style = format!("{:?}{}", p.style, if p.explode { "*" } else { "" });
    let style = p.content.map_or(style, |kind| format!("{kind:?}"));
    let default = p.default.as_ref().map(|d| format!(" = {}", literal_text(d))).unwrap_or_default();
    let constant = p.constant.as_ref().map(|it| format!(" always {}", literal_text(it)));
    let default = constant.unwrap_or_default() + &default;
    let mark = match (p.required, p.computed) {
        (true, _) => "",
        (false, false) => "?",
        (false, true) => " (computed)",
    };
    let errors = error_triggers_text(&p.error_triggers);
    let suffix = format!("{default}{}{errors}{}", limits_text(&p.constraints), doc_text(&p.doc));
    writeln!(out, "  {location} {}{mark}: {} {style}{suffix}", p.wire, type_text(api, &p.ty))
        .unwrap();
}

fn render_media(api: &Api, media: &[Media], out: &mut String) {
    for m in media {
        let encoding: String = m.encoding.iter().map(|e| format!(" {e:?}")).collect();
        let examples: String = m.examples.iter().map(|e| format!(" e.g. {e}")).collect();
        writeln!(
            out,
            "    {} {:?}: {}{}{}{encoding}{examples}",
            m.content_type,
            m.kind,
            type_text(api, &m.ty),
            limits_text(&m.constraints),
            error_triggers_text(&m.error_triggers),
        )
        .unwrap();
    }
}

fn render_globals(api: &Api, out: &mut String) {
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
        let operations: Vec<_> =
            code.operations.iter().map(|operation| format!(" returned by {operation}")).collect();
        let operations = operations.concat();
        writeln!(
            out,
            "code {}{defined} {:?} {:?}{operations}",
            code.wire, code.messages, code.statuses
        )
        .unwrap();
        for cause in &code.causes {
            let target = match &cause.target {
                CauseTarget::Parameter(location, wire) => format!("{location:?} {wire}"),
                CauseTarget::Body(path) => format!("body {path:?}"),
            };
            writeln!(out, "  {} {target} of {}", cause.kind, cause.operation).unwrap();
        }
    }
}
