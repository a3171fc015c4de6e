//! Where every value of a document stands, without the values: read again, and only when something
//! is to be shown. Values are counted exactly as `build` counts them.

mod json;
mod yaml;

use std::ops::Range;

/// The locations of a document's values, in reading order. Bytes count from the start of the text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    items: Vec<Item>,
}

/// A value as it stands in the text.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) key: Option<Range<usize>>,
    pub(super) value: Range<usize>,
    /// The position behind everything this item holds.
    end: usize,
    /// How many values this item counts as; an alias counts as all it stands for.
    count: u64,
    /// The item an alias stands for.
    target: Option<usize>,
}

impl Outline {
    /// Reads the locations of a text that was read before, or that could be read up to a mistake.
    pub(super) fn of(text: &str) -> Self {
        let json = text.trim_start().starts_with(['{', '[']);
        json.then(|| json::outline(text)).flatten().unwrap_or_else(|| yaml::outline(text))
    }

    /// The item of the value with this number. Where an alias is on the way, the item stands in
    /// the anchored text; the alias itself stands where it is written.
    ///
    /// Walks down by counts, so an alias is never written out.
    pub(super) fn find(&self, node: u32) -> Option<&Item> {
        let mut left = u64::from(node);
        let mut at = 0;
        loop {
            let item = self.items.get(at)?;
            if left == 0 {
                return Some(item);
            }
            left -= 1;
            let holder = item.target.unwrap_or(at);
            let end = self.items.get(holder)?.end;
            at = holder + 1;
            loop {
                let child = self.items.get(at).filter(|_| at < end)?;
                if left < child.count {
                    break;
                }
                left -= child.count;
                at = child.end;
            }
        }
    }
}

/// Collects items as a reader meets them.
#[derive(Default)]
struct Builder {
    items: Vec<Item>,
    open: Vec<Open>,
}

/// A list or map that is being read.
struct Open {
    item: usize,
    /// The key that waits for its value; `None` in a list.
    key: Option<Range<usize>>,
    /// Whether the next thing met is a key.
    key_next: bool,
    map: bool,
}

impl Builder {
    /// Whether the next thing met is a key.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.key_next)
    }

    fn key(&mut self, range: Range<usize>) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(range);
            open.key_next = false;
        }
    }

    /// Adds a value that holds nothing, or an alias. Returns its position.
    fn leaf(&mut self, value: Range<usize>, target: Option<usize>) -> usize {
        // What is still open counts as one: it can't stand inside itself.
        let count = target.and_then(|t| self.items.get(t)).map_or(1, |t| t.count);
        let key = self.open.last_mut().and_then(|open| {
            open.key_next = open.map;
            open.key.take()
        });
        let item = self.items.len();
        self.items.push(Item { key, value, end: item + 1, count, target });
        item
    }

    fn open(&mut self, start: usize, map: bool) -> usize {
        let item = self.leaf(start..start, None);
        self.open.push(Open { item, key: None, key_next: map, map });
        item
    }

    /// Ends the innermost list or map, at its bracket or behind its last value.
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
