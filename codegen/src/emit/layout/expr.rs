//! Expressions.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprMacro, ExprStruct, FieldValue, Token};

use super::Formatter;
use super::list::List;
use super::one_line::one_line;
use super::shape::{Shape, TAB, width};

/// The maximum width of the fields of a struct's value or pattern on one line.
pub const MAX_FIELDS_WIDTH: usize = 18;

impl Formatter {
    /// Returns the text of an expression, or `None` if it does not fit.
    pub fn expr(&self, expr: &Expr, shape: Shape) -> Option<String> {
        // An expression is not moved while it is formatted.
        let key = (std::ptr::from_ref(expr).addr(), shape);
        if let Some(formatted) = self.formatted.borrow().get(&key) {
            return formatted.clone();
        }
        let formatted = self.new_expr(expr, shape);
        self.formatted.borrow_mut().insert(key, formatted.clone());
        formatted
    }

    fn new_expr(&self, expr: &Expr, shape: Shape) -> Option<String> {
        match expr {
            Expr::Lit(_) | Expr::Path(_) => {
                Some(one_line(expr)).filter(|text| shape.has_room_for(text))
            }
            Expr::Group(inner) => self.expr(&inner.expr, shape),
            Expr::Paren(inner) => {
                Some(format!("({})", self.expr(&inner.expr, shape.after(1)?.before(1)?)?))
            }
            Expr::Reference(inner) => {
                let prefix = if inner.mutability.is_some() { "&mut " } else { "&" };
                self.prefixed(prefix, &inner.expr, shape)
            }
            Expr::Unary(inner) => self.prefixed(&one_line(&inner.op), &inner.expr, shape),
            Expr::Return(inner) => match &inner.expr {
                Some(value) => self.prefixed("return ", value, shape),
                None => Some("return".to_owned()),
            },
            Expr::Assign(assign) => {
                let target = format!("{} =", self.expr(&assign.left, shape)?);
                self.assigned(&target, &assign.right, shape)
            }
            Expr::Call(call) => {
                let callee = self.expr(&call.func, shape)?;
                let items = call.args.iter().collect();
                self.list(&List { callee: &callee, brackets: ("(", ")"), items }, shape)
            }
            Expr::MethodCall(_) | Expr::Field(_) | Expr::Try(_) | Expr::Await(_) => {
                self.chain(expr, shape)
            }
            Expr::Array(array) => {
                let items = array.elems.iter().collect();
                self.list(&List { callee: "", brackets: ("[", "]"), items }, shape)
            }
            Expr::Tuple(tuple) if tuple.elems.len() != 1 => {
                let items = tuple.elems.iter().collect();
                self.list(&List { callee: "", brackets: ("(", ")"), items }, shape)
            }
            Expr::Struct(literal) => self.struct_literal(literal, shape),
            Expr::Closure(closure) => self.closure(closure, shape),
            Expr::Match(expr) => self.match_(expr, shape),
            Expr::If(expr) => self.if_(expr, shape),
            Expr::Block(block) => Some(self.block(&block.block, shape.indent)),
            Expr::Macro(call) => self.macro_call(call, shape),
            _ => None,
        }
    }

    fn prefixed(&self, prefix: &str, expr: &Expr, shape: Shape) -> Option<String> {
        Some(format!("{prefix}{}", self.expr(expr, shape.after(width(prefix))?)?))
    }

    /// `vec![…]`
    fn macro_call(&self, call: &ExprMacro, shape: Shape) -> Option<String> {
        let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
        let items = call.mac.parse_body_with(parser).ok()?;
        if !call.mac.path.is_ident("vec") {
            return None;
        }
        // The expressions live shorter than the formatter, whose results are found by address.
        let items: Vec<&Expr> = items.iter().collect();
        let list = List { callee: "vec!", brackets: ("[", "]"), items };
        Self::default().list(&list, shape)
    }

    /// `types::Order { id: 1 }`
    fn struct_literal(&self, literal: &ExprStruct, shape: Shape) -> Option<String> {
        let path = one_line(&literal.path);
        if literal.rest.is_some() || literal.dot2_token.is_some() {
            return None;
        }
        if literal.fields.is_empty() {
            return Some(format!("{path} {{}}"));
        }
        let inner = shape.next_line(TAB);
        let field_shape = inner.before(1)?;
        let fields = literal.fields.iter().map(|field| self.field_value(field, field_shape));
        let fields = fields.collect::<Option<Vec<String>>>()?;
        let line = fields.join(", ");
        // ` { ` and ` }`
        let available = shape.width.saturating_sub(width(&path) + 5).min(MAX_FIELDS_WIDTH);
        if !line.contains('\n') && width(&line) <= available {
            return Some(format!("{path} {{ {line} }}"));
        }
        let separator = format!(",{}", inner.line_break());
        let fields = fields.join(&separator);
        Some(format!("{path} {{{}{fields},{}}}", inner.line_break(), shape.line_break()))
    }

    fn field_value(&self, field: &FieldValue, shape: Shape) -> Option<String> {
        let name = field.to_token_stream().into_iter().next()?.to_string();
        if field.colon_token.is_none() {
            return Some(name);
        }
        let same_line = shape.after(width(&name) + 2);
        if let Some(value) = same_line.and_then(|shape| self.expr(&field.expr, shape)) {
            return Some(format!("{name}: {value}"));
        }
        let next_line = shape.next_line(TAB);
        let value = self.expr(&field.expr, next_line)?;
        Some(format!("{name}:{}{value}", next_line.line_break()))
    }
}
