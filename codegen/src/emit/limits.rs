//! Tables of limits on values that are sent.

use super::print::literal;
use crate::ir::ParameterIn;
use crate::plan::{Limit, LimitRule, LimitTarget, Name, RuleValue};

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
    out.extend(limit.rules.iter().map(rule_call));
    for (name, raises) in
        [("error_if_missing", &limit.missing), ("error_if_invalid", &limit.invalid)]
    {
        if let Some(raises) = raises {
            out.push(format!(".{name}({}, {})", literal(&raises.code), literal(&raises.message)));
        }
    }
    out
}

/// `.length(Some(5), Some(5))`
fn rule_call(rule: &LimitRule) -> String {
    let argument = match &rule.value {
        RuleValue::Flag => String::new(),
        RuleValue::Range(min, max) => format!("{min:?}, {max:?}"),
        RuleValue::Text(text) => literal(text),
        RuleValue::Limit(limit) => {
            format!("&{}{}", limit_target(&limit.target), builder_calls(limit).concat())
        }
        RuleValue::Int(number) => format!("runtime::Number::Int({number})"),
        RuleValue::Float(number) => format!("runtime::Number::Float({number:?})"),
    };
    format!(".{}({argument})", rule.name)
}
