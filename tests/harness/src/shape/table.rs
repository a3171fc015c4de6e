//! The printed table: a row for each figure, a column for each document.

use std::fmt::Write as _;

use super::Shape;

/// Returns a figure as text.
type Figure = fn(&Shape) -> String;

/// The rows of the table: what is counted, and the figure.
const ROWS: &[(&str, Figure)] = &[
    ("operations", |it| it.operations.to_string()),
    ("types", |it| it.types.to_string()),
    ("types of inline schemas", |it| it.inline_types.to_string()),
    ("  copies", |it| percentage(it.copies, it.inline_types)),
    ("enums of errors", |it| it.error_enums.to_string()),
    ("  different ones", |it| it.error_shapes.to_string()),
    ("constants in new()", |it| part(it.constant_constructors, it.constructors)),
    ("constants in client methods", |it| part(it.constant_calls, it.calls)),
    ("constants in setters", |it| it.constant_setters.to_string()),
    ("empty structs in signatures", |it| it.empty_structs.to_string()),
    ("Patch fields", |it| part(it.patch_fields, it.fields)),
    ("  of types not only patched", |it| it.other_patch_fields.to_string()),
    ("names that end in a number", |it| it.numbered_names.to_string()),
    ("variants that end in a number", |it| it.numbered_variants.to_string()),
    ("lines", |it| it.lines.to_string()),
    ("lines of the largest file", |it| it.largest_file_lines.to_string()),
    ("doc lines with escaped tags", |it| it.escaped_tags.to_string()),
    ("docs that repeat the name", |it| it.echoes.to_string()),
];

/// Returns the table of these shapes, and the largest file of each.
///
/// ```text
///                                   orum  stripe-2020
/// operations                          71          355
/// types                              175         2478
/// ```
pub fn render_text(shapes: &[Shape]) -> String {
    let mut text = format!("{:30}", "");
    let width = |shape: &Shape| shape.document.len().max(12) + 2;
    for shape in shapes {
        let _ = write!(text, "{:>1$}", shape.document, width(shape));
    }
    for (label, figure) in ROWS {
        let _ = write!(text, "\n{label:30}");
        for shape in shapes {
            let _ = write!(text, "{:>1$}", figure(shape), width(shape));
        }
    }
    text.push_str("\n\nlargest files:");
    for shape in shapes {
        let _ = write!(text, " {} {};", shape.document, shape.largest_file);
    }
    text.pop();
    text + "\n"
}

/// Returns the figures as JSON.
pub fn render_json(shapes: &[Shape]) -> String {
    format!("{:#}\n", serde_json::json!(shapes))
}

fn part(count: usize, all: usize) -> String {
    format!("{count}/{all}")
}

fn percentage(count: usize, all: usize) -> String {
    // Rounded to tenths of a percent, without floats.
    let tenths = (count * 1000 + all / 2).checked_div(all).unwrap_or_default();
    format!("{count} ({}.{} %)", tenths / 10, tenths % 10)
}
