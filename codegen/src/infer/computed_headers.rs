//! Marks the headers that the client computes for each request, by `[signature]`, `[digest]` and
//! `[idempotency]` in `vendor.toml`. A parameter for such a header becomes optional.

use crate::ir::{Api, ComputedHeaders, IdempotencyKey, Method, Operation, ParameterIn};
use crate::manifest::{Manifest, Operations};
use crate::report::{Problem, Report};

/// One table of `vendor.toml`.
struct Rule<'m> {
    table: &'static str,
    operations: &'m Operations,
    /// The methods it applies to. Empty: all.
    methods: &'m [Method],
    headers: Vec<&'m str>,
    mark: Box<dyn Fn(&mut ComputedHeaders) + 'm>,
}

/// Marks the operations that compute headers, and their parameters.
pub fn mark_computed_headers(api: &mut Api, manifest: &Manifest, report: &mut Report) {
    for rule in rules(manifest) {
        let mut is_used = false;
        for operation in &mut api.operations {
            if rule.applies_to(operation) {
                is_used = true;
                rule.apply(operation);
            }
        }
        report_unmatched(api, manifest, &rule, is_used, report);
    }
}

fn rules(manifest: &Manifest) -> Vec<Rule<'_>> {
    let signature = manifest.signature.as_ref().map(|table| Rule {
        table: "signature",
        operations: &table.operations,
        methods: &[],
        headers: vec!["Signature", "Signature-Input"],
        mark: Box::new(|computed| computed.signature = true),
    });
    let digest = manifest.digest.as_ref().map(|table| Rule {
        table: "digest",
        operations: &table.operations,
        methods: &table.methods,
        headers: vec!["Content-Digest"],
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
        mark: Box::new(|computed| {
            let headers = table.headers.clone();
            computed.idempotency = Some(IdempotencyKey { headers });
        }),
    });
    [signature, digest, idempotency].into_iter().flatten().collect()
}

impl Rule<'_> {
    fn applies_to(&self, operation: &Operation) -> bool {
        let has_method = self.methods.is_empty() || self.methods.contains(&operation.method);
        has_method
            && match self.operations {
                Operations::All => true,
                Operations::Declared => operation.parameters.iter().any(|p| self.computes(p)),
                Operations::Listed(names) => names.iter().any(|name| operation.is_named(name)),
            }
    }

    fn computes(&self, parameter: &crate::ir::Parameter) -> bool {
        self.headers.iter().any(|header| parameter.is(ParameterIn::Header, header))
    }

    fn apply(&self, operation: &mut Operation) {
        (self.mark)(&mut operation.computed);
        for parameter in operation.parameters.iter_mut().filter(|p| self.computes(p)) {
            parameter.computed = true;
            parameter.required = false;
        }
    }
}

/// Reports a table that applies to no operation, and listed operations that do not exist.
fn report_unmatched(
    api: &Api,
    manifest: &Manifest,
    rule: &Rule<'_>,
    is_used: bool,
    report: &mut Report,
) {
    let table = rule.table;
    let mut problems = Vec::new();
    if let Operations::Listed(names) = rule.operations {
        for (index, name) in names.iter().enumerate() {
            if !api.operations.iter().any(|operation| operation.is_named(name)) {
                let location = manifest.location(&[table, "operations", &index.to_string()]);
                let message = format!("there is no operation `{name}`");
                let help = "name an operation by its method and path, as in `POST /orders`";
                problems.push(Problem::error(location, message).help(help));
            }
        }
    }
    if !is_used && problems.is_empty() {
        let headers: Vec<String> = rule.headers.iter().map(|it| format!("`{it}`")).collect();
        let message = format!(
            "`[{table}]` applies to no operation: none declares the header {}",
            headers.join(" or ")
        );
        let help = "name the operations: `operations = \"all\"`, or a list such as \
                    `[\"POST /orders\"]`";
        problems.push(Problem::error(manifest.location(&[table]), message).help(help));
    }
    report.problems.extend(problems);
}
