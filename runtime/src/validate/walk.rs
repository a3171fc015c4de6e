//! The walker: one value after the other, each with what is asked of it.

use std::collections::BTreeSet;

use super::limit::{Bound, Limit, Limits, Number, Raised};
use super::{Invalid, Rule, Violation, number, pattern};
use crate::catalogue::RequestLocation;
use crate::wire::{Encode, Members, View, is_plain_key, push_index, push_name};

/// Checks a value and all it holds by what the description says of their types.
///
/// # Errors
/// If a value is not what the description asks for.
pub fn validate(value: &dyn Encode) -> Result<(), Invalid> {
    Invalid::of(body(value, &[]))
}

/// What is wrong with a body.
pub(crate) fn body(value: &dyn Encode, limits: &'static [Limit]) -> Vec<Violation> {
    let own = limits.iter().find(|limit| limit.location == RequestLocation::Body);
    let mut walk = Walk { location: RequestLocation::Body, path: String::new(), found: Vec::new() };
    walk.value(value, own.unwrap_or(&NOTHING), Codes::default());
    walk.found
}

/// What is wrong with a parameter.
pub(crate) fn parameter(
    location: RequestLocation,
    name: &str,
    value: &dyn Encode,
    limits: &'static [Limit],
) -> Vec<Violation> {
    let same = |own: &str| match location {
        RequestLocation::Header => own.eq_ignore_ascii_case(name),
        _ => own == name,
    };
    let own =
        limits.iter().find(|limit| limit.location == location && limit.name.is_some_and(same));
    let mut walk = Walk { location, path: name.to_owned(), found: Vec::new() };
    walk.value(value, own.unwrap_or(&NOTHING), Codes::default());
    walk.found
}

static NOTHING: Limit = Limit::others();

/// The errors that the vendor responds with.
#[derive(Clone, Copy, Default)]
struct Codes {
    missing: Option<Raised>,
    invalid: Option<Raised>,
}

impl Codes {
    /// Those of a value; the items of a list and the values of a map have those of the whole unless
    /// they have their own.
    fn of(limit: &Limit, whole: Self) -> Self {
        match (limit.missing, limit.invalid) {
            (None, None) => whole,
            (missing, invalid) => Self { missing, invalid },
        }
    }
}

struct Walk {
    location: RequestLocation,
    path: String,
    found: Vec<Violation>,
}

impl Walk {
    fn value(&mut self, value: &dyn Encode, limit: &'static Limit, whole: Codes) {
        let codes = Codes::of(limit, whole);
        let view = value.view();
        match view {
            View::Null | View::Bool(_) | View::Bytes(_) | View::File(_) => {}
            View::I64(_) | View::U64(_) | View::F64(_) => self.number(view, limit, codes),
            View::Text(text) => self.text(text, limit, codes),
            View::List(list) => self.list(list, limit, codes),
            View::Record(record) => self.record(record, limit, codes),
        }
        if matches!(value.limits(), Limits::Unlisted)
            && !self
                .found
                .last()
                .is_some_and(|last| last.rule == Rule::Required && last.path == self.path)
        {
            self.report(Rule::Enum, codes);
        }
    }

    fn text(&mut self, text: &str, limit: &Limit, codes: Codes) {
        if limit.filled && text.is_empty() {
            return self.report(Rule::Required, codes);
        }
        let length = text.chars().count() as u64;
        let outside = self.range(length, limit.length, codes, Rule::MinLength, Rule::MaxLength);
        // A text that is too long is not given to a pattern, which may take its time.
        if let Some(pattern) = limit.pattern
            && !outside
            && !pattern::matches(pattern, text)
        {
            self.report(Rule::Pattern(pattern), codes);
        }
    }

    fn number(&mut self, view: View<'_>, limit: &Limit, codes: Codes) {
        let Some(value) = number::of(view) else { return };
        let beyond = |bound: Bound, wrong: std::cmp::Ordering| {
            number::compare(value, bound.number)
                .is_some_and(|order| order == wrong || (order.is_eq() && bound.excluded))
        };
        let mut broken = Vec::new();
        if let Some(least) = limit.least.filter(|it| beyond(*it, std::cmp::Ordering::Less)) {
            let rule: fn(Number) -> Rule =
                if least.excluded { Rule::ExclusiveMinimum } else { Rule::Minimum };
            broken.push(rule(least.number));
        }
        if let Some(most) = limit.most.filter(|it| beyond(*it, std::cmp::Ordering::Greater)) {
            let rule: fn(Number) -> Rule =
                if most.excluded { Rule::ExclusiveMaximum } else { Rule::Maximum };
            broken.push(rule(most.number));
        }
        broken.extend(
            limit.step.filter(|step| !number::is_multiple(value, *step)).map(Rule::MultipleOf),
        );
        for rule in broken {
            self.report(rule, codes);
        }
    }

    fn list(&mut self, list: &dyn Encode, limit: &Limit, codes: Codes) {
        let items = limit.items.unwrap_or(&NOTHING);
        let mut seen = BTreeSet::new();
        let (mut count, mut twice) = (0_usize, false);
        list.items(&mut |item| {
            if limit.unique
                && let Ok(json) = crate::wire::to_json(item)
            {
                twice |= !seen.insert(json);
            }
            let before = self.path.len();
            push_index(&mut self.path, count);
            self.value(item, items, codes);
            self.path.truncate(before);
            count += 1;
        });
        self.range(count as u64, limit.count, codes, Rule::MinItems, Rule::MaxItems);
        if twice {
            self.report(Rule::UniqueItems, codes);
        }
    }

    fn record(&mut self, record: &dyn Encode, limit: &Limit, codes: Codes) {
        let own = match record.limits() {
            Limits::Members(own) => Some(own),
            Limits::None | Limits::Unlisted => None,
        };
        let table = own.unwrap_or_default();
        let others = table.iter().find(|it| it.name.is_none());
        let mut count = 0;
        let mut next = 0;
        record.members(&mut Members::new(&mut |name, member| {
            count += 1;
            // Members come in the order of the table, as a rule.
            let is = |limit: &Limit| limit.name == Some(name);
            let at = (next..table.len()).chain(0..next).find(|at| table.get(*at).is_some_and(is));
            next = at.map_or(next, |at| at + 1);
            let before = self.path.len();
            // A key of a map may be anything, a person's name too; a member's name is known.
            let known = at.is_some() || (own.is_some() && others.is_none());
            push_name(&mut self.path, if known || is_plain_key(name) { name } else { "*" });
            match (at.and_then(|at| table.get(at)), own) {
                (Some(asked), _) => self.value(member, asked, Codes::default()),
                (None, Some(_)) => self.value(member, others.unwrap_or(&NOTHING), Codes::default()),
                (None, None) => self.value(member, limit.items.unwrap_or(&NOTHING), codes),
            }
            self.path.truncate(before);
        }));
        self.range(count, limit.members, codes, Rule::MinProperties, Rule::MaxProperties);
    }

    /// Whether a number is outside of a range, which is reported.
    fn range(
        &mut self,
        number: u64,
        (least, most): (Option<u64>, Option<u64>),
        codes: Codes,
        below: fn(u64) -> Rule,
        above: fn(u64) -> Rule,
    ) -> bool {
        let broken = match (least, most) {
            (Some(least), _) if number < least => below(least),
            (_, Some(most)) if number > most => above(most),
            _ => return false,
        };
        self.report(broken, codes);
        true
    }

    fn report(&mut self, rule: Rule, codes: Codes) {
        let raised = match rule {
            Rule::Required => codes.missing.or(codes.invalid),
            _ => codes.invalid,
        };
        self.found.push(Violation {
            location: self.location,
            path: self.path.clone(),
            rule,
            code: raised.map(|it| it.code),
            message: raised.map(|it| it.message).filter(|text| !text.is_empty()),
        });
    }
}

#[cfg(test)]
mod tests;
