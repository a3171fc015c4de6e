//! Blocks and statements.

use syn::{Block, Expr, Local, Stmt};

use super::Formatter;
use super::control::prefers_next_line;
use super::fallback;
use super::one_line::one_line;
use super::shape::{Shape, TAB, last_line_width, line_break, width};

impl Formatter {
    /// Returns the text of a block, each statement on a line of its own.
    pub fn block(&self, block: &Block, indent: usize) -> String {
        let lines = self.statements(&block.stmts, indent + TAB);
        if lines.is_empty() {
            return "{}".to_owned();
        }
        let inner = line_break(indent + TAB);
        format!("{{{inner}{}{}}}", lines.join(&inner), line_break(indent))
    }

    /// Returns the texts of statements.
    pub fn statements(&self, statements: &[Stmt], indent: usize) -> Vec<String> {
        statements.iter().map(|statement| self.statement(statement, indent)).collect()
    }

    fn statement(&self, statement: &Stmt, indent: usize) -> String {
        let shape = Shape::line(indent);
        let formatted = match statement {
            Stmt::Local(local) => self.local(local, shape),
            Stmt::Item(item) => self.item(item, indent),
            Stmt::Expr(expr, None) => self.expr(expr, shape),
            Stmt::Expr(expr, Some(_)) => {
                let shape = shape.before(1);
                shape.and_then(|shape| self.expr(expr, shape)).map(|text| text + ";")
            }
            Stmt::Macro(_) => None,
        };
        formatted.unwrap_or_else(|| fallback::statement(statement, indent))
    }

    /// `let name = value;`
    fn local(&self, local: &Local, shape: Shape) -> Option<String> {
        let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
        let target = format!("let {} =", one_line(&local.pat));
        Some(self.assigned(&target, &init.expr, shape.before(1)?)? + ";")
    }

    /// Returns the text of a value after `target`, which ends in `=`: on the same line, or indented on
    /// the next one.
    pub fn assigned(&self, target: &str, value: &Expr, shape: Shape) -> Option<String> {
        let used = match target.contains('\n') {
            true => last_line_width(target).saturating_sub(shape.indent),
            false => width(target),
        };
        let same_line = shape.after(used + 1).unwrap_or(Shape {
            width: 0,
            offset: shape.offset + used + 1,
            ..shape
        });
        let same = self.expr(value, same_line);
        if let Some(text) = same.as_ref()
            && !text.contains('\n')
            && width(text) <= same_line.width
        {
            return Some(format!("{target} {text}"));
        }
        let next_line = shape.next_line(TAB).before(same_line.reserved())?;
        let next = self.expr(value, next_line);
        let on_next_line = |text: &str| format!("{target}{}{text}", next_line.line_break());
        match (same, next) {
            (Some(same), Some(next)) if !next_line.has_room_for(&next) => {
                Some(format!("{target} {same}"))
            }
            (Some(same), Some(next)) if prefers_next_line(&same, &next) => {
                Some(on_next_line(&next))
            }
            (None, Some(next)) => Some(on_next_line(&next)),
            (Some(same), _) => Some(format!("{target} {same}")),
            (None, None) => None,
        }
    }
}
