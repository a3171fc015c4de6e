//! The walker, which checks each value against its constraints.

use std::collections::BTreeSet;

use super::{number, pattern};
use crate::validate::failure::Violation;
use crate::wire::error::{is_plain_key, push_field, push_index};
use crate::wire::limit::{ApiError, Bound, Limit, Limits, Number, RequestLocation, Rule};
use crate::wire::{Encode, FieldVisitor, View};

/// Returns the violations in a body.
pub(super) fn validate_body(value: &dyn Encode, limits: &'static [Limit]) -> Vec<Violation> {
    let limit = limits.iter().find(|limit| limit.location == RequestLocation::Body);
    let mut walk =
        Walk { location: RequestLocation::Body, path: String::new(), violations: Vec::new() };
    walk.check_value(value, limit.unwrap_or(&NO_LIMIT), ApiErrors::default());
    walk.violations
}

/// Returns the violations in a parameter.
pub(super) fn validate_parameter(
    location: RequestLocation,
    name: &str,
    value: &dyn Encode,
    limits: &'static [Limit],
) -> Vec<Violation> {
    let is_named = |other: &str| match location {
        RequestLocation::Header => other.eq_ignore_ascii_case(name),
        _ => other == name,
    };
    let limit =
        limits.iter().find(|limit| limit.location == location && limit.name.is_some_and(is_named));
    let mut walk = Walk { location, path: name.to_owned(), violations: Vec::new() };
    walk.check_value(value, limit.unwrap_or(&NO_LIMIT), ApiErrors::default());
    walk.violations
}

static NO_LIMIT: Limit = Limit::unnamed();

/// The documented errors of the API for a value.
#[derive(Clone, Copy, Default)]
struct ApiErrors {
    missing: Option<ApiError>,
    invalid: Option<ApiError>,
}

impl ApiErrors {
    /// Returns the errors of a value. The items of an array and the values of a map inherit those of
    /// their parent unless they have their own.
    fn of_value(limit: &Limit, inherited: Self) -> Self {
        match (limit.error_if_missing, limit.error_if_invalid) {
            (None, None) => inherited,
            (missing, invalid) => Self { missing, invalid },
        }
    }
}

struct Walk {
    location: RequestLocation,
    path: String,
    violations: Vec<Violation>,
}

impl Walk {
    fn check_value(&mut self, value: &dyn Encode, limit: &'static Limit, inherited: ApiErrors) {
        let errors = ApiErrors::of_value(limit, inherited);
        let view = value.view();
        match view {
            View::Null | View::Bool(_) | View::Bytes(_) | View::File(_) => {}
            View::I64(_) | View::U64(_) | View::F64(_) | View::Number(_) => {
                self.check_number(view, limit, errors);
            }
            View::String(text) | View::Secret(text) => self.check_string(text, limit, errors),
            View::Array(array) => self.check_array(array, limit, errors),
            View::Object(object) => self.check_object(object, limit, errors),
        }
        if matches!(value.limits(), Limits::UnknownValue)
            && !self
                .violations
                .last()
                .is_some_and(|last| last.rule == Rule::Required && last.path == self.path)
        {
            self.report(Rule::Enum, errors);
        }
    }

    fn check_string(&mut self, text: &str, limit: &Limit, errors: ApiErrors) {
        if limit.non_empty && text.is_empty() {
            return self.report(Rule::Required, errors);
        }
        let length = text.chars().count() as u64;
        let out_of_range =
            self.check_range(length, limit.length, errors, Rule::MinLength, Rule::MaxLength);
        // A string that is too long is not matched, since matching may be slow.
        if let Some(pattern) = limit.pattern
            && !out_of_range
            && !pattern::matches(pattern, text)
        {
            self.report(Rule::Pattern(pattern), errors);
        }
    }

    fn check_number(&mut self, view: View<'_>, limit: &Limit, errors: ApiErrors) {
        let Some(value) = number::number_of(view) else { return };
        let violates = |bound: Bound, wrong: std::cmp::Ordering| {
            number::compare(&value, bound.number)
                .is_some_and(|order| order == wrong || (order.is_eq() && bound.exclusive))
        };
        let mut violated = Vec::new();
        if let Some(minimum) = limit.minimum.filter(|it| violates(*it, std::cmp::Ordering::Less)) {
            let rule: fn(Number) -> Rule =
                if minimum.exclusive { Rule::ExclusiveMinimum } else { Rule::Minimum };
            violated.push(rule(minimum.number));
        }
        if let Some(maximum) = limit.maximum.filter(|it| violates(*it, std::cmp::Ordering::Greater))
        {
            let rule: fn(Number) -> Rule =
                if maximum.exclusive { Rule::ExclusiveMaximum } else { Rule::Maximum };
            violated.push(rule(maximum.number));
        }
        violated.extend(
            limit
                .multiple_of
                .filter(|step| !number::is_multiple(&value, *step))
                .map(Rule::MultipleOf),
        );
        for rule in violated {
            self.report(rule, errors);
        }
    }

    fn check_array(&mut self, array: &dyn Encode, limit: &Limit, errors: ApiErrors) {
        let items = limit.items.unwrap_or(&NO_LIMIT);
        let mut seen = BTreeSet::new();
        let (mut count, mut has_duplicates) = (0_usize, false);
        array.items(&mut |item| {
            if limit.unique_items
                && let Ok(json) = crate::wire::to_json(item)
            {
                has_duplicates |= !seen.insert(json);
            }
            let before = self.path.len();
            push_index(&mut self.path, count);
            self.check_value(item, items, errors);
            self.path.truncate(before);
            count += 1;
        });
        self.check_range(count as u64, limit.item_count, errors, Rule::MinItems, Rule::MaxItems);
        if has_duplicates {
            self.report(Rule::UniqueItems, errors);
        }
    }

    fn check_object(&mut self, object: &dyn Encode, limit: &Limit, errors: ApiErrors) {
        // Only the type of a struct has a table; a map or untyped JSON has none.
        let struct_limits = match object.limits() {
            Limits::Fields(limits) => Some(limits),
            Limits::None | Limits::UnknownValue => None,
        };
        let table = struct_limits.unwrap_or_default();
        let additional = table.iter().find(|it| it.name.is_none());
        let mut count = 0;
        let mut next = 0;
        object.fields(&mut FieldVisitor::new(&mut |name, value| {
            count += 1;
            // Fields usually come in the order of the table.
            let is_named = |limit: &Limit| limit.name == Some(name);
            let at =
                (next..table.len()).chain(0..next).find(|at| table.get(*at).is_some_and(is_named));
            next = at.map_or(next, |at| at + 1);
            let before = self.path.len();
            // A map key may be personal data, such as a name; the name of a field is documented.
            let is_documented = at.is_some() || (struct_limits.is_some() && additional.is_none());
            push_field(
                &mut self.path,
                if is_documented || is_plain_key(name) { name } else { "*" },
            );
            match (at.and_then(|at| table.get(at)), struct_limits) {
                (Some(limit), _) => self.check_value(value, limit, ApiErrors::default()),
                (None, Some(_)) => {
                    self.check_value(value, additional.unwrap_or(&NO_LIMIT), ApiErrors::default());
                }
                (None, None) => {
                    self.check_value(value, limit.items.unwrap_or(&NO_LIMIT), errors);
                }
            }
            self.path.truncate(before);
        }));
        self.check_range(
            count,
            limit.property_count,
            errors,
            Rule::MinProperties,
            Rule::MaxProperties,
        );
    }

    /// Reports a number outside of a range, and returns whether it is.
    fn check_range(
        &mut self,
        number: u64,
        (min, max): (Option<u64>, Option<u64>),
        errors: ApiErrors,
        below: fn(u64) -> Rule,
        above: fn(u64) -> Rule,
    ) -> bool {
        let violated = match (min, max) {
            (Some(min), _) if number < min => below(min),
            (_, Some(max)) if number > max => above(max),
            _ => return false,
        };
        self.report(violated, errors);
        true
    }

    fn report(&mut self, rule: Rule, errors: ApiErrors) {
        let api_error = match rule {
            Rule::Required => errors.missing.or(errors.invalid),
            _ => errors.invalid,
        };
        self.violations.push(Violation {
            location: self.location,
            path: self.path.clone(),
            rule,
            code: api_error.map(|it| it.code),
            message: api_error.map(|it| it.message).filter(|text| !text.is_empty()),
        });
    }
}

#[cfg(test)]
mod tests;
