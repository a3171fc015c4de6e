//! Whatever is signed verifies, and no longer does once a byte of what is covered changes.

use docwright_runtime::signature::{
    Component, Digest, Encoding, Message, Names, PreHash, Profile, SigningKey, Target, TargetUri,
    Verifier, VerifyingKey, content_digest,
};
use docwright_runtime::{HeaderMap, Url};
use proptest::prelude::*;

use crate::rfc9421::{ED25519, ED25519_PRIVATE};
use crate::{RFC_TIME, at, headers, sign, with};

static COMPONENTS: [Component; 7] = [
    Component::new("@method"),
    Component::new("@target-uri"),
    Component::new("@path"),
    Component::new("@query"),
    Component::new("X-One"),
    Component::new("X-Two").parameters(";bs"),
    Component::new("Content-Digest"),
];

#[derive(Debug, Clone)]
struct Sent {
    method: String,
    url: String,
    one: String,
    two: String,
    body: Vec<u8>,
}

impl Sent {
    fn headers(&self) -> HeaderMap {
        let digest = content_digest(&[Digest::Sha512], &self.body);
        headers(&[("X-One", &self.one), ("X-Two", &self.two), ("Content-Digest", &digest)])
    }

    /// The message with other bytes in the place of a number's choice.
    fn changed(&self, place: usize, at: prop::sample::Index) -> Self {
        let mut sent = self.clone();
        let change = |text: &mut String| {
            // What comes instead is neither there already nor white space at an end.
            let at = at.index(text.len());
            let other = if text.as_bytes()[at] == b'Z' { "Y" } else { "Z" };
            text.replace_range(at..=at, other);
        };
        match place {
            0 => change(&mut sent.method),
            1 => {
                // Host, path and query. (A host is in lower case, and here without a `z`.)
                let at = "https://".len() + at.index(sent.url.len() - "https://".len());
                let other = if sent.url.as_bytes()[at] == b'Z' { "Y" } else { "Z" };
                sent.url.replace_range(at..=at, other);
            }
            2 => change(&mut sent.one),
            3 => change(&mut sent.two),
            4 => sent.url = sent.url.replacen("https", "http", 1),
            _ => {
                let at = at.index(sent.body.len());
                sent.body[at] ^= 1;
            }
        }
        sent
    }
}

fn verifies(verifier: &Verifier, sent: &Sent, headers: &HeaderMap) -> bool {
    let method = sent.method.parse().unwrap();
    let target = Target::from(&Url::parse(&sent.url).unwrap());
    let message = Message::request(&method, &target, headers).body(&sent.body);
    verifier.verify(&message, at(RFC_TIME + 10)).is_ok()
}

fn sent() -> impl Strategy<Value = Sent> {
    (
        "[A-Z]{1,8}",
        "https://example\\.com/[a-z0-9/]{0,12}[a-z]\\?[a-z0-9=&%]{0,12}[a-z]",
        "[!-~]([ -~]{0,20}[!-~])?",
        "[!-~]([ -~]{0,20}[!-~])?",
        prop::collection::vec(any::<u8>(), 1..200),
    )
        .prop_map(|(method, url, one, two, body)| Sent { method, url, one, two, body })
}

fn profile() -> impl Strategy<Value = Profile> {
    let hashes = [PreHash::None, PreHash::Sha256, PreHash::Sha512, PreHash::Sha512Hex];
    let encodings = [Encoding::Raw, Encoding::LowerHex, Encoding::UpperHex];
    (
        prop::sample::select(hashes.to_vec()),
        prop::sample::select(encodings.to_vec()),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(hash, encoding, lower, whole)| {
            Profile::RFC
                .components(&COMPONENTS)
                .pre_hash(hash)
                .encoding(encoding)
                .names(if lower { Names::Lower } else { Names::AsWritten })
                .target_uri(if whole { TargetUri::Whole } else { TargetUri::Origin })
        })
}

proptest! {
    #[test]
    fn signature_verifies_until_a_covered_byte_changes(
        sent in sent(),
        profile in profile(),
        shared in any::<bool>(),
        place in 0_usize..8,
        index in any::<prop::sample::Index>(),
    ) {
        let (signer, key) = match shared {
            true => (SigningKey::hmac_sha256("k", b"s"), VerifyingKey::hmac_sha256("k", b"s")),
            false => (
                SigningKey::from_pkcs8_pem("k", ED25519_PRIVATE).unwrap(),
                VerifyingKey::from_pem("k", ED25519).unwrap(),
            ),
        };
        let verifier = Verifier::new(profile).key(key).require("content-digest");
        let method = sent.method.parse().unwrap();
        let target = Target::from(&Url::parse(&sent.url).unwrap());
        let own = sent.headers();
        let signed = sign(&profile, &Message::request(&method, &target, &own), &signer);
        let headers = with(&own, &signed);
        prop_assert!(verifies(&verifier, &sent, &headers), "{signed:?}");

        if place < 6 {
            let changed = sent.changed(place, index);
            // The body is held by its digest, which is not made anew.
            let digest = own["content-digest"].clone();
            let mut others = with(&changed.headers(), &signed);
            others.insert("content-digest", digest);
            prop_assert!(!verifies(&verifier, &changed, &others), "{changed:?}");
        } else {
            // The parameters are covered as well, and so is the list of components.
            let name = if place == 6 { "signature-input" } else { "signature" };
            let mut text = headers[name].to_str().unwrap().to_owned();
            let at = "sig1=:".len() + index.index(text.len() - "sig1=:".len());
            let other = if text.as_bytes()[at] == b'1' { "2" } else { "1" };
            text.replace_range(at..=at, other);
            let mut others = headers.clone();
            others.insert(name, text.parse().unwrap());
            // Base64 may hold bits that no byte is made of; those are refused, too.
            prop_assert!(!verifies(&verifier, &sent, &others), "{text}");
        }
    }
}
