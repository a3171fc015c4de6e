//! Samples of strings, numbers, booleans, `enum` values, and values without a type.

use serde_json::{Value, json};

use super::view::View;
use super::{SampleBuilder, SampleSpec, number, string};
use crate::source::{Kind, Node};

impl<'n> SampleBuilder<'n> {
    /// Returns the hint, the default, an `enum` value or a generated value: the first that is
    /// allowed.
    pub(super) fn scalar(
        &mut self,
        view: &View<'n>,
        kind: &str,
        spec: &SampleSpec<'_, 'n, '_>,
    ) -> Option<Value> {
        let validator = &self.validator;
        let is_allowed = |value: &Value| !value.is_null() && view.allows_scalar(validator, value);
        if self.choices.is_first() {
            let hint = spec.hint.filter(|it| !it.is_object() && !it.is_array()).cloned();
            let default = view.get("default").map(Node::to_json);
            if let Some(value) = hint.into_iter().chain(default).find(is_allowed) {
                return Some(value);
            }
        }
        if let Some(values) = view.get("enum").and_then(Node::as_array) {
            let allowed: Vec<Value> = values.iter().map(Node::to_json).filter(is_allowed).collect();
            let null = values.iter().find(|value| value.kind == Kind::Null).map(Node::to_json);
            return self.choices.pick(&allowed).cloned().or(null);
        }
        match kind {
            "string" => {
                let text = string::string_sample(view, spec.name, &mut self.choices);
                text.map(Value::from).or_else(|| view.example().filter(is_allowed))
            }
            "integer" => number::integer_sample(view, &mut self.choices),
            "number" => number::number_sample(view, &mut self.choices),
            "boolean" => Some(Value::Bool(self.choices.index(2) == 0)),
            _ => Some(self.any_value(spec)),
        }
    }

    /// Returns a value for a schema that allows all.
    fn any_value(&mut self, spec: &SampleSpec<'_, 'n, '_>) -> Value {
        if self.choices.is_random() {
            let values = [
                json!("text"),
                json!(i64::MIN),
                json!(u64::MAX),
                json!(-0.25),
                json!(true),
                json!({ "a key": [1, null, { "b": "\u{1F600}" }] }),
                json!([[], {}]),
            ];
            return self.choices.pick(&values).cloned().unwrap_or_default();
        }
        // A body is most likely an object, and a parameter can hold a string.
        if spec.depth == 0 && spec.name == "body" {
            return json!({});
        }
        spec.hint.cloned().unwrap_or_else(|| string::string_from_name(spec.name).into())
    }
}
