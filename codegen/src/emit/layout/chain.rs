//! Chains: method calls, fields, `?` and `.await` after an expression.

use quote::ToTokens;
use syn::{Expr, ExprField, ExprMethodCall};

use super::Formatter;
use super::list::List;
use super::one_line::one_line;
use super::shape::{Shape, TAB, first_line_width, width};

/// The maximum width of a chain on one line.
const MAX_CHAIN_WIDTH: usize = 60;

/// A part of a chain, with the number of `?` after it.
struct Link<'a> {
    kind: LinkKind<'a>,
    tries: usize,
}

enum LinkKind<'a> {
    Field(&'a ExprField),
    Method(&'a ExprMethodCall),
    Await,
}

/// A chain whose parts are being formatted.
struct Parts {
    /// The texts of the first expression and of the links.
    texts: Vec<String>,
    /// The number of links.
    count: usize,
    /// The space of a link on a line of its own.
    own_line: Shape,
    /// Whether the whole chain is on one line, but for the last link.
    is_one_line: bool,
}

impl Formatter {
    /// Returns the text of a chain.
    pub fn chain(&self, expr: &Expr, shape: Shape) -> Option<String> {
        let (first, tries, all) = split(expr);
        let first_shape = shape.before(tries)?;
        let mut root = self.expr(first, first_shape)? + &"?".repeat(tries);
        let mut ends_block = root.contains('\n');
        let mut links = all.as_slice();
        // Short names share the line with the first link.
        let short = TAB.saturating_sub(shape.offset);
        while width(&root) <= short
            && !root.contains('\n')
            && let Some((link, rest)) = links.split_first()
        {
            let Some(text) = self.link(link, shape.after(width(&root))?) else { break };
            root.push_str(&text);
            ends_block = is_extendable(&root);
            links = rest;
        }
        let Some((last, others)) = links.split_last() else {
            return Some(root).filter(|root| shape.has_room_for(root));
        };
        let own_line = shape.next_line(if ends_block { 0 } else { TAB });
        let mut texts = vec![root];
        for link in others {
            texts.push(self.link(link, own_line)?);
        }
        let mut parts = Parts { texts, count: all.len(), own_line, is_one_line: false };
        let text = self.last_link(last, &mut parts, shape)?;
        parts.texts.push(text);
        if !parts.is_one_line && shape.unbroken_chains {
            return None;
        }
        let separator = if parts.is_one_line { String::new() } else { own_line.line_break() };
        Some(parts.texts.join(&separator)).filter(|text| shape.has_room_for(text))
    }

    /// Returns the text of the last link, and decides whether the others are on one line with it.
    fn last_link(&self, last: &Link<'_>, parts: &mut Parts, shape: Shape) -> Option<String> {
        let others = parts.texts.iter().map(|text| width(text)).sum::<usize>() + last.tries;
        let budget = if parts.count == 1 { shape.width } else { shape.width.min(MAX_CHAIN_WIDTH) };
        let budget = budget.saturating_sub(others);
        let is_one_line = parts.texts.iter().all(|text| !text.contains('\n')) && budget > 0;
        let on_own_line = || self.link(last, parts.own_line.before(shape.reserved() + last.tries)?);
        if !is_one_line {
            return on_own_line();
        }
        let after_others = shape.before(last.tries).and_then(|shape| shape.after(others));
        let Some(text) = after_others.and_then(|shape| self.link(last, shape)) else {
            return on_own_line();
        };
        let lines = text.lines().count();
        let fits = first_line_width(&text) <= budget;
        if fits && lines >= 5 {
            parts.is_one_line = true;
            return Some(text);
        }
        match on_own_line() {
            Some(own) if !fits || own.lines().count() < lines => Some(own),
            _ => {
                parts.is_one_line = fits;
                Some(text)
            }
        }
    }

    fn link(&self, link: &Link<'_>, shape: Shape) -> Option<String> {
        let shape = shape.before(link.tries)?;
        let text = match link.kind {
            LinkKind::Field(field) => format!(".{}", field.to_token_stream().into_iter().last()?),
            LinkKind::Await => ".await".to_owned(),
            LinkKind::Method(call) => {
                let callee = format!(".{}{}", call.method, one_line(&call.turbofish));
                let items = call.args.iter().collect();
                self.list(&List { callee: &callee, brackets: ("(", ")"), items }, shape)?
            }
        };
        Some(text + &"?".repeat(link.tries))
    }
}

/// Splits a chain into the first expression with the number of `?` after it, and the links.
fn split(expr: &Expr) -> (&Expr, usize, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let mut expr = expr;
    let mut tries = 0;
    loop {
        let (inner, kind) = match expr {
            Expr::Try(inner) => {
                tries += 1;
                expr = &inner.expr;
                continue;
            }
            Expr::Group(inner) => {
                expr = &inner.expr;
                continue;
            }
            Expr::Field(field) => (&field.base, LinkKind::Field(field)),
            Expr::MethodCall(call) => (&call.receiver, LinkKind::Method(call)),
            Expr::Await(inner) => (&inner.base, LinkKind::Await),
            _ => break,
        };
        links.push(Link { kind, tries: std::mem::take(&mut tries) });
        expr = inner;
    }
    links.reverse();
    (expr, tries, links)
}

/// Returns whether the last line of a text consists of closing brackets.
fn is_extendable(text: &str) -> bool {
    let last = text.rsplit('\n').next().unwrap_or_default();
    last.chars().all(|char| "()]}?> ".contains(char))
}
