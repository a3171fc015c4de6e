//! Compares the types of the dialect form that no compared operation uses: components without a
//! reference, and the types of fields in bodies that are sent as bytes.

use std::collections::BTreeSet;

use docwright::plan::{Name, RustType, TypeItem};

use super::compare::PlanWalk;
use super::difference::Aspect;

/// The operation of differences in unreached types.
const NO_OPERATION: &str = "no operation";

impl PlanWalk<'_> {
    /// Compares each unreached type with the type of the same name, or of the same name after the
    /// prefix of the operation.
    ///
    /// Unreached types of the OpenAPI form are ignored: the dialect only shows what operations use.
    pub(super) fn compare_unreached(&mut self) {
        let mut reached: BTreeSet<String> = self.seen.iter().map(|(_, b)| b.clone()).collect();
        reached.append(&mut self.skipped);
        let items: Vec<&TypeItem> = self.items.1.values().copied().collect();
        let names = items.into_iter().map(TypeItem::name);
        for name in names.filter(|name| !reached.contains(name.as_str())) {
            match self.counterpart(name) {
                Some((operation, name_prefixes, other)) => {
                    (self.operation, self.name_prefixes) = (operation, name_prefixes);
                    self.compare_named(&other, name);
                }
                None => {
                    self.operation = NO_OPERATION.to_owned();
                    let missing = format!("no counterpart of {}", name.as_str());
                    self.found.subjects.insert(missing.clone());
                    self.owner = Some((missing, name.as_str().to_owned()));
                    self.report(Aspect::Only(false, "type".to_owned()));
                    self.owner = None;
                }
            }
        }
    }

    /// Returns the type of the OpenAPI form that corresponds to `name`, with the operation and its
    /// prefixes if the names begin with them.
    fn counterpart(&self, name: &Name) -> Option<(String, (String, String), Name)> {
        if let Some(item) = self.items.0.get(name.as_str()) {
            let no_prefixes = (String::new(), String::new());
            return Some((NO_OPERATION.to_owned(), no_prefixes, item.name().clone()));
        }
        self.operation_prefixes.iter().find_map(|(operation, (a, b))| {
            let suffix = name.as_str().strip_prefix(b.as_str())?;
            let item = self.items.0.get(format!("{a}{suffix}").as_str())?;
            Some((operation.clone(), (a.clone(), b.clone()), item.name().clone()))
        })
    }

    /// Skips a type that only the dialect form has, and the types in it.
    pub(super) fn skip_types(&mut self, ty: &RustType) {
        match ty {
            RustType::List(inner)
            | RustType::Map(inner)
            | RustType::Option(inner)
            | RustType::Boxed(inner) => self.skip_types(inner),
            RustType::Named(name) => {
                let item = self.items.1.get(name.as_str()).copied();
                if self.skipped.insert(name.as_str().to_owned())
                    && let Some(item) = item
                {
                    self.skip_types_of(item);
                }
            }
            _ => {}
        }
    }

    /// Skips the types of the fields or variants of `item`.
    pub(super) fn skip_types_of(&mut self, item: &TypeItem) {
        match item {
            TypeItem::Struct(item) => {
                item.fields.iter().for_each(|field| self.skip_types(&field.ty));
            }
            TypeItem::Union(item) => {
                item.variants.iter().for_each(|variant| self.skip_types(&variant.ty));
            }
            TypeItem::Enum(_) | TypeItem::Id(_) => (),
        }
    }
}
