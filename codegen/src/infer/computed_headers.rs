//! Marks what the client computes for each request, by `[signature]`, `[digest]` and `[idempotency]` in
//! `vendor.toml`. A parameter for such a header becomes optional.

use super::Context;
use super::idempotency::check_field;
use super::rule_use::RuleUse;
use super::value_at::field_names;
use crate::ir::{Api, ComputedHeaders, IdempotencyKey, Method, Operation, Parameter, ParameterIn};
use crate::manifest::{Manifest, Operations};
use crate::report::{Problem, Report, closest};

/// One table of `vendor.toml`.
struct Rule<'m> {
    table: &'static str,
    operations: &'m Operations,
    /// The methods it applies to. Empty: all.
    methods: &'m [Method],
    headers: Vec<&'m str>,
    /// The property of request bodies.
    field: Option<&'m str>,
    mark: Box<dyn Fn(&mut ComputedHeaders) + 'm>,
}

/// Marks the operations that compute headers, and their parameters.
pub fn mark_computed_headers(api: &mut Api, context: &Context<'_>, report: &mut Report) {
    for rule in rules(context.manifest) {
        let mut uses = RuleUse::default();
        for index in 0..api.operations.len() {
            let Some(operation) = api.operations.get(index).filter(|it| rule.has_method(it)) else {
                continue;
            };
            let field = rule.field.map(|wire| check_field(api, context, operation, wire));
            if !rule.selects(operation, field == Some(Ok(()))) {
                continue;
            }
            match field {
                Some(Err(reason)) if rule.headers.is_empty() => uses.skip(operation.key(), reason),
                field => {
                    uses.fits += 1;
                    let operation = api.operations.get_mut(index);
                    operation.into_iter().for_each(|it| rule.apply(it, field == Some(Ok(()))));
                }
            }
        }
        report_use(api, context.manifest, &rule, &uses, report);
    }
}

fn rules(manifest: &Manifest) -> Vec<Rule<'_>> {
    let signature = manifest.signature.as_ref().map(|table| Rule {
        table: "signature",
        operations: &table.operations,
        methods: &[],
        headers: vec!["Signature", "Signature-Input"],
        field: None,
        mark: Box::new(|computed| computed.signature = true),
    });
    let digest = manifest.digest.as_ref().map(|table| Rule {
        table: "digest",
        operations: &table.operations,
        methods: &table.methods,
        headers: vec!["Content-Digest"],
        field: None,
        mark: Box::new(|computed| computed.digest = true),
    });
    // An empty list turns the idempotency key off.
    let none = Operations::Listed(Vec::new());
    let idempotency = manifest.idempotency.as_ref().filter(|table| table.operations != none);
    let idempotency = idempotency.map(|table| Rule {
        table: "idempotency",
        operations: &table.operations,
        methods: &table.methods,
        headers: table.headers.iter().map(String::as_str).collect(),
        field: table.field.as_deref(),
        mark: Box::new(|computed| {
            let headers = table.headers.clone();
            computed.idempotency = Some(IdempotencyKey { headers, field: None });
        }),
    });
    [signature, digest, idempotency].into_iter().flatten().collect()
}

impl Rule<'_> {
    fn has_method(&self, operation: &Operation) -> bool {
        self.methods.is_empty() || self.methods.contains(&operation.method)
    }

    /// Whether the rule is meant for an operation. `has_field` is whether its body has the property.
    fn selects(&self, operation: &Operation, has_field: bool) -> bool {
        match self.operations {
            Operations::All => true,
            Operations::Declared => {
                has_field || operation.parameters.iter().any(|p| self.computes(p))
            }
            Operations::Listed(patterns) => patterns.iter().any(|it| operation.is_named(it)),
        }
    }

    fn computes(&self, parameter: &Parameter) -> bool {
        self.headers.iter().any(|header| parameter.is(ParameterIn::Header, header))
    }

    fn apply(&self, operation: &mut Operation, has_field: bool) {
        (self.mark)(&mut operation.computed);
        if let Some(key) = operation.computed.idempotency.as_mut().filter(|_| has_field) {
            key.field = self.field.map(str::to_owned);
        }
        for parameter in operation.parameters.iter_mut().filter(|p| self.computes(p)) {
            parameter.computed = true;
            parameter.required = false;
        }
    }
}

/// Reports a table that applies to no operation, the operations that it does not fit, and listed ones that do
/// not exist.
fn report_use(
    api: &Api,
    manifest: &Manifest,
    rule: &Rule<'_>,
    uses: &RuleUse,
    report: &mut Report,
) {
    let table = rule.table;
    if let Operations::Listed(patterns) = rule.operations {
        let keys = [table, "operations"];
        let known = api.operation_keys();
        if manifest.report_unknown_operations(&keys, patterns, &known, report) {
            return;
        }
        if uses.is_empty() {
            let (key, message, help) = match patterns.is_empty() {
                true => ("operations", "`operations` is empty", "list operations, or remove it"),
                false => (
                    "methods",
                    "`methods` excludes all listed operations",
                    "add the methods of these operations, or remove `methods`",
                ),
            };
            let location = manifest.location(&[table, key]);
            return report.error_or_warn(Problem::error(location, message).help(help));
        }
    }
    if uses.is_empty() {
        let headers = rule.headers.iter().map(|it| format!("the header `{it}`"));
        let field = rule.field.map(|it| format!("a body with the string property `{it}`"));
        let declared: Vec<String> = headers.chain(field).collect();
        let message =
            format!("`[{table}]` applies to no operation: none declares {}", declared.join(" or "));
        let otherwise = "name the operations: `operations = \"all\"`, or a list such as \
                         `[\"POST /orders\"]`";
        let help = closest_name(api, rule).unwrap_or(otherwise.to_owned());
        report.error_or_warn(Problem::error(manifest.location(&[table]), message).help(help));
    }
    uses.report(&format!("`[{table}]`"), manifest.location(&[table]), report);
}

/// Returns the help with the declared header or property that has the most similar name.
fn closest_name(api: &Api, rule: &Rule<'_>) -> Option<String> {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    // A header that exists is declared by operations with another method.
    let is_other = |it: &&Parameter| it.location == ParameterIn::Header && !rule.computes(it);
    let headers = parameters.filter(is_other);
    let headers: Vec<&str> = headers.map(|it| it.wire.as_str()).collect();
    let media = api.operations.iter().flat_map(|it| &it.body).flat_map(|body| &body.media);
    let fields = rule.field.map(|_| media.flat_map(|media| field_names(api, &media.ty)).collect());
    let mut fields: Vec<&str> = fields.unwrap_or_default();
    fields.retain(|name| rule.field != Some(*name));
    let in_headers = rule.headers.iter().map(|name| closest(name, headers.iter().copied()));
    let in_bodies = rule.field.iter().map(|name| closest(name, fields.iter().copied()));
    let name = in_headers.chain(in_bodies).flatten().next()?;
    Some(format!("did you mean `{name}`?"))
}
