//! Values against the shape their keyword expects, and the repairs where the meaning is clear.

use super::audit::shown;
use super::names::Name;
use super::suggest::closest;
use super::{Audit, Names, Object, Shape};
use crate::dialect::detect::Dialect;
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node, Number};

impl Audit<'_> {
    /// Reads the value of the keyword that `path` ends with; `false` means that the member is left
    /// out, which was reported.
    pub(super) fn value(&mut self, node: &mut Node, shape: Shape) -> bool {
        if node.kind == Kind::Null && !matches!(shape, Shape::Json) {
            let what = format!("`{}` is null and is left out", self.keyword());
            self.problem(Problem::note(Location::Member(node.origin), what));
            return false;
        }
        match shape {
            Shape::Text => self.text(node),
            Shape::Prose => self.prose(node),
            Shape::Flag => self.flag(node),
            Shape::Count => self.count(node),
            Shape::Number => self.number(node),
            Shape::Bound if node.as_bool().is_some() => true,
            Shape::Bound => self.number(node),
            Shape::TypeWord => match &mut node.kind {
                Kind::Array(_) => self.texts(node),
                _ => self.text(node),
            },
            Shape::Word(words) => self.word(node, words),
            Shape::Texts => self.texts(node),
            Shape::PropertyNames => self.property_names(node),
            Shape::TextMap => self.text_map(node),
            Shape::Requirements => self.requirements(node),
            Shape::Json => true,
            Shape::JsonList => self.json_list(node),
            Shape::Samples => self.samples(node),
            Shape::One(object) => self.object(node, object),
            Shape::List(object) => self.list(node, object),
            Shape::Map(names, object) => self.map(node, names, object),
            Shape::SchemaOrFlag => self.schema_or_flag(node),
        }
    }

    fn keyword(&self) -> String {
        self.path.last().cloned().unwrap_or_default()
    }

    /// An error: the value is not what the keyword expects.
    pub(super) fn mismatch(&mut self, node: &Node, expected: &str) -> bool {
        let what = format!("`{}` must be {expected}, found {}", self.keyword(), shown(node));
        self.tolerate(Problem::error(Location::Member(node.origin), what));
        false
    }

    /// A note: the value was read as another one, which is meant.
    fn read_as(&mut self, node: &mut Node, kind: Kind) -> bool {
        let was = shown(node);
        node.kind = kind;
        let what = format!("`{}`: {was} is read as {}", self.keyword(), shown(node));
        self.problem(Problem::note(Location::Member(node.origin), what));
        true
    }

    fn text(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::String(_) => true,
            Kind::Number(_) | Kind::Bool(_) => {
                let text = node.to_json().to_string();
                self.read_as(node, Kind::String(text))
            }
            Kind::Null | Kind::Array(_) | Kind::Object(_) => self.mismatch(node, "text"),
        }
    }

    fn prose(&mut self, node: &mut Node) -> bool {
        if !matches!(&node.kind, Kind::Array(_) | Kind::Object(_)) {
            return self.text(node);
        }
        let what = format!("`{}` must be text, found {}", self.keyword(), shown(node));
        let help = "it is left out; a property of this name belongs under `properties`";
        self.problem(Problem::warning(Location::Member(node.origin), what).help(help));
        false
    }

    fn flag(&mut self, node: &mut Node) -> bool {
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

    fn count(&mut self, node: &mut Node) -> bool {
        let Some(value) = as_number(node) else {
            return self.mismatch(node, "a number from 0");
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
            // A limit that no value of a program reaches is no limit.
            None if int.is_some_and(|i| i > 0) => {
                let what = format!("`{}` is beyond any real value and is left out", self.keyword());
                self.problem(Problem::note(Location::Member(node.origin), what));
                false
            }
            None => self.mismatch(node, "a number from 0"),
        }
    }

    fn number(&mut self, node: &mut Node) -> bool {
        match as_number(node) {
            Some(Number::Float(f)) if !f.is_finite() => self.mismatch(node, "a number"),
            Some(_) if matches!(node.kind, Kind::Number(_)) => true,
            Some(value) => self.read_as(node, Kind::Number(value)),
            None => self.mismatch(node, "a number"),
        }
    }

    fn word(&mut self, node: &mut Node, words: &'static [&'static str]) -> bool {
        if !self.text(node) {
            return false;
        }
        let Some(text) = node.as_str() else { return false };
        if words.contains(&text) {
            return true;
        }
        if let Some(word) = words.iter().find(|word| word.eq_ignore_ascii_case(text.trim())) {
            return self.read_as(node, Kind::String((*word).to_owned()));
        }
        let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let what = format!(
            "`{}` must be one of {}, found {}",
            self.keyword(),
            all.join(", "),
            shown(node)
        );
        let mut problem = Problem::error(Location::Member(node.origin), what);
        problem.help =
            closest(text, words.iter().copied()).map(|word| format!("did you mean `{word}`?"));
        self.tolerate(problem);
        false
    }

    fn texts(&mut self, node: &mut Node) -> bool {
        match &mut node.kind {
            Kind::Array(items) => {
                items.retain_mut(|item| item.kind != Kind::Null && self.text(item));
                true
            }
            Kind::String(text) => {
                let item = Node::string(std::mem::take(text), node.origin);
                let what = format!("`{}` is read as a list of one", self.keyword());
                self.problem(Problem::note(Location::Member(node.origin), what));
                node.kind = Kind::Array(vec![item]);
                true
            }
            _ => self.mismatch(node, "a list of strings"),
        }
    }

    fn property_names(&mut self, node: &mut Node) -> bool {
        if node.as_bool().is_none() && matches!(&node.kind, Kind::Array(_) | Kind::String(_)) {
            return self.texts(node);
        }
        let what = format!("`required` must be a list of names, found {}", shown(node));
        let help = match self.dialect {
            Dialect::Endpoint => {
                "this dialect marks a required body so; name the properties under \
                 `requiredProperties`"
            }
            Dialect::OpenApi30 | Dialect::OpenApi31 => {
                "name the properties that are always there, such as `required: [id]`"
            }
        };
        self.tolerate(Problem::error(Location::Member(node.origin), what).help(help));
        false
    }

    fn text_map(&mut self, node: &mut Node) -> bool {
        let Kind::Object(map) = &mut node.kind else {
            return self.mismatch(node, "a map of strings");
        };
        for (_, value) in map.iter_mut() {
            match &value.kind {
                Kind::String(_) => {}
                Kind::Null => value.kind = Kind::String(String::new()),
                _ => {
                    self.text(value);
                }
            }
        }
        map.retain(|_, value| value.as_str().is_some());
        true
    }

    fn requirements(&mut self, node: &mut Node) -> bool {
        if let Kind::Object(_) = &node.kind {
            let what = "`security` is read as a list of one alternative";
            self.problem(Problem::note(Location::Member(node.origin), what));
            let one = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
            node.kind = Kind::Array(vec![one]);
        }
        let Kind::Array(alternatives) = &mut node.kind else {
            return self.mismatch(node, "a list of security requirements");
        };
        for alternative in alternatives.iter_mut() {
            let Kind::Object(schemes) = &mut alternative.kind else {
                return self.mismatch(node, "a list of maps from a scheme's name to its scopes");
            };
            for (_, scopes) in schemes.iter_mut() {
                let empty = match &scopes.kind {
                    Kind::Null => true,
                    Kind::Object(map) => map.is_empty(),
                    Kind::String(text) => text.is_empty(),
                    Kind::Bool(_) | Kind::Number(_) | Kind::Array(_) => false,
                };
                if empty || !self.texts(scopes) {
                    scopes.kind = Kind::Array(Vec::new());
                }
            }
        }
        true
    }

    fn json_list(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::Array(items) if items.is_empty() => {
                let what = format!("`{}` is an empty list and is left out", self.keyword());
                self.problem(Problem::note(Location::Member(node.origin), what));
                false
            }
            Kind::Array(_) => true,
            Kind::Object(_) => self.mismatch(node, "a list of values"),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {
                let what = format!("`{}` is read as a list of one", self.keyword());
                self.problem(Problem::note(Location::Member(node.origin), what));
                let one = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
                node.kind = Kind::Array(vec![one]);
                true
            }
        }
    }

    /// A schema's `examples`: a list, or by mistake a map as parameters and bodies have it.
    fn samples(&mut self, node: &mut Node) -> bool {
        if let Kind::Object(map) = &mut node.kind {
            let values = std::mem::take(map).into_values().map(|mut sample| {
                let value = sample.as_object_mut().and_then(|map| map.shift_remove("value"));
                value.unwrap_or(sample)
            });
            node.kind = Kind::Array(values.collect());
            let what = "`examples` of a schema is a list; the values of the map are read";
            self.problem(Problem::note(Location::Member(node.origin), what));
            return true;
        }
        self.json_list(node)
    }

    fn list(&mut self, node: &mut Node, object: Object) -> bool {
        if let Kind::Object(map) = &node.kind {
            if map.is_empty() {
                node.kind = Kind::Array(Vec::new());
                return true;
            }
            let what = format!("`{}` is read as a list of one", self.keyword());
            self.problem(Problem::note(Location::Member(node.origin), what));
            let one = Node { kind: std::mem::replace(&mut node.kind, Kind::Null), ..*node };
            node.kind = Kind::Array(vec![one]);
        }
        let Kind::Array(items) = &mut node.kind else {
            return self.mismatch(node, "a list");
        };
        items.retain(|item| item.kind != Kind::Null);
        let mut index = 0_usize;
        items.retain_mut(|item| {
            self.path.push(index.to_string());
            let kept = self.object(item, object);
            self.path.pop();
            index += usize::from(kept);
            kept
        });
        true
    }

    fn map(&mut self, node: &mut Node, names: Names, object: Object) -> bool {
        let Kind::Object(map) = &mut node.kind else {
            if matches!(&node.kind, Kind::Array(items) if items.is_empty()) {
                node.kind = Kind::Object(Map::new());
                return true;
            }
            return self.mismatch(node, "a map");
        };
        for (key, mut value) in std::mem::take(map) {
            match self.name(names, &key, &value) {
                Name::Is(name) => {
                    self.path.push(name);
                    self.null_as_empty(&mut value);
                    let kept = self.object(&mut value, object);
                    let name = self.path.pop().unwrap_or_default();
                    if kept {
                        self.insert_once(map, name, value);
                    }
                }
                Name::Extension => {
                    self.extension(&key, value.origin);
                    map.insert(key, value);
                }
                Name::Refused => {}
            }
        }
        true
    }

    /// Two names that are read as the same one, such as `2xx` and `2XX`.
    fn insert_once(&mut self, map: &mut Map, name: String, value: Node) {
        if map.contains_key(&name) {
            let what = format!("`{name}` is described twice");
            self.tolerate(Problem::error(Location::Member(value.origin), what));
            return;
        }
        map.insert(name, value);
    }

    fn null_as_empty(&mut self, node: &mut Node) {
        if node.kind == Kind::Null {
            node.kind = Kind::Object(Map::new());
            let what = format!("`{}` is null and is read as empty", self.keyword());
            self.problem(Problem::note(Location::Member(node.origin), what));
        }
    }

    fn schema_or_flag(&mut self, node: &mut Node) -> bool {
        match &node.kind {
            Kind::Bool(_) => true,
            Kind::String(_) => self.flag(node),
            Kind::Array(_) if self.dialect == Dialect::Endpoint => self.wrapped(node),
            _ => self.object(node, Object::Schema),
        }
    }
}

/// A number, also where it is written as text.
fn as_number(node: &Node) -> Option<Number> {
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
