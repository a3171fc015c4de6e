//! Paths of wire names in pages and request bodies.

use crate::ir::{Field, Scalar, Shape, StringFormat, Type, TypeDef, Usage};

/// How many fields of a page or request are searched.
const MAX_FIELDS: usize = 20_000;

/// The fields of the API's structs that a path can lead through.
pub struct Fields<'a> {
    types: &'a [TypeDef],
    usage: &'a [Usage],
}

/// A field, and the path that leads to it.
pub struct FieldAt<'a> {
    pub path: Vec<&'a str>,
    pub field: &'a Field,
}

impl FieldAt<'_> {
    /// Returns the path as plain data.
    pub fn owned_path(&self) -> Vec<String> {
        self.path.iter().map(|&wire| wire.to_owned()).collect()
    }

    /// Returns the name of the object that the field is in, or an empty text for the page itself.
    pub fn parent(&self) -> &str {
        self.path.iter().rev().nth(1).copied().unwrap_or_default()
    }
}

impl<'a> Fields<'a> {
    /// Creates it from the types and their usage.
    pub fn new(types: &'a [TypeDef], usage: &'a [Usage]) -> Self {
        Self { types, usage }
    }

    /// Returns the fields of a struct; none for any other type.
    pub fn fields(&self, ty: &Type) -> &'a [Field] {
        match self.shape(ty) {
            Some(Shape::Struct(shape)) => &shape.fields,
            Some(Shape::Enum(_) | Shape::Id | Shape::Union(_)) | None => &[],
        }
    }

    fn shape(&self, ty: &Type) -> Option<&'a Shape> {
        match ty.without_null() {
            Type::Named(id) => self.types.get(id.0).map(|def| &def.shape),
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => None,
        }
    }

    /// Returns the fields of a struct and of the structs in it, `depth` levels deep. They are in the order of
    /// their depth, and at most [`MAX_FIELDS`]: structs that contain themselves have very many.
    pub fn nested(&self, ty: &Type, depth: usize) -> Vec<FieldAt<'a>> {
        let mut found: Vec<FieldAt<'a>> = Vec::new();
        let mut level = vec![(Vec::new(), self.fields(ty))];
        for _ in 0..depth {
            let mut next_level = Vec::new();
            for (parents, fields) in level {
                for field in fields {
                    if found.len() == MAX_FIELDS {
                        return found;
                    }
                    let path: Vec<&'a str> =
                        parents.iter().copied().chain([field.wire.as_str()]).collect();
                    next_level.push((path.clone(), self.fields(&field.ty)));
                    found.push(FieldAt { path, field });
                }
            }
            level = next_level;
        }
        found
    }

    /// Returns the field at `path`: names separated by dots.
    pub fn at(&self, ty: &Type, path: &str) -> Option<&'a Field> {
        let (mut names, mut fields) = (path.split('.').peekable(), self.fields(ty));
        while let Some(name) = names.next() {
            let field = fields.iter().find(|field| field.wire == name)?;
            match names.peek() {
                Some(_) => fields = self.fields(&field.ty),
                None => return Some(field),
            }
        }
        None
    }

    /// Returns whether generated code can borrow the list at `path`: no field on the way distinguishes `null`
    /// from missing.
    pub fn is_list_at(&self, page: &Type, path: &[String]) -> bool {
        let mut ty = page;
        for name in path {
            let id = match ty.without_null() {
                Type::Named(id) => id.0,
                _ => return false,
            };
            let usage = self.usage.get(id).copied().unwrap_or_default();
            match self.fields(ty).iter().find(|field| field.wire == *name) {
                Some(field) if !usage.distinguishes_null(field) => ty = &field.ty,
                _ => return false,
            }
        }
        is_list(ty)
    }

    /// Returns the type of the items of the list at `path`.
    pub fn item_at(&self, page: &'a Type, path: &[String]) -> Option<&'a Type> {
        let mut ty = page;
        for name in path {
            ty = &self.fields(ty).iter().find(|field| field.wire == *name)?.ty;
        }
        match ty {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// Returns whether each value of the type has a string or integer at `path`.
    pub fn has_cursor(&self, ty: &Type, path: &[String]) -> bool {
        let Some((wire, rest)) = path.split_first() else { return is_cursor(ty) };
        match self.shape(ty) {
            Some(Shape::Struct(shape)) => {
                let mut fields = shape.fields.iter().filter(|field| field.wire == *wire);
                fields.any(|field| self.has_cursor(&field.ty, rest))
            }
            Some(Shape::Union(union)) => {
                union.variants.iter().all(|variant| self.has_cursor(&variant.ty, path))
            }
            Some(Shape::Enum(_) | Shape::Id) | None => false,
        }
    }
}

pub fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::List(_))
}

/// Returns whether a value of this type can be sent back as a parameter.
pub fn is_cursor(ty: &Type) -> bool {
    use Scalar::{Format, Int32, Int64, Number, Secret, String, Uint64, Uri};
    let ty = ty.without_null();
    matches!(ty, Type::Scalar(String | Uri | Secret | Int32 | Int64 | Uint64 | Number))
        || matches!(ty, Type::Scalar(Format(StringFormat::Uuid)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Constraints, Doc, Struct, TypeId, TypeName};

    fn field(index: usize) -> Field {
        Field {
            wire: format!("field{index}"),
            ty: Type::Named(TypeId(0)),
            narrowed_to: Vec::new(),
            required: false,
            nullable: false,
            read_only: false,
            write_only: false,
            computed: false,
            personal: false,
            constant: None,
            default: None,
            constraints: Constraints::default(),
            error_triggers: Vec::new(),
            doc: Doc::default(),
        }
    }

    #[test]
    fn the_fields_of_a_struct_that_contains_itself_are_limited() {
        let fields: Vec<Field> = (0..200).map(field).collect();
        let shape =
            Shape::Struct(Struct { fields, additional: None, additional_constraints: None });
        let name = TypeName::Component("Node".to_owned());
        let types = [TypeDef { name, doc: Doc::default(), shape, pointer: String::new() }];
        let found = Fields::new(&types, &[]).nested(&Type::Named(TypeId(0)), 3);
        assert_eq!(found.len(), MAX_FIELDS);
        // Those at the top come first.
        assert!(found.iter().take(200).all(|it| it.path.len() == 1));
    }
}
