//! What values mean beyond their types: amounts of money, dates, and files.
//!
//! A conclusion changes the type of a field or parameter to one that reads everything that the
//! previous type reads, so that a wrong conclusion never makes a response unreadable.

mod collections;
mod dates;
mod files;
mod ids;
mod money;
mod money_names;
mod rules;
mod values;

use super::Context;
use crate::ir::{
    Api, Conclusion, Inference, Meaning, Rejection, Scalar, State, StringFormat, Type,
};
use crate::report::Report;

pub use ids::infer_ids;
use rules::Rules;
use values::Value;

/// Infers what values mean, and reports patterns in `vendor.toml` that have no effect.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let values = values::collect_values(api, context);
    let topic = money::find_topic(api, &values);
    let mut rules = Rules::new(context.manifest);
    let mut inferences = Vec::new();
    for value in &values {
        let key = if rules.is_empty() { String::new() } else { context.key(api, &value.subject) };
        let can_be = |meaning: Meaning| can_be(api, value, meaning);
        if let Some((meaning, keys, rule)) = rules.find_pin(value, &key, &can_be) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let conclusion = Conclusion::Meaning(meaning);
            inferences.push(context.pin(api, value.subject.clone(), conclusion, &keys, rule));
            continue;
        }
        let Some((meaning, rule)) = find_meaning(api, value, topic.as_deref()) else { continue };
        let state = match rules.rejects(value, &key, meaning) {
            true => State::Rejected(Rejection::Manifest),
            false => State::Inferred,
        };
        let conclusion = Conclusion::Meaning(meaning);
        inferences.push(context.infer(api, value.subject.clone(), conclusion, state, rule));
    }
    if rules.has_unused() {
        let known: Vec<String> = values.iter().map(|it| context.key(api, &it.subject)).collect();
        rules.report_unused(context.manifest, &known, report);
    }
    for inference in &inferences {
        if let (Conclusion::Meaning(meaning), State::Inferred | State::Pinned) =
            (&inference.conclusion, &inference.state)
        {
            values::change_type(api, &inference.subject, &|ty| apply(*meaning, ty));
        }
    }
    inferences
}

/// Returns what a value means, and why.
fn find_meaning(api: &Api, value: &Value<'_>, topic: Option<&str>) -> Option<(Meaning, String)> {
    let money = || money::find_money(value, topic).map(|rule| (Meaning::Money, rule));
    let file = || files::find_file(value, api).map(|rule| (Meaning::File, rule));
    money().or_else(file).or_else(|| dates::find_date(value))
}

/// Whether the type of a value allows a meaning.
fn can_be(api: &Api, value: &Value<'_>, meaning: Meaning) -> bool {
    match meaning {
        Meaning::Money => money::is_number(value),
        Meaning::DateTime | Meaning::Date | Meaning::UnixTime => dates::can_be(value, meaning),
        Meaning::File => files::can_be_file(value, api),
    }
}

/// Gives a type the meaning.
fn apply(meaning: Meaning, ty: &mut Type) {
    match ty {
        Type::Nullable(inner) | Type::List(inner) => apply(meaning, inner),
        // An object without properties is a map, too.
        Type::Map(inner) if meaning != Meaning::File => apply(meaning, inner),
        Type::Map(_) | Type::Any | Type::Scalar(_) | Type::Named(_) => {
            *ty = Type::Scalar(match meaning {
                Meaning::Money => Scalar::Decimal,
                Meaning::DateTime => Scalar::Format(StringFormat::DateTime),
                Meaning::Date => Scalar::Format(StringFormat::Date),
                Meaning::UnixTime => Scalar::UnixTime,
                Meaning::File => Scalar::Binary,
            });
        }
    }
}
