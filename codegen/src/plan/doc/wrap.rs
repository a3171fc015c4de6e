//! Wraps the lines of doc comments.

/// The maximum width of a line after `/// `.
const WIDTH: usize = 96;

/// Splits `text` into lines and wraps long paragraphs; lists, tables, headings and code keep their
/// lines.
pub fn wrap(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut fence: Option<usize> = None;
    for line in text.lines() {
        let ticks = line.trim_start().chars().take_while(|c| *c == '`').count();
        if ticks >= 3 {
            match fence {
                Some(open) if ticks >= open => fence = None,
                Some(_) => {}
                None => fence = Some(ticks),
            }
            // The fence starts a block of its own, so it is not indented below a list item.
            out.push(line.trim().to_owned());
        } else if fence.is_some() || line.trim_start().starts_with('|') {
            out.push(line.trim_end().to_owned());
        } else {
            wrap_line(line, &mut out);
        }
    }
    trim_empty_lines(out)
}

/// Breaks a line at spaces. Continuation lines of a list item are indented below its text.
fn wrap_line(line: &str, out: &mut Vec<String>) {
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let hang = format!("{indent}{}", " ".repeat(marker_width(line.trim_start())));
    let mut current = indent;
    let mut empty = true;
    for word in line.split_whitespace() {
        let length = current.chars().count() + 1 + word.chars().count();
        if !empty && length > WIDTH && !starts_block(word) {
            out.push(std::mem::replace(&mut current, hang.clone()));
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
    }
    out.push(if empty { String::new() } else { current });
}

/// Returns the width of a list marker, `- ` or `1. `, at the start of a line.
fn marker_width(line: &str) -> usize {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    if digits == 0 && (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ")) {
        2
    } else if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        digits + 2
    } else {
        0
    }
}

/// Returns whether a word at the start of a line would begin a list, heading, quotation or table.
fn starts_block(word: &str) -> bool {
    let number = word.trim_end_matches(['.', ')']);
    let is_number = number.len() < word.len() && number.chars().all(|c| c.is_ascii_digit());
    is_number
        || matches!(word.chars().next(), Some('-' | '*' | '+' | '#' | '>' | '|' | '=' | '~' | '`'))
}

/// Removes empty lines at both ends, and all but one of several in a row.
fn trim_empty_lines(lines: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        if !line.is_empty() || out.last().is_some_and(|last| !last.is_empty()) {
            out.push(line);
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}
