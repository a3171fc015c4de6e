//! Compares and merges schemas of audited documents, for stages that put documents together.
//!
//! Both definitions describe the same values, so the merged one allows what either of them does.
//! (The parts of an `allOf` are merged by `lower`: there, a value has to be valid for each part.)

mod compare;
mod merge;

pub(crate) use compare::{
    equal_ignoring_docs, is_doc_keyword, is_extended_by, is_subset_of, property, property_names,
    required_names,
};
pub(crate) use merge::{add_properties, merge_schema};
