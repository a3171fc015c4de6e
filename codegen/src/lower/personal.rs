//! Marks fields with personal or card data, which `Debug` does not print.
//!
//! They are not [secrets](super::secret): an application reads, compares, stores and shows them on
//! purpose, so their type stays as it is. Only logs must not contain them by accident. A secret is a
//! credential, which nobody but the server should see again.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use crate::ir::{Api, Scalar, Shape, Type, TypeDef};
use crate::manifest::Manifest;
use crate::report::{Problem, Report};

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
pub fn mark_personal_data(api: &mut Api, manifest: &Manifest, report: &mut Report) {
    let rules = &manifest.personal_data;
    let is_enum = |def: &TypeDef| matches!(def.shape, Shape::Enum(_));
    let enums: Vec<bool> = api.types.iter().map(is_enum).collect();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let shapes = api.types.iter_mut().map(|def| &mut def.shape);
    let structs = shapes.filter_map(|shape| match shape {
        Shape::Struct(shape) => Some(shape),
        Shape::Enum(_) | Shape::Union(_) => None,
    });
    for field in structs.flat_map(|shape| &mut shape.fields) {
        let is_inferred = is_personal_name(&field.wire) && may_be_personal(&field.ty, &enums);
        let (added, removed) =
            (rules.add.contains(&field.wire), rules.remove.contains(&field.wire));
        if (added && !is_inferred) || (removed && is_inferred) {
            used.insert(field.wire.clone());
        }
        field.personal = (is_inferred && !removed) || added;
    }
    for (key, names) in [("add", &rules.add), ("remove", &rules.remove)] {
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !used.contains(*name)) {
            let location = manifest.location(&["personal_data", key, &index.to_string()]);
            let message = match key {
                "add" => format!("no property `{name}` is printed without this entry"),
                _ => format!("no property `{name}` is hidden without this entry"),
            };
            report.push(Problem::warning(location, message).help("correct the name, or remove it"));
        }
    }
}

/// Returns a line that lists the properties that count as personal data, so that users can check
/// it.
pub fn summarize_inferred(api: &Api, manifest: &Manifest) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for shape in api.types.iter().map(|def| &def.shape) {
        let Shape::Struct(shape) = shape else { continue };
        let is_inferred = |wire: &String| !manifest.personal_data.add.contains(wire);
        for field in shape.fields.iter().filter(|it| it.personal && is_inferred(&it.wire)) {
            *counts.entry(&field.wire).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let total: usize = counts.values().sum();
    let names: Vec<String> = counts.keys().map(|wire| format!("`{wire}`")).collect();
    let hold = if total == 1 { "field holds" } else { "fields hold" };
    let names = names.join(", ");
    vec![format!("{total} {hold} personal data, which `Debug` does not print: {names}")]
}

/// Whether values of this type may be personal data: a flag or one of a few listed values is not.
fn may_be_personal(ty: &Type, enums: &[bool]) -> bool {
    match ty {
        Type::List(inner) | Type::Nullable(inner) | Type::Map(inner) => {
            may_be_personal(inner, enums)
        }
        Type::Named(id) => !enums.get(id.0).copied().unwrap_or_default(),
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
    WHOLE_NAMES.contains(&name.as_str()) || NAME_ENDINGS.iter().any(|ending| is_ending(&ending))
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
