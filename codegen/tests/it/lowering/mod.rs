//! Shared by the tests of `lower` and `infer`: reading a tree, and showing the API.

pub mod fixture;
pub mod read;
pub mod show;
