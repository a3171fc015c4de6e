//! Digests, as in RFC 9530.

use docwright_runtime::signature::{Digest, DigestError, content_digest, verify_digest};

const ITEM: &[u8] = b"{\"hello\": \"world\"}\n";

/// §2, B.1 to B.3 and D.
#[test]
fn signature_rfc9530_examples() {
    for (body, algorithms, field) in [
        (ITEM, &[Digest::Sha256][..], "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"),
        (
            ITEM,
            &[Digest::Sha512],
            "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:",
        ),
        (b"", &[Digest::Sha256], "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
        (
            b"\"world\"}\n",
            &[Digest::Sha256],
            "sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:",
        ),
        (
            b"{\"hello\": \"world\"}",
            &[Digest::Sha256, Digest::Sha512],
            "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:, sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
        ),
    ] {
        assert_eq!(content_digest(algorithms, body), field);
        assert_eq!(verify_digest(field, body), Ok(()));
        assert_eq!(verify_digest(field, b"another"), Err(DigestError::Mismatch));
    }
}

#[test]
fn signature_digest_that_is_insecure_invalid_or_wrong_is_an_error() {
    let valid = content_digest(&[Digest::Sha256], ITEM);
    for (field, expected) in [
        // §5: insecure, so not enough by itself.
        ("md5=:Sd/dVLAcvNLSq16eXua5uQ==:".to_owned(), DigestError::UnsupportedAlgorithm),
        (String::new(), DigestError::UnsupportedAlgorithm),
        ("sha-256=RK".to_owned(), DigestError::Malformed),
        ("sha-256=:R:".to_owned(), DigestError::Malformed),
        ("sha-256=:AAAA:".to_owned(), DigestError::Mismatch),
        (":".to_owned(), DigestError::Malformed),
        (format!("{valid}, sha-512=:AAAA:"), DigestError::Mismatch),
    ] {
        assert_eq!(verify_digest(&field, ITEM), Err(expected), "{field}");
    }
    assert_eq!(verify_digest(&format!("md5=:AA==:, {valid}"), ITEM), Ok(()));
}
