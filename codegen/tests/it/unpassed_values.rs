//! Values that callers need not pass: settings of the client, credentials in bodies, and constants.

use crate::infer::{STRINGS, check, infer_document};
use crate::lowering::fixture;
use docwright::Manifest;
use docwright::ir::Shape;

/// Operations that require this parameter, and others.
fn requiring(parameter: &str, count: usize, others: usize) -> String {
    let responses = "responses: {'204': {description: OK}}";
    let parameters = format!("parameters: [{parameter}], ");
    let operation = |(index, parameters): (usize, &str)| {
        format!("'/resource{index}/{{id}}': {{get: {{{parameters}{responses}}}}}")
    };
    let paths = (0..count).map(|_| parameters.as_str()).chain((0..others).map(|_| ""));
    let paths: Vec<String> = paths.enumerate().map(operation).collect();
    format!("paths: {{{}}}", paths.join(", "))
}

#[test]
fn parameters_that_most_operations_require_are_set_once() {
    let header = |name: &str, schema: &str| {
        format!("{{name: {name}, in: header, required: true, schema: {schema}}}")
    };
    let account = header("Account", "{type: string}");
    let inferred = "inferred header:Account client_setting null".to_owned();
    let path = "{name: id, in: path, required: true, schema: {type: string}}";
    let doubtful =
        |key: &str, reason: &str| format!("rejected {key} client_setting null: {reason}");
    let own_value = "its name or type says that each request has a value of its own";
    let excluded = inferred.replace("inferred", "rejected") + ": vendor.toml excludes it";
    check(&[
        (requiring(&account, 9, 1), "", inferred.clone()),
        (requiring(&account, 5, 0), "", inferred.clone()),
        (requiring(&account, 8, 1), "", String::new()),
        (requiring(&account, 4, 0), "", String::new()),
        (requiring(&account, 9, 1), "settings = {\"header:Account\" = false}", excluded),
        (
            requiring(&account, 1, 9),
            "settings = {\"header:Account\" = true}",
            inferred.replace("inferred", "pinned"),
        ),
        (
            requiring(&header("Request-Reference", "{type: string}"), 5, 0),
            "",
            doubtful("header:Request-Reference", own_value),
        ),
        (
            requiring(&header("Account", "{type: string, format: date}"), 5, 0),
            "",
            doubtful("header:Account", own_value),
        ),
        (
            requiring(&header("Account", STRINGS), 5, 0),
            "",
            doubtful("header:Account", "its value is a list or an object"),
        ),
        (requiring(path, 5, 0), "", String::new()),
    ]);
}

#[test]
fn bodies_do_not_repeat_credentials_of_the_client() {
    let document = |required: &str| {
        let scheme = "{clientId: {type: apiKey, in: header, name: X-Client}}";
        let property = "{type: object, properties: {client_id: {type: string}, a: {type: string}}";
        let schema = format!("{property}{required}}}");
        let content = format!("{{application/json: {{schema: {schema}}}}}");
        format!(
            "security: [{{clientId: []}}]\ncomponents: {{securitySchemes: {scheme}}}\npaths: \
             {{/pay: {{post: {{requestBody: {{content: {content}}}, responses: {{'204': {{description: OK}}}}}}}}}}"
        )
    };
    let key = "/paths/~1pay/post/requestBody/content/application~1json/schema.client_id";
    let shown = |state: &str, reason: &str| format!("{state} {key} body_credential null{reason}");
    check(&[
        (document(""), "", shown("inferred", "")),
        (document(", required: [client_id]"), "", shown("rejected", ": the body requires it")),
        (
            document(""),
            "settings = {\"body:client_id\" = false}",
            shown("rejected", ": vendor.toml excludes it"),
        ),
    ]);
}

#[test]
fn a_credential_stays_in_a_body_that_is_sent_without_the_api_key() {
    let document = |security: &str| {
        let schemes = "{clientId: {type: apiKey, in: header, name: X-Client}, token: {type: http, scheme: bearer}}";
        let schema = "{type: object, properties: {client_id: {type: string}, a: {type: string}}}";
        let body = "{content: {application/json: {schema: {$ref: '#/components/schemas/Pay'}}}}";
        let operation = |path: &str, security: &str| {
            format!(
                "/{path}: {{post: {{security: {security}, requestBody: {body}, responses: {{'204': {{description: OK}}}}}}}}"
            )
        };
        format!(
            "components: {{securitySchemes: {schemes}, schemas: {{Pay: {schema}}}}}\npaths: {{{}, {}}}",
            operation("a", "[{clientId: []}]"),
            operation("b", security)
        )
    };
    let rejected = "rejected Pay.client_id body_credential null: an operation without the API key sends it, too";
    check(&[
        (
            document("[{clientId: [], token: []}]"),
            "",
            "inferred Pay.client_id body_credential null".to_owned(),
        ),
        (document("[]"), "", rejected.to_owned()),
        (document("[{clientId: []}, {token: []}]"), "", rejected.to_owned()),
    ]);
}

#[test]
fn only_json_and_form_bodies_are_sent_as_an_empty_object() {
    for (media_type, is_empty) in [
        ("application/json", true),
        ("application/x-www-form-urlencoded", true),
        ("multipart/form-data", false),
    ] {
        let schema = "{type: object, properties: {client_id: {type: string}}}";
        let document = format!(
            "security: [{{clientId: []}}]\ncomponents: {{securitySchemes: {{clientId: {{type: apiKey, in: header, \
             name: X-Client}}}}}}\npaths: {{/pay: {{post: {{requestBody: {{required: true, content: {{{media_type}: \
             {{schema: {schema}}}}}}}, responses: {{'204': {{description: OK}}}}}}}}}}"
        );
        let document = fixture::with_required_keys(&document);
        let (api, _) = infer_document(&Manifest::default(), &document);
        let body = api.operations[0].body.as_ref();
        assert_eq!(body.map(|body| body.is_empty), Some(is_empty), "{media_type}");
    }
}

#[test]
fn a_setting_has_the_type_of_its_parameters() {
    let customer =
        "components: {schemas: {Customer: {type: object, properties: {id: {type: string}}}}}";
    let parameter = |name: &str, description: &str| {
        let schema = format!("{{type: string, description: '{description}'}}");
        format!("{{name: {name}, in: query, required: true, schema: {schema}}}")
    };
    let manifest = Manifest::parse("vendor.toml", "[ids]\ninfer = true").unwrap();
    let infer = |parameter: &str| {
        let document = format!("{}\n{customer}", requiring(parameter, 5, 0));
        infer_document(&manifest, &fixture::with_required_keys(&document)).0
    };
    let api = infer(&parameter("customer_id", "The id."));
    assert_eq!(api.settings.len(), 1, "{:?}", api.inferences);
    let parameters: Vec<_> = api.settings[0].parameters(&api).collect();
    assert_eq!(parameters.len(), 5);
    assert!(parameters.iter().all(|it| api.shape(&it.ty) == Some(&Shape::Id)), "{parameters:?}");
    // A time that is recognised by its description is different in each request.
    let api = infer(&parameter("sent_at", "The time of the request (RFC 3339)."));
    assert!(api.settings.is_empty(), "{:?}", api.settings);
}

#[test]
fn a_single_allowed_value_is_constant() {
    let object = |keywords: &str| {
        format!(
            "components: {{schemas: {{Order: {{type: object, properties: {{kind: {{{keywords}}}}}}}}}}}"
        )
    };
    let inferred = |value: &str| format!("inferred Order.kind constant \"{value}\"");
    let excluded = inferred("a").replace("inferred", "rejected") + ": vendor.toml excludes it";
    check(&[
        (object("type: string, enum: [a]"), "", inferred("a")),
        (object("type: integer, enum: [7]"), "", inferred("7")),
        (object("type: string, enum: [a, b]"), "", String::new()),
        (object("type: string, enum: [a], nullable: true"), "", String::new()),
        (object("anyOf: [{type: string, enum: [a]}, {type: string}]"), "", String::new()),
        (object("type: string, enum: [a]"), "constants = {exclude = [\"*.kind\"]}", excluded),
    ]);
}
