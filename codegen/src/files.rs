//! Path → text: what a run would write, before anything touches the disk.

use std::collections::BTreeMap;

/// The files of a crate or module, by path with `/` between parts, relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(pub BTreeMap<String, String>);
