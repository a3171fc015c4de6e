//! How deep is too deep: every limit on recursion, in one place. Input can be hostile, and the stack
//! of a thread may be as small as 2 MiB.

/// Levels of nested objects and arrays that the parser accepts.
pub const MAX_PARSED_DEPTH: usize = 128;

/// Brackets in each other in a query of an overlay. The time to parse a query grows exponentially with them.
pub(crate) const MAX_QUERY_DEPTH: usize = 10;

/// Levels of nested objects and arrays in a normalised document, whose later stages are recursive.
/// The deepest known real document has 31.
pub(crate) const MAX_DOCUMENT_DEPTH: usize = 80;

/// The length of a chain of references.
pub(crate) const MAX_REFERENCE_CHAIN: usize = 64;

/// Levels of `allOf` in each other, through references.
pub(crate) const MAX_ALL_OF_DEPTH: usize = 64;

/// Levels of references and composition that are followed to find out whether `null` is allowed.
pub(crate) const MAX_NULLABLE_DEPTH: usize = 32;

/// Levels of references and arrays that the constraints of a value are collected from.
pub(crate) const MAX_LIMITS_DEPTH: usize = 16;

/// Schemas that the constraints of a value are collected from.
pub(crate) const MAX_LIMITED_SCHEMAS: usize = 500;

/// Levels of alternatives that the tag values of a union are collected from.
pub(crate) const MAX_TAG_DEPTH: usize = 2;

/// Arrays and maps in each other, directly or through references to components.
pub(crate) const MAX_CONTAINER_DEPTH: usize = 32;

/// Levels of types that are compared or merged.
pub(crate) const MAX_COMPARED_DEPTH: usize = 16;

/// Schemas that are searched for the error annotations of a value.
pub(crate) const MAX_ANNOTATED_SCHEMAS: usize = 16;

/// Schemas that are searched for the declaration of a property.
pub(crate) const MAX_SEARCHED_SCHEMAS: usize = 16;

/// Properties of one request body that are searched for causes of errors.
pub(crate) const MAX_VISITED_PROPERTIES: usize = 20_000;

/// Levels of a sample value. A schema that requires more has no sample.
pub(crate) const MAX_SAMPLE_DEPTH: usize = 24;

/// Levels of schemas that a sample value is validated against.
pub(crate) const MAX_VALIDATED_DEPTH: usize = 40;

/// Levels of a regular expression that a sample value is generated from.
pub(crate) const MAX_PATTERN_DEPTH: usize = 100;
