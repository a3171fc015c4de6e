//! Compares structs, enums and unions.

use docwright::plan::{
    Construction, Enum, EnumValues, Field, RustType, Struct, TypeItem, Union, Variant,
};

use super::compare::PlanWalk;
use super::difference::Aspect;

impl PlanWalk<'_> {
    pub(super) fn compare_items(&mut self, a: &TypeItem, b: &TypeItem) {
        match (a, b) {
            (TypeItem::Struct(a), TypeItem::Struct(b)) => self.compare_structs(a, b),
            (TypeItem::Enum(a), TypeItem::Enum(b)) => self.compare_enums(a, b),
            (TypeItem::Union(a), TypeItem::Union(b)) => self.compare_unions(a, b),
            (a, b) => {
                self.skip_types_of(b);
                self.report(Aspect::Type(item_kind(a).to_owned(), item_kind(b).to_owned()));
            }
        }
    }

    fn compare_structs(&mut self, a: &Struct, b: &Struct) {
        let find = |item: &'_ Struct, wire: &str| item.fields.iter().position(|f| f.wire == wire);
        for field in &a.fields {
            self.compare_step(field.wire.clone(), |walk| match find(b, &field.wire) {
                Some(index) => walk.compare_fields(field, &b.fields[index]),
                None => walk.report(Aspect::Only(true, "field".to_owned())),
            });
        }
        for field in b.fields.iter().filter(|field| find(a, &field.wire).is_none()) {
            self.compare_step(field.wire.clone(), |walk| {
                walk.skip_types(&field.ty);
                walk.report(Aspect::Only(false, "field".to_owned()));
            });
        }
        let common = |item: &Struct, other: &Struct| {
            let fields = item.fields.iter().filter(|field| find(other, &field.wire).is_some());
            fields.map(|field| field.wire.as_str()).collect::<Vec<_>>().join(" ")
        };
        self.compare_values(Aspect::Order, common(a, b), common(b, a));
        self.compare_step("{}", |walk| match (&a.additional, &b.additional) {
            (Some((ours, a)), Some((theirs, b))) => {
                walk.compare_values(Aspect::Name, ours.as_str().into(), theirs.as_str().into());
                walk.compare_types(a, b);
            }
            (None, None) => (),
            (a, _) => walk.report(Aspect::Only(a.is_some(), "additional fields".to_owned())),
        });
        // The constructor and the derives follow from the fields, so they are only compared if the
        // fields are the same.
        if a.fields.len() == b.fields.len()
            && a.fields.iter().zip(&b.fields).all(|(a, b)| a.presence == b.presence)
        {
            let construction = |item: &Struct| {
                let whose = if item.only_mocked { " for mocks" } else { "" };
                let constructor = match item.construction {
                    Construction::New => "New",
                    Construction::Default => "Default",
                    Construction::NewFromFields(_) => "NewFromFields",
                };
                format!("{constructor} {:?}{whose}", item.derives)
            };
            self.compare_values(Aspect::Construction, construction(a), construction(b));
        }
    }

    fn compare_fields(&mut self, a: &Field, b: &Field) {
        self.compare_values(Aspect::Name, a.name.as_str().into(), b.name.as_str().into());
        if a.presence == b.presence {
            let setter = |field: &Field| {
                field.setter.as_ref().map_or("none", |name| name.as_str()).to_owned()
            };
            self.compare_values(Aspect::Setter, setter(a), setter(b));
        } else {
            self.report(Aspect::Presence(format!("{:?}", a.presence), format!("{:?}", b.presence)));
        }
        // A field is only marked as deprecated in its documentation.
        let is_deprecated =
            |field: &Field| field.doc.0.last().is_some_and(|line| line == "Deprecated.");
        if is_deprecated(a) != is_deprecated(b) {
            self.report(Aspect::Deprecated(is_deprecated(a), is_deprecated(b)));
        }
        self.compare_types(&a.ty, &b.ty);
    }

    fn compare_enums(&mut self, a: &Enum, b: &Enum) {
        let (ours, theirs) = (enum_values(a), enum_values(b));
        self.compare_values(Aspect::Type, ours.0.to_owned(), theirs.0.to_owned());
        for (name, wire) in &ours.1 {
            self.compare_step(format!("={wire}"), |walk| {
                match theirs.1.iter().find(|(_, other)| other == wire) {
                    Some((other, _)) => {
                        walk.compare_values(Aspect::Name, name.clone(), other.clone())
                    }
                    None => walk.report(Aspect::Only(true, "value".to_owned())),
                }
            });
        }
        for (_, wire) in theirs.1.iter().filter(|(_, wire)| !ours.1.iter().any(|(_, o)| o == wire))
        {
            self.compare_step(format!("={wire}"), |walk| {
                walk.report(Aspect::Only(false, "value".to_owned()));
            });
        }
        let order = |values: &[(String, String)], others: &[(String, String)]| {
            let wires = values.iter().map(|(_, wire)| wire.as_str());
            let common = wires.filter(|wire| others.iter().any(|(_, other)| other == wire));
            common.collect::<Vec<_>>().join(" ")
        };
        self.compare_values(Aspect::Order, order(&ours.1, &theirs.1), order(&theirs.1, &ours.1));
    }

    /// Compares the alternatives in order.
    ///
    /// The dialect has no nested unions. They are reported once and replaced with their
    /// alternatives.
    fn compare_unions(&mut self, a: &Union, b: &Union) {
        let tag = |union: &Union| union.tag.clone().unwrap_or_else(|| "none".to_owned());
        self.compare_values(Aspect::Tag, tag(a), tag(b));
        let (mut ours, theirs) = (a.variants.clone(), &b.variants);
        let mut nested = false;
        if ours.len() != theirs.len() {
            let flattened = self.flatten(&a.variants, 0);
            if flattened.len() == theirs.len() {
                self.report(Aspect::Nesting(ours.len(), theirs.len()));
                (ours, nested) = (flattened, true);
            }
        }
        if ours.len() != theirs.len() {
            theirs.iter().for_each(|variant| self.skip_types(&variant.ty));
            let count = |variants: &[Variant]| format!("{} alternatives", variants.len());
            self.report(Aspect::Type(count(&ours), count(theirs)));
        }
        for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            self.compare_step(format!("|{index}"), |walk| {
                walk.compare_values(
                    Aspect::Name,
                    ours.name.as_str().into(),
                    theirs.name.as_str().into(),
                );
                if a.tag == b.tag && !nested {
                    walk.compare_values(Aspect::Tag, ours.tags.join(" "), theirs.tags.join(" "));
                }
                walk.compare_types(unboxed(&ours.ty), unboxed(&theirs.ty));
            });
        }
        if a.variants.len() == b.variants.len() {
            self.compare_values(
                Aspect::Construction,
                format!("{:?}", a.derives),
                format!("{:?}", b.derives),
            );
        }
    }

    /// Returns the alternatives of the OpenAPI form, with nested unions replaced with their
    /// alternatives.
    fn flatten(&self, variants: &[Variant], depth: usize) -> Vec<Variant> {
        let inner = |variant: &Variant| match unboxed(&variant.ty) {
            RustType::Named(name) => match self.items.0.get(name.as_str()) {
                Some(TypeItem::Union(union)) if depth < 8 => {
                    Some(self.flatten(&union.variants, depth + 1))
                }
                _ => None,
            },
            _ => None,
        };
        let untagged = |variant: &Variant| Variant { tags: Vec::new(), ..variant.clone() };
        let flatten = |variant: &Variant| inner(variant).unwrap_or_else(|| vec![untagged(variant)]);
        variants.iter().flat_map(flatten).collect()
    }
}

fn unboxed(ty: &RustType) -> &RustType {
    match ty {
        RustType::Boxed(inner) => inner,
        ty => ty,
    }
}

fn item_kind(item: &TypeItem) -> &'static str {
    match item {
        TypeItem::Struct(_) => "a struct",
        TypeItem::Enum(_) => "an enum",
        TypeItem::Union(_) => "a union",
        TypeItem::Id(_) => "an id",
    }
}

/// Returns the kind of the values, and each value with its name in Rust.
fn enum_values(item: &Enum) -> (&'static str, Vec<(String, String)>) {
    match &item.values {
        EnumValues::String(values) => {
            let list =
                values.iter().map(|(name, wire, _)| (name.as_str().to_owned(), wire.clone()));
            ("strings", list.collect())
        }
        EnumValues::Integer(values) => {
            let list = values.iter();
            (
                "integers",
                list.map(|(name, n, _)| (name.as_str().to_owned(), n.to_string())).collect(),
            )
        }
    }
}
