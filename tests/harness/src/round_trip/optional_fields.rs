//! The fields that may be missing after a round trip if they were `null`: those that are an `Option`.

use std::collections::BTreeMap;

use docwright::plan::{Name, Plan, Presence, RustType, Struct, TypeItem};

/// The types of a crate, by name.
pub struct OptionalFields<'p> {
    types: BTreeMap<&'p str, &'p TypeItem>,
}

impl<'p> OptionalFields<'p> {
    /// Collects the types of a plan.
    pub fn new(plan: &'p Plan) -> Self {
        Self { types: plan.types.iter().map(|item| (item.name().as_str(), item)).collect() }
    }

    /// Returns the structs that an object of one of these types can be read as: one, or one for each
    /// variant of a union.
    pub fn structs(&self, types: &[&'p RustType]) -> Vec<&'p Struct> {
        let (mut found, mut seen, mut queue) = (Vec::new(), Vec::new(), types.to_vec());
        while let Some(ty) = queue.pop() {
            match ty {
                RustType::Option(inner) | RustType::Boxed(inner) => queue.push(inner),
                RustType::Named(name) if !seen.contains(&name) => {
                    seen.push(name);
                    match self.types.get(name.as_str()) {
                        Some(TypeItem::Struct(item)) => found.push(item),
                        Some(TypeItem::Union(item)) => {
                            queue.extend(item.variants.iter().map(|variant| &variant.ty));
                        }
                        Some(TypeItem::Enum(_) | TypeItem::Id(_)) | None => {}
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Returns the types of the items of an array or the values of a map of one of these types.
    pub fn items(&self, types: &[&'p RustType]) -> Vec<&'p RustType> {
        let (mut found, mut seen, mut queue) = (Vec::new(), Vec::new(), types.to_vec());
        while let Some(ty) = queue.pop() {
            match ty {
                RustType::Option(inner) | RustType::Boxed(inner) => queue.push(inner),
                RustType::List(inner) | RustType::Map(inner) => found.push(&**inner),
                RustType::Named(name) if !seen.contains(&name) => {
                    seen.push(name);
                    if let Some(TypeItem::Union(item)) = self.types.get(name.as_str()) {
                        queue.extend(item.variants.iter().map(|variant| &variant.ty));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

/// Returns the types of a field of these structs.
pub fn field_types<'p>(structs: &[&'p Struct], wire: &str) -> Vec<&'p RustType> {
    let types = structs.iter().filter_map(|item| {
        let field = item.fields.iter().find(|field| field.wire == wire);
        field.map(|field| &field.ty).or_else(|| item.additional.as_ref().map(|(_, ty)| ty))
    });
    types.collect()
}

/// Returns the name of a struct among these in which a field is a plain `Option`.
pub fn optional_owner<'p>(structs: &[&'p Struct], wire: &str) -> Option<&'p Name> {
    let is_optional = |item: &&&Struct| {
        let mut fields = item.fields.iter();
        fields.any(|field| field.wire == wire && field.presence == Presence::Optional)
    };
    structs.iter().find(is_optional).map(|item| &item.name)
}
