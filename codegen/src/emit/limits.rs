//! Tables of what is asked of values that are sent.

use super::print::literal;
use crate::ir::{Constraints, Literal, ParameterIn};
use crate::plan::{Limit, LimitTarget, Name};

/// How long a row may be that is not broken up.
const WIDTH: usize = 100;

/// ```text
/// runtime::limits!(ListOrders [
///     runtime::Limit::parameter(runtime::RequestLocation::Query, "size").most(runtime::Number::Int(500)),
/// ]);
/// ```
pub fn of_operation(request: &Name, limits: &[Limit]) -> String {
    format!("runtime::limits!({request} [{}]);\n", rows(limits))
}

/// The rows of a table, between its brackets.
pub fn rows(limits: &[Limit]) -> String {
    if limits.is_empty() {
        return String::new();
    }
    let mut out = "\n".to_owned();
    for limit in limits {
        let (subject, asks) = (subject(&limit.location), asks(limit));
        let line = format!("    {subject}{},\n", asks.concat());
        if line.len() <= WIDTH || asks.len() < 2 {
            out.push_str(&line);
        } else {
            let asks: Vec<String> = asks.iter().map(|ask| format!("\n        {ask}")).collect();
            out.push_str(&format!("    {subject}{},\n", asks.concat()));
        }
    }
    out
}

fn subject(location: &LimitTarget) -> String {
    match location {
        LimitTarget::Member(wire) => format!("runtime::Limit::of({})", literal(wire)),
        LimitTarget::Others => "runtime::Limit::others()".to_owned(),
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

/// The calls that add what is asked.
fn asks(limit: &Limit) -> Vec<String> {
    let mut out = Vec::new();
    if limit.filled {
        out.push(".filled()".to_owned());
    }
    constraints(&limit.constraints, &mut out);
    if let Some(items) = &limit.items {
        out.push(format!(".items(&{}{})", subject(&items.location), asks(items).concat()));
    }
    for (name, raises) in [("missing", &limit.missing), ("invalid", &limit.invalid)] {
        if let Some(raises) = raises {
            out.push(format!(".{name}({}, {})", literal(&raises.code), literal(&raises.message)));
        }
    }
    out
}

fn constraints(of: &Constraints, out: &mut Vec<String>) {
    let mut range = |name: &str, least: Option<u64>, most: Option<u64>| {
        if least.is_some() || most.is_some() {
            out.push(format!(".{name}({least:?}, {most:?})"));
        }
    };
    range("length", of.min_length, of.max_length);
    range("count", of.min_items, of.max_items);
    range("members", of.min_properties, of.max_properties);
    if let Some(pattern) = &of.pattern {
        out.push(format!(".pattern({})", literal(pattern)));
    }
    let bounds = [
        (&of.minimum, if of.exclusive_minimum { "more_than" } else { "least" }),
        (&of.maximum, if of.exclusive_maximum { "less_than" } else { "most" }),
        (&of.multiple_of, "multiple_of"),
    ];
    for (bound, name) in bounds {
        out.extend(bound.as_ref().and_then(number).map(|number| format!(".{name}({number})")));
    }
    if of.unique_items {
        out.push(".unique()".to_owned());
    }
}

fn number(literal: &Literal) -> Option<String> {
    match literal {
        Literal::Int(number) => Some(format!("runtime::Number::Int({number})")),
        Literal::Float(number) if number.is_finite() => {
            Some(format!("runtime::Number::Float({number:?})"))
        }
        Literal::Float(_) | Literal::Text(_) | Literal::Bool(_) | Literal::Json(_) => None,
    }
}
