//! The body in the example of an operation's documentation.

use super::Expr;

/// The maximum size of a body that is written out.
const MAX_SIZE: usize = 16;

/// The maximum size of an example of the document.
const MAX_DOCUMENT_SIZE: usize = 24;

/// How many optional fields an example shows, if none is required.
const MAX_OPTIONAL_FIELDS: usize = 3;

/// Returns the example of a body: that of the document, else the required fields, else the first three.
/// `full` and `minimal` have all fields and the required ones of a sample; `full` follows the document's
/// example if `has_example`. Values that the document does not list are omitted: an example with one
/// is not realistic.
pub fn body_example(full: &Expr, minimal: Expr, has_example: bool) -> Option<Expr> {
    let document = has_example.then(|| without_unlisted(full, usize::MAX));
    if let Some(example) = document.filter(|it| it.is_listed() && it.size() <= MAX_DOCUMENT_SIZE) {
        return Some(example);
    }
    let example = match minimal {
        Expr::Default(..) => without_unlisted(full, MAX_OPTIONAL_FIELDS),
        minimal => minimal,
    };
    (example.is_listed() && example.size() <= MAX_SIZE).then_some(example)
}

/// Returns an object with at most `count` of the setters, without those of unlisted values.
fn without_unlisted(object: &Expr, count: usize) -> Expr {
    let listed = |setters: &[(crate::plan::Name, Expr)]| {
        setters.iter().filter(|(_, value)| value.is_listed()).take(count).cloned().collect()
    };
    match object {
        Expr::New(ty, arguments, setters) => {
            Expr::New(ty.clone(), arguments.clone(), listed(setters))
        }
        Expr::Default(ty, setters) => Expr::Default(ty.clone(), listed(setters)),
        other => other.clone(),
    }
}
