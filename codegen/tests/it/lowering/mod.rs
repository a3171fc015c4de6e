//! Shared by the tests of `lower`: reading a tree, and showing the lowered API.

pub mod read;
pub mod show;
