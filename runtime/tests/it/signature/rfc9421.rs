//! RFC 9421, appendix B: keys, messages and signatures as printed there.

use docwright_runtime::signature::{
    Component, Message, Parameter, Profile, SigningKey, Target, Verifier, VerifyError, VerifyingKey,
};
use docwright_runtime::{HeaderMap, StatusCode, Url};

use super::{RFC_TIME, headers, sign, signature_base, unix_time};

pub const RSA_PSS: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
";
pub const ECC_P256: &str = "-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----
";
pub const ED25519: &str = "-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
";
pub const ED25519_PRIVATE: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
";
const SHARED_SECRET: &str =
    "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

const BODY: &[u8] = br#"{"hello": "world"}"#;
const DIGEST: &str = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";
const RESPONSE_DIGEST: &str = "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:";
const CERTIFICATE: &str = ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAMMEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAkJDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCuiCPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQGV4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

/// `test-request` (B.2).
pub fn request() -> (Target, HeaderMap) {
    let url = Url::parse("https://example.com/foo?param=Value&Pet=dog").unwrap();
    let headers = headers(&[
        ("Host", "example.com"),
        ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("Content-Type", "application/json"),
        ("Content-Digest", DIGEST),
        ("Content-Length", "18"),
    ]);
    (Target::from(&url), headers)
}

fn secret() -> Vec<u8> {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.decode(SHARED_SECRET).unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(Profile::RFC)
        .max_age(None)
        .key(VerifyingKey::from_pem("test-key-rsa-pss", RSA_PSS).unwrap())
        .key(VerifyingKey::from_pem("test-key-ecc-p256", ECC_P256).unwrap())
        .key(VerifyingKey::from_pem("test-key-ed25519", ED25519).unwrap())
        .key(VerifyingKey::hmac_sha256("test-shared-secret", &secret()).unwrap())
}

const fn field(name: &'static str) -> Component {
    Component::new(name)
}

/// Checks that signing gives the printed input and signature base, and that the printed signature
/// verifies.
fn check(
    profile: &Profile,
    verify: &dyn Fn(&HeaderMap) -> Result<String, VerifyError>,
    headers: &HeaderMap,
    (input, signature): (&str, &str),
    signed: &docwright_runtime::signature::Signed,
    lines: &str,
    base: &str,
) {
    let label = input.split('=').next().unwrap();
    assert_eq!(signed.input, input, "the input of {label}");
    let (_, parameters) = input.split_once('=').unwrap();
    assert_eq!(base, format!("{lines}\"@signature-params\": {parameters}"), "{label}");
    let mut headers = headers.clone();
    headers.insert("signature-input", input.parse().unwrap());
    headers.insert("signature", format!("{label}=:{signature}:").parse().unwrap());
    assert_eq!(verify(&headers).unwrap(), label, "{profile:?}");
}

/// Checks an example that signs the request of B.2 with `profile`.
fn request_example(profile: Profile, id: &'static str, input: &str, signature: &str, lines: &str) {
    let (target, headers) = request();
    let method = http::Method::POST;
    let message = Message::request(&method, &target, &headers).body(BODY);
    let (base, signed) = signature_base(&profile, &message, id);
    let verify = |headers: &HeaderMap| {
        let message = Message::request(&method, &target, headers).body(BODY);
        verifier().verify(&message, unix_time(RFC_TIME)).map(|it| it.label)
    };
    check(&profile, &verify, &headers, (input, signature), &signed, lines, &base);
}

#[test]
fn signature_rfc9421_b_2_1_minimal() {
    // The nonce is random, so the example can only be verified.
    let (target, mut headers) = request();
    let input =
        "sig-b21=();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"";
    headers.insert("signature-input", input.parse().unwrap());
    let signature = "sig-b21=:d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==:";
    headers.insert("signature", signature.parse().unwrap());
    let method = http::Method::POST;
    let message = Message::request(&method, &target, &headers);
    assert_eq!(verifier().verify(&message, unix_time(RFC_TIME)).unwrap().label, "sig-b21");
}

#[test]
fn signature_rfc9421_b_2_2_selective() {
    static PROFILE: Profile = Profile::RFC
        .label("sig-b22")
        .components(&[
            field("@authority"),
            field("content-digest"),
            field("@query-param").parameters(";name=\"Pet\""),
        ])
        .parameters(&[Parameter::Created, Parameter::KeyId, Parameter::Tag("header-example")]);
    request_example(
        PROFILE,
        "test-key-rsa-pss",
        "sig-b22=(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473;keyid=\"test-key-rsa-pss\";tag=\"header-example\"",
        "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==",
        &format!(
            "\"@authority\": example.com\n\"content-digest\": {DIGEST}\n\"@query-param\";name=\"Pet\": dog\n"
        ),
    );
}

#[test]
fn signature_rfc9421_b_2_3_full() {
    static PROFILE: Profile = Profile::RFC.label("sig-b23").components(&[
        field("date"),
        field("@method"),
        field("@path"),
        field("@query"),
        field("@authority"),
        field("content-type"),
        field("content-digest"),
        field("content-length"),
    ]);
    request_example(
        PROFILE,
        "test-key-rsa-pss",
        "sig-b23=(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-rsa-pss\"",
        "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA==",
        &format!(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\"@query\": ?param=Value&Pet=dog\n\"@authority\": example.com\n\"content-type\": application/json\n\"content-digest\": {DIGEST}\n\"content-length\": 18\n"
        ),
    );
}

#[test]
fn signature_rfc9421_b_2_4_response() {
    static PROFILE: Profile = Profile::RFC.label("sig-b24").components(&[
        field("@status"),
        field("content-type"),
        field("content-digest"),
        field("content-length"),
    ]);
    let headers = headers(&[
        ("Date", "Tue, 20 Apr 2021 02:07:56 GMT"),
        ("Content-Type", "application/json"),
        ("Content-Digest", RESPONSE_DIGEST),
        ("Content-Length", "23"),
    ]);
    let body = br#"{"message": "good dog"}"#;
    let message = Message::response(StatusCode::OK, &headers).body(body);
    let (base, signed) = signature_base(&PROFILE, &message, "test-key-ecc-p256");
    let verify = |headers: &HeaderMap| {
        let message = Message::response(StatusCode::OK, headers).body(body);
        verifier().verify(&message, unix_time(RFC_TIME)).map(|it| it.label)
    };
    let input = "sig-b24=(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473;keyid=\"test-key-ecc-p256\"";
    let signature =
        "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==";
    let lines = format!(
        "\"@status\": 200\n\"content-type\": application/json\n\"content-digest\": {RESPONSE_DIGEST}\n\"content-length\": 23\n"
    );
    check(&PROFILE, &verify, &headers, (input, signature), &signed, &lines, &base);
}

#[test]
fn signature_rfc9421_b_2_5_hmac() {
    static PROFILE: Profile = Profile::RFC.label("sig-b25").components(&[
        field("date"),
        field("@authority"),
        field("content-type"),
    ]);
    let signature = "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=";
    request_example(
        PROFILE,
        "test-shared-secret",
        "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"",
        signature,
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@authority\": example.com\n\"content-type\": application/json\n",
    );
    let (target, headers) = request();
    let key = SigningKey::hmac_sha256("test-shared-secret", &secret()).unwrap();
    let signed = sign(&PROFILE, &Message::request(&http::Method::POST, &target, &headers), &key);
    assert_eq!(signed.signature, format!("sig-b25=:{signature}:"));
}

#[test]
fn signature_rfc9421_b_2_6_ed25519() {
    static PROFILE: Profile = Profile::RFC.label("sig-b26").components(&[
        field("date"),
        field("@method"),
        field("@path"),
        field("@authority"),
        field("content-type"),
        field("content-length"),
    ]);
    let signature =
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
    request_example(
        PROFILE,
        "test-key-ed25519",
        "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"",
        signature,
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\"@method\": POST\n\"@path\": /foo\n\"@authority\": example.com\n\"content-type\": application/json\n\"content-length\": 18\n",
    );
    let (target, headers) = request();
    let key = SigningKey::from_pkcs8_pem("test-key-ed25519", ED25519_PRIVATE).unwrap();
    let signed = sign(&PROFILE, &Message::request(&http::Method::POST, &target, &headers), &key);
    assert_eq!(signed.signature, format!("sig-b26=:{signature}:"));
}

/// B.3: a header that a TLS-terminating proxy adds is signed like any other.
#[test]
fn signature_rfc9421_b_3_proxy() {
    let url = Url::parse("https://service.internal.example/foo?param=Value&Pet=dog").unwrap();
    let headers = headers(&[
        ("Host", "service.internal.example"),
        ("Client-Cert", CERTIFICATE),
        (
            "Signature-Input",
            "ttrp=(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\");created=1618884473;keyid=\"test-key-ecc-p256\"",
        ),
        (
            "Signature",
            "ttrp=:xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHRwMLOgmizw==:",
        ),
    ]);
    let (method, target) = (http::Method::POST, Target::from(&url));
    let message = Message::request(&method, &target, &headers);
    assert_eq!(verifier().verify(&message, unix_time(RFC_TIME)).unwrap().label, "ttrp");
}

/// B.4: which changes in transit keep a signature valid, and which do not.
#[test]
fn signature_rfc9421_b_4_transformations() {
    let signed = [
        (
            "Signature-Input",
            "transform=(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473;keyid=\"test-key-ed25519\"",
        ),
        (
            "Signature",
            "transform=:ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pmj3NDA==:",
        ),
    ];
    let verify = |method: &str, url: &str, unsigned: &[(&str, &str)]| {
        let headers = headers(&[unsigned, &signed].concat());
        let (method, target) = (method.parse().unwrap(), Target::from(&Url::parse(url).unwrap()));
        verifier().verify(&Message::request(&method, &target, &headers), unix_time(RFC_TIME))
    };
    let url = "https://example.org/demo?name1=Value1&Name2=value2";
    let both = [("Accept", "application/json"), ("Accept", "*/*")];
    for (change, url, unsigned) in [
        ("no change", url, &both[..]),
        (
            "an additional header and query parameter",
            &format!("{url}&param=added"),
            &[both[0], both[1], ("Accept-Language", "en")],
        ),
        (
            "another uncovered header, and values in one line",
            url,
            &[("Referer", "https://x.example"), ("Accept", "application/json, */*")],
        ),
        ("white space", url, &[("Accept", "  application/json "), ("Accept", "*/*")]),
    ] {
        assert!(verify("GET", url, unsigned).is_ok(), "{change}");
    }
    for (change, method, url, unsigned) in [
        ("another method", "POST", url, &both[..]),
        ("another host", "GET", "https://example.com/demo?name1=Value1&Name2=value2", &both),
        ("another order", "GET", url, &[both[1], both[0]]),
    ] {
        assert_eq!(verify(method, url, unsigned), Err(VerifyError::InvalidSignature), "{change}");
    }
}
