//! The summary of a run, with a line for each vendor.

use crate::report::{Location, Problem, Report};
use crate::source::Diagnostics;
use crate::{Output, Summary};

/// Returns a count with its noun: `1 page`, `2 pages`.
pub fn count_noun(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Reports an error for each vendor without operations and types, since its pages were probably not
/// recognised.
pub fn require_operations(output: &Output) -> Result<(), Diagnostics> {
    let mut report = Report::default();
    for vendor in output.vendors.iter().filter(|it| it.operations == 0 && it.types == 0) {
        let message = format!(
            "no operations found for `{}` in {}",
            vendor.name,
            count_noun(vendor.pages, "page")
        );
        let help = "a page needs an OpenAPI code block, and a document needs `paths` or schemas";
        report.push(Problem::error(Location::Run, message).help(help));
    }
    if report.has_errors() {
        // Skipped input is the most likely cause.
        report.problems.extend(output.report.problems.iter().cloned());
        return Err(Diagnostics { sources: output.sources.clone(), report });
    }
    Ok(())
}

/// Returns a table with a line for each vendor: its figures followed by its status. With `keywords`, a
/// second line has the coverage of its keywords.
///
/// ```text
/// acme_pay   2 pages   1 operation    5 types   4 error codes   unchanged
///   312 keywords: 290 generated, 22 ignored for a reason, 0 not generated
/// pets       1 page    3 operations   4 types                   changed
///   99 keywords: 99 generated, 0 ignored for a reason, 0 not generated
/// ```
pub fn summary_table(rows: &[(&Summary, &str)], keywords: bool) -> String {
    let lines: Vec<[String; 6]> = rows
        .iter()
        .map(|(vendor, status)| {
            let codes = match vendor.error_codes {
                0 => String::new(),
                codes => count_noun(codes, "error code"),
            };
            [
                vendor.name.clone(),
                count_noun(vendor.pages, "page"),
                count_noun(vendor.operations, "operation"),
                count_noun(vendor.types, "type"),
                codes,
                (*status).to_owned(),
            ]
        })
        .collect();
    let mut text = String::new();
    for (line, (vendor, _)) in lines.iter().zip(rows) {
        let mut row = String::new();
        for (column, cell) in line.iter().enumerate() {
            let width = lines.iter().filter_map(|line| line.get(column)).map(String::len).max();
            let width = width.unwrap_or_default();
            if width > 0 {
                row.push_str(&format!("{cell:width$}   "));
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
        if keywords && vendor.coverage.keywords() > 0 {
            text.push_str(&format!("  {}\n", vendor.coverage.summary_line()));
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
        assert_eq!(summary_table(&[(&acme, "unchanged"), (&pets, "changed")], true), expected);
    }

    #[test]
    fn an_empty_column_is_omitted() {
        let pets = vendor("pets", [1, 3, 4, 0]);
        assert_eq!(summary_table(&[(&pets, "")], true), "pets   1 page   3 operations   4 types\n");
        assert_eq!(summary_table(&[], true), "");
    }

    #[test]
    fn a_vendor_without_operations_is_an_error() {
        let mut output =
            Output { vendors: vec![vendor("pets", [1, 0, 0, 0])], ..Output::default() };
        output.report.push(Problem::warning(Location::File("pets.md".into()), "skipped"));
        let Diagnostics { report, .. } = require_operations(&output).unwrap_err();
        assert_eq!(report.problems[0].message, "no operations found for `pets` in 1 page");
        assert_eq!(report.problems[1].message, "skipped");
        output.vendors[0].operations = 1;
        assert!(require_operations(&output).is_ok());
    }
}
