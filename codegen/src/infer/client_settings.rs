//! Which parameters are set once for all calls of a client, such as a version or an account.

use heck::ToSnakeCase;

use super::Context;
use crate::ir::{
    Api, ClientSetting, Conclusion, Inference, Parameter, ParameterIn, Rejection, Scalar, Shape,
    State, StringFormat, Style, Subject, Type, setting_key,
};
use crate::report::{Problem, Report, suggest};

/// How many operations have to require a parameter.
const MIN_OPERATIONS: usize = 5;

/// How many percent of the operations have to require it.
const MIN_PERCENT: usize = 90;

/// Words in names of parameters that have another value in each request. With one value for all of
/// them, a server would take a second payment for a repetition of the first.
const WORDS_OF_REQUESTS: [&str; 12] = [
    "idempotency",
    "idempotence",
    "request",
    "correlation",
    "trace",
    "nonce",
    "timestamp",
    "date",
    "time",
    "signature",
    "digest",
    "reference",
];

/// Words in names of path parameters that stand for the caller. Any other one selects what a request
/// is about.
const WORDS_OF_CALLERS: [&str; 11] = [
    "account",
    "client",
    "company",
    "merchant",
    "org",
    "organization",
    "organisation",
    "project",
    "realm",
    "tenant",
    "workspace",
];

/// Marks the parameters that most operations require, or that `[settings]` lists, and adds them to the
/// API.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let mut rules = context.manifest.settings.clone();
    // Those are about credentials in bodies.
    rules.retain(|key, _| !key.starts_with("body:"));
    let candidates = candidates(api);
    let known: Vec<String> = candidates.iter().map(Candidate::key).collect();
    let mut inferences = Vec::new();
    for candidate in candidates {
        let key = candidate.key();
        let is_common = candidate.is_required_by_most(api.operations.len());
        let rule = rules.get(&key).copied();
        if rule != Some(true) && (!is_common || candidate.is_subject()) {
            continue;
        }
        rules.remove(&key);
        let Some(first) = candidate.operations.first() else { continue };
        let subject = Subject::Parameter(*first, candidate.location, candidate.wire.clone());
        let obstacle = candidate.obstacle(api).or_else(|| match rule {
            Some(true) => None,
            Some(false) | None => candidate.doubt(api),
        });
        let state = match (obstacle, rule) {
            (_, Some(false)) => State::Rejected(Rejection::Manifest),
            (Some(reason), _) => State::Rejected(Rejection::Document(reason.to_owned())),
            (None, _) => State::Inferred,
        };
        let inference = match rule {
            Some(true) if state == State::Inferred => {
                let rule = format!("`[settings]` lists `{key}`");
                context.pin(api, subject, Conclusion::ClientSetting, &["settings", &key], rule)
            }
            _ => {
                let (count, all) = (candidate.operations.len(), api.operations.len());
                let rule = format!("{count} of {all} operations require it");
                context.infer(api, subject, Conclusion::ClientSetting, state, rule)
            }
        };
        if !matches!(inference.state, State::Rejected(_)) {
            apply(api, &candidate);
        }
        inferences.push(Inference { key, ..inference });
    }
    for (key, is_setting) in rules {
        let message = match is_setting {
            true => format!("no operation requires the parameter `{key}`"),
            false => format!("`{key}` has no effect: the parameter is not inferred as a setting"),
        };
        report_unused(context, &key, message, &known, report);
    }
    inferences
}

/// A parameter that operations require.
struct Candidate {
    location: ParameterIn,
    wire: String,
    operations: Vec<usize>,
}

impl Candidate {
    fn key(&self) -> String {
        setting_key(self.location, &self.wire)
    }

    fn is_required_by_most(&self, count: usize) -> bool {
        let required = self.operations.len();
        required >= MIN_OPERATIONS
            && required.saturating_mul(100) >= count.saturating_mul(MIN_PERCENT)
    }

    fn parameters<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a Parameter> {
        let operations = self.operations.iter().filter_map(|index| api.operations.get(*index));
        operations.filter_map(|operation| operation.parameter(self.location, &self.wire))
    }

    /// Returns why it cannot be a setting.
    fn obstacle(&self, api: &Api) -> Option<&'static str> {
        let mut parameters = self.parameters(api);
        let first = parameters.next()?;
        if !parameters.all(|it| is_same_type(api, &it.ty, &first.ty)) {
            return Some("the operations declare it with different types");
        }
        (!is_plain(api, first)).then_some("its value is a list or an object")
    }

    /// Returns why one value for all calls would probably be wrong.
    fn doubt(&self, api: &Api) -> Option<&'static str> {
        let first = self.parameters(api).next()?;
        let is_own = self.has_word(&WORDS_OF_REQUESTS) || is_time(&first.ty);
        is_own.then_some("its name or type says that each request has a value of its own")
    }

    /// Returns whether it selects what a request is about, such as an `id` in the path.
    fn is_subject(&self) -> bool {
        self.location == ParameterIn::Path && !self.has_word(&WORDS_OF_CALLERS)
    }

    fn has_word(&self, words: &[&str]) -> bool {
        self.wire.to_snake_case().split('_').any(|word| words.contains(&word))
    }
}

/// Returns every parameter that operations require, in the order of its first one.
fn candidates(api: &Api) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let is_argument = |it: &&Parameter| it.required && !it.computed && it.constant.is_none();
        for parameter in operation.parameters.iter().filter(is_argument) {
            let Parameter { location, wire, .. } = parameter;
            // A cookie cannot be overridden: cookies are added to those that are set already.
            if *location == ParameterIn::Cookie {
                continue;
            }
            match candidates.iter_mut().find(|it| parameter.is(it.location, &it.wire)) {
                Some(known) => known.operations.push(index),
                None => candidates.push(Candidate {
                    location: *location,
                    wire: wire.clone(),
                    operations: vec![index],
                }),
            }
        }
    }
    candidates
}

fn is_time(ty: &Type) -> bool {
    let Type::Scalar(Scalar::Format(format)) = ty else { return false };
    matches!(format, StringFormat::Date | StringFormat::DateTime)
}

/// Whether two types are the same, or equal enums that operations declare inline.
fn is_same_type(api: &Api, a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Named(_), Type::Named(_)) => match (api.shape(a), api.shape(b)) {
            (Some(Shape::Enum(one)), Some(Shape::Enum(other))) => one == other,
            _ => a == b,
        },
        _ => a == b,
    }
}

/// Whether a parameter is a single value in the default style of its location.
fn is_plain(api: &Api, parameter: &Parameter) -> bool {
    let is_value = match &parameter.ty {
        Type::Scalar(scalar) => *scalar != Scalar::Binary,
        Type::Named(_) => matches!(api.shape(&parameter.ty), Some(Shape::Enum(_) | Shape::Id)),
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
    };
    let style = match parameter.location {
        ParameterIn::Query | ParameterIn::Cookie => Style::Form,
        ParameterIn::Path | ParameterIn::Header => Style::Simple,
    };
    is_value && parameter.style == style && !parameter.allow_reserved && parameter.content.is_none()
}

fn apply(api: &mut Api, candidate: &Candidate) {
    for index in &candidate.operations {
        let operation = api.operations.get_mut(*index);
        let parameters = operation.into_iter().flat_map(|operation| &mut operation.parameters);
        for parameter in parameters.filter(|it| it.is(candidate.location, &candidate.wire)) {
            parameter.is_setting = true;
        }
    }
    let Candidate { location, wire, .. } = candidate;
    api.settings.push(ClientSetting { wire: wire.clone(), location: *location });
}

/// Reports an entry of `[settings]` without effect. `known` are the keys that the table may have.
pub(super) fn report_unused(
    context: &Context<'_>,
    key: &str,
    message: String,
    known: &[String],
    report: &mut Report,
) {
    let otherwise = "correct the key, as in `header:Acme-Version`, or remove the line";
    let others = known.iter().map(String::as_str).filter(|other| *other != key);
    let help = suggest(key, others, otherwise);
    let location = context.manifest.location(&["settings", key]);
    report.error_or_warn(Problem::error(location, message).help(help));
}
