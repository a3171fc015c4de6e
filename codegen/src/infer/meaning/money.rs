//! Amounts of money, which must not be floats.
//!
//! A name such as `price` suffices. Names that have other meanings, too, such as `amount` or `total`,
//! require that the document says that it is money.

use super::money_names::{
    DESCRIPTION_NOUNS, DESCRIPTION_WORDS, MEASURES, MONEY_PATHS, NOT_MONEY_NAMES,
    NOT_MONEY_PHRASES, OTHER_NOUNS, PAGE_FIELDS, QUALIFIERS, STRONG_NOUNS, SUMS, USUAL_NOUNS,
};
use super::values::{Value, split_words};
use crate::ir::{Api, Scalar, Segment, Subject};

/// The keyword `format` of amounts.
const FORMATS: [&str; 4] = ["currency", "money", "amount", "monetary"];

/// Values beside a measured quantity.
const UNITS: [&str; 6] = ["unit", "units", "uom", "unit_of_measure", "measurement_unit", "metric"];

/// Whether a value of this type can be an exact decimal number instead.
pub fn is_number(value: &Value<'_>) -> bool {
    value.scalar() == Some(Scalar::Number)
}

/// Returns why the API is about money, if it is: it has currencies, or a path such as `/payments`.
pub fn find_topic(api: &Api, values: &[Value<'_>]) -> Option<String> {
    if values.iter().any(|value| names_currency(&value.words)) {
        return Some("in a document that has currencies".to_owned());
    }
    let segments = api.operations.iter().flat_map(|operation| &operation.path);
    let mut literals = segments.filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text.trim_matches('/')),
        Segment::Parameter(_) => None,
    });
    let path = literals.find_map(|text| text.split('/').find(|it| MONEY_PATHS.contains(it)))?;
    Some(format!("in a document that has the path `/{path}`"))
}

/// Whether a name says that values are in a currency.
fn names_currency(words: &[String]) -> bool {
    words.iter().any(|word| matches!(word.as_str(), "currency" | "currencies" | "fiat"))
}

/// Returns why a number is an amount of money, if it is. `topic` is why the document is about money.
pub fn find_money(value: &Value<'_>, topic: Option<&str>) -> Option<String> {
    let is_other =
        is_named_other(&value.words) || is_described_as_other(value) || is_page_size(value);
    if !is_number(value) || is_other {
        return None;
    }
    let name = format!("the name `{}`", value.wire);
    let noun = find_noun(&value.words);
    if noun == Some(Noun::Strong) {
        return Some(name);
    }
    let support = find_support(value);
    match (noun, support) {
        (Some(_), Some(support)) => Some(format!("{name} and {support}")),
        (Some(Noun::Usual), None) if !has_unit(value) => {
            topic.map(|topic| format!("{name} {topic}"))
        }
        (None, Some(support)) if has_currency_beside(value) && is_described_as_amount(value) => {
            Some(format!("the description and {support}"))
        }
        _ => None,
    }
}

/// How clearly a noun means money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Noun {
    /// It can mean anything that is counted or measured.
    Other,
    /// It means money if the document is about money.
    Usual,
    /// It means nothing else.
    Strong,
}

/// Returns the noun of a name: the last one, if only qualifiers follow it, as in `price_max_usd`.
fn find_noun(words: &[String]) -> Option<Noun> {
    let mut weakest = Noun::Strong;
    for (index, word) in words.iter().enumerate().rev() {
        let word = word.as_str();
        let previous = index.checked_sub(1).and_then(|it| words.get(it)).map(String::as_str);
        let pair = previous.map(|previous| format!("{previous} {word}"));
        let is = |table: &[&str]| {
            table.contains(&word) || pair.as_ref().is_some_and(|it| table.contains(&it.as_str()))
        };
        if is(STRONG_NOUNS) {
            return Some(weakest);
        } else if is(USUAL_NOUNS) {
            return Some(weakest.min(Noun::Usual));
        } else if is(OTHER_NOUNS) {
            return Some(Noun::Other);
        } else if !QUALIFIERS.contains(&word) {
            weakest = Noun::Other;
        }
    }
    None
}

/// Returns what else says that a value is money.
fn find_support(value: &Value<'_>) -> Option<String> {
    let format = value.keyword("format").filter(|format| FORMATS.contains(format));
    if let Some(format) = format {
        return Some(format!("the format `{format}`"));
    }
    if let Some(currency) = currency_beside(value) {
        return Some(format!("`{currency}` beside it"));
    }
    if names_currency(&value.words) {
        return Some("its currency".to_owned());
    }
    let described = description_words(value).into_iter();
    if let Some(word) = described.into_iter().find(|it| DESCRIPTION_WORDS.contains(&it.as_str())) {
        return Some(format!("the description's “{word}”"));
    }
    if let Some(price) = price_beside(value) {
        return Some(format!("`{price}` beside it"));
    }
    let is_money = |word: &String| matches!(word.as_str(), "money" | "price" | "currency");
    value.component.iter().any(is_money).then(|| "the name of its schema".to_owned())
}

fn currency_beside<'v>(value: &'v Value<'_>) -> Option<&'v String> {
    let is_currency = |word: &String| matches!(word.as_str(), "currency" | "currencies");
    let mut others = value.neighbors.iter().filter(|name| **name != value.wire);
    others.find(|name| split_words(name).iter().any(is_currency))
}

/// Returns the price or fee beside a sum, or beside the value of a quantity.
fn price_beside<'v>(value: &'v Value<'_>) -> Option<&'v String> {
    let last = value.words.last()?.as_str();
    let others = || value.neighbors.iter().filter(|name| **name != value.wire);
    let is_quantity = |name: &String| {
        matches!(split_words(name).join("_").as_str(), "amount" | "quantity" | "qty")
    };
    let is_value_of_quantity = last == "value" && others().any(is_quantity);
    if !is_value_of_quantity && !SUMS.contains(&last) {
        return None;
    }
    others().find(|name| {
        let words = split_words(name);
        find_noun(&words) == Some(Noun::Strong) && !is_named_other(&words)
    })
}

fn has_currency_beside(value: &Value<'_>) -> bool {
    currency_beside(value).is_some()
}

fn has_unit(value: &Value<'_>) -> bool {
    value.neighbors.iter().any(|name| UNITS.contains(&split_words(name).join("_").as_str()))
}

/// Whether the value is the number of items of a list or of a page.
fn is_page_size(value: &Value<'_>) -> bool {
    let [word] = value.words.as_slice() else { return false };
    let is_parameter = matches!(value.subject, Subject::Parameter(..));
    let mut others = value.neighbors.iter().map(|name| split_words(name).join("_"));
    match word.as_str() {
        "limit" | "total" | "totals" => {
            is_parameter || others.any(|name| PAGE_FIELDS.contains(&name.as_str()))
        }
        _ => false,
    }
}

/// Whether the description begins with what the value is an amount of.
fn is_described_as_amount(value: &Value<'_>) -> bool {
    let words = description_words(value);
    words.iter().take(6).any(|word| DESCRIPTION_NOUNS.contains(&word.as_str()))
}

/// Whether the name is that of a rate, a count or a measure.
fn is_named_other(words: &[String]) -> bool {
    let is_per = words.iter().any(|word| word == "per");
    let is_measure = words.last().is_some_and(|word| MEASURES.contains(&word.as_str()));
    (is_measure && !is_per) || words.iter().any(|word| NOT_MONEY_NAMES.contains(&word.as_str()))
}

/// Whether the description or the limits say that the value is a percentage, a count or a duration.
fn is_described_as_other(value: &Value<'_>) -> bool {
    let description = value.description.to_lowercase();
    let first = description.split(". ").next().unwrap_or_default();
    NOT_MONEY_PHRASES.iter().any(|phrase| first.contains(phrase))
        || value.maximum.is_some_and(|maximum| maximum <= 1.0)
}

fn description_words(value: &Value<'_>) -> Vec<String> {
    let description = value.description.to_lowercase();
    let words = description.split(|c: char| !c.is_alphanumeric() && c != '$');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_noun_of_a_name_counts() {
        for (name, expected) in [
            ("price", Some(Noun::Strong)),
            ("unitPrice", Some(Noun::Strong)),
            ("networkFeeMaxFiat", Some(Noun::Strong)),
            ("price_of_something_else", Some(Noun::Other)),
            ("amountToReceive", Some(Noun::Usual)),
            ("available_balance", Some(Noun::Usual)),
            ("cost_basis", Some(Noun::Usual)),
            ("total", Some(Noun::Other)),
            ("taxes", Some(Noun::Other)),
            ("width", None),
        ] {
            assert_eq!(find_noun(&split_words(name)), expected, "{name}");
        }
    }
}
