//! Reading and decoding take a number of steps that grows with the document, however wide its objects are.

use std::fmt::Write;

use serde_json::Value;

use super::take_steps;
use crate::{Decode, Json, Map, from_slice, record, union};

/// Defines a struct whose fields are all optional integers, and one that also keeps other fields.
macro_rules! wide_structs {
    ($($field:ident $wire:literal),* $(,)?) => {
        #[derive(Debug, Clone, PartialEq)]
        struct Wide { $($field: Option<i64>),* }
        record!(Wide { $(optional $field = $wire),* });

        #[derive(Debug, Clone, PartialEq)]
        struct WideAndRest { $($field: Option<i64>,)* other: Map<i64> }
        record!(WideAndRest { $(optional $field = $wire,)* rest other });
    };
}

#[rustfmt::skip]
wide_structs!(
    k0 "k0", k1 "k1", k2 "k2", k3 "k3", k4 "k4", k5 "k5", k6 "k6", k7 "k7", k8 "k8", k9 "k9",
    k10 "k10", k11 "k11", k12 "k12", k13 "k13", k14 "k14", k15 "k15", k16 "k16", k17 "k17", k18 "k18", k19 "k19",
    k20 "k20", k21 "k21", k22 "k22", k23 "k23", k24 "k24", k25 "k25", k26 "k26", k27 "k27", k28 "k28", k29 "k29",
    k30 "k30", k31 "k31", k32 "k32", k33 "k33", k34 "k34", k35 "k35", k36 "k36", k37 "k37", k38 "k38", k39 "k39",
    k40 "k40", k41 "k41", k42 "k42", k43 "k43", k44 "k44", k45 "k45", k46 "k46", k47 "k47", k48 "k48", k49 "k49",
    k50 "k50", k51 "k51", k52 "k52", k53 "k53", k54 "k54", k55 "k55", k56 "k56", k57 "k57", k58 "k58", k59 "k59",
    k60 "k60", k61 "k61", k62 "k62", k63 "k63", k64 "k64", k65 "k65", k66 "k66", k67 "k67", k68 "k68", k69 "k69",
    k70 "k70", k71 "k71", k72 "k72", k73 "k73", k74 "k74", k75 "k75", k76 "k76", k77 "k77", k78 "k78", k79 "k79",
    k80 "k80", k81 "k81", k82 "k82", k83 "k83", k84 "k84", k85 "k85", k86 "k86", k87 "k87", k88 "k88", k89 "k89",
    k90 "k90", k91 "k91", k92 "k92", k93 "k93", k94 "k94", k95 "k95", k96 "k96", k97 "k97", k98 "k98", k99 "k99",
);

#[derive(Debug, Clone, PartialEq)]
struct Narrow {
    first: Option<i64>,
    middle: Option<i64>,
    absent: Option<i64>,
}
record!(Narrow { optional first = "k0", optional middle = "k40", optional absent = "absent" });

#[derive(Debug, Clone, PartialEq)]
struct Rest {
    other: Map<i64>,
}
record!(Rest { rest other });

#[derive(Debug, Clone, PartialEq)]
enum Any {
    Narrow(Narrow),
    WideAndRest(Box<WideAndRest>),
    Wide(Box<Wide>),
    Unknown(Value),
}
union!(Any { Narrow(Narrow), WideAndRest(Box<WideAndRest>), Wide(Box<Wide>) });

/// Returns a list of objects with so many fields.
fn objects(count: usize, width: usize, key: Order) -> String {
    let mut json = "[".to_owned();
    for object in 0..count {
        json.push_str(if object == 0 { "{" } else { ",{" });
        for index in 0..width {
            let comma = if index == 0 { "" } else { "," };
            write!(json, "{comma}\"k{}\":{index}", key(index, width)).unwrap();
        }
        json.push('}');
    }
    json.push(']');
    json
}

fn steps<T: Decode>(json: &str) -> usize {
    take_steps();
    let list: Vec<T> = from_slice(json.as_bytes()).unwrap();
    let steps = take_steps();
    drop(list);
    steps
}

type Steps = fn(&str) -> usize;

const TYPES: &[(&str, Steps)] = &[
    ("Narrow", steps::<Narrow>),
    ("Wide", steps::<Wide>),
    ("WideAndRest", steps::<WideAndRest>),
    ("Rest", steps::<Rest>),
    ("Any", steps::<Any>),
    ("Json", steps::<Json>),
];

/// Returns the number of the field at an index of an object with so many fields.
type Order = fn(usize, usize) -> usize;

const ORDERS: &[(&str, Order)] = &[
    ("in order", |index, _| index),
    ("in reverse", |index, width| width - 1 - index),
    ("shuffled", |index, width| (index * 37 + 11) % width),
];

#[test]
fn bounded_steps_per_field_do_not_depend_on_the_width_of_objects() {
    const FIELDS: usize = 12_000;
    for (order, key) in ORDERS {
        for (name, steps) in TYPES {
            let per_field = |width: usize| {
                let steps = steps(&objects(FIELDS / width, width, *key));
                steps as f64 / FIELDS as f64
            };
            let narrow = per_field(60);
            for width in [100, 130, 1000, FIELDS] {
                let wide = per_field(width);
                // Sorting and searching the keys takes a logarithm of the width.
                assert!(
                    wide <= 2.0 * narrow + 40.0,
                    "{name} {order}: {wide} at {width}, {narrow} at 60"
                );
            }
        }
    }
}

#[test]
fn bounded_steps_grow_with_the_number_of_wide_objects() {
    for (order, key) in ORDERS {
        for (name, steps) in TYPES {
            let [once, twice] = [50, 100].map(|count| steps(&objects(count, 130, *key)));
            assert!(twice <= 2 * once + 10, "{name} {order}: {once} steps become {twice}");
        }
    }
}

#[test]
fn bounded_steps_do_not_depend_on_hashes_and_duplicates() {
    // Keys with equal ends have equal 16-bit hashes.
    let similar = |count: usize| {
        let keys: Vec<_> =
            (0..count).map(|n| format!("\"a{n:08}bbbbbbbbbbbbbbbbbbbbbbbbb\":1")).collect();
        format!("[{{{},\"k0\":1}}]", keys.join(","))
    };
    // Every key appears twice.
    let duplicates = |count: usize| {
        let keys: Vec<_> = (0..2 * count).map(|n| format!("\"d{}\":1", n / 2)).collect();
        format!("[{{{},\"k0\":1}}]", keys.join(","))
    };
    for document in [similar, duplicates] {
        let [once, twice] = [1000, 2000].map(|count| steps::<Narrow>(&document(count)));
        assert!(twice <= 3 * once, "{once} steps become {twice}");
    }
}
