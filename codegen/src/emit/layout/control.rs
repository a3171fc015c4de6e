//! Closures, `match` and `if`.

use syn::{Arm, Expr, ExprClosure, ExprIf, ExprMatch, Pat};

use super::Formatter;
use super::expr::MAX_FIELDS_WIDTH;
use super::one_line::one_line;
use super::shape::{Shape, TAB, first_line_width, last_line_width, line_break, width};

impl Formatter {
    /// Returns the text of a closure: a body on several lines is a block.
    pub fn closure(&self, closure: &ExprClosure, shape: Shape) -> Option<String> {
        let head = head(closure);
        // rustfmt also reserves the brackets of a block.
        shape.before(width(&head) + 3)?;
        let body_shape = shape.after(width(&head) + 1)?;
        if let Expr::Block(block) = &*closure.body {
            return Some(format!("{head} {}", self.block(&block.block, shape.indent)));
        }
        let body = self.expr(&closure.body, body_shape);
        match body.filter(|body| is_block_like(&closure.body) || !body.contains('\n')) {
            Some(body) => Some(format!("{head} {body}")),
            None => {
                let inner = shape.next_line(TAB);
                let body = self.expr(&closure.body, inner)?;
                let (inner, outer) = (inner.line_break(), shape.line_break());
                Some(format!("{head} {{{inner}{body}{outer}}}"))
            }
        }
    }

    /// Returns the text of a `match`.
    pub fn match_(&self, expr: &ExprMatch, shape: Shape) -> Option<String> {
        // `match ` and ` {`
        let value = self.expr(&expr.expr, shape.after(6)?.before(2)?)?;
        let inner = Shape::line(shape.indent + TAB);
        let mut out = format!("match {value} {{");
        for arm in &expr.arms {
            out.push_str(&inner.line_break());
            out.push_str(&self.arm(arm, inner)?);
        }
        Some(out + &shape.line_break() + "}")
    }

    fn arm(&self, arm: &Arm, shape: Shape) -> Option<String> {
        let pattern = format!("{} =>", pattern(&arm.pat, shape));
        if let Expr::Block(block) = &*arm.body {
            return Some(format!("{pattern} {}", self.block(&block.block, shape.indent)));
        }
        // A space before and a comma after the body.
        let used = match pattern.contains('\n') {
            true => last_line_width(&pattern).saturating_sub(shape.indent),
            false => width(&pattern),
        };
        let same_line = shape.after(used + 1).and_then(|shape| shape.before(1));
        let same = same_line.and_then(|shape| self.expr(&arm.body, shape));
        if let (Some(text), Some(shape)) = (&same, same_line)
            && (!text.contains('\n') && width(text) <= shape.width)
        {
            return Some(format!("{pattern} {text},"));
        }
        let inner = shape.next_line(TAB);
        let next = self.expr(&arm.body, inner);
        let in_block = |body: &str| {
            format!("{pattern} {{{}{body}{}}}", inner.line_break(), line_break(shape.indent))
        };
        let extends = is_extendable(&arm.body);
        match (same, next) {
            (Some(same), Some(next)) if prefers_next_line(&same, &next) => Some(in_block(&next)),
            (Some(same), _)
                if extends && same_line.is_some_and(|it| first_line_width(&same) <= it.width) =>
            {
                Some(format!("{pattern} {same},"))
            }
            (_, Some(next)) => Some(in_block(&next)),
            (Some(same), None) => Some(format!("{pattern} {same},")),
            (None, None) => None,
        }
    }

    /// Returns the text of an `if` without `else`.
    pub fn if_(&self, expr: &ExprIf, shape: Shape) -> Option<String> {
        // `if ` and ` {`
        let condition = self.expr(&expr.cond, shape.after(3)?.before(2)?)?;
        if expr.else_branch.is_some() || condition.contains('\n') {
            return None;
        }
        Some(format!("if {condition} {}", self.block(&expr.then_branch, shape.indent)))
    }
}

/// `Self::Region { name }`
fn pattern(pattern: &Pat, shape: Shape) -> String {
    let line = one_line(pattern);
    let Pat::Struct(fields) = pattern else { return line };
    let texts: Vec<String> = fields.fields.iter().map(one_line).collect();
    if fields.rest.is_some() || width(&texts.join(", ")) <= MAX_FIELDS_WIDTH {
        return line;
    }
    let inner = line_break(shape.indent + TAB);
    let fields_text = texts.join(&format!(",{inner}"));
    format!("{} {{{inner}{fields_text},{}}}", one_line(&fields.path), shape.line_break())
}

/// `move |profile|`
fn head(closure: &ExprClosure) -> String {
    let inputs: Vec<String> = closure.inputs.iter().map(one_line).collect();
    let capture = if closure.capture.is_some() { "move " } else { "" };
    format!("{capture}|{}|", inputs.join(", "))
}

/// Returns whether the body of a closure may be on several lines without a block.
fn is_block_like(expr: &Expr) -> bool {
    match expr {
        Expr::Match(_) | Expr::Block(_) | Expr::Struct(_) => true,
        Expr::Reference(inner) => is_block_like(&inner.expr),
        Expr::Try(inner) => is_block_like(&inner.expr),
        Expr::Unary(inner) => is_block_like(&inner.expr),
        Expr::Group(inner) => is_block_like(&inner.expr),
        _ => false,
    }
}

/// Returns whether the body of an arm may start on the line of the pattern and end on another one.
fn is_extendable(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_)
        | Expr::MethodCall(_)
        | Expr::Macro(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Closure(_)
        | Expr::Match(_) => true,
        Expr::Reference(inner) => is_extendable(&inner.expr),
        Expr::Try(inner) => is_extendable(&inner.expr),
        Expr::Unary(inner) => is_extendable(&inner.expr),
        Expr::Group(inner) => is_extendable(&inner.expr),
        _ => false,
    }
}

/// Returns whether an expression is better on the next line than on the line of what precedes it.
pub fn prefers_next_line(same_line: &str, next_line: &str) -> bool {
    let lines = |text: &str| text.matches('\n').count();
    let ends =
        |text: &str, bracket: char| text.lines().next().unwrap_or_default().ends_with(bracket);
    !next_line.contains('\n')
        || lines(same_line) > lines(next_line) + 1
        || ['(', '{', '['].iter().any(|it| ends(same_line, *it) && !ends(next_line, *it))
}
