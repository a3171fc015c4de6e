//! A signed message verifies until a covered byte changes.

use docwright_runtime::signature::{
    Component, Digest, Encoding, FieldNames, Message, PreHash, Profile, SigningKey, Target,
    TargetUri, Verifier, VerifyingKey, content_digest,
};
use docwright_runtime::{HeaderMap, Url};
use proptest::prelude::*;

use super::rfc9421::{ED25519, ED25519_PRIVATE};
use super::{RFC_TIME, headers, sign, unix_time, with_signature};

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

    /// Returns the message with one byte changed in the part with this number.
    fn changed(&self, part: usize, index: prop::sample::Index) -> Self {
        let mut sent = self.clone();
        let change = |text: &mut String| {
            // The new byte differs from the old one and is not trimmed, as white space would be.
            let position = index.index(text.len());
            let other = if text.as_bytes()[position] == b'Z' { "Y" } else { "Z" };
            text.replace_range(position..=position, other);
        };
        match part {
            0 => change(&mut sent.method),
            1 => {
                // Host, path and query. (Hosts are lower-cased; this one has no `z`.)
                let position = "https://".len() + index.index(sent.url.len() - "https://".len());
                let other = if sent.url.as_bytes()[position] == b'Z' { "Y" } else { "Z" };
                sent.url.replace_range(position..=position, other);
            }
            2 => change(&mut sent.one),
            3 => change(&mut sent.two),
            4 => sent.url = sent.url.replacen("https", "http", 1),
            _ => {
                let position = index.index(sent.body.len());
                sent.body[position] ^= 1;
            }
        }
        sent
    }
}

fn verifies(verifier: &Verifier, sent: &Sent, headers: &HeaderMap) -> bool {
    let method = sent.method.parse().unwrap();
    let target = Target::from(&Url::parse(&sent.url).unwrap());
    let message = Message::request(&method, &target, headers).body(&sent.body);
    verifier.verify(&message, unix_time(RFC_TIME + 10)).is_ok()
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
                .names(if lower { FieldNames::LowerCase } else { FieldNames::AsWritten })
                .target_uri(if whole { TargetUri::Whole } else { TargetUri::Origin })
        })
}

proptest! {
    #[test]
    fn signature_verifies_until_a_covered_byte_changes(
        sent in sent(),
        profile in profile(),
        shared in any::<bool>(),
        part in 0_usize..8,
        index in any::<prop::sample::Index>(),
    ) {
        let (signer, key) = match shared {
            true => (SigningKey::hmac_sha256("k", b"s").unwrap(), VerifyingKey::hmac_sha256("k", b"s").unwrap()),
            false => (
                SigningKey::from_pkcs8_pem("k", ED25519_PRIVATE).unwrap(),
                VerifyingKey::from_pem("k", ED25519).unwrap(),
            ),
        };
        let verifier = Verifier::new(profile).key(key).require("content-digest");
        let method = sent.method.parse().unwrap();
        let target = Target::from(&Url::parse(&sent.url).unwrap());
        let unsigned_headers = sent.headers();
        let signed = sign(&profile, &Message::request(&method, &target, &unsigned_headers), &signer);
        let headers = with_signature(&unsigned_headers, &signed);
        prop_assert!(verifies(&verifier, &sent, &headers), "{signed:?}");

        if part < 6 {
            let changed = sent.changed(part, index);
            // The signature covers the body through its digest, which keeps its old value.
            let digest = unsigned_headers["content-digest"].clone();
            let mut changed_headers = with_signature(&changed.headers(), &signed);
            changed_headers.insert("content-digest", digest);
            prop_assert!(!verifies(&verifier, &changed, &changed_headers), "{changed:?}");
        } else {
            // The parameters and the list of components are covered, too.
            let name = if part == 6 { "signature-input" } else { "signature" };
            let mut text = headers[name].to_str().unwrap().to_owned();
            let position = "sig1=:".len() + index.index(text.len() - "sig1=:".len());
            let other = if text.as_bytes()[position] == b'1' { "2" } else { "1" };
            text.replace_range(position..=position, other);
            let mut changed_headers = headers.clone();
            changed_headers.insert(name, text.parse().unwrap());
            // Base64 can have trailing bits that belong to no byte; a change of those is detected,
            // too.
            prop_assert!(!verifies(&verifier, &sent, &changed_headers), "{text}");
        }
    }
}
