//! Bundles a document that is split over several files: the content of referenced files is copied
//! into the document.
//!
//! `$ref: schemas/pet.yaml` becomes `$ref: '#/components/schemas/pet'`, and the content of the file
//! becomes that component. A component that consists of such a reference is replaced by its target,
//! as are path items and whole sections.

mod address;
mod inline_sections;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::free_name::free_name;
use super::grammar::{ObjectKind, for_each_object_mut};
use super::refs;
use crate::page::Page;
use crate::source::{Kind, Map, Node, escape, unescape};

/// Files by name.
pub type Files = BTreeMap<String, Node>;

/// Returns the files that `node`, which was read from `file`, refers to, whether they exist or not.
/// References to files outside the root folder of all file names are not included.
pub fn referenced_files(file: &str, node: &Node) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    address::visit_references(node, &mut |reference| {
        if !reference.starts_with('#') {
            files
                .extend(address::resolve_file_reference(file, reference).map(|(target, _)| target));
        }
    });
    files.remove(file);
    files
}

/// Returns the document that `file` refers to as `path`. Returns `None` for a URL, for a path outside
/// the root folder and for a file that cannot be a document.
pub fn resolve_file(file: &str, path: &str) -> Option<String> {
    address::resolve_file_reference(file, path).map(|(target, _)| target)
}

/// Returns whether [`referenced_files`] may find any file in a document with this text.
pub fn may_reference_files(text: &str) -> bool {
    address::may_contain_file_reference(text)
}

/// Copies into each document what it references in the other documents and in `files`. An input
/// that is referenced and is not an OpenAPI document itself is not part of the result. References
/// to missing files are not changed.
pub fn bundle_documents(mut parts: Vec<(Page, Node)>, mut files: Files) -> Vec<(Page, Node)> {
    let inputs = parts.iter().map(|(page, node)| (page.file.as_str(), node));
    let documents = inputs.chain(files.iter().map(|(file, node)| (file.as_str(), node)));
    let referenced: BTreeSet<String> =
        documents.flat_map(|(file, node)| referenced_files(file, node)).collect();
    if referenced.is_empty() {
        return parts;
    }
    for (page, node) in &parts {
        if referenced.contains(&page.file) {
            files.entry(page.file.clone()).or_insert_with(|| node.clone());
        }
    }
    parts.retain(|(page, node)| is_openapi_document(node) || !referenced.contains(&page.file));
    for (page, node) in &mut parts {
        bundle_document(&page.file, node, &files);
    }
    parts
}

fn is_openapi_document(node: &Node) -> bool {
    ["openapi", "swagger", "paths"].iter().any(|key| node.get(key).is_some())
}

/// Copies what `root`, which was read from `file`, references in `files` into `root`.
fn bundle_document(file: &str, root: &mut Node, files: &Files) {
    let mut files = files.clone();
    let originals = files.clone();
    for (name, node) in &mut files {
        address::make_absolute(node, name, file, &originals);
    }
    address::make_absolute(root, file, file, &originals);
    let component_files = inline_sections::inline_sections(root, &files);
    let mut bundle = Bundle::new(root, &files);
    bundle.name_inlined_components(root, &component_files);
    bundle.rewrite_references(root, ObjectKind::Root);
    while let Some(PendingComponent { object, name, reference }) = bundle.pending.pop_front() {
        let Some(mut node) = find_target(&files, &reference).cloned() else { continue };
        bundle.rewrite_references(&mut node, object);
        refs::add_component(root, refs::section_name(object), name, node);
    }
}

/// Returns the target of a reference to a file.
fn find_target<'n>(files: &'n Files, reference: &str) -> Option<&'n Node> {
    let (file, pointer) = address::parse_absolute(reference)?;
    files.get(file)?.pointer(pointer)
}

/// The names of components by their section and the reference that they replace.
type ComponentNames = BTreeMap<(&'static str, String), String>;

/// A part of another file that has to be copied into a component.
struct PendingComponent {
    object: ObjectKind,
    name: String,
    reference: String,
}

struct Bundle<'a> {
    files: &'a Files,
    names: ComponentNames,
    /// The names that are in use, by section.
    used_names: BTreeSet<(&'static str, String)>,
    pending: VecDeque<PendingComponent>,
}

/// The kinds of objects that can be components.
const COMPONENT_KINDS: [ObjectKind; 7] = [
    ObjectKind::Schema,
    ObjectKind::Response,
    ObjectKind::Parameter,
    ObjectKind::Example,
    ObjectKind::RequestBody,
    ObjectKind::Header,
    ObjectKind::SecurityScheme,
];

impl<'a> Bundle<'a> {
    /// Records the names that `root` uses.
    fn new(root: &Node, files: &'a Files) -> Self {
        let mut bundle = Self {
            files,
            names: ComponentNames::new(),
            used_names: BTreeSet::new(),
            pending: VecDeque::new(),
        };
        for object in COMPONENT_KINDS {
            let section = refs::section_name(object);
            for (name, node) in refs::components_of(root, section).into_iter().flatten() {
                bundle.used_names.insert((section, name.clone()));
                let reference = node.get("$ref").and_then(Node::as_str);
                if let Some(reference) = reference.filter(|text| find_target(files, text).is_some())
                {
                    bundle.component_name(object, reference, || name.clone());
                }
            }
        }
        bundle
    }

    /// Records the names of the components in sections that are the content of a file: a reference to
    /// the file means these, and not a copy of them.
    fn name_inlined_components(&mut self, root: &Node, component_files: &[(String, String)]) {
        for object in COMPONENT_KINDS {
            let section = refs::section_name(object);
            for (_, file) in component_files.iter().filter(|(name, _)| name == section) {
                for name in refs::components_of(root, section).into_iter().flat_map(Map::keys) {
                    let reference = format!("{file}/{}", escape(name));
                    self.names.entry((section, reference)).or_insert_with(|| name.clone());
                }
            }
        }
    }

    /// Returns the name of the component that replaces `reference`; calls `name` if it is a new
    /// one.
    fn component_name(
        &mut self,
        object: ObjectKind,
        reference: &str,
        name: impl FnOnce() -> String,
    ) -> String {
        let key = (refs::section_name(object), reference.to_owned());
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = name();
        self.names.insert(key, name.clone());
        self.pending.push_back(PendingComponent {
            object,
            name: name.clone(),
            reference: reference.into(),
        });
        name
    }

    /// Rewrites the references to files below `node` to references to components.
    fn rewrite_references(&mut self, node: &mut Node, object: ObjectKind) {
        for_each_object_mut(node, object, &mut |node, object| {
            let Kind::Object(map) = &mut node.kind else { return };
            if object == ObjectKind::Discriminator {
                let mapping = map.get_mut("mapping").and_then(Node::as_object_mut);
                for value in mapping.into_iter().flat_map(Map::values_mut) {
                    self.rewrite_reference(value, ObjectKind::Schema);
                }
            } else if COMPONENT_KINDS.contains(&object)
                && let Some(value) = map.get_mut("$ref")
            {
                self.rewrite_reference(value, object);
            }
        });
    }

    fn rewrite_reference(&mut self, value: &mut Node, object: ObjectKind) {
        let Some(reference) = value.as_str().filter(|text| find_target(self.files, text).is_some())
        else {
            return;
        };
        let reference = reference.to_owned();
        let unused = self.unused_name(refs::section_name(object), &target_name(&reference));
        let name = self.component_name(object, &reference, || unused);
        self.used_names.insert((refs::section_name(object), name.clone()));
        let section = refs::section_name(object);
        *value = Node::string(format!("#/components/{section}/{}", escape(&name)), value.origin);
    }

    /// Returns a name for a component of the section that no other one has.
    fn unused_name(&self, section: &'static str, name: &str) -> String {
        free_name(name, |name| self.used_names.contains(&(section, name.to_owned())))
    }
}

/// Returns a name for the target of a reference: the last token of its pointer, or else the name of
/// the file.
fn target_name(reference: &str) -> String {
    let Some((file, pointer)) = address::parse_absolute(reference) else { return String::new() };
    let last = pointer.rsplit('/').next().filter(|last| !last.is_empty()).map(unescape);
    last.unwrap_or_else(|| {
        let name = file.rsplit('/').next().unwrap_or(file);
        name.split('.').next().unwrap_or(name).to_owned()
    })
}
