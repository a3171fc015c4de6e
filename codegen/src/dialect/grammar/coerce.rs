//! Checks values against the kind that their keyword expects, and converts those with a clear
//! meaning.

use super::audit::display_value;
use super::keys::CheckedKey;
use super::{Audit, KeyRule, ObjectKind, ValueKind, platform_fixups};
use crate::dialect::detect::Dialect;
use crate::report::{Location, Problem, closest};
use crate::source::{Kind, Map, Node, Number};

impl Audit<'_> {
    /// Checks the value of the last key of `path`, and converts it if necessary. Returns `false` if
    /// the entry must be skipped, which was reported.
    pub(super) fn coerce_value(&mut self, node: &mut Node, expected: ValueKind) -> bool {
        if node.kind == Kind::Null && !matches!(expected, ValueKind::Any) {
            let message = format!("`{}` is null and is skipped", self.current_key());
            self.report_problem(Problem::note(Location::Entry(node.origin), message));
            return false;
        }
        match expected {
            ValueKind::String => self.coerce_string(node),
            ValueKind::Prose => self.coerce_prose(node),
            ValueKind::Bool => self.coerce_bool(node),
            ValueKind::Count => self.coerce_count(node),
            ValueKind::Number => self.coerce_number(node),
            ValueKind::BoolOrNumber if node.as_bool().is_some() => true,
            ValueKind::BoolOrNumber => self.coerce_number(node),
            ValueKind::TypeNames => match &mut node.kind {
                Kind::Array(_) => self.coerce_strings(node),
                _ => self.coerce_string(node),
            },
            ValueKind::OneOf(allowed) => self.coerce_one_of(node, allowed),
            ValueKind::Strings => self.coerce_strings(node),
            ValueKind::PropertyNames => self.coerce_property_names(node),
            ValueKind::StringMap => self.coerce_string_map(node),
            ValueKind::SecurityRequirements => self.coerce_security_requirements(node),
            ValueKind::Any => true,
            ValueKind::AnyArray => self.coerce_any_array(node),
            ValueKind::SchemaExamples => self.coerce_schema_examples(node),
            ValueKind::Object(object) => self.audit_object(node, object),
            ValueKind::Array(object) => self.coerce_array(node, object),
            ValueKind::Map(rule, object) => self.coerce_map(node, rule, object),
            ValueKind::SchemaOrBool => self.coerce_schema_or_bool(node),
        }
    }

    fn current_key(&self) -> String {
        self.path.last().cloned().unwrap_or_default()
    }

    /// Reports that the value is not of the expected kind. Returns `false`.
    pub(super) fn mismatch(&mut self, node: &Node, expected: &str) -> bool {
        let message =
            format!("`{}` must be {expected}, found {}", self.current_key(), display_value(node));
        self.error_or_warn(Problem::error(Location::Entry(node.origin), message));
        false
    }

    /// Replaces a value by the one that is meant, with a note. Returns `true`.
    fn read_as(&mut self, node: &mut Node, kind: Kind) -> bool {
        let before = display_value(node);
        node.kind = kind;
        let message =
            format!("`{}`: {before} is read as {}", self.current_key(), display_value(node));
        self.report_problem(Problem::note(Location::Entry(node.origin), message));
        true
    }

    fn coerce_string(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::String(_) => true,
            Kind::Number(_) | Kind::Bool(_) => {
                let text = node.to_json().to_string();
                self.read_as(node, Kind::String(text))
            }
            Kind::Null | Kind::Array(_) | Kind::Object(_) => self.mismatch(node, "a string"),
        }
    }

    fn coerce_prose(&mut self, node: &mut Node) -> bool {
        if !matches!(&node.kind, Kind::Array(_) | Kind::Object(_)) {
            return self.coerce_string(node);
        }
        let message =
            format!("`{}` must be a string, found {}", self.current_key(), display_value(node));
        let help = "it is skipped; if a property of this name is meant, move it to `properties`";
        self.report_problem(Problem::warning(Location::Entry(node.origin), message).help(help));
        false
    }

    fn coerce_bool(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::Bool(_) => true,
            Kind::String(text) if text.eq_ignore_ascii_case("true") => {
                self.read_as(node, Kind::Bool(true))
            }
            Kind::String(text) if text.eq_ignore_ascii_case("false") => {
                self.read_as(node, Kind::Bool(false))
            }
            _ => self.mismatch(node, "`true` or `false`"),
        }
    }

    fn coerce_count(&mut self, node: &mut Node) -> bool {
        let Some(value) = parse_number(node) else {
            return self.mismatch(node, "a non-negative integer");
        };
        #[allow(clippy::cast_possible_truncation, reason = "only whole numbers in range are cast")]
        let int = match value {
            Number::Int(i) => Some(i),
            Number::Float(f) if f.fract() == 0.0 && f.abs() < 1e18 => Some(f as i128),
            Number::Float(_) => None,
        };
        match int.filter(|i| u32::try_from(*i).is_ok()) {
            Some(i) if node.as_int() == Some(i) => true,
            Some(i) => self.read_as(node, Kind::Number(Number::Int(i))),
            // No real value reaches this limit.
            None if int.is_some_and(|i| i > 0) => {
                let message = format!(
                    "`{}` is larger than 4294967295 and is skipped: no value reaches it",
                    self.current_key()
                );
                self.report_problem(Problem::note(Location::Entry(node.origin), message));
                false
            }
            None => self.mismatch(node, "a non-negative integer"),
        }
    }

    fn coerce_number(&mut self, node: &mut Node) -> bool {
        match parse_number(node) {
            Some(Number::Float(f)) if !f.is_finite() => self.mismatch(node, "a number"),
            Some(_) if matches!(node.kind, Kind::Number(_)) => true,
            Some(value) => self.read_as(node, Kind::Number(value)),
            None => self.mismatch(node, "a number"),
        }
    }

    fn coerce_one_of(&mut self, node: &mut Node, allowed: &'static [&'static str]) -> bool {
        if !self.coerce_string(node) {
            return false;
        }
        let Some(text) = node.as_str() else { return false };
        if allowed.contains(&text) {
            return true;
        }
        if let Some(value) = allowed.iter().find(|value| value.eq_ignore_ascii_case(text.trim())) {
            return self.read_as(node, Kind::String((*value).to_owned()));
        }
        let list: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
        let message = format!(
            "`{}` must be one of {}, found {}",
            self.current_key(),
            list.join(", "),
            display_value(node)
        );
        let mut problem = Problem::error(Location::Entry(node.origin), message);
        problem.help =
            closest(text, allowed.iter().copied()).map(|value| format!("did you mean `{value}`?"));
        self.error_or_warn(problem);
        false
    }

    fn coerce_strings(&mut self, node: &mut Node) -> bool {
        match &mut node.kind {
            Kind::Array(items) => {
                if platform_fixups::flatten_lists(items) {
                    let message =
                        format!("`{}` has a list in the list; it is flattened", self.current_key());
                    self.report_problem(Problem::note(Location::Entry(node.origin), message));
                }
                items.retain_mut(|item| item.kind != Kind::Null && self.coerce_string(item));
                true
            }
            Kind::String(text) => {
                let item = Node::string(std::mem::take(text), node.origin);
                let message = format!(
                    "`{}` is not an array; it is read as an array with one item",
                    self.current_key()
                );
                self.report_problem(Problem::note(Location::Entry(node.origin), message));
                node.kind = Kind::Array(vec![item]);
                true
            }
            _ => self.mismatch(node, "an array of strings"),
        }
    }

    fn coerce_property_names(&mut self, node: &mut Node) -> bool {
        if node.as_bool().is_none() && matches!(&node.kind, Kind::Array(_) | Kind::String(_)) {
            return self.coerce_strings(node);
        }
        let message =
            format!("`required` must be an array of property names, found {}", display_value(node));
        let help = match self.dialect {
            Dialect::Endpoint => {
                "here, `required` marks a required body; list the required properties under \
                 `requiredProperties`"
            }
            Dialect::Swagger20 | Dialect::OpenApi30 | Dialect::OpenApi31 => {
                "list the required properties, such as `required: [id]`"
            }
        };
        self.error_or_warn(Problem::error(Location::Entry(node.origin), message).help(help));
        false
    }

    fn coerce_string_map(&mut self, node: &mut Node) -> bool {
        let Kind::Object(map) = &mut node.kind else {
            return self.mismatch(node, "an object whose values are strings");
        };
        for (_, value) in map.iter_mut() {
            match &value.kind {
                Kind::String(_) => {}
                Kind::Null => value.kind = Kind::String(String::new()),
                _ => {
                    self.coerce_string(value);
                }
            }
        }
        map.retain(|_, value| value.as_str().is_some());
        true
    }

    fn coerce_security_requirements(&mut self, node: &mut Node) -> bool {
        if let Kind::Object(_) = &node.kind {
            let message = "`security` is not an array; it is read as an array with one item";
            self.report_problem(Problem::note(Location::Entry(node.origin), message));
            let item = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
            node.kind = Kind::Array(vec![item]);
        }
        let Kind::Array(alternatives) = &mut node.kind else {
            return self.mismatch(node, "an array of security requirements");
        };
        for alternative in alternatives.iter_mut() {
            let Kind::Object(schemes) = &mut alternative.kind else {
                return self.mismatch(
                    node,
                    "an array of objects that map the name of a scheme to its scopes",
                );
            };
            let is_extension = platform_fixups::is_requirement_extension;
            schemes.retain(|key, value| {
                let is_kept = !is_extension(key, value);
                if !is_kept {
                    self.ignore_extension(key, value.origin);
                }
                is_kept
            });
            for (_, scopes) in schemes.iter_mut() {
                let empty = match &scopes.kind {
                    Kind::Null => true,
                    Kind::Object(map) => map.is_empty(),
                    Kind::String(text) => text.is_empty(),
                    Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) => false,
                };
                if empty || !self.coerce_strings(scopes) {
                    scopes.kind = Kind::Array(Vec::new());
                }
            }
        }
        true
    }

    fn coerce_any_array(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::Array(items) if items.is_empty() => {
                let message = format!("`{}` is an empty array and is skipped", self.current_key());
                self.report_problem(Problem::note(Location::Entry(node.origin), message));
                false
            }
            Kind::Array(_) => true,
            Kind::Object(_) => self.mismatch(node, "an array"),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
                self.wrap_in_array(node);
                true
            }
        }
    }

    fn wrap_in_array(&mut self, node: &mut Node) {
        let message = format!(
            "`{}` is not an array; it is read as an array with one item",
            self.current_key()
        );
        self.report_problem(Problem::note(Location::Entry(node.origin), message));
        let item = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
        node.kind = Kind::Array(vec![item]);
    }

    /// Checks the `examples` of a schema: an array, or by mistake an object, as in parameters and
    /// bodies.
    fn coerce_schema_examples(&mut self, node: &mut Node) -> bool {
        if let Kind::Object(map) = &mut node.kind {
            let values = std::mem::take(map).into_values().map(|mut example| {
                let value = example.as_object_mut().and_then(|map| map.shift_remove("value"));
                value.unwrap_or(example)
            });
            node.kind = Kind::Array(values.collect());
            let message =
                "`examples` of a schema must be an array; the values of the object are used";
            self.report_problem(Problem::note(Location::Entry(node.origin), message));
            return true;
        }
        self.coerce_any_array(node)
    }

    fn coerce_array(&mut self, node: &mut Node, object: ObjectKind) -> bool {
        if let Kind::Object(map) = &node.kind {
            if map.is_empty() {
                node.kind = Kind::Array(Vec::new());
                return true;
            }
            self.wrap_in_array(node);
        }
        let Kind::Array(items) = &mut node.kind else {
            return self.mismatch(node, "an array");
        };
        items.retain(|item| item.kind != Kind::Null);
        let mut index = 0_usize;
        items.retain_mut(|item| {
            self.path.push(index.to_string());
            let usable = self.audit_object(item, object);
            self.path.pop();
            index += usize::from(usable);
            usable
        });
        true
    }

    fn coerce_map(&mut self, node: &mut Node, rule: KeyRule, object: ObjectKind) -> bool {
        let Kind::Object(map) = &mut node.kind else {
            if matches!(&node.kind, Kind::Array(items) if items.is_empty()) {
                node.kind = Kind::Object(Map::new());
                return true;
            }
            return self.mismatch(node, "an object");
        };
        for (key, mut value) in std::mem::take(map) {
            match self.check_key(rule, &key, &value) {
                CheckedKey::Valid(key) => {
                    self.path.push(key);
                    self.replace_null_with_empty(&mut value);
                    let usable = self.audit_object(&mut value, object);
                    let key = self.path.pop().unwrap_or_default();
                    if usable {
                        self.insert_once(map, key, value);
                    }
                }
                CheckedKey::Extension => {
                    self.ignore_extension(&key, value.origin);
                    map.insert(key, value);
                }
                CheckedKey::Invalid => {}
            }
        }
        true
    }

    /// Inserts `value`, unless another key was corrected to the same one, such as `2xx` and `2XX`.
    fn insert_once(&mut self, map: &mut Map, key: String, value: Node) {
        if map.contains_key(&key) {
            let message = format!("`{key}` is defined twice");
            self.error_or_warn(Problem::error(Location::Entry(value.origin), message));
            return;
        }
        map.insert(key, value);
    }

    fn replace_null_with_empty(&mut self, node: &mut Node) {
        if node.kind == Kind::Null {
            node.kind = Kind::Object(Map::new());
            let message =
                format!("`{}` is null and is read as an empty object", self.current_key());
            self.report_problem(Problem::note(Location::Entry(node.origin), message));
        }
    }

    fn coerce_schema_or_bool(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::Bool(_) => true,
            Kind::String(_) => self.coerce_bool(node),
            Kind::Array(_) if self.dialect == Dialect::Endpoint => self.audit_wrapped_schema(node),
            _ => self.audit_object(node, ObjectKind::Schema),
        }
    }
}

/// Returns a number, which may be written as a string.
fn parse_number(node: &Node) -> Option<Number> {
    match &node.kind {
        Kind::Number(number) => Some(*number),
        Kind::String(text) => {
            let text = text.trim();
            let int = text.parse::<i128>().ok().map(Number::Int);
            int.or_else(|| text.parse::<f64>().ok().filter(|f| f.is_finite()).map(Number::Float))
        }
        Kind::Null | Kind::Bool(_) | Kind::Array(_) | Kind::Object(_) => None,
    }
}
