use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::*;
use crate::{Json, from_slice, to_json};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn read<T: Decode>(json: &str) -> T {
    from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn written(value: &dyn Encode) -> String {
    String::from_utf8(to_json(value).unwrap()).unwrap()
}

const DIGITS_40: &str = "1234567890123456789012345678901234567890";

#[test]
fn decimal_digits_are_kept_and_written_in_plain_notation() {
    for (json, plain) in [
        ("0", "0"),
        ("-0", "-0"),
        ("7", "7"),
        ("9007199254740993", "9007199254740993"),
        ("99999999999999999999", "99999999999999999999"),
        (DIGITS_40, DIGITS_40),
        ("12345678901234567.89", "12345678901234567.89"),
        ("0.123456789012345678", "0.123456789012345678"),
        ("0.1", "0.1"),
        ("1.10", "1.10"),
        ("1.0", "1.0"),
        ("-0.00", "-0.00"),
        ("1e-7", "0.0000001"),
        ("-1.50e-3", "-0.00150"),
        ("1e2", "100"),
        ("1.50E+1", "15.0"),
        ("1.50e2", "150"),
        ("1.50e4", "15000"),
        ("0.05e1", "0.5"),
        ("0.0005e9", "500000"),
        ("0e5", "0"),
        ("0.00e1", "0.0"),
        ("0e-2", "0.00"),
    ] {
        assert_eq!(written(&read::<Decimal>(json)), plain, "{json}");
        assert_eq!(serde_json::from_str::<Decimal>(json).unwrap().as_str(), plain, "{json}");
        assert_eq!(serde_json::to_string(&read::<Decimal>(json)).unwrap(), plain, "{json}");
        let list: Vec<Decimal> = read(&format!("[{json}, {json}]"));
        assert_eq!(written(&list), format!("[{plain},{plain}]"));
    }
}

#[test]
fn decimal_text_may_have_a_sign_and_leading_zeros() {
    for (text, plain) in [
        ("+1.5", "1.5"),
        ("007", "7"),
        ("00", "0"),
        ("-00.50", "-0.50"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+.5e1", "5"),
    ] {
        assert_eq!(decimal(text).to_string(), plain, "{text}");
    }
    for text in [
        "", "-", "+", ".", "e5", "1e", "1e+", "1e5.0", "1.2.3", "1,5", " 1", "1 ", "1_000", "--1",
        "+-1", "0x10", "NaN", "inf", "infinity", "١",
    ] {
        assert_eq!(text.parse::<Decimal>(), Err(DecimalError::Syntax), "{text}");
    }
}

#[test]
fn decimal_numbers_have_at_most_1000_plain_digits() {
    let digits = |count: usize| "9".repeat(count);
    for accepted in [
        digits(1000),
        "1e999".to_owned(),
        "1e-999".to_owned(),
        format!("-{}.{}", digits(500), digits(500)),
        format!("{}e-500", digits(1000)),
        "0.0001e1003".to_owned(),
        "0e999999999".to_owned(),
    ] {
        assert!(accepted.parse::<Decimal>().is_ok(), "{accepted}");
        assert!(from_slice::<Decimal>(accepted.as_bytes()).is_ok(), "{accepted}");
    }
    for rejected in [
        digits(1001),
        "1e1000".to_owned(),
        "1e-1000".to_owned(),
        format!("{}.{}", digits(500), digits(501)),
        "1e999999999".to_owned(),
        "1e-9223372036854775808".to_owned(),
        "1e99999999999999999999".to_owned(),
        format!("1e{}", digits(1000)),
    ] {
        assert_eq!(rejected.parse::<Decimal>(), Err(DecimalError::TooLong), "{rejected}");
        let error = from_slice::<Vec<Decimal>>(format!("[{rejected:?}]").as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), "`[0]`: the value has more than 1000 digits");
    }
}

#[test]
fn decimal_reads_every_number_that_a_float_reads() {
    let small = format!("0.{}1", "0".repeat(1200));
    let long = format!("0.{}", "7".repeat(1500));
    for json in [
        &small,
        &long,
        "1e-1000",
        "-1.5e-2000",
        "1e-9223372036854775808",
        "1e-99999999999999999999",
        "0e99999999999999999999",
        "0e-99999999999999999999",
        "1e308",
        "-0.0",
        "5E-324",
        "9007199254740992.00",
    ] {
        assert!(from_slice::<f64>(json.as_bytes()).is_ok(), "{json}");
        let number: Decimal = read(json);
        assert_eq!(number, read::<Decimal>(&written(&number)), "{json}");
        assert!(number < decimal("1e309"), "{json}");
    }
    for json in [&small, &long, "1e-1000", "-1.5e-2000", "1e-99999999999999999999", "1e1000"] {
        assert_eq!(written(&read::<Decimal>(json)), json);
    }
    assert!(read::<Decimal>("1e-1000") < read("1e-999"));
    assert!(read::<Decimal>("1e1000") > decimal("9e999"));
    assert_eq!(read::<Decimal>("10e-1001"), read("1e-1000"));
}

#[test]
fn decimal_numbers_are_compared_and_hashed_by_value() {
    let hasher = RandomState::new();
    let ordered: &[&[&str]] = &[
        &["-1e20", "-100000000000000000000", "-100000000000000000000.0"],
        &["-2"],
        &["-1.5", "-15e-1", "-1.500"],
        &["-1"],
        &["-0.001", "-1e-3"],
        &["0", "-0", "0.00", "0e5", "-0.0"],
        &["0.0009", "9e-4"],
        &["0.001", "1e-3", "0.0010"],
        &["0.1"],
        &["0.10000000000000000000000000000001"],
        &["1", "1.0", "1.00", "10e-1", "0.1e1", "+01"],
        &["1.05"],
        &["1.5"],
        &["9", "9.000"],
        &["10", "1e1"],
        &["10.5"],
        &["9007199254740992"],
        &["9007199254740993"],
    ];
    for (index, equal) in ordered.iter().enumerate() {
        for (other, others) in ordered.iter().enumerate() {
            for (a, b) in equal.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
                let order = decimal(a).cmp(&decimal(b));
                assert_eq!(order, index.cmp(&other), "{a} {b}");
                assert_eq!(decimal(a) == decimal(b), index == other, "{a} {b}");
            }
        }
        let hashes: HashSet<_> = equal.iter().map(|it| hasher.hash_one(decimal(it))).collect();
        assert_eq!(hashes.len(), 1, "{equal:?}");
    }
}

#[test]
fn decimal_numbers_and_strings_differ_only_in_what_they_write() {
    for json in ["12.50", "\"12.50\""] {
        assert_eq!(written(&read::<Decimal>(json)), "12.50");
        assert_eq!(written(&read::<DecimalString>(json)), "\"12.50\"");
        assert_eq!(serde_json::from_str::<DecimalString>(json).unwrap().as_str(), "12.50");
    }
    assert_eq!(written(&read::<DecimalString>("\"1e-7\"")), "\"0.0000001\"");
    let error = |json: &str| from_slice::<DecimalString>(json.as_bytes()).unwrap_err().to_string();
    assert_eq!(error("\"12,50\""), "the value is not a decimal number");
    assert_eq!(error("\"\""), "the value is not a decimal number");
    assert_eq!(error("true"), "expected a decimal number in a string, found a boolean");
    let error = |json: &str| from_slice::<Decimal>(json.as_bytes()).unwrap_err().to_string();
    assert_eq!(error("null"), "expected a number, found null");
    assert_eq!(error("\"NaN\""), "the value is not a decimal number");
}

#[derive(Debug, PartialEq)]
enum Amount {
    Number(Decimal),
    String(DecimalString),
    Text(String),
    Unknown(Json),
}
crate::union!(Amount { Number(Decimal), String(DecimalString), Text(String) });

#[test]
fn decimal_variants_of_a_union_are_selected_by_their_form() {
    assert_eq!(read::<Amount>("1.0"), Amount::Number(decimal("1")));
    assert_eq!(read::<Amount>("\"1.0\""), Amount::String(decimal("1").into()));
    assert_eq!(read::<Amount>("\"one\""), Amount::Text("one".to_owned()));
}

#[test]
fn decimal_conversions_from_integers_and_the_default() {
    assert_eq!(Decimal::from(i64::MIN).as_str(), "-9223372036854775808");
    assert_eq!(Decimal::from(u64::MAX).as_str(), "18446744073709551615");
    assert_eq!(Decimal::from(u128::MAX).to_string(), u128::MAX.to_string());
    assert_eq!(Decimal::from(5_i32), Decimal::from(5_u8));
    assert_eq!(Decimal::default(), Decimal::from(0));
    assert_eq!(DecimalString::from(7).to_string(), "7");
    assert_eq!(DecimalString::default(), Decimal::default().into());
    assert_eq!(format!("{:?} {:>5}", decimal("1.50"), decimal("2")), "1.50     2");
}
