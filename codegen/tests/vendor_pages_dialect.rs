//! The pages this project exists for, and broken copies of them, through `normalise`.

use std::path::Path;

use docwright::dialect::{self, KeywordLedger};
use docwright::page::{Page, Target};
use docwright::report::{Origin, Problem, Report, Severity};
use docwright::source::Node;
use serde_json::{Value, json};

const MESH: &str = "mesh/generate-auth-token.md";
const ORUM: &str = "orum/request-access-token.md";
const PIPEVEST: &str = "pipevest/create-auth-token.md";

fn block(file: &str) -> String {
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
    let (mut report, mut account) = (Report::default(), KeywordLedger::default());
    let read = dialect::normalise(&page, node, &mut report, &mut account);
    if let Some(read) = &read {
        serde_json::from_value::<openapiv3::OpenAPI>(read.to_json()).unwrap();
    }
    (read.map(|node| node.to_json()), report.problems, account)
}

#[test]
fn openapi_pages_pass_unchanged() {
    for file in [ORUM, PIPEVEST] {
        let text = block(file);
        let (read, problems, account) = normalise(&text);
        assert_eq!(problems, [], "{file}");
        assert!(account.kept.len() > 80, "{file}: {}", account.kept.len());
        let mut read = read.unwrap();
        let operation = read.pointer_mut("/paths/~1oauth~1token/post").unwrap();
        let facts = operation.as_object_mut().unwrap().remove("x-docwright-page").unwrap();
        assert_eq!(facts, json!({"title": "Get a token", "file": "page.md"}));
        let mut before: Value = serde_yaml::from_str(&text).unwrap();
        before["openapi"] = json!("3.0.3");
        before["info"].as_object_mut().unwrap().remove("license");
        assert_eq!(read, before, "{file}");
    }
}

#[test]
fn the_endpoint_page_becomes_openapi() {
    let (read, problems, account) = normalise(&block(MESH));
    assert_eq!(problems, []);
    let read = read.unwrap();
    let operation = &read["paths"]["/admin/api/v1/Token"]["post"];
    let body = &operation["requestBody"]["content"];
    for media in ["application/json", "text/json", "application/*+json"] {
        let schema = json!({"schema": {"$ref": "#/components/schemas/ClientAdminTokenRequest"}});
        assert_eq!(body[media], schema, "made-up examples go");
    }
    let made_up = account.ignored.iter().filter(|ignored| ignored.keyword == "example").count();
    assert_eq!(made_up, 3);
    let response = &operation["responses"]["200"];
    assert_eq!(response["description"], "Token created");
    let content = &response["content"]["application/json"];
    assert_eq!(content["schema"]["$ref"], "#/components/schemas/OAuthTokenResponseApiResult");
    assert_eq!(content["example"]["content"]["expires_in"], 3600);
    let denied = &operation["responses"]["403"]["content"]["application/json"];
    assert_eq!(denied["schema"], json!({}));
    assert_eq!(denied["example"]["status"], "permissionDenied");
    assert_eq!(operation["security"], json!([{"Bearer": []}]));
    assert_eq!(read["components"]["securitySchemes"]["Bearer"]["scheme"], "bearer");
    assert_eq!(read["servers"], json!([{"url": "https://admin-api.meshconnect.com"}]));
    let schemas: Vec<&String> = read["components"]["schemas"].as_object().unwrap().keys().collect();
    let expected = [
        "ApiResultStatus",
        "AuthenticationStatus",
        "OAuthTokenResponse",
        "ClientAdminTokenRequest",
        "OAuthTokenResponseApiResult",
    ];
    assert_eq!(schemas, expected);
    let request = &read["components"]["schemas"]["ClientAdminTokenRequest"];
    assert_eq!(request["required"], json!(["clientId", "clientSecret"]));
    assert_eq!(request["properties"]["clientId"]["minLength"], 1);
    assert_eq!(request["additionalProperties"], json!(false));
}

/// The only problem of a copy of `file` in which `old` is replaced by `new`.
fn broken(file: &str, old: &str, new: &str) -> (bool, Problem) {
    let text = block(file);
    assert_eq!(text.matches(old).count(), 1, "{old} stands once");
    let (read, mut problems, _) = normalise(&text.replace(old, new));
    assert_eq!(problems.len(), 1, "{problems:?}");
    (read.is_some(), problems.remove(0))
}

#[test]
fn required_true_is_an_error() {
    let old = "    OAuthTokenResponse:\n      type: object\n";
    let (read, problem) = broken(MESH, old, &format!("{old}      required: true\n"));
    assert!(!read);
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(problem.what, "`required` must be a list of names, found `true`");
    assert_eq!(problem.label.unwrap(), "inside components.schemas.OAuthTokenResponse");
    assert!(problem.help.unwrap().contains("requiredProperties"));

    let old = "      required:\n        - error_code\n        - message";
    let (read, problem) = broken(ORUM, old, "      required: true");
    assert!(!read);
    assert_eq!(problem.what, "`required` must be a list of names, found `true`");
    assert_eq!(problem.label.unwrap(), "inside components.schemas.ErrorResponse");
}

#[test]
fn a_reference_to_nowhere_is_an_error() {
    let old = "$ref: '#/components/schemas/OauthTokenResponse'";
    let (read, problem) = broken(ORUM, old, "$ref: '#/components/schemas/OauthTokenAnswer'");
    assert!(!read);
    assert_eq!(problem.what, "`#/components/schemas/OauthTokenAnswer` names nothing");
    assert_eq!(problem.label.unwrap(), "inside paths./oauth/token");

    let old = "$ref: '#/components/schemas/AuthenticationStatus'";
    let (read, problem) = broken(MESH, old, "$ref: '#/components/schemas/AuthenticatonStatus'");
    assert!(!read);
    let help = "did you mean `#/components/schemas/AuthenticationStatus`?";
    assert_eq!(problem.help.unwrap(), help);
    assert_eq!(problem.label.unwrap(), "inside components.schemas.OAuthTokenResponse");
}

#[test]
fn an_unknown_keyword_is_a_warning() {
    let old = "    AccessTokenExpiresIn:\n      description: A token's current TTL\n";
    let (read, problem) = broken(PIPEVEST, old, &format!("{old}      minimun: 1\n"));
    assert!(read);
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(problem.what, "unknown keyword `minimun` in a schema");
    assert_eq!(problem.help.unwrap(), "did you mean `minimum`?");
    assert_eq!(problem.label.unwrap(), "inside components.schemas.AccessTokenExpiresIn");
}
