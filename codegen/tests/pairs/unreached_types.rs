//! Types of the second form that no operation led to: components that nothing refers to, and the
//! members of bodies that are sent as bytes.

use std::collections::BTreeSet;

use docwright::plan::{Item, Name, RustType};

use super::compare::Walk;
use super::difference::What;

impl Walk<'_> {
    /// Compares them with those of the same name, or of the same end of a name after their
    /// operation's. What only the first form has is no loss where no operation reaches it.
    pub(super) fn rest(&mut self) {
        let mut reached: BTreeSet<String> = self.seen.iter().map(|(_, b)| b.clone()).collect();
        reached.append(&mut self.skipped);
        let all: Vec<&Item> = self.items.1.values().copied().collect();
        for name in all.into_iter().map(Item::name).filter(|name| !reached.contains(name.as_str()))
        {
            match self.counterpart(name) {
                Some((operation, within, other)) => {
                    (self.operation, self.within) = (operation, within);
                    self.named(&other, name);
                }
                None => {
                    self.operation = "no operation".to_owned();
                    let none = format!("none for {}", name.as_str());
                    self.found.subjects.insert(none.clone());
                    self.owner = Some((none, name.as_str().to_owned()));
                    self.say(What::Only(false, "type".to_owned()));
                    self.owner = None;
                }
            }
        }
    }

    /// The first form's type that goes with `name`, with the operation whose name both begin with.
    fn counterpart(&self, name: &Name) -> Option<(String, (String, String), Name)> {
        if let Some(item) = self.items.0.get(name.as_str()) {
            let within = (String::new(), String::new());
            return Some(("no operation".to_owned(), within, item.name().clone()));
        }
        self.requests.iter().find_map(|(operation, (a, b))| {
            let rest = name.as_str().strip_prefix(b.as_str())?;
            let item = self.items.0.get(format!("{a}{rest}").as_str())?;
            Some((operation.clone(), (a.clone(), b.clone()), item.name().clone()))
        })
    }

    /// Passes over the types below a member that only the second form has.
    pub(super) fn skip(&mut self, ty: &RustType) {
        match ty {
            RustType::List(inner)
            | RustType::Map(inner)
            | RustType::Option(inner)
            | RustType::Boxed(inner) => self.skip(inner),
            RustType::Plain(_) | RustType::Runtime(_) => (),
            RustType::Named(name) => {
                let item = self.items.1.get(name.as_str()).copied();
                if self.skipped.insert(name.as_str().to_owned())
                    && let Some(item) = item
                {
                    self.skip_below(item);
                }
            }
        }
    }

    /// Passes over the types of the members of `item`.
    pub(super) fn skip_below(&mut self, item: &Item) {
        match item {
            Item::Struct(item) => item.fields.iter().for_each(|field| self.skip(&field.ty)),
            Item::Union(item) => item.variants.iter().for_each(|variant| self.skip(&variant.ty)),
            Item::Enum(_) => (),
        }
    }
}
