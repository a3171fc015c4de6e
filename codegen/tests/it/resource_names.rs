//! The names that operations have within their resources.

use docwright::Names;

use crate::resources::{BY_PATH, calls, document, generate, inspect_operations};

/// Operations that make an API large enough for resources.
const OTHERS: [&str; 12] = [
    "GET /others/1 - Others",
    "GET /others/2 - Others",
    "GET /others/3 - Others",
    "GET /others/4 - Others",
    "GET /others/5 - Others",
    "GET /others/6 - Others",
    "GET /others/7 - Others",
    "GET /others/8 - Others",
    "GET /others/9 - Others",
    "GET /others/10 - Others",
    "GET /others/11 - Others",
    "GET /others/12 - Others",
];

/// Checks the calls of operations, in an API with tags if they have some.
fn assert_calls(operations: &[(&str, &str)]) {
    let has_tags = operations.iter().any(|(line, _)| line.split_whitespace().nth(3) > Some("-"));
    let untagged = OTHERS.map(|line| line.replace(" - Others", ""));
    let others = OTHERS.iter().zip(&untagged);
    let others = others.map(|(tagged, untagged)| if has_tags { *tagged } else { untagged });
    let lines: Vec<&str> = operations.iter().map(|(line, _)| *line).chain(others).collect();
    let calls = calls(&inspect_operations(&lines, "", &Names::default()));
    for (line, expected) in operations {
        let key: Vec<&str> = line.split_whitespace().take(2).collect();
        assert_eq!(calls[&key.join(" ")], *expected, "{line}");
    }
}

#[test]
fn only_a_response_that_is_a_list_is_listed() {
    assert_calls(&[
        ("GET /account - - account", "account().get"),
        ("GET /charges/{charge}/dispute - - account", "charges().dispute().get"),
        ("GET /notes/preview - - account", "notes().preview"),
        ("GET /account/cards - - account", "account().cards().list"),
        ("GET /account/capabilities - - page", "account().capabilities().list"),
        ("GET /account/links - - list", "account().links().list"),
    ]);
}

#[test]
fn parameters_of_the_path_are_no_part_of_a_name() {
    assert_calls(&[
        (
            "DELETE /subscriptions/{exposed_id} DeleteSubscriptionsExposedId",
            "subscriptions().delete",
        ),
        (
            "DELETE /subscriptions/{exposed_id}/discount DeleteSubscriptionsExposedIdDiscount",
            "subscriptions().discount().delete",
        ),
        ("DELETE /people/{person} DeletePeoplePerson", "people().delete"),
        ("DELETE /bans/{user_id} unban_user", "bans().unban"),
        ("DELETE /webhooks/{id} delete_webhook", "webhooks().delete"),
        ("DELETE /webhooks/{id}/{token} delete_webhook_by_token", "webhooks().delete_by_token"),
        ("GET /users/@me get_my_user", "users().me().get"),
        ("POST /account/login_links PostAccountLoginLinks", "account().login_links().create"),
        ("GET /3d_secure/{id} -", "three_d_secure().get"),
        ("GET /messages/{id} getMessage", "messages().get"),
        ("GET /messages/{id}?beta=true -", "messages().get_beta"),
    ]);
}

#[test]
fn what_precedes_a_resource_in_the_path_only_distinguishes_names() {
    assert_calls(&[
        ("GET /projects/{project}/roles list-project-roles Roles list", "roles().list_for_project"),
        ("GET /roles list-roles Roles list", "roles().list"),
        ("GET /recordings/{id}/payloads ListRecordingPayload Payload list", "payload().list"),
        ("GET /orgs/{org}/packages packages/list-for-org Packages list", "packages().list_for_org"),
        ("GET /orgs/{org}/packages/all getAllPackages Packages list", "packages().list"),
        ("GET /releases/tags/{tag} repos/get-release-by-tag Repos", "repos().get_release_by_tag"),
        ("GET /releases/{id} repos/get-release Repos", "repos().get_release"),
        ("GET /pages/sign-in getSignInPage Pages", "pages().get_sign_in_page"),
        ("GET /reports/{id}/download get-report-download Reports", "reports().download"),
        (
            "DELETE /environments/{name} repos/delete-an-environment Repos",
            "repos().delete_environment",
        ),
    ]);
}

#[test]
fn the_front_page_has_a_line_for_each_resource_of_the_client() {
    let output = generate(&document(&BY_PATH), "", &Names::default());
    let readme = &output.files.0["README.md"];
    // The list of the largest resource is the first example.
    assert!(readme.contains("client.customers().list()"), "{readme}");
    let lines: Vec<&str> = readme.lines().filter(|line| line.contains("()`: `")).collect();
    let [balance, charges, customers] = lines.as_slice() else { panic!("{readme}") };
    assert_eq!(*balance, "- Balance: `balance()`: `get`");
    assert_eq!(*charges, "- Charges: `charges()`: `get`, `update`, `capture`, `hold`");
    assert!(customers.starts_with("- Customers: `customers()`: `list`, `create`, "), "{customers}");
    assert!(customers.ends_with("`update`, with `subscriptions()`"), "{customers}");
}

#[test]
fn an_inspection_names_the_resource_of_the_client() {
    let inspection = inspect_operations(&BY_PATH, "", &Names::default());
    let find = |path: &str| {
        let operation = inspection.operations.iter().find(|it| it.path == path);
        operation.and_then(|it| it.resource.as_deref())
    };
    let subscriptions = find("/v1/customers/{customer}/subscriptions");
    assert_eq!(subscriptions, Some("customers.subscriptions"));
    // A small API has no resources.
    let inspection = inspect_operations(&["GET /orders/{id} getOrder"], "", &Names::default());
    assert_eq!(inspection.operations[0].resource.as_deref(), Some("orders"));
}
