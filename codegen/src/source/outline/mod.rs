//! The outline of a document: the locations of its values, without the values. It is only read if a
//! location must be displayed. Values are numbered exactly as in `node_visitor`.

mod json;
mod yaml;

use std::ops::Range;

/// The locations of the values of a document, in reading order, as byte offsets from the start of
/// the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    items: Vec<Item>,
}

/// The location of a value.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: Option<Range<usize>>,
    pub(super) value: Range<usize>,
    /// The index after all items inside this one.
    end: usize,
    /// The number of values in this item, including itself. An alias counts like its target.
    count: u64,
    /// The item that an alias refers to.
    target: Option<usize>,
}

impl Outline {
    /// Reads the outline of a text, up to the first syntax error.
    pub(super) fn parse(text: &str) -> Self {
        let json = text.trim_start().starts_with(['{', '[']);
        json.then(|| json::outline(text)).flatten().unwrap_or_else(|| yaml::outline(text))
    }

    /// Returns the item of the value with this number. A value inside an alias is located in the
    /// anchored text, and the alias itself at its own text.
    ///
    /// Uses the counts, so that aliases are never expanded.
    pub(super) fn find(&self, node: u32) -> Option<&Item> {
        let mut remaining = u64::from(node);
        let mut at = 0;
        loop {
            let item = self.items.get(at)?;
            if remaining == 0 {
                return Some(item);
            }
            remaining -= 1;
            let parent = item.target.unwrap_or(at);
            let end = self.items.get(parent)?.end;
            at = parent + 1;
            loop {
                let child = self.items.get(at).filter(|_| at < end)?;
                if remaining < child.count {
                    break;
                }
                remaining -= child.count;
                at = child.end;
            }
        }
    }
}

/// Collects the items in reading order.
#[derive(Default)]
struct Builder {
    items: Vec<Item>,
    open: Vec<OpenItem>,
}

/// An array or object that is being read.
struct OpenItem {
    item: usize,
    /// The key whose value comes next; `None` in an array.
    key: Option<Range<usize>>,
    /// Whether a key comes next.
    expects_key: bool,
    is_object: bool,
}

impl Builder {
    /// Returns whether a key comes next.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.expects_key)
    }

    fn key(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(range);
            open.expects_key = false;
        }
    }

    /// Adds a scalar or an alias. Returns its index.
    fn leaf(&mut self, value: Range<usize>, target: Option<usize>) -> usize {
        // An alias of an enclosing item counts as one: an item cannot contain itself.
        let count = target.and_then(|t| self.items.get(t)).map_or(1, |t| t.count);
        let key = self.open.last_mut().and_then(|open| {
            open.expects_key = open.is_object;
            open.key.take()
        });
        let item = self.items.len();
        self.items.push(Item { key, value, end: item + 1, count, target });
        item
    }

    fn open(&mut self, start: usize, is_object: bool) -> usize {
        let item = self.leaf(start..start, None);
        self.open.push(OpenItem { item, key: None, expects_key: is_object, is_object });
        item
    }

    /// Closes the innermost array or object, at its bracket or after its last value.
    fn close(&mut self, bracket: Option<usize>) {
        let Some(open) = self.open.pop() else { return };
        let last = self.items.last().map_or(0, |last| last.value.end);
        let (total, end) = (self.items.len(), bracket.unwrap_or(last));
        let mut count = 1_u64;
        let mut at = open.item + 1;
        while let Some(child) = self.items.get(at) {
            count = count.saturating_add(child.count);
            at = child.end;
        }
        if let Some(item) = self.items.get_mut(open.item) {
            item.count = count;
            item.end = total;
            item.value.end = end.max(item.value.start);
        }
    }

    fn finish(mut self) -> Outline {
        while !self.open.is_empty() {
            self.close(None);
        }
        Outline { items: self.items }
    }
}
