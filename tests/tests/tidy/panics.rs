//! Nothing that a page can hold makes the generator panic.

use std::collections::BTreeSet;

use crate::assert_none;
use crate::scan::scan;

/// What may panic all the same: file, function, what, and why no input gets there. A line that is
/// no longer needed fails the test too.
const ALLOWED: &[(&str, &str, &str, &str)] = &[];

#[test]
fn nothing_in_the_generator_can_panic() {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for code in scan("codegen/src") {
        for panic in code.panics {
            let allowed = ALLOWED.iter().find(|(file, function, what, _)| {
                (*file, *function, *what) == (&code.path, &panic.function, &panic.what)
            });
            match allowed {
                Some(line) => drop(used.insert(line)),
                None => found.push(format!(
                    "{}:{}: `{}` in `{}`",
                    code.path, panic.line, panic.what, panic.function
                )),
            }
        }
    }
    let unused = ALLOWED.iter().filter(|line| !used.contains(line));
    found.extend(unused.map(|line| format!("no longer needed in ALLOWED: {line:?}")));
    assert_none("use get(), let-else or a Problem, or add a line with a reason", &found);
}
