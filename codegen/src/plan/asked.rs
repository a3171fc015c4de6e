//! Successes in several media types: one is read by itself, and a method of the request asks for each
//! of the others.

use super::names::Scope;
use super::{AnswerBody, Asked, Context, answers, bodies, doc};
use crate::ir::{Answer, Media, MediaKind, Method, Operation};

/// The methods of an operation's request that ask for other media types.
pub fn plan(
    context: &Context<'_>,
    operation: &Operation,
    successes: &[&Answer],
    options: &mut Scope,
) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    for media in successes.iter().flat_map(|answer| others(operation.method, answer)) {
        if asked.iter().any(|other| other.content_type == media.content_type) {
            continue;
        }
        let words = bodies::words(media.kind, &media.content_type);
        let words = words.trim_start_matches("application ");
        let own = doc::code(&media.content_type);
        let text = format!("Sends the request and asks for the answer as {own}.");
        asked.push(Asked {
            method: options.claim(&format!("send for {words}")),
            content_type: media.content_type.clone(),
            body: match media.kind {
                MediaKind::Json => AnswerBody::Json(context.rust(&media.ty)),
                MediaKind::Text => AnswerBody::Text,
                MediaKind::Form | MediaKind::Multipart | MediaKind::Bytes | MediaKind::Events => {
                    AnswerBody::Bytes
                }
            },
            doc: doc::own(&text),
        });
    }
    asked
}

/// The media types of a success that a method asks for. Events have one that every request has.
pub fn others(method: Method, answer: &Answer) -> Vec<&Media> {
    if method == Method::Head {
        return Vec::new();
    }
    let read = answers::read_media(answer);
    let other = |media: &&Media| media.kind != MediaKind::Events && !read.contains(media);
    answer.media.iter().filter(other).collect()
}
