//! Types that are equal up to the types of some of their parts.

use super::{Doc, Shape, Type, TypeId};

/// Several types that are equal up to the types of some of their parts: lists of different items, or
/// objects of which only the id may be present. The generated code has one generic type for them, and
/// an alias for each: `type CustomerList = List<Customer>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Generic {
    /// Words for its name, the preferred ones first.
    pub words: Vec<String>,
    /// Its documentation.
    pub doc: Doc,
    /// The shape of the first instance, with documentation that suits all of them.
    pub shape: Shape,
    /// For each type parameter, the index of the field or variant that has it. A field is a list of
    /// the parameter.
    pub parameters: Vec<usize>,
    /// The types, in the order of the document.
    pub instances: Vec<Instance>,
}

/// A type that is an instance of a generic type.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The type.
    pub id: TypeId,
    /// What its type parameters stand for.
    pub arguments: Vec<Type>,
}
