//! Items, with their attributes.

use syn::{Attribute, Expr, Field, Fields, ImplItem, Item, ItemImpl, Lit, Meta, Type, Variant};

use super::Formatter;
use super::fallback;
use super::one_line::one_line;
use super::shape::{MAX_WIDTH, Shape, TAB, line_break, width};
use super::signature::{visibility_text, wide_type};

impl Formatter {
    /// Returns the text of an item. What is not handled is formatted by prettyplease.
    pub fn item_or_fallback(&self, item: &Item, indent: usize) -> String {
        self.item(item, indent).unwrap_or_else(|| fallback::item(item, indent))
    }

    /// Returns the text of an item, or `None` if it is not handled or does not fit.
    pub fn item(&self, item: &Item, indent: usize) -> Option<String> {
        Some(match item {
            Item::Static(item) => {
                let head = format!("{}static {}", visibility_text(&item.vis), item.ident);
                attributes(&item.attrs, indent)
                    + &self.value(&head, &item.ty, &item.expr, indent)?
            }
            Item::Const(item) => {
                let head = format!("{}const {}", visibility_text(&item.vis), item.ident);
                attributes(&item.attrs, indent)
                    + &self.value(&head, &item.ty, &item.expr, indent)?
            }
            Item::Struct(item) => {
                let visibility = visibility_text(&item.vis);
                let head = format!("{visibility}struct {}{}", item.ident, one_line(&item.generics));
                let end = if matches!(item.fields, Fields::Named(_)) { "" } else { ";" };
                attributes(&item.attrs, indent) + &fields(&head, &item.fields, indent, true) + end
            }
            Item::Enum(item) => {
                let visibility = visibility_text(&item.vis);
                let head = format!("{visibility}enum {}{}", item.ident, one_line(&item.generics));
                let inner = line_break(indent + TAB);
                let breaks = item.variants.iter().any(|it| breaks(it, indent + TAB));
                let variants = item.variants.iter();
                let variants = variants.map(|it| variant(it, indent + TAB, breaks));
                let variants = variants.map(|text| format!("{inner}{text},"));
                let variants: String = variants.collect();
                let end = if variants.is_empty() { String::new() } else { line_break(indent) };
                let head = head_with_bracket(&head, indent);
                format!("{}{head}{variants}{end}}}", attributes(&item.attrs, indent))
            }
            Item::Fn(item) => {
                let signature = self.signature(&item.vis, &item.sig, indent);
                let body = self.block(&item.block, indent);
                format!("{}{signature} {body}", attributes(&item.attrs, indent))
            }
            Item::Type(item) => {
                let visibility = visibility_text(&item.vis);
                let head = format!("{visibility}type {}{} =", item.ident, one_line(&item.generics));
                let ty = one_line(&item.ty);
                let line = format!("{head} {ty};");
                let fits = indent + width(&line) <= MAX_WIDTH;
                let next = line_break(indent + TAB);
                let line = if fits { line } else { format!("{head}{next}{ty};") };
                attributes(&item.attrs, indent) + &line
            }
            Item::Impl(item) => self.impl_(item, indent)?,
            _ => return None,
        })
    }

    /// `static ORDERS: runtime::Operation = …;`
    fn value(&self, head: &str, ty: &Type, value: &Expr, indent: usize) -> Option<String> {
        let ty = one_line(ty);
        let line = format!("{head}: {ty} =");
        let target = match indent + width(&line) <= MAX_WIDTH {
            true => line,
            false => format!("{head}:{}{ty} =", line_break(indent + TAB)),
        };
        Some(self.assigned(&target, value, Shape::line(indent).before(1)?)? + ";")
    }

    fn impl_(&self, item: &ItemImpl, indent: usize) -> Option<String> {
        let subject = one_line(&item.self_ty);
        let subject = match &item.trait_ {
            Some((path, _)) => format!("{} for {subject}", one_line(path)),
            None => subject,
        };
        let head = format!("impl{} {subject}", one_line(&item.generics));
        let attributes_text = attributes(&item.attrs, indent);
        if item.items.is_empty() {
            return Some(format!("{attributes_text}{head} {{}}"));
        }
        let next = line_break(indent + TAB);
        let head = match indent + width(&head) + 2 <= MAX_WIDTH || item.trait_.is_some() {
            true => format!("{head} {{"),
            false => {
                format!("impl{}{next}{subject}{}{{", one_line(&item.generics), line_break(indent))
            }
        };
        let inner = line_break(indent + TAB);
        let mut items = Vec::new();
        for item in &item.items {
            let ImplItem::Fn(function) = item else { return None };
            let indent = indent + TAB;
            let signature = self.signature(&function.vis, &function.sig, indent);
            let body = self.block(&function.block, indent);
            items.push(format!("{inner}{}{signature} {body}", attributes(&function.attrs, indent)));
        }
        let items = items.join("\n");
        Some(format!("{attributes_text}{head}{items}{}}}", line_break(indent)))
    }
}

/// Returns what precedes the fields of a type: the bracket is on the next line if it does not fit.
fn head_with_bracket(head: &str, indent: usize) -> String {
    match indent + width(head) + 2 <= MAX_WIDTH {
        true => format!("{head} {{"),
        false => format!("{head}{}{{", line_break(indent)),
    }
}

/// Returns a line for each attribute; documentation as comments.
fn attributes(attributes: &[Attribute], indent: usize) -> String {
    let lines = attributes.iter().map(|attribute| {
        let line = match doc(attribute) {
            Some(doc) => format!("///{doc}"),
            None => one_line(attribute),
        };
        line + &line_break(indent)
    });
    lines.collect()
}

/// Returns the text of a documentation comment.
fn doc(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    let Expr::Lit(value) = &meta.value else { return None };
    let Lit::Str(value) = &value.lit else { return None };
    let value = value.value();
    let is_comment = meta.path.is_ident("doc") && !value.contains('\n') && !value.starts_with('/');
    is_comment.then(|| value.trim_end().to_owned())
}

/// Returns the text of a variant. `breaks` is whether named fields are on lines of their own.
fn variant(variant: &Variant, indent: usize, breaks: bool) -> String {
    let head = variant.ident.to_string();
    attributes(&variant.attrs, indent) + &fields(&head, &variant.fields, indent, breaks)
}

/// The maximum width of the fields of a variant on one line.
const MAX_VARIANT_WIDTH: usize = 35;

/// Returns whether the named fields of a variant need several lines; then those of all variants of the
/// enum are on several lines.
fn breaks(variant: &Variant, indent: usize) -> bool {
    let Fields::Named(named) = &variant.fields else { return false };
    let texts: Vec<String> = named.named.iter().map(|field| field_text(field, indent)).collect();
    let line = texts.join(", ");
    line.contains('\n') || width(&line) > MAX_VARIANT_WIDTH
}

/// Returns the text of the fields of a struct or variant, with what precedes them.
fn fields(head: &str, fields: &Fields, indent: usize, breaks: bool) -> String {
    let (inner, outer) = (line_break(indent + TAB), line_break(indent));
    match fields {
        Fields::Unit => head.to_owned(),
        Fields::Named(named) if named.named.is_empty() => format!("{head} {{}}"),
        Fields::Named(named) => {
            let texts: Vec<String> =
                named.named.iter().map(|field| field_text(field, indent + TAB)).collect();
            if !breaks {
                return format!("{head} {{ {} }}", texts.join(", "));
            }
            let head = head_with_bracket(head, indent);
            format!("{head}{inner}{},{outer}}}", texts.join(&format!(",{inner}")))
        }
        Fields::Unnamed(unnamed) => {
            let texts: Vec<String> =
                unnamed.unnamed.iter().map(|field| field_text(field, indent + TAB)).collect();
            let line = format!("{head}({})", texts.join(", "));
            // `,` or `;`
            if indent + width(&line) < MAX_WIDTH {
                return line;
            }
            format!("{head}({inner}{},{outer})", texts.join(&format!(",{inner}")))
        }
    }
}

/// `pub id: String`
fn field_text(field: &Field, indent: usize) -> String {
    let attributes = attributes(&field.attrs, indent);
    let visibility = visibility_text(&field.vis);
    let ty = one_line(&field.ty);
    let Some(name) = &field.ident else { return format!("{attributes}{visibility}{ty}") };
    let head = format!("{visibility}{name}:");
    let line = format!("{head} {ty}");
    let next = line_break(indent + TAB);
    if indent + width(&line) < MAX_WIDTH {
        return attributes + &line;
    }
    if indent + TAB + width(&ty) < MAX_WIDTH {
        return format!("{attributes}{head}{next}{ty}");
    }
    let shape = Shape::line(indent).before(1).and_then(|shape| shape.after(width(&head) + 1));
    let ty = shape.map_or(ty, |shape| wide_type(&field.ty, shape));
    format!("{attributes}{head} {ty}")
}
