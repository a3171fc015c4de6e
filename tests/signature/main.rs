//! Signs one request with each of the crate's clients, and prints its signature headers.

use std::time::{Duration, SystemTime};

use docwright_runtime::block_on;

/// `test-key-ed25519` of RFC 9421, B.1.4.
const KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
";

macro_rules! sign {
    ($($module:ident)*) => {$(
        let key = variants::$module::signature::SigningKey::from_pkcs8_pem("staging-pipevest-ed25519", KEY)?;
        let client = variants::$module::Client::builder(variants::$module::Server::Production)
            .clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(1_732_893_484))
            .bearer_auth("123")
            .signing_key(key)
            .build()?;
        let call = client.create_customer(r#"{"hello": "world"}"#).sort("ASC").idempotency_key("123456");
        let call = call.header("Content-Type", "application/json").header("X-Client-Id", "123456");
        let request = block_on(call.into_request())??;
        let header = |name: &str| request.headers()[name].to_str();
        println!("{}\n{}", header("signature-input")?, header("signature")?);
    )*};
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    sign!(a a_unquoted b b_unquoted c c_unquoted d d_unquoted);
    Ok(())
}
