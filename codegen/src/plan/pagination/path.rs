//! Ways into a page: to its items, to the word for the next page.

use std::collections::BTreeMap;

use crate::plan::{Field, Item, Mode, Name, RustType, Step, Struct};

/// Structs by name.
pub(super) struct Types<'p>(BTreeMap<&'p Name, &'p Struct>);

/// A list: the way there, and the type of its items.
pub(super) type List = (Vec<Step>, RustType);

impl<'p> Types<'p> {
    pub(super) fn of(types: impl IntoIterator<Item = &'p Item>) -> Self {
        let structs = types.into_iter().filter_map(|item| match item {
            Item::Struct(item) => Some((&item.name, item)),
            Item::Enum(_) | Item::Union(_) => None,
        });
        Self(structs.collect())
    }

    /// The fields of a struct.
    pub(super) fn fields(&self, ty: &RustType) -> &'p [Field] {
        match ty {
            RustType::Named(name) => self.0.get(name).map_or(&[], |item| &item.fields),
            RustType::Boxed(inner) => self.fields(inner),
            _ => &[],
        }
    }

    /// The list that a path of wire names leads to.
    pub(super) fn list_at(&self, page: &RustType, path: &str) -> Option<List> {
        let (steps, ty) = self.at(page, path)?;
        items_of(&ty).map(|item| (steps, item))
    }

    /// The text or number that a path of wire names leads to.
    pub(super) fn word_at(&self, page: &RustType, path: &str) -> Option<(Vec<Step>, RustType)> {
        self.at(page, path).filter(|(_, ty)| is_word(ty))
    }

    fn at(&self, page: &RustType, path: &str) -> Option<(Vec<Step>, RustType)> {
        let (mut steps, mut ty) = (Vec::new(), page.clone());
        for wire in path.split('.') {
            let field = self.fields(&ty).iter().find(|field| field.wire == wire)?;
            steps.push(step(field)?);
            ty = field.ty.clone();
        }
        Some((steps, ty))
    }

    /// The list that the page is, or the only one among its members; else the only one among the
    /// members of these.
    pub(super) fn only_list(&self, page: &RustType) -> Option<List> {
        if let Some(item) = items_of(page) {
            return Some((Vec::new(), item));
        }
        let lists = |ty: &RustType| {
            self.fields(ty).iter().filter_map(|field| Some((field, items_of(&field.ty)?)))
        };
        let own: Vec<List> =
            lists(page).filter_map(|(field, item)| Some((vec![step(field)?], item))).collect();
        let inner = || {
            let members = self.fields(page).iter();
            let inner = members.flat_map(|outer| lists(&outer.ty).map(move |it| (outer, it)));
            inner
                .filter_map(|(outer, (field, item))| Some((vec![step(outer)?, step(field)?], item)))
        };
        let mut all = if own.is_empty() { inner().collect() } else { own };
        if all.len() == 1 { all.pop() } else { None }
    }
}

fn items_of(ty: &RustType) -> Option<RustType> {
    match ty {
        RustType::List(item) => Some((**item).clone()),
        _ => None,
    }
}

/// Whether a value can be sent as it is in a query.
pub(super) fn is_word(ty: &RustType) -> bool {
    matches!(ty, RustType::Plain("String" | "i64" | "i32" | "u64") | RustType::Runtime("Secret"))
}

/// The way through a field; a member of three states is none.
pub(super) fn step(field: &Field) -> Option<Step> {
    let optional = match field.mode {
        Mode::Required => false,
        Mode::Optional | Mode::Nullable => true,
        Mode::Patch => return None,
    };
    Some(Step { field: field.name.clone(), wire: field.wire.clone(), optional })
}
