//! Ids of resources, each kind a type of its own: `CustomerId`, `ChargeId`.
//!
//! A kind is a component with a field `id`, such as `Customer`. Its ids are that field, the fields and
//! parameters called `customer_id`, and the parameter of a path such as `/customers/{id}`.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::super::Context;
use super::values::{Value, change_type, collect_values, split_words};
use crate::ir::{
    Api, Conclusion, Doc, Inference, ParameterIn, Rejection, Scalar, Segment, Shape, State,
    Subject, Type, TypeDef, TypeId, TypeName,
};
use crate::manifest::matches_value;
use crate::report::{Problem, Report, suggest};

/// Last words of the names of components that are the resource itself.
const WRAPPERS: [&str; 5] = ["dto", "model", "object", "resource", "response"];

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
        if let Some((kind, index)) = pin {
            let keys = ["ids", "types", kind, &index];
            used.insert(keys.map(str::to_owned).to_vec());
            let rule = format!("`ids.types` lists it as `{kind}`");
            let conclusion = Conclusion::Id(kind.clone());
            inferences.push(context.pin(api, value.subject.clone(), conclusion, &keys, rule));
            continue;
        }
        let Some((kind, rule)) = guess else { continue };
        let state = match reject {
            Some(index) => {
                used.insert(["ids", "reject", &index.to_string()].map(str::to_owned).to_vec());
                State::Rejected(Rejection::Manifest)
            }
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
    let resources = find_resources(api);
    let mut guesses: Vec<_> =
        values.iter().map(|value| guess_kind(api, &resources, value)).collect();
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

/// Returns the words of a resource, from the key of its component: `CustomerResponse` is a customer.
fn resource_words(key: &str) -> Vec<String> {
    let mut words = split_words(key);
    words.pop_if(|last| WRAPPERS.contains(&last.as_str()));
    words
}

fn guess_kind(api: &Api, resources: &Resources, value: &Value<'_>) -> Option<(String, String)> {
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
            let collection = find_collection(&api.operations.get(*operation)?.path, wire)?;
            let owner = singulars(&collection).into_iter().find(|it| resources.contains_key(it))?;
            Some((kind_name(&owner), format!("the path `/{collection}/{{{wire}}}`")))
        }
        _ => None,
    }
}

/// Returns the segment before a parameter of a path.
fn find_collection(path: &[Segment], wire: &str) -> Option<String> {
    let is_parameter = |it: &Segment| matches!(it, Segment::Parameter(name) if name == wire);
    let index = path.iter().position(is_parameter)?;
    match path.get(index.checked_sub(1)?)? {
        Segment::Literal(text) => text.strip_suffix('/')?.rsplit('/').next().map(str::to_owned),
        Segment::Parameter(_) => None,
    }
}

/// Returns the possible singular forms of the name of a collection, as words.
fn singulars(collection: &str) -> Vec<Vec<String>> {
    let endings = [("ies", "y"), ("es", ""), ("s", "")];
    let forms = endings.into_iter().filter_map(|(plural, singular)| {
        let start = collection.strip_suffix(plural)?;
        Some(split_words(&format!("{start}{singular}")))
    });
    forms.collect()
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
    let key = if is_taken(kind) { format!("{kind}entifier") } else { kind.to_owned() };
    let resource = kind.strip_suffix("Id").unwrap_or(kind);
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
