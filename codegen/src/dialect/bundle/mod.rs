//! Files beside a description that it refers to: what they say is brought into the description.
//!
//! `$ref: schemas/pet.yaml` becomes `$ref: '#/components/schemas/pet'`, and the file's content that
//! component. A component that is nothing but such a reference is what it refers to; so is a path
//! item, and a whole section.

mod address;
mod structure;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::grammar::{Object, each};
use super::refs;
use crate::page::Page;
use crate::source::{Kind, Map, Node, escape, unescape};

/// Files by name.
pub type Files = BTreeMap<String, Node>;

/// The files that `node`, read from `file`, refers to; none of them need be there. References that
/// lead out of the folder where the names of files start are none.
pub fn files_beside(file: &str, node: &Node) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    address::look(node, &mut |reference| {
        if !reference.starts_with('#') {
            files.extend(address::address(file, reference).map(|(named, _)| named));
        }
    });
    files.remove(file);
    files
}

/// Whether [`files_beside`] may find any in what is written in `text`.
pub fn may_name_files(text: &str) -> bool {
    address::may_name(text)
}

/// Brings into each description what it says by reference to the others and to `files`. What is no
/// description, and is referred to, is not one of the result. References to what is not there stay as
/// they are.
pub fn join(mut parts: Vec<(Page, Node)>, mut files: Files) -> Vec<(Page, Node)> {
    let named = parts.iter().map(|(page, node)| (page.file.as_str(), node));
    let all = named.chain(files.iter().map(|(file, node)| (file.as_str(), node)));
    let wanted: BTreeSet<String> = all.flat_map(|(file, node)| files_beside(file, node)).collect();
    if wanted.is_empty() {
        return parts;
    }
    for (page, node) in &parts {
        if wanted.contains(&page.file) {
            files.entry(page.file.clone()).or_insert_with(|| node.clone());
        }
    }
    parts.retain(|(page, node)| is_description(node) || !wanted.contains(&page.file));
    for (page, node) in &mut parts {
        bundle(&page.file, node, &files);
    }
    parts
}

fn is_description(node: &Node) -> bool {
    ["openapi", "swagger", "paths"].iter().any(|key| node.get(key).is_some())
}

/// Brings what `root`, read from `file`, says by reference to `files` into it.
fn bundle(file: &str, root: &mut Node, files: &Files) {
    let mut files = files.clone();
    let names = files.clone();
    for (name, node) in &mut files {
        address::absolute(node, name, file, &names);
    }
    address::absolute(root, file, file, &names);
    structure::fill(root, &files);
    let mut bundle = Bundle::new(root, &files);
    bundle.localise(root, Object::Root);
    while let Some(Wanted { object, name, reference }) = bundle.waiting.pop_front() {
        let Some(mut node) = target(&files, &reference).cloned() else { continue };
        bundle.localise(&mut node, object);
        refs::add_component(root, refs::section(object), name, node);
    }
}

/// What a reference to a file names.
fn target<'n>(files: &'n Files, reference: &str) -> Option<&'n Node> {
    let (file, pointer) = address::beside(reference)?;
    files.get(file)?.pointer(pointer)
}

/// Names of components, by what they stand for: the section, and the reference.
type Names = BTreeMap<(&'static str, String), String>;

/// Something in another file that becomes a component.
struct Wanted {
    object: Object,
    name: String,
    reference: String,
}

struct Bundle<'a> {
    files: &'a Files,
    names: Names,
    /// Names that are taken, by section.
    taken: BTreeSet<(&'static str, String)>,
    waiting: VecDeque<Wanted>,
}

/// Kinds of objects that may be components.
const COMPONENTS: [Object; 7] = [
    Object::Schema,
    Object::Response,
    Object::Parameter,
    Object::Example,
    Object::RequestBody,
    Object::Header,
    Object::SecurityScheme,
];

impl<'a> Bundle<'a> {
    /// Takes note of the names that `root` has given.
    fn new(root: &Node, files: &'a Files) -> Self {
        let mut bundle =
            Self { files, names: Names::new(), taken: BTreeSet::new(), waiting: VecDeque::new() };
        for object in COMPONENTS {
            let section = refs::section(object);
            for (name, node) in refs::components(root, section).into_iter().flatten() {
                bundle.taken.insert((section, name.clone()));
                let reference = node.get("$ref").and_then(Node::as_str);
                if let Some(reference) = reference.filter(|text| target(files, text).is_some()) {
                    bundle.want(object, reference, || name.clone());
                }
            }
        }
        bundle
    }

    /// The name of the component that `reference` leads to.
    fn want(&mut self, object: Object, reference: &str, name: impl FnOnce() -> String) -> String {
        let key = (refs::section(object), reference.to_owned());
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = name();
        self.names.insert(key, name.clone());
        self.waiting.push_back(Wanted { object, name: name.clone(), reference: reference.into() });
        name
    }

    /// Makes the references to files below `node` references to components.
    fn localise(&mut self, node: &mut Node, object: Object) {
        each(node, object, &mut |node, object| {
            let Kind::Object(map) = &mut node.kind else { return };
            if object == Object::Discriminator {
                let mapping = map.get_mut("mapping").and_then(Node::as_object_mut);
                for value in mapping.into_iter().flat_map(Map::values_mut) {
                    self.rewrite(value, Object::Schema);
                }
            } else if COMPONENTS.contains(&object)
                && let Some(value) = map.get_mut("$ref")
            {
                self.rewrite(value, object);
            }
        });
    }

    fn rewrite(&mut self, value: &mut Node, object: Object) {
        let Some(reference) = value.as_str().filter(|it| target(self.files, it).is_some()) else {
            return;
        };
        let reference = reference.to_owned();
        let free = self.free(refs::section(object), &stem(&reference));
        let name = self.want(object, &reference, || free);
        self.taken.insert((refs::section(object), name.clone()));
        let section = refs::section(object);
        *value = Node::string(format!("#/components/{section}/{}", escape(&name)), value.origin);
    }

    /// `name`, or the first of `name2`, `name3`, … that no component of the section has.
    fn free(&self, section: &'static str, name: &str) -> String {
        let numbered = (2_u32..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let free = names.find(|name| !self.taken.contains(&(section, name.clone())));
        free.unwrap_or_else(|| name.to_owned())
    }
}

/// What a reference calls its target: the last part of its pointer, else the file's name.
fn stem(reference: &str) -> String {
    let Some((file, pointer)) = address::beside(reference) else { return String::new() };
    let last = pointer.rsplit('/').next().filter(|last| !last.is_empty()).map(unescape);
    last.unwrap_or_else(|| {
        let name = file.rsplit('/').next().unwrap_or(file);
        name.split('.').next().unwrap_or(name).to_owned()
    })
}
