//! Which pagination is inferred from parameters, bodies and responses, and which is not.

use docwright::ir::{Conclusion, Rejection, State};
use docwright::{
    CrateOptions, Input, Report, RuntimeDependency, Sources, Vendor, generate_crate, load_api,
};

const LIMIT: &str = "{name: limit, in: query, schema: {type: integer}}";

/// Returns the vendor of a document with one operation. The parameters, the properties of the body and those
/// of the response are in YAML; without properties, a response is an array.
fn vendor(operation: &str, parameters: &str, body: &str, response: &str) -> Vendor {
    let (method, path) = operation.split_once(' ').unwrap();
    let content = |schema: String| format!("content: {{application/json: {{schema: {schema}}}}}");
    let object = |properties: &str| format!("{{type: object, properties: {{{properties}}}}}");
    let body = match body {
        "" => String::new(),
        properties => format!("requestBody: {{{}}}", content(object(properties))),
    };
    let schema = match response {
        "" => "{type: array, items: {$ref: '#/components/schemas/Pet'}}".to_owned(),
        properties => object(properties),
    };
    let (method, response) = (method.to_lowercase(), content(schema));
    let document = format!(
        "openapi: 3.0.3
info: {{title: Acme, version: '1'}}
paths:
  {path}:
    {method}:
      operationId: listPets
      parameters: [{parameters}]
      {body}
      responses: {{'200': {{description: OK, {response}}}}}
components:
  schemas:
    Pet: {{type: object, properties: {{id: {{type: string}}, name: {{type: string}}}}}}
"
    );
    let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: document.into() }];
    Vendor { name: "acme".to_owned(), inputs, ..Vendor::default() }
}

/// Returns the generated pagination, as `runtime::Paging` is written.
fn inferred(vendor: &Vendor) -> String {
    let runtime = RuntimeDependency::Version("0.1".to_owned());
    let options = CrateOptions { name: "acme".to_owned(), runtime, example: false };
    let output =
        generate_crate(vendor, &options).unwrap_or_else(|it| panic!("{}", it.render(false)));
    let text = &output.files.0["src/operations.rs"];
    let paging = text.split("runtime::Paging::").nth(1).and_then(|rest| rest.split(",\n").next());
    paging.unwrap_or_default().to_owned()
}

/// Returns why no pagination is inferred; an empty text if nothing tells that the operation returns a list.
fn rejection(vendor: &Vendor) -> String {
    let mut report = Report::default();
    let loaded = load_api(vendor, &mut Sources::default(), &mut report).unwrap();
    let reasons = loaded.api.inferences.iter().filter_map(|it| match (&it.conclusion, &it.state) {
        (Conclusion::Pagination(_), State::Rejected(Rejection::Document(reason))) => {
            Some(reason.as_str())
        }
        _ => None,
    });
    reasons.collect()
}

#[track_caller]
fn check_inferred(operation: &str, parameters: &str, body: &str, response: &str, expected: &str) {
    let vendor = vendor(operation, parameters, body, response);
    assert_eq!(inferred(&vendor), expected, "{}", rejection(&vendor));
}

#[track_caller]
fn check_rejected(operation: &str, parameters: &str, body: &str, response: &str, reason: &str) {
    let vendor = vendor(operation, parameters, body, response);
    assert_eq!(inferred(&vendor), "");
    assert_eq!(rejection(&vendor), reason);
}

const PETS: &str = "type: array, items: {$ref: '#/components/schemas/Pet'}";

/// Returns the schema of a string with a description, as the value of a property.
fn string_schema(description: &str) -> String {
    format!("{{type: string, description: {description}}}")
}

#[test]
fn a_cursor_is_paired_with_its_field() {
    let cursor = "{name: cursor, in: query, schema: {type: string}}";
    let pets = format!("errors: {{type: array, items: {{}}}}, pets: {{{PETS}}}");
    for (parameter, fields, expected) in [
        (cursor, "next_cursor: {type: string}", r#"cursor(&["next_cursor"]).query("cursor")"#),
        (
            cursor,
            "meta: {type: object, properties: {nextCursor: {type: string}}}",
            r#"cursor(&["meta", "nextCursor"]).query("cursor")"#,
        ),
        (
            cursor,
            "cursor: {type: string, description: Pass it to get the next pets.}",
            r#"cursor(&["cursor"]).query("cursor")"#,
        ),
        (
            "{name: page_token, in: query, schema: {type: string}}",
            "next_page: {type: string, description: The token of the next page.}",
            r#"cursor(&["next_page"]).query("page_token")"#,
        ),
        (
            "{name: continue, in: query, schema: {type: string}}",
            "metadata: {type: object, properties: {continue: {type: string, description: Set if more items follow.}}}",
            r#"cursor(&["metadata", "continue"]).query("continue")"#,
        ),
        (
            "{name: start_cursor, in: query, schema: {type: string}}",
            "next_cursor: {type: string}, has_more: {type: boolean}",
            r#"cursor(&["next_cursor"]).query("start_cursor")"#,
        ),
        (
            "{name: after, in: query, schema: {type: string}}",
            "paging: {type: object, properties: {next: {type: object, properties: {after: {type: string}}}}}",
            r#"cursor(&["paging", "next", "after"]).query("after")"#,
        ),
        (
            "{name: after, in: query, schema: {type: string}}, {name: before, in: query, schema: {type: string}}",
            "last_id: {type: string}, has_more: {type: boolean}",
            r#"cursor(&["last_id"]).query("after")"#,
        ),
    ] {
        let more = if fields.contains("has_more") { r#".more(&["has_more"])"# } else { "" };
        let excluded = if parameter.contains("before") { r#".excludes(&["before"])"# } else { "" };
        let expected = format!("{expected}.items(&[\"pets\"]){more}{excluded}");
        check_inferred("GET /pets", parameter, "", &format!("{pets}, {fields}"), &expected);
    }
    let repeated = format!("{pets}, cursor: {{type: string}}");
    let reason = "the description of the field `cursor` does not say whether it is the next value or the one \
                  of the request";
    check_rejected("GET /pets", cursor, "", &repeated, reason);
    let reason = "no field of the response has its next value";
    check_rejected("GET /pets", &format!("{cursor}, {LIMIT}"), "", &pets, reason);
}

#[test]
fn a_cursor_in_a_body_is_paired_with_its_field() {
    let body = "cursor: {type: string}, count: {type: integer}";
    let page =
        format!("data: {{{PETS}}}, next_cursor: {{type: string}}, has_more: {{type: boolean}}");
    let expected =
        r#"cursor(&["next_cursor"]).body(&["cursor"]).items(&["data"]).more(&["has_more"])"#;
    check_inferred("POST /pets/sync", "", body, &page, expected);
    let options =
        "options: {type: object, properties: {offset: {type: integer}, count: {type: integer}}}";
    let expected = r#"offset().body_number(&["options", "offset"]).items(&["pets"])"#;
    let page = format!("pets: {{{PETS}}}, total: {{type: integer}}");
    check_inferred("POST /pets/get", "", options, &page, expected);
    let reason = "the operation may change something";
    check_rejected("POST /pets", "", options, &page, reason);
    check_rejected(
        "PATCH /pets",
        "",
        body,
        &format!("data: {{{PETS}}}, next_cursor: {{type: string}}"),
        reason,
    );
}

#[test]
fn the_id_of_the_last_item_needs_a_field_that_ends_the_list() {
    let after = "{name: starting_after, in: query, schema: {type: string}, description: 'The id of a pet.'}";
    let before = "{name: ending_before, in: query, schema: {type: string}}";
    let page = format!("data: {{{PETS}}}, has_more: {{type: boolean}}");
    check_inferred(
        "GET /pets",
        &format!("{after}, {before}, {LIMIT}"),
        "",
        &page,
        r#"last_item(&["id"]).query("starting_after").items(&["data"]).more(&["has_more"]).excludes(&["ending_before"])"#,
    );
    let cursor = "{name: after, in: query, schema: {type: string}, description: A cursor.}";
    let expected = r#"last_item(&["id"]).query("after").items(&["data"]).more(&["has_more"])"#;
    check_inferred("GET /pets", cursor, "", &page, expected);
    let reason = "no field of the response has its next value";
    let other_text = format!("{page}, token: {{type: string}}");
    check_rejected("GET /pets", cursor, "", &other_text, reason);
    check_rejected(
        "GET /pets",
        &format!("{after}, {LIMIT}"),
        "",
        &format!("data: {{{PETS}}}"),
        reason,
    );
    check_rejected("GET /pets", &format!("{after}, {LIMIT}"), "", "", reason);
    let since =
        "{name: after, in: query, schema: {type: string}, description: Only pets after this date.}";
    check_rejected("GET /pets", &format!("{since}, {LIMIT}"), "", &page, "");
}

#[test]
fn a_url_is_distinguished_from_a_cursor() {
    let page = |fields: &str| format!("pets: {{{PETS}}}, {fields}");
    let expected = |path: &str| format!("url(&[{path}]).items(&[\"pets\"])");
    let uri = "{type: string, format: uri}";
    for (fields, path) in [
        ("links: {type: object, properties: {next: {type: string}}}", r#""links", "next""#),
        (
            "_links: {type: object, properties: {next: {type: object, properties: {href: {type: string}}}}}",
            r#""_links", "next", "href""#,
        ),
        ("next_page_uri: {type: string}", r#""next_page_uri""#),
        (&format!("next: {uri}, previous: {uri}"), r#""next""#),
        (&format!("next: {}", string_schema("The URL of the next page.")), r#""next""#),
    ] {
        check_inferred("GET /pets", LIMIT, "", &page(fields), &expected(path));
    }
    // A page number beside a URL is not used.
    let number = "{name: page, in: query, schema: {type: integer, default: 1}}";
    check_inferred("GET /pets", number, "", &page(&format!("next: {uri}")), &expected("\"next\""));
    check_rejected("GET /pets", LIMIT, "", &page("next: {type: string}"), "");
    // The description of a cursor contradicts that of the field.
    let cursor = |text: &str| {
        format!("{{name: cursor, in: query, schema: {{type: string}}, description: '{text}'}}")
    };
    let next_page =
        page(&format!("next_page: {}", string_schema("A URL that calls the next page.")));
    let reason = "the description of the query parameter `cursor` says that it takes the value of the field \
                  `next_page`, which is a URL";
    let taken = cursor("Provide the next_page value of the previous response.");
    check_rejected("GET /pets", &taken, "", &next_page, reason);
    let part = cursor("The cursor in the URL next_page.");
    check_inferred("GET /pets", &part, "", &next_page, &expected("\"next_page\""));
}

#[test]
fn the_first_page_is_never_assumed() {
    let page = format!("pets: {{{PETS}}}, more: {{type: boolean}}");
    for (schema, description, first) in [
        ("default: 0", "", 0),
        ("default: 1, minimum: 0", "", 1),
        ("minimum: 1", "", 1),
        ("example: 1", "", 1),
        ("maximum: 9", "Zero-based page number.", 0),
        ("minimum: 0", "The page; the first page is 1.", 1),
    ] {
        let parameter = format!(
            "{{name: page, in: query, schema: {{type: integer, {schema}}}, description: '{description}'}}"
        );
        let expected =
            format!("page({first}).query(\"page\").items(&[\"pets\"]).more(&[\"more\"])");
        check_inferred("GET /pets", &parameter, "", &page, &expected);
    }
    let unknown = "neither its default, minimum and example nor its description state the number of the first \
                   page";
    for (schema, description, reason) in [
        ("maximum: 9", "The page to fetch.", unknown),
        (
            "default: 0",
            "The first page is 1.",
            "its default and its description state different first pages",
        ),
        ("example: 3", "", unknown),
    ] {
        let parameter = format!(
            "{{name: page, in: query, schema: {{type: integer, {schema}}}, description: '{description}'}}"
        );
        check_rejected("GET /pets", &parameter, "", &page, reason);
    }
}

#[test]
fn an_offset_counts_items_from_zero() {
    let offset = |rest: &str| format!("{{name: offset, in: query, {rest}}}, {LIMIT}");
    check_inferred(
        "GET /pets",
        &offset("schema: {type: integer}"),
        "",
        "",
        r#"offset().query("offset")"#,
    );
    let start = "{name: startAt, in: query, schema: {type: integer, default: 0}}, \
                 {name: maxResults, in: query, schema: {type: integer}}";
    check_inferred("GET /pets", start, "", "", r#"offset().query("startAt")"#);
    let number = "schema: {type: integer}, description: 'The page number. Default: **1**'";
    check_inferred("GET /pets", &offset(number), "", "", r#"page(1).query("offset")"#);
    let reason = "it does not count items from 0";
    check_rejected("GET /pets", &offset("schema: {type: integer, minimum: 1}"), "", "", reason);
    let index =
        format!("{{name: index, in: query, schema: {{type: integer, default: 0}}}}, {LIMIT}");
    let reason = "it may be the number of a page or of an item";
    check_rejected("GET /pets", &index, "", "", reason);
}

#[test]
fn the_list_is_found_beside_metadata() {
    let parameters = format!("{{name: offset, in: query, schema: {{type: integer}}}}, {LIMIT}");
    let list = |name: &str| format!("{name}: {{{PETS}}}");
    for (operation, names, expected) in [
        ("GET /pets", &["errors", "warnings", "pets"][..], "pets"),
        ("GET /pets", &["order", "entries"], "entries"),
        ("GET /pets", &["included", "data"], "data"),
        ("GET /v1/pets/search", &["pets", "owners"], "pets"),
        ("GET /audit-logs", &["users", "audit_log_entries"], "audit_log_entries"),
        ("GET /errors", &["errors"], "errors"),
    ] {
        let page: Vec<String> = names.iter().map(|name| list(name)).collect();
        let expected = format!("offset().query(\"offset\").items(&[\"{expected}\"])");
        check_inferred(operation, &parameters, "", &page.join(", "), &expected);
    }
    for (names, reason) in [
        (&["users", "teams"][..], "the response has several lists: `users`, `teams`"),
        (&["pets", "pet_entries"], "the response has several lists: `pets`, `pet_entries`"),
        (&["pets", "data"], "the response has several lists: `pets`, `data`"),
        (&["errors"], "the response has only lists of metadata: `errors`"),
    ] {
        let page: Vec<String> = names.iter().map(|name| list(name)).collect();
        check_rejected("GET /pets", &parameters, "", &page.join(", "), reason);
    }
    let nested = format!("meta: {{type: object, properties: {{{}}}}}", list("pets"));
    let expected = r#"offset().query("offset").items(&["meta", "pets"])"#;
    check_inferred("GET /pets", &parameters, "", &nested, expected);
}

#[test]
fn a_cursor_with_a_condition_is_not_used() {
    let marker = "{name: marker, in: query, schema: {type: string}, description: 'This requires `usemarker`.'}";
    let condition = "{name: usemarker, in: query, schema: {type: boolean}}";
    let page = format!("entries: {{{PETS}}}, next_marker: {{type: string}}");
    let reason = "its description says that it requires another parameter";
    check_rejected("GET /pets", &format!("{marker}, {condition}"), "", &page, reason);
    let expected = r#"cursor(&["next_marker"]).query("marker").items(&["entries"])"#;
    check_inferred("GET /pets", marker, "", &page, expected);
    let offset = format!(
        "{marker}, {condition}, {{name: offset, in: query, schema: {{type: integer}}}}, {LIMIT}"
    );
    check_inferred(
        "GET /pets",
        &offset,
        "",
        &page,
        r#"offset().query("offset").items(&["entries"])"#,
    );
}
