//! Distributes items among files, so that none becomes too long.

use std::collections::BTreeMap;

use super::weight::FULL;

/// How many words of an item's name distinguish files.
const MAX_WORDS: usize = 12;

/// Something that a file contains.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its index.
    pub index: usize,
    /// Its estimated lines.
    pub weight: usize,
    /// The words that a file is named after if it holds this item and similar ones.
    pub words: Vec<String>,
}

/// The estimated lines of each file so far.
pub type Loads = BTreeMap<String, usize>;

/// Assigns every item to the file `base`, or to one named `base_word` after the words of its items
/// if they do not fit: the largest groups first. Calls `assign` with each index and its file.
pub fn spill(
    base: &str,
    items: Vec<Item>,
    loads: &mut Loads,
    assign: &mut impl FnMut(usize, &str),
) {
    let word = base.rsplit('_').next().unwrap_or_default();
    spill_words(&Files { base, word, depth: 0 }, items, loads, assign);
}

struct Files<'a> {
    /// The file of what fits.
    base: &'a str,
    /// The word that the items have in common.
    word: &'a str,
    /// How many of the words are in the file's name.
    depth: usize,
}

fn spill_words(
    files: &Files<'_>,
    items: Vec<Item>,
    loads: &mut Loads,
    assign: &mut impl FnMut(usize, &str),
) {
    let Files { base, word: common, depth } = *files;
    let load = loads.get(base).copied().unwrap_or_default();
    let mut remaining = items.iter().map(|item| item.weight).sum::<usize>().saturating_add(load);
    let mut groups: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in items {
        let word = item.words.get(depth).filter(|_| depth < MAX_WORDS).cloned();
        groups.entry(word.unwrap_or_default()).or_default().push(item);
    }
    let weight = |items: &[Item]| items.iter().map(|item| item.weight).sum::<usize>();
    let mut groups: Vec<(String, Vec<Item>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, items)| std::cmp::Reverse(weight(items)));
    for (word, items) in groups {
        if remaining <= FULL || word.is_empty() {
            let added = loads.entry(base.to_owned()).or_default();
            *added = added.saturating_add(weight(&items));
            items.iter().for_each(|item| assign(item.index, base));
            continue;
        }
        remaining = remaining.saturating_sub(weight(&items));
        let file = match word == common {
            true => base.to_owned(),
            false => format!("{base}_{word}"),
        };
        let files = Files { base: &file, word: &word, depth: depth.saturating_add(1) };
        spill_words(&files, items, loads, assign);
    }
}

#[cfg(test)]
mod tests {
    use super::{FULL, Item, Loads, spill};
    use std::collections::BTreeMap;

    fn distribute(items: &[(&str, usize)], loads: &mut Loads) -> BTreeMap<String, Vec<usize>> {
        let items = items.iter().enumerate().map(|(index, (words, weight))| Item {
            index,
            weight: *weight,
            words: words.split(' ').map(str::to_owned).collect(),
        });
        let mut files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        spill("orders", items.collect(), loads, &mut |index, file| {
            files.entry(file.to_owned()).or_default().push(index);
        });
        files
    }

    #[test]
    fn items_that_fit_are_in_one_file() {
        let files = distribute(&[("a", FULL / 2), ("b", FULL / 2)], &mut Loads::new());
        assert_eq!(files, BTreeMap::from([("orders".to_owned(), vec![0, 1])]));
    }

    #[test]
    fn the_largest_group_gets_a_file_named_after_its_words() {
        let items = [
            ("page", 10),
            ("item price", FULL),
            ("item tax", 20),
            ("note", 30),
            ("item price", 40),
        ];
        let files = distribute(&items, &mut Loads::new());
        let expected =
            [("orders", vec![3, 0]), ("orders_item", vec![2]), ("orders_item_price", vec![1, 4])];
        assert_eq!(files, expected.map(|(file, items)| (file.to_owned(), items)).into());
    }

    #[test]
    fn a_full_file_gets_no_further_items() {
        let mut loads = Loads::from([("orders".to_owned(), FULL)]);
        let files = distribute(&[("page", 10)], &mut loads);
        assert_eq!(files, BTreeMap::from([("orders_page".to_owned(), vec![0])]));
    }
}
