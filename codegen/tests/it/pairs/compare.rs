//! Compares two plans: their operations, and by structure the types that the operations use.

use std::collections::{BTreeMap, BTreeSet};

use docwright::emit::{self, Referrer};
use docwright::ir::{self, Status};
use docwright::plan::{
    Argument, Body, BodyType, Name, Operation, Output, ResponseBody, ResponseEnum, RustType,
    TypeItem,
};
use heck::ToPascalCase;

use super::difference::{Aspect, Difference, OperationPart};
use super::form::ApiForm;

/// Returns what the names of an operation's inline types begin with: `CreateOrder`.
pub(super) fn operation_prefix(operation: &Operation) -> String {
    operation.method.as_str().to_pascal_case()
}

/// The result of a comparison.
#[derive(Default)]
pub struct Comparison {
    /// The compared operations, and the compared types of the OpenAPI form.
    pub subjects: BTreeSet<String>,
    /// The differences, without duplicates.
    pub differences: Vec<Difference>,
}

/// Compares the operations and types of two forms.
pub fn compare_forms(a: &ApiForm, b: &ApiForm) -> Comparison {
    let mut walk = PlanWalk {
        items: (a.items(), b.items()),
        seen: BTreeSet::new(),
        skipped: BTreeSet::new(),
        operation_prefixes: Vec::new(),
        operation: String::new(),
        part: OperationPart::Operation,
        path: Vec::new(),
        owner: None,
        name_prefixes: (String::new(), String::new()),
        found: Comparison::default(),
    };
    let (operations_a, operations_b) = (a.operations(), b.operations());
    let keys: BTreeSet<&String> = operations_a.keys().chain(operations_b.keys()).collect();
    for key in keys {
        walk.operation.clone_from(key);
        walk.found.subjects.insert(key.clone());
        match (operations_a.get(key), operations_b.get(key)) {
            (Some((ir_a, plan_a)), Some((ir_b, plan_b))) => {
                walk.compare_values(Aspect::Security, security(a, ir_a), security(b, ir_b));
                walk.compare_values(Aspect::Servers, servers(a, ir_a), servers(b, ir_b));
                walk.compare_operations(plan_a, plan_b);
            }
            (a, _) => walk.report(Aspect::Only(a.is_some(), "operation".to_owned())),
        }
    }
    walk.compare_unreached();
    walk.found
}

/// Returns the alternative requirements with the kinds of their schemes; scheme names are ignored.
fn security(form: &ApiForm, operation: &ir::Operation) -> String {
    let kind = |name: &str| match form.api.schemes.iter().find(|scheme| scheme.name == name) {
        Some(ir::SecurityScheme { scheme, .. }) => match scheme {
            ir::Scheme::ApiKey { location, wire } => format!("{location:?} {wire}"),
            ir::Scheme::Bearer { .. } => "bearer".to_owned(),
            ir::Scheme::Basic => "basic".to_owned(),
            ir::Scheme::OAuth2 { .. } => "oauth2".to_owned(),
            ir::Scheme::OpenIdConnect => "openIdConnect".to_owned(),
            ir::Scheme::MutualTls => "mutualTLS".to_owned(),
            ir::Scheme::Other(name) => name.clone(),
        },
        None => format!("undefined {name}"),
    };
    let alternatives = operation.security.iter().map(|requirement| {
        let mut kinds: Vec<String> =
            requirement.schemes.iter().map(|(name, _)| kind(name)).collect();
        kinds.sort();
        kinds.join(" & ")
    });
    alternatives.collect::<Vec<_>>().join(" | ")
}

fn servers(form: &ApiForm, operation: &ir::Operation) -> String {
    let list =
        Some(&operation.servers).filter(|list| !list.is_empty()).unwrap_or(&form.api.servers);
    list.iter().map(|server| server.url.as_str()).collect::<Vec<_>>().join(" ")
}

/// The state of a comparison.
pub struct PlanWalk<'p> {
    pub(super) items: (BTreeMap<&'p str, &'p TypeItem>, BTreeMap<&'p str, &'p TypeItem>),
    /// The pairs of types that were compared.
    pub(super) seen: BTreeSet<(String, String)>,
    /// The types of the dialect form below a field that only this form has.
    pub(super) skipped: BTreeSet<String>,
    /// The name prefixes of each operation.
    pub(super) operation_prefixes: Vec<(String, (String, String))>,
    pub(super) operation: String,
    part: OperationPart,
    path: Vec<String>,
    pub(super) owner: Option<(String, String)>,
    /// The prefixes of the names of inline types in both forms.
    pub(super) name_prefixes: (String, String),
    pub(super) found: Comparison,
}

impl PlanWalk<'_> {
    pub(super) fn report(&mut self, aspect: Aspect) {
        self.found.differences.push(Difference {
            operation: self.operation.clone(),
            part: self.part.clone(),
            path: self.path.clone(),
            owner: self.owner.clone(),
            name_prefixes: self.name_prefixes.clone(),
            aspect,
        });
    }

    /// Reports the aspect if the values differ.
    pub(super) fn compare_values(
        &mut self,
        aspect: fn(String, String) -> Aspect,
        a: String,
        b: String,
    ) {
        if a != b {
            self.report(aspect(a, b));
        }
    }

    fn compare_part(&mut self, part: OperationPart, compare: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.part, part);
        compare(self);
        self.part = before;
    }

    pub(super) fn compare_step(
        &mut self,
        step: impl Into<String>,
        compare: impl FnOnce(&mut Self),
    ) {
        self.path.push(step.into());
        compare(self);
        self.path.pop();
    }

    fn compare_operations(&mut self, a: &Operation, b: &Operation) {
        self.name_prefixes = (operation_prefix(a), operation_prefix(b));
        self.operation_prefixes.push((self.operation.clone(), self.name_prefixes.clone()));
        if a.method == b.method {
            let derived = |o: &Operation| {
                let errors = o.errors.as_ref().map(|errors| errors.name.as_str());
                format!("{} {} {errors:?}", operation_prefix(o), o.constant.as_str())
            };
            self.compare_values(Aspect::DerivedName, derived(a), derived(b));
        } else {
            self.report(Aspect::Method(a.method.as_str().to_owned(), b.method.as_str().to_owned()));
        }
        self.compare_values(Aspect::File, a.file.as_str().to_owned(), b.file.as_str().to_owned());
        if a.deprecated != b.deprecated {
            self.report(Aspect::Deprecated(a.deprecated, b.deprecated));
        }
        self.compare_parameters(a, b);
        self.compare_part(OperationPart::Body, |walk| match (&a.body, &b.body) {
            (Some(a), Some(b)) => walk.compare_bodies(a, b),
            (None, None) => (),
            (a, _) => walk.report(Aspect::Only(a.is_some(), "body".to_owned())),
        });
        let accept = |o: &Operation| o.accept.clone().unwrap_or_default();
        self.compare_values(Aspect::Accept, accept(a), accept(b));
        let success = |o: &Operation| format!("{:?}", o.success);
        self.compare_values(Aspect::Order, success(a), success(b));
        self.compare_part(OperationPart::Response(None), |walk| {
            walk.compare_outputs(&a.output, &b.output)
        });
        match (&a.errors, &b.errors) {
            (Some(a), Some(b)) => self.compare_responses(a, b),
            (None, None) => (),
            (a, _) => self.report(Aspect::Only(a.is_some(), "error enum".to_owned())),
        }
    }

    fn compare_parameters(&mut self, a: &Operation, b: &Operation) {
        let parameters = |o: &'_ Operation| -> Vec<(Argument, &'static str)> {
            let required = o.arguments.iter().map(|argument| (argument.clone(), "required"));
            required.chain(o.options.iter().map(|option| (option.clone(), "optional"))).collect()
        };
        let key = |argument: &Argument| (argument.location, argument.wire.clone());
        let (ours, theirs) = (parameters(a), parameters(b));
        for (argument, presence) in &ours {
            self.compare_part(
                OperationPart::Parameter(argument.location, argument.wire.clone()),
                |walk| match theirs.iter().find(|(other, _)| key(other) == key(argument)) {
                    Some((other, other_presence)) => {
                        walk.compare_parameter((argument, presence), (other, other_presence));
                    }
                    None => walk.report(Aspect::Only(true, "parameter".to_owned())),
                },
            );
        }
        for (argument, _) in &theirs {
            if !ours.iter().any(|(other, _)| key(other) == key(argument)) {
                self.compare_part(
                    OperationPart::Parameter(argument.location, argument.wire.clone()),
                    |walk| {
                        walk.report(Aspect::Only(false, "parameter".to_owned()));
                    },
                );
            }
        }
        let names = |list: &[(Argument, &str)], others: &[(Argument, &str)]| {
            let common = list.iter().filter(|(argument, presence)| {
                others.iter().any(|(other, other_presence)| {
                    key(other) == key(argument) && other_presence == presence
                })
            });
            common.map(|(argument, _)| argument.wire.as_str()).collect::<Vec<_>>().join(" ")
        };
        self.compare_values(Aspect::Order, names(&ours, &theirs), names(&theirs, &ours));
    }

    fn compare_parameter(
        &mut self,
        (a, presence_a): (&Argument, &str),
        (b, presence_b): (&Argument, &str),
    ) {
        self.compare_values(Aspect::Presence, presence_a.to_owned(), presence_b.to_owned());
        self.compare_values(Aspect::Name, a.name.as_str().to_owned(), b.name.as_str().to_owned());
        let style = |argument: &Argument| {
            let Argument { style, explode, allow_reserved, content, .. } = argument;
            format!("{style:?} explode={explode} reserved={allow_reserved} content={content:?}")
        };
        self.compare_values(Aspect::Style, style(a), style(b));
        self.compare_types(&a.ty, &b.ty);
    }

    fn compare_bodies(&mut self, a: &Body, b: &Body) {
        let required = |body: &Body| if body.required { "required" } else { "optional" }.to_owned();
        self.compare_values(Aspect::Presence, required(a), required(b));
        let media = |body: &Body| {
            let types = body.media.iter().map(|it| {
                let fields = if it.fields.is_empty() { "" } else { " with fields" };
                format!("{} {:?}{fields}", it.content_type, it.kind)
            });
            let setters = body.media_setters.iter().map(|(name, ..)| name.as_str().to_owned());
            types.chain(setters).collect::<Vec<_>>().join(", ")
        };
        self.compare_values(Aspect::Media, media(a), media(b));
        match (&a.ty, &b.ty) {
            (BodyType::Value(a), BodyType::Value(b)) => self.compare_types(a, b),
            (BodyType::OneOf(a), BodyType::OneOf(b)) if a.variants.len() == b.variants.len() => {
                for (ours, theirs) in a.variants.iter().zip(&b.variants) {
                    self.compare_values(
                        Aspect::Name,
                        ours.name.as_str().into(),
                        theirs.name.as_str().into(),
                    );
                    match (&ours.value, &theirs.value) {
                        (Some(a), Some(b)) => self.compare_types(a, b),
                        (None, None) => (),
                        (a, _) => self.report(Aspect::Only(a.is_some(), "value".to_owned())),
                    }
                }
            }
            (a, b) if a == b => (),
            (a, b) => self.report(Aspect::Type(body_text(a), body_text(b))),
        }
    }

    fn compare_outputs(&mut self, a: &Output, b: &Output) {
        match (a, b) {
            (Output::Json(a), Output::Json(b))
            | (Output::Events(Some(a)), Output::Events(Some(b))) => self.compare_types(a, b),
            (Output::OneOf(a), Output::OneOf(b)) => self.compare_responses(a, b),
            (a, b) if a == b => (),
            (a, b) => self.report(Aspect::Type(output_text(a), output_text(b))),
        }
    }

    fn compare_responses(&mut self, a: &ResponseEnum, b: &ResponseEnum) {
        let statuses = |responses: &ResponseEnum| -> BTreeSet<Status> {
            responses.variants.iter().map(|variant| variant.status).collect()
        };
        for status in statuses(a).union(&statuses(b)) {
            let variant = |responses: &ResponseEnum| {
                responses.variants.iter().find(|variant| variant.status == *status).cloned()
            };
            self.compare_part(OperationPart::Response(Some(*status)), |walk| {
                match (variant(a), variant(b)) {
                    (Some(a), Some(b)) => {
                        walk.compare_values(
                            Aspect::Name,
                            a.name.as_str().into(),
                            b.name.as_str().into(),
                        );
                        walk.compare_response_bodies(&a.body, &b.body);
                    }
                    (a, _) => walk.report(Aspect::Only(a.is_some(), "response".to_owned())),
                }
            });
        }
    }

    fn compare_response_bodies(&mut self, a: &ResponseBody, b: &ResponseBody) {
        match (a, b) {
            (ResponseBody::Json(a), ResponseBody::Json(b))
            | (ResponseBody::Untyped(a), ResponseBody::Untyped(b)) => self.compare_types(a, b),
            (a, b) if a == b => (),
            (a, b) => self.report(Aspect::Type(response_text(a), response_text(b))),
        }
    }

    /// Compares two types by structure.
    pub(super) fn compare_types(&mut self, a: &RustType, b: &RustType) {
        use RustType::{Boxed, List, Map, Named, Option};
        match (a, b) {
            (Named(a), Named(b)) => self.compare_named(a, b),
            (List(a), List(b)) => self.compare_step("[]", |walk| walk.compare_types(a, b)),
            (Map(a), Map(b)) => self.compare_step("{}", |walk| walk.compare_types(a, b)),
            (Option(a), Option(b)) | (Boxed(a), Boxed(b)) => self.compare_types(a, b),
            (a, b) if a == b => (),
            (a, b) => self.report(Aspect::Type(type_text(a), type_text(b))),
        }
    }

    pub(super) fn compare_named(&mut self, a: &Name, b: &Name) {
        let (a, b) = (a.as_str().to_owned(), b.as_str().to_owned());
        if !self.seen.insert((a.clone(), b.clone())) {
            return;
        }
        self.found.subjects.insert(a.clone());
        let items = (self.items.0.get(a.as_str()).copied(), self.items.1.get(b.as_str()).copied());
        let owner = self.owner.replace((a.clone(), b.clone()));
        if a != b {
            self.report(Aspect::TypeName(a.clone(), b.clone()));
        }
        let name_prefixes = std::mem::replace(&mut self.name_prefixes, (a, b));
        if let (Some(a), Some(b)) = items {
            self.compare_items(a, b);
        }
        (self.owner, self.name_prefixes) = (owner, name_prefixes);
    }
}

/// Returns a type as text.
fn type_text(ty: &RustType) -> String {
    emit::type_text(ty, Referrer::Types).replace("runtime::", "")
}

fn body_text(body: &BodyType) -> String {
    match body {
        BodyType::Value(ty) => type_text(ty),
        BodyType::Bytes => "bytes".to_owned(),
        BodyType::Empty => "empty object".to_owned(),
        BodyType::OneOf(item) => format!("one of {}", item.variants.len()),
    }
}

fn output_text(output: &Output) -> String {
    match output {
        Output::Json(ty) => type_text(ty),
        Output::Text => "text".to_owned(),
        Output::Bytes => "bytes".to_owned(),
        Output::Events(Some(ty)) => format!("events of {}", type_text(ty)),
        Output::Events(None) => "events".to_owned(),
        Output::Empty => "nothing".to_owned(),
        Output::OneOf(responses) => format!("one of {}", responses.variants.len()),
    }
}

fn response_text(body: &ResponseBody) -> String {
    match body {
        ResponseBody::Json(ty) => type_text(ty),
        ResponseBody::Untyped(ty) => format!("maybe {}", type_text(ty)),
        ResponseBody::Text => "text".to_owned(),
        ResponseBody::Bytes => "bytes".to_owned(),
        ResponseBody::Empty => "nothing".to_owned(),
    }
}
