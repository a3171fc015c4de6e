//! The signatures of functions.

use syn::{
    FnArg, GenericArgument, PathArguments, Receiver, ReceiverKind, ReturnType, Signature, Type,
    TypeParamBound, Visibility,
};

use super::Formatter;
use super::one_line::one_line;
use super::shape::{MAX_WIDTH, Shape, TAB, line_break, width};

impl Formatter {
    /// Returns the text of a signature, up to what precedes the body.
    pub fn signature(
        &self,
        visibility: &Visibility,
        signature: &Signature,
        indent: usize,
    ) -> String {
        let mut head = visibility_text(visibility);
        for (is_set, word) in
            [(signature.constness.is_some(), "const "), (signature.asyncness.is_some(), "async ")]
        {
            head.push_str(if is_set { word } else { "" });
        }
        head.push_str(&format!("fn {}{}", signature.ident, one_line(&signature.generics)));
        let arguments: Vec<String> = signature.inputs.iter().map(argument).collect();
        let output = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", one_line(ty)),
        };
        let line = format!("{head}({}){output}", arguments.join(", "));
        // ` {`
        if indent + width(&line) + 2 <= MAX_WIDTH || arguments.is_empty() {
            return line;
        }
        let inner = line_break(indent + TAB);
        let arguments: Vec<String> =
            signature.inputs.iter().map(|it| wide_argument(it, indent + TAB)).collect();
        let arguments = arguments.join(&format!(",{inner}"));
        let output = match (&signature.output, Shape::line(indent).after(") -> ".len())) {
            // ` {`
            (ReturnType::Type(_, ty), Some(shape)) => {
                shape.before(2).map_or(output, |shape| format!(" -> {}", wide_type(ty, shape)))
            }
            _ => output,
        };
        format!("{head}({inner}{arguments},{}){output}", line_break(indent))
    }
}

fn argument(argument: &FnArg) -> String {
    match argument {
        FnArg::Receiver(receiver) => receiver_text(receiver),
        FnArg::Typed(argument) => {
            format!("{}: {}", one_line(&argument.pat), one_line(&argument.ty))
        }
    }
}

/// Returns the text of an argument on lines of its own.
fn wide_argument(argument: &FnArg, indent: usize) -> String {
    let FnArg::Typed(typed) = argument else { return self::argument(argument) };
    let name = format!("{}: ", one_line(&typed.pat));
    // `,`
    let shape = Shape::line(indent).before(1).and_then(|shape| shape.after(width(&name)));
    match shape {
        Some(shape) => name + &wide_type(&typed.ty, shape),
        None => self::argument(argument),
    }
}

/// Returns the text of a type: its arguments are on lines of their own if it does not fit.
pub fn wide_type(ty: &Type, shape: Shape) -> String {
    let line = one_line(ty);
    let path = match ty {
        Type::Path(ty) => &ty.path,
        Type::ImplTrait(ty) => match ty.bounds.first() {
            Some(TypeParamBound::Trait(bound)) if ty.bounds.len() == 1 => &bound.path,
            _ => return line,
        },
        _ => return line,
    };
    let last = path.segments.last().filter(|_| !shape.has_room_for(&line));
    let Some(last) = last else { return line };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return line };
    let Some(head) = line.strip_suffix(&one_line(arguments)) else { return line };
    let inner = shape.next_line(TAB);
    let argument = |argument: &GenericArgument| match (argument, inner.before(1)) {
        (GenericArgument::Type(ty), Some(shape)) => wide_type(ty, shape),
        _ => one_line(argument),
    };
    let arguments: Vec<String> = arguments.args.iter().map(argument).collect();
    let arguments = arguments.join(&format!(",{}", inner.line_break()));
    format!("{head}<{}{arguments},{}>", inner.line_break(), shape.line_break())
}

fn receiver_text(receiver: &Receiver) -> String {
    match receiver.kind {
        ReceiverKind::Value if receiver.mutability.is_some() => "mut self".to_owned(),
        _ => one_line(receiver),
    }
}

/// Returns the text of a visibility, with a space after it.
pub fn visibility_text(visibility: &Visibility) -> String {
    match visibility {
        Visibility::Inherited => String::new(),
        _ => format!("{} ", one_line(visibility)),
    }
}
