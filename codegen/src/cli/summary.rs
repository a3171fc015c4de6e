//! What a run made, a line per vendor.

use crate::report::{Location, Problem, Report};
use crate::{Output, Summary};

/// `1 page`, `2 pages`
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A vendor without a single operation means that its pages were not understood.
pub fn require_operations(output: &Output) -> Result<(), Report> {
    let mut report = Report { sources: output.report.sources.clone(), ..Report::default() };
    for vendor in output.vendors.iter().filter(|vendor| vendor.operations == 0) {
        let what = format!(
            "no operation was found for `{}` in {}",
            vendor.name,
            counted(vendor.pages, "page")
        );
        let help = "a page holds a fenced block of OpenAPI, a document a `paths` member";
        report.push(Problem::error(Location::Run, what).help(help));
    }
    if report.has_errors() {
        // What was skipped on the way is most likely the reason.
        report.problems.extend(output.report.problems.iter().cloned());
        return Err(report);
    }
    Ok(())
}

/// Figures of every vendor, aligned, with a word at the end of each line; below it what became of
/// the keywords of its description.
///
/// ```text
/// acme_pay   2 pages   1 operation    5 types   4 error codes   unchanged
///   312 keywords: 290 generated, 22 ignored for a reason, 0 not generated
/// pets       1 page    3 operations   4 types                   changed
///   99 keywords: 99 generated, 0 ignored for a reason, 0 not generated
/// ```
pub fn table(rows: &[(&Summary, &str)]) -> String {
    let lines: Vec<[String; 6]> = rows
        .iter()
        .map(|(vendor, word)| {
            let codes = match vendor.error_codes {
                0 => String::new(),
                codes => counted(codes, "error code"),
            };
            [
                vendor.name.clone(),
                counted(vendor.pages, "page"),
                counted(vendor.operations, "operation"),
                counted(vendor.types, "type"),
                codes,
                (*word).to_owned(),
            ]
        })
        .collect();
    let mut text = String::new();
    for (line, (vendor, _)) in lines.iter().zip(rows) {
        let mut printed = String::new();
        for (column, cell) in line.iter().enumerate() {
            let width = lines.iter().filter_map(|line| line.get(column)).map(String::len).max();
            let width = width.unwrap_or_default();
            if width > 0 {
                printed.push_str(&format!("{cell:width$}   "));
            }
        }
        text.push_str(printed.trim_end());
        text.push('\n');
        if vendor.coverage.keywords() > 0 {
            text.push_str(&format!("  {}\n", vendor.coverage.line()));
        }
        for inferred in &vendor.inferred {
            text.push_str(&format!("  {inferred}\n"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vendor(name: &str, counts: [usize; 4]) -> Summary {
        let [pages, operations, types, error_codes] = counts;
        let name = name.into();
        Summary { name, pages, operations, types, error_codes, ..Summary::default() }
    }

    #[test]
    fn columns_are_aligned() {
        let acme = vendor("acme_pay", [2, 1, 5, 4]);
        let pets = vendor("pets", [1, 30, 4, 0]);
        let expected = "\
acme_pay   2 pages   1 operation     5 types   4 error codes   unchanged
pets       1 page    30 operations   4 types                   changed
";
        assert_eq!(table(&[(&acme, "unchanged"), (&pets, "changed")]), expected);
    }

    #[test]
    fn a_column_that_nobody_needs_is_left_out() {
        let pets = vendor("pets", [1, 3, 4, 0]);
        assert_eq!(table(&[(&pets, "")]), "pets   1 page   3 operations   4 types\n");
        assert_eq!(table(&[]), "");
    }

    #[test]
    fn no_operation_is_an_error() {
        let mut output =
            Output { vendors: vec![vendor("pets", [1, 0, 2, 0])], ..Output::default() };
        output.report.push(Problem::warning(Location::File("pets.md".into()), "skipped"));
        let report = require_operations(&output).unwrap_err();
        assert_eq!(report.problems[0].what, "no operation was found for `pets` in 1 page");
        assert_eq!(report.problems[1].what, "skipped");
        output.vendors[0].operations = 1;
        assert!(require_operations(&output).is_ok());
    }
}
