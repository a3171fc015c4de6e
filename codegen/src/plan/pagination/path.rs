//! Paths of fields in a page: to its items, and to the cursor of the next page.

use std::collections::BTreeMap;

use crate::plan::{Field, Name, Presence, RustType, Step, Struct, TypeItem};

/// The structs by name.
pub(super) struct Types<'p>(BTreeMap<&'p Name, &'p Struct>);

/// A list: the path to it, and the type of its items.
pub(super) type List = (Vec<Step>, RustType);

impl<'p> Types<'p> {
    pub(super) fn new(types: impl IntoIterator<Item = &'p TypeItem>) -> Self {
        let structs = types.into_iter().filter_map(|item| match item {
            TypeItem::Struct(item) => Some((&item.name, item)),
            TypeItem::Enum(_) | TypeItem::Union(_) => None,
        });
        Self(structs.collect())
    }

    /// Returns the fields of a struct; none for any other type.
    pub(super) fn fields(&self, ty: &RustType) -> &'p [Field] {
        match ty {
            RustType::Named(name) => self.0.get(name).map_or(&[], |item| &item.fields),
            RustType::Boxed(inner) => self.fields(inner),
            _ => &[],
        }
    }

    /// Returns the list at a path of wire names.
    pub(super) fn list_at(&self, page: &RustType, path: &str) -> Option<List> {
        let (steps, ty) = self.resolve(page, path)?;
        items_of(&ty).map(|item| (steps, item))
    }

    /// Returns the string or integer at a path of wire names.
    pub(super) fn cursor_at(&self, page: &RustType, path: &str) -> Option<(Vec<Step>, RustType)> {
        self.resolve(page, path).filter(|(_, ty)| is_cursor(ty))
    }

    fn resolve(&self, page: &RustType, path: &str) -> Option<(Vec<Step>, RustType)> {
        let (mut steps, mut ty) = (Vec::new(), page.clone());
        for wire in path.split('.') {
            let field = self.fields(&ty).iter().find(|field| field.wire == wire)?;
            steps.push(step(field)?);
            ty = field.ty.clone();
        }
        Some((steps, ty))
    }

    /// Returns the page itself if it is a list, or else the only list among its fields, or else the
    /// only list among the fields of these.
    pub(super) fn only_list(&self, page: &RustType) -> Option<List> {
        if let Some(item) = items_of(page) {
            return Some((Vec::new(), item));
        }
        let lists = |ty: &RustType| {
            self.fields(ty).iter().filter_map(|field| Some((field, items_of(&field.ty)?)))
        };
        let top_level: Vec<List> =
            lists(page).filter_map(|(field, item)| Some((vec![step(field)?], item))).collect();
        let nested = || {
            let fields = self.fields(page).iter();
            let nested = fields.flat_map(|outer| lists(&outer.ty).map(move |it| (outer, it)));
            nested
                .filter_map(|(outer, (field, item))| Some((vec![step(outer)?, step(field)?], item)))
        };
        let mut found = if top_level.is_empty() { nested().collect() } else { top_level };
        if found.len() == 1 { found.pop() } else { None }
    }
}

fn items_of(ty: &RustType) -> Option<RustType> {
    match ty {
        RustType::List(item) => Some((**item).clone()),
        _ => None,
    }
}

/// Returns whether a value of this type can be sent back in a query parameter.
pub(super) fn is_cursor(ty: &RustType) -> bool {
    use RustType::{I32, I64, Secret, String, U64};
    matches!(ty, String | I64 | I32 | U64 | Secret)
}

/// Returns the step through a field; `None` for a field that distinguishes `null` from missing.
pub(super) fn step(field: &Field) -> Option<Step> {
    let optional = match field.presence {
        Presence::Required => false,
        Presence::Optional | Presence::Nullable => true,
        Presence::Patch => return None,
    };
    Some(Step { field: field.name.clone(), wire: field.wire.clone(), optional })
}
