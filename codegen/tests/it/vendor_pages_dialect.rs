//! The vendors' pages of this repository through `normalise`.

use std::path::Path;

use docwright::dialect::{self, KeywordLedger};
use docwright::page::{Page, Target};
use docwright::report::{Origin, Problem, Report};
use docwright::source::Node;
use serde_json::{Value, json};

const MESH: &str = "mesh/generate-auth-token.md";
const ORUM: &str = "orum/request-access-token.md";
const PIPEVEST: &str = "pipevest/create-auth-token.md";

/// Returns the OpenAPI block of a page.
fn read_block(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("````yaml").unwrap();
    let (_, block) = rest.split_once('\n').unwrap();
    block.split_once("\n````").unwrap().0.to_owned()
}

fn normalise(block: &str) -> (Option<Value>, Vec<Problem>, KeywordLedger) {
    let node = Node::from_json(&serde_yaml::from_str(block).unwrap(), Origin::default());
    let page = Page {
        file: "page.md".into(),
        title: Some("Get a token".into()),
        target: Some(Target { method: "post".into(), path: "/oauth/token".into(), webhook: false }),
        ..Page::default()
    };
    let (mut report, mut ledger) = (Report::default(), KeywordLedger::default());
    let document = dialect::normalise(&page, node, &mut report, &mut ledger);
    let document = document.map(|document| document.root().to_json());
    if let Some(document) = &document {
        serde_json::from_value::<openapiv3::OpenAPI>(document.clone()).unwrap();
    }
    (document, report.problems, ledger)
}

#[test]
fn openapi_pages_are_unchanged() {
    for file in [ORUM, PIPEVEST] {
        let text = read_block(file);
        let (document, problems, ledger) = normalise(&text);
        assert_eq!(problems, [], "{file}");
        assert!(ledger.kept.len() > 80, "{file}: {}", ledger.kept.len());
        let mut document = document.unwrap();
        let operation = document.pointer_mut("/paths/~1oauth~1token/post").unwrap();
        let metadata = operation.as_object_mut().unwrap().remove("x-docwright-page").unwrap();
        assert_eq!(metadata, json!({"title": "Get a token", "file": "page.md"}));
        let mut expected: Value = serde_yaml::from_str(&text).unwrap();
        expected["openapi"] = json!("3.0.3");
        expected["info"].as_object_mut().unwrap().remove("license");
        assert_eq!(document, expected, "{file}");
    }
}

#[test]
fn the_endpoint_page_becomes_openapi() {
    let (document, problems, ledger) = normalise(&read_block(MESH));
    assert_eq!(problems, []);
    let document = document.unwrap();
    let operation = &document["paths"]["/admin/api/v1/Token"]["post"];
    let body = &operation["requestBody"]["content"];
    for media in ["application/json", "text/json", "application/*+json"] {
        let schema = json!({"schema": {"$ref": "#/components/schemas/ClientAdminTokenRequest"}});
        assert_eq!(body[media], schema, "generated examples are removed");
    }
    let generated = ledger.ignored.iter().filter(|ignored| ignored.keyword == "example").count();
    assert_eq!(generated, 3);
    let response = &operation["responses"]["200"];
    assert_eq!(response["description"], "Token created");
    let content = &response["content"]["application/json"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/OAuthTokenResponseApiResult");
    assert_eq!(content["example"]["content"]["expires_in"], 3600);
    let denied = &operation["responses"]["403"]["content"]["application/json"];
    assert_eq!(denied["schema"], json!({}));
    assert_eq!(denied["example"]["status"], "permissionDenied");
    assert_eq!(operation["security"], json!([{"Bearer": []}]));
    assert_eq!(document["components"]["securitySchemes"]["Bearer"]["scheme"], "bearer");
    assert_eq!(document["servers"], json!([{"url": "https://admin-api.meshconnect.com"}]));
    let schemas: Vec<&String> =
        document["components"]["schemas"].as_object().unwrap().keys().collect();
    let expected = [
        "ApiResultStatus",
        "AuthenticationStatus",
        "OAuthTokenResponse",
        "ClientAdminTokenRequest",
        "OAuthTokenResponseApiResult",
    ];
    assert_eq!(schemas, expected);
    let request = &document["components"]["schemas"]["ClientAdminTokenRequest"];
    assert_eq!(request["required"], json!(["clientId", "clientSecret"]));
    assert_eq!(request["properties"]["clientId"]["minLength"], 1);
    assert_eq!(request["additionalProperties"], json!(false));
}
