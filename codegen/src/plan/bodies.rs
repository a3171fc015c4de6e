//! Request bodies: what a method takes, and the media types it can be sent in.

use super::names::{Case, Name, Scope};
use super::{
    Body, BodyEnum, BodyMedia, BodyType, BodyVariant, Context, FieldEncoding, FormField, RustType,
    doc,
};
use crate::ir::{self, Encoding, Media, MediaKind, Shape, Style, Type};

/// The body of an operation. Where all of its media types carry the same value, the method takes
/// that value; otherwise an enum called `name`.
pub fn plan(
    context: &Context<'_>,
    body: &ir::Body,
    name: &Name,
    options: &mut Scope,
) -> Option<Body> {
    let first = body.media.first()?;
    let value = |media: &Media| is_value(context.api, media).then(|| context.rust(&media.ty));
    let single = body.media.iter().all(|media| value(media) == value(first));
    let (ty, choices) = match (single, value(first)) {
        (true, Some(ty)) => (BodyType::Value(ty), choices(context, &body.media, options)),
        (true, None) => (BodyType::Bytes, choices(context, &body.media, options)),
        (false, _) => (BodyType::OneOf(one_of(context, &body.media, name, value)), Vec::new()),
    };
    Some(Body {
        name: super::names::name("body", Case::Snake),
        ty,
        required: body.required,
        media: body.media.iter().map(|media| self::media(context.api, media)).collect(),
        choices,
    })
}

/// Whether a body of this media type is written from a typed value: parts are the members of an
/// object, and there is none without a schema that says so.
pub fn is_value(api: &ir::Api, media: &Media) -> bool {
    match media.kind {
        MediaKind::Json | MediaKind::Form => true,
        MediaKind::Multipart => is_object(api, &media.ty),
        MediaKind::Text | MediaKind::Bytes | MediaKind::Events => false,
    }
}

/// Whether the values of a type are objects.
pub fn is_object<'a>(api: &'a ir::Api, mut ty: &'a Type) -> bool {
    // An alias of itself is none.
    for _ in 0..=api.types.len() {
        ty = match ty {
            Type::Map(_) => return true,
            Type::Nullable(inner) => inner,
            Type::Any | Type::Scalar(_) | Type::List(_) => return false,
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Struct(_) | Shape::Union(_)) => return true,
                Some(Shape::Alias(inner)) => inner,
                Some(Shape::Enum(_)) | None => return false,
            },
        };
    }
    false
}

/// The types whose members are parts of a multipart body: their bytes are files.
pub fn of_parts(api: &ir::Api) -> Vec<bool> {
    let mut found = vec![false; api.types.len()];
    let media = api.operations.iter().filter_map(|o| o.body.as_ref()).flat_map(|b| &b.media);
    let mut open = Vec::new();
    for media in media.filter(|media| media.kind == MediaKind::Multipart) {
        super::usage::named(&media.ty, &mut open);
    }
    while let Some(id) = open.pop() {
        let (Some(def), Some(seen)) = (api.types.get(id.0), found.get_mut(id.0)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        match &def.shape {
            Shape::Alias(ty) => super::usage::named(ty, &mut open),
            Shape::Union(union) => {
                union.variants.iter().for_each(|v| super::usage::named(&v.ty, &mut open));
            }
            Shape::Struct(_) | Shape::Enum(_) => {}
        }
    }
    found
}

fn one_of(
    context: &Context<'_>,
    media: &[Media],
    name: &Name,
    value: impl Fn(&Media) -> Option<RustType>,
) -> BodyEnum {
    let mut scope = Scope::new(Case::Pascal);
    let values: Vec<Option<RustType>> = media.iter().map(value).collect();
    let variant = |(index, media): (usize, &Media)| {
        let value = values.get(index).cloned().flatten();
        BodyVariant {
            name: scope
                .claim(words(media.kind, &media.content_type).trim_start_matches("application ")),
            from: values.iter().position(|other| *other == value) == Some(index),
            value,
            doc: doc::text(&context.links, &doc::code(&media.content_type)),
        }
    };
    BodyEnum { name: name.clone(), variants: media.iter().enumerate().map(variant).collect() }
}

/// The methods of a request that choose another media type than the first.
fn choices(
    context: &Context<'_>,
    media: &[Media],
    options: &mut Scope,
) -> Vec<(Name, usize, super::DocText)> {
    let Some(first) = media.first() else { return Vec::new() };
    let choice = |(index, media): (usize, &Media)| {
        let words = format!("as {}", words(media.kind, &media.content_type));
        let text = format!(
            "Sends the body as {}; without this, as {}.",
            doc::code(&media.content_type),
            doc::code(&first.content_type)
        );
        (options.claim(&words), index, doc::text(&context.links, &text))
    };
    media.iter().enumerate().skip(1).map(choice).collect()
}

/// The words for a media type in a name.
pub fn words(kind: MediaKind, content_type: &str) -> String {
    match kind {
        MediaKind::Form => "form".to_owned(),
        MediaKind::Json if content_type.starts_with("application/json") => "json".to_owned(),
        MediaKind::Multipart if content_type.starts_with("multipart/form-data") => {
            "multipart".to_owned()
        }
        _ => content_type.split(';').next().unwrap_or(content_type).replace('/', " "),
    }
}

fn media(api: &ir::Api, media: &Media) -> BodyMedia {
    let kind = match media.kind {
        MediaKind::Multipart if !is_value(api, media) => MediaKind::Bytes,
        kind => kind,
    };
    let has_members = matches!(kind, MediaKind::Form | MediaKind::Multipart);
    let encoding = media.encoding.iter().filter(|_| has_members);
    let members = encoding.filter_map(|encoding| member(kind, encoding)).collect();
    BodyMedia { content_type: media.content_type.clone(), kind, members }
}

/// How a member is written, if `encoding` says anything of it. A style, or what goes with one, is
/// stronger than a media type (OpenAPI 3.0.4, "Encoding Object"). Frameworks state the default style
/// of every part, files included: that says nothing.
fn member(kind: MediaKind, encoding: &Encoding) -> Option<FormField> {
    let Encoding { wire, content_type, style, explode, allow_reserved } = encoding;
    let stated = style.is_some() || explode.is_some() || *allow_reserved;
    let style = style.unwrap_or(Style::Form);
    let explode = explode.unwrap_or(style == Style::Form);
    let usual = style == Style::Form && explode && !allow_reserved;
    let how = if stated && !(usual && kind == MediaKind::Multipart) {
        FieldEncoding::Style { style, explode, allow_reserved: *allow_reserved }
    } else {
        FieldEncoding::ContentType(content_type.as_deref().and_then(concrete)?)
    };
    Some(FormField { wire: wire.clone(), how })
}

/// The first media type of a list that is no pattern; a file may have another one of the list.
fn concrete(content_type: &str) -> Option<String> {
    let mut all = content_type.split(',').map(str::trim);
    all.find(|one| one.contains('/') && !one.contains('*')).map(str::to_owned)
}
