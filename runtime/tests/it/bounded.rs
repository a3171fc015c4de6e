//! No response makes a client abort: memory that cannot be allocated is an error.

use std::process::Command;

use docwright_runtime::{Decode, Map, from_slice, record};

/// Set in the process that has little memory.
const LIMITED: &str = "DOCWRIGHT_TEST_LIMITED";

/// As `ulimit` counts it, in KiB.
const MEMORY: u32 = 512 * 1024;

/// The default limit of a response, in bytes.
const RESPONSE: usize = 8 << 20;

#[derive(Debug)]
#[allow(dead_code, reason = "only its size matters")]
struct Small {
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    d: Option<String>,
    e: Option<String>,
    f: Option<String>,
    g: Option<String>,
    h: Option<String>,
    i: Option<String>,
    j: Option<String>,
}
record!(Small {
    optional a = "a", optional b = "b", optional c = "c", optional d = "d", optional e = "e",
    optional f = "f", optional g = "g", optional h = "h", optional i = "i", optional j = "j",
});

#[derive(Debug)]
#[allow(dead_code, reason = "only its size matters")]
struct Large {
    a: Option<Small>,
    b: Option<Small>,
    c: Option<Small>,
    d: Option<Small>,
    e: Option<Small>,
    f: Option<Small>,
    g: Option<Small>,
    h: Option<Small>,
    i: Option<Small>,
    j: Option<Small>,
}
record!(Large {
    optional a = "a", optional b = "b", optional c = "c", optional d = "d", optional e = "e",
    optional f = "f", optional g = "g", optional h = "h", optional i = "i", optional j = "j",
});

#[derive(Debug)]
#[allow(dead_code, reason = "only its size matters")]
struct Open {
    rest: Map<Large>,
}
record!(Open { rest rest });

/// Returns an object with this number of fields.
fn object_of(count: usize) -> String {
    let fields: Vec<_> = (0..count).map(|key| format!("\"{key}\":{{}}")).collect();
    format!("{{{}}}", fields.join(","))
}

/// Returns a list of as many items as a response can hold.
fn list_of(item: &str) -> String {
    let count = RESPONSE / (item.len() + 1) - 1;
    format!("[{}]", vec![item; count].join(","))
}

fn error_of<T: Decode>(json: &str) -> String {
    from_slice::<T>(json.as_bytes()).err().map_or_else(String::new, |error| error.to_string())
}

#[test]
fn bounded_memory_is_an_error_and_no_abort() {
    if std::env::var_os(LIMITED).is_some() {
        assert!(size_of::<Large>() >= 2400);
        let error = error_of::<Vec<Large>>(&list_of("0"));
        assert_eq!(error, "`[0]`: expected an object, found an integer");
        let too_large = "the value is too large for the available memory";
        assert_eq!(error_of::<Vec<Large>>(&list_of("{}")), too_large);
        let object = object_of(600_000);
        assert_eq!(error_of::<Map<Large>>(&object), too_large);
        assert_eq!(error_of::<Open>(&object), too_large);
        println!("no abort");
        return;
    }
    let test = std::env::current_exe().expect("the path of this test");
    let output = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\""))
        .arg(test)
        .args(["--exact", "bounded::bounded_memory_is_an_error_and_no_abort", "--nocapture"])
        .env(LIMITED, "1")
        .output()
        .expect("a shell");
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {printed} {errors}", output.status);
    assert!(printed.contains("no abort"), "{printed} {errors}");
}
