//! The rules for the information that the endpoint dialect loses.
//!
//! A difference between the two forms of an operation is explained by a rule or is a defect. Each
//! rule names the section of `DIALECT.md`, the documentation of the dialect in the corpus, that
//! says why the information is not available.

use docwright::source::Node;

use super::difference::{Aspect, Difference, OperationPart};
use super::form::ApiForm;
use super::vendor_changes::ChangedPair;
use super::{naming_rules, structure_rules};

/// The two forms of an API.
pub struct FormPair<'a> {
    /// The form in OpenAPI.
    pub openapi: &'a ApiForm,
    /// The form in the endpoint dialect.
    pub dialect: &'a ApiForm,
    /// The pair if the vendor changed the API between the two pages.
    pub changed: Option<&'a ChangedPair<'a>>,
}

/// A rule for information that the dialect loses.
pub struct Rule {
    /// The information that is lost.
    pub name: &'static str,
    /// The section of `DIALECT.md` and its reason.
    pub reason: &'static str,
    explains: fn(&Difference, &FormPair<'_>) -> bool,
}

/// All rules; the first that explains a difference applies.
pub const RULES: &[Rule] = &[
    Rule {
        name: "the operation id: the method is named after the page title",
        reason: "§4.5: operationId is lost",
        explains: naming_rules::operation_id,
    },
    Rule {
        name: "the tags of the operation: its file is named after its path",
        reason: "§4.5: tags are lost",
        explains: naming_rules::operation_tags,
    },
    Rule {
        name: "a name that begins with the name of the operation",
        reason: "§4.5: operationId is lost, and with it the names derived from it",
        explains: naming_rules::name_after_operation,
    },
    Rule {
        name: "a name that begins with the name of a type whose name is lost",
        reason: "§4.1, §4.3: the outer name is lost, and with it the names derived from it",
        explains: naming_rules::name_after_type,
    },
    Rule {
        name: "the name of a parameter's schema",
        reason: "§4.3, §2 `parameters`: a plain $ref is resolved and leaves no refIdentifier",
        explains: naming_rules::parameter_name,
    },
    Rule {
        name: "the name of a shared parameter",
        reason: "§2 `parameters`: $ref is resolved; `components`: only schemas are included",
        explains: naming_rules::shared_parameter_name,
    },
    Rule {
        name: "the name of an allOf: its entry has the name of a part",
        reason: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        explains: naming_rules::all_of_has_part_name,
    },
    Rule {
        name: "the name of an allOf: the part is known to be another type",
        reason: "§4.1: which of two structures with one refIdentifier has the name",
        explains: naming_rules::all_of_without_name,
    },
    Rule {
        name: "the names of the properties of an allOf, which come from its part",
        reason: "§4.1: the part is merged into the entry, and the name of the allOf or of the part is lost",
        explains: naming_rules::all_of_property_names,
    },
    Rule {
        name: "the name of an alternative that is an allOf",
        reason: "§4.1, §2 `refIdentifier`: the deepest, last $ref of a composition",
        explains: naming_rules::alternative_name,
    },
    Rule {
        name: "the names of the alternatives of a union with properties",
        reason: "§2 `Compositions`: siblings of the union are merged into each alternative",
        explains: naming_rules::union_with_properties,
    },
    Rule {
        name: "alternatives that only differ in their names",
        reason: "§4.1: each has the name of the shared part",
        explains: naming_rules::equal_alternatives,
    },
    Rule {
        name: "the name of a oneOf or anyOf",
        reason: "§4.2: the name of the union",
        explains: naming_rules::union_name,
    },
    Rule {
        name: "the name of a shared response",
        reason: "§2 `response`: $ref responses are resolved, their names are lost",
        explains: naming_rules::response_name,
    },
    Rule {
        name: "the number in the name of a response type",
        reason: "§2 `response`: $ref responses are resolved, their names are lost, so other responses are not the only ones without a name",
        explains: naming_rules::response_name_number,
    },
    Rule {
        name: "the name of a shared body",
        reason: "§2 `components`: only schemas are included",
        explains: naming_rules::shared_body_name,
    },
    Rule {
        name: "the format of a top-level number in a parameter, body or response",
        reason: "§4.3: number formats of parameters and of top-level numbers",
        explains: is_number_format,
    },
    Rule {
        name: "a property that only the other direction has",
        reason: "§4.7: readOnly properties are dropped from requests, writeOnly ones from responses",
        explains: structure_rules::one_direction,
    },
    Rule {
        name: "a required property that is not declared",
        reason: "§2 `requiredProperties`: it can name a dropped property, so only declared ones are used",
        explains: structure_rules::undeclared_property,
    },
    Rule {
        name: "the property that identifies the alternatives",
        reason: "§4.2: the discriminator and its mapping",
        explains: structure_rules::discriminator,
    },
    Rule {
        name: "a parameter with a media type",
        reason: "§4.5, §2 `parameters`: a parameter with `content` is missing",
        explains: structure_rules::content_parameter,
    },
    Rule {
        name: "the encoding of form fields",
        reason: "§2 `body`, §4.5: `encoding` is lost",
        explains: structure_rules::encoding,
    },
    Rule {
        name: "null in an enum",
        reason: "§2, the row of `enum<string>`: values that are not strings are removed",
        explains: structure_rules::null_in_enum,
    },
    Rule {
        name: "the order of the properties of an allOf",
        reason: "§4.8, §2 `Compositions`: parts are merged in the order of their depth and of whether they have a type",
        explains: structure_rules::all_of_order,
    },
    Rule {
        name: "an allOf whose parts conflict",
        reason: "§2 `Compositions`: conflicting types become `[{type: any}]`, without required",
        explains: structure_rules::conflicting_parts,
    },
    Rule {
        name: "a discriminator with a mapping but without a oneOf",
        reason: "§2 `Compositions`: a mapping without oneOf is turned into alternatives",
        explains: structure_rules::mapping_without_one_of,
    },
    Rule {
        name: "nested unions",
        reason: "§4.2: nested unions are flattened",
        explains: structure_rules::nested_unions,
    },
    Rule {
        name: "a schema in the other direction",
        reason: "§4.7: readOnly properties are dropped from requests, and with them their types",
        explains: structure_rules::other_direction,
    },
    Rule {
        name: "the kind of a security scheme that the dialect does not show",
        reason: "§4.5, §2 `security`: schemes of unsupported kinds, and one of two in one location",
        explains: structure_rules::hidden_scheme,
    },
    Rule {
        name: "reserved characters in a parameter",
        reason: "§2 `parameters`: allowReserved is lost",
        explains: structure_rules::allow_reserved,
    },
    Rule {
        name: "the name of a parameter of the path item",
        reason: "§2 `parameters`: those of the path item come first, but their level is lost",
        explains: naming_rules::path_item_parameter_name,
    },
    Rule {
        name: "a change that the vendor made between the two pages",
        reason: "PAIRS.tsv says that the pages differ; vendor_changes.tsv lists each change",
        explains: is_vendor_change,
    },
];

impl Rule {
    /// Returns the rule that explains `difference`.
    pub fn find(difference: &Difference, forms: &FormPair<'_>) -> Option<&'static Self> {
        RULES.iter().find(|rule| (rule.explains)(difference, forms))
    }
}

fn is_number_format(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Type(a, b) = &difference.aspect else { return false };
    let has_number_format = |node: &&Node| {
        forms.openapi.resolve_alias(node).is_some_and(|schema| {
            let kind = schema.get("type").and_then(Node::as_str);
            matches!(kind, Some("integer" | "number")) && schema.get("format").is_some()
        })
    };
    let is_number = |name: &String| matches!(name.as_str(), "i32" | "i64" | "u64" | "f64");
    let is_top_level = difference.part != OperationPart::Operation
        && difference.path.iter().all(|step| step.starts_with('|'));
    is_top_level
        && is_number(a)
        && is_number(b)
        && (forms.openapi.schemas(difference).iter().any(has_number_format)
            || structure_rules::any_schema(difference, forms, |schema| has_number_format(&schema)))
}

fn is_vendor_change(difference: &Difference, forms: &FormPair<'_>) -> bool {
    forms.changed.is_some_and(|changed| changed.explains(difference))
}
