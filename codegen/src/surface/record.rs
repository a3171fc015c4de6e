//! The record of a generated client, by which the next run sees what changed: `docwright.lock`.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Direction, Item, ItemKind, Owner, Surface};

/// A record of a generated client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// The version of Docwright that generated it.
    pub version: String,
    /// A digest of everything that it was generated from.
    pub inputs: String,
    /// Its public items.
    pub surface: Surface,
}

/// The first line after the comment.
#[derive(Serialize, Deserialize)]
struct Head {
    docwright: String,
    inputs: String,
}

/// An item, without what follows from other values.
#[derive(Serialize, Deserialize)]
struct Entry<'a> {
    is: ItemKind,
    name: Cow<'a, str>,
    /// The key, unless it is the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    ty: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_false")]
    required: bool,
    /// The direction, unless it is that of the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direction: Option<Direction>,
    #[serde(default, skip_serializing_if = "is_false")]
    deprecated: bool,
}

impl<'a> Entry<'a> {
    fn of_item(item: &'a Item, owner: Option<&Item>) -> Self {
        let inherited = owner.map_or(Direction::Both, |owner| owner.direction);
        Self {
            is: item.kind,
            name: Cow::Borrowed(&item.name),
            key: (item.key != item.name).then_some(Cow::Borrowed(&*item.key)),
            ty: Cow::Borrowed(&item.ty),
            required: item.required,
            direction: (item.direction != inherited).then_some(item.direction),
            deprecated: item.deprecated,
        }
    }

    fn into_item(self, inherited: Direction) -> Item {
        let name = self.name.into_owned();
        Item {
            kind: self.is,
            key: self.key.map_or_else(|| name.clone(), Cow::into_owned),
            name,
            ty: self.ty.into_owned(),
            required: self.required,
            direction: self.direction.unwrap_or(inherited),
            deprecated: self.deprecated,
            location: None,
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

/// The comment at the top, after its first line.
const COMMENT: &str = "\
# The public items of the generated code, by which the next run reports what changed.
";

impl Record {
    /// Returns the text of the record, with a line for each item, which `command` writes.
    pub fn to_text(&self, command: &str) -> String {
        let head = Head { docwright: self.version.clone(), inputs: self.inputs.clone() };
        let mut text = format!(
            "# Written by `{command}`. Do not edit; commit it.\n{COMMENT}{}\n",
            line(&head)
        );
        for Owner { item, parts } in &self.surface.owners {
            let _ = writeln!(text, "{}", line(&Entry::of_item(item, None)));
            for part in parts {
                let _ = writeln!(text, "  {}", line(&Entry::of_item(part, Some(item))));
            }
        }
        text
    }

    /// Parses a record. Returns `None` if it was not written by this version of the format.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let Head { docwright: version, inputs } = serde_json::from_str(lines.next()?).ok()?;
        let mut surface = Surface::default();
        for line in lines {
            let entry: Entry<'_> = serde_json::from_str(line).ok()?;
            match surface.owners.last_mut() {
                Some(owner) if line.starts_with(' ') => {
                    let part = entry.into_item(owner.item.direction);
                    owner.parts.push(part);
                }
                _ => {
                    let item = entry.into_item(Direction::Both);
                    surface.owners.push(Owner { item, parts: Vec::new() });
                }
            }
        }
        Some(Self { version, inputs, surface })
    }
}

fn line(value: &impl Serialize) -> String {
    // Serializing plain strings and flags cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
