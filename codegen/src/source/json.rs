//! Converts between [`Node`] and [`serde_json::Value`].

use serde_json::Value;

use super::{Kind, Map, Node, Number};
use crate::report::Origin;

impl Node {
    /// Converts the tree to a JSON value, without origins. An integer beyond 64 bits becomes a
    /// float.
    pub fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Bool(b) => Value::Bool(*b),
            Kind::Number(n) => json_number(*n),
            Kind::String(s) => Value::String(s.clone()),
            Kind::Array(items) => items.iter().map(Node::to_json).collect(),
            Kind::Object(map) => map.iter().map(|(k, v)| (k.clone(), v.to_json())).collect(),
        }
    }

    /// Creates a tree from a JSON value, with `origin` as the origin of every node.
    pub fn from_json(value: &Value, origin: Origin) -> Self {
        let kind = match value {
            Value::Null => Kind::Null,
            Value::Bool(b) => Kind::Bool(*b),
            Value::Number(n) => Kind::Number(match (n.as_i64(), n.as_u64()) {
                (Some(i), _) => Number::Int(i.into()),
                (None, Some(u)) => Number::Int(u.into()),
                (None, None) => Number::Float(n.as_f64().unwrap_or_default()),
            }),
            Value::String(s) => Kind::String(s.clone()),
            Value::Array(items) => {
                Kind::Array(items.iter().map(|v| Self::from_json(v, origin)).collect())
            }
            Value::Object(map) => Kind::Object(
                map.iter().map(|(k, v)| (k.clone(), Self::from_json(v, origin))).collect::<Map>(),
            ),
        };
        Self { kind, origin }
    }
}

fn json_number(number: Number) -> Value {
    match number {
        Number::Int(i) => match (i64::try_from(i), u64::try_from(i)) {
            (Ok(i), _) => i.into(),
            (_, Ok(u)) => u.into(),
            #[allow(clippy::cast_precision_loss, reason = "`serde_json` has no wider integer")]
            _ => (i as f64).into(),
        },
        Number::Float(f) => f.into(),
    }
}
