//! No input makes the generator panic.

use std::collections::BTreeSet;

use crate::assert_none;
use crate::scan::scan;

/// Calls that may panic: file, function, call, and why no input reaches them. An entry that is no
/// longer needed fails the test, too.
const ALLOWED: &[(&str, &str, &str, &str)] = &[];

#[test]
fn nothing_in_the_generator_can_panic() {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for code in scan("codegen/src") {
        for panic in code.panics {
            let allowed = ALLOWED.iter().find(|(file, function, call, _)| {
                (*file, *function, *call) == (&code.path, &panic.function, &panic.call)
            });
            match allowed {
                Some(entry) => drop(used.insert(entry)),
                None => found.push(format!(
                    "{}:{}: `{}` in `{}`",
                    code.path, panic.line, panic.call, panic.function
                )),
            }
        }
    }
    let unused = ALLOWED.iter().filter(|entry| !used.contains(entry));
    found.extend(unused.map(|entry| format!("no longer needed in ALLOWED: {entry:?}")));
    assert_none(
        "use get(), let-else or a Problem, or add an entry with a reason to ALLOWED",
        &found,
    );
}
