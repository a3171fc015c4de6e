//! The written list of what the endpoint dialect loses. A difference between the two forms of one
//! operation is explained by a rule or is a defect. `DIALECT.md` is the description of the dialect
//! beside the corpus; each rule names the place there that says why nobody could do better.

use docwright::ir::{self, OperationName};
use docwright::source::Node;

use super::changes::Changed;
use super::difference::{Difference, Top, What};
use super::members;
use super::side::Side;

/// The two forms that differ.
pub struct Forms<'a> {
    /// OpenAPI.
    pub a: &'a Side,
    /// The dialect.
    pub b: &'a Side,
    /// Where the vendor changed the API between the two.
    pub changed: Option<&'a Changed<'a>>,
}

/// Something that the dialect loses.
pub struct Rule {
    /// What is lost.
    pub name: &'static str,
    /// Where `DIALECT.md` says so.
    pub because: &'static str,
    holds: fn(&Difference, &Forms<'_>) -> bool,
}

/// Every rule; the first that holds explains.
pub const RULES: &[Rule] = &[
    Rule {
        name: "the operation's id: the method is named by the page's title",
        because: "§4.5: operationId is lost",
        holds: operation_id,
    },
    Rule {
        name: "the operation's tags: its file is named by its path",
        because: "§4.5: tags are lost",
        holds: tags,
    },
    Rule {
        name: "a name that begins with the operation's",
        because: "§4.5: operationId is lost, and with it the names made of it",
        holds: after_operation,
    },
    Rule {
        name: "a name that begins with that of a type whose name is lost",
        because: "§4.1, §4.3: the outer name is lost, and with it the names made of it",
        holds: after_type,
    },
    Rule {
        name: "the name of a parameter's schema",
        because: "§4.3, §2 `parameters`: a plain $ref is resolved and leaves no refIdentifier",
        holds: parameter_name,
    },
    Rule {
        name: "the name of a shared parameter",
        because: "§2 `parameters`: $ref is resolved; `components`: only schemas are there",
        holds: shared_parameter,
    },
    Rule {
        name: "the name of an allOf: its entry bears a part's",
        because: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        holds: all_of_bears_part,
    },
    Rule {
        name: "the name of an allOf: its part is known to be another type",
        because: "§4.1: which of two shapes under one refIdentifier is the named one",
        holds: all_of_without_name,
    },
    Rule {
        name: "the names that the members of an allOf have from its part",
        because: "§4.1: the part is merged into the entry, and the name of the whole or of the part is lost",
        holds: all_of_members,
    },
    Rule {
        name: "the name of an alternative that is an allOf",
        because: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        holds: alternative_name,
    },
    Rule {
        name: "the names of alternatives of a union that has members of its own",
        because: "§2 `Compositions`: siblings of the union are merged into each",
        holds: union_members,
    },
    Rule {
        name: "alternatives that only their names tell apart",
        because: "§4.1: each bears the name of the part that they share",
        holds: equal_alternatives,
    },
    Rule {
        name: "the name of a oneOf or anyOf",
        because: "§4.2: the union's own name",
        holds: union_name,
    },
    Rule {
        name: "the name of a shared answer",
        because: "§2 `response`: $ref responses are resolved, their name lost",
        holds: answer_name,
    },
    Rule {
        name: "the number in the name of an answer's type",
        because: "§2 `response`: $ref responses are resolved, their name lost: the others are not the only ones without",
        holds: answer_number,
    },
    Rule {
        name: "the name of a shared body",
        because: "§2 `components`: only schemas are there",
        holds: shared_body,
    },
    Rule {
        name: "the format of a number at the top of a parameter, body or answer",
        because: "§4.3: number formats of parameters and of top-level numbers",
        holds: number_format,
    },
    Rule {
        name: "a member that the other direction alone has",
        because: "§4.7: readOnly properties are dropped from requests, writeOnly ones from answers",
        holds: members::one_way,
    },
    Rule {
        name: "that an object has other members",
        because: "§4.4: additionalProperties true against absent",
        holds: members::other_members,
    },
    Rule {
        name: "a required member of which nothing else is said",
        because: "§2 `requiredProperties`: it may name a member that was dropped, so only those it declares count",
        holds: members::undeclared,
    },
    Rule {
        name: "the member that tells alternatives apart",
        because: "§4.2: the discriminator and its mapping",
        holds: members::discriminator,
    },
    Rule {
        name: "a parameter with a media type",
        because: "§4.5, §2 `parameters`: with `content` the whole parameter vanishes",
        holds: members::content_parameter,
    },
    Rule {
        name: "how the members of a form are written",
        because: "§2 `body`, §4.5: `encoding` is lost",
        holds: members::encoding,
    },
    Rule {
        name: "null among the values of an enum",
        because: "§2, the row of `enum<string>`: what is no string is filtered out",
        holds: members::null_value,
    },
    Rule {
        name: "the order of the members that an allOf unites",
        because: "§4.8, §2 `Compositions`: parts without a type come last",
        holds: members::united_order,
    },
    Rule {
        name: "an allOf whose parts contradict each other",
        because: "§2 `Compositions`: a conflict of types leaves `[{type: any}]`, and nothing of required",
        holds: members::contradiction,
    },
    Rule {
        name: "unions inside of unions",
        because: "§4.2: nesting of unions",
        holds: members::nesting,
    },
    Rule {
        name: "what a schema is in the other direction",
        because: "§4.7: readOnly properties are dropped from requests, and with them what they are made of",
        holds: members::other_direction,
    },
    Rule {
        name: "how a call authenticates by a scheme that the dialect does not show",
        because: "§4.5, §2 `security`: schemes of unsupported kinds, and one of two in one place",
        holds: members::hidden_scheme,
    },
    Rule {
        name: "that a parameter may hold reserved letters",
        because: "§2 `parameters`: allowReserved is lost",
        holds: members::reserved,
    },
    Rule {
        name: "the vendor changed it between the two pages",
        because: "PAIRS.tsv says that the pages differ; each change stands in changes.tsv",
        holds: changed,
    },
];

impl Rule {
    /// The rule that explains `difference`.
    pub fn of(difference: &Difference, forms: &Forms<'_>) -> Option<&'static Self> {
        RULES.iter().find(|rule| (rule.holds)(difference, forms))
    }
}

fn operations<'f>(
    found: &Difference,
    forms: &Forms<'f>,
) -> Option<(&'f ir::Operation, &'f ir::Operation)> {
    let of = |side: &'f Side| Some(side.operations().get(&found.operation)?.0);
    Some((of(forms.a)?, of(forms.b)?))
}

fn operation_id(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((a, b)) = operations(found, forms) else { return false };
    matches!(found.what, What::Method(..))
        && matches!(a.name, OperationName::Id(_))
        && !matches!(b.name, OperationName::Id(_))
}

fn tags(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((a, b)) = operations(found, forms) else { return false };
    matches!(found.what, What::File(..)) && !a.tags.is_empty() && b.tags.is_empty()
}

/// Whether two names differ only in what they begin with.
fn after(found: &Difference) -> bool {
    let (What::TypeName(a, b), (before, its)) = (&found.what, &found.within) else { return false };
    let rest = a.strip_prefix(before.as_str());
    before != its
        && rest.is_some_and(|rest| !rest.is_empty())
        && rest == b.strip_prefix(its.as_str())
}

/// Whether it stands right in the operation, in no type of a name.
fn at_top(found: &Difference) -> bool {
    found.top != Top::Operation && found.steps.is_empty()
}

fn requests(found: &Difference, forms: &Forms<'_>) -> Option<(String, String)> {
    let of =
        |side: &Side| Some(side.operations().get(&found.operation)?.1.request.as_str().to_owned());
    Some((of(forms.a)?, of(forms.b)?))
}

fn after_operation(found: &Difference, forms: &Forms<'_>) -> bool {
    after(found) && requests(found, forms).as_ref() == Some(&found.within)
}

fn after_type(found: &Difference, forms: &Forms<'_>) -> bool {
    after(found) && requests(found, forms).as_ref() != Some(&found.within)
}

/// Whether a component's name stands against one that was made of the operation's.
fn component_against_made(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    at_top(found)
        && forms.a.component(a).is_some()
        && forms.b.component(b).is_none()
        && b.starts_with(&found.within.1)
}

fn parameter_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_reference = |schema: &&Node| schema.get("$ref").is_some();
    component_against_made(found, forms)
        && matches!(found.top, Top::Argument(..))
        && forms.a.schemas(found).iter().any(is_reference)
}

fn shared_parameter(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let shared = forms.a.shared_parameters(found);
    at_top(found)
        && b.starts_with(&found.within.1)
        && shared.iter().any(|key| letters(a).starts_with(&letters(key)))
}

/// The schemas at the place, if they are made of others by `keys`.
fn compositions<'f>(found: &Difference, forms: &Forms<'f>, keys: &[&str]) -> Vec<&'f Node> {
    let schemas = forms.a.schemas(found).into_iter().filter_map(|node| forms.a.resolved(node));
    schemas.filter(|node| keys.iter().any(|key| node.get(key).is_some())).collect()
}

fn all_of_bears_part(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(_, b) = &found.what else { return false };
    let Some(part) = forms.b.component(b) else { return false };
    let reference = format!("#/components/schemas/{part}");
    let has_part = |node: &&Node| {
        let parts = node.get("allOf").and_then(Node::as_array).unwrap_or_default();
        parts.iter().any(|node| node.get("$ref").and_then(Node::as_str) == Some(&reference))
    };
    at_top(found) && compositions(found, forms, &["allOf"]).iter().any(has_part)
}

fn all_of_without_name(found: &Difference, forms: &Forms<'_>) -> bool {
    component_against_made(found, forms) && !compositions(found, forms, &["allOf"]).is_empty()
}

/// Below an allOf whose name is lost: the names that its members have from a part.
fn all_of_members(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let Some(rest) = b.strip_prefix(&found.within.1).filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let from_part = |part: &str| letters(a) == letters(&format!("{part}{rest}"));
    forms.a.parts(found).iter().any(|part| from_part(part))
}

/// An alternative that is an allOf.
fn alternative_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_alternative = found.steps.last().is_some_and(|step| step.starts_with('|'));
    let (What::TypeName(a, _) | What::Name(a, _)) = &found.what else { return false };
    let composed = |name: &str| {
        let schema = forms.a.component(name).and_then(|key| forms.a.schema(key));
        schema.is_some_and(|schema| schema.get("allOf").is_some())
    };
    is_alternative && composed(a)
}

/// Below a union that has members of its own: names of the alternatives and of these members.
fn union_members(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((first, others)) = found.steps.split_first() else { return false };
    let own = |schema: &&Node| match others.first() {
        None => schema.get("properties").is_some(),
        Some(member) => schema.get("properties").is_some_and(|all| all.get(member).is_some()),
    };
    first.starts_with('|')
        && matches!(found.what, What::TypeName(..) | What::Name(..))
        && compositions(found, forms, &["oneOf", "anyOf"]).iter().any(own)
}

/// A union of allOfs that say the same, and bear one name in the dialect.
fn equal_alternatives(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_it = match &found.what {
        What::TypeName(..) => true,
        What::Type(a, b) => a == "a union" && b == "a struct",
        _ => false,
    };
    let all_composed = |schema: &&Node| {
        let lists = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        let raw = |node: &&Node| {
            match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => reference.rsplit('/').next().and_then(|key| forms.a.schema(key)),
                None => None,
            }
            .is_some_and(|schema| schema.get("allOf").is_some())
        };
        lists.flatten().all(|node| raw(&node))
    };
    let union = compositions(found, forms, &["oneOf", "anyOf"]);
    is_it && at_top(found) && !union.is_empty() && union.iter().all(all_composed)
}

fn union_name(found: &Difference, forms: &Forms<'_>) -> bool {
    component_against_made(found, forms)
        && !compositions(found, forms, &["oneOf", "anyOf"]).is_empty()
}

fn answer_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let Top::Answer(_) = found.top else { return false };
    let key =
        |reference: &str| reference.strip_prefix("#/components/responses/").map(str::to_owned);
    let names = forms
        .a
        .answers(found)
        .into_iter()
        .filter_map(|answer| answer.get("$ref").and_then(Node::as_str).and_then(key));
    at_top(found)
        && b.starts_with(&found.within.1)
        && names.into_iter().any(|name| letters(a).starts_with(&letters(&name)))
}

/// A key and the type that is named after it have the same letters.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Several answers that have no name of their own bear their status; with `$ref` they have names.
fn answer_number(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let (Some(a), Some(b)) = (a.strip_prefix(&found.within.0), b.strip_prefix(&found.within.1))
    else {
        return false;
    };
    let number = |text: &str| text.strip_prefix(a).is_some_and(|rest| rest.parse::<u16>().is_ok());
    matches!(found.top, Top::Answer(_))
        && a == "Response"
        && number(b)
        && forms.a.all_answers(found).iter().any(|answer| answer.get("$ref").is_some())
}

/// The body's name where it is a component.
fn shared_body(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let shared = forms.a.shared_body(found);
    at_top(found)
        && found.top == Top::Body
        && b.starts_with(&found.within.1)
        && shared.is_some_and(|key| letters(a).starts_with(&letters(key)))
}

fn number_format(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Type(a, b) = &found.what else { return false };
    let formatted = |node: &&Node| {
        forms.a.resolved(node).is_some_and(|schema| {
            let kind = schema.get("type").and_then(Node::as_str);
            matches!(kind, Some("integer" | "number")) && schema.get("format").is_some()
        })
    };
    let numbers = |name: &String| matches!(name.as_str(), "i32" | "i64" | "u64" | "f64");
    let top = found.top != Top::Operation && found.steps.iter().all(|step| step.starts_with('|'));
    top && numbers(a)
        && numbers(b)
        && (forms.a.schemas(found).iter().any(formatted)
            || members::any_schema(found, forms, |schema| formatted(&schema)))
}

fn changed(found: &Difference, forms: &Forms<'_>) -> bool {
    forms.changed.is_some_and(|changed| changed.explains(found))
}
