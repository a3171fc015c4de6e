//! Request bodies: the type of the argument, and the media types it can be sent in.

use super::naming::{Case, Name, Scope};
use super::{
    Body, BodyEnum, BodyMedia, BodyType, BodyVariant, Context, FieldEncoding, FormField, RustType,
    doc,
};
use crate::ir::{self, Encoding, Media, MediaKind, Shape, Style, Type};

/// Plans the body of an operation. If all of its media types carry the same type, the method takes
/// that type; otherwise it takes an enum called `name`.
pub fn plan(
    context: &Context<'_>,
    body: &ir::Body,
    name: &Name,
    options: &mut Scope,
) -> Option<Body> {
    let first = body.media.first()?;
    let value_type =
        |media: &Media| is_typed(context.api, media).then(|| context.rust_type(&media.ty));
    let single = body.media.iter().all(|media| value_type(media) == value_type(first));
    let (ty, media_setters) = match (single, value_type(first)) {
        _ if body.is_empty => (BodyType::Empty, media_setters(context, &body.media, options)),
        (true, Some(ty)) => (BodyType::Value(ty), media_setters(context, &body.media, options)),
        (true, None) => (BodyType::Bytes, media_setters(context, &body.media, options)),
        (false, _) => {
            (BodyType::OneOf(body_enum(context, &body.media, name, value_type)), Vec::new())
        }
    };
    Some(Body {
        name: super::naming::name("body", Case::Snake),
        ty,
        required: body.required,
        media: body.media.iter().map(|media| body_media(context.api, media)).collect(),
        media_setters,
    })
}

/// Returns whether a body in this media type is written from a typed value. A multipart body is if
/// its schema is an object: the fields are the parts.
pub fn is_typed(api: &ir::Api, media: &Media) -> bool {
    match media.kind {
        MediaKind::Json | MediaKind::Form => true,
        MediaKind::Multipart => is_object(api, &media.ty),
        MediaKind::Text | MediaKind::Bytes | MediaKind::Events => false,
    }
}

/// Returns whether the values of a type are objects.
pub fn is_object(api: &ir::Api, ty: &Type) -> bool {
    match ty.without_null() {
        Type::Map(_) => true,
        Type::Named(_) => match api.shape(ty) {
            Some(Shape::Struct(_) | Shape::Union(_)) => true,
            Some(Shape::Enum(_) | Shape::Id) | None => false,
        },
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Nullable(_) => false,
    }
}

/// Returns, for each type, whether its fields are parts of a multipart body: their bytes are files.
pub fn multipart_types(api: &ir::Api) -> Vec<bool> {
    let mut is_multipart = vec![false; api.types.len()];
    let media = api.operations.iter().filter_map(|o| o.body.as_ref()).flat_map(|b| &b.media);
    let mut queue = Vec::new();
    for media in media.filter(|media| media.kind == MediaKind::Multipart) {
        queue.extend(media.ty.innermost_id());
    }
    while let Some(id) = queue.pop() {
        let (Some(def), Some(seen)) = (api.types.get(id.0), is_multipart.get_mut(id.0)) else {
            continue;
        };
        if std::mem::replace(seen, true) {
            continue;
        }
        if let Shape::Union(union) = &def.shape {
            queue.extend(union.variants.iter().filter_map(|v| v.ty.innermost_id()));
        }
    }
    is_multipart
}

fn body_enum(
    context: &Context<'_>,
    media: &[Media],
    name: &Name,
    value_type: impl Fn(&Media) -> Option<RustType>,
) -> BodyEnum {
    let mut scope = Scope::new(Case::Pascal);
    let values: Vec<Option<RustType>> = media.iter().map(value_type).collect();
    let variant = |(index, media): (usize, &Media)| {
        let value = values.get(index).cloned().flatten();
        let words = media_type_words(media.kind, &media.content_type);
        BodyVariant {
            name: scope.claim(words.trim_start_matches("application ")),
            from: values.iter().position(|other| *other == value) == Some(index),
            value,
            doc: doc::markdown(&context.links, &doc::inline_code(&media.content_type)),
        }
    };
    BodyEnum { name: name.clone(), variants: media.iter().enumerate().map(variant).collect() }
}

/// Plans the methods of a request that select another media type than the first.
fn media_setters(
    context: &Context<'_>,
    media: &[Media],
    options: &mut Scope,
) -> Vec<(Name, usize, super::DocText)> {
    let Some(first) = media.first() else { return Vec::new() };
    let setter = |(index, media): (usize, &Media)| {
        let words = format!("as {}", media_type_words(media.kind, &media.content_type));
        let text = format!(
            "Sends the body as {} instead of {}.",
            doc::inline_code(&media.content_type),
            doc::inline_code(&first.content_type)
        );
        (options.claim(&words), index, doc::markdown(&context.links, &text))
    };
    media.iter().enumerate().skip(1).map(setter).collect()
}

/// Returns the documentation of a body whose media type the caller chooses.
pub fn media_type_doc(body: &ir::Body) -> Option<String> {
    let pattern = body.media.iter().find(|media| is_pattern(&media.content_type))?;
    let pattern = doc::inline_code(&pattern.content_type);
    Some(format!(
        "The body has a media type that matches {pattern}: set it with `File::content_type`."
    ))
}

/// Returns a media type that matches a pattern such as `image/*`. Any media type matches `*/*`, also
/// the one that is sent if the caller sets none.
pub fn sample_media_type(content_type: &str) -> Option<String> {
    let (top, _) = content_type.split_once('/').filter(|_| is_pattern(content_type))?;
    Some(match top {
        "*" | "text" => return None,
        "image" => "image/png".to_owned(),
        "audio" => "audio/mpeg".to_owned(),
        "video" => "video/mp4".to_owned(),
        top => format!("{top}/octet-stream"),
    })
}

fn is_pattern(content_type: &str) -> bool {
    content_type.contains('*')
}

/// Returns the words that stand for a media type in names.
pub fn media_type_words(kind: MediaKind, content_type: &str) -> String {
    match kind {
        MediaKind::Form => "form".to_owned(),
        MediaKind::Json if content_type.starts_with("application/json") => "json".to_owned(),
        MediaKind::Multipart if content_type.starts_with("multipart/form-data") => {
            "multipart".to_owned()
        }
        _ if content_type.starts_with("*/*") => "any type".to_owned(),
        _ => content_type.split(';').next().unwrap_or(content_type).replace('/', " "),
    }
}

fn body_media(api: &ir::Api, media: &Media) -> BodyMedia {
    let kind = match media.kind {
        MediaKind::Multipart if !is_typed(api, media) => MediaKind::Bytes,
        kind => kind,
    };
    let has_fields = matches!(kind, MediaKind::Form | MediaKind::Multipart);
    let encodings = media.encoding.iter().filter(|_| has_fields);
    let fields = encodings.filter_map(|encoding| form_field(kind, encoding)).collect();
    BodyMedia { content_type: media.content_type.clone(), kind, fields }
}

/// Returns how a field is written, if it has an `encoding`. A style takes precedence over a media
/// type (OpenAPI 3.0.4, "Encoding Object"). Frameworks state the default style for every part,
/// files included, so the default style is ignored for multipart bodies.
fn form_field(kind: MediaKind, encoding: &Encoding) -> Option<FormField> {
    let Encoding { wire, content_type, style, explode, allow_reserved } = encoding;
    let stated = style.is_some() || explode.is_some() || *allow_reserved;
    let style = style.unwrap_or(Style::Form);
    let explode = explode.unwrap_or(style == Style::Form);
    let is_default = style == Style::Form && explode && !allow_reserved;
    let encoding = if stated && !(is_default && kind == MediaKind::Multipart) {
        FieldEncoding::Style { style, explode, allow_reserved: *allow_reserved }
    } else {
        FieldEncoding::ContentType(content_type.as_deref().and_then(first_concrete)?)
    };
    Some(FormField { wire: wire.clone(), encoding })
}

/// Returns the first media type of a list that is not a pattern such as `image/*`.
fn first_concrete(content_type: &str) -> Option<String> {
    let mut media_types = content_type.split(',').map(str::trim);
    media_types.find(|it| it.contains('/') && !it.contains('*')).map(str::to_owned)
}
