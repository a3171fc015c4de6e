//! Success responses in several media types: one is the default, and each of the others gets a
//! `send_for_*` method on the request.

use super::naming::Scope;
use super::{AcceptVariant, Context, ResponseBody, bodies, doc};
use crate::ir::{Media, MediaKind, Response};

/// Plans the methods of a request that accept other media types than the default.
pub fn plan(
    context: &Context<'_>,
    successes: &[&Response],
    options: &mut Scope,
) -> Vec<AcceptVariant> {
    let mut variants: Vec<AcceptVariant> = Vec::new();
    for media in successes.iter().copied().flat_map(other_media) {
        if variants.iter().any(|other| other.content_type == media.content_type) {
            continue;
        }
        let words = bodies::media_type_words(media.kind, &media.content_type);
        let words = words.trim_start_matches("application ");
        let text = format!(
            "Sends the request with {}.",
            doc::inline_code(&format!("Accept: {}", media.content_type))
        );
        variants.push(AcceptVariant {
            method: options.claim(&format!("send for {words}")),
            content_type: media.content_type.clone(),
            body: match media.kind {
                MediaKind::Json => ResponseBody::Json(context.rust_type(&media.ty)),
                MediaKind::Text => ResponseBody::Text,
                MediaKind::Form | MediaKind::Multipart | MediaKind::Bytes | MediaKind::Events => {
                    ResponseBody::Bytes
                }
            },
            doc: doc::wrapped(&text),
        });
    }
    variants
}

/// Returns the media types of a success response that get a method of their own. Event streams do
/// not: every request has `send_events`.
pub fn other_media(response: &Response) -> Vec<&Media> {
    let read = response.read_media();
    let is_other = |media: &&Media| media.kind != MediaKind::Events && !read.contains(media);
    response.media.iter().filter(is_other).collect()
}
