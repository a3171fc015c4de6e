//! The written list of what the endpoint dialect loses. A difference between the two forms of one
//! operation is explained by a rule or is a defect. `DIALECT.md` is the description of the dialect
//! beside the corpus; each rule names the location there that says why nobody could do better.

use docwright::source::Node;

use super::changes::Changed;
use super::difference::{Difference, Top, What};
use super::members;
use super::naming;
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
        holds: naming::operation_id,
    },
    Rule {
        name: "the operation's tags: its file is named by its path",
        because: "§4.5: tags are lost",
        holds: naming::tags,
    },
    Rule {
        name: "a name that begins with the operation's",
        because: "§4.5: operationId is lost, and with it the names made of it",
        holds: naming::after_operation,
    },
    Rule {
        name: "a name that begins with that of a type whose name is lost",
        because: "§4.1, §4.3: the outer name is lost, and with it the names made of it",
        holds: naming::after_type,
    },
    Rule {
        name: "the name of a parameter's schema",
        because: "§4.3, §2 `parameters`: a plain $ref is resolved and leaves no refIdentifier",
        holds: naming::parameter_name,
    },
    Rule {
        name: "the name of a shared parameter",
        because: "§2 `parameters`: $ref is resolved; `components`: only schemas are there",
        holds: naming::shared_parameter,
    },
    Rule {
        name: "the name of an allOf: its entry bears a part's",
        because: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        holds: naming::all_of_bears_part,
    },
    Rule {
        name: "the name of an allOf: its part is known to be another type",
        because: "§4.1: which of two shapes under one refIdentifier is the named one",
        holds: naming::all_of_without_name,
    },
    Rule {
        name: "the names that the members of an allOf have from its part",
        because: "§4.1: the part is merged into the entry, and the name of the whole or of the part is lost",
        holds: naming::all_of_members,
    },
    Rule {
        name: "the name of an alternative that is an allOf",
        because: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        holds: naming::alternative_name,
    },
    Rule {
        name: "the names of alternatives of a union that has members of its own",
        because: "§2 `Compositions`: siblings of the union are merged into each",
        holds: naming::union_members,
    },
    Rule {
        name: "alternatives that only their names tell apart",
        because: "§4.1: each bears the name of the part that they share",
        holds: naming::equal_alternatives,
    },
    Rule {
        name: "the name of a oneOf or anyOf",
        because: "§4.2: the union's own name",
        holds: naming::union_name,
    },
    Rule {
        name: "the name of a shared response",
        because: "§2 `response`: $ref responses are resolved, their name lost",
        holds: naming::response_name,
    },
    Rule {
        name: "the number in the name of a response's type",
        because: "§2 `response`: $ref responses are resolved, their name lost: the others are not the only ones without",
        holds: naming::response_number,
    },
    Rule {
        name: "the name of a shared body",
        because: "§2 `components`: only schemas are there",
        holds: naming::shared_body,
    },
    Rule {
        name: "the format of a number at the top of a parameter, body or response",
        because: "§4.3: number formats of parameters and of top-level numbers",
        holds: number_format,
    },
    Rule {
        name: "a member that the other direction alone has",
        because: "§4.7: readOnly properties are dropped from requests, writeOnly ones from responses",
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
        because: "§4.8, §2 `Compositions`: parts are united by how deep they stand and whether they have a type",
        holds: members::united_order,
    },
    Rule {
        name: "an allOf whose parts contradict each other",
        because: "§2 `Compositions`: a conflict of types leaves `[{type: any}]`, and nothing of required",
        holds: members::contradiction,
    },
    Rule {
        name: "that a discriminator maps, and no oneOf lists",
        because: "§2 `Compositions`: a mapping without oneOf is turned into alternatives",
        holds: members::mapped,
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
        because: "§4.5, §2 `security`: schemes of unsupported kinds, and one of two in one location",
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
