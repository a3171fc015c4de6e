//! Successes in several media types: one is read by itself, and a method of the request asks for each
//! of the others.

use super::names::Scope;
use super::{AcceptVariant, Context, ResponseBody, bodies, doc, responses};
use crate::ir::{Media, MediaKind, Method, Operation, Response};

/// The methods of an operation's request that ask for other media types.
pub fn plan(
    context: &Context<'_>,
    operation: &Operation,
    successes: &[&Response],
    options: &mut Scope,
) -> Vec<AcceptVariant> {
    let mut asked: Vec<AcceptVariant> = Vec::new();
    for media in successes.iter().flat_map(|response| others(operation.method, response)) {
        if asked.iter().any(|other| other.content_type == media.content_type) {
            continue;
        }
        let words = bodies::words(media.kind, &media.content_type);
        let words = words.trim_start_matches("application ");
        let own = doc::code(&media.content_type);
        let text = format!("Sends the request and asks for the response as {own}.");
        asked.push(AcceptVariant {
            method: options.claim(&format!("send for {words}")),
            content_type: media.content_type.clone(),
            body: match media.kind {
                MediaKind::Json => ResponseBody::Json(context.rust(&media.ty)),
                MediaKind::Text => ResponseBody::Text,
                MediaKind::Form | MediaKind::Multipart | MediaKind::Bytes | MediaKind::Events => {
                    ResponseBody::Bytes
                }
            },
            doc: doc::own(&text),
        });
    }
    asked
}

/// The media types of a success that a method asks for. Events have one that every request has.
pub fn others(method: Method, response: &Response) -> Vec<&Media> {
    if method == Method::Head {
        return Vec::new();
    }
    let read = responses::read_media(response);
    let other = |media: &&Media| media.kind != MediaKind::Events && !read.contains(media);
    response.media.iter().filter(other).collect()
}
