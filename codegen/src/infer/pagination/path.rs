//! Paths of wire names in a page: to its items, and to the cursor of the next page.

use crate::ir::{Field, Scalar, Shape, Type, TypeDef, Usage};

/// The fields of the API's structs that a path can lead through.
pub struct Fields<'a> {
    types: &'a [TypeDef],
    usage: &'a [Usage],
}

impl<'a> Fields<'a> {
    /// Creates it from the types and their usage.
    pub fn new(types: &'a [TypeDef], usage: &'a [Usage]) -> Self {
        Self { types, usage }
    }

    /// Returns the fields of a struct, without those that distinguish `null` from missing; none for
    /// any other type.
    pub fn fields(&self, ty: &Type) -> impl Iterator<Item = &'a Field> + use<'a> {
        let id = match ty {
            Type::Named(id) => Some(id.0),
            _ => None,
        };
        let fields = id.and_then(|id| match &self.types.get(id)?.shape {
            Shape::Struct(shape) => Some(shape.fields.as_slice()),
            Shape::Enum(_) | Shape::Union(_) => None,
        });
        let usage = id.and_then(|id| self.usage.get(id)).copied().unwrap_or_default();
        fields.unwrap_or_default().iter().filter(move |field| !usage.distinguishes_null(field))
    }

    /// Returns the path of the list at `path`: field names separated by dots.
    pub fn list_at(&self, page: &Type, path: &str) -> Option<Vec<String>> {
        self.resolve(page, path).filter(|ty| is_list(ty)).map(|_| split(path))
    }

    /// Returns the path of the string or integer at `path`: field names separated by dots.
    pub fn cursor_at(&self, page: &Type, path: &str) -> Option<Vec<String>> {
        self.resolve(page, path).filter(|ty| is_cursor(ty)).map(|_| split(path))
    }

    fn resolve(&self, page: &'a Type, path: &str) -> Option<&'a Type> {
        path.split('.').try_fold(page, |ty, wire| {
            self.fields(ty).find(|field| field.wire == wire).map(|field| &field.ty)
        })
    }

    /// Returns the path of the list in a page: of the page itself if it is one, or else of the only
    /// list among its fields, or else of the only list among the fields of these.
    pub fn only_list(&self, page: &Type) -> Option<Vec<String>> {
        if is_list(page) {
            return Some(Vec::new());
        }
        let lists = |ty: &Type| self.fields(ty).filter(|field| is_list(&field.ty));
        let mut found: Vec<Vec<String>> = lists(page).map(|it| vec![it.wire.clone()]).collect();
        if found.is_empty() {
            found.extend(self.fields(page).flat_map(|outer| {
                lists(&outer.ty).map(|it| vec![outer.wire.clone(), it.wire.clone()])
            }));
        }
        if found.len() == 1 { found.pop() } else { None }
    }
}

fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::List(_))
}

/// Returns whether a value of this type can be sent back in a query parameter.
pub fn is_cursor(ty: &Type) -> bool {
    use Scalar::{Int32, Int64, Secret, String, Uint64, Uri};
    matches!(ty, Type::Scalar(String | Uri | Secret | Int32 | Int64 | Uint64))
}
