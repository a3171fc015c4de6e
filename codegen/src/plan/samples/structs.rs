//! Structs.

use serde_json::{Map, Value};

use super::{Expr, Extent, Samples, Taken, Written};
use crate::ir;
use crate::plan::types::is_argument;
use crate::plan::{Construction, Field, Mode, Struct};

impl Samples<'_> {
    /// A struct in the way that callers make one.
    pub(super) fn object(
        &self,
        item: &Struct,
        shape: &ir::Struct,
        value: &Value,
    ) -> Option<Written> {
        let members = value.as_object()?;
        let is_known = |name: &String| shape.fields.iter().any(|field| field.wire == *name);
        let mut lost = members.keys().filter(|name| !is_known(name)).count();
        let mut arguments = Vec::new();
        let mut named = Vec::new();
        for (field, from) in item.fields.iter().zip(&shape.fields) {
            let member = members.get(&field.wire);
            if item.construction == Construction::Literal {
                let written = self.literal(field, from, member)?;
                lost += written.lost;
                named.push((field.name.clone(), written.expr));
            } else if is_argument(field.mode) {
                let written = self.required(field, from, member?, Taken::Into)?;
                lost += written.lost;
                arguments.push(written.expr);
            } else if let (Some(member), Some(setter)) = (self.given(from, member), &field.setter) {
                match self.set(field, from, member)? {
                    Some(written) => {
                        lost += written.lost;
                        named.push((setter.clone(), written.expr));
                    }
                    None => lost += 1,
                }
            }
        }
        let name = item.name.clone();
        let expr = match item.construction {
            Construction::New => Expr::New(name, arguments, named),
            Construction::Default => Expr::Default(name, named),
            Construction::Literal => {
                named.extend(self.rest(item, shape, members)?);
                Expr::Literal(name, named)
            }
        };
        Some(Written { expr, lost })
    }

    /// The value of a member that may be missing, if it is to be there.
    fn given<'v>(&self, field: &ir::Field, member: Option<&'v Value>) -> Option<&'v Value> {
        member.filter(|_| self.extent == Extent::Whole || field.required)
    }

    fn required(
        &self,
        field: &Field,
        from: &ir::Field,
        member: &Value,
        taken: Taken,
    ) -> Option<Written> {
        match field.mode {
            Mode::Nullable if member.is_null() => Some(Written::whole(Expr::None)),
            Mode::Nullable => {
                Some(self.value(&from.ty, &field.ty, member, Taken::Itself)?.map(Expr::Some))
            }
            _ => self.value(&from.ty, &field.ty, member, taken),
        }
    }

    /// What a setter is given; `Some(None)` where it has no way to say `null`.
    fn set(&self, field: &Field, from: &ir::Field, member: &Value) -> Option<Option<Written>> {
        if member.is_null() {
            let null = Written::whole(Expr::Patch("Null", None));
            return Some((field.mode == Mode::Patch).then_some(null));
        }
        // `impl Into<Patch<T>>` takes a `T`, and nothing that becomes one.
        let taken = if field.mode == Mode::Patch { Taken::Itself } else { Taken::Into };
        self.value(&from.ty, &field.ty, member, taken).map(Some)
    }

    /// A field of a struct literal.
    fn literal(&self, field: &Field, from: &ir::Field, member: Option<&Value>) -> Option<Written> {
        if is_argument(field.mode) {
            return self.required(field, from, member?, Taken::Itself);
        }
        let member = self.given(from, member).filter(|_| !from.read_only);
        let patch = field.mode == Mode::Patch;
        let value = match member {
            None if patch => return Some(Written::whole(Expr::Patch("Absent", None))),
            Some(Value::Null) if patch => return Some(Written::whole(Expr::Patch("Null", None))),
            None | Some(Value::Null) => return Some(Written::whole(Expr::None)),
            Some(member) => self.value(&from.ty, &field.ty, member, Taken::Itself)?,
        };
        Some(value.map(|value| match patch {
            true => Expr::Patch("Value", Some(value)),
            false => Expr::Some(value),
        }))
    }

    /// The field of a struct literal that holds members beside the named ones.
    fn rest(
        &self,
        item: &Struct,
        shape: &ir::Struct,
        members: &Map<String, Value>,
    ) -> Option<Option<(crate::plan::Name, Expr)>> {
        let (Some((name, rust)), Some(ty)) = (&item.rest, &shape.rest) else { return Some(None) };
        let is_known = |name: &String| shape.fields.iter().any(|field| field.wire == *name);
        let mut rest = Vec::new();
        for (name, member) in members.iter().filter(|(name, _)| !is_known(name)) {
            rest.push((name.clone(), self.value(ty, rust, member, Taken::Itself)?.expr));
        }
        Some(Some((name.clone(), Expr::Map(rest))))
    }
}
