//! Acme (`tests/acme`), the invented payments vendor: its API contains every kind of security scheme,
//! every style of a parameter in every location, every form of a page and every key of `vendor.toml`.
//! That it contains every keyword is tested beside the tables of keywords.

use std::collections::BTreeSet;
use std::path::Path;

use docwright::ir::{Api, ApiKeyIn, ParameterIn, Scheme, SecurityScheme, Style};
use docwright::manifest::{
    AdditionalCode, Auth, Component, Constants, Dates, Digests, ErrorCodes, ErrorFields, Files,
    Idempotency, Ids, Manifest, Numbers, Pagination, PersonalData, Preference, Retry, RetryHeader,
    Signature, Source, Tokens, UntypedErrors, Webhooks,
};
use docwright::page::{self, Page};
use docwright::source::render::render;
use docwright::{Names, Report, Sources, Vendor, cli, load_api};

/// Returns the API as one document in several files.
pub fn document() -> Vendor {
    load("document")
}

/// Returns a part of the API as documentation pages.
pub fn pages() -> Vendor {
    load("pages")
}

fn load(form: &str) -> Vendor {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/acme").join(form);
    let loaded = cli::load_vendor(&folder, &format!("tests/acme/{form}"), "acme");
    let loaded = loaded.unwrap_or_else(|diagnostics| panic!("{}", diagnostics.render(false)));
    assert_eq!(loaded.report.problems, [], "{form}");
    loaded.vendor
}

fn lower(vendor: &Vendor) -> Api {
    let mut report = Report { strict: true, ..Report::default() };
    let mut sources = Sources::default();
    let loaded = load_api(vendor, &mut sources, &mut report);
    loaded.unwrap_or_else(|| panic!("{}", render(&sources, &report, false))).api
}

/// The styles that OpenAPI allows in each location, each with and without `explode` where that
/// differs.
const STYLES: [(ParameterIn, Style, &[bool]); 9] = [
    (ParameterIn::Path, Style::Simple, &[false, true]),
    (ParameterIn::Path, Style::Label, &[false, true]),
    (ParameterIn::Path, Style::Matrix, &[false, true]),
    (ParameterIn::Query, Style::Form, &[false, true]),
    (ParameterIn::Query, Style::SpaceDelimited, &[false]),
    (ParameterIn::Query, Style::PipeDelimited, &[false]),
    (ParameterIn::Query, Style::DeepObject, &[true]),
    (ParameterIn::Header, Style::Simple, &[false, true]),
    (ParameterIn::Cookie, Style::Form, &[false, true]),
];

#[test]
fn acme_contains_every_style_in_every_location() {
    let api = lower(&document());
    let parameters: Vec<_> = api.operations.iter().flat_map(|it| &it.parameters).collect();
    let mut missing = Vec::new();
    for (location, style, explodes) in STYLES {
        for explode in explodes {
            let found = parameters.iter().any(|it| {
                let is_plain = it.content.is_none();
                is_plain && (it.location, it.style, it.explode) == (location, style, *explode)
            });
            if !found {
                missing.push(format!("{location:?} {style:?} explode={explode}"));
            }
        }
    }
    for location in [ParameterIn::Query, ParameterIn::Header] {
        if !parameters.iter().any(|it| it.location == location && it.content.is_some()) {
            missing.push(format!("{location:?} with a media type"));
        }
    }
    if !parameters.iter().any(|it| it.allow_reserved) {
        missing.push("allowReserved".to_owned());
    }
    assert_eq!(missing, [""; 0]);
}

/// Returns the name of a kind of scheme. A new kind does not compile until it is listed here.
fn scheme_kind(scheme: &SecurityScheme) -> &'static str {
    match &scheme.scheme {
        Scheme::ApiKey { location: ApiKeyIn::Header, .. } => "header key",
        Scheme::ApiKey { location: ApiKeyIn::Query, .. } => "query key",
        Scheme::ApiKey { location: ApiKeyIn::Cookie, .. } => "cookie key",
        Scheme::Bearer { .. } => "bearer",
        Scheme::Basic => "basic",
        Scheme::OAuth2 { .. } => "oauth2",
        Scheme::OpenIdConnect => "openIdConnect",
        Scheme::MutualTls => "mutual TLS",
        Scheme::Other(_) => "other",
    }
}

#[test]
fn acme_contains_every_kind_of_security_scheme() {
    let api = lower(&document());
    let used = api.operations.iter().flat_map(|it| &it.security).flat_map(|it| &it.schemes);
    let used: BTreeSet<&String> = used.map(|(name, _)| name).collect();
    let found: BTreeSet<_> =
        api.schemes.iter().filter(|it| used.contains(&it.name)).map(scheme_kind).collect();
    let kinds = [
        "basic",
        "bearer",
        "cookie key",
        "header key",
        "mutual TLS",
        "oauth2",
        "openIdConnect",
        "other",
        "query key",
    ];
    assert_eq!(found, BTreeSet::from(kinds));
    let requirements = || api.operations.iter().map(|it| it.security.as_slice());
    assert!(requirements().any(<[_]>::is_empty), "an operation without credentials");
    assert!(requirements().any(|it| it.len() > 1), "alternatives");
    assert!(requirements().flatten().any(|it| it.schemes.len() > 1), "several schemes at once");
    assert!(requirements().flatten().any(|it| it.schemes.is_empty()), "optional credentials");
}

/// Adds the fields of a struct that have their default in all of these values. A new field does not
/// compile until it is listed.
macro_rules! unused_fields {
    ($missing:ident, $type:ident { $($field:ident),* $(, { $skipped:ident })* } in $values:expr) => {
        let values: Vec<&$type> = $values.into_iter().collect();
        $(if !values.iter().any(|value| is_set(&value.$field)) {
            $missing.push(concat!(stringify!($type), ".", stringify!($field)));
        })*
        // Every field is listed above.
        let _ = |value: $type| {
            let $type { $($field: _,)* $($skipped: _,)* } = value;
        };
    };
}

/// Returns whether a value differs from the default, judging by its debug output.
fn is_set(value: &impl std::fmt::Debug) -> bool {
    !matches!(format!("{value:?}").as_str(), "None" | "[]" | "{}" | "\"\"" | "Declared" | "false")
}

#[test]
fn acme_uses_every_key_of_vendor_toml() {
    let manifests = [document().manifest, pages().manifest];
    let all = || manifests.iter();
    let mut missing: Vec<&str> = Vec::new();
    unused_fields!(missing, Manifest {
        title, docs, sources, secrets, personal_data, numbers, dates, files, ids, constants, settings,
        additional_properties, names, error_codes, error_fields, untyped_errors, auth, tokens, pagination,
        signature, digest, idempotency, repeatable, retry, token_operations, webhooks, preferences, { source_text }
    } in all());
    unused_fields!(missing, Source { file, url, date, sha256 } in all().flat_map(|it| &it.sources));
    unused_fields!(missing, Names {
        layout, features, operations, resources, types, errors, servers, builder, { requests }, { files }, { constants }
    } in all().map(|it| &it.names));
    unused_fields!(missing, ErrorFields { code, message } in all().map(|it| &it.error_fields));
    unused_fields!(missing, PersonalData { add, remove } in all().map(|it| &it.personal_data));
    unused_fields!(missing, Numbers { reject, { decimal } } in all().map(|it| &it.numbers));
    if all().all(|it| it.numbers.decimal.patterns().is_empty()) {
        missing.push("Numbers.decimal");
    }
    unused_fields!(missing, Dates { date_time, date, unix_time, reject } in all().map(|it| &it.dates));
    unused_fields!(missing, Files { parts, reject } in all().map(|it| &it.files));
    unused_fields!(missing, Ids { infer, types, reject } in all().map(|it| &it.ids));
    unused_fields!(missing, Constants { exclude } in all().map(|it| &it.constants));
    unused_fields!(missing, ErrorCodes {
        field, extensions, code, message, status, reference, references, types, additional
    } in all().flat_map(|it| &it.error_codes));
    unused_fields!(missing, AdditionalCode { code, message, statuses, operations }
        in all().flat_map(|it| &it.error_codes).flat_map(|it| &it.additional));
    unused_fields!(missing, UntypedErrors { read_as, reason } in all().flat_map(|it| &it.untyped_errors));
    unused_fields!(missing, Auth { kind, name, prefix, description, operations }
        in all().flat_map(|it| it.auth.values()));
    unused_fields!(missing, Tokens { operation, body, id, secret, basic, constants, id_header, token, lifetime }
        in all().flat_map(|it| it.tokens.values()));
    unused_fields!(missing, Pagination { by, parameter, body, first, items, next, id, more, operations }
        in all().flat_map(|it| &it.pagination));
    unused_fields!(missing, Signature {
        operations, algorithm, label, components, parameters, tag, lifetime, names, target_uri,
        absent_query, pre_hash, encoding, configurable
    } in all().flat_map(|it| &it.signature));
    unused_fields!(missing, Component { name, parameters, methods, if_present, from, line }
        in all().flat_map(|it| &it.signature).flat_map(|it| &it.components));
    unused_fields!(missing, Digests { operations, methods, algorithms } in all().flat_map(|it| &it.digest));
    unused_fields!(missing, Idempotency { operations, methods, headers, field } in all().flat_map(|it| &it.idempotency));
    unused_fields!(missing, Retry { headers } in all().flat_map(|it| &it.retry));
    unused_fields!(missing, RetryHeader { name, format, statuses }
        in all().flat_map(|it| &it.retry).flat_map(|it| &it.headers));
    unused_fields!(missing, Webhooks {
        header, prefix, encoding, signed, time, algorithm, covers, key_format, window, event
    } in all().flat_map(|it| &it.webhooks));
    unused_fields!(missing, Preference { component, operation, page, reason } in all().flat_map(|it| &it.preferences));
    assert_eq!(missing, [""; 0], "tests/acme/*/vendor.toml lack these keys");
}

/// A form of a page: its name, and whether a page with this text above its block has it.
type PageForm = (&'static str, fn(&Page, &str) -> bool);

const PAGE_FORMS: [PageForm; 15] = [
    ("a document", |page, _| page.file.ends_with(".yaml")),
    ("an MDX file", |page, _| page.file.ends_with(".mdx")),
    ("a block of OpenAPI 3.0", |_, block| block.starts_with("openapi: 3.0")),
    ("a block of OpenAPI 3.1", |_, block| block.starts_with("openapi: 3.1")),
    ("a block of JSON", |_, block| block.starts_with('{')),
    ("a block of the endpoint dialect", |_, block| block.starts_with("paths:\n  path: /")),
    ("a webhook in OpenAPI", |page, block| is_webhook(page) && block.starts_with("openapi")),
    ("a webhook of the endpoint dialect", |page, block| {
        is_webhook(page) && block.starts_with("paths")
    }),
    ("a title", |page, _| page.title.is_some()),
    ("a description", |page, _| page.description.is_some()),
    ("a link", |page, _| page.link.is_some()),
    ("a callout", |page, _| !page.notes.is_empty()),
    ("the operation", |page, _| page.target.is_some()),
    ("a source", |page, _| page.source.is_some()),
    ("no source", |page, _| page.target.is_some() && page.source.is_none()),
];

fn is_webhook(page: &Page) -> bool {
    page.target.as_ref().is_some_and(|target| target.webhook)
}

#[test]
fn acme_contains_every_form_of_a_page() {
    let vendor = pages();
    let mut report = Report::default();
    let mut sources = Sources::default();
    let pages = page::read(&vendor.inputs, &mut sources, &mut report);
    assert_eq!(report.problems, []);
    let block = |page: &Page| {
        let document = &sources.documents[page.document as usize];
        document.text[document.block.clone()].to_owned()
    };
    for (name, has_form) in PAGE_FORMS {
        assert!(pages.iter().any(|page| has_form(page, &block(page))), "no page has {name}");
    }
    let files: BTreeSet<&str> = pages.iter().map(|page| page.file.as_str()).collect();
    assert!(files.len() < pages.len(), "no file has several pages");
    // The pages are one API with the same names as in the document.
    let operations = |vendor: &Vendor| -> BTreeSet<String> {
        lower(vendor)
            .operations
            .iter()
            .map(|it| format!("{:?} {}", it.method, it.template))
            .collect()
    };
    let (in_document, in_pages) = (operations(&document()), operations(&vendor));
    assert!(in_document.is_superset(&in_pages), "{:?}", in_pages.difference(&in_document));
    assert!(in_document.len() >= 40, "{}", in_document.len());
}
