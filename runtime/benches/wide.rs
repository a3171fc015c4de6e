//! Decodes 8 MiB of objects with 60, 100, 130 and 1000 fields, and prints the time per byte. The runs of the
//! widths alternate. `cargo bench -p docwright-runtime --bench wide` fails if a width takes more than 1.5 times
//! as long per byte as 60 fields.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::LazyLock;
use std::time::Instant;

use docwright_runtime::wire::{Decoded, FieldReader, Node};
use docwright_runtime::{Decode, DecodeError, Json, Map, from_slice};

const WIDTHS: [usize; 4] = [60, 100, 130, 1000];
const SIZE: usize = 8 << 20;

/// The names of the fields, which live as long as those in a generated table.
static NAMES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| (0..1000).map(|n| &*format!("field_{n}").leak()).collect());

/// A struct with a field for each of the first `WIDTH` names.
struct All<const WIDTH: usize>;

impl<const WIDTH: usize> Decode for All<WIDTH> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let mut fields = FieldReader::new(node)?;
        for name in NAMES.iter().take(WIDTH) {
            black_box(fields.optional::<String>(name));
        }
        fields.finish(Self)
    }
}

/// A struct with few fields.
struct Few;

impl Decode for Few {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let mut fields = FieldReader::new(node)?;
        for name in ["field_0", "field_50", "field_7", "absent"] {
            black_box(fields.optional::<String>(name));
        }
        fields.finish(Self)
    }
}

/// A struct with a map of other fields.
struct Rest;

impl Decode for Rest {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let mut fields = FieldReader::new(node)?;
        black_box(fields.optional::<String>("field_7"));
        black_box::<Map<String>>(fields.rest());
        fields.finish(Self)
    }
}

/// Returns a list of objects with so many fields, in the order of the names or in reverse.
fn document(width: usize, in_reverse: bool) -> String {
    let mut json = "[".to_owned();
    while json.len() < SIZE {
        json.push_str(if json.len() == 1 { "{" } else { ",{" });
        for index in 0..width {
            let comma = if index == 0 { "" } else { "," };
            let name = NAMES[if in_reverse { width - 1 - index } else { index }];
            write!(json, "{comma}\"{name}\":\"value {index}\"").expect("a string is written");
        }
        json.push('}');
    }
    json.push(']');
    json
}

type Read = fn(&str) -> Decoded<()>;

fn read<T: Decode>(json: &str) -> Decoded<()> {
    from_slice::<Vec<T>>(json.as_bytes()).map(drop)
}

fn main() {
    let all: [Read; 4] = [read::<All<60>>, read::<All<100>>, read::<All<130>>, read::<All<1000>>];
    for (order, in_reverse) in [("in order", false), ("in reverse", true)] {
        let documents = WIDTHS.map(|width| document(width, in_reverse));
        for (kind, reads) in [
            ("all fields", all),
            ("few fields", [read::<Few> as Read; 4]),
            ("a map of the rest", [read::<Rest> as Read; 4]),
            ("untyped", [read::<Json> as Read; 4]),
        ] {
            let mut best = [f64::INFINITY; 4];
            for _ in 0..7 {
                for ((document, read), best) in documents.iter().zip(reads).zip(&mut best) {
                    let start = Instant::now();
                    read(document).expect("the document is valid");
                    *best = best.min(start.elapsed().as_nanos() as f64 / document.len() as f64);
                }
            }
            for (width, time) in WIDTHS.iter().zip(best) {
                let ratio = time / best[0];
                println!(
                    "{kind:<18} {order:<10} {width:>5} fields {time:>8.2} ns/byte  ratio {ratio:.2}"
                );
                assert!(
                    cfg!(debug_assertions) || ratio <= 1.5,
                    "{width} fields take {ratio:.2} times as long per byte as 60"
                );
            }
        }
    }
}
