//! Lists in brackets: arguments, arrays and tuples.

use syn::Expr;

use super::Formatter;
use super::shape::{Shape, TAB, first_line_width, last_line_width, width};

/// The maximum width of arguments, or of the items of an array, on one line.
const MAX_LIST_WIDTH: usize = 60;

/// The maximum width of an item where several share a line of a list that takes several lines.
const MAX_SHORT_ITEM_WIDTH: usize = 10;

/// Expressions in brackets.
pub struct List<'a> {
    /// What precedes the bracket: the function, a method with its dot, a macro, or nothing.
    pub callee: &'a str,
    /// The brackets.
    pub brackets: (&'static str, &'static str),
    /// The expressions.
    pub items: Vec<&'a Expr>,
}

/// How the items of a list are arranged.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrangement {
    /// All on one line, of which the last may continue on further lines.
    Horizontal,
    /// Each on its own line.
    Vertical,
    /// As many on a line as fit.
    Mixed,
}

impl Formatter {
    /// Returns the text of a list with what precedes it.
    pub fn list(&self, list: &List<'_>, shape: Shape) -> Option<String> {
        let List { callee, brackets: (open, close), items } = list;
        if items.is_empty() {
            return Some(format!("{callee}{open}{close}")).filter(|text| shape.has_room_for(text));
        }
        let space = Space::new(callee, shape)?;
        let mut texts: Vec<Option<String>> =
            items.iter().map(|item| self.expr(item, space.nested)).collect();
        let arrangement = self.arrange(list, &space, &mut texts);
        let texts = texts.into_iter().collect::<Option<Vec<String>>>()?;
        let items = join(&texts, arrangement, space.nested);
        let available = shape.width.saturating_sub(last_line_width(callee));
        let stays = arrangement == Arrangement::Horizontal && first_line_width(&items) < available;
        Some(match stays {
            true => format!("{callee}{open}{items}{close}"),
            false => {
                let (inner, outer) = (space.nested.line_break(), shape.line_break());
                format!("{callee}{open}{inner}{items}{outer}{close}")
            }
        })
    }

    /// Chooses the arrangement, and replaces the last text if it overflows the line.
    fn arrange(&self, list: &List<'_>, space: &Space, texts: &mut [Option<String>]) -> Arrangement {
        let is_only = list.items.len() == 1;
        let merges = is_only && list.callee.len() < TAB;
        let last = list.items.last().filter(|last| merges || can_overflow(last, is_only));
        let overflowed = last.and_then(|last| self.overflowed(last, merges, space, texts));
        let Some(last_text) = texts.last_mut() else { return Arrangement::Horizontal };
        let own_line = last_text.take();
        *last_text = overflowed.as_ref().map(|text| first_line(text)).or_else(|| own_line.clone());
        let arrangement = arrangement(texts, MAX_LIST_WIDTH.min(space.one_line_width));
        let Some(last_text) = texts.last_mut() else { return arrangement };
        match overflowed {
            Some(text) if arrangement == Arrangement::Horizontal => {
                // A short call on a line of its own is preferred to one that is broken.
                let breaks_once = text.matches('\n').count() == 1;
                let prefers_own_line = is_only
                    && breaks_once
                    && own_line.as_ref().is_some_and(|text| !text.contains('\n'));
                *last_text = if prefers_own_line { own_line } else { Some(text) };
                arrangement
            }
            _ => {
                *last_text = own_line;
                self.arrange_whole(list, space, texts)
            }
        }
    }

    /// Chooses the arrangement of items that do not overflow.
    fn arrange_whole(
        &self,
        list: &List<'_>,
        space: &Space,
        texts: &[Option<String>],
    ) -> Arrangement {
        if let [Some(text)] = texts
            && space.one_line_width > 0
            && !text.contains('\n')
            && width(text) <= space.one_line_width
        {
            return Arrangement::Horizontal;
        }
        let is_short = |text: &Option<String>| {
            text.as_ref().is_some_and(|text| width(text) <= MAX_SHORT_ITEM_WIDTH)
        };
        match arrangement(texts, MAX_LIST_WIDTH.min(space.one_line_width)) {
            Arrangement::Vertical
                if list.items.iter().all(|item| is_simple(item)) && texts.iter().all(is_short) =>
            {
                Arrangement::Mixed
            }
            arrangement => arrangement,
        }
    }

    /// Returns the text of the last item if it starts on the line of the others.
    fn overflowed(
        &self,
        last: &Expr,
        merges: bool,
        space: &Space,
        texts: &[Option<String>],
    ) -> Option<String> {
        let mut shape = space.one_line;
        if texts.len() > 1 || is_nested_call(last) {
            let others = texts.iter().take(texts.len().saturating_sub(1));
            let others = others.map(|text| 2 + width(text.as_deref().unwrap_or_default()));
            let others: usize = others.sum();
            shape.width = shape.width.min(MAX_LIST_WIDTH);
            shape = shape.after(others)?;
        }
        if !merges && ends_in_call(last) {
            shape.unbroken_chains = true;
        }
        self.expr(last, shape)
    }
}

/// The space for the items of a list.
struct Space {
    /// The maximum width of the items on the line of the bracket.
    one_line_width: usize,
    /// The space on the line of the bracket.
    one_line: Shape,
    /// The space of an item on a line of its own.
    nested: Shape,
}

impl Space {
    fn new(callee: &str, shape: Shape) -> Option<Self> {
        let used = width(callee);
        let one_line = shape.after(used + 1).and_then(|shape| shape.before(1));
        Some(Self {
            one_line_width: shape.width.saturating_sub(used + 2),
            one_line: one_line.unwrap_or(Shape { width: 0, ..shape }),
            nested: shape.next_line(TAB).before(1)?,
        })
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn arrangement(texts: &[Option<String>], limit: usize) -> Arrangement {
    let texts = || texts.iter().map(|text| text.as_deref().unwrap_or_default());
    let total: usize = texts().map(|text| width(text) + 2).sum();
    match total.saturating_sub(2) <= limit && texts().all(|text| !text.contains('\n')) {
        true => Arrangement::Horizontal,
        false => Arrangement::Vertical,
    }
}

fn join(texts: &[String], arrangement: Arrangement, nested: Shape) -> String {
    match arrangement {
        Arrangement::Horizontal => texts.join(", "),
        Arrangement::Vertical => texts.join(&format!(",{}", nested.line_break())) + ",",
        Arrangement::Mixed => fill(texts, nested),
    }
}

/// Returns items in lines that are as long as possible.
pub fn fill(texts: &[String], shape: Shape) -> String {
    let mut out = String::new();
    let mut used = 0;
    for text in texts {
        let needed = width(text) + 1;
        if used == 0 {
            used = needed;
        } else if used + 1 + needed <= shape.width + 1 {
            out.push(' ');
            used += 1 + needed;
        } else {
            out.push_str(&shape.line_break());
            used = needed;
        }
        out.push_str(text);
        out.push(',');
    }
    out
}

/// Returns whether the last item may start on the line of the others and continue on further lines.
fn can_overflow(expr: &Expr, is_only: bool) -> bool {
    match expr {
        Expr::Closure(_) | Expr::Block(_) | Expr::Async(_) => true,
        Expr::Match(_)
        | Expr::Array(_)
        | Expr::Struct(_)
        | Expr::Macro(_)
        | Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Tuple(_) => is_only,
        Expr::Reference(inner) => can_overflow(&inner.expr, is_only),
        Expr::Try(inner) => can_overflow(&inner.expr, is_only),
        Expr::Unary(inner) => can_overflow(&inner.expr, is_only),
        Expr::Group(inner) => can_overflow(&inner.expr, is_only),
        _ => false,
    }
}

fn is_nested_call(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) | Expr::Macro(_) => true,
        Expr::Reference(inner) => is_nested_call(&inner.expr),
        Expr::Try(inner) => is_nested_call(&inner.expr),
        Expr::Unary(inner) => is_nested_call(&inner.expr),
        Expr::Group(inner) => is_nested_call(&inner.expr),
        _ => false,
    }
}

fn is_simple(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Path(path) => path.path.segments.len() <= 1,
        Expr::Reference(inner) => is_simple(&inner.expr),
        Expr::Field(inner) => is_simple(&inner.base),
        Expr::Try(inner) => is_simple(&inner.expr),
        Expr::Unary(inner) => is_simple(&inner.expr),
        Expr::Group(inner) => is_simple(&inner.expr),
        _ => false,
    }
}

/// Returns whether an expression is a chain that ends in a method call.
fn ends_in_call(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(_) => true,
        Expr::Reference(inner) => ends_in_call(&inner.expr),
        Expr::Try(inner) => ends_in_call(&inner.expr),
        Expr::Unary(inner) => ends_in_call(&inner.expr),
        Expr::Group(inner) => ends_in_call(&inner.expr),
        _ => false,
    }
}
