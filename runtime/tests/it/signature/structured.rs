//! Structured fields are serialized exactly as the `sfv` crate serializes them.

use docwright_runtime::Url;
use docwright_runtime::signature::{Component, FieldNames, Message, Parameter, Profile, Target};
use sfv::{
    BareItem, Dictionary, FieldType, InnerList, Integer, Item, Key, ListEntry, Parameters, Parser,
    StringRef,
};

use super::{RFC_TIME, headers, signature_base};

static COMPONENTS: [Component; 4] = [
    Component::new("@method"),
    Component::new("@query-param").parameters(";name=\"a%20b\""),
    Component::new("X-Dictionary").parameters(";key=\"b\""),
    Component::new("X-Lines").parameters(";bs"),
];
const PARAMETERS: &[Parameter] =
    &[Parameter::KeyId, Parameter::Created, Parameter::Tag("a \"tag\""), Parameter::Expires];

/// Builds the same signature input with `sfv`.
fn expected(names: [&str; 4], id: &str) -> String {
    let text = |text: &str| BareItem::String(StringRef::from_str(text).unwrap().to_owned());
    let key = |key: &str| Key::from_string(key.to_owned()).unwrap();
    let component_parameters =
        [None, Some(("name", text("a%20b"))), Some(("key", text("b"))), Some(("bs", true.into()))];
    let items = names.iter().zip(component_parameters).map(|(name, parameter)| {
        let mut parameters = Parameters::new();
        parameters.extend(parameter.map(|(name, value)| (key(name), value)));
        Item { bare_item: text(name), params: parameters }
    });
    let mut parameters = Parameters::new();
    let seconds = |it: u64| BareItem::Integer(Integer::try_from(it as i64).unwrap());
    parameters.insert(key("keyid"), text(id));
    parameters.insert(key("created"), seconds(RFC_TIME));
    parameters.insert(key("tag"), text("a \"tag\""));
    parameters.insert(key("expires"), seconds(RFC_TIME + 60));
    let list = InnerList { items: items.collect(), params: parameters };
    let mut dictionary = Dictionary::new();
    dictionary.insert(key("sig1"), ListEntry::InnerList(list));
    dictionary.serialize().unwrap()
}

#[test]
fn signature_base_matches_sfv() {
    let url = Url::parse("https://EXAMPLE.com:8443/a/../b%2Fc?a%20b=c+%C3%A9&d").unwrap();
    let target = Target::from(&url);
    let headers = headers(&[
        ("X-Dictionary", " a=1,  b=2;x=1;y=2"),
        ("X-Dictionary", "c=(a b)"),
        ("X-Lines", "one, two"),
        ("X-Lines", " three "),
    ]);
    let method = http::Method::PUT;
    let message = Message::request(&method, &target, &headers);
    let written = ["@method", "@query-param", "X-Dictionary", "X-Lines"];
    let lower = written.map(str::to_ascii_lowercase);
    let lower = [&*lower[0], &*lower[1], &*lower[2], &*lower[3]];
    for (names, spelling) in [(lower, FieldNames::LowerCase), (written, FieldNames::AsWritten)] {
        let profile = Profile::RFC.components(&COMPONENTS).parameters(PARAMETERS).lifetime(60);
        let (base, signed) = signature_base(&profile.names(spelling), &message, "k\\1");
        let input = expected(names, "k\\1");
        assert_eq!(signed.input, input);
        let lines = format!(
            "\"@method\": PUT\n\"@query-param\";name=\"a%20b\": c%20%C3%A9\n\"{}\";key=\"b\": 2;x=1;y=2\n\
             \"{}\";bs: :b25lLCB0d28=:, :dGhyZWU=:\n\"@signature-params\": {}",
            names[2],
            names[3],
            &input["sig1=".len()..],
        );
        assert_eq!(base, lines);
        // The signature field parses, too.
        assert!(Parser::new(&signed.signature).parse::<Dictionary>().is_ok());
    }
}

/// §2.2: the derived components of one request.
#[test]
fn signature_derived_components() {
    static ALL: [Component; 7] = [
        Component::new("@method"),
        Component::new("@target-uri"),
        Component::new("@authority"),
        Component::new("@scheme"),
        Component::new("@request-target"),
        Component::new("@path"),
        Component::new("@query"),
    ];
    for (url, lines) in [
        (
            "https://www.Example.com:443/path?param=value",
            [
                "https://www.example.com/path?param=value",
                "www.example.com",
                "https",
                "/path?param=value",
                "/path",
                "?param=value",
            ],
        ),
        (
            "http://example.com:8080",
            ["http://example.com:8080/", "example.com:8080", "http", "/", "/", "?"],
        ),
        ("http://[::1]:80/?", ["http://[::1]/?", "[::1]", "http", "/?", "/", "?"]),
    ] {
        let target = Target::from(&Url::parse(url).unwrap());
        let (method, headers) = (http::Method::GET, headers(&[]));
        let (base, _) = signature_base(
            &Profile::RFC.components(&ALL),
            &Message::request(&method, &target, &headers),
            "k",
        );
        let values: Vec<_> = base.lines().map(|line| line.split_once(": ").unwrap().1).collect();
        assert_eq!(values[1..7], lines, "{url}");
    }
}
