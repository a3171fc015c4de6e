//! Every style, with and without `explode`, for every type, as in the specification.

use serde_json::{Value, json};

use super::*;

fn path(style: Style, value: &Value) -> String {
    style.to_single_value("color", value, Escape::Url).unwrap()
}

fn query(style: Style, value: &Value) -> String {
    let pairs = style.to_pairs("color", value, Escape::Url).unwrap();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// A row of the table "Style Examples": the style, then the serialized empty string, string, array and
/// object. The fields of the object are in alphabetical order.
type Row = (Style, fn(Style, &Value) -> String, [Option<&'static str>; 4]);

#[test]
#[rustfmt::skip]
fn styles_match_the_table_of_the_specification() {
    let table: &[Row] = &[
        (Style::MATRIX, path, [Some(";color"), Some(";color=blue"), Some(";color=blue,black,brown"), Some(";color=B,150,G,200,R,100")]),
        (Style::MATRIX.explode(true), path, [Some(";color"), Some(";color=blue"), Some(";color=blue;color=black;color=brown"), Some(";B=150;G=200;R=100")]),
        (Style::LABEL, path, [Some("."), Some(".blue"), Some(".blue,black,brown"), Some(".B,150,G,200,R,100")]),
        (Style::LABEL.explode(true), path, [Some("."), Some(".blue"), Some(".blue.black.brown"), Some(".B=150.G=200.R=100")]),
        (Style::SIMPLE, path, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B,150,G,200,R,100")]),
        (Style::SIMPLE.explode(true), path, [Some(""), Some("blue"), Some("blue,black,brown"), Some("B=150,G=200,R=100")]),
        (Style::FORM.explode(false), query, [Some("color="), Some("color=blue"), Some("color=blue,black,brown"), Some("color=B,150,G,200,R,100")]),
        (Style::FORM, query, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")]),
        // Not in the table: `form` with `allowReserved`, and exploded styles that are equal to `form`.
        (Style::FORM.allow_reserved(), query, [Some("color="), Some("color=blue"), Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")]),
        (Style::SPACE_DELIMITED.explode(true), query, [None, None, Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")]),
        (Style::PIPE_DELIMITED.explode(true), query, [None, None, Some("color=blue&color=black&color=brown"), Some("B=150&G=200&R=100")]),
        (Style::SPACE_DELIMITED, query, [None, None, Some("color=blue%20black%20brown"), Some("color=B%20150%20G%20200%20R%20100")]),
        (Style::PIPE_DELIMITED, query, [None, None, Some("color=blue%7Cblack%7Cbrown"), Some("color=B%7C150%7CG%7C200%7CR%7C100")]),
        (Style::DEEP_OBJECT, query, [None, None, None, Some("color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100")]),
    ];
    let values = [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"B": 150, "G": 200, "R": 100})];
    for (style, write, row) in table {
        for (value, expected) in values.iter().zip(row) {
            if let Some(expected) = expected {
                assert_eq!(write(*style, value), *expected, "{style:?} {value}");
            }
        }
    }
}

#[test]
fn values_are_escaped_for_their_location() {
    let value = json!("a/b?c&d=é %41,%");
    assert_eq!(path(Style::SIMPLE, &value), "a%2Fb%3Fc%26d%3D%C3%A9%20%2541%2C%25");
    assert_eq!(query(Style::FORM, &value), "color=a%2Fb%3Fc%26d%3D%C3%A9%20%2541%2C%25");
    assert_eq!(query(Style::FORM.allow_reserved(), &value), "color=a/b?c%26d=%C3%A9%20%41,%25");
    assert_eq!(
        Style::SIMPLE.to_single_value("h", &value, Escape::Header).unwrap(),
        "a/b?c&d=é %41,%"
    );
    assert_eq!(
        Style::FORM.to_pairs("c", &json!("a; b=1"), Escape::Cookie).unwrap(),
        [("c".to_owned(), "a%3B%20b=1".to_owned())]
    );
}

#[test]
fn null_and_empty_values_are_omitted() {
    for value in [json!(null), json!([]), json!([null]), json!({})] {
        assert_eq!(query(Style::FORM, &value), "");
        assert_eq!(query(Style::FORM.explode(false), &value), "");
        assert_eq!(query(Style::DEEP_OBJECT, &value), "");
        assert_eq!(path(Style::MATRIX, &value), "");
    }
}

#[test]
fn nested_values_are_written_as_json_or_in_brackets() {
    let value = json!({"a": [1, 2], "b": {"c": true}});
    assert_eq!(
        query(Style::DEEP_OBJECT, &value),
        "color%5Ba%5D%5B0%5D=1&color%5Ba%5D%5B1%5D=2&color%5Bb%5D%5Bc%5D=true"
    );
    assert_eq!(query(Style::FORM, &value), "a=%5B1%2C2%5D&b=%7B%22c%22%3Atrue%7D");
    assert_eq!(query(Style::JSON, &json!([1])), "color=%5B1%5D");
    assert!(Style::FORM.to_pairs("x", &vec![f64::NAN], Escape::Url).is_err());
}

/// Returns the pairs of a cookie as they are written in the header.
fn cookie(style: Style, value: &Value) -> Result<String, String> {
    let pairs =
        style.to_pairs("color", value, Escape::Cookie).map_err(|error| error.to_string())?;
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(pairs.join("; "))
}

fn header(style: Style, value: &Value) -> Result<String, String> {
    style.to_single_value("color", value, Escape::Header).map_err(|error| error.to_string())
}

#[test]
#[rustfmt::skip]
fn headers_and_cookies_are_serialized() {
    let values = [json!(""), json!("blue"), json!(["blue", "black"]), json!({"B": 150, "G": 200})];
    type Write = fn(Style, &Value) -> Result<String, String>;
    let table: &[(Style, Write, [&str; 4])] = &[
        (Style::SIMPLE, header, ["", "blue", "blue,black", "B,150,G,200"]),
        (Style::SIMPLE.explode(true), header, ["", "blue", "blue,black", "B=150,G=200"]),
        (Style::JSON, header, ["\"\"", "\"blue\"", r#"["blue","black"]"#, r#"{"B":150,"G":200}"#]),
        (Style::FORM, cookie, ["color=", "color=blue", "color=blue; color=black", "B=150; G=200"]),
        (Style::FORM.explode(false), cookie, ["color=", "color=blue", "color=blue,black", "color=B,150,G,200"]),
        (Style::JSON, cookie, ["color=%22%22", "color=%22blue%22", "color=[%22blue%22%2C%22black%22]", "color={%22B%22:150%2C%22G%22:200}"]),
    ];
    for (style, write, row) in table {
        for (value, expected) in values.iter().zip(row) {
            assert_eq!(write(*style, value).as_deref(), Ok(*expected), "{style:?} {value}");
        }
    }
}

#[test]
fn an_item_that_contains_the_separator_is_an_error() {
    let single_value = |style: Style, value: Value| {
        style.to_single_value("color", &value, Escape::Url).map_err(|error| error.to_string())
    };
    let pairs = |style: Style, value: Value| {
        style
            .to_pairs("color", &value, Escape::Url)
            .map_err(|error| error.to_string())
            .map(|it| it.len())
    };
    let ambiguous = |separator: char| {
        format!(
            "the value cannot be written: an item contains `{separator}`, which separates the items"
        )
    };
    let error = Err(ambiguous(','));
    assert_eq!(header(Style::SIMPLE, &json!(["a,b"])), error);
    assert_eq!(header(Style::SIMPLE, &json!({"a": "b,c"})), error);
    assert_eq!(header(Style::SIMPLE.explode(true), &json!({"a=b": "c"})), error);
    assert_eq!(header(Style::SIMPLE, &json!("a,b")).as_deref(), Ok("a,b"));
    assert_eq!(
        cookie(Style::FORM.explode(false), &json!(["a,b", ";"])).as_deref(),
        Ok("color=a%2Cb,%3B")
    );
    assert_eq!(path(Style::SIMPLE, &json!(["a,b", "c"])), "a%2Cb,c");
    assert_eq!(pairs(Style::PIPE_DELIMITED, json!(["a|b", "c"])), Err(ambiguous('|')));
    assert_eq!(pairs(Style::PIPE_DELIMITED.explode(true), json!(["a|b", "c"])), Ok(2));
    assert_eq!(pairs(Style::SPACE_DELIMITED, json!(["a b"])), Err(ambiguous(' ')));
    assert_eq!(
        pairs(Style::FORM.explode(false).allow_reserved(), json!(["a,b"])),
        Err(ambiguous(','))
    );
    assert_eq!(pairs(Style::FORM.allow_reserved(), json!(["a,b"])), Ok(1));
    assert_eq!(single_value(Style::LABEL.explode(true), json!(["a.b"])), Err(ambiguous('.')));
    assert_eq!(single_value(Style::LABEL, json!(["a.b"])).as_deref(), Ok(".a.b"));
}

#[test]
fn scalars_are_written_as_text() {
    let values = [
        (json!(true), "true"),
        (json!(-7), "-7"),
        (json!(u64::MAX), "18446744073709551615"),
        (json!(2.5), "2.5"),
        (json!("2026-01-02T03:04:05+01:00"), "2026-01-02T03%3A04%3A05%2B01%3A00"),
    ];
    for (value, expected) in values {
        assert_eq!(path(Style::SIMPLE, &value), expected);
        assert_eq!(query(Style::FORM, &value), format!("color={expected}"));
        assert_eq!(query(Style::FORM, &json!([value])), format!("color={expected}"));
        assert_eq!(
            query(Style::DEEP_OBJECT, &json!({"a": value})),
            format!("color%5Ba%5D={expected}")
        );
    }
}

#[test]
fn decimal_parameters_are_written_in_plain_notation() {
    let decimal = |text: &str| text.parse::<crate::Decimal>().unwrap();
    let values: [(&dyn Encode, &str); 6] = [
        (&decimal("1e-7"), "0.0000001"),
        (&decimal("12345678901234567.890"), "12345678901234567.890"),
        (&crate::DecimalString(decimal("1e2")), "100"),
        (&1e-7_f64, "0.0000001"),
        (&1e21_f64, "1000000000000000000000"),
        (&crate::Json::from(7), "7"),
    ];
    for (value, expected) in values {
        let single = Style::SIMPLE.to_single_value("color", value, Escape::Url).unwrap();
        assert_eq!(single, expected);
        for style in [Style::FORM, Style::DEEP_OBJECT] {
            let pairs = style.to_pairs("color", value, Escape::Url).unwrap();
            assert_eq!(pairs, [("color".to_owned(), expected.to_owned())]);
        }
    }
    let list = [decimal("1e-7"), decimal("1.50")];
    let pairs = Style::FORM.explode(false).to_pairs("x", &crate::List(&list), Escape::Url).unwrap();
    assert_eq!(pairs, [("x".to_owned(), "0.0000001,1.50".to_owned())]);
    assert!(Style::FORM.to_pairs("x", &f64::INFINITY, Escape::Url).is_err());
}
