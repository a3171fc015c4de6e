//! Marks fields with personal or card data, which `Debug` does not print.
//!
//! They are not [secrets](super::secrets): an application reads, compares, stores and shows them on
//! purpose, so their type stays as it is. Only logs must not contain them by accident. A secret is a
//! credential, which nobody but the server should see again.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::Context;
use crate::ir::{
    Api, Conclusion, Field, Inference, Rejection, Scalar, Shape, State, Subject, Type, TypeId,
};
use crate::manifest::matches_value;
use crate::report::{Problem, Report, suggest};

/// Names, in snake case, of personal data in every API, also at the end of a name: `holder_iban`.
/// Contact data (names, addresses) is not listed, because logs would be of little use without it.
static NAME_ENDINGS: &[&str] = &[
    "account_number",
    "bban",
    "birth_date",
    "card_no",
    "card_number",
    "cardholder_name",
    "clabe",
    "date_of_birth",
    "driver_license_number",
    "drivers_license_number",
    "driving_licence_number",
    "iban",
    "itin",
    "maiden_name",
    "national_id",
    "national_id_number",
    "passport_no",
    "passport_number",
    "primary_account_number",
    "routing_number",
    "social_insurance_number",
    "social_security_number",
    "ssn",
    "tax_identification_number",
    "taxpayer_id",
    "taxpayer_identification_number",
    "track_data",
];

/// Names that are unambiguous only as a whole: a `browser_pan` moves a view, and a `sales_tax_id`
/// identifies a rate.
static WHOLE_NAMES: &[&str] =
    &["birthdate", "dob", "pan", "sort_code", "ssn_last_4", "ssn_last4", "tax_id", "tin"];

/// Marks the fields of structs, and reports names in `vendor.toml` that have no effect.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let rules = &context.manifest.personal_data;
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut inferences = Vec::new();
    for (id, wire, may_be_personal) in named_fields(api, context) {
        let key = context.key(api, &Subject::Field(id, wire.clone()));
        let is_inferred = is_personal_name(&wire) && may_be_personal;
        let added = rules.add.iter().position(|name| matches_value(name, &wire, &key));
        let removed = rules.remove.iter().find(|name| matches_value(name, &wire, &key));
        used.extend(
            added
                .filter(|_| !is_inferred)
                .and_then(|index| rules.add.get(index))
                .map(String::as_str),
        );
        used.extend(removed.filter(|_| is_inferred).map(String::as_str));
        let subject = Subject::Field(id, wire.clone());
        let state = match (may_be_personal, removed) {
            (true, None) => State::Inferred,
            (true, Some(_)) => State::Rejected(Rejection::Manifest),
            (false, _) => {
                let reason = "its type is a flag, an enum or a secret";
                State::Rejected(Rejection::Document(reason.to_owned()))
            }
        };
        inferences.push(match added {
            Some(index) => {
                let keys = ["personal_data", "add", &index.to_string()];
                let rule = format!("`personal_data.add` lists `{wire}`");
                context.pin(api, subject, Conclusion::PersonalData, &keys, rule)
            }
            None => {
                let rule = format!("the name `{wire}`");
                context.infer(api, subject, Conclusion::PersonalData, state, rule)
            }
        });
    }
    for inference in &inferences {
        apply(api, inference);
    }
    report_unused(api, context, &used, report);
    inferences
}

/// Returns the fields that are listed or have the name of personal data, and whether their type
/// allows it.
fn named_fields(api: &Api, context: &Context<'_>) -> Vec<(TypeId, String, bool)> {
    let listed = &context.manifest.personal_data.add;
    let mut found = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let Shape::Struct(shape) = &def.shape else { continue };
        let named = shape.fields.iter().filter(|field| {
            let key = context.key(api, &Subject::Field(TypeId(index), field.wire.clone()));
            listed.iter().any(|name| matches_value(name, &field.wire, &key))
                || is_personal_name(&field.wire)
        });
        found
            .extend(named.map(|it| (TypeId(index), it.wire.clone(), may_be_personal(api, &it.ty))));
    }
    found
}

fn apply(api: &mut Api, inference: &Inference) {
    let Inference { subject: Subject::Field(id, wire), state, .. } = inference else { return };
    let Some(Shape::Struct(shape)) = api.types.get_mut(id.0).map(|def| &mut def.shape) else {
        return;
    };
    for field in shape.fields.iter_mut().filter(|field| field.wire == *wire) {
        field.personal = matches!(state, State::Inferred | State::Pinned);
    }
}

fn report_unused(api: &Api, context: &Context<'_>, used: &BTreeSet<&str>, report: &mut Report) {
    let Context { manifest, .. } = context;
    let rules = &manifest.personal_data;
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (index, def) in api.types.iter().enumerate() {
        let Shape::Struct(shape) = &def.shape else { continue };
        for Field { wire, .. } in &shape.fields {
            known.insert(context.key(api, &Subject::Field(TypeId(index), wire.clone())));
            known.insert(wire.clone());
        }
    }
    for (key, names) in [("add", &rules.add), ("remove", &rules.remove)] {
        let unused = |(_, name): &(usize, &String)| !used.contains(name.as_str());
        for (index, name) in names.iter().enumerate().filter(unused) {
            let location = manifest.location(&["personal_data", key, &index.to_string()]);
            let message = match key {
                "add" => format!("no property `{name}` is printed without this entry"),
                _ => format!("no property `{name}` is hidden without this entry"),
            };
            let others = known.iter().filter(|other| *other != name).map(String::as_str);
            let help = suggest(name, others, "correct the name, or remove it");
            report.error_or_warn(Problem::error(location, message).help(help));
        }
    }
}

/// Whether values of this type may be personal data: a flag or one of a few listed values is not.
fn may_be_personal(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Map(inner) => may_be_personal(api, inner),
        Type::Named(_) => !matches!(api.shape(ty), Some(Shape::Enum(_))),
        // A secret is never printed anyway.
        Type::Scalar(scalar) => !matches!(scalar, Scalar::Bool | Scalar::Secret),
        Type::Any => true,
    }
}

fn is_personal_name(wire: &str) -> bool {
    let name = wire.to_snake_case();
    let is_ending = |ending: &&str| {
        name.strip_suffix(ending).is_some_and(|start| start.is_empty() || start.ends_with('_'))
    };
    WHOLE_NAMES.contains(&name.as_str()) || NAME_ENDINGS.iter().any(is_ending)
}

#[cfg(test)]
mod tests {
    use super::is_personal_name;

    #[test]
    fn case_separators_and_the_start_of_the_name_are_ignored() {
        for name in ["card_number", "cardNumber", "CreditorIBAN", "owner-ssn", "dateOfBirth", "PAN"]
        {
            assert!(is_personal_name(name), "{name}");
        }
        for name in ["card_number_length", "browser_pan", "sales_tax_id", "session", "last4"] {
            assert!(!is_personal_name(name), "{name}");
        }
    }
}
