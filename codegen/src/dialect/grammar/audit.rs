//! The walk that reads every keyword of a raw tree against the tables.

use super::suggest::closest;
use super::{Missing, Object, Rule, Shape};
use crate::dialect::account::{EXTENSION, KeywordLedger};
use crate::dialect::detect::Dialect;
use crate::report::{Location, Origin, Problem, Report};
use crate::source::{Kind, Map, Node};

/// What a walk over a description needs to know and where it says what it found.
pub(in crate::dialect) struct Audit<'a> {
    /// The dialect of the document.
    pub dialect: Dialect,
    /// Where problems go.
    pub report: &'a mut Report,
    /// Where keywords are counted.
    pub account: &'a mut KeywordLedger,
    /// The names on the way from the root to the object at hand.
    pub path: Vec<String>,
    /// Where the object at hand stands.
    pub origin: Origin,
    /// The definitions of the schemas round the object at hand: the JSON pointer of each map of
    /// them, with the names in it.
    pub definitions: Vec<(String, Vec<String>)>,
}

impl<'a> Audit<'a> {
    /// Reads every keyword below `root` against the tables: unknown ones are reported, ignored ones
    /// go into the account, and both leave the tree; what is left has the shape its table expects.
    pub(in crate::dialect) fn run(
        dialect: Dialect,
        root: &mut Node,
        report: &'a mut Report,
        account: &'a mut KeywordLedger,
    ) {
        let object = match dialect {
            Dialect::OpenApi30 | Dialect::OpenApi31 => Object::Root,
            Dialect::Endpoint => Object::Block,
        };
        let origin = root.origin;
        let (path, definitions) = (Vec::new(), Vec::new());
        Audit { dialect, report, account, path, origin, definitions }.object(root, object);
    }

    /// Reads one object; `false` means that it cannot be used and was reported.
    pub(super) fn object(&mut self, node: &mut Node, object: Object) -> bool {
        if object == Object::Wrapped {
            return self.wrapped(node);
        }
        if object == Object::Schema && self.schema_in_short(node) {
            return true;
        }
        let Kind::Object(map) = &mut node.kind else {
            let what =
                format!("expected a map for {}, found {}", object.grammar().name, shown(node));
            self.tolerate(Problem::error(Location::Member(node.origin), what));
            // A schema that says nothing allows everything.
            node.kind = Kind::Object(Map::new());
            return object == Object::Schema;
        };
        let outer = std::mem::replace(&mut self.origin, node.origin);
        let definitions = self.definitions.len();
        let mut usable = true;
        if !self.reference(map, object) {
            for fixup in object.grammar().fixups {
                fixup(map, self);
            }
            self.members(map, object);
            for fixup in object.grammar().afterwards {
                fixup(map, self);
            }
            usable = self.missing(map, object);
        }
        self.definitions.truncate(definitions);
        self.origin = outer;
        usable
    }

    /// `allOf` round a schema, or in older pages a list of entries.
    pub(super) fn wrapped(&mut self, node: &mut Node) -> bool {
        let Kind::Array(entries) = &mut node.kind else {
            return self.object(node, Object::Schema);
        };
        entries.retain_mut(|entry| self.object(entry, Object::Entry));
        true
    }

    /// A reference in the object's location; what stands beside it is not read.
    fn reference(&mut self, map: &mut Map, object: Object) -> bool {
        let grammar = object.grammar();
        if !grammar.reference || !matches!(map.get("$ref"), Some(n) if n.as_str().is_some()) {
            return false;
        }
        // A path item's own members hold beside the reference.
        if object == Object::PathItem {
            let reference = map.shift_remove("$ref");
            self.members(map, object);
            if let Some(reference) = reference {
                self.account.keep(reference.origin);
                map.shift_insert(0, "$ref".to_owned(), reference);
            }
            return true;
        }
        self.account.kept.extend(map.get("$ref").map(|node| node.origin));
        for (key, node) in map.iter().filter(|(key, _)| *key != "$ref") {
            let location = Location::Member(node.origin);
            match grammar.rule(key) {
                Some(_) => {
                    self.account.ignore(location, key, "the object that `$ref` names says it");
                }
                None if key.starts_with("x-") => self.extension(key, node.origin),
                None => self.unknown(key, node.origin, object),
            }
        }
        map.retain(|key, _| key == "$ref");
        true
    }

    fn members(&mut self, map: &mut Map, object: Object) {
        let grammar = object.grammar();
        for (key, node) in std::mem::take(map) {
            let rule = grammar.rule(&key).or(grammar.rest.map(Rule::Kept));
            match rule {
                Some(Rule::Kept(shape)) => {
                    let is_name = grammar.rest.is_some() && grammar.rule(&key).is_none();
                    self.member(map, key, node, shape, !is_name);
                }
                Some(Rule::Unused(shape, why)) => {
                    let (origin, read) = (node.origin, self.account.kept.len());
                    self.member(map, key.clone(), node, shape, true);
                    self.account.ignore_read(origin, key, why, read);
                }
                Some(Rule::Ignored(why)) => {
                    self.account.ignore(Location::Member(node.origin), key, why);
                }
                Some(Rule::Unsupported(why)) => {
                    let what = format!("`{key}` is not understood and is left out: {why}");
                    self.problem(Problem::warning(Location::Member(node.origin), what));
                    self.account.drop(node.origin, key);
                }
                None if key.starts_with("x-") => {
                    self.extension(&key, node.origin);
                    map.insert(key, node);
                }
                None => self.unknown(&key, node.origin, object),
            }
        }
    }

    /// Reads the value of one member, and puts it into `map` if it can be used.
    fn member(&mut self, map: &mut Map, key: String, mut node: Node, shape: Shape, counts: bool) {
        self.path.push(key);
        let kept = self.value(&mut node, shape);
        let key = self.path.pop().unwrap_or_default();
        match kept {
            true if counts => self.account.keep(node.origin),
            false if counts => self.account.drop(node.origin, key.as_str()),
            true | false => {}
        }
        if kept {
            map.insert(key, node);
        }
    }

    /// Fills in what may be missing; `false` if something else is.
    fn missing(&mut self, map: &mut Map, object: Object) -> bool {
        let grammar = object.grammar();
        let mut usable = true;
        for &(key, missing) in grammar.required {
            if map.contains_key(key) {
                continue;
            }
            let what = format!("{} has no `{key}`", grammar.name);
            let location = Location::Value(self.origin);
            match missing {
                Missing::Error(help) => {
                    let problem = Problem::error(location, what).help(help);
                    match object {
                        Object::Block | Object::Endpoint => self.problem(problem),
                        _ => self.tolerate(problem),
                    }
                    usable = false;
                    continue;
                }
                Missing::Text | Missing::Map => {
                    self.problem(Problem::note(location, what + "; it is read as empty"));
                }
                Missing::QuietMap => {}
            }
            map.insert(key.to_owned(), empty(object, key, missing, self.origin));
        }
        usable
    }

    /// An extension goes on; whether a rule of the manifest reads it is not known here.
    pub(super) fn extension(&mut self, key: &str, origin: Origin) {
        self.account.ignore(Location::Member(origin), key, EXTENSION);
    }

    fn unknown(&mut self, key: &str, origin: Origin, object: Object) {
        let grammar = object.grammar();
        let what = format!("unknown keyword `{key}` in {}", grammar.name);
        let mut problem = Problem::warning(Location::Member(origin), what);
        let words = grammar.keywords.iter().map(|(word, _)| *word);
        problem.help = Some(match closest(key, words) {
            Some(word) => format!("did you mean `{word}`?"),
            None => "it is left out; an extension's name starts with `x-`".to_owned(),
        });
        self.problem(problem);
        self.account.drop(origin, key);
    }

    /// Reports `problem`, saying in which part of the description it stands.
    pub(super) fn problem(&mut self, problem: Problem) {
        let label = problem.label.clone().or_else(|| self.label());
        self.report.push(Problem { label, ..problem });
    }

    /// Reports an error that the part at fault is left out for, in the same way.
    pub(super) fn tolerate(&mut self, problem: Problem) {
        let label = problem.label.clone().or_else(|| self.label());
        self.report.tolerate(Problem { label, ..problem });
    }

    /// The part of the description at hand, such as `inside components.schemas.Order`.
    fn label(&self) -> Option<String> {
        let parts = self.path.get(..3.min(self.path.len()))?;
        (!parts.is_empty()).then(|| format!("inside {}", parts.join(".")))
    }
}

/// The empty value of the member `key`, with what it cannot do without itself.
fn empty(object: Object, key: &str, missing: Missing, origin: Origin) -> Node {
    if matches!(missing, Missing::Text) {
        return Node::string("", origin);
    }
    let mut map = Map::new();
    let shape = object.grammar().rule(key).and_then(Rule::shape);
    if let Some(Shape::One(inner)) = shape {
        for &(key, missing) in inner.grammar().required {
            map.insert(key.to_owned(), empty(inner, key, missing, origin));
        }
    }
    Node::object(map, origin)
}

/// A value in a message: itself when it is short, else what kind it is.
pub(super) fn shown(node: &Node) -> String {
    let text = match &node.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
            node.to_json().to_string()
        }
        Kind::Array(items) if items.is_empty() => "[]".to_owned(),
        Kind::Object(map) if map.is_empty() => "{}".to_owned(),
        Kind::Array(_) | Kind::Object(_) => return node.kind_name().to_owned(),
    };
    if text.chars().count() > 40 { node.kind_name().to_owned() } else { format!("`{text}`") }
}
