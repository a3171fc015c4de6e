//! Checks every keyword of a raw tree against the tables.

use super::{Fallback, ObjectKind, Rule, ValueKind};
use crate::dialect::detect::Dialect;
use crate::dialect::keyword_ledger::{EXTENSION_REASON, KeywordLedger};
use crate::report::{Location, Origin, Problem, Report, closest};
use crate::source::{Kind, Map, Node};

/// The state of a walk over a document, and the destinations of its findings.
pub(in crate::dialect) struct Audit<'a> {
    /// The dialect of the document.
    pub dialect: Dialect,
    /// Receives the problems.
    pub report: &'a mut Report,
    /// Receives the keywords.
    pub ledger: &'a mut KeywordLedger,
    /// The keys on the path from the root to the current object.
    pub path: Vec<String>,
    /// The origin of the current object.
    pub origin: Origin,
    /// The local definitions of the schemas that enclose the current object: the JSON pointer of
    /// each `$defs` or `definitions` object, with the names in it.
    pub definitions: Vec<(String, Vec<String>)>,
}

impl<'a> Audit<'a> {
    /// Checks every keyword below `root` against the tables. Unknown keywords are reported, ignored
    /// keywords are added to the ledger, and both are removed from the tree; every remaining value
    /// has the kind that its table expects.
    pub(in crate::dialect) fn run(
        dialect: Dialect,
        root: &mut Node,
        report: &'a mut Report,
        ledger: &'a mut KeywordLedger,
    ) {
        let object = match dialect {
            Dialect::OpenApi30 | Dialect::OpenApi31 => ObjectKind::Root,
            Dialect::Swagger20 => ObjectKind::SwaggerRoot,
            Dialect::Endpoint => ObjectKind::Block,
        };
        let origin = root.origin;
        let (path, definitions) = (Vec::new(), Vec::new());
        Audit { dialect, report, ledger, path, origin, definitions }.audit_object(root, object);
    }

    /// Creates the audit of changes to the value at `path` of an audited document.
    pub(in crate::dialect) fn of_update(
        path: Vec<String>,
        origin: Origin,
        report: &'a mut Report,
        ledger: &'a mut KeywordLedger,
    ) -> Self {
        let (dialect, definitions) = (Dialect::OpenApi31, Vec::new());
        Self { dialect, report, ledger, path, origin, definitions }
    }

    /// Checks `entries` and sets them in `target`, an audited object whose value has this kind.
    /// Returns the keys that were set, each with whether it had the same value before.
    pub(in crate::dialect) fn update_value(
        &mut self,
        target: &mut Node,
        entries: Map,
        value_kind: Option<ValueKind>,
    ) -> Vec<(String, bool)> {
        let object = match value_kind {
            Some(ValueKind::Object(object)) => Some(object),
            Some(ValueKind::SchemaOrBool) => Some(ObjectKind::Schema),
            _ => None,
        };
        let mut update = Node::object(entries, self.origin);
        let is_usable = match (object, value_kind) {
            (Some(object), _) => {
                self.audit_new_entries(&mut update, object);
                true
            }
            (None, Some(value_kind)) => self.coerce_value(&mut update, value_kind),
            // Nothing is known about the content of an extension.
            (None, None) => true,
        };
        let (Some(target), Kind::Object(entries)) = (target.as_object_mut(), update.kind) else {
            return Vec::new();
        };
        let mut set = Vec::new();
        for (key, value) in entries.into_iter().filter(|_| is_usable) {
            set.push((key.clone(), target.get(&key) == Some(&value)));
            target.insert(key, value);
        }
        if let Some(object) = object {
            self.audit_changed_object(target, object);
        }
        set
    }

    /// Checks entries that are added to an object, which has the required keys.
    fn audit_new_entries(&mut self, entries: &mut Node, object: ObjectKind) {
        let Kind::Object(map) = &mut entries.kind else { return };
        for fixup in object.grammar().fixups {
            fixup(map, self);
        }
        self.audit_entries(map, object);
    }

    /// Checks what depends on several entries of an object, after some have changed.
    fn audit_changed_object(&mut self, map: &mut Map, object: ObjectKind) {
        if self.audit_reference(map, object) {
            return;
        }
        for fixup in object.grammar().final_fixups {
            fixup(map, self);
        }
        self.fill_missing(map, object);
    }

    /// Checks one object. Returns `false` if it is unusable, which was reported.
    pub(super) fn audit_object(&mut self, node: &mut Node, object: ObjectKind) -> bool {
        if object == ObjectKind::WrappedSchema {
            return self.audit_wrapped_schema(node);
        }
        if object == ObjectKind::Schema && self.expand_short_schema(node) {
            return true;
        }
        let Kind::Object(map) = &mut node.kind else {
            let name = object.grammar().name;
            let message = format!("{name} must be an object, found {}", display_value(node));
            self.error_or_warn(Problem::error(Location::Entry(node.origin), message));
            // An empty schema allows any value.
            node.kind = Kind::Object(Map::new());
            return object == ObjectKind::Schema;
        };
        let outer = std::mem::replace(&mut self.origin, node.origin);
        let definitions = self.definitions.len();
        let mut usable = true;
        if !self.audit_reference(map, object) {
            for fixup in object.grammar().fixups {
                fixup(map, self);
            }
            self.audit_entries(map, object);
            for fixup in object.grammar().final_fixups {
                fixup(map, self);
            }
            usable = self.fill_missing(map, object);
        }
        self.definitions.truncate(definitions);
        self.origin = outer;
        usable
    }

    /// Checks the schema of a property of an entry: a schema wrapped in `allOf`, or in older pages
    /// an array of entries.
    pub(super) fn audit_wrapped_schema(&mut self, node: &mut Node) -> bool {
        let Kind::Array(entries) = &mut node.kind else {
            return self.audit_object(node, ObjectKind::Schema);
        };
        entries.retain_mut(|entry| self.audit_object(entry, ObjectKind::Entry));
        true
    }

    /// Checks a reference object, and removes the siblings of its `$ref`. Returns `false` if `map`
    /// is not a reference object.
    fn audit_reference(&mut self, map: &mut Map, object: ObjectKind) -> bool {
        let grammar = object.grammar();
        if !grammar.allows_ref || !matches!(map.get("$ref"), Some(n) if n.as_str().is_some()) {
            return false;
        }
        // The siblings of a path item's `$ref` are not ignored.
        if matches!(object, ObjectKind::PathItem | ObjectKind::SwaggerPathItem) {
            let reference = map.shift_remove("$ref");
            self.audit_entries(map, object);
            if let Some(reference) = reference {
                self.ledger.keep(reference.origin);
                map.shift_insert(0, "$ref".to_owned(), reference);
            }
            return true;
        }
        self.ledger.kept.extend(map.get("$ref").map(|node| node.origin));
        for (key, node) in map.iter().filter(|(key, _)| *key != "$ref") {
            let location = Location::Entry(node.origin);
            match grammar.rule(key) {
                Some(_) => {
                    self.ledger.ignore(location, key, "siblings of `$ref` are ignored");
                }
                None if key.starts_with("x-") => self.ignore_extension(key, node.origin),
                None => self.report_unknown_key(key, node.origin, object),
            }
        }
        map.retain(|key, _| key == "$ref");
        true
    }

    /// Applies the rule of each key.
    fn audit_entries(&mut self, map: &mut Map, object: ObjectKind) {
        let grammar = object.grammar();
        for (key, node) in std::mem::take(map) {
            let rule = grammar.rule(&key).or(grammar.other_keys.map(Rule::Kept));
            match rule {
                Some(Rule::Kept(value_kind)) => {
                    let is_keyword = grammar.other_keys.is_none() || grammar.rule(&key).is_some();
                    self.audit_entry(map, key, node, value_kind, is_keyword);
                }
                Some(Rule::PassThrough(value_kind, reason)) => {
                    let (origin, kept_before) = (node.origin, self.ledger.kept.len());
                    self.audit_entry(map, key.clone(), node, value_kind, true);
                    self.ledger.ignore_read(origin, key, reason, kept_before);
                }
                Some(Rule::Ignored(reason)) => {
                    self.ledger.ignore(Location::Entry(node.origin), key, reason);
                }
                Some(Rule::Unsupported(reason)) => {
                    let message = format!("`{key}` is not supported and is skipped: {reason}");
                    self.report_problem(Problem::warning(Location::Entry(node.origin), message));
                    self.ledger.drop(node.origin, key);
                }
                None if key.starts_with("x-") => {
                    self.ignore_extension(&key, node.origin);
                    map.insert(key, node);
                }
                None => self.report_unknown_key(&key, node.origin, object),
            }
        }
    }

    /// Checks the value of one key, and inserts it into `map` if it is usable. Only keywords are
    /// added to the ledger.
    fn audit_entry(
        &mut self,
        map: &mut Map,
        key: String,
        mut node: Node,
        value_kind: ValueKind,
        is_keyword: bool,
    ) {
        self.path.push(key);
        let usable = self.coerce_value(&mut node, value_kind);
        let key = self.path.pop().unwrap_or_default();
        match usable {
            true if is_keyword => self.ledger.keep(node.origin),
            false if is_keyword => self.ledger.drop(node.origin, key.as_str()),
            true | false => {}
        }
        if usable {
            map.insert(key, node);
        }
    }

    /// Inserts fallbacks for missing keywords. Returns `false` if a keyword without a fallback is
    /// missing.
    fn fill_missing(&mut self, map: &mut Map, object: ObjectKind) -> bool {
        let grammar = object.grammar();
        let mut usable = true;
        for &(key, fallback) in grammar.required {
            if map.contains_key(key) {
                continue;
            }
            let message = format!("{} has no `{key}`", grammar.name);
            let location = Location::Value(self.origin);
            match fallback {
                Fallback::Error(help) => {
                    let problem = Problem::error(location, message).help(help);
                    match object {
                        ObjectKind::Block | ObjectKind::Endpoint => self.report_problem(problem),
                        _ => self.error_or_warn(problem),
                    }
                    usable = false;
                    continue;
                }
                Fallback::EmptyString | Fallback::EmptyObject => {
                    self.report_problem(Problem::note(
                        location,
                        message + "; an empty one is assumed",
                    ));
                }
                Fallback::SilentEmptyObject => {}
            }
            map.insert(key.to_owned(), empty_value(object, key, fallback, self.origin));
        }
        usable
    }

    /// Adds an extension to the ledger as ignored: which extensions the rules of the manifest read
    /// is not known here.
    pub(super) fn ignore_extension(&mut self, key: &str, origin: Origin) {
        self.ledger.ignore(Location::Entry(origin), key, EXTENSION_REASON);
    }

    fn report_unknown_key(&mut self, key: &str, origin: Origin, object: ObjectKind) {
        let grammar = object.grammar();
        let message = format!("unknown key `{key}` in {}", grammar.name);
        let mut problem = Problem::warning(Location::Entry(origin), message);
        let keywords = grammar.keywords.iter().map(|(keyword, _)| *keyword);
        problem.help = Some(match closest(key, keywords) {
            Some(keyword) => format!("did you mean `{keyword}`?"),
            None => "it is skipped; the names of extensions start with `x-`".to_owned(),
        });
        self.report_problem(problem);
        self.ledger.drop(origin, key);
    }

    /// Reports `problem`, with the part of the document that contains it as its label.
    pub(super) fn report_problem(&mut self, problem: Problem) {
        let label = problem.label.clone().or_else(|| self.label());
        self.report.push(Problem { label, ..problem });
    }

    /// Reports an error, or a warning if the report is not strict, with the same label. The invalid
    /// part is skipped.
    pub(super) fn error_or_warn(&mut self, problem: Problem) {
        let label = problem.label.clone().or_else(|| self.label());
        self.report.error_or_warn(Problem { label, ..problem });
    }

    /// Names the current part of the document, such as `inside components.schemas.Order`.
    fn label(&self) -> Option<String> {
        let parts = self.path.get(..3.min(self.path.len()))?;
        (!parts.is_empty()).then(|| format!("inside {}", parts.join(".")))
    }
}

/// Creates the empty value of `key`, with the required keys of an object.
fn empty_value(object: ObjectKind, key: &str, fallback: Fallback, origin: Origin) -> Node {
    if matches!(fallback, Fallback::EmptyString) {
        return Node::string("", origin);
    }
    let mut map = Map::new();
    let value_kind = object.grammar().rule(key).and_then(Rule::value_kind);
    if let Some(ValueKind::Object(inner)) = value_kind {
        for &(key, fallback) in inner.grammar().required {
            map.insert(key.to_owned(), empty_value(inner, key, fallback, origin));
        }
    }
    Node::object(map, origin)
}

/// Formats a value for a message: the value itself if it is short, otherwise its kind.
pub(super) fn display_value(node: &Node) -> String {
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
