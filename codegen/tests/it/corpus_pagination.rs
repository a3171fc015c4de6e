//! The paginated lists of well-known APIs.

use std::fmt::Write as _;

use docwright::ir::{
    Api, Conclusion, MediaKind, Operation, ParameterIn, Rejection, Shape, State, Status, Subject,
    Type,
};
use docwright::plan::{self, NameOverrides};
use docwright::{Input, LoadedApi, Report, Sources, Vendor, load_api};

use crate::corpus;

/// The documents of the APIs that are compared with hand-written clients.
const DOCUMENTS: [&str; 24] = [
    "adyen-balanceplatform-v2.json",
    "adyen-checkout-v71.yaml",
    "adyen-management-v3.json",
    "box-2025.json",
    "discord.json",
    "figma.yaml",
    "hubspot-pages.json",
    "intercom-2.11.yaml",
    "klaviyo.json",
    "notion-ae.yaml",
    "okta-idp.yaml",
    "okta-management.yaml",
    "okta-oauth.yaml",
    "openai.yaml",
    "orum.yaml",
    "pagerduty-scim.json",
    "pagerduty.json",
    "progenitor-github.json",
    "spotify-fixed.yaml",
    "square.json",
    "stripe-2020.json",
    "twilio-api.json",
    "twilio-messaging.yaml",
    "twilio-verify.json",
];

/// The names of parameters that select a page, without case and punctuation.
const PARAMETERS: [&str; 24] = [
    "after",
    "before",
    "cursor",
    "endingbefore",
    "index",
    "limit",
    "marker",
    "nextcursor",
    "nexttoken",
    "offset",
    "page",
    "pagecursor",
    "pagenumber",
    "pagesize",
    "pagetoken",
    "perpage",
    "pagelimit",
    "size",
    "skip",
    "start",
    "startcursor",
    "startingafter",
    "pageoffset",
    "take",
];

#[test]
#[ignore = "needs DOCWRIGHT_CORPUS"]
fn nine_of_ten_lists_of_well_known_apis_have_pages() {
    let mut text = String::new();
    let (mut all, mut paginated) = (0, 0);
    for file in DOCUMENTS {
        let lists = find_lists(file);
        let count = lists.iter().filter(|(_, reason)| reason.is_none()).count();
        let _ = writeln!(text, "{file}: {count} of {}", lists.len());
        for (key, reason) in &lists {
            let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            let _ = writeln!(text, "  {key}{reason}");
        }
        all += lists.len();
        paginated += count;
    }
    let text = format!("{paginated} of {all}\n{text}");
    insta::with_settings!({
        snapshot_path => "../../../tests/corpus",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("pagination", text) });
    assert!(paginated * 10 >= all * 9, "{paginated} of {all}");
}

/// Returns the operations of a document that may return a paginated list, each with the reason why its
/// request has no method `pages`.
fn find_lists(file: &str) -> Vec<(String, Option<String>)> {
    let bytes = std::fs::read(corpus::folder().join("specs").join(file)).unwrap();
    let inputs = vec![Input { file: file.to_owned(), bytes }];
    let vendor = Vendor { name: "acme".to_owned(), inputs, strict: false, ..Vendor::default() };
    let (mut sources, mut report) =
        (Sources::default(), Report { strict: false, ..Report::default() });
    let LoadedApi { api, openapi, keys, .. } =
        load_api(&vendor, &mut sources, &mut report).expect(file);
    let (manifest, recorded) = (&vendor.manifest, &vendor.recorded);
    let overrides = NameOverrides { manifest, recorded, keys: &keys };
    let plan = plan::plan("acme", &overrides, &api, openapi.root(), &mut report).expect(file);
    let lists = api.operations.iter().zip(&plan.operations).enumerate();
    let lists = lists.filter(|(_, (operation, _))| is_candidate(&api, operation));
    lists
        .map(|(index, (operation, planned))| {
            let reason = planned.pagination.is_none().then(|| reason(&api, index));
            (operation.key(), reason)
        })
        .collect()
}

/// Returns whether a parameter or a field of the body may select a page, and the response has an array.
fn is_candidate(api: &Api, operation: &Operation) -> bool {
    let is_page = |wire: &str| {
        let letters = wire.chars().filter(|c| c.is_alphanumeric());
        PARAMETERS.contains(&letters.flat_map(char::to_lowercase).collect::<String>().as_str())
    };
    let mut queries = operation.parameters.iter().filter(|it| it.location == ParameterIn::Query);
    let bodies = operation.body.iter().flat_map(|body| &body.media);
    let mut bodies = bodies.filter(|media| media.kind == MediaKind::Json);
    let has_parameter = queries.any(|it| is_page(&it.wire))
        || bodies.any(|media| fields(api, &media.ty).iter().any(|(wire, _)| is_page(wire)));
    let is_success = |status| match status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    };
    let responses = operation.responses.iter().filter(|it| is_success(it.status));
    let mut pages = responses.flat_map(|it| &it.media).filter(|it| it.kind == MediaKind::Json);
    has_parameter && pages.any(|media| has_array(api, &media.ty, 2))
}

fn has_array(api: &Api, ty: &Type, depth: usize) -> bool {
    let is_array = matches!(ty.without_null(), Type::List(_));
    is_array || depth > 0 && fields(api, ty).iter().any(|(_, ty)| has_array(api, ty, depth - 1))
}

fn fields<'a>(api: &'a Api, ty: &Type) -> Vec<(&'a str, &'a Type)> {
    match api.shape(ty) {
        Some(Shape::Struct(shape)) => {
            shape.fields.iter().map(|field| (field.wire.as_str(), &field.ty)).collect()
        }
        _ => Vec::new(),
    }
}

fn reason(api: &Api, operation: usize) -> String {
    let rejected =
        api.inferences.iter().find_map(|it| match (&it.subject, &it.conclusion, &it.state) {
            (Subject::Operation(index), Conclusion::Pagination(_), State::Rejected(rejection))
                if *index == operation =>
            {
                Some((&it.evidence.rule, rejection))
            }
            _ => None,
        });
    match rejected {
        Some((rule, Rejection::Document(reason))) => format!("{rule}; but {reason}"),
        Some((_, Rejection::Manifest)) | None => {
            "no parameter, field or header selects a page".to_owned()
        }
    }
}
