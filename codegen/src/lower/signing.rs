//! Which headers the client computes for each request of an operation, by `[signature]`, `[digest]`
//! and `[idempotency]` of `vendor.toml`. A parameter of that name is then the client's to fill.

use crate::ir::{Api, Computed, IdempotencyKey, Method, Operation, ParameterIn};
use crate::manifest::{Manifest, Operations};
use crate::report::{Problem, Report};

/// One table.
struct Rule<'m> {
    table: &'static str,
    operations: &'m Operations,
    /// Empty: all.
    methods: &'m [Method],
    headers: Vec<&'m str>,
    mark: Box<dyn Fn(&mut Computed) + 'm>,
}

/// Marks operations and their parameters.
pub fn find(api: &mut Api, manifest: &Manifest, report: &mut Report) {
    for rule in rules(manifest) {
        let mut found = false;
        for operation in &mut api.operations {
            if rule.is_for(operation) {
                found = true;
                rule.apply(operation);
            }
        }
        tell(api, manifest, &rule, found, report);
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
    // An empty list says that there is none.
    let none = Operations::These(Vec::new());
    let idempotency = manifest.idempotency.as_ref().filter(|table| table.operations != none);
    let idempotency = idempotency.map(|table| Rule {
        table: "idempotency",
        operations: &table.operations,
        methods: &table.methods,
        headers: table.headers.iter().map(String::as_str).collect(),
        mark: Box::new(|computed| {
            let headers = table.headers.clone();
            computed.idempotency = Some(IdempotencyKey { headers, inferred: false });
        }),
    });
    [signature, digest, idempotency].into_iter().flatten().collect()
}

impl Rule<'_> {
    fn is_for(&self, operation: &Operation) -> bool {
        let of_method = self.methods.is_empty() || self.methods.contains(&operation.method);
        of_method
            && match self.operations {
                Operations::All => true,
                Operations::Declared => operation.parameters.iter().any(|p| self.fills(p)),
                Operations::These(calls) => calls.iter().any(|call| is(operation, call)),
            }
    }

    fn fills(&self, parameter: &crate::ir::Parameter) -> bool {
        let is = |header: &&str| parameter.wire.eq_ignore_ascii_case(header);
        parameter.location == ParameterIn::Header && self.headers.iter().any(is)
    }

    fn apply(&self, operation: &mut Operation) {
        (self.mark)(&mut operation.computed);
        for parameter in operation.parameters.iter_mut().filter(|p| self.fills(p)) {
            parameter.computed = true;
            parameter.required = false;
        }
    }
}

/// Whether a call such as `POST /orders` is this operation.
fn is(operation: &Operation, call: &str) -> bool {
    let own = format!("{:?} {}", operation.method, operation.template);
    own.eq_ignore_ascii_case(call)
}

/// Says which tables and which of their calls mean no operation.
fn tell(api: &Api, manifest: &Manifest, rule: &Rule<'_>, found: bool, report: &mut Report) {
    let table = rule.table;
    let mut problems = Vec::new();
    if let Operations::These(calls) = rule.operations {
        for (index, call) in calls.iter().enumerate() {
            if !api.operations.iter().any(|operation| is(operation, call)) {
                let location = manifest.location(&[table, "operations", &index.to_string()]);
                let what = format!("there is no operation `{call}`");
                problems.push(Problem::error(location, what));
            }
        }
    }
    if !found && problems.is_empty() {
        let headers: Vec<String> = rule.headers.iter().map(|it| format!("`{it}`")).collect();
        let what =
            format!("`[{table}]` is for no operation: none declares {}", headers.join(" or "));
        let help = "say which are meant: `operations = \"all\"`, or a list of `\"POST /orders\"`";
        problems.push(Problem::error(manifest.location(&[table]), what).help(help));
    }
    report.problems.extend(problems);
}
