//! Structs, enums and unions side by side.

use docwright::plan::{Enum, EnumValues, Field, Item, RustType, Struct, Union, Variant};

use super::compare::Walk;
use super::difference::What;

impl Walk<'_> {
    pub(super) fn item(&mut self, a: &Item, b: &Item) {
        match (a, b) {
            (Item::Struct(a), Item::Struct(b)) => self.structs(a, b),
            (Item::Enum(a), Item::Enum(b)) => self.enums(a, b),
            (Item::Union(a), Item::Union(b)) => self.unions(a, b),
            (a, b) => {
                self.skip_below(b);
                self.say(What::Type(kind(a).to_owned(), kind(b).to_owned()));
            }
        }
    }

    fn structs(&mut self, a: &Struct, b: &Struct) {
        let find = |of: &'_ Struct, wire: &str| of.fields.iter().position(|f| f.wire == wire);
        for field in &a.fields {
            self.below(field.wire.clone(), |walk| match find(b, &field.wire) {
                Some(index) => walk.fields(field, &b.fields[index]),
                None => walk.say(What::Only(true, "member".to_owned())),
            });
        }
        for field in b.fields.iter().filter(|field| find(a, &field.wire).is_none()) {
            self.below(field.wire.clone(), |walk| {
                walk.skip(&field.ty);
                walk.say(What::Only(false, "member".to_owned()));
            });
        }
        let common = |of: &Struct, other: &Struct| {
            let both = of.fields.iter().filter(|field| find(other, &field.wire).is_some());
            both.map(|field| field.wire.as_str()).collect::<Vec<_>>().join(" ")
        };
        self.texts(What::Order, common(a, b), common(b, a));
        self.below("{}", |walk| match (&a.rest, &b.rest) {
            (Some((ours, a)), Some((theirs, b))) => {
                walk.texts(What::Name, ours.as_str().into(), theirs.as_str().into());
                walk.types(a, b);
            }
            (None, None) => (),
            (a, _) => walk.say(What::Only(a.is_some(), "other members".to_owned())),
        });
        // Where the members agree, so does what follows of them.
        if a.fields.len() == b.fields.len()
            && a.fields.iter().zip(&b.fields).all(|(a, b)| a.mode == b.mode)
        {
            let made = |item: &Struct| format!("{:?} {:?}", item.construction, item.derives);
            self.texts(What::Making, made(a), made(b));
        }
    }

    fn fields(&mut self, a: &Field, b: &Field) {
        self.texts(What::Name, a.name.as_str().into(), b.name.as_str().into());
        if a.mode == b.mode {
            let setter = |field: &Field| {
                field.setter.as_ref().map_or("none", |name| name.as_str()).to_owned()
            };
            self.texts(What::Setter, setter(a), setter(b));
        } else {
            self.say(What::Mode(format!("{:?}", a.mode), format!("{:?}", b.mode)));
        }
        // That it is deprecated stands in its documentation, and only there.
        let deprecated =
            |field: &Field| field.doc.0.last().is_some_and(|line| line == "Deprecated.");
        if deprecated(a) != deprecated(b) {
            self.say(What::Deprecated(deprecated(a), deprecated(b)));
        }
        self.types(&a.ty, &b.ty);
    }

    fn enums(&mut self, a: &Enum, b: &Enum) {
        let (ours, theirs) = (values(a), values(b));
        self.texts(What::Type, ours.0.to_owned(), theirs.0.to_owned());
        for (name, wire) in &ours.1 {
            self.below(format!("={wire}"), |walk| {
                match theirs.1.iter().find(|(_, other)| other == wire) {
                    Some((other, _)) => walk.texts(What::Name, name.clone(), other.clone()),
                    None => walk.say(What::Only(true, "value".to_owned())),
                }
            });
        }
        for (_, wire) in theirs.1.iter().filter(|(_, wire)| !ours.1.iter().any(|(_, o)| o == wire))
        {
            self.below(format!("={wire}"), |walk| {
                walk.say(What::Only(false, "value".to_owned()));
            });
        }
        let order = |values: &[(String, String)], others: &[(String, String)]| {
            let wires = values.iter().map(|(_, wire)| wire.as_str());
            let both = wires.filter(|wire| others.iter().any(|(_, other)| other == wire));
            both.collect::<Vec<_>>().join(" ")
        };
        self.texts(What::Order, order(&ours.1, &theirs.1), order(&theirs.1, &ours.1));
    }

    /// Alternatives in their order. The dialect has no unions inside of unions, so these count as
    /// their alternatives, once that is said.
    pub(super) fn unions(&mut self, a: &Union, b: &Union) {
        let tag = |union: &Union| union.tag.clone().unwrap_or_else(|| "none".to_owned());
        self.texts(What::Tag, tag(a), tag(b));
        let (mut ours, theirs) = (a.variants.clone(), &b.variants);
        let mut nested = false;
        if ours.len() != theirs.len() {
            let all = self.flattened(&a.variants, 0);
            if all.len() == theirs.len() {
                self.say(What::Nesting(ours.len(), theirs.len()));
                (ours, nested) = (all, true);
            }
        }
        if ours.len() != theirs.len() {
            theirs.iter().for_each(|variant| self.skip(&variant.ty));
            let count = |variants: &[Variant]| format!("{} alternatives", variants.len());
            self.say(What::Type(count(&ours), count(theirs)));
        }
        for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            self.below(format!("|{index}"), |walk| {
                walk.texts(What::Name, ours.name.as_str().into(), theirs.name.as_str().into());
                if a.tag == b.tag && !nested {
                    walk.texts(What::Tag, ours.tags.join(" "), theirs.tags.join(" "));
                }
                walk.types(unboxed(&ours.ty), unboxed(&theirs.ty));
            });
        }
        if a.variants.len() == b.variants.len() {
            self.texts(What::Making, format!("{:?}", a.derives), format!("{:?}", b.derives));
        }
    }

    /// The alternatives of the first form, with those of unions among them in their location.
    fn flattened(&self, variants: &[Variant], depth: usize) -> Vec<Variant> {
        let inner = |variant: &Variant| match unboxed(&variant.ty) {
            RustType::Named(name) => match self.items.0.get(name.as_str()) {
                Some(Item::Union(union)) if depth < 8 => {
                    Some(self.flattened(&union.variants, depth + 1))
                }
                _ => None,
            },
            _ => None,
        };
        let alone = |variant: &Variant| Variant { tags: Vec::new(), ..variant.clone() };
        let each = |variant: &Variant| inner(variant).unwrap_or_else(|| vec![alone(variant)]);
        variants.iter().flat_map(each).collect()
    }
}

fn unboxed(ty: &RustType) -> &RustType {
    match ty {
        RustType::Boxed(inner) => inner,
        ty => ty,
    }
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Struct(_) => "a struct",
        Item::Enum(_) => "an enum",
        Item::Union(_) => "a union",
    }
}

/// What the values are, and each with its name in Rust.
fn values(item: &Enum) -> (&'static str, Vec<(String, String)>) {
    match &item.values {
        EnumValues::Text(values) => {
            let list =
                values.iter().map(|(name, wire, _)| (name.as_str().to_owned(), wire.clone()));
            ("text", list.collect())
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
