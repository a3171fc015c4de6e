//! Decodes error bodies that only one operation has, by status and error code. This file is a
//! program of the generated crate; the test compares its output.

use checks::operations::{PostExternalAccountError, PostVerifyAccountControlError};
use docwright_runtime::{Bytes, ResponseEnum, StatusCode};

fn decode<E: ResponseEnum>(json: &'static str) -> (E, E::Code) {
    let body = Bytes::from_static(json.as_bytes());
    let typed = E::read(StatusCode::BAD_REQUEST, &body).expect("a declared status");
    (typed.expect("a valid body"), E::code(&body).expect("a code"))
}

fn main() {
    let (error, code) = decode::<PostExternalAccountError>(
        r#"{"error_code":"duplicate_account_details","message":"m","details":{"customer_resource_type":"person",
        "customer_reference_id":"p-1","customer_resource_id":"123e4567-e89b-42d3-a456-426614174000"}}"#,
    );
    let PostExternalAccountError::BadRequest(error) = error else { panic!("{error:?}") };
    let details = error.details.expect("details");
    println!("{code}: {:?} {:?}", details.customer_resource_type, details.customer_reference_id);

    // The same status with another code, which has no details.
    let (error, code) = decode::<PostExternalAccountError>(
        r#"{"error_code":"invalid_account_number","message":"m","details":null}"#,
    );
    let PostExternalAccountError::BadRequest(error) = error else { panic!("{error:?}") };
    println!("{code}: {:?}", error.details);

    let (error, code) = decode::<PostVerifyAccountControlError>(
        r#"{"error_code":"invalid_statement_code","message":"m","attempts_remaining":2}"#,
    );
    let PostVerifyAccountControlError::BadRequest(error) = error else { panic!("{error:?}") };
    println!("{code}: {:?}", error.attempts_remaining);
}
