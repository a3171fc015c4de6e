//! The walk over two plans: operations side by side, and the types they reach, by structure.

use std::collections::{BTreeMap, BTreeSet};

use docwright::ir::{self, Status};
use docwright::plan::{
    Argument, Body, BodyType, Item, Name, Operation, Output, ResponseBody, ResponseEnum, RustType,
};

use super::difference::{Difference, Top, What};
use super::side::Side;

/// What was compared, and what differs.
#[derive(Default)]
pub struct Comparison {
    /// Every method and every type of the first form that was reached.
    pub subjects: BTreeSet<String>,
    /// The differences, each once.
    pub differences: Vec<Difference>,
}

/// Compares the operations that are in both, and reports those that are not.
pub fn compare(a: &Side, b: &Side) -> Comparison {
    let mut walk = Walk {
        items: (a.items(), b.items()),
        seen: BTreeSet::new(),
        skipped: BTreeSet::new(),
        requests: Vec::new(),
        operation: String::new(),
        top: Top::Operation,
        steps: Vec::new(),
        owner: None,
        within: (String::new(), String::new()),
        found: Comparison::default(),
    };
    let (ours, theirs) = (a.operations(), b.operations());
    let all: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    for key in all {
        walk.operation.clone_from(key);
        walk.found.subjects.insert(key.clone());
        match (ours.get(key), theirs.get(key)) {
            (Some((said, ours)), Some((other, theirs))) => {
                walk.texts(What::Security, security(a, said), security(b, other));
                walk.texts(What::Servers, servers(a, said), servers(b, other));
                walk.operation(ours, theirs);
            }
            (a, _) => walk.say(What::Only(a.is_some(), "operation".to_owned())),
        }
    }
    walk.rest();
    walk.found
}

/// The alternatives, each with what it sends; the names of the schemes do not count.
fn security(side: &Side, operation: &ir::Operation) -> String {
    let kind = |name: &str| match side.api.schemes.iter().find(|scheme| scheme.name == name) {
        Some(ir::SecurityScheme { scheme, .. }) => match scheme {
            ir::Scheme::ApiKey { location, wire } => format!("{location:?} {wire}"),
            ir::Scheme::Bearer { .. } => "bearer".to_owned(),
            ir::Scheme::Basic => "basic".to_owned(),
            ir::Scheme::OAuth2 { .. } => "oauth2".to_owned(),
            ir::Scheme::OpenIdConnect => "openIdConnect".to_owned(),
            ir::Scheme::Other(words) => words.clone(),
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

fn servers(side: &Side, operation: &ir::Operation) -> String {
    let list = Some(&operation.servers).filter(|own| !own.is_empty()).unwrap_or(&side.api.servers);
    list.iter().map(|server| server.url.as_str()).collect::<Vec<_>>().join(" ")
}

/// The state of the walk.
pub struct Walk<'p> {
    pub(super) items: (BTreeMap<&'p str, &'p Item>, BTreeMap<&'p str, &'p Item>),
    /// Pairs of types that were compared.
    pub(super) seen: BTreeSet<(String, String)>,
    /// Types of the second form below a member that only it has.
    pub(super) skipped: BTreeSet<String>,
    /// The request's names of each operation.
    pub(super) requests: Vec<(String, (String, String))>,
    pub(super) operation: String,
    top: Top,
    steps: Vec<String>,
    pub(super) owner: Option<(String, String)>,
    /// The names that inline types begin with here.
    pub(super) within: (String, String),
    pub(super) found: Comparison,
}

impl Walk<'_> {
    pub(super) fn say(&mut self, what: What) {
        self.found.differences.push(Difference {
            operation: self.operation.clone(),
            top: self.top.clone(),
            steps: self.steps.clone(),
            owner: self.owner.clone(),
            within: self.within.clone(),
            what,
        });
    }

    /// Says `what` of two texts that differ.
    pub(super) fn texts(&mut self, what: fn(String, String) -> What, a: String, b: String) {
        if a != b {
            self.say(what(a, b));
        }
    }

    fn at(&mut self, top: Top, look: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.top, top);
        look(self);
        self.top = before;
    }

    pub(super) fn below(&mut self, step: impl Into<String>, look: impl FnOnce(&mut Self)) {
        self.steps.push(step.into());
        look(self);
        self.steps.pop();
    }

    fn operation(&mut self, a: &Operation, b: &Operation) {
        self.within = (a.request.as_str().to_owned(), b.request.as_str().to_owned());
        self.requests.push((self.operation.clone(), self.within.clone()));
        if a.method == b.method {
            let made = |o: &Operation| {
                let errors = o.errors.as_ref().map(|errors| errors.name.as_str());
                format!("{} {} {errors:?}", o.request.as_str(), o.constant.as_str())
            };
            self.texts(What::MadeName, made(a), made(b));
        } else {
            self.say(What::Method(a.method.as_str().to_owned(), b.method.as_str().to_owned()));
        }
        self.texts(What::File, a.file.as_str().to_owned(), b.file.as_str().to_owned());
        if a.deprecated != b.deprecated {
            self.say(What::Deprecated(a.deprecated, b.deprecated));
        }
        self.arguments(a, b);
        self.at(Top::Body, |walk| match (&a.body, &b.body) {
            (Some(a), Some(b)) => walk.body(a, b),
            (None, None) => (),
            (a, _) => walk.say(What::Only(a.is_some(), "body".to_owned())),
        });
        let accept = |o: &Operation| o.accept.clone().unwrap_or_default();
        self.texts(What::Accept, accept(a), accept(b));
        let success = |o: &Operation| format!("{:?}", o.success);
        self.texts(What::Order, success(a), success(b));
        self.at(Top::Response(None), |walk| walk.output(&a.output, &b.output));
        match (&a.errors, &b.errors) {
            (Some(a), Some(b)) => self.responses(a, b),
            (None, None) => (),
            (a, _) => self.say(What::Only(a.is_some(), "enum of errors".to_owned())),
        }
    }

    fn arguments(&mut self, a: &Operation, b: &Operation) {
        let all = |o: &'_ Operation| -> Vec<(Argument, &'static str)> {
            let required = o.arguments.iter().map(|argument| (argument.clone(), "required"));
            required.chain(o.options.iter().map(|option| (option.clone(), "optional"))).collect()
        };
        let key = |argument: &Argument| (argument.location, argument.wire.clone());
        let (ours, theirs) = (all(a), all(b));
        for (argument, mode) in &ours {
            self.at(Top::Argument(argument.location, argument.wire.clone()), |walk| {
                match theirs.iter().find(|(other, _)| key(other) == key(argument)) {
                    Some((other, its)) => walk.argument((argument, mode), (other, its)),
                    None => walk.say(What::Only(true, "parameter".to_owned())),
                }
            });
        }
        for (argument, _) in &theirs {
            if !ours.iter().any(|(other, _)| key(other) == key(argument)) {
                self.at(Top::Argument(argument.location, argument.wire.clone()), |walk| {
                    walk.say(What::Only(false, "parameter".to_owned()));
                });
            }
        }
        let names = |of: &[(Argument, &str)], others: &[(Argument, &str)]| {
            let both = of.iter().filter(|(o, mode)| {
                others.iter().any(|(other, its)| key(other) == key(o) && its == mode)
            });
            both.map(|(argument, _)| argument.wire.as_str()).collect::<Vec<_>>().join(" ")
        };
        self.texts(What::Order, names(&ours, &theirs), names(&theirs, &ours));
    }

    fn argument(&mut self, (a, its): (&Argument, &str), (b, others): (&Argument, &str)) {
        self.texts(What::Mode, its.to_owned(), others.to_owned());
        self.texts(What::Name, a.name.as_str().to_owned(), b.name.as_str().to_owned());
        let style = |argument: &Argument| {
            let Argument { style, explode, allow_reserved, content, .. } = argument;
            format!("{style:?} explode={explode} reserved={allow_reserved} content={content:?}")
        };
        self.texts(What::Style, style(a), style(b));
        self.types(&a.ty, &b.ty);
    }

    fn body(&mut self, a: &Body, b: &Body) {
        let required = |body: &Body| if body.required { "required" } else { "optional" }.to_owned();
        self.texts(What::Mode, required(a), required(b));
        let media = |body: &Body| {
            let types = body.media.iter().map(|it| {
                let members = if it.members.is_empty() { "" } else { " with members" };
                format!("{} {:?}{members}", it.content_type, it.kind)
            });
            let choices = body.choices.iter().map(|(name, ..)| name.as_str().to_owned());
            types.chain(choices).collect::<Vec<_>>().join(", ")
        };
        self.texts(What::Media, media(a), media(b));
        match (&a.ty, &b.ty) {
            (BodyType::Value(a), BodyType::Value(b)) => self.types(a, b),
            (BodyType::OneOf(a), BodyType::OneOf(b)) if a.variants.len() == b.variants.len() => {
                for (ours, theirs) in a.variants.iter().zip(&b.variants) {
                    self.texts(What::Name, ours.name.as_str().into(), theirs.name.as_str().into());
                    match (&ours.value, &theirs.value) {
                        (Some(a), Some(b)) => self.types(a, b),
                        (None, None) => (),
                        (a, _) => self.say(What::Only(a.is_some(), "value".to_owned())),
                    }
                }
            }
            (a, b) if a == b => (),
            (a, b) => self.say(What::Type(kind_of_body(a), kind_of_body(b))),
        }
    }

    fn output(&mut self, a: &Output, b: &Output) {
        match (a, b) {
            (Output::Json(a), Output::Json(b))
            | (Output::Events(Some(a)), Output::Events(Some(b))) => self.types(a, b),
            (Output::OneOf(a), Output::OneOf(b)) => self.responses(a, b),
            (a, b) if a == b => (),
            (a, b) => self.say(What::Type(kind_of_output(a), kind_of_output(b))),
        }
    }

    fn responses(&mut self, a: &ResponseEnum, b: &ResponseEnum) {
        let statuses = |responses: &ResponseEnum| -> BTreeSet<Status> {
            responses.variants.iter().map(|variant| variant.status).collect()
        };
        for status in statuses(a).union(&statuses(b)) {
            let of = |responses: &ResponseEnum| {
                responses.variants.iter().find(|variant| variant.status == *status).cloned()
            };
            self.at(Top::Response(Some(*status)), |walk| match (of(a), of(b)) {
                (Some(a), Some(b)) => {
                    walk.texts(What::Name, a.name.as_str().into(), b.name.as_str().into());
                    walk.response_body(&a.body, &b.body);
                }
                (a, _) => walk.say(What::Only(a.is_some(), "response".to_owned())),
            });
        }
    }

    fn response_body(&mut self, a: &ResponseBody, b: &ResponseBody) {
        match (a, b) {
            (ResponseBody::Json(a), ResponseBody::Json(b))
            | (ResponseBody::Untyped(a), ResponseBody::Untyped(b)) => self.types(a, b),
            (a, b) if a == b => (),
            (a, b) => self.say(What::Type(kind_of_response(a), kind_of_response(b))),
        }
    }

    /// Two types, structure by structure.
    pub(super) fn types(&mut self, a: &RustType, b: &RustType) {
        use RustType::{Boxed, List, Map, Named, Option};
        match (a, b) {
            (Named(a), Named(b)) => self.named(a, b),
            (List(a), List(b)) => self.below("[]", |walk| walk.types(a, b)),
            (Map(a), Map(b)) => self.below("{}", |walk| walk.types(a, b)),
            (Option(a), Option(b)) | (Boxed(a), Boxed(b)) => self.types(a, b),
            (a, b) if a == b => (),
            (a, b) => self.say(What::Type(text(a), text(b))),
        }
    }

    pub(super) fn named(&mut self, a: &Name, b: &Name) {
        let (a, b) = (a.as_str().to_owned(), b.as_str().to_owned());
        if !self.seen.insert((a.clone(), b.clone())) {
            return;
        }
        self.found.subjects.insert(a.clone());
        let items = (self.items.0.get(a.as_str()).copied(), self.items.1.get(b.as_str()).copied());
        let owner = self.owner.replace((a.clone(), b.clone()));
        if a != b {
            self.say(What::TypeName(a.clone(), b.clone()));
        }
        let within = std::mem::replace(&mut self.within, (a, b));
        if let (Some(a), Some(b)) = items {
            self.item(a, b);
        }
        (self.owner, self.within) = (owner, within);
    }
}

/// A type in words.
pub fn text(ty: &RustType) -> String {
    match ty {
        RustType::Plain(name) | RustType::Runtime(name) => (*name).to_owned(),
        RustType::Named(name) => name.as_str().to_owned(),
        RustType::List(inner) => format!("Vec<{}>", text(inner)),
        RustType::Map(inner) => format!("Map<{}>", text(inner)),
        RustType::Option(inner) => format!("Option<{}>", text(inner)),
        RustType::Boxed(inner) => format!("Box<{}>", text(inner)),
    }
}

fn kind_of_body(body: &BodyType) -> String {
    match body {
        BodyType::Value(ty) => text(ty),
        BodyType::Bytes => "bytes".to_owned(),
        BodyType::OneOf(item) => format!("one of {}", item.variants.len()),
    }
}

fn kind_of_output(output: &Output) -> String {
    match output {
        Output::Json(ty) => text(ty),
        Output::Text => "text".to_owned(),
        Output::Bytes => "bytes".to_owned(),
        Output::Events(Some(ty)) => format!("events of {}", text(ty)),
        Output::Events(None) => "events".to_owned(),
        Output::Empty => "nothing".to_owned(),
        Output::OneOf(responses) => format!("one of {}", responses.variants.len()),
    }
}

fn kind_of_response(body: &ResponseBody) -> String {
    match body {
        ResponseBody::Json(ty) => text(ty),
        ResponseBody::Untyped(ty) => format!("maybe {}", text(ty)),
        ResponseBody::Text => "text".to_owned(),
        ResponseBody::Bytes => "bytes".to_owned(),
        ResponseBody::Empty => "nothing".to_owned(),
    }
}
