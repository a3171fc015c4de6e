//! Tables of limits on values that are sent.

use super::print::literal;
use crate::ir::{Constraints, Literal, ParameterIn};
use crate::plan::{Limit, LimitTarget, Name};

/// The maximum width of a row on one line.
const MAX_WIDTH: usize = 100;

/// ```text
/// runtime::limits!(ListOrdersRequest [
///     runtime::Limit::parameter(runtime::RequestLocation::Query, "size").maximum(runtime::Number::Int(500)),
/// ]);
/// ```
pub fn limits_table(request: &Name, limits: &[Limit]) -> String {
    format!("runtime::limits!({request} [{}]);\n", limit_rows(limits))
}

/// Returns the rows of a table, without the brackets.
pub fn limit_rows(limits: &[Limit]) -> String {
    if limits.is_empty() {
        return String::new();
    }
    let mut out = "\n".to_owned();
    for limit in limits {
        let (target, calls) = (limit_target(&limit.target), builder_calls(limit));
        let line = format!("    {target}{},\n", calls.concat());
        if line.len() <= MAX_WIDTH || calls.len() < 2 {
            out.push_str(&line);
        } else {
            let calls: Vec<String> = calls.iter().map(|it| format!("\n        {it}")).collect();
            out.push_str(&format!("    {target}{},\n", calls.concat()));
        }
    }
    out
}

fn limit_target(target: &LimitTarget) -> String {
    match target {
        LimitTarget::Field(wire) => format!("runtime::Limit::field({})", literal(wire)),
        LimitTarget::Unnamed => "runtime::Limit::unnamed()".to_owned(),
        LimitTarget::Parameter(location, wire) => {
            let location = match location {
                ParameterIn::Path => "Path",
                ParameterIn::Query => "Query",
                ParameterIn::Header => "Header",
                ParameterIn::Cookie => "Cookie",
            };
            format!(
                "runtime::Limit::parameter(runtime::RequestLocation::{location}, {})",
                literal(wire)
            )
        }
    }
}

/// Returns the builder calls that add the limits.
fn builder_calls(limit: &Limit) -> Vec<String> {
    let mut out = Vec::new();
    if limit.non_empty {
        out.push(".non_empty()".to_owned());
    }
    constraint_calls(&limit.constraints, &mut out);
    if let Some(items) = &limit.items {
        out.push(format!(
            ".items(&{}{})",
            limit_target(&items.target),
            builder_calls(items).concat()
        ));
    }
    for (name, raises) in
        [("error_if_missing", &limit.missing), ("error_if_invalid", &limit.invalid)]
    {
        if let Some(raises) = raises {
            out.push(format!(".{name}({}, {})", literal(&raises.code), literal(&raises.message)));
        }
    }
    out
}

fn constraint_calls(constraints: &Constraints, out: &mut Vec<String>) {
    let mut add_range = |name: &str, minimum: Option<u64>, maximum: Option<u64>| {
        if minimum.is_some() || maximum.is_some() {
            out.push(format!(".{name}({minimum:?}, {maximum:?})"));
        }
    };
    add_range("length", constraints.min_length, constraints.max_length);
    add_range("item_count", constraints.min_items, constraints.max_items);
    add_range("property_count", constraints.min_properties, constraints.max_properties);
    if let Some(pattern) = &constraints.pattern {
        out.push(format!(".pattern({})", literal(pattern)));
    }
    let bounds = [
        (
            &constraints.minimum,
            if constraints.exclusive_minimum { "exclusive_minimum" } else { "minimum" },
        ),
        (
            &constraints.maximum,
            if constraints.exclusive_maximum { "exclusive_maximum" } else { "maximum" },
        ),
        (&constraints.multiple_of, "multiple_of"),
    ];
    for (bound, name) in bounds {
        out.extend(
            bound.as_ref().and_then(number_tokens).map(|number| format!(".{name}({number})")),
        );
    }
    if constraints.unique_items {
        out.push(".unique_items()".to_owned());
    }
}

fn number_tokens(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Int(number) => Some(format!("runtime::Number::Int({number})")),
        Literal::Float(number) if number.is_finite() => {
            Some(format!("runtime::Number::Float({number:?})"))
        }
        Literal::Float(_) | Literal::String(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}
