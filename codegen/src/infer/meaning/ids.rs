//! Ids of resources, each kind a type of its own: `CustomerId`, `ChargeId`.
//!
//! A kind is a component with a field `id`, such as `Customer`. Its ids are that field, the fields and
//! parameters called `customer_id`, and the parameter of a path such as `/customers/{id}`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::super::Context;
use super::collections::{Collections, WRAPPERS, resource_words, singulars};
use super::values::{Value, change_type, collect_values};
use crate::ir::{
    Api, Conclusion, Doc, Inference, ParameterIn, Rejection, Scalar, Shape, State, Subject, Type,
    TypeDef, TypeId, TypeName,
};
use crate::manifest::{Ids, matches_value};
use crate::report::{Problem, Report, suggest};

/// What descriptions say of ids that others assign.
const FOREIGN: [&str; 7] =
    ["your ", "external", "merchant-defined", "client-generated", "third-party", "google", "apple"];

/// The ids of OAuth clients are credentials, not resources.
const OAUTH_CLIENT: &str = "client";

/// The components with a field `id`: their words, and their keys.
type Resources = BTreeMap<Vec<String>, String>;

/// Infers which strings are ids, if `vendor.toml` requests it, and gives each kind a type of its own.
pub fn infer_ids(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let rules = &context.manifest.ids;
    if *rules == Ids::default() {
        return Vec::new();
    }
    let mut values = collect_values(api, context);
    values.retain(|value| value.scalar() == Some(Scalar::String));
    let mut used = BTreeSet::new();
    let mut inferences = Vec::new();
    for (value, guess) in values.iter().zip(guess_kinds(api, context, &values)) {
        let key = context.key(api, &value.subject);
        let matches = |pattern: &String| matches_value(pattern, &value.wire, &key);
        let reject = rules.reject.iter().position(matches);
        let pin = rules.types.iter().find_map(|(kind, patterns)| {
            patterns.iter().position(matches).map(|index| (kind, index.to_string()))
        });
        if let Some(index) = reject.filter(|_| pin.is_some() || guess.is_some()) {
            used.insert(["ids", "reject", &index.to_string()].map(str::to_owned).to_vec());
        }
        if let Some((kind, index)) = pin.filter(|_| reject.is_none()) {
            let keys = ["ids", "types", kind, &index];
            used.insert(keys.map(str::to_owned).to_vec());
            let rule = format!("`ids.types` lists it as `{kind}`");
            let conclusion = Conclusion::Id(kind.clone());
            inferences.push(context.pin(api, value.subject.clone(), conclusion, &keys, rule));
            continue;
        }
        let Some((kind, rule)) = guess else { continue };
        let state = match reject {
            Some(_) => State::Rejected(Rejection::Manifest),
            None => State::Inferred,
        };
        let conclusion = Conclusion::Id(kind);
        inferences.push(context.infer(api, value.subject.clone(), conclusion, state, rule));
    }
    report_unused(api, context, &values, &used, report);
    apply(api, &inferences);
    inferences
}

/// Returns the kind of each value, and why, if it is inferred. A kind with a single id is of no use.
fn guess_kinds(
    api: &Api,
    context: &Context<'_>,
    values: &[Value<'_>],
) -> Vec<Option<(String, String)>> {
    if !context.manifest.ids.infer {
        return vec![None; values.len()];
    }
    let collections = Collections::new(api);
    let mut resources = find_resources(api);
    resources.retain(|words, _| !collections.is_ambiguous(words));
    let guess = |value: &Value<'_>| guess_kind(api, &resources, &collections, value);
    let mut guesses: Vec<_> = values.iter().map(guess).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (kind, _) in guesses.iter().flatten() {
        *counts.entry(kind.clone()).or_default() += 1;
    }
    for guess in &mut guesses {
        guess.take_if(|(kind, _)| counts.get(kind).is_none_or(|count| *count < 2));
    }
    guesses
}

fn find_resources(api: &Api) -> Resources {
    let with_id = api.types.iter().filter_map(|def| {
        let (TypeName::Component(key), Shape::Struct(shape)) = (&def.name, &def.shape) else {
            return None;
        };
        let id = shape.fields.iter().find(|field| field.wire == "id")?;
        (id.ty == Type::Scalar(Scalar::String)).then(|| (resource_words(key), key.clone()))
    });
    with_id.filter(|(words, _)| !words.is_empty() && *words != [OAUTH_CLIENT]).collect()
}

fn guess_kind(
    api: &Api,
    resources: &Resources,
    collections: &Collections,
    value: &Value<'_>,
) -> Option<(String, String)> {
    let description = value.description.to_lowercase();
    if FOREIGN.iter().any(|words| description.contains(words)) {
        return None;
    }
    let (last, owner) = value.words.split_last()?;
    if !matches!(last.as_str(), "id" | "ids") {
        return None;
    }
    if !owner.is_empty() {
        let component = resources.get(owner)?;
        if names_other_resource(&description, owner) {
            return None;
        }
        let rule = format!("the name `{}`, and `{component}` has an `id`", value.wire);
        return Some((kind_name(owner), rule));
    }
    match &value.subject {
        Subject::Field(id, _) => {
            let TypeName::Component(key) = &api.types.get(id.0)?.name else { return None };
            let owner = resource_words(key);
            resources.get(&owner)?;
            Some((kind_name(&owner), format!("the field `id` of `{key}`")))
        }
        Subject::Parameter(operation, ParameterIn::Path, wire) => {
            let (collection, owner) =
                collections.find_resource(api, api.operations.get(*operation)?, wire, &|it| {
                    resources.contains_key(it)
                })?;
            Some((kind_name(&owner), format!("the path `/{collection}/{{{wire}}}`")))
        }
        _ => None,
    }
}

/// Whether a description such as "ID of the order" is that of an id of something else than this resource.
fn names_other_resource(description: &str, owner: &[String]) -> bool {
    let names_owner = |named: &str| {
        let words = named.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_owner = |word: &str| {
            let singulars = singulars(word).into_iter().filter_map(|it| it.into_iter().next());
            singulars.chain([word.to_owned()]).any(|it| owner.contains(&it))
        };
        words.into_iter().any(|word| is_owner(word) || WRAPPERS.contains(&word))
    };
    let named = ["of", "for"].into_iter().flat_map(|preposition| {
        ["a", "an", "the"].map(|article| format!("id {preposition} {article} "))
    });
    let named: Vec<&str> = named
        .filter_map(|phrase| {
            let (before, rest) = description.split_once(&phrase)?;
            let begins_word = !before.ends_with(|c: char| c.is_alphanumeric());
            begins_word.then(|| rest.split(['.', ',', ';', ':', '(', '\n']).next()).flatten()
        })
        .collect();
    !named.is_empty() && !named.into_iter().any(names_owner)
}

fn kind_name(words: &[String]) -> String {
    format!("{}Id", words.join("_").to_upper_camel_case())
}

/// Adds the types of the kinds, and makes the values of these types.
fn apply(api: &mut Api, inferences: &[Inference]) {
    let mut types: BTreeMap<&str, TypeId> = BTreeMap::new();
    for inference in inferences {
        let (Conclusion::Id(kind), State::Inferred | State::Pinned) =
            (&inference.conclusion, &inference.state)
        else {
            continue;
        };
        let id = *types.entry(kind).or_insert_with(|| add_type(api, kind));
        change_type(api, &inference.subject, &|ty| *ty.innermost_mut() = Type::Named(id));
    }
}

fn add_type(api: &mut Api, kind: &str) -> TypeId {
    let is_taken = |key: &str| {
        api.types.iter().any(|def| matches!(&def.name, TypeName::Component(it) if it == key))
    };
    let resource = kind.strip_suffix("Id").unwrap_or(kind);
    let key = match is_taken(kind) {
        true if resource == kind => format!("{kind}Id"),
        true => format!("{resource}Identifier"),
        false => kind.to_owned(),
    };
    let description = Some(format!("Identifies a resource of the kind `{resource}`."));
    let doc = Doc { description, ..Doc::default() };
    let (name, pointer) = (TypeName::Component(key), String::new());
    api.types.push(TypeDef { name, doc, shape: Shape::Id, pointer });
    TypeId(api.types.len() - 1)
}

/// Reports the patterns that have no effect. `used` are the keys of the others.
fn report_unused(
    api: &Api,
    context: &Context<'_>,
    values: &[Value<'_>],
    used: &BTreeSet<Vec<String>>,
    report: &mut Report,
) {
    let rules = &context.manifest.ids;
    let types = rules.types.iter().map(|(kind, patterns)| (vec!["ids", "types", kind], patterns));
    for (keys, patterns) in types.chain([(vec!["ids", "reject"], &rules.reject)]) {
        for (index, pattern) in patterns.iter().enumerate() {
            let index = index.to_string();
            let keys = [keys.as_slice(), &[index.as_str()]].concat();
            if used.contains(&keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>()) {
                continue;
            }
            let known: Vec<String> =
                values.iter().map(|it| context.key(api, &it.subject)).collect();
            let others = known.iter().map(String::as_str).filter(|key| key != pattern);
            let help = suggest(pattern, others, "correct the name, or remove it");
            let what =
                if keys.contains(&"reject") { "inferred id" } else { "string without a format" };
            let message = format!("`{pattern}` has no effect: it matches no {what}");
            report.error_or_warn(
                Problem::error(context.manifest.location(&keys), message).help(help),
            );
        }
    }
}
